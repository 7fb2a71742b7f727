"""``status --ingest``: pushed verdicts are believed where they are about ours and new.

The reports are those the emulator pushes to a file; what is made up are their enemies.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.mixed import a_template
from conformance.project import Project, Result
from smsform.emulation.calls import recorded
from smsform.registry import specs

TYPE = next(type for type, spec in specs().items() if spec.reports)
SILENT = next(type for type, spec in specs().items() if not spec.reports)
OLD, NEW = "您的订单已发货，请留意查收。", "您的订单已发货，预计三日内送达。"
SLOT = "template.shipped"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A template in review, whose signature is approved; verdicts go to a file."""
    return a_project(tmp_path)


def a_project(root: Path) -> Project:
    """The same in a folder of its own."""
    project = Project(root, TYPE, {"review": "manual", "push": "pushes.jsonl"})
    project.admit()
    project.templates["shipped"] = a_template("发货通知", OLD)
    project.write()
    assert project.apply().code == 0
    pushes(project).unlink()
    return project


def pushes(project: Project) -> Path:
    """Where the emulator writes what it pushes."""
    return project.state_path.parent / "pushes.jsonl"


def verdict(project: Project, *verdict: str) -> None:
    """The reviewer decides about the newest template."""
    newest = project.id_of(project.entries()[-1])
    assert project("emulate", "review", newest, *verdict).code == 0


def ingest(project: Project, *flags: str) -> Result:
    """Take over everything pushed so far."""
    return project("status", "--ingest", str(pushes(project)), *flags)


def version(project: Project) -> Any:
    """What is remembered of the newest version."""
    return project.records()[SLOT]["versions"][-1]


def resubmit(project: Project, *flags: str) -> None:
    """Apply the definition as it is now."""
    assert project.apply(*flags).code == 0
    assert version(project)["review"] == "in_review"


def test_a_pushed_approval_hands_the_id_out(project: Project):
    """Without one call to the service: the log of the emulator stays as it was."""
    verdict(project, "--approve")
    before = recorded(project.store)
    result = ingest(project)
    assert result.code == 0, result.err
    assert "in_review -> approved" in result.err
    assert recorded(project.store) == before
    [id] = [e["id"] for e in project.records()[SLOT]["versions"]]
    assert project.active()[SLOT] == id
    assert id in project("ids").out
    assert project("plan", "--detailed-exitcode").code == 0


def test_a_rejection_brings_the_note(project: Project):
    """The reviewer's words are in the table, in the state file, and gone afterwards."""
    verdict(project, "--reject", "请补充使用场景")
    result = ingest(project, "--detailed-exitcode")
    assert result.code == 4
    assert "请补充使用场景" in result.out
    assert version(project)["note"] == "请补充使用场景"
    project.templates["shipped"]["content"] = NEW
    project.write()
    resubmit(project)
    assert "note" not in version(project)


def test_a_plain_status_remembers_the_note_as_well(project: Project):
    """However a verdict became known, the state file says the same of it."""
    verdict(project, "--reject", "请补充使用场景")
    assert project("status").code == 0
    assert version(project)["note"] == "请补充使用场景"


def test_active_moves_when_the_new_version_passes(project: Project):
    """It is the same as with a plain status: the old id until then, the new one now."""
    verdict(project, "--approve")
    assert ingest(project).code == 0
    first = project.active()[SLOT]
    project.templates["shipped"]["content"] = NEW
    project.write()
    resubmit(project)
    assert project.active()[SLOT] == first
    verdict(project, "--approve")
    assert ingest(project).code == 0
    assert project.active()[SLOT] == version(project)["id"] != first


