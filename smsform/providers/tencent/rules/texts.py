"""Rules about the text of any template (SF301 to SF310, SF326)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.errors import Level
from smsform.pattern import pattern
from smsform.providers.tencent.rules.sources import (
    ABROAD,
    ERRORS,
    READ,
    TEMPLATES,
)
from smsform.rejections import links
from smsform.rejections import texts as rejections
from smsform.rule import VARIABLE, Finding, Rule, TemplateFacts
from smsform.words import Quantity, tell

MANY_VARIABLES = 6  # our own threshold: the page says only that it may be too many

_NUMBER = pattern(r"\{\d+\}")
_NUMBERS = [f"{{{n}}}" for n in range(1, 501)]
_BRACE = pattern("[{}｛｝]")
_ENDINGS = "com|cn|net|org|top|vip|cc|io|me|co|hk|xyz|shop|site|info|link"
# Repeats are bounded, here and below, so that time grows only with a text's length.
_VARIABLE_IN_LINK = pattern(
    rf"\0://|(?:https?://|www\.)[!-~]{{0,300}}\0|\0[\w.-]{{0,99}}\.(?:{_ENDINGS})\b|"
    rf"\b[a-z0-9-]{{1,63}}\.(?:{_ENDINGS})/[!-~]{{0,300}}\0",
    re.I | re.A,
)
# What there is of a link in any case, beside the variable.
_LINK_HINT = pattern(rf"://|www\.|\.(?:{_ENDINGS})(?:\b|/)", re.I | re.A)


def _numbering(facts: TemplateFacts) -> Sequence[Finding]:
    if not facts.plain and _BRACE.search(facts.outline):
        message = tell("variables must be {1}, {2}, …, in half-width braces")
        return (Finding(message, tell("write {{ name }} and list name under params")),)
    if facts.ordered and not facts.verbatim:  # so are the numbers we give
        return ()
    found = _NUMBER.findall(facts.native)
    if found == _NUMBERS[: len(found)]:
        return ()
    numbers = set(found)
    if not (odd := numbers.difference(_NUMBERS[: len(numbers)])):
        return ()
    wrong = ", ".join(sorted(odd))
    message = tell(
        "variables must be {{1}}, {{2}}, … without a gap: {wrong} is out of line",
        wrong=wrong,
    )
    return (Finding(message, tell("number them anew")),)


def _places(facts: TemplateFacts) -> Sequence[Finding]:
    if not facts.verbatim:
        return ()
    found = {number[1:-1] for number in _NUMBER.findall(facts.native)}
    taken: set[str] = set()
    findings = []
    for parameter in facts.template.params:
        place = parameter.native.get("tencent", "")
        if place and (place not in found or place in taken):
            message = tell(
                "{name}: {place} is no free place in the text",
                name=parameter.name,
                place=place[:20],
            )
            free = ", ".join(sorted(found - taken)) or tell("none")
            findings.append(
                Finding(message, tell("free: {free}", free=free), parameter.at)
            )
        taken.add(place)
    return findings


def _in_link(facts: TemplateFacts) -> Sequence[Finding]:
    outline = facts.outline
    dotted = ("." in outline or "://" in outline) and _LINK_HINT.search(outline)
    if dotted and _VARIABLE_IN_LINK.search(outline):
        message = tell("a variable is part of a link")
    elif end := links.without_host(facts):
        message = tell("{name} is the end of a link without its host", name=end)
    else:
        return ()
    return (Finding(message, tell("write the whole link as constant text")),)


def _symbols(facts: TemplateFacts) -> Sequence[Finding]:
    if not (shown := rejections.symbols(facts, plain="&$")):
        return ()
    message = tell("{shown} may arrive as garbage, reviewers refuse it", shown=shown)
    return (Finding(message, tell("write a word instead")),)


def _mostly_variables(facts: TemplateFacts) -> Sequence[Finding]:
    variables = facts.outline.count(VARIABLE)
    if not variables:
        return ()
    filled = sum([len(parameter.sample) for parameter in facts.template.params])
    fixed = len(facts.outline) - variables
    if variables < MANY_VARIABLES and filled <= fixed:
        return ()
    message = tell(
        "{variables:variable}, {filled:character} against {fixed} of text",
        variables=Quantity(variables),
        filled=Quantity(filled),
        fixed=fixed,
    )
    hint = tell("write more of it out, and give the filled-in text as the remark")
    return (Finding(message, hint),)


RULES = (
    Rule(
        "SF301", Level.ERROR, "Variables are {1}, {2}, … without a gap",
        TEMPLATES, READ, _numbering, code="InvalidParameterValue.InvalidTemplateFormat",
        failing='tencent: {native: "您的验证码是{0}，{1}分钟内有效"}\n'
        'params: {code: {sample: "1234", tencent: "0"}, '
        'minutes: {sample: "5", tencent: "1"}}',
        passing="content: 您的验证码是{{ code }}，{{ minutes }}分钟内有效\n"
        'params: {code: {sample: "1234"}, minutes: {sample: "5"}}',
    ),
    Rule(
        "SF302", Level.ERROR, "A text does not consist of variables alone",
        TEMPLATES, READ, rejections.only_variables, covers=("SF310",),
        failing="content: '{{ first }}，{{ second }}'\n"
        "params: {first: {sample: 您好}, second: {sample: 再见}}",
        passing="content: '{{ first }}，您的订单已发货。'\n"
        "params: {first: {sample: 您好}}",
    ),
    Rule(
        "SF303", Level.ERROR, "Two variables do not touch",
        TEMPLATES, READ, rejections.adjacent,
        failing="content: 您的{{ what }}{{ number }}已签收。\n"
        'params: {what: {sample: 包裹}, number: {sample: "12"}}',
        passing="content: 您的{{ what }}共{{ number }}件已签收。\n"
        'params: {what: {sample: 包裹}, number: {sample: "12"}}',
    ),
    Rule(
        "SF304", Level.ERROR, "A link is constant text, no part of it a variable",
        TEMPLATES, READ, _in_link,
        failing="content: 详情请见https://example.com/{{ path }}。\n"
        "params: {path: {sample: a1b2}}",
        passing="content: 订单{{ path }}的详情请见https://example.com/orders\n"
        "params: {path: {sample: a1b2}}",
    ),
    Rule(
        "SF305", Level.ERROR, "A variable is a whole number, not a part of one",
        TEMPLATES, READ, rejections.in_number,
        failing='content: 请联系186{{ part }}1234。\nparams: {part: {sample: "0000"}}',
        passing='content: 请联系分机{{ part }}。\nparams: {part: {sample: "0000"}}',
    ),
    Rule(
        "SF307", Level.ERROR, "A text does not contain 【 or 】",
        TEMPLATES, READ, rejections.brackets,
        only_odd_signs=True,
        failing="content: 【示例商城】您的订单已发货。",
        passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF308", Level.WARNING, "A text has no symbols that may arrive as garbage",
        TEMPLATES, READ, _symbols, international=False,
        only_odd_signs=True,
        failing="content: 您的订单已发货★", passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF309", Level.ERROR,
        "A message has 1 to 500 characters, signature and values included",
        f"{TEMPLATES}; {ABROAD}", READ, rejections.length,
        code="InvalidParameterValue.ContentLengthLimit", about_empty_text=True,
        failing="content: " + "您的订单已发货，请注意查收。" * 36,
        passing="content: 您的订单已发货，请注意查收。",
    ),
    Rule(
        "SF310", Level.WARNING, "A text says more than its variables do",
        f"{TEMPLATES}; {ERRORS}", READ, _mostly_variables,
        failing="content: 您好{{ message }}\n"
        "params: {message: {sample: 您的订单已发货，请查收}}",
        passing="content: 您好，您的订单{{ order }}已发货，请查收。\n"
        'params: {order: {sample: "1024"}}',
    ),
    Rule(
        "SF326", Level.ERROR, "A parameter's place is a number of the text, its own",
        "smsform", READ, _places,
        failing='tencent: {native: "您的验证码是{1}"}\n'
        'params: {code: {sample: "1234", tencent: "2"}}',
        passing='tencent: {native: "您的验证码是{1}"}\n'
        'params: {code: {sample: "1234", tencent: "1"}}',
    ),
)  # fmt: skip
