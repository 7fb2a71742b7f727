"""Comparing desired with existing and deciding; pure: same inputs, same plan.

    block, reading -> reconcile -> decide (the table) -> gate, removals -> plan

No service is named here: what differs between services is data on their cards. This
room's values are to be had here; what compares and decides is loaded where it is used.
"""

from smsform.plan.holdings import Orphan, Quota, Retirable
from smsform.plan.settings import NO_USES, InUse, PlanSettings
from smsform.plan.values import (
    BY_HAND,
    REMOVALS,
    SUBMISSIONS,
    WHOLE,
    Action,
    Change,
    Drift,
    Mark,
    MovedParameter,
    Options,
    Plan,
    ProviderPlan,
    Reason,
)

__all__ = [
    "BY_HAND",
    "NO_USES",
    "REMOVALS",
    "SUBMISSIONS",
    "WHOLE",
    "Action",
    "Change",
    "Drift",
    "InUse",
    "Mark",
    "MovedParameter",
    "Options",
    "Orphan",
    "Plan",
    "PlanSettings",
    "ProviderPlan",
    "Quota",
    "Reason",
    "Retirable",
]
