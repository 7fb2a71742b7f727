"""Refuse runs that change or delete more than the policy allows."""

from __future__ import annotations

from smsform.config import Policy
from smsform.errors import UnsafePlan
from smsform.plan import REMOVALS, Action, Options, ProviderPlan
from smsform.words import say


def check(part: ProviderPlan, policy: Policy, options: Options) -> None:
    """Raise UnsafePlan when one provider's part goes beyond the policy."""
    edited = Action.UPDATE, Action.SUPERSEDE
    edits = sum(line.action in edited for line in part.changes)
    allowed = max(
        policy.max_changes_at_least, part.known * policy.max_changes_percent // 100
    )
    allowed = max(allowed, options.allow_changes or 0)
    if edits > allowed:
        what = say("apply.updates")
        raise UnsafePlan(part.provider, what, edits, allowed, "--allow-changes")
    deletions = sum(line.action in REMOVALS for line in part.changes)
    limit = max(policy.max_deletes, options.allow_deletes or 0)
    if deletions > limit:
        what = say("apply.deletions")
        raise UnsafePlan(part.provider, what, deletions, limit, "--allow-deletes")
