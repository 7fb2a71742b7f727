"""SARIF for code scanning; files are named from the root of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.offline import ProblemsReport


def problems(report: ProblemsReport, appearance: Appearance) -> str:
    """One run of all rules."""
    from smsform.registry import specs
    from smsform.report.problems import from_root
    from smsform.report.sarif import as_sarif
    from smsform.validate import catalogue

    found = from_root(report.problems, report.folder)
    return as_sarif(found, catalogue(specs()), report.failure)
