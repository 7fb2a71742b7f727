"""``smsform state``: what is remembered is shown, mended, never lost by accident."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from conformance.project import Project
from smsform.emulation.calls import recorded
from smsform.model import Kind
from smsform.registry import specs
from smsform.state import FileState
from smsform.state.journal import Journal
from smsform.state.steps import Step, part_of

TYPE = next(type for type, spec in specs().items() if len(spec.sites) > 1)
A, B = "p/template.a", "p/template.b"


def a_version(id: str) -> dict[str, Any]:
    """What the state file says of one version."""
    return {"id": id, "origin": "submitted", "name": "n", "review": "approved"}


INTENT = {"action": "create", "name": "n", "at": "2026-11-21T12:00:00+00:00"}


def a_state() -> dict[str, Any]:
    """Two templates and one open submission of provider ``p``, at the emulator."""
    entries = {
        "template.a": {"versions": [a_version("1"), a_version("2")], "active": "2"},
        "template.kept": {"versions": [a_version("3")], "protected": True},
    }
    identity = {"type": TYPE, "endpoint": "emulator", "region": "ap-guangzhou"}
    block = {
        "identity": identity,
        "entries": entries,
        "intents": {"template.open": INTENT},
    }
    return {"smsform": 1, "providers": {"p": block}}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that remembers ``a_state``."""
    project = Project(tmp_path, TYPE)
    remember(project, a_state())
    return project


def remember(project: Project, state: object) -> None:
    """Put *state* where the emulated providers' state is."""
    project.state_path.write_text(json.dumps(state))


def configure(project: Project, **providers: dict[str, Any]) -> None:
    """Add providers to smsform.yaml, all of one type and region unless they say."""
    path = project.root / "smsform.yaml"
    config = yaml.safe_load(path.read_text())
    for name, entry in providers.items():
        config["providers"][name] = {"type": TYPE, "region": "ap-guangzhou", **entry}
    path.write_text(yaml.safe_dump(config))


def remember_service(project: Project, name: str, **identity: str) -> Path:
    """Put the state of a provider *name* at the service into the committed file."""
    state = a_state()
    block = state["providers"].pop("p")
    block["identity"] = {**block["identity"], "endpoint": "service", **identity}
    state["providers"][name] = block
    path = project.root / "smsform.state.json"
    path.write_text(json.dumps(state))
    return path


def remembered(project: Project) -> dict[str, Any]:
    """The entries and intents of ``p``."""
    block = json.loads(project.state_path.read_text())["providers"].get("p", {})
    return {**block.get("entries", {}), **block.get("intents", {})}


def test_list_names_every_version_and_open_submission(project):
    """The active one has a star, a submission without an answer a question mark."""
    lines = project("state", "list").out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        [A, "1", "approved"],
        [A, "*", "2"],
        ["p/template.kept", "3", "approved"],
        ["p/template.open", "?", "create"],
    ]


def test_list_as_json_says_what_show_says(project):
    """One document for machines, addresses as keys."""
    listed = project("state", "list", "--format", "json").json
    assert listed["smsform_state_list"] == 1
    assert set(listed["addresses"]) == {A, "p/template.kept", "p/template.open"}
    for address, said in listed["addresses"].items():
        shown = {"smsform_state_show": 1, **said}
        assert project("state", "show", address).json == shown
    assert listed["addresses"]["p/template.open"]["intent"]["at"] == INTENT["at"]


def test_an_empty_state_is_said_to_be_empty(project):
    """Nothing on stdout for a pipe, a word on stderr for a person."""
    project.state_path.unlink()
    result = project("state", "list")
    assert (result.code, result.out, result.err) == (
        0,
        "",
        "nothing is remembered yet\n",
    )


def test_rm_forgets_versions_and_open_submissions(project):
    """An open submission alone can be given up, too."""
    assert project("state", "rm", A).code == 0
    assert project("state", "rm", "p/template.open").code == 0
    assert set(remembered(project)) == {"template.kept"}


def test_what_is_protected_is_forgotten_by_force_alone(project):
    """``protect: true`` holds here as well."""
    refused = project("state", "rm", "p/template.kept")
    assert refused.code == 1
    assert "--force" in refused.err
    assert project("state", "rm", "p/template.kept", "--force").code == 0
    assert "template.kept" not in remembered(project)


