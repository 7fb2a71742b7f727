"""Rules about the values of variables (SF306, SF311 to SF314)."""

from __future__ import annotations

from collections.abc import Sequence

from smsform.errors import Level
from smsform.model import Parameter, TemplateType
from smsform.pattern import pattern
from smsform.providers.tencent.rules.sources import ABROAD, ERRORS, READ, TEMPLATES
from smsform.rejections import links, values
from smsform.rule import VARIABLE, Finding, Rule, TemplateFacts
from smsform.words import tell

VERIFICATION = frozenset({TemplateType.VERIFICATION})
OTHERS = frozenset({TemplateType.NOTIFICATION, TemplateType.MARKETING})

_SIX_DIGITS = pattern("[0-9]{0,6}")


def _code(params: Sequence[Parameter]) -> str:
    """The name of the parameter with the code: by kind, as the only one, by name."""
    for parameter in params:
        if parameter.kind == "code" or len(params) == 1:
            return parameter.name
    return next((p.name for p in params if "code" in p.name.lower()), "")


def _code_value(facts: TemplateFacts) -> Sequence[Finding]:
    code = _code(facts.template.params)
    return [
        Finding(
            tell("{name}: {value!r} is not up to six digits", name=p.name, value=value),
            "",
            at,
        )
        for p, value, at in facts.values
        if p.name == code and not _SIX_DIGITS.fullmatch(value)
    ]


def _beside_code(facts: TemplateFacts) -> Sequence[Finding]:
    code = _code(facts.template.params)
    return [
        Finding(
            tell(
                "{name}: {value!r}: only numbers of up to six digits can be sent here",
                name=p.name,
                value=value,
            ),
            tell("write it as constant text"),
            at,
        )
        for p, value, at in facts.values
        if p.name != code and not _SIX_DIGITS.fullmatch(value)
    ]


def _variables_allowed(facts: TemplateFacts) -> Sequence[Finding]:
    allowed = facts.limits["variables_in"]
    if VARIABLE not in facts.outline or not isinstance(allowed, (list, tuple)):
        return ()
    if facts.template.type in allowed:
        return ()
    message = tell(
        "this account may not use variables in a {type} template",
        type=facts.template.type,
    )
    return (Finding(message, tell("write it without, or see account.variables_in")),)


RULES = (
    Rule(
        "SF306",
        Level.ERROR,
        "No value is a link",
        f"{TEMPLATES}; {ERRORS}",
        READ,
        links.in_values,
        only_values=True,
        code="InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
        failing="content: 请点击{{ link }}查看详情。\n"
        "params: {link: {sample: example.com/a}}",
        passing="content: 请点击https://example.com/a 查看订单{{ order }}。\n"
        'params: {order: {sample: "12"}}',
    ),
    Rule(
        "SF311",
        Level.WARNING,
        "Values are no longer than the account allows",
        ERRORS,
        READ,
        values.too_long,
        only_values=True,
        types=OTHERS,
        code="InvalidParameterValue.TemplateParameterLengthLimit",
        failing="content: 您的包裹已到{{ place }}。\n"
        "params: {place: {sample: 东门外一号快递驿站}}",
        passing="content: 您的包裹已到{{ place }}。\n"
        "params: {place: {sample: 东门驿站}}",
    ),
    Rule(
        "SF312",
        Level.ERROR,
        "A verification code has up to six digits",
        f"{ABROAD}; {ERRORS}",
        READ,
        _code_value,
        only_values=True,
        types=VERIFICATION,
        code="InvalidParameterValue.TemplateParameterFormatError",
        failing="type: verification\ncontent: 您的验证码是{{ code }}。\n"
        "params: {code: {sample: 12a4}}",
        passing="type: verification\ncontent: 您的验证码是{{ code }}。\n"
        'params: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF313",
        Level.WARNING,
        "Beside the code a verification text has short numbers only",
        f"{TEMPLATES}; {ERRORS}",
        READ,
        _beside_code,
        only_values=True,
        types=VERIFICATION,
        code="InvalidParameterValue.TemplateParameterFormatError",
        failing="type: verification\ncontent: 您在{{ where }}的验证码是{{ code }}。\n"
        'params: {where: {sample: 示例商城}, code: {sample: "1234"}}',
        passing="type: verification\n"
        "content: 验证码{{ code }}，{{ minutes }}分钟内有效。\n"
        'params: {code: {sample: "1234"}, minutes: {sample: "5"}}',
    ),
    Rule(
        "SF314",
        Level.ERROR,
        "Variables stand only where the account may use them",
        ERRORS,
        READ,
        _variables_allowed,
        types=OTHERS,
        international=False,
        code="InvalidParameterValue.UnsupportedTemplateVariable",
        failing="content: 您的订单{{ order }}已发货。\n"
        'params: {order: {sample: "12"}}\naccount: {variables_in: [verification]}',
        passing="content: 您的订单已发货。\naccount: {variables_in: [verification]}",
    ),
)
