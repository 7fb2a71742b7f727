"""Texts and verdicts: ours, and a collection of others' texts where there is one.

What others wrote is not ours to publish. ``SMSFORM_CORPUS`` names a folder with it:
JSON lines called as below; without it the tests that want it are skipped, and the same
laws are held by texts of the same kinds that were written for the purpose.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Read before any test's environment is cleaned.
FOLDER = os.environ.get("SMSFORM_CORPUS", "")
needs_corpus = pytest.mark.skipif(
    not FOLDER, reason="SMSFORM_CORPUS names no folder of collected texts"
)
DATA = Path(__file__).parent / "data"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """One row a line."""
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def collected(name: str) -> Iterator[dict[str, Any]]:
    """The collection's rows; only for tests marked with ``needs_corpus``."""
    yield from rows(Path(FOLDER) / name)
