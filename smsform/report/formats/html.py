"""HTML: one page with everything, which needs no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.offline import PreviewReport


def preview(report: PreviewReport, appearance: Appearance) -> str:
    """The page of a project."""
    from smsform.report.page import as_html

    return as_html(
        report.previews,
        report.problems,
        title=report.title,
        plan=report.plan,
        live=report.live,
        version=report.version,
    )
