"""What Alibaba Cloud and its reviewers refuse, as rules SF401 to SF461; pure.

The rooms: ``texts`` (any template), ``values`` (variables, their attributes, samples),
``types`` (what each type must and must not say), ``declarations`` (links and phones
that are declared), ``material`` (scene and consent), ``signatures``; ``themes`` holds
the word lists.

A rule is an error when the service or its reviewers refuse every such entry, a warning
when a person decides or the account matters, an info when it is good to know.
"""

from __future__ import annotations

from smsform.providers.aliyun.rules import (
    declarations,
    material,
    signatures,
    texts,
    types,
    values,
)

RULES = (
    *texts.RULES,
    *values.RULES,
    *types.RULES,
    *declarations.RULES,
    *material.RULES,
    *signatures.RULES,
)
