"""``smsform emulate set`` and ``advance``: settings and clock of a running emulator."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.project import Project
from smsform.registry import specs

TYPES = sorted(specs())


@pytest.fixture(params=TYPES)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """One provider, which does not decide anything by itself."""
    return Project(tmp_path, request.param)


def test_a_setting_holds_until_it_is_taken_back(project: Project) -> None:
    """What smsform.yaml says comes back; the reviewer follows at once."""
    assert project.apply().code == 0
    assert project("emulate", "set", "p", "review", "immediate").code == 0
    project.signatures["shop"]["name"] = "示例新店"
    project.write()
    assert project.apply().code == 0
    assert project("status").code == 0
    assert "示例新店" in project("ids", "--format", "env").out
    said = project("emulate", "set", "p", "review")
    assert "what smsform.yaml says" in said.out
    project.signatures["shop"]["name"] = "示例旧店"
    project.write()
    assert project.apply().code == 0
    assert project("status").code == 0
    assert "示例旧店" not in project("ids", "--format", "env").out


@pytest.mark.parametrize("name", ["reviews", "review=manual", "\x1b[31m"])
def test_a_setting_there_is_not_cannot_be_taken_back(
    name: str, project: Project
) -> None:
    """As it cannot be changed: a slip does not read like a success."""
    said = project("emulate", "set", "p", name)
    assert said.code == 1
    wrong, hint = said.err.splitlines()
    assert "no setting called" in wrong
    assert "review" in hint
    assert "\x1b" not in said.out + said.err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("reviews", "manual", "did you mean review?"),
        ("review", "perhaps", "expected immediate, manual"),
        ("review", "{after: 2h", "this is not YAML"),
        ("review", "\x1b[31m", "must not stand here"),
    ],
)
def test_what_there_is_not_changes_nothing(
    project: Project, name: str, value: str, said: str
) -> None:
    """It is refused, with what there is; the emulator goes on as before."""
    result = project("emulate", "set", "p", name, value)
    assert result.code == 1
    assert said in result.err
    assert "\x1b" not in result.err
    assert not project.store.noted("setting:p")
    assert project("plan").code == 0


def test_time_passes_at_the_emulators(project: Project) -> None:
    """Its own clock alone; what is no time, or too much of it, is refused."""
    before = project.clock.now()
    assert "at the emulators" in project("emulate", "advance", "5d").out
    assert project.clock.now() - before == pytest.approx(5 * 86400, abs=60)
    for wrong in ("soon", "-1", "99999999d"):
        assert project("emulate", "advance", wrong).code in (1, 64)
    assert project.clock.now() - before < 6 * 86400


@pytest.mark.parametrize(
    "words",
    [
        "outbox --limit 99999999999999999999",
        "seed --generate 99999999999999999999",
        "fault p slow --nth 99999999999999999999",
        "fault p slow --times 99999999999999999999",
        "fault p slow --seconds 1e400",
        "fault p slow --seconds nan",
        "fault p slow --seconds -1",
    ],
)
def test_a_number_no_store_can_keep_is_wrong_usage(
    project: Project, words: str
) -> None:
    """It is refused before anything is stored."""
    said = project("emulate", *words.split())
    assert said.code == 64
    assert f"'{words.split()[-2]}'" in said.err
    assert project("emulate", "log").code == 0


def test_a_slip_in_the_name_of_a_setting_is_told_apart_from_all_there_are(
    project: Project,
) -> None:
    """One that is near is asked for, not called all that there is."""
    said = project("emulate", "set", "p", "reveiw", "manual")
    assert "did you mean review?" in said.err
    said = project("emulate", "set", "p", "zzz", "manual")
    assert "it has: " in said.err
    assert "review" in said.err
