"""Which report can be written in which format: one table.

A command names its report and passes it on with the format that was asked for. A format
is a module here, with a function for each report that it can write: it takes the report
and an ``Appearance``, and returns what to print. A new format is a module and a line of
``TABLE``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from smsform.report.formats.reports import Report
    from smsform.report.markdown.frame import Frame
    from smsform.report.terminal import Style


class Format(Struct, frozen=True):
    """A format: its purpose in a few words, and the reports it can write.

    ``live``: it is for people who watch, so news are printed with it while a command
    runs. A format that is not live is one document at the end; with ``all``, nothing is
    printed beside it. ``framed`` formats can be limited in size and have a marker; a
    ``page`` has room for a plan and can be served.
    """

    purpose: str
    reports: frozenset[str]
    live: bool = False
    all: bool = False
    framed: bool = False
    page: bool = False


def _writes(names: str) -> frozenset[str]:
    return frozenset(names.split())


TABLE: Mapping[str, Format] = {
    "text": Format(
        "text for people",
        _writes(
            "plan status outcome preview problems doctor shapes calls rules "
            "explanations state uses sending receipts stats outbox notified "
            "imported"
        ),
        live=True,
    ),
    "json": Format(
        "JSON for programs",
        _writes(
            "plan status outcome preview problems doctor shapes calls rules "
            "explanations state uses sending receipts stats outbox ids notified "
            "imported"
        ),
        all=True,
    ),
    "markdown": Format(
        "Markdown for pull requests",
        _writes("plan status outcome preview"),
        framed=True,
    ),
    "html": Format("HTML: one page with everything", _writes("preview"), page=True),
    "sarif": Format("SARIF for code scanning", _writes("problems")),
    "github": Format("annotations for a GitHub workflow", _writes("problems")),
    "csv": Format("CSV for spreadsheets", _writes("receipts stats")),
    "env": Format("shell variables", _writes("ids")),
}


# Suffixes of file names, by format.
SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".sarif": "sarif",
    ".csv": "csv",
    ".env": "env",
}


def choices(report: str) -> list[str]:
    """The formats that can write *report*, the usual one first."""
    return [name for name, each in TABLE.items() if report in each.reports]


def purposes(report: str) -> str:
    """The purposes of these formats, as a sentence."""
    found = [TABLE[name].purpose for name in choices(report)]
    if len(found) > 3:
        found[-1] = f"or {found[-1]}"
    sentence = ", ".join(found)
    return f"{sentence[0].upper()}{sentence[1:]}."


class Appearance(Struct, frozen=True):
    """How it is printed: colours and columns of a terminal, the frame of a comment."""

    style: Style
    frame: Frame | None = None


def written(report: Report, form: str, appearance: Appearance) -> Iterator[str]:
    """*report* in the format called *form*, in pieces that end with a line break.

    A piece may be printed before the next is asked for.
    """
    module = import_module(f"{__name__}.{form}")
    found = getattr(module, report.kind)(report, appearance)
    return iter([found]) if isinstance(found, str) else found
