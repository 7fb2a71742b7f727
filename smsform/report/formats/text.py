"""Text for people: lines for a terminal, in its colours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from smsform.report.terminal import hang, safe
from smsform.words import say

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.emulated import CallsReport, OutboxReport
    from smsform.report.formats.reports.memory import (
        ImportReport,
        StateReport,
        UsesReport,
    )
    from smsform.report.formats.reports.messages import (
        ReceiptsReport,
        SendingReport,
        StatsReport,
    )
    from smsform.report.formats.reports.offline import (
        ExplanationsReport,
        PreviewReport,
        ProblemsReport,
        RulesReport,
    )
    from smsform.report.formats.reports.runs import (
        DoctorReport,
        OutcomeReport,
        PlanReport,
        ShapesReport,
        StatusReport,
    )
    from smsform.report.formats.reports.told import NotifiedReport


def plan(report: PlanReport, appearance: Appearance) -> str:
    """Line by line, with what apply would refuse."""
    from smsform.report.plan import as_text

    return as_text(report.plan, report.titles, appearance.style, report.unsafe)


def status(report: StatusReport, appearance: Appearance) -> Iterator[str]:
    """A table; nothing where there is nothing."""
    from smsform.report.status import as_text

    style = appearance.style
    if text := as_text(report.plan, report.rows, style, report.replaced):
        yield text


def outcome(report: OutcomeReport, appearance: Appearance) -> Iterator[str]:
    """Stale addresses, and the counts; each outcome was printed as it came."""
    from smsform.report.outcome import summary

    for address, why in report.stale.items():
        yield appearance.style.red(f"{safe(str(address))}: {safe(why)}")
    yield summary(
        report.outcomes,
        report.already,
        len(report.stale),
        report.plan.unread,
        next=not report.waits,
    )


def preview(report: PreviewReport, appearance: Appearance) -> Iterator[str]:
    """Every template as a paragraph."""
    from shutil import get_terminal_size

    from smsform.report.preview import as_text

    columns, style = get_terminal_size().columns, appearance.style
    for number, each in enumerate(report.previews):
        problems = report.problems.get(each.template.key, ())
        text = hang(as_text(each, problems, style, columns), style.columns)
        yield f"\n{text}" if number else text


def problems(report: ProblemsReport, appearance: Appearance) -> Iterator[str]:
    """Each with its place; nothing where there is none."""
    from smsform.report.problems import MOST, as_text

    if report.problems:
        most = MOST if report.most is None else report.most
        yield as_text(report.problems, appearance.style, most)


def doctor(report: DoctorReport, appearance: Appearance) -> str:
    """A section a provider."""
    from smsform.report.doctor import as_text

    return as_text(report.sections, report.titles, appearance.style)


def shapes(report: ShapesReport, appearance: Appearance) -> str:
    """A section a service."""
    from smsform.report.shapes import as_text

    return as_text(report.services, appearance.style)


def calls(report: CallsReport, appearance: Appearance) -> Iterator[str]:
    """A line a call."""
    for call in report.calls:
        time = datetime.fromtimestamp(call.at, UTC).isoformat(timespec="seconds")
        fields = {**call._asdict(), "time": time, "entry": call.entry or ""}
        line = say("emulation.call", **fields).rstrip()
        for word in call.lenience.replace("-", "_").split():
            line += f"  ({say(f'emulation.{word}')})"
        yield safe(line)


def rules(report: RulesReport, appearance: Appearance) -> str:
    """A line a rule, or all there is to say of it."""
    from smsform.report.rules import explained, listed

    return (explained if report.explained else listed)(report.rules, appearance.style)


def explanations(report: ExplanationsReport, appearance: Appearance) -> str:
    """A line a code, or all there is to say of it."""
    from smsform.report.explanations import explained, listed

    if report.asked is None:
        return listed(report.shown, appearance.style)
    return explained(report.asked, appearance.style)


def state(report: StateReport, appearance: Appearance) -> Iterator[str]:
    """A line an address; nothing where there is none."""
    from smsform.report.state import listed

    if text := listed(report.state, appearance.style.columns):
        yield text


def uses(report: UsesReport, appearance: Appearance) -> str:
    """A line a place."""
    from smsform.report.uses import as_text

    return as_text(report.found, report.searched, appearance.style)


def imported(report: ImportReport, appearance: Appearance) -> Iterator[str]:
    """The YAML and the table of joins, where nothing is written."""
    from smsform.report.imports import as_text

    if report.dry_run:
        yield from as_text(report.found)


def sending(report: SendingReport, appearance: Appearance) -> str:
    """A line a number."""
    from smsform.report.sending import as_text

    return as_text(report.sent, appearance.style, report.waited, report.show_numbers)


def receipts(report: ReceiptsReport, appearance: Appearance) -> str:
    """A line a message."""
    from smsform.report.receipts import as_text

    return as_text(report.found, appearance.style, report.show_numbers)


def stats(report: StatsReport, appearance: Appearance) -> str:
    """A table a provider, on a terminal with bars."""
    from smsform.report.stats import as_text

    return as_text(report.found, appearance.style)


def outbox(report: OutboxReport, appearance: Appearance) -> Iterator[str]:
    """Two lines a message; nothing where there is none."""
    from smsform.report.outbox import as_text

    if report.messages:
        yield as_text(report.messages, report.now)


def notified(report: NotifiedReport, look: Appearance) -> str:
    """A line a target."""
    from smsform.report.notified import as_text

    return as_text(report.notified, report.test)
