"""Ids in source code, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smsform.project.uses import IdRole, IdUse, Owner
from smsform.report.readable import readable_json
from smsform.report.terminal import Style, safe
from smsform.uses import SearchResult
from smsform.words import named, say

FORMAT = 1


def as_text(found: Sequence[IdUse], searched: SearchResult, style: Style) -> str:
    """A line for each place, as compilers print them, with the owner of the id."""
    lines = [
        f"{style.dim(_place(use))} {safe(use.id)} {_whose(use.owners, style)}"
        for use in found
    ]
    ids = len({use.id for use in found})
    lines.append(say("uses.count", uses=len(found), ids=ids, files=searched.files))
    return "\n".join(lines)


def _place(use: IdUse) -> str:
    return f"{safe(use.path)}:{use.line}:{use.column}:"


def _whose(owners: Sequence[Owner], style: Style) -> str:
    return ", ".join(_owner(owner, style) for owner in owners)


def _owner(owner: Owner, style: Style) -> str:
    word = named(owner.role)
    if owner.role in (IdRole.RETIRED, IdRole.UNKNOWN):
        word = style.red(word)
    elif owner.role is not IdRole.ACTIVE:
        word = style.yellow(word)
    return f"{safe(str(owner.address))} {word}" if owner.address else word


def unsearched(searched: SearchResult) -> Iterator[str]:
    """A line for each path without a file, and for each file that cannot be read."""
    for path in searched.nothing:
        yield say("uses.nothing", path=safe(str(path)))
    for path in searched.unread:
        yield say("uses.unread", path=safe(str(path)))


def as_json(found: Sequence[IdUse], searched: SearchResult) -> str:
    """A JSON document, format 1."""
    return readable_json(
        {
            "smsform_uses": FORMAT,
            "uses": [
                {
                    "path": use.path,
                    "line": use.line,
                    "column": use.column,
                    "id": use.id,
                    "owners": [
                        {"address": str(each.address or ""), "role": each.role}
                        for each in use.owners
                    ],
                }
                for use in found
            ],
            "files": searched.files,
            "nothing": [str(path) for path in searched.nothing],
            "unread": [str(path) for path in searched.unread],
        }
    )
