"""Checks of a variable's value that every service makes."""

from __future__ import annotations

from collections.abc import Sequence

from smsform.rule import Finding, TemplateFacts
from smsform.words import tell


def too_long(facts: TemplateFacts) -> Sequence[Finding]:
    """Findings for values with more characters than the account's
    `max_param_length`."""
    limit = longest(facts)
    return [
        Finding(
            tell(
                "{name}: {value!r} has {length} characters, {limit} allowed",
                name=p.name,
                value=value,
                length=len(value),
                limit=limit,
            ),
            tell(
                "shorten it, split it, or set account.max_param_length to what the "
                "console shows"
            ),
            at,
        )
        for p, value, at in facts.values
        if 0 < limit < len(value)
    ]


def longest(facts: TemplateFacts) -> int:
    """How many characters a value may have at this account; 0 where it is not
    stated."""
    limit = facts.limits["max_param_length"]
    return limit if isinstance(limit, int) and limit > 0 else 0
