"""An import, done or planned: YAML, the table of shared definitions, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from smsform.drafts.values import ChosenEntry, Draft
from smsform.project.import_all import Imported
from smsform.report.readable import readable_json
from smsform.report.terminal import safe, table, width
from smsform.words import say

FORMAT = 1


def as_text(found: Imported) -> Iterator[str]:
    """The files as one YAML stream, then the table of shared definitions as a
    comment."""
    for path, text in {**found.amended, **found.texts}.items():
        yield f"--- # {path}\n{text}".removesuffix("\n")
    if told := joins(found):
        yield "\n".join(f"# {line}".rstrip() for line in told)


def joins(found: Imported) -> list[str]:
    """A table of the definitions that several entries share or could have shared."""
    names = list(found.providers)
    rows = [
        [
            f"{draft.kind}.{draft.key}",
            *(_cell(draft.pick(name)) for name in names),
            why(draft),
        ]
        for draft in found.drafts
        if draft.unit.join.cause is not None
    ]
    if not rows:
        return []
    header = [say("import_all.definition"), *names, say("import_all.why")]
    rows = [[safe(cell) for cell in row] for row in rows]
    columns = max(100, *(sum(map(width, row)) + 2 * len(row) for row in rows))
    return [line.rstrip() for line in table(rows, header, columns).split("\n")]


def _cell(pick: ChosenEntry | None) -> str:
    """An entry in a table: its id, and its name where that differs."""
    if pick is None:
        return "–"
    entry = pick.entry
    return entry.id if entry.id == entry.name else f"{entry.id} {entry.name}"


def why(draft: Draft) -> str:
    """Why a draft's entries share it, or why one does not share another's."""
    join = draft.unit.join
    if join.cause is None:
        return ""
    told = say(f"import_all.join_{join.cause}")
    if join.what:
        told = say("import_all.join_what", why=told, what=join.what)
    if not draft.is_new:
        told = say("import_all.join_defined", why=told)
    return told


def as_json(found: Imported, dry_run: bool) -> str:
    """A JSON document, format 1."""
    return readable_json(
        {
            "smsform_import": FORMAT,
            "dry_run": dry_run,
            "definitions": [_draft(draft) for draft in found.drafts],
            "left": [
                {**_entry(where, left.entry), "why": left.why, "what": left.what}
                for where, left in found.left
            ],
            "written": dict(found.texts),
            "amended": dict(found.amended),
        }
    )


def _draft(draft: Draft) -> Mapping[str, Any]:
    join = draft.unit.join
    return {
        "kind": draft.kind,
        "key": draft.key,
        "name": draft.definition.name,
        "new": draft.is_new,
        "entries": [
            {
                **_entry(pick.provider, pick.entry),
                "beside": [each.id for each in pick.beside],
            }
            for pick in draft.unit.picks
        ],
        "cause": join.cause,
        "what": join.what,
        "check": list(draft.check),
    }


def _entry(provider: str, entry: Any) -> dict[str, Any]:
    return {
        "provider": provider,
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.name,
        "review": entry.review,
    }


def shared(found: Imported) -> list[Draft]:
    """The drafts that several entries share, or that extend a definition."""
    return [
        draft
        for draft in found.drafts
        if draft.unit.join.cause is not None and draft.unit.join.cause.joins
    ]


def guessed(found: Imported) -> int:
    """How many of the drafts say "please check"."""
    return sum(bool(draft.check) for draft in found.drafts)
