"""Keys that go: a module answers for an old key as long as its `moved` block stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sender_cases import service
from sender_worlds import Send, World, demo_keys, example_world
from workshops import WORKSHOPS, Case, Java, Workshop

from smsform import Project
from smsform.cli import run
from smsform.model import Address, Kind
from smsform.project.published import published_ids
from smsform.project.workspace import load_state, open_store
from smsform.senders.render import module
from toolchains import Failure, skip_or_fail

OLD, NEW, MARKED = "password_changed", "password_reset", "change_phone_code"
BEFORE, AFTER = "修改。如非本人操作", "修改，如非本人操作"
INSTEAD = f"use {NEW}"
LANGUAGES = ("python", "java")
pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world of its own: its definitions change, and what is approved with them."""
    with example_world(tmp_path_factory.mktemp("moved")) as made:
        edit(made, rf"^  {MARKED}:\n", f'\\g<0>    deprecated: "{INSTEAD}"\n')
        edit(made, rf"^  {OLD}:$", f"  {NEW}:")
        edit(made, BEFORE, AFTER)
        edit(made, "^templates:$", f"{block()}\ntemplates:")
        yield made


def block() -> str:
    """The `moved` block of the rename."""
    return f"moved: [{{from: {OLD}, to: {NEW}}}]"


def edit(world: World, pattern: str, text: str) -> None:
    """Change the definitions as a pull request does; the pattern must be there."""
    path = world.project.config.root / "templates" / "account.yaml"
    old = path.read_text(encoding="utf-8")
    new, count = re.subn(pattern, text, old, flags=re.MULTILINE)
    assert count, pattern
    path.write_text(new, encoding="utf-8")


def read(world: World) -> World:
    """The same world, with project and state as they are on disk now."""
    project = Project.load(world.project.config.root)
    return world._replace(
        project=project, state=load_state(project, open_store(project))
    )


def ids(world: World, provider: str) -> dict[str, str]:
    """Every template key that `ids` answers, with its id."""
    found = published_ids(world.project, world.state)
    return {
        each.address.key: each.version.id
        for each in found
        if each.address.provider == provider and each.address.kind is Kind.TEMPLATE
    }


def cases(world: World, workshop: Workshop, *keys: str) -> list[Case]:
    """For every provider a module of all that is approved, and a send by each key."""
    found = []
    for number, provider in enumerate(world.providers):
        spec = service(world.project.config.providers[provider].type)
        sender = world.sender(provider)
        functions = {each.key: each for each in sender.functions}
        sends = []
        for n, key in enumerate(keys):
            function = functions.get(key)
            if function is None:  # the caller still has what was there
                function = functions[NEW]._replace(key=key)
            values = {each.name: each.sample for each in function.arguments}
            sends.append(Send(function, values, f"+861380013{number}{n:03}"))
        found.append(Case(f"moved_{provider}", sender, spec.templates, sends))
    return found


def build(workshop: Workshop, made: list[Case]) -> None:
    """Write and compile the modules with callers of every send's key."""
    for case in made:
        workshop.write(case)
    calls = [(case, callers(workshop, case)) for case in made]
    for name, text in workshop.program(calls).items():
        (workshop.folder / name).write_text(text, encoding="utf-8")
    workshop.fresh = False
    workshop.compile(made)


def callers(workshop: Workshop, case: Case) -> list[str]:
    """The calls of a case, of functions the module need not have any more."""
    everything = {each.key: each for each in case.sender.functions}
    everything |= {each.function.key: each.function for each in case.sends}
    sender = case.sender._replace(functions=tuple(everything.values()))
    return workshop.calls(case._replace(sender=sender))


def received(world: World, workshop: Workshop, made: list[Case]) -> None:
    """Every call arrives, with the text of the version that is active now."""
    world.forget()
    for case in made:
        provider = case.sender.provider
        endpoint = f"http://127.0.0.1:{world.ports[provider]}"
        told = workshop.run(case.name, endpoint, demo_keys(world.project))
        assert [each.get("ok") for each in told] == [True] * len(case.sends), told
        expected = {send.number: send.function.sample for send in case.sends}
        assert world.received(provider) == expected


