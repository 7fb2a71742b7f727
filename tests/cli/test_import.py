"""Importing several accounts on the command line: the table, files that say more."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from commands import Result, printed_in
from conformance.accounts import Row, World, wrong
from smsform.model import Review
from smsform.registry import specs
from smsform.report.schemas import schema

PAIRS = [*itertools.combinations(sorted(specs()), 2)]
ORDER = ("您的订单", "已由", "发出。")
PAID = ("您已支付", "元。")


@pytest.fixture(params=PAIRS, ids="-".join)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """Two accounts with the text of an order, under two names and two spellings."""
    world = World(tmp_path, dict(zip(("a", "b"), request.param, strict=True)))
    world.sign("a")
    world.sign("b")
    world.fill("a", [Row(ORDER, ("order", "courier"), "订单发货")])
    world.fill("b", [Row(ORDER, ("no", "company"), "发货通知")])
    return world


@pytest.fixture
def smsform(world: World) -> Callable[..., Result]:
    """The command in the world's folder."""
    return partial(printed_in, world.root)


def the_templates(world: World) -> dict[str, dict]:
    """What all definition files say of templates."""
    found: dict[str, dict] = {}
    for text in world.files().values():
        found |= yaml.safe_load(text).get("templates", {})
    return found


def test_one_text_is_one_definition_and_both_names_are_told(world, smsform):
    """Whatever it is called: the first provider's name, the other in a comment."""
    result = smsform("import")
    assert result.code == 0, result.err
    [template] = the_templates(world).values()
    assert template["name"] == "订单发货"
    assert "providers" not in template
    assert "发货通知" in b"".join(world.files().values()).decode()
    assert list(world.files()) == [
        "imported/notification.yaml",
        "imported/signatures.yaml",
    ]
    assert wrong(world) == []
    assert "2 definitions are shared" in result.err


def test_a_file_that_is_looked_for_is_written_where_it_is_looked_for(world, smsform):
    """What ``init`` made and a person deleted comes back: no warning stays for ever."""
    config = world.root / "smsform.yaml"
    patterns = '\ndefinitions: [signatures.yaml, "texts/**/*.yaml"]\n'
    config.write_text(config.read_text("utf-8") + patterns, "utf-8")
    result = smsform("import")
    assert result.code == 0, result.err
    files = {"signatures.yaml", "texts/imported/notification.yaml"}
    assert {*world.files()} == files
    assert "SF137" not in smsform("validate").out


def test_nothing_is_to_be_checked_where_nothing_was_guessed(world, smsform):
    """Only signatures: their names are all there is."""
    result = smsform("import", "--kind", "signature")
    assert result.code == 0, result.err
    assert "please check" not in result.err
    assert "has nothing to submit for these" in result.err


def test_a_dry_run_ends_with_the_joins_and_writes_nothing(world, smsform):
    """Standard output stays YAML: the table is a comment in it."""
    before = sorted(world.root.rglob("*"))
    result = smsform("import", "--dry-run")
    assert result.code == 0
    assert sorted(world.root.rglob("*")) == before
    documents = [*yaml.safe_load_all(result.out)]
    assert {key for each in documents for key in each} == {"signatures", "templates"}
    [line] = [x for x in result.out.splitlines() if x.startswith("# template.")]
    for part in ("订单发货", "发货通知", "the same text, variables aside"):
        assert part in line


def test_the_joins_as_json(world, smsform):
    """By its schema: entries, cause, what would be written."""
    result = smsform("import", "--dry-run", "--format", "json")
    document = json.loads(result.out)
    Draft202012Validator(schema("imported")).validate(document)
    [template] = [x for x in document["definitions"] if x["kind"] == "template"]
    assert [each["provider"] for each in template["entries"]] == ["a", "b"]
    assert template["cause"] == "variables"
    assert set(document["written"]) == {
        "imported/notification.yaml",
        "imported/signatures.yaml",
    }


def test_separate_keeps_a_definition_for_every_entry(world, smsform):
    """A folder a provider, as if they were imported one by one."""
    assert smsform("import", "--separate").code == 0
    assert {Path(name).parent.name for name in world.files()} == {"a", "b"}
    assert [each["providers"] for each in the_templates(world).values()] == [
        ["a"],
        ["b"],
    ]
    assert wrong(world) == []


def test_keys_are_the_same_in_every_run(world, smsform):
    """A dry run, another one, and the files."""
    first = smsform("import", "--dry-run").out
    assert smsform("import", "--dry-run").out == first
    smsform("import")
    for text in world.files().values():
        assert text.decode() in first


def test_a_later_account_joins_what_is_defined(world, smsform):
    """The file of the first gets lines; what a person wrote around them stays."""
    assert smsform("import", "--provider", "a").code == 0
    path = world.root / "a" / "notification.yaml"
    mine = path.read_text("utf-8").replace("templates:", "# 我的注释\ntemplates:")
    path.write_text(mine, "utf-8")
    result = smsform("import", "--provider", "b")
    assert result.code == 0, result.err
    assert "Changed: a/signatures.yaml, a/notification.yaml" in result.err
    after = path.read_text("utf-8").splitlines()
    added = [line for line in after if line not in mine.splitlines()]
    assert len(after) - len(mine.splitlines()) == len(added) - 1 - sum(
        "{sample" in line for line in added
    )
    assert "# 我的注释" in after
    [template] = the_templates(world).values()
    assert template["providers"] == ["a", "b"]
    assert wrong(world) == []


