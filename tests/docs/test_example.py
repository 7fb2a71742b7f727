"""templates.example is worth copying: free of problems, and it runs as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from smsform import definitions
from smsform.cli import Exit, run
from smsform.config import load
from smsform.definitions import Definitions
from smsform.model import TemplateType
from smsform.registry import built_in, specs

EXAMPLE = Path(__file__).parents[2] / "templates.example"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy as a clone has it, without what an earlier run left."""
    copy = tmp_path / "project"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns(".smsform"))
    return copy


@pytest.fixture
def defined(project: Path) -> Definitions:
    """What the example defines."""
    return definitions.load(load(project, {}, specs()), specs())


def test_no_rule_has_a_word_to_say(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even a warning: what is copied should be clean."""
    assert run(["-C", str(project), "validate", "--strict"]) == Exit.FINE
    assert "no problems" in capsys.readouterr().err


def test_it_shows_every_kind_of_message(defined: Definitions) -> None:
    """Both markets, all three types at home, both scripts abroad."""
    kinds = {(t.international, t.type) for t in defined.templates.values()}
    assert {(False, each) for each in TemplateType} <= kinds
    assert {
        (True, TemplateType.VERIFICATION),
        (True, TemplateType.NOTIFICATION),
    } <= kinds
    abroad = [t.source for t in defined.templates.values() if t.international]
    assert any(text.isascii() for text in abroad)
    assert any(not text.isascii() for text in abroad)
    assert len(defined.templates) >= 10
    assert {s.international for s in defined.signatures.values()} == {False, True}


def test_reviewers_get_what_they_need(defined: Definitions) -> None:
    """Every definition has a remark; every parameter a limit and a longest sample."""
    for definition in (*defined.signatures.values(), *defined.templates.values()):
        assert definition.remark
    for template in defined.templates.values():
        assert template.signature in defined.signatures
        assert all(parameter.max_length for parameter in template.params)
        if template.params:
            assert template.samples["longest"].keys() == {
                parameter.name for parameter in template.params
            }


def test_one_apply_brings_it_to_every_service(
    project: Path, defined: Definitions, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also what waits for its signature; then nothing is left and every id is there."""
    here = ["-C", str(project)]
    assert run([*here, "apply", "--auto-approve", "--wait"]) == Exit.FINE
    assert run([*here, "status", "--detailed-exitcode"]) == Exit.FINE
    assert run([*here, "plan", "--detailed-exitcode"]) == Exit.FINE
    capsys.readouterr()
    assert run([*here, "ids"]) == Exit.FINE
    ids, left_out = capsys.readouterr()
    assert left_out == ""
    handed_out = json.loads(ids)["providers"]
    assert handed_out.keys() == built_in().keys()
    for kinds in handed_out.values():
        assert kinds["template"].keys() == defined.templates.keys()
    assert not (project / "smsform.state.json").exists()


def test_without_waiting_the_next_apply_submits_the_rest(project: Path) -> None:
    """What was held back for a signature goes once that is approved."""
    here = ["-C", str(project)]
    assert run([*here, "apply", "--auto-approve"]) == Exit.FINE
    assert run([*here, "status", "--detailed-exitcode"]) == Exit.PENDING
    assert run([*here, "plan", "--detailed-exitcode"]) == Exit.CHANGES
    assert run([*here, "apply", "--auto-approve"]) == Exit.FINE
    assert run([*here, "plan", "--detailed-exitcode"]) == Exit.PENDING
    assert run([*here, "status", "--detailed-exitcode"]) == Exit.FINE
    assert run([*here, "plan", "--detailed-exitcode"]) == Exit.FINE