def test_rm_forgets_all_that_a_provider_has(project):
    """What is protected there stops it; a hint that names the provider holds."""
    before = remembered(project)
    assert project("state", "rm", "p").code == 1
    assert remembered(project) == before
    result = project("state", "rm", "p", "--force")
    assert result.code == 0
    assert result.err.count("is forgotten") == 3
    assert not remembered(project)


def test_mv_moves_everything_an_address_has(project):
    """Versions, the active one, protection, an open submission."""
    moves = {A: B, "p/template.open": "p/template.later"}
    before = {old: project("state", "show", old).json for old in moves}
    for old, new in moves.items():
        assert project("state", "mv", old, new).code == 0
        assert project("state", "show", new).json == before[old]
    assert not {"template.a", "template.open"} & set(remembered(project))


def test_mv_follows_a_renamed_provider(project):
    """A block of a provider that smsform.yaml has no more is an error until moved."""
    configure(project, real={"credentials_env": "REAL"})
    path = remember_service(project, "old")
    refused = project("plan")
    assert refused.code == 1
    assert "state mv" in refused.err
    assert project("state", "mv", "old/template.a", "real/template.a").code == 0
    blocks = json.loads(path.read_text())["providers"]
    assert set(blocks["real"]["entries"]) == {"template.a"}
    assert blocks["real"]["identity"] == blocks["old"]["identity"]
    assert "template.a" not in blocks["old"]["entries"]


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "no address": (("show", "nonsense"), f"there are: {A}, "),
    "no kind": (("rm", "p/thing.a"), "is no address"),
    "no key": (("rm", "p/template."), "is no address"),
    "nothing there": (("show", "p/template.aa"), f"did you mean {A}"),
    "nothing there to forget": (("rm", "q/signature.x"), "state list"),
    "nothing there to move": (("mv", B, "p/template.c"), "owns nothing"),
    "onto itself": (("mv", A, A), "owns something already"),
    "onto another": (("mv", A, "p/template.kept"), "owns something already"),
    "onto an open one": (("mv", A, "p/template.open"), "owns something already"),
    "another kind": (("mv", A, "p/signature.a"), "different kinds"),
    "an unknown provider": (("mv", A, "q/template.a"), "no provider q"),
    "no lock": (("unlock", "abc"), "no lock"),
    "an empty lock id": (("unlock", ""), "no lock"),
}


USAGE = ("no address", "no kind", "no key", "an unknown provider")


@pytest.mark.parametrize("name", WRONG)
def test_what_is_asked_wrongly_changes_nothing(name, project):
    """One line of what is wrong, one of what to do, nothing written."""
    before = project.state_path.read_bytes()
    arguments, words = WRONG[name]
    result = project("state", *arguments)
    assert result.code == (64 if name in USAGE else 1)
    assert result.err.startswith("Error: ")
    assert len(result.err.splitlines()) <= 2
    assert words in result.err
    assert project.state_path.read_bytes() == before


def test_invented_ids_do_not_cross_over_to_the_service(project):
    """What an emulator made up must not reach the file that production reads."""
    configure(project, real={"credentials_env": "REAL"})
    result = project("state", "mv", A, "real/template.a")
    assert result.code == 1
    assert "do not cross over" in result.err
    assert not (project.root / "smsform.state.json").exists()


@pytest.mark.parametrize("identity", [{}, {"endpoint": ""}])
@pytest.mark.parametrize("origin", ["real", "gone"])
def test_ids_of_the_service_do_not_get_lost_at_an_emulator(origin, identity, project):
    """Neither of a provider that smsform.yaml has, nor of one it had."""
    configure(project, real={"credentials_env": "REAL"})
    path = remember_service(project, origin, **identity)
    before = path.read_bytes()
    result = project("state", "mv", f"{origin}/template.a", "p/template.new")
    assert result.code == 1
    assert "do not cross over" in result.err
    assert path.read_bytes() == before
    assert "template.new" not in remembered(project)


ELSEWHERE = {
    "region": {"region": "ap-beijing"},
    "site": {"site": "international"},
    "account": {"expect_account": "2"},
}


