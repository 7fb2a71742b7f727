"""The results of notifications, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smsform.project.telling import Notified, Telling
from smsform.report.readable import readable_json
from smsform.report.terminal import safe
from smsform.words import say

FORMAT = 1


def is_trouble(each: Notified) -> bool:
    """Whether a result needs attention."""
    return each.result not in (Telling.SENT, Telling.NOTHING)


def as_lines(notified: Sequence[Notified], test: bool = False) -> Iterator[str]:
    """A line for each target; none for a target without news."""
    for each in notified:
        if each.result is Telling.NOTHING:
            continue
        yield safe(
            say(
                f"notify.test_{each.result}" if test else f"notify.{each.result}",
                variable=each.variable,
                kind=say(f"notify.kind_{each.sort or 'unknown'}"),
                count=each.number,
                why=each.why,
                what=each.why,
            )
        )


def as_text(notified: Sequence[Notified], test: bool) -> str:
    """The lines of the command ``notify``; it also says when there was nothing."""
    lines = []
    for each in notified:
        if each.result is Telling.NOTHING:
            lines.append(say("notify.nothing", variable=each.variable))
        lines += as_lines([each], test)
    return "\n".join(lines)


def as_json(notified: Sequence[Notified], test: bool) -> str:
    """A JSON document, format 1."""
    return readable_json(
        {
            "smsform_notify": FORMAT,
            "test": test,
            "targets": [
                {
                    "variable": each.variable,
                    "sort": each.sort,
                    "result": each.result,
                    "count": each.number,
                    "why": each.why,
                }
                for each in notified
            ],
        }
    )
