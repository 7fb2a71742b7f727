"""In which order one provider's changes are carried out; pure."""

from __future__ import annotations

from smsform.model import Kind
from smsform.plan import SUBMISSIONS, Action, Change, ProviderPlan

ORDER = {
    Action.ADOPT: 0,
    Action.RETIRE: 1,
    Action.WITHDRAW: 1,
    Action.CREATE: 2,
    Action.UPDATE: 2,
    Action.SUPERSEDE: 2,
    Action.DELETE: 4,
}


def ordered(part: ProviderPlan) -> list[Change]:
    """*part*'s changes in order: what frees quota, signatures, templates, deletions."""
    return sorted(
        part.changes,
        key=lambda change: (
            ORDER[change.action]
            + (change.action in SUBMISSIONS and change.kind is Kind.TEMPLATE)
        ),
    )
