"""Markdown for pull requests, in a frame that limits and marks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.report.markdown.frame import Frame

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.offline import PreviewReport
    from smsform.report.formats.reports.runs import (
        OutcomeReport,
        PlanReport,
        StatusReport,
    )


def plan(report: PlanReport, appearance: Appearance) -> str:
    """The plan, with the marks of its changes."""
    from smsform.report.markdown.plan import as_markdown
    from smsform.report.markdown.reviewed import with_marks

    def write(frame: Frame) -> str:
        return as_markdown(report.plan, report.titles, report.unsafe, frame)

    return with_marks(report.plan, _frame(appearance), write)


def status(report: StatusReport, appearance: Appearance) -> str:
    """A table, and the news."""
    from smsform.report.markdown.status import as_markdown

    frame = _frame(appearance)
    return as_markdown(report.plan, report.rows, frame, report.news, report.replaced)


def outcome(report: OutcomeReport, appearance: Appearance) -> str:
    """The outcome of each change."""
    from smsform.report.markdown.outcome import as_markdown

    return as_markdown(
        report.outcomes,
        report.plan,
        _frame(appearance),
        report.already,
        report.stale,
        report.told,
    )


def preview(report: PreviewReport, appearance: Appearance) -> str:
    """Every template, those with errors first."""
    from smsform.report.markdown.preview import as_markdown

    return as_markdown(report.previews, report.problems, _frame(appearance))


def _frame(appearance: Appearance) -> Frame:
    if appearance.frame is None:
        raise TypeError("Markdown is written in a frame")
    return appearance.frame
