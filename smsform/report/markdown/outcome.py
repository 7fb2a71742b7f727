"""The outcome of an apply, as Markdown: failures first, then every change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from smsform.apply.values import Outcome, Result
from smsform.model import Address
from smsform.plan import Plan, ProviderPlan
from smsform.report.markdown import changes
from smsform.report.markdown.folding import (
    DETAILS,
    LISTS,
    NOTICES,
    Section,
    bullets,
    fit,
    table,
)
from smsform.report.markdown.frame import Frame
from smsform.report.markdown.markup import bold, code, item, lines, prose, row
from smsform.report.markdown.plan import headed, unread
from smsform.report.outcome import NO_ADDRESS, summary
from smsform.words import say

_WORST_FIRST = (
    Result.FAILED,
    Result.UNKNOWN,
    Result.STALE,
    Result.SKIPPED,
    Result.DONE,
)


def as_markdown(
    outcomes: Sequence[Outcome],
    plan: Plan,
    frame: Frame,
    already: int = 0,
    stale: Mapping[Address, str] = NO_ADDRESS,
    waited: Sequence[str] = (),
) -> str:
    """Every outcome with its change; *stale* is where a saved plan does not fit.

    *waited* are lines about a wait for the reviews that followed.
    """
    first, *rest = summary(outcomes, already, len(stale)).split("\n")
    done = bool(outcomes or already or stale)
    head = headed(first if done or not plan.unread else "", plan)
    head += "".join(f"\n<p>{prose(each)}</p>" for each in rest)
    return fit(frame, head, list(_sections(outcomes, plan, stale, waited)))


def _sections(
    outcomes: Sequence[Outcome],
    plan: Plan,
    stale: Mapping[Address, str],
    waited: Sequence[str],
) -> Iterator[Section]:
    yield unread(plan)
    moved = titled("stale")
    for address, why in stale.items():
        moved.add(1, partial(_stale, address, why))
    yield moved
    wrong = titled("failed_first")
    names = ("action", "address", "result", "why")
    rows = table([say(f"markdown.{name}") for name in names])
    folded = Section("", "", "<p>{}</p>", tier=DETAILS)
    parts = {part.provider: part for part in plan.providers}
    for outcome in outcomes:
        rank = _WORST_FIRST.index(outcome.result)
        if outcome.error is not None:
            wrong.add(rank, partial(_failure, outcome))
        rows.add(rank, partial(_row, parts[outcome.change.address.provider], outcome))
        if changes.has_details(outcome.change):
            folded.add(rank, partial(changes.as_details, outcome.change))
    yield wrong
    yield lines_said("waited", waited)
    yield rows
    yield folded


def titled(title: str, tier: int = NOTICES) -> Section:
    """An empty list below a title of the catalogue."""
    return bullets(f"<h4>{prose(say(f'markdown.{title}'))}</h4>", tier)


def lines_said(title: str, told: Sequence[str]) -> Section:
    """Lines printed during a run, which hold texts from outside."""
    section = titled(title, LISTS)
    for each in told:
        section.add(0, partial(item, code(each)))
    return section


def _stale(address: Address, why: str) -> str:
    return item(f"{code(str(address))}: {code(why)}")


def _failure(outcome: Outcome) -> str:
    """The service's message with code and request id, and what to do."""
    assert outcome.error is not None
    message, hint = outcome.error.message(), outcome.error.hint()
    where = bold(code(str(outcome.change.address)))
    return item(f"{where}: {lines([code(message), code(hint)])}")


def _row(part: ProviderPlan, outcome: Outcome) -> str:
    change = outcome.change
    word = say(f"report.outcome_{outcome.result}")
    ended = word if outcome.result is Result.DONE else bold(word)
    return row(
        [
            changes.acted(change),
            changes.addressed(change),
            f"{ended} {code(outcome.id)}".strip(),
            lines([code(outcome.why), changes.why(part, change)]),
        ]
    )