@pytest.mark.parametrize("field", ELSEWHERE)
@pytest.mark.parametrize("block", ["with", "without"])
def test_mv_stays_in_one_place(block, field, project):
    """Ids of one site, region or account mean nothing in another, first move or not."""
    here = {"credentials_env": "REAL"}
    configure(project, real=here, other={**here, **ELSEWHERE[field]})
    path = remember_service(project, "real", site="domestic", account="1")
    if block == "with":  # what the state file knows of the target counts as well
        configure(project, other=here)
        state = json.loads(path.read_text())
        known = {**state["providers"]["real"]["identity"], field: "another"}
        state["providers"]["other"] = {"identity": known}
        path.write_text(json.dumps(state))
    before = path.read_bytes()
    result = project("state", "mv", "real/template.a", "other/template.a")
    assert result.code == 1
    assert f"of {field} " in result.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("form", ["whole", "one"])
@pytest.mark.parametrize("field", ["site", "region", "endpoint"])
def test_import_refuses_a_block_of_another_place(form, field, project):
    """As plan and apply do, before anything is asked of the service."""
    state = a_state()
    state["providers"]["p"]["identity"][field] = "other"
    remember(project, state)
    (project.root / "definitions.yaml").write_text(
        "templates: {a: {type: notification, content: 您好}}"
    )
    before = project.state_path.read_bytes()
    result = project("import", *([A, "1"] if form == "one" else []))
    assert result.code == 1
    assert f"({field})" in result.err
    assert project.state_path.read_bytes() == before
    assert not recorded(project.store)


def test_a_lock_of_another_id_stays(project):
    """Unlocking says that the id is wrong, and which one is right."""
    lock = project.state_path.with_name(project.state_path.name + ".lock")
    said = {"id": "abc", "owner": "eve", "host": "elsewhere", "pid": "1", "since": "t"}
    lock.write_text(json.dumps(said))
    result = project("state", "unlock", "xyz")
    assert result.code == 1
    assert "no lock has the id xyz" in result.err
    assert "smsform state unlock abc" in result.err
    assert json.loads(lock.read_text()) == said
    told = project("state", "unlock", "--help").out
    assert "smsform doctor" in " ".join(told.split())


def locked_by(path, **said):
    """A lock file of a run, which no living process holds."""
    lock = path.with_name(path.name + ".lock")
    lock.parent.mkdir(exist_ok=True)
    lock.write_text(json.dumps({"owner": "eve", "pid": "1", "since": "t", **said}))
    return lock


def test_a_wrong_id_for_the_lock_of_a_dead_run_asks_nobody_to_wait(project):
    """The next run takes such a lock over: there is nothing to unlock."""
    locked_by(project.state_path, id="abc", host=socket.gethostname())
    result = project("state", "unlock", "xyz")
    assert result.code == 1
    assert "no lock has the id xyz" in result.err
    assert "the next run takes it over" in result.err
    assert "wait for it" not in result.err


def test_a_run_is_one_lock_to_people_though_it_locks_two_files(project):
    """doctor says it once, and either id unlocks both."""
    paths = (project.root / "smsform.state.json", project.state_path)
    locks = [locked_by(path, id=path.parent.name, host="x") for path in paths]
    checks = project("doctor", "--format", "json").json["checks"]
    assert [each["health"] for each in checks if each["topic"] == "lock"] == ["warn"]
    assert project("state", "unlock", ".smsform").code == 0
    assert [lock for lock in locks if lock.exists()] == []


def test_state_works_while_definitions_are_broken(project):
    """A conflict in a text must not keep anybody from looking or unlocking."""
    (project.root / "definitions.yaml").write_text("<<<<<<< HEAD\n")
    assert project("state", "list").code == 0
    assert project("validate").code == 1


def test_a_held_lock_keeps_rm_and_mv_out_and_list_goes_on(project):
    """Reading needs no lock; exit code 6 where codes are asked for in detail."""
    lock = project.state_path.with_name(project.state_path.name + ".lock")
    said = {"id": "abc", "owner": "eve", "host": "elsewhere", "pid": "1", "since": "t"}
    lock.write_text(json.dumps(said))
    for arguments in (("state", "rm", A), ("state", "mv", A, B), ("status",)):
        result = project(*arguments)
        assert result.code == 1
        assert "smsform state unlock abc" in result.err
    assert project("status", "--detailed-exitcode").code == 6
    assert project("state", "list").code == 0
    assert project("state", "unlock", "abcd").code == 1
    assert project("state", "unlock", "abc").code == 0
    assert project("state", "rm", A).code == 0