@pytest.mark.parametrize("style", ["flow", "block", "alias"])
def test_definitions_of_any_style_get_what_they_need(world, smsform, style: str):
    """Braces, dashes; where nothing can be added safely, a definition of its own."""
    smsform("import", "--provider", "a")
    folder = world.root / "a"
    texts = {path: path.read_text("utf-8") for path in folder.iterdir()}
    for path, text in texts.items():
        data = yaml.safe_load(text)
        if style == "alias" and "templates" in data:
            [(key, each)] = data["templates"].items()
            body = yaml.safe_dump(each, allow_unicode=True, default_flow_style=True)
            path.write_text(f"x-shared: &it {body}templates: {{{key}: *it}}\n", "utf-8")
            continue
        flow = style == "flow"
        dumped = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
        path.write_text(dumped, "utf-8")
    result = smsform("import", "--provider", "b", "-o", "more.yaml")
    assert result.code == 0, result.err
    assert wrong(world) == []
    # What an anchor holds may be edited where it is used once; else it stands apart.
    assert len(the_templates(world)) == 1 or style == "alias"


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(
    world, smsform, monkeypatch: pytest.MonkeyPatch
):
    """State and every file: the new ones fail after the old ones were changed."""
    from smsform.errors import ConfigError
    from smsform.project import new_files

    world.fill("b", [Row(PAID, ("amount",), "支付")])
    smsform("import", "--provider", "a")
    before, state = world.files(), smsform("state", "list").out

    def full(*_: object) -> None:
        raise ConfigError("b/notification.yaml", "No space left on device")

    monkeypatch.setattr(new_files, "write_new", full)
    assert smsform("import", "--provider", "b").code == 1
    assert world.files() == before
    assert smsform("state", "list").out == state


def test_several_of_one_text_join_by_name_or_not_at_all(world, smsform):
    """Two more of the text at each, no name in common: nobody could say whose."""
    for name, called in (("a", ("甲", "乙")), ("b", ("丙", "丁"))):
        world.fill(name, [Row(PAID, ("amount",), each) for each in called])
    result = smsform("import", "--dry-run")
    assert result.out.count("apart: several have this text") == 2
    assert smsform("import").code == 0
    assert len(the_templates(world)) == 5
    assert wrong(world) == []


def test_several_of_one_text_at_one_join_the_one_that_is_approved(world, smsform):
    """The others are no choice: one was rejected, one is in review."""
    world.fill("a", [Row(PAID, ("amount",), "支付")])
    world.fill(
        "b",
        [
            Row(PAID, ("amount",), "甲", review=Review.REJECTED),
            Row(PAID, ("amount",), "乙"),
            Row(PAID, ("amount",), "丙", review=Review.IN_REVIEW),
        ],
    )
    assert smsform("import").code == 0
    both = [x for x in the_templates(world).values() if "providers" not in x]
    assert [each["name"] for each in both] == ["订单发货", "支付"]
    assert len(the_templates(world)) == 4
    assert wrong(world) == []


def test_a_signature_in_the_text_is_no_part_of_it(world, smsform):
    """Here the text carries it once more, there it does not: one definition."""
    world.fill("a", [Row(PAID, ("amount",), "支付", carries=True)])
    world.fill("b", [Row(PAID, ("amount",), "支付")])
    assert smsform("import").code == 0
    [paid] = [x for x in the_templates(world).values() if x["name"] == "支付"]
    assert "providers" not in paid
    assert "【" not in paid["content"]
    assert "【" in paid[world.providers["a"]]["native"]
    assert wrong(world) == []


def test_markets_stay_apart(world, smsform):
    """One text, domestic here and abroad there."""
    world.fill("a", [Row(PAID, ("amount",), "支付", signature="")])
    world.fill("b", [Row(PAID, ("amount",), "支付", abroad=True, signature="")])
    assert smsform("import").code == 0
    paid = [x for x in the_templates(world).values() if "支付" in x["content"]]
    assert [each["providers"] for each in paid] == [["a"], ["b"]]
    assert wrong(world) == []


def test_what_an_adopt_block_names_is_not_imported(world, smsform):
    """It is said in git whose it is, or that it is nobody's of ours."""
    assert smsform("import").code == 0
    [key] = the_templates(world)
    world.fill("a", [Row(PAID, ("amount",), "支付")])
    found = json.loads(smsform("import", "--dry-run", "--format", "json").out)
    [definition] = found["definitions"]
    [entry] = definition["entries"]
    block = {"adopt": [{"address": f"a/template.{key}", "not": entry["id"]}]}
    (world.root / "blocks.yaml").write_text(yaml.safe_dump(block))
    result = smsform("import")
    assert result.code == 0, result.err
    assert "somebody else's" in result.err
    assert list(the_templates(world)) == [key]
