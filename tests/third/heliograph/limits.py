"""What Heliograph allows: facts it may change, with source and date."""

from __future__ import annotations

from smsform.provider import Limit, Pace

PACE = {
    "read": Pace(10, 1.0),
    "create": Pace(3, 1.0),
    "update": Pace(3, 1.0),
    "delete": Pace(3, 1.0),
}
LIMITS = {
    "max_templates": Limit(500, "templates an account holds", "us", "2026-11-21"),
}