def edited(change: Callable[[dict[str, Any]], object]) -> str:
    """The text of ``a_state`` after *change*."""
    state = a_state()
    change(state)
    return json.dumps(state)


def of(state: dict[str, Any]) -> Any:
    """The version 1 of template.a."""
    return state["providers"]["p"]["entries"]["template.a"]["versions"][0]


DAMAGED: dict[str, tuple[str, str]] = {
    "newer": (edited(lambda s: s.update(smsform=2)), "newer smsform"),
    "not ours": ("{}", "not a state file"),
    "no JSON": ('{"smsform": 1,', "not JSON"),
    "true is no format": (edited(lambda s: s.update(smsform=True)), "not a state file"),
    "a key twice": ('{"smsform": 1, "smsform": 1}', "twice"),
    "NaN": (
        edited(lambda s: of(s).update(submitted={"x": float("nan")})),
        "number",
    ),
    "a fraction": (edited(lambda s: of(s).update(submitted={"x": 0.5})), "number"),
    "an id that is a number": (edited(lambda s: of(s).update(id=1)), "id"),
    "an id nobody can see": (edited(lambda s: of(s).update(id="1\u202e")), "id"),
    "an id of two": (edited(lambda s: of(s).update(id="2")), "two owners"),
    "nested deeply": ('{"smsform": 1, "providers": ' + "[" * 100_000, "not JSON"),
    "conflict in the first line": ("<<<<<<< HEAD\n{}\n", "conflict markers"),
    "conflict": ('{\n<<<<<<< HEAD\n"smsform": 1\n=======\n}', "conflict markers"),
}


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("command", ["plan", "apply", "status", "ids", "state"])
def test_a_damaged_state_file_is_refused_in_one_line(command, name, project):
    """By every command that reads it, with what to do, and it stays as it is."""
    text, words = DAMAGED[name]
    project.state_path.write_text(text)
    result = project(command, *(["list"] if command == "state" else []))
    assert result.code == 1
    assert words in result.err
    assert len(result.err.splitlines()) == 2
    assert project.state_path.read_text() == text


@pytest.mark.parametrize("field", ["type", "site", "region", "endpoint"])
def test_a_block_of_another_place_is_refused(field, project):
    """Another service, site or region: the ids mean nothing here."""
    state = a_state()
    state["providers"]["p"]["identity"][field] = "other"
    remember(project, state)
    result = project("plan")
    assert result.code == 1
    assert f"({field})" in result.out


def left_behind(path: Path) -> Path:
    """The journal of a run that was killed once a third version had been made."""
    file = FileState(path)
    block = file.load().blocks["p"]
    slot = (Kind.TEMPLATE, "a")
    record = block.record(slot)
    third = replace(record.versions[-1], id="33")
    journal = path.with_name(f"{path.name}.journal")
    part = block.with_record(slot, record.with_version(third))
    Journal(journal, path).add(Step("p", slot, part_of(part, slot)))
    return journal


def test_what_a_killed_run_left_is_put_into_the_state_file(project):
    """By a command that asks no service; a second time there is nothing to do."""
    journal = left_behind(project.state_path)
    assert "33" not in project.state_path.read_text()
    assert "33" in project("state", "list").out
    assert journal.exists()
    result = project("state", "recover")
    assert (result.code, result.out) == (0, "")
    assert "killed run" in result.err
    assert "33" in project.state_path.read_text()
    assert not journal.exists()
    result = project("state", "recover")
    assert result.code == 0
    assert "Nothing to recover" in result.err
    assert not recorded(project.store)


def test_what_was_left_of_another_state_is_not_recovered(project):
    """The file was changed since: both stay as they are, and it is said."""
    journal = left_behind(project.state_path)
    state = a_state()
    del state["providers"]["p"]["intents"]
    remember(project, state)
    before = project.state_path.read_bytes()
    result = project("state", "recover")
    assert result.code == 1
    assert str(journal) in result.err
    assert journal.exists()
    assert project.state_path.read_bytes() == before
