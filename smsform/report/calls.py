"""The emulators' call log as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from smsform.emulation.calls import LoggedCall
from smsform.report.readable import readable_json

FORMAT = 1


def as_json(calls: Iterable[LoggedCall]) -> str:
    """Every call, in order."""
    document = [call._asdict() for call in calls]
    return readable_json({"smsform_emulate_log": FORMAT, "calls": document})
