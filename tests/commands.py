"""The command line in this process, as tests run it."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

from smsform.cli import run


class Result(NamedTuple):
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout, parsed."""
        return json.loads(self.out)


def printed(*arguments: str) -> Result:
    """Run ``smsform …``."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([*arguments])
    assert "Traceback" not in err.getvalue()
    return Result(int(code), out.getvalue(), err.getvalue())


def printed_in(folder: Path, *arguments: str) -> Result:
    """Run ``smsform -C FOLDER …``."""
    return printed("-C", str(folder), *arguments)
