"""What a forge's runner would take for a command is none in any report."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import write
from smsform.cli import run

PROJECT = {
    "smsform.yaml": """\
smsform: 1
providers: {cloud: {type: tencent, endpoint: emulator}}
""",
    "templates.yaml": """\
signatures: {shop: {name: 示例商城}}
templates:
  one:
    type: notification
    content: "::error::您的订单 ##[group] 已发货"
    remark: "::warning::发货 ##vso[task.x] 后"
""",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose texts are commands of runners."""
    write(tmp_path, PROJECT)
    monkeypatch.chdir(tmp_path)
    seeds = tmp_path / "seeds.json"
    seeds.write_text('[{"SignName": "示例商城", "StatusCode": 0}]', encoding="utf-8")
    assert run(["emulate", "seed", str(seeds)]) == 0
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "plan",
        "plan --format markdown",
        "plan --format json",
        "plan --reviewed x.md",
        "apply --auto-approve",
        "preview",
        "preview --format markdown",
        "validate",
        "preview --format json",
        "import --dry-run",
    ],
)
def test_no_report_gives_orders_to_a_runner(
    project: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """On stdout and on stderr, as the log of a job shows both."""
    (project / "x.md").touch()
    run(command.split())
    told = "".join(capfd.readouterr())
    assert told.strip()
    assert_harmless(told)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_reviewers_note_gives_none_either(
    project: Path, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is the service's text."""
    run(["apply", "--auto-approve"])
    run(["emulate", "review", "cloud/template.one", "--reject", "::stop::##[x"])
    run(["status", "--format", form])
    told = "".join(capfd.readouterr())
    assert "stop" in told
    assert_harmless(told)


def assert_harmless(told: str) -> None:
    """No line begins with two colons, and none holds the older form."""
    for line in told.splitlines():
        assert not line.lstrip().startswith("::"), line
        assert "##[" not in line
        assert "##vso[" not in line
