"""Rules about variables, their attributes and their values (SF412 to SF420)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

from smsform.errors import Level
from smsform.model import Parameter, TemplateType
from smsform.pattern import pattern
from smsform.providers.aliyun.convert import TYPE, named, order
from smsform.providers.aliyun.rules.sources import (
    ATTRIBUTES,
    CODES,
    ERRORS,
    NOTICES,
    OLD_TEMPLATES,
    READ,
)
from smsform.providers.aliyun.variables import ATTRIBUTES as KNOWN
from smsform.providers.aliyun.variables import fits, inferred, rule, stated
from smsform.rejections import links, values
from smsform.rule import Finding, Rule, TemplateFacts
from smsform.words import tell

MAX_PHONES = 2

# The scheme or the first label of a host is a variable, or ends in one.
_VARIABLE_HOST = pattern(
    r"\0://|(?:https?://|www\.)[a-z0-9.-]{0,99}\0|\0[a-z0-9.-]{0,99}\."
    r"(?:com|cn|net|org|top|vip|cc|io|me|co|hk|xyz|shop|site|info|link)\b",
    re.I | re.A,
)


@lru_cache(maxsize=1)  # called by three rules, one after the other
def _attributes(facts: TemplateFacts) -> Mapping[str, str]:
    """Parameter -> attribute, as it would be submitted."""
    if not facts.template.params:
        return {}
    by_name = named(facts.template)
    used = [name for name in order(facts.native) if name in by_name]
    keys = facts.template.overrides.get(TYPE, {})
    submitted = rule(facts.template, used, by_name, keys)
    return {by_name[name].name: attribute for name, attribute in submitted.items()}


def _stated(facts: TemplateFacts) -> Sequence[Finding]:
    if "template_rule" not in facts.template.overrides.get(TYPE, ()):
        return ()
    return list(_misstated(facts))


def _misstated(facts: TemplateFacts) -> Iterator[Finding]:
    given = facts.template.overrides[TYPE]
    if not isinstance(given["template_rule"], Mapping):
        yield Finding(
            tell("template_rule is no mapping"), "template_rule: {code: time}"
        )
    names = {parameter.name for parameter in facts.template.params}
    for name, attribute in stated(given).items():
        if name not in names:
            near = get_close_matches(name, names, 1) or sorted(names)
            yield Finding(
                tell("template_rule: there is no parameter {name}", name=name),
                tell("one of: {names}", names=", ".join(near)),
            )
        if attribute not in KNOWN:
            near = get_close_matches(attribute, KNOWN, 1) or sorted(KNOWN)
            yield Finding(
                tell(
                    "template_rule: {attribute!r} of {name} is not known",
                    attribute=attribute,
                    name=name,
                ),
                tell(
                    "did you mean: {names}" if len(near) == 1 else "one of: {names}",
                    names=", ".join(near),
                ),
            )


def _offered(facts: TemplateFacts) -> Sequence[Finding]:
    if "template_rule" not in facts.template.overrides.get(TYPE, ()):
        return ()  # what is inferred is always offered
    type = facts.template.type
    return [
        Finding(
            tell(
                "{name}: {attribute} is not offered for a {type} template",
                name=name,
                attribute=attribute,
                type=type,
            ),
            tell("choose another kind, or leave template_rule out"),
        )
        for name, attribute in _attributes(facts).items()
        if attribute in KNOWN and type not in KNOWN[attribute].types
    ]


def _value(facts: TemplateFacts) -> Sequence[Finding]:
    said = "template_rule" in facts.template.overrides.get(TYPE, ())
    if not said and _all_fit(facts.template.type, facts.given):
        return ()
    attributes, longest = _attributes(facts), values.longest(facts)
    return [
        Finding(
            tell(
                "{name}: {value!r} will be refused for {attribute}, "
                "which takes {words}",
                name=p.name,
                value=value,
                attribute=attribute,
                words=tell(KNOWN[attribute].words),
            ),
            tell("choose another kind, or state aliyun: {template_rule: …}"),
            at,
        )
        for p, value, at in facts.values
        if (attribute := attributes.get(p.name, "")) in KNOWN
        and value
        # A value that is too long is reported by another rule.
        and not 0 < longest < len(value)
        and not fits(attribute, value)
    ]


@lru_cache(maxsize=1024)  # many templates have values in common
def _all_fit(
    type: TemplateType, given: tuple[tuple[str, str, int | None, str], ...]
) -> bool:
    """Whether values may be sent as what is inferred from their parameters' kinds."""
    return all(
        not value or fits(inferred(kind, type), value) for _, kind, _, value in given
    )


def _host(facts: TemplateFacts) -> Sequence[Finding]:
    dotted = "." in facts.outline or "://" in facts.outline
    if dotted and _VARIABLE_HOST.search(facts.outline):
        message = tell("a variable stands where a link has its host")
    elif end := links.without_host(facts):
        message = tell("{name} is the end of a link without its host", name=end)
    else:
        return ()
    hint = tell("write the link out; only what follows the last / may be a variable")
    return (Finding(message, hint),)


def _phones(facts: TemplateFacts) -> Sequence[Finding]:
    if len(facts.template.params) <= MAX_PHONES:
        return ()
    phones = [
        name
        for name, attribute in _attributes(facts).items()
        if attribute == "phone_number2"
    ]
    if len(phones) <= MAX_PHONES:
        return ()
    message = tell(
        "{names}: {limit} variables may be phone numbers",
        names=", ".join(phones),
        limit=MAX_PHONES,
    )
    return (Finding(message, tell("write one of them out, or leave it out")),)


