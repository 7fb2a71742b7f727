"""What a newcomer pastes from the README leads where it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from generate import README

from smsform.cli import Exit, run


def pasted(section: str) -> list[list[str]]:
    """The commands of the first block below a heading, word by word."""
    text = README.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2]
    block = re.search(r"```sh\n(.*?)```", text, re.DOTALL)
    assert block
    commands = block[1].replace("&&", "\n").splitlines()
    return [shlex.split(command, comments=True) for command in commands]


def at_emulators(config: Path) -> None:
    """Let the emulators stand for the accounts, with something in each."""
    text = config.read_text(encoding="utf-8")
    found = re.findall(r"^  (\w+):\n    type:", text, re.MULTILINE)
    assert found
    emulated = re.sub(
        r"^(    type: .*)$", r"\1\n    endpoint: emulator", text, flags=re.M
    )
    config.write_text(emulated, encoding="utf-8")
    for provider in found:
        seed = ["emulate", "seed", "--generate", "3", "--provider", provider]
        assert run(seed) == Exit.FINE


def test_an_account_is_imported_and_leaves_nothing_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The examples of ``init`` are out of the way, and the last command shows it."""
    monkeypatch.chdir(tmp_path)
    for program, *words in pasted("An account you already have"):
        if program == "cd":
            monkeypatch.chdir(words[0])
            at_emulators(Path("smsform.yaml"))
        elif program == "rm":
            assert words[0] == "-r"
            for name in words[1:]:
                gone = Path(name)
                shutil.rmtree(gone) if gone.is_dir() else os.remove(gone)
        else:
            assert program == "smsform"
            capsys.readouterr()
            assert run(words) == Exit.FINE
    assert words == ["plan"]
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(r"Nothing to do: \d+ settled", last)
