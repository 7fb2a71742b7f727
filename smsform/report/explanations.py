"""Codes of the services in words, to text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from smsform.explanation import Explanation
from smsform.report.readable import readable_json
from smsform.report.terminal import Style, hang, safe, table
from smsform.words import named, say, tell

FORMAT = 1


class Explained(NamedTuple):
    """An explanation with the type and the title of its service."""

    type: str
    title: str
    explanation: Explanation


def listed(found: Sequence[Explained], style: Style) -> str:
    """One line a code: itself, the service, where it is met, what it means."""
    rows = [
        (
            style.bold(spelt(each.explanation)),
            tell(each.title),
            say(f"explain.{each.explanation.stage}"),
            tell(each.explanation.meaning),
        )
        for each in found
    ]
    header = [say(f"explain.{name}") for name in ("code", "service", "where", "means")]
    return table(rows, [style.dim(name) for name in header], style.columns)


def explained(asked: Mapping[str, Sequence[Explained]], style: Style) -> str:
    """Everything about each code that was asked for, a block for each meaning."""
    blocks = [
        "\n".join(hang(line, style.columns) for line in _explain(code, each, style))
        for code, found in asked.items()
        for each in found
    ]
    return "\n\n".join(blocks)


def spelt(explanation: Explanation) -> str:
    """The code; of a family the beginning, with an ellipsis."""
    return f"{explanation.code}…" if explanation.family else explanation.code


def _explain(asked: str, each: Explained, style: Style) -> Iterator[str]:
    one = each.explanation
    code = safe(asked) if one.family else one.code
    yield f"{style.bold(code)}  {tell(one.meaning)}"
    where = say(
        "explain.met", service=tell(each.title), where=say(f"explain.{one.stage}")
    )
    rows = [
        (say("explain.where"), where),
        (say("explain.actor"), named(one.actor)),
        (say("explain.advice"), tell(one.advice)),
        (say("explain.source"), say("explain.read", source=one.source, date=one.read)),
    ]
    if one.today:
        rows.insert(1, (say("explain.today"), one.today))
    if one.family:
        rows.insert(1, (say("explain.family"), spelt(one)))
    for line in table([(style.dim(name), value) for name, value in rows]).split("\n"):
        yield f"  {line}"


def as_json(found: Sequence[Explained]) -> str:
    """A JSON document, format 1, that holds ``codes``."""
    return readable_json(
        {"smsform_codes": FORMAT, "codes": [_values(each) for each in found]}
    )


def _values(each: Explained) -> dict[str, object]:
    one = each.explanation
    return {
        "code": one.code,
        "family": one.family,
        "type": each.type,
        "stage": one.stage,
        "actor": one.actor,
        "meaning": tell(one.meaning),
        "advice": tell(one.advice),
        "today": one.today,
        "source": one.source,
        "read": one.read,
    }