def test_stdin_and_a_pretty_file_are_read_alike(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    """``-`` is stdin; an array over many lines is one document."""
    verdict(project, "--approve")
    text = json.dumps(json.loads(pushes(project).read_text()), indent=2)
    pushes(project).write_text("\ufeff" + text)
    with pushes(project).open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert project("status", "--ingest", "-").code == 0
    assert version(project)["review"] == "approved"


def test_a_second_time_changes_nothing(project: Project):
    """Pushes come at least once; the state file stays as it is, byte for byte."""
    verdict(project, "--approve")
    assert ingest(project).code == 0
    before = project.state_path.read_bytes()
    result = ingest(project)
    assert result.code == 0
    assert "Nothing new" in result.err
    assert project.state_path.read_bytes() == before


@pytest.mark.parametrize("changed", ["content", "remark", ""])
def test_a_verdict_on_an_earlier_submission_changes_nothing(changed, project: Project):
    """The file still holds the rejection of what has been submitted again since."""
    verdict(project, "--reject", "请补充使用场景")
    assert ingest(project).code == 0
    if changed:
        project.templates["shipped"][changed] = NEW
        project.write()
        resubmit(project)
    else:
        resubmit(project, "--resubmit", f"p/{SLOT}")
    before = project.state_path.read_bytes()
    assert ingest(project).code == 0
    assert project.state_path.read_bytes() == before
    verdict(project, "--approve")
    assert ingest(project).code == 0
    assert version(project)["review"] == "approved"


def test_a_verdict_that_is_known_is_not_taken_back(project: Project):
    """Approved stays approved, whatever a late report says."""
    verdict(project, "--reject", "no")
    verdict(project, "--approve")
    assert project("status").code == 0
    before = project.state_path.read_bytes()
    text = pushes(project).read_text().splitlines()
    pushes(project).write_text(text[0])
    assert "rejected" in ingest(project).err
    assert project.state_path.read_bytes() == before


def test_an_entry_of_another_account_is_named_and_left_alone(project: Project):
    """Its id is not ours; nothing is adopted and nothing is written."""
    verdict(project, "--approve")
    text = pushes(project).read_text().replace(version(project)["id"], "SMS_999")
    pushes(project).write_text(text)
    before = project.state_path.read_bytes()
    result = ingest(project, "--format", "json")
    assert result.code == 0
    assert [each["id"] for each in result.json["reports"]["not_ours"]] == ["SMS_999"]
    assert "SMS_999" in result.err
    assert project.state_path.read_bytes() == before


def configure(project: Project, **types: str) -> None:
    """More providers at the emulator."""
    path = project.root / "smsform.yaml"
    config = yaml.safe_load(path.read_text())
    for name, type in types.items():
        config["providers"][name] = {"type": type, "endpoint": "emulator"}
    path.write_text(yaml.safe_dump(config))


def test_who_sent_it_is_asked_where_two_could_have(project: Project):
    """Signatures of two accounts may have one name; ``--provider`` says whose it is."""
    verdict(project, "--approve")
    configure(project, q=TYPE, r=SILENT)
    result = ingest(project)
    assert result.code == 64
    assert "p, q" in result.err
    assert ingest(project, "--provider", "p").code == 0
    assert version(project)["review"] == "approved"


def test_a_service_that_pushes_nothing_says_so(project: Project):
    """In words, with what to do instead."""
    verdict(project, "--approve")
    configure(project, r=SILENT)
    result = ingest(project, "--provider", "r")
    assert result.code == 1
    assert specs()[SILENT].title in result.err
    assert "status --wait" in result.err


def test_it_does_not_wait(project: Project):
    """Two ways to learn of a verdict at once are wrong usage."""
    pushes(project).write_text("[]")
    assert ingest(project, "--wait").code == 64


GOOD = {"template_code": "SMS_1", "template_status": "approved"}
HOSTILE = {
    "nothing": b"",
    "an empty array": b"[]",
    "a blank": b" \n\n ",
    "no JSON": b"approved",
    "no UTF-8": b'["\xff"]',
    "UTF-16": '[{"a": 1}]'.encode("utf-16"),
    "an object": b'{"template_code": "SMS_1"}',
    "numbers": b"[1, 2]",
    "nested": b"[" * 200_000,
    "nested inside": b'[{"reason":' + b"[" * 100_000,
    "a long number": b"[" + b"9" * 100_000 + b"]",
    "huge": b"[" + b" " * (8 * 2**20) + b"]",
    "both kinds": json.dumps([{**GOOD, "sign_name": "x"}]).encode(),
    "no status": b'[{"template_code": "SMS_1"}]',
    "a status nobody knows": b'[{"template_code": "SMS_1", "template_status": "ok"}]',
    "an id that is a list": b'[{"template_code": ["SMS_1"]}]',
    "an id of another form": json.dumps([{**GOOD, "template_code": "1"}]).encode(),
    "half a character": b'[{"sign_name": "\\ud800", "sign_status": "approved"}]',
    "a receipt": b'[{"phone_number": "1381111", "success": true}]',
    "one good and one bad": json.dumps([GOOD, {}]).encode(),
    "a good line and a cut one": json.dumps([GOOD]).encode() + b'\n[{"template',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_report_is_refused_in_one_line(name, project: Project):
    """All of the file or nothing of it; exit 1, and the state file stays."""
    pushes(project).write_bytes(HOSTILE[name])
    before = project.state_path.read_bytes()
    result = ingest(project)
    assert result.code == 1
    assert result.out == ""
    assert len(result.err.splitlines()) == 1
    assert result.err.startswith("Error: ")
    assert len(result.err) < 300
    assert project.state_path.read_bytes() == before


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
keys = st.sampled_from(
    (
        "template_code",
        "template_status",
        "template_content",
        "sign_name",
        "sign_status",
        "reason",
        "remark",
        "orderId",
        "order_id",
        "x",
    )
)
values = st.sampled_from(("SMS_1", "approved", "rejected", "approving", "示例商城"))
items = st.dictionaries(keys, values | scalars | st.lists(scalars, max_size=2))


@given(st.recursive(st.lists(items | scalars, max_size=3), st.lists, max_leaves=5))
def test_any_document_is_read_or_refused(document: Any):
    """The card's reader raises ValueError in one line, and nothing else."""
    read = specs()[TYPE].reports
    assert read
    said = "one line"
    try:
        found = read(document)
    except ValueError as error:
        said, found = str(error), ()
    assert len(said.splitlines()) == 1
    assert all(report.id.isprintable() for report in found)
    assert len(found) in (0, len(document))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_push_is_whole_or_nothing(data: st.DataObject):
    """Cut anywhere, or with any piece replaced: refused, or about ours and believable.

    What is believed moves a version of ours to a verdict; nothing else ever changes.
    """
    with tempfile.TemporaryDirectory() as folder:
        project = a_project(Path(folder))
        verdict(project, "--reject", "请补充")
        content = pushes(project).read_bytes()
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, len(content)))
        piece = data.draw(st.binary(max_size=6))
        pushes(project).write_bytes(content[:start] + piece + content[end:])
        before = project.records()
        result = ingest(project)
        after = project.records()
        assert result.code in (0, 1)
        if result.code:
            assert after == before
        assert after.keys() == before.keys()
        assert (
            not project.active().get(SLOT) or version(project)["review"] == "approved"
        )
        project.store.close()
