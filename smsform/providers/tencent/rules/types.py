"""Rules about each type of template (SF315 to SF325, SF327)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.errors import Level
from smsform.model import TemplateType
from smsform.pattern import pattern
from smsform.providers.tencent.rules import themes
from smsform.providers.tencent.rules.sources import (
    ABROAD,
    ERRORS,
    READ,
    TEMPLATES,
)
from smsform.rejections import codes, links, phones, unsubscribing
from smsform.rejections.unsubscribing import UNSUBSCRIBE
from smsform.rule import Finding, Rule, TemplateFacts
from smsform.words import tell

VERIFICATION = frozenset({TemplateType.VERIFICATION})
MARKETING = frozenset({TemplateType.MARKETING})

_HAN = pattern("[\u3400-\u9fff]")
_OPT_OUT = pattern(r"unsub|opt[ -]?out|\bstop\b|\breply\b|退订|退訂|拒收", re.I)

_REFUSED = themes.any_of(themes.REFUSED)
_REFUSED_ABROAD = themes.any_of(themes.REFUSED_ABROAD)
_CODES_ONLY = themes.any_of(themes.CODES_ONLY)
_ADVERTISING = themes.any_of(themes.ADVERTISING)
_ADVERTISING_ABROAD = themes.any_of(themes.ADVERTISING_ABROAD)


def _says_code(facts: TemplateFacts) -> bool:
    return "code" in facts.outline or "code" in facts.outline.lower()


def _code_word(facts: TemplateFacts) -> Sequence[Finding]:
    text, word = facts.outline, "验证码"
    if facts.template.international:
        word = "code"
        if _says_code(facts) or not _HAN.search(text):
            return ()
    elif word in text:
        return ()
    message = tell("{word} does not occur in a verification text", word=word)
    if not facts.template.international and not _HAN.search(text):
        hint = tell("a text for numbers abroad says `international: true`")
        return (Finding(message, hint),)
    return (Finding(message, tell("say {word}", word=word)),)


def _code_abroad(facts: TemplateFacts) -> Sequence[Finding]:
    if _says_code(facts) or _HAN.search(facts.outline):
        return ()
    message = tell("“code” does not occur in a verification text")
    return (Finding(message, tell("say code")),)


def _opt_out(facts: TemplateFacts) -> Sequence[Finding]:
    if _OPT_OUT.search(facts.outline):
        return ()
    message = tell("a marketing text must say how to unsubscribe")
    return (Finding(message, tell("end it with: Reply T to unsubscribe")),)


def _advertising(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.outline.isascii():
        found = _ADVERTISING_ABROAD.search(facts.outline.lower())
    else:
        found = _ADVERTISING.search(facts.outline)
    if not found:
        return ()
    message = tell(
        "{found!r} sounds like marketing in a {type} text",
        found=found[0],
        type=facts.template.type,
    )
    return (Finding(message, tell("submit it as marketing, or leave that out")),)


def _theme(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.outline.isascii():
        words, found = themes.REFUSED_ABROAD, _word_abroad(facts.outline)
    else:
        words, found = themes.REFUSED, _REFUSED.search(facts.outline)
    if not found:
        return ()
    message = tell(
        "{found!r}: nothing about {theme} is sent",
        found=found[0],
        theme=tell(themes.theme(words, found[0])),
    )
    hint = tell("say it without that word if that is not the theme")
    return (Finding(message, hint),)


def _word_abroad(text: str) -> re.Match[str] | None:
    """The first refused word that begins where a word of *text* begins."""
    text = text.lower()
    for found in _REFUSED_ABROAD.finditer(text):
        if not text[: found.start()][-1:].isalnum():
            return found
    return None


def _codes_only(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := _CODES_ONLY.search(facts.outline)):
        return ()
    theme = themes.theme(themes.CODES_ONLY, found[0])
    message = tell(
        "{found!r}: of {theme} only verification codes are sent",
        found=found[0],
        theme=tell(theme),
    )
    return (Finding(message),)


def _mobile_number(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := phones.mobile(phones.narrow_outline(facts))):
        return ()
    message = tell("a personal mobile number in the text: {found}", found=found)
    return (Finding(message, tell("give the company's 400 or landline number")),)


def _link(facts: TemplateFacts) -> Sequence[Finding]:
    if not links.in_text(facts):
        return ()
    message = tell(
        "reviewers open the link: it must work and have an ICP filing (备案)"
    )
    return (Finding(message, tell("say in the remark what it shows")),)


def _mainland_from_abroad(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.site != "international":
        return ()
    message = tell("accounts of the international site cannot send to the mainland")
    return (Finding(message, "international: true", facts.template.at),)


RULES = (
    Rule(
        "SF315", Level.WARNING, "A verification text says 验证码, abroad code",
        "qcloud-documents 正文模板审核标准.md; the sentence about 验证码 is missing in "
        f"the stored excerpt of {TEMPLATES}", READ, _code_word, types=VERIFICATION,
        failing="type: verification\ncontent: 您的动态码是{{ code }}。\n"
        'params: {code: {sample: "1234"}}',
        passing="type: verification\ncontent: 您的验证码是{{ code }}。\n"
        'params: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF316", Level.ERROR, "An international verification text contains code",
        ABROAD, READ, _code_abroad, types=VERIFICATION, international=True,
        failing="type: verification\ninternational: true\n"
        'content: "Your PIN is {{ code }}."\nparams: {code: {sample: "1234"}}',
        passing="type: verification\ninternational: true\n"
        'content: "Your code is {{ code }}."\nparams: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF317", Level.ERROR, "A verification text has no link",
        f"{TEMPLATES}; {ABROAD}", READ, links.beside_code, types=VERIFICATION,
        failing="type: verification\n"
        "content: 您的验证码是{{ code }}，详情 https://example.com\n"
        'params: {code: {sample: "1234"}}',
        passing="type: verification\ncontent: 您的验证码是{{ code }}。\n"
        'params: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF318", Level.ERROR, f"A domestic marketing text ends with {UNSUBSCRIBE}",
        f"{ERRORS}; cloud.tencent.com document 382/100568", READ, unsubscribing.missing,
        types=MARKETING, international=False,
        code="InvalidParameterValue.MarketingTemplateWithoutUnsubscribe",
        failing="type: marketing\ncontent: 会员您好，新茶上架，欢迎光临。回T退订",
        passing="type: marketing\ncontent: 会员您好，新茶上架，欢迎光临。拒收请回复R",
    ),
    Rule(
        "SF319", Level.WARNING, "International marketing says how to unsubscribe",
        ABROAD, READ, _opt_out, types=MARKETING, international=True,
        failing="type: marketing\ninternational: true\ncontent: New tea has arrived.",
        passing="type: marketing\ninternational: true\n"
        "content: New tea has arrived. Reply T to unsubscribe.",
    ),
    Rule(
        "SF320", Level.WARNING, "Marketing is submitted as marketing",
        TEMPLATES, READ, _advertising,
        types=frozenset({TemplateType.VERIFICATION, TemplateType.NOTIFICATION}),
        failing="content: 会员您好，全场八折，欢迎光临。",
        passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF321", Level.WARNING, "A text keeps off the themes that are not sent",
        f"{TEMPLATES}; {ERRORS}", READ, _theme,
        code="InvalidParameterValue.TemplateWithDirtyWords",
        failing="content: 您的贷款已到账。", passing="content: 您的保险箱已送达。",
    ),
    Rule(
        "SF322", Level.WARNING, "Of real estate and education only codes are sent",
        TEMPLATES, READ, _codes_only,
        types=frozenset({TemplateType.NOTIFICATION, TemplateType.MARKETING}),
        failing="content: 新楼盘本周开放参观。",
        passing="content: 您预约的参观在明天九点。",
    ),
    Rule(
        "SF323", Level.WARNING, "A text names no personal mobile number",
        TEMPLATES, READ, _mobile_number, international=False,
        failing='content: "如有疑问请致电13800138000。"',
        passing='content: "如有疑问请致电4001231234。"',
    ),
    Rule(
        "SF324", Level.INFO, "A link works, is filed and is explained",
        TEMPLATES, READ, _link, international=False,
        types=frozenset({TemplateType.NOTIFICATION, TemplateType.MARKETING}),
        failing="content: 详情请见https://example.com/orders",
        passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF325", Level.WARNING, "The international site sends international texts only",
        "tencentcloud.com document 382/40653", READ, _mainland_from_abroad,
        international=False, reads_text=False,
        failing="content: 您的订单已发货。\nsite: international",
        passing="content: 您的订单已发货。\nsite: domestic",
    ),
    Rule(
        "SF327", Level.WARNING, "A verification code is submitted as verification",
        TEMPLATES, READ, codes.elsewhere,
        types=frozenset({TemplateType.NOTIFICATION, TemplateType.MARKETING}),
        failing="content: 您的验证码为{{ code }}，5分钟内有效。\n"
        'params: {code: {sample: "1234"}}',
        passing="content: 您的取件码为{{ code }}，请当日领取。\n"
        'params: {code: {sample: "1234"}}',
    ),
)  # fmt: skip
