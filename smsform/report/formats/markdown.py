"""Markdown for pull requests: in a frame that limits it and names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.report.markdown.folding import Frame

if TYPE_CHECKING:
    from smsform.report.formats import Look
    from smsform.report.formats.reports import (
        OutcomeReport,
        PlanReport,
        PreviewReport,
        StatusReport,
    )


def plan(report: PlanReport, look: Look) -> str:
    """With the marks by which it is known again."""
    from smsform.report.markdown.plan import as_markdown
    from smsform.report.markdown.reviewed import with_marks

    def write(frame: Frame) -> str:
        return as_markdown(report.plan, report.titles, report.unsafe, frame)

    return with_marks(report.plan, _frame(look), write)


def status(report: StatusReport, look: Look) -> str:
    """A table, and what moved."""
    from smsform.report.markdown.status import as_markdown

    return as_markdown(report.plan, report.rows, _frame(look), report.news)


def outcome(report: OutcomeReport, look: Look) -> str:
    """What became of each change."""
    from smsform.report.markdown.outcome import as_markdown

    return as_markdown(
        report.outcomes,
        report.plan,
        _frame(look),
        report.already,
        report.stale,
        report.told,
    )


def preview(report: PreviewReport, look: Look) -> str:
    """Every template, those with errors first."""
    from smsform.report.markdown.preview import as_markdown

    return as_markdown(report.previews, report.problems, _frame(look))


def _frame(look: Look) -> Frame:
    if look.frame is None:
        raise TypeError("Markdown is written in a frame")
    return look.frame
