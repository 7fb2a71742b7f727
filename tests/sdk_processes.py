"""Programs that call an emulator with an official SDK: a call and an answer a line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NODE = Path(__file__).parent / "node"
PATIENCE = 60  # seconds for one call, start of the interpreter included


class LineProcess:
    """A program that takes a call a line and answers one line each."""

    def __init__(self, *command: str) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=NODE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def ask(self, action: str, params: Mapping[str, object]) -> dict[str, Any]:
        """Make one call; what the script says of it."""
        assert self._process.stdin
        assert self._process.stdout
        print(
            json.dumps({"action": action, "params": params}),
            file=self._process.stdin,
            flush=True,
        )
        line = self._process.stdout.readline()
        assert line, f"it ended with {self._process.wait(PATIENCE)}"
        return dict(json.loads(line))

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=PATIENCE)


class NodeProcess(LineProcess):
    """Such a script of ``node``."""

    def __init__(self, script: str, setup: Mapping[str, object]) -> None:
        super().__init__("node", str(NODE / script), json.dumps(setup))
