"""Rules about relations between definitions, and to the account (SF23x)."""

from __future__ import annotations

from collections.abc import Sequence

from smsform.errors import Level
from smsform.model import Kind
from smsform.rule import Finding, Rule, SignatureFacts, TemplateFacts
from smsform.validate.sources import OURS, READ
from smsform.words import tell


def _same_text(facts: TemplateFacts) -> Sequence[Finding]:
    if not facts.twins:
        return ()
    message = tell(
        "this very text is that of {names}, too", names=", ".join(facts.twins)
    )
    return (Finding(message, tell("one template is enough: every id takes quota")),)


def _quota(facts: TemplateFacts | SignatureFacts) -> Sequence[Finding]:
    if facts.quota <= 0 or facts.number != facts.quota + 1:
        return ()
    message = tell(
        "more definitions than the {quota} the account may hold", quota=facts.quota
    )
    hint = tell("set the account's own quota in smsform.yaml, or define less")
    return (Finding(message, hint),)


def _no_signature(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.template.signature:
        return ()
    message = tell("no signature named: preview and segment counts leave it out")
    return (Finding(message, tell("name the one it is sent with"), facts.template.at),)


RULES = (
    Rule(
        "SF231",
        Level.WARNING,
        "No two templates of a provider have the same text",
        OURS,
        READ,
        _same_text,
        failing="content: 您的订单已签收。",
        passing="content: 您的包裹已签收。",
    ),
    Rule(
        "SF232",
        Level.WARNING,
        "No more templates are defined than an account holds",
        OURS,
        READ,
        _quota,
        reads_text=False,
        failing="account: {max_templates: 1}",
        passing="account: {max_templates: 200}",
    ),
    Rule(
        "SF233",
        Level.WARNING,
        "No more signatures are defined than an account holds",
        OURS,
        READ,
        _quota,
        kind=Kind.SIGNATURE,
        failing="account: {max_signatures: 2}",
        passing="account: {max_signatures: 50}",
    ),
    Rule(
        "SF234",
        Level.INFO,
        "A domestic template names its signature",
        OURS,
        READ,
        _no_signature,
        international=False,
        reads_text=False,
        failing="signature: null",
        passing="signature: shop",
    ),
)

COMPARING = frozenset({"SF231", "SF232"})  # their findings depend on other templates
