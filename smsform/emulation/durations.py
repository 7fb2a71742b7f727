"""Durations as people write them."""

from __future__ import annotations

import re

from smsform.words import say

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(value: object) -> float:
    """Seconds from a number or ``90s``, ``5m``, ``2h``, ``14d``."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return float(value)
    match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]+)?)\s*([smhd]?)", str(value).strip())
    if isinstance(value, bool) or not match:
        raise ValueError(say("emulation.expects_duration"))
    return float(match[1]) * _UNITS[match[2] or "s"]