def _one_variable(facts: TemplateFacts) -> Sequence[Finding]:
    names = order(facts.native) if "{" in facts.native else ()
    if len(names) <= 1:
        return ()
    params: Mapping[str, Parameter] = named(facts.template)
    others = [
        name for name in names if name not in params or (params[name].kind != "code")
    ] or list(names[1:])
    message = tell(
        "a verification text has one variable, the code; here {count}", count=len(names)
    )
    hint = tell(
        "write {names} out as constant text, for this service "
        "alone under aliyun: {{native: …}}",
        names=", ".join(others),
    )
    return (Finding(message, hint),)


def _marketing_variables(facts: TemplateFacts) -> Sequence[Finding]:
    if not facts.template.params or "{" not in facts.native:
        return ()
    message = tell(
        "older rules allow no variables in marketing; reviewers may refuse them"
    )
    return (Finding(message, tell("say in the remark what stands for them")),)


RULES = (
    Rule(
        "SF412", Level.ERROR, "template_rule names parameters and known attributes",
        f"{ATTRIBUTES}; {ERRORS}", READ, _stated, code="InvalidTemplateRule",
        failing="content: 您的取件码{{ code }}。\n"
        'params: {code: {sample: "30101007"}}\n'
        "aliyun: {template_rule: {code: pickup_code}}",
        passing="content: 您的取件码{{ code }}。\n"
        'params: {code: {sample: "30101007"}}\n'
        "aliyun: {template_rule: {code: pick_up_code}}",
    ),
    Rule(
        "SF413", Level.WARNING, "An attribute is one that the type of template offers",
        "code that mirrors the console's list", READ, _offered,
        code="InvalidTemplateRule",
        failing="content: 您的订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024"}}\n'
        "aliyun: {template_rule: {order: numberCaptcha}}",
        passing="content: 您的订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024", kind: number}}',
    ),
    Rule(
        "SF414", Level.WARNING, "A value is what its attribute takes",
        f"{ATTRIBUTES}; {CODES}", READ, _value, code="isv.TEMPLATE_PARAMS_ILLEGAL",
        failing="content: 您的退款{{ amount }}已到账。\n"
        "params: {amount: {sample: 12.50元, kind: money}}",
        passing="content: 您的退款{{ amount }}元已到账。\n"
        'params: {amount: {sample: "12.50", kind: money}}',
    ),
    Rule(
        "SF415", Level.WARNING, "Values are no longer than the service sends",
        f"{NOTICES}; {CODES}", READ, values.too_long, only_values=True,
        code="isv.PARAM_LENGTH_LIMIT",
        failing="content: 您的包裹已到{{ place }}。\n"
        "params: {place: {sample: " + "东门外一号快递驿站" * 4 + "}}",
        passing="content: 您的包裹已到{{ place }}。\n"
        "params: {place: {sample: 东门外一号快递驿站}}",
    ),
    Rule(
        "SF416", Level.ERROR, "No value is a link", CODES, READ, links.in_values,
        only_values=True,
        code="isv.PARAM_NOT_SUPPORT_URL",
        failing="content: 请点击{{ link }}查看详情。\n"
        "params: {link: {sample: example.com/a}}",
        passing="content: 请凭取件码{{ code }}取件。\n"
        'params: {code: {sample: "1024"}}',
    ),
    Rule(
        "SF417", Level.WARNING, "A link's host is constant text",
        "a carrier's copy of the rules", READ, _host,
        failing="content: 详情请见https://{{ host }}/orders。\n"
        "params: {host: {sample: a1b2}}",
        passing="content: 您的订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024"}}',
    ),
    Rule(
        "SF418", Level.ERROR, "At most two variables are phone numbers",
        "code that mirrors the console's list", READ, _phones,
        code="InvalidTemplateRule",
        failing="content: 可致电{{ a }}、{{ b }}或{{ c }}。\n"
        'params: {a: {sample: "40012345", kind: phone}, '
        'b: {sample: "40012346", kind: phone}, c: {sample: "40012347", kind: phone}}',
        passing="content: 可致电{{ a }}或{{ b }}。\n"
        'params: {a: {sample: "40012345", kind: phone}, '
        'b: {sample: "40012346", kind: phone}}',
    ),
    Rule(
        "SF419", Level.ERROR, "A verification text has one variable",
        ERRORS, READ, _one_variable, international=False,
        types=frozenset({TemplateType.VERIFICATION}), code="TemplateVarLimitExceeded",
        failing="type: verification\n"
        "content: 您的验证码是{{ code }}，{{ minutes }}分钟内有效。\n"
        'params: {code: {sample: "1234", kind: code}, '
        'minutes: {sample: "5", kind: number}}',
        passing="type: verification\ncontent: 您的验证码是{{ code }}，5分钟内有效。\n"
        'params: {code: {sample: "1234", kind: code}}',
    ),
    Rule(
        "SF420", Level.WARNING, "A marketing text does without variables",
        OLD_TEMPLATES, READ, _marketing_variables, international=False,
        types=frozenset({TemplateType.MARKETING}),
        failing="type: marketing\n"
        "content: 尊敬的会员，{{ what }}上架，欢迎光临。拒收请回复R\n"
        "params: {what: {sample: 新茶}}",
        passing="type: marketing\n"
        "content: 尊敬的会员，新茶上架，欢迎光临。拒收请回复R",
    ),
)  # fmt: skip
