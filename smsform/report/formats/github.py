"""Annotations for a GitHub workflow; files are named as in SARIF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.offline import ProblemsReport


def problems(report: ProblemsReport, appearance: Appearance) -> str:
    """A workflow command each, errors first."""
    from smsform.report.annotations import as_command, as_commands
    from smsform.report.problems import from_root

    if report.failure is not None:
        return as_command(report.failure)
    return as_commands(from_root(report.problems, report.folder))
