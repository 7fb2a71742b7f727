"""Rules about parameters, samples and the remark, for all services (SF22x)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from smsform.errors import Level
from smsform.pattern import pattern
from smsform.rule import VARIABLE, Finding, Rule, TemplateFacts
from smsform.validate.sources import OURS, READ
from smsform.words import tell

# Patterns of the values of a kind; kinds for any text are left out.
LOOKS = {
    "code": (r"[0-9A-Za-z]{1,10}", "letters and digits, ten at most"),
    "number": (r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?", "a number"),
    "time": (r".*[0-9零一二三四五六七八九十].*", "a date or a time"),
    "money": (r"[^0-9]{0,4}[0-9][0-9,]*(\.[0-9]+)?[^0-9]{0,4}", "an amount"),
    "plate": (r"[\u4e00-\u9fff]?[A-Z0-9·*\u4e00-\u9fff -]{4,10}", "a number plate"),
    "tracking_number": (r"[0-9A-Za-z-]{5,40}", "letters, digits and hyphens"),
    "pickup_code": (r"[0-9A-Za-z-]{1,20}", "letters, digits and hyphens"),
    "phone": (r"\+?[0-9][0-9 *-]{3,19}", "a phone number"),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address"),
    "link_suffix": (r"(?!.*://)[\w./?=&%#~+-]+", "the end of a link"),
}


# What announces an example, up to where it begins.
# What it may begin with stands first, so that the rest is passed over quickly.
_MARK = pattern(
    "[例比示样举范如Ee]"
    "(?:(?<=[例比])如|(?<=[示样举范])例|(?:(?<=例)子?|(?<=如))(?=[：:])|"
    "(?<=[Ee])(?:\\.g\\.|xample))"
    '(?:如下|短信|内容|正文)?[：:，,\\s“"「]*'
)
AKIN = 6  # characters in a row that an example of another wording shares


@cache
def _look(kind: str) -> re.Pattern[str]:
    """The pattern of a kind, compiled on first use."""
    return re.compile(LOOKS[kind][0])


def _remark(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.template.remark:
        return ()
    hint = tell("say who gets it and when, and give the text with values filled in")
    return (Finding(tell("no remark for the reviewers"), hint, facts.template.at),)


def _order(facts: TemplateFacts) -> Sequence[Finding]:
    params = facts.template.params
    if facts.ordered or len(params) < 2:
        return ()
    used = dict.fromkeys(facts.names)
    wanted = [p.name for p in params if p.name in used]
    if list(used) == wanted:
        return ()
    message = tell(
        "the text uses {used}, params lists {wanted}",
        used=", ".join(used),
        wanted=", ".join(wanted),
    )
    hint = tell("senders count positions: list params in the order of the text")
    return (Finding(message, hint, params[0].at),)


def _twice(facts: TemplateFacts) -> Sequence[Finding]:
    names = facts.names
    if len(names) <= len(facts.template.params):
        return ()
    twice = [name for name, times in Counter(names).items() if times > 1]
    if not twice:
        return ()
    message = tell("{names} occurs more than once in the text", names=", ".join(twice))
    return (Finding(message, tell("use a parameter of its own for each place")),)


def _too_long(facts: TemplateFacts) -> Sequence[Finding]:
    return [
        Finding(
            tell(
                "{name}: the sample {value!r} has {length} characters, "
                "max_length is {limit}",
                name=p.name,
                value=value,
                length=len(value),
                limit=p.max_length,
            ),
            tell("shorten the sample or raise max_length"),
            at,
        )
        for p, value, at in facts.values
        if p.max_length is not None and len(value) > p.max_length
    ]


def _unlike(facts: TemplateFacts) -> Sequence[Finding]:
    return [
        Finding(
            tell(
                "{name}: {value!r} does not look like kind {kind}",
                name=p.name,
                value=value,
                kind=p.kind,
            ),
            tell(
                "expected: {looks}; or choose another kind",
                looks=tell(LOOKS[p.kind][1]),
            ),
            at,
        )
        for p, value, at in facts.values
        if p.kind in LOOKS and value and not _look(p.kind).fullmatch(value)
    ]


def _blank(facts: TemplateFacts) -> Sequence[Finding]:
    return [
        Finding(
            tell(
                "{name}: the sample is empty or has white space around it", name=p.name
            ),
            tell("give what a customer would read"),
            at,
        )
        for p, value, at in facts.values
        if not value or value != value.strip()
    ]


def _example(facts: TemplateFacts) -> Sequence[Finding]:
    """An example in the remark that was the text with values once."""
    if not (marked := _MARK.search(facts.template.remark)):
        return ()
    example = facts.template.remark[marked.end() :].strip()
    if _fits(example, facts.outline.split(VARIABLE)):
        return ()
    if {*facts.names} - {p.name for p in facts.template.params}:
        return ()  # an unknown name in the text is reported elsewhere
    text = facts.cases["sample"]
    if not akin(example, text):
        return ()  # probably the example of a value
    message = tell("the example in the remark is of another text")
    return (Finding(message, tell("write: {text}", text=text), facts.template.at),)


def _fits(example: str, fixed: Sequence[str]) -> bool:
    """Whether the *fixed* texts follow each other in *example*, which may end early."""
    at = 0
    for piece in fixed:
        shown = piece.rstrip(".。")
        found = example.find(shown, at)
        if found < 0:
            return any(example.endswith(piece[:n]) for n in range(1, len(piece)))
        at = found + len(shown)
    return True


def akin(example: str, text: str) -> bool:
    """Whether *example* looks like an older wording of *text*."""
    runs = (example[at : at + AKIN] for at in range(len(example) - AKIN + 1))
    if any(run in text for run in runs):
        return True
    from difflib import SequenceMatcher  # few remarks hold an example

    return SequenceMatcher(None, example, text, autojunk=False).ratio() >= 0.5


RULES = (
    Rule(
        "SF221", Level.WARNING, "A template has a remark: reviewers read it",
        OURS, READ, _remark, reads_text=False,
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
        OURS, READ, _too_long, only_values=True,
        failing="content: 订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024", max_length: 3}}',
        passing="content: 订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024", max_length: 4}}',
    ),
    Rule(
        "SF225", Level.WARNING, "A sample looks like its kind", OURS, READ, _unlike,
        only_values=True,
        failing="content: 退款{{ amount }}元已到账。\n"
        "params: {amount: {sample: 稍后, kind: money}}",
        passing="content: 退款{{ amount }}元已到账。\n"
        'params: {amount: {sample: "12.50", kind: money}}',
    ),
    Rule(
        "SF226", Level.WARNING, "A sample is not blank and has no outer spaces",
        OURS, READ, _blank, only_values=True,
        failing='content: 订单{{ order }}已发货。\nparams: {order: {sample: ""}}',
        passing='content: 订单{{ order }}已发货。\nparams: {order: {sample: "1024"}}',
    ),
    Rule(
        "SF227", Level.WARNING, "An example in the remark is of this text",
        OURS, READ, _example,
        failing="content: 您的订单{{ order }}已送达。\n"
        'params: {order: {sample: "1024"}}\n'
        "remark: 发货后发送，例如：您的订单1024已发货。",
        passing="content: 您的订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024"}}\n'
        "remark: 发货后发送，例如：您的订单1024已发货。",
    ),
)  # fmt: skip
