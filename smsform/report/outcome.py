"""What apply did, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from smsform.apply import Outcome, Result
from smsform.plan import REMOVALS, SUBMISSIONS
from smsform.report.plan import sign
from smsform.report.plan_json import error_out, line_out
from smsform.report.terminal import Style, readable_json, safe
from smsform.words import say

FORMAT = 1


def line(outcome: Outcome, style: Style) -> str:
    """One change and how it ended."""
    change = outcome.change
    word = say(f"report.outcome_{outcome.result}")
    paint = style.green if outcome.result is Result.DONE else style.red
    if outcome.result is Result.SKIPPED:
        paint = style.yellow
    head = f"{sign(change, style)} {safe(str(change.address))} {change.action}"
    text = f"{head}: {paint(word)}"
    if outcome.id:
        text += f" {safe(outcome.id)}"
    details = [outcome.why] if outcome.why else []
    if outcome.error is not None:
        details += [outcome.error.message(), outcome.error.hint()]
    return "\n".join([text, *(f"    {safe(each)}" for each in details if each)])


def counts(outcomes: Sequence[Outcome], already: int = 0) -> dict[str, int]:
    """How many changes of each sort ended how."""
    found: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.result is not Result.DONE:
            found[outcome.result] += 1
        elif outcome.change.action in SUBMISSIONS:
            found["submitted"] += 1
        elif outcome.change.action in REMOVALS:
            found["deleted"] += 1
        else:
            found["adopted"] += 1
    if already:
        found["already"] = already
    return dict(found)


def summary(outcomes: Sequence[Outcome], already: int = 0, next: bool = True) -> str:
    """The last line; *next*: and what to do now."""
    found = counts(outcomes, already)
    order = (
        "submitted", "adopted", "deleted", "already", "skipped", "stale", "failed",
        "unknown",
    )  # fmt: skip
    parts = [
        say(f"report.count_{key}", count=found[key]) for key in order if key in found
    ]
    if not parts:
        return say("report.applied_nothing")
    text = say("report.applied", counts=", ".join(parts))
    if next and found.get("submitted"):
        text += "\n" + say("report.next")
    return text


def as_json(
    outcomes: Sequence[Outcome], already: int = 0, wait: Mapping[str, Any] | None = None
) -> str:
    """Every outcome, with its change; and how the *wait* for reviews went."""
    return readable_json({
        "smsform_outcome": FORMAT,
        "outcomes": [_out(outcome) for outcome in outcomes],
        "summary": counts(outcomes, already),
        **({"wait": wait} if wait is not None else {}),
    })  # fmt: skip


def _out(outcome: Outcome) -> dict[str, Any]:
    return {
        "change": line_out(outcome.change),
        "result": outcome.result,
        "id": outcome.id,
        "why": outcome.why,
        "error": error_out(outcome.error) if outcome.error else None,
    }
