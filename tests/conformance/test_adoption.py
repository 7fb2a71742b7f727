"""Two accounts that were kept by hand, before and after: how many definitions it takes.

Awkward texts at every two services, the awkward accounts of the import tests, and the
example's own at both of its. Imported apart each is written twice; together once, and
plans are empty.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from conformance.accounts import Row, World, wrong
from conformance.project import awkward
from smsform.cli import run
from smsform.emulation import store_path
from smsform.model import Kind, Review, TemplateType
from smsform.plan import Action
from smsform.project.api import Project
from smsform.registry import specs
from smsform.report.imports import guessed, shared

EXAMPLE = Path(__file__).parents[2] / "templates.example"
CODE, NOTICE = TemplateType.VERIFICATION, TemplateType.NOTIFICATION
# What YAML or a template language would take for something else, what nobody sees.
TEXTS = (
    ("您的验证码是", "，", "分钟内有效。"),
    ("验证码", "。"),
    ("", "先于", ""),
    ("订单", "，再说一次", "。"),
    ("# 像注释", ""),
    ("- 像列表", ""),
    ("键: 值，引号\"和'和\\反斜杠", "。"),
    ("第一行\n第二行", "\n\n第四行"),
    (" 前面有空格", "后面有空格 "),
    ("零宽\u200b空格\u00a0\u3000", "。"),
    ("😀", "🏳️‍🌈"),
    ("yes",),
    ("0123",),
    ("{% if x %}", "{% endif %}"),
    ("{{ code }}是", "。"),
    ("長" * 480, ""),
)


class Counts(NamedTuple):
    """Definitions of an import, those that entries share, those with a guess."""

    definitions: int
    joined: int
    guessed: int


def counts(project: Project, separate: bool) -> Counts:
    """What an import would write."""
    made = project.import_all(dry_run=True, separate=separate)
    assert not made.failed
    return Counts(len(made.drafts), len(shared(made)), guessed(made))


def texts_of(names: Sequence[str], called: str, turned: bool) -> list[Row]:
    """An account of these texts; each service calls the variables and texts its way."""
    reviews = (Review.APPROVED, Review.IN_REVIEW, Review.APPROVED, Review.REJECTED)
    return [
        Row(
            text,
            names[: len(text) - 1],
            f"{called}{number % 9}",
            CODE if "验证码" in text[0] else NOTICE,
            review=reviews[number % 4],
            remark="核对用",
            turned=turned,
        )
        for number, text in enumerate(TEXTS)
    ]


@pytest.mark.parametrize(
    "types", [*itertools.combinations(sorted(specs()), 2)], ids="-".join
)
def test_awkward_accounts_before_and_after(types: Sequence[str], tmp_path: Path):
    """Sixteen texts and a signature, twice: seventeen definitions."""
    world = World(tmp_path, dict(zip(("a", "b"), types, strict=True)))
    world.sign("a")
    world.sign("b")
    world.fill("a", texts_of(("code", "minutes"), "通知", turned=False))
    world.fill("b", texts_of(("no", "company"), "短信", turned=True))
    before = counts(world.project, separate=True)
    after = counts(world.project, separate=False)
    assert (before.definitions, before.joined) == (34, 0)
    assert (after.definitions, after.joined) == (17, 17)
    assert after.guessed <= before.guessed
    world.project.import_all()
    assert wrong(world) == []
    world.close()


KEPT = [type for type in sorted(specs()) if awkward(type)]


@pytest.mark.parametrize("type", KEPT)
def test_an_awkward_account_alone(type: str, tmp_path: Path):
    """All of it has a definition, which says what the service has to the byte."""
    world = World(tmp_path, {"a": type})
    world.seed("a", *awkward(type))
    there = world.texts("a")
    assert world.project.import_all().left == ()
    assert wrong(world) == []
    assert world.texts("a") == there
    world.close()


@pytest.mark.parametrize("types", [*itertools.combinations(KEPT, 2)], ids="-".join)
def test_awkward_accounts_of_the_import_tests(types: Sequence[str], tmp_path: Path):
    """Every shared definition is one less, and no text changes by a byte."""
    world = World(tmp_path, dict(zip(("a", "b"), types, strict=True)))
    for provider, type in world.providers.items():
        world.seed(provider, *awkward(type))
    before = counts(world.project, separate=True)
    after = counts(world.project, separate=False)
    assert before.joined == 0
    assert after.joined > 40
    assert after.definitions == before.definitions - after.joined
    assert after.guessed < before.guessed
    there = [world.texts(provider) for provider in world.providers]
    assert world.project.import_all().left == ()
    assert wrong(world) == []
    assert [world.texts(provider) for provider in world.providers] == there
    world.close()


def test_the_example_before_and_after(tmp_path: Path, capsys: pytest.CaptureFixture):
    """What it defines is submitted, approved, forgotten here, and imported again."""
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".smsform"))
    project = Project.load(root, {})
    definitions = project.definitions
    own = {
        (each.international, each.name)
        for each in (*definitions.signatures.values(), *definitions.templates.values())
    }
    for _ in range(3):
        assert run(["-C", str(root), "apply", "--auto-approve"]) in (0, 1)
        assert run(["-C", str(root), "status", "--wait"]) in (0, 2, 3)
    [state] = store_path(root).parent.glob("*state.json")
    state.unlink()
    for path in (root / "signatures.yaml", *(root / "templates").iterdir()):
        path.unlink()
    capsys.readouterr()
    before = counts(Project.load(root, {}), separate=True)
    after = counts(Project.load(root, {}), separate=False)
    lone = {key for key, each in definitions.templates.items() if each.providers}
    twice = len(own) - len(lone)
    assert before.definitions == 2 * twice + len(lone)
    # One says another text at one of the services: that is two texts, and stays so.
    apart = sum(
        any("native" in keys for keys in each.overrides.values())
        for each in definitions.templates.values()
    )
    assert (after.definitions, after.joined) == (len(own) + apart, twice - apart)
    made = Project.load(root, {}).import_all()
    again = Project.load(root, {})
    assert {
        (each.international, each.name)
        for each in (
            *again.definitions.signatures.values(),
            *again.definitions.templates.values(),
        )
    } == own
    for part in again.plan().plan.providers:
        assert part.error is None
        assert {line.action for line in part.lines} == {Action.NONE}
    assert {draft.kind for draft in made.drafts} == {*Kind}
