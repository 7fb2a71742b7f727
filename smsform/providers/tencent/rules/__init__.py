"""What Tencent Cloud and its reviewers refuse, as rules SF301 to SF354; pure.

The rooms: ``texts`` (any template), ``values`` (variables and samples), ``types`` (what
each type must and must not say), ``signatures`` (their names) and ``evidence`` (what
they come with); ``themes`` holds the word lists.

A rule is an error when the service or its reviewers refuse every such entry, a warning
when a person decides or the account matters, an info when it is good to know.
"""

from __future__ import annotations

from smsform.providers.tencent.rules import (
    evidence,
    signatures,
    texts,
    types,
    values,
)

RULES = (*texts.RULES, *values.RULES, *types.RULES, *signatures.RULES, *evidence.RULES)
