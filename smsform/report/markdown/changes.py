"""A change of a plan: as a row of a table, and in detail."""

from __future__ import annotations

from itertools import compress

from smsform.model import Review, Value
from smsform.plan import (
    REMOVALS,
    SUBMISSIONS,
    Action,
    Change,
    Mark,
    ProviderPlan,
    Reason,
)
from smsform.plan.diff import Difference, Edit, differences, stretches
from smsform.report.markdown.markup import (
    bold,
    code,
    details,
    escaped,
    lines,
    outside,
    prose,
    quoted,
    row,
)
from smsform.report.plan import SIGNS, listed_as
from smsform.report.reasons import files, moves, reason, verdict, warnings
from smsform.words import named, say

_MOST_FIRST = (
    Action.SUPERSEDE,
    *sorted(REMOVALS),
    Action.UPDATE,
    Action.CREATE,
    Action.ADOPT,
    Action.WAIT,
    Action.NONE,
)

_NO_BREAK = "\N{NO-BREAK SPACE}"


def rank(line: Change) -> int:
    """The rank of *line*: what breaks senders or was refused comes first."""
    if line.rejected:
        return 0
    if Mark.LAPSED in line.marks:
        return 1
    if line.moved:
        return 2
    if line.reason in (Reason.AMBIGUOUS, Reason.VANISHED):
        return 3
    return 4 + _MOST_FIRST.index(line.action)


def columns() -> list[str]:
    """The names of the columns of ``as_row``."""
    names = ("action", "address", "segments", "why")
    return [say(f"markdown.{name}") for name in names]


def as_row(part: ProviderPlan, line: Change) -> str:
    """The row of one change: address, action and reason."""
    return row([acted(line), addressed(line), _segments(line), why(part, line)])


def why(part: ProviderPlan, line: Change) -> str:
    """The reason and the notes; rejections and what senders will notice are bold."""
    loud = [verdict(line.entry, outside), *moves(line, outside)]
    calm = [*warnings(line, outside), *files(line, outside)]
    if Mark.LAPSED in line.marks:
        loud, calm = [*loud, *calm], []
    return lines(
        [
            prose(reason(part, line, outside)),
            *(bold(prose(each)) for each in loud if each),
            *map(prose, calm),
        ]
    )


def acted(line: Change) -> str:
    """The sign and the action."""
    sign = SIGNS[line.action]
    if line.rejected:
        return bold(prose(f"{sign}{_NO_BREAK}{named(Review.REJECTED)}"))
    if line.action is Action.NONE:
        return ""
    return prose(f"{sign}{_NO_BREAK}{named(line.action)}")


def addressed(line: Change) -> str:
    """The address, and below it the entry's name."""
    return lines([code(str(line.address)), prose(listed_as(line, outside))])


def _segments(line: Change) -> str:
    if line.segments is None:
        return ""
    before, after = line.segments
    if not before or before == after:
        return str(after)
    text = f"{before} → {after}"
    return bold(text) if after > before else text


def as_details(line: Change, opened: bool = False) -> str:
    """The attributes before and after, and the first sample as recipients read it."""
    body = _attributes(line) + (quoted(line.rendered) if line.rendered else "")
    summary = f"{acted(line)} {code(str(line.address))}".strip()
    return details(summary, body, opened)


def has_details(line: Change) -> bool:
    """Whether *line* has more to show than its row."""
    if line.action in REMOVALS:
        return bool(line.before)
    return bool(line.rendered or (line.action in SUBMISSIONS and line.after))


def _attributes(line: Change) -> str:
    """A table of the attributes that change, without empty columns."""
    found = [(code(name), *_pair(old, new)) for name, old, new in _differences(line)]
    if not found:
        return ""
    used = [any(column) for column in zip(*found, strict=True)]
    names = [say(f"markdown.{name}") for name in ("attribute", "before", "after")]
    rows = [row(compress(cells, used)) for cells in found]
    return f"<table>{row(compress(names, used), 'th')}{''.join(rows)}</table>"


def _differences(line: Change) -> list[Difference]:
    """The attributes that change; all of them for a removal or an unchanged
    resubmission."""
    if line.action in REMOVALS:
        return [Difference(name, value, None) for name, value in line.before.items()]
    if line.action is Action.CREATE:
        after = line.after.items()
        return [Difference(name, None, value) for name, value in after if value != ""]
    if line.action not in SUBMISSIONS:
        return []
    return differences(line.before, line.after) or [
        Difference(name, line.before.get(name), value)
        for name, value in line.after.items()
    ]


def _pair(before: Value | None, after: Value | None) -> tuple[str, str]:
    if isinstance(before, str) and isinstance(after, str) and before and after:
        return _compared(before, after)
    return _value(before), _value(after)


def _value(value: Value | None) -> str:
    return "" if value is None else code(str(value))


def _compared(before: str, after: str) -> tuple[str, str]:
    """Two versions of a text, with what was removed marked in one, added in the
    other."""
    old, new = [], []
    for part, text in stretches(before, after):
        shown = escaped(text)
        if part is Edit.SAME:
            old.append(shown)
            new.append(shown)
        elif part is Edit.REMOVED:
            old.append(f"<del>{shown}</del>")
        else:
            new.append(f"<ins>{shown}</ins>")
    return f"<code>{''.join(old)}</code>", f"<code>{''.join(new)}</code>"
