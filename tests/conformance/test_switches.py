"""Switches of an emulator are read with the project file, before any is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from smsform.cli import Exit, run
from smsform.registry import specs

PROJECT = """\
smsform: 1
providers:
  cloud: {type: TYPE, endpoint: emulator, emulator: {SWITCH}}
"""
TOLD = sorted(type for type, spec in specs().items() if "push" in spec.settings())


@pytest.mark.parametrize("service", TOLD)
@pytest.mark.parametrize("command", ["validate", "plan", "ids"])
@pytest.mark.parametrize(
    "target",
    ["../out.jsonl", "/elsewhere/out.jsonl", "a/../../out", "http://example.com/"],
)
def test_what_leaves_the_emulators_folder_is_refused(
    service: str,
    command: str,
    target: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With line and column, and before the store is made."""
    text = PROJECT.replace("TYPE", service).replace("SWITCH", f'push: "{target}"')
    (tmp_path / "smsform.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run([command]) == Exit.ERROR
    told = "".join(capsys.readouterr())
    assert "smsform.yaml:3:" in told
    assert "SF148" in told
    assert not (tmp_path / ".smsform").exists()


@pytest.mark.parametrize("service", TOLD)
def test_an_unknown_switch_has_its_place_and_a_neighbour(
    service: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As every other key that is not known."""
    text = PROJECT.replace("TYPE", service).replace("SWITCH", "reveiw: manual")
    (tmp_path / "smsform.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["validate"]) == Exit.ERROR
    told = "".join(capsys.readouterr())
    assert "smsform.yaml:3:" in told
    assert "review" in told


@pytest.mark.parametrize("service", sorted(specs()))
def test_every_switch_reads_its_default(service: str) -> None:
    """What stands in the table is what may be written."""
    for switch in specs()[service].settings().values():
        switch.read(switch.default)