def written(world: World, workshop: Workshop, case: Case) -> None:
    """`smsform code` writes exactly the module that the program is built with."""
    root = world.project.config.root
    inside = root / "written" / workshop.path(case).name
    names = workshop.names(case)
    package = ["--package", names["package"]] if names["package"] else []
    code = run(
        [
            "-C",
            str(root),
            "code",
            "--language",
            workshop.name,
            "--provider",
            case.sender.provider,
            "-o",
            str(inside),
            *package,
        ]
    )
    assert code == 0
    text = module(case.sender, workshop.card, case.templates, names)
    assert inside.read_text(encoding="utf-8") == text
    shutil.rmtree(inside.parent)


def marks(text: str, workshop: Workshop) -> int:
    """How many functions of a module say, as their language does, what to use now."""
    mark = {
        "python": f'warnings.warn(\n            "{INSTEAD}",\n            Deprecation',
        "java": f"@deprecated {INSTEAD}",
    }
    return text.count(mark[workshop.name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_old_and_new_key_send_until_the_block_goes(
    language: str, world: World, tmp_path: Path
) -> None:
    """The rename is merged and not applied: both have the id that is approved."""
    workshop = WORKSHOPS[language](tmp_path)
    if why := workshop.unavailable():
        skip_or_fail(why)
    world = read(world)
    before = {each: ids(world, each) for each in world.providers}
    made = cases(world, workshop, OLD, NEW, MARKED)
    for case in made:
        known = before[case.sender.provider]
        assert known[OLD] == known[NEW] != known[MARKED]
        assert {each.function.id for each in case.sends[:2]} == {known[OLD]}
        written(world, workshop, case)
    if isinstance(workshop, Java):  # its compiler refuses what is deprecated
        with pytest.raises(Failure, match="deprecation"):
            build(workshop, made)
        workshop.lint = "-Xlint:all,-deprecation"
    build(workshop, made)
    for case in made:
        expected = 4 if language == "java" else 2  # a factory beside each method
        assert marks(workshop.path(case).read_text("utf-8"), workshop) == expected
    received(world, workshop, made)


@pytest.fixture(scope="module")
def applied(world: World) -> World:
    """The same world once the rename is applied and its new text approved."""
    old = {each: ids(read(world), each) for each in world.providers}
    root = str(world.project.config.root)
    assert run(["-C", root, "--quiet", "apply", "--auto-approve", "--wait"]) == 0
    found = read(world)
    for provider in found.providers:
        known = ids(found, provider)
        assert known[OLD] == known[NEW] != old[provider][OLD]
        address = Address(provider, Kind.TEMPLATE, NEW)
        assert str(address) in {e.address for e in found.sender(provider).functions}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_keys_send_the_new_text_and_then_one(
    language: str, applied: World, tmp_path: Path
) -> None:
    """The id moved under both; without the block callers of the old do not build."""
    workshop = WORKSHOPS[language](tmp_path)
    if why := workshop.unavailable():
        skip_or_fail(why)
    if isinstance(workshop, Java):
        workshop.lint = "-Xlint:all,-deprecation"
    made = cases(applied, workshop, OLD, NEW)
    assert all(AFTER in send.function.sample for case in made for send in case.sends)
    build(workshop, made)
    received(applied, workshop, made)

    edit(applied, f"^{re.escape(block())}$", "# no block")
    try:
        alone = read(applied)
        for provider in alone.providers:
            known = ids(alone, provider)
            assert OLD not in known
            assert known[NEW] == ids(applied, provider)[NEW]
        made = cases(alone, workshop, NEW)
        build(workshop, made)
        received(alone, workshop, made)
        with pytest.raises(Failure):
            build(workshop, cases(alone, workshop, OLD))
    finally:
        edit(applied, "^# no block$", block())
