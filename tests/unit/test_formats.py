"""The table of formats: every report can be written in what is offered for it."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from smsform.report import formats
from smsform.report.formats import TABLE, choices, purposes, reports

ROOMS = [
    import_module(f"{reports.__name__}.{each.name}")
    for each in iter_modules(reports.__path__)
]
REPORTS = {
    each.kind: each
    for room in ROOMS
    for _, each in inspect.getmembers(room, inspect.isclass)
    if hasattr(each, "kind")
}


@pytest.mark.parametrize("form", TABLE)
def test_a_format_writes_what_the_table_says(form: str) -> None:
    """A function for each report, by its name, and no other public one."""
    module = import_module(f"{formats.__name__}.{form}")
    own = {
        name
        for name, each in inspect.getmembers(module, inspect.isfunction)
        if each.__module__ == module.__name__ and not name.startswith("_")
    }
    assert own == TABLE[form].reports
    assert own <= REPORTS.keys()


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_has_json(report: str) -> None:
    """Programs are never left out."""
    assert "json" in choices(report)
    assert re.fullmatch(r"[A-Z].*\.", purposes(report))


def test_no_command_knows_a_format_by_name() -> None:
    """A new one would be a change in every command that does."""
    compared = re.compile(r"\bform (==|!=|in|not in) ")
    folder = import_module("smsform.cli").__path__[0]
    from pathlib import Path

    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(Path(folder).glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if compared.search(line)
    ]
    assert found == []
