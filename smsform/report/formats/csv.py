"""CSV for spreadsheets: a line of names, then a line a row (RFC 4180)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smsform.report.formats import Appearance
    from smsform.report.formats.reports.messages import ReceiptsReport, StatsReport


def receipts(report: ReceiptsReport, appearance: Appearance) -> str:
    """A line a message."""
    from smsform.report.receipts import as_csv

    return as_csv(report.found, report.show_numbers)


def stats(report: StatsReport, appearance: Appearance) -> str:
    """A line an hour or a day, of each market where they are told apart."""
    from smsform.report.stats import as_csv

    return as_csv(report.found)
