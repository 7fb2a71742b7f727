"""Shell variables: ``NAME=value`` lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.memory import IdsReport


def ids(report: IdsReport, appearance: Appearance) -> str:
    """One variable an address."""
    from smsform.report.ids import as_env

    return as_env(report.ids)
