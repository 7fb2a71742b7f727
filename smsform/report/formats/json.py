"""JSON for programs: one versioned document, with a schema of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.emulated import CallsReport, OutboxReport
    from smsform.report.formats.reports.memory import (
        IdsReport,
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
    """Schema ``plan``."""
    from smsform.report.plan_json import as_json

    return as_json(report.plan)


def status(report: StatusReport, appearance: Appearance) -> str:
    """Schema ``status``."""
    from smsform.report.status import as_json

    return as_json(report.plan, report.rows, report.more)


def outcome(report: OutcomeReport, appearance: Appearance) -> str:
    """Schema ``outcome``."""
    from smsform.report.outcome import as_json

    return as_json(
        report.outcomes, report.plan, report.already, report.stale, report.wait
    )


def preview(report: PreviewReport, appearance: Appearance) -> str:
    """Schema ``preview``."""
    from smsform.report.preview_json import as_json

    return as_json(report.previews, report.problems)


def problems(report: ProblemsReport, appearance: Appearance) -> Iterator[str]:
    """Schema ``problems``; nothing where there was nothing to look at."""
    from smsform.report.problems import as_json

    if report.failure is None:
        yield as_json(report.problems)


def doctor(report: DoctorReport, appearance: Appearance) -> str:
    """Schema ``doctor``."""
    from smsform.report.doctor import as_json

    return as_json(report.sections)


def shapes(report: ShapesReport, appearance: Appearance) -> str:
    """Schema ``shapes``."""
    from smsform.report.shapes import as_json

    return as_json(report.services)


def calls(report: CallsReport, appearance: Appearance) -> str:
    """Schema ``emulate-log``."""
    from smsform.report.calls import as_json

    return as_json(report.calls)


def rules(report: RulesReport, appearance: Appearance) -> str:
    """Schema ``rules``."""
    from smsform.report.rules import as_json

    return as_json(report.rules)


def explanations(report: ExplanationsReport, appearance: Appearance) -> str:
    """Schema ``explanations``."""
    from smsform.report.explanations import as_json

    return as_json(report.shown)


def ids(report: IdsReport, appearance: Appearance) -> str:
    """Schema ``ids``."""
    from smsform.report.ids import as_json

    return as_json(report.ids)


def state(report: StateReport, appearance: Appearance) -> str:
    """Schema ``state-list``."""
    from smsform.report.state import listed_json

    return listed_json(report.state)


def uses(report: UsesReport, appearance: Appearance) -> str:
    """Schema ``uses``."""
    from smsform.report.uses import as_json

    return as_json(report.found, report.searched)


def imported(report: ImportReport, appearance: Appearance) -> str:
    """Schema ``import``."""
    from smsform.report.imports import as_json

    return as_json(report.found, report.dry_run)


def sending(report: SendingReport, appearance: Appearance) -> str:
    """Schema ``sending``."""
    from smsform.report.sending import as_json

    return as_json(report.message, report.sent, report.waited, report.show_numbers)


def receipts(report: ReceiptsReport, appearance: Appearance) -> str:
    """Schema ``receipts``."""
    from smsform.report.receipts import as_json

    return as_json(report.found, report.show_numbers)


def stats(report: StatsReport, appearance: Appearance) -> str:
    """Schema ``stats``."""
    from smsform.report.stats import as_json

    return as_json(report.found, report.by)


def outbox(report: OutboxReport, appearance: Appearance) -> str:
    """Schema ``outbox``."""
    from smsform.report.outbox import as_json

    return as_json(report.messages, report.now)


def notified(report: NotifiedReport, look: Appearance) -> str:
    """Schema ``notify``."""
    from smsform.report.notified import as_json

    return as_json(report.notified, report.test)
