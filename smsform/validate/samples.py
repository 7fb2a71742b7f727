"""Rules about parameters, samples and the remark, whoever the service is (SF22x)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.errors import Level
from smsform.model import Placeholder
from smsform.provider import VARIABLE, Finding, Rule, TemplateFacts

READ = "2026-11-21"
OURS = "our own judgement"

# What a value of a kind looks like at least; kinds that may be any text are left out.
LOOKS = {
    kind: (re.compile(pattern), words)
    for kind, pattern, words in (
        ("code", r"[0-9A-Za-z]{1,10}", "letters and digits, ten at most"),
        ("number", r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?", "a number"),
        ("time", r".*[0-9零一二三四五六七八九十].*", "a date or a time"),
        ("money", r"[^0-9]{0,4}[0-9][0-9,]*(\.[0-9]+)?[^0-9]{0,4}", "an amount"),
        ("plate", r"[\u4e00-\u9fff]?[A-Z0-9·*\u4e00-\u9fff -]{4,10}", "a number plate"),
        ("tracking_number", r"[0-9A-Za-z-]{5,40}", "letters, digits and hyphens"),
        ("pickup_code", r"[0-9A-Za-z-]{1,20}", "letters, digits and hyphens"),
        ("phone", r"\+?[0-9][0-9 *-]{3,19}", "a phone number"),
        ("email", r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address"),
        ("link_suffix", r"(?!.*://)[\w./?=&%#~+-]+", "the end of a link"),
    )
}


def _remark(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.template.remark:
        return ()
    hint = "say who gets it and when, and give the text with values filled in"
    return (Finding("no remark for the reviewers", hint, facts.template.at),)


def _order(facts: TemplateFacts) -> Sequence[Finding]:
    template = facts.template
    if len(template.params) < 2:
        return ()
    used = dict.fromkeys(p.name for p in template.content if type(p) is Placeholder)
    wanted = [p.name for p in template.params if p.name in used]
    if list(used) == wanted:
        return ()
    message = f"the text uses {', '.join(used)}, params lists {', '.join(wanted)}"
    hint = "senders count positions: list params in the order of the text"
    return (Finding(message, hint, template.params[0].at),)


def _twice(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.outline.count(VARIABLE) <= len(facts.template.params):
        return ()
    names = [p.name for p in facts.template.content if type(p) is Placeholder]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if not twice:
        return ()
    message = f"{', '.join(twice)} occurs more than once in the text"
    return (Finding(message, "use a parameter of its own for each place"),)


def _too_long(facts: TemplateFacts) -> Sequence[Finding]:
    return [
        Finding(
            f"{p.name}: the sample {value!r} has {len(value)} characters, max_length "
            f"is {p.max_length}",
            "shorten the sample or raise max_length",
            p.at,
        )
        for p, value in facts.values
        if p.max_length is not None and len(value) > p.max_length
    ]


def _unlike(facts: TemplateFacts) -> Sequence[Finding]:
    return [
        Finding(
            f"{p.name}: {value!r} does not look like kind {p.kind}",
            f"expected: {LOOKS[p.kind][1]}; or choose another kind",
            p.at,
        )
        for p, value in facts.values
        if p.kind in LOOKS and value and not LOOKS[p.kind][0].fullmatch(value)
    ]


def _blank(facts: TemplateFacts) -> Sequence[Finding]:
    return [
        Finding(
            f"{p.name}: the sample is empty or has white space around it",
            "give what a customer would read",
            p.at,
        )
        for p, value in facts.values
        if not value or value[0].isspace() or value[-1].isspace()
    ]


RULES = (
    Rule(
        "SF221", Level.WARNING, "A template has a remark: reviewers read it",
        OURS, READ, _remark,
        failing='remark: ""', passing="remark: 发货后发送",
    ),
    Rule(
        "SF222", Level.WARNING, "Parameters stand in the order of the text",
        OURS, READ, _order,
        failing="content: 订单{{ order }}已到{{ place }}。\n"
        'params: {place: {sample: 东门}, order: {sample: "1024"}}',
        passing="content: 订单{{ order }}已到{{ place }}。\n"
        'params: {order: {sample: "1024"}, place: {sample: 东门}}',
    ),
    Rule(
        "SF223", Level.WARNING, "A parameter occurs once in a text",
        "a service's standard for notifications, document 463270", READ, _twice,
        failing="content: 订单{{ order }}已发货，单号{{ order }}。\n"
        'params: {order: {sample: "1024"}}',
        passing="content: 订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024"}}',
    ),
    Rule(
        "SF224", Level.ERROR, "A sample is not longer than its max_length",
        OURS, READ, _too_long,
        failing="content: 订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024", max_length: 3}}',
        passing="content: 订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024", max_length: 4}}',
    ),
    Rule(
        "SF225", Level.WARNING, "A sample looks like its kind", OURS, READ, _unlike,
        failing="content: 退款{{ amount }}元已到账。\n"
        "params: {amount: {sample: 稍后, kind: money}}",
        passing="content: 退款{{ amount }}元已到账。\n"
        'params: {amount: {sample: "12.50", kind: money}}',
    ),
    Rule(
        "SF226", Level.WARNING, "A sample is not blank and has no outer spaces",
        OURS, READ, _blank,
        failing='content: 订单{{ order }}已发货。\nparams: {order: {sample: ""}}',
        passing='content: 订单{{ order }}已发货。\nparams: {order: {sample: "1024"}}',
    ),
)  # fmt: skip
