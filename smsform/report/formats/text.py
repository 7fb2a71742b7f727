"""Text for people: lines for a terminal, in its colours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from smsform.report.terminal import hang, safe
from smsform.words import say

if TYPE_CHECKING:
    from smsform.report.formats import Look
    from smsform.report.formats.reports import (
        CallsReport,
        DoctorReport,
        ExplanationsReport,
        OutboxReport,
        OutcomeReport,
        PlanReport,
        PreviewReport,
        ProblemsReport,
        ReceiptsReport,
        RulesReport,
        SendingReport,
        ShapesReport,
        StateReport,
        StatsReport,
        StatusReport,
        UsesReport,
    )


def plan(report: PlanReport, look: Look) -> str:
    """Line by line, with what apply would refuse."""
    from smsform.report.plan import as_text

    return as_text(report.plan, report.titles, look.style, report.unsafe)


def status(report: StatusReport, look: Look) -> str:
    """A table."""
    from smsform.report.status import as_text

    return as_text(report.plan, report.rows, look.style)


def outcome(report: OutcomeReport, look: Look) -> Iterator[str]:
    """What had moved, and the counts; each outcome was printed as it came."""
    from smsform.report.outcome import summary

    for address, why in report.stale.items():
        yield look.style.red(f"{safe(str(address))}: {safe(why)}")
    yield summary(
        report.outcomes,
        report.already,
        len(report.stale),
        report.plan.unread,
        next=not report.waits,
    )


def preview(report: PreviewReport, look: Look) -> Iterator[str]:
    """Every template as a paragraph."""
    from smsform.report.preview import as_text

    columns = shutil.get_terminal_size().columns
    for number, each in enumerate(report.previews):
        problems = report.problems.get(each.template.key, ())
        text = hang(as_text(each, problems, look.style, columns), look.style.columns)
        yield f"\n{text}" if number else text


def problems(report: ProblemsReport, look: Look) -> Iterator[str]:
    """Each with its place; nothing where there is none."""
    from smsform.report.problems import MOST, as_text

    if report.problems:
        most = MOST if report.most is None else report.most
        yield as_text(report.problems, look.style, most)


def doctor(report: DoctorReport, look: Look) -> str:
    """A section a provider."""
    from smsform.report.doctor import as_text

    return as_text(report.sections, report.titles, look.style)


def shapes(report: ShapesReport, look: Look) -> str:
    """A section a service."""
    from smsform.report.shapes import as_text

    return as_text(report.services, look.style)


def calls(report: CallsReport, look: Look) -> Iterator[str]:
    """A line a call."""
    for call in report.calls:
        time = datetime.fromtimestamp(call.at, UTC).isoformat(timespec="seconds")
        fields = {**call._asdict(), "time": time, "entry": call.entry or ""}
        line = say("emulation.call", **fields).rstrip()
        for word in call.lenience.replace("-", "_").split():
            line += f"  ({say(f'emulation.{word}')})"
        yield safe(line)


def rules(report: RulesReport, look: Look) -> str:
    """A line a rule, or all there is to say of it."""
    from smsform.report.rules import explained, listed

    return (explained if report.explained else listed)(report.rules, look.style)


def explanations(report: ExplanationsReport, look: Look) -> str:
    """A line a code, or all there is to say of it."""
    from smsform.report.explanations import explained, listed

    if report.asked is None:
        return listed(report.shown, look.style)
    return explained(report.asked, look.style)


def state(report: StateReport, look: Look) -> Iterator[str]:
    """A line an address; nothing where there is none."""
    from smsform.report.state import listed

    if text := listed(report.state):
        yield text


def uses(report: UsesReport, look: Look) -> str:
    """A line a place."""
    from smsform.report.uses import as_text

    return as_text(report.found, report.searched, look.style)


def sending(report: SendingReport, look: Look) -> str:
    """A line a number."""
    from smsform.report.sending import as_text

    return as_text(report.sent, look.style, report.waited, report.show_numbers)


def receipts(report: ReceiptsReport, look: Look) -> str:
    """A line a message."""
    from smsform.report.receipts import as_text

    return as_text(report.found, look.style, report.show_numbers)


def stats(report: StatsReport, look: Look) -> str:
    """A table a provider, on a terminal with bars."""
    from smsform.report.stats import as_text

    return as_text(report.found, look.style)


def outbox(report: OutboxReport, look: Look) -> Iterator[str]:
    """Two lines a message; nothing where there is none."""
    from smsform.report.outbox import as_text

    if report.messages:
        yield as_text(report.messages, report.now)
