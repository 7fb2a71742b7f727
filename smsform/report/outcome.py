"""The outcome of an apply, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from smsform.apply.values import Outcome, Result
from smsform.model import Address
from smsform.plan import REMOVALS, SUBMISSIONS, Plan
from smsform.report.plan import not_read, sign
from smsform.report.plan_json import error_out, errors_out, line_out
from smsform.report.readable import readable_json
from smsform.report.terminal import Style, safe
from smsform.words import named, say

FORMAT = 1
NO_ADDRESS: Mapping[Address, str] = MappingProxyType({})


def line(outcome: Outcome, style: Style) -> str:
    """One change and how it ended."""
    change = outcome.change
    word = say(f"report.outcome_{outcome.result}")
    paint = style.green if outcome.result is Result.DONE else style.red
    if outcome.result is Result.SKIPPED:
        paint = style.yellow
    head = f"{sign(change, style)} {safe(str(change.address))} {named(change.action)}"
    text = f"{head}: {paint(word)}"
    if outcome.id:
        text += f" {safe(outcome.id)}"
    details = [outcome.why] if outcome.why else []
    if outcome.error is not None:
        details += [outcome.error.message(), outcome.error.hint()]
    return "\n".join([text, *(f"    {safe(each)}" for each in details if each)])


def counts(
    outcomes: Sequence[Outcome], already: int = 0, stale: int = 0
) -> dict[str, int]:
    """How many changes of each kind ended in which way."""
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
    if stale:
        found[Result.STALE] += stale
    return dict(found)


def summary(
    outcomes: Sequence[Outcome],
    already: int = 0,
    stale: int = 0,
    unread: Sequence[str] = (),
    next: bool = True,
) -> str:
    """The last lines: what was done, the providers *unread*, and what to do *next*.

    *stale* counts the changes of a saved plan that do not fit any more.
    """
    found = counts(outcomes, already, stale)
    order = (
        "submitted",
        "adopted",
        "deleted",
        "already",
        "skipped",
        "stale",
        "failed",
        "unknown",
    )
    parts = [
        say(f"report.count_{key}", count=found[key]) for key in order if key in found
    ]
    listed = say("report.comma").join(parts)
    lines = [say("report.applied", counts=listed)] if parts else []
    if unread:
        lines.append(not_read(unread))
    if next and found.get("submitted"):
        lines.append(say("report.next"))
    return "\n".join(lines) or say("report.applied_nothing")


def as_json(
    outcomes: Sequence[Outcome],
    plan: Plan,
    already: int = 0,
    stale: Mapping[Address, str] = NO_ADDRESS,
    wait: Mapping[str, Any] | None = None,
) -> str:
    """Every outcome with its change; and how the *wait* for reviews went.

    *stale* are the addresses where a saved plan does not fit any more, with the reason.
    """
    found = counts(outcomes, already, len(stale))
    if plan.unread:
        found["unread"] = len(plan.unread)
    return readable_json(
        {
            "smsform_outcome": FORMAT,
            "outcomes": [_out(outcome) for outcome in outcomes],
            "stale": {str(address): why for address, why in stale.items()},
            "errors": errors_out(plan),
            "summary": found,
            **({"wait": wait} if wait is not None else {}),
        }
    )


def _out(outcome: Outcome) -> dict[str, Any]:
    return {
        "change": line_out(outcome.change),
        "result": outcome.result,
        "id": outcome.id,
        "why": outcome.why,
        "error": error_out(outcome.error) if outcome.error else None,
    }
