"""Rules about each type of template (SF421 to SF434, SF441)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.errors import Level
from smsform.model import TemplateType
from smsform.pattern import pattern
from smsform.providers.aliyun.rules import contacts, themes
from smsform.providers.aliyun.rules.sources import (
    CODES,
    ERRORS,
    NOTICES,
    READ,
    SDK,
    TEMPLATES,
)
from smsform.rejections import codes, links, phones, unsubscribing
from smsform.rejections.unsubscribing import UNSUBSCRIBE
from smsform.rule import Finding, Rule, TemplateFacts
from smsform.words import tell

VERIFICATION = frozenset({TemplateType.VERIFICATION})
NOTIFICATION = frozenset({TemplateType.NOTIFICATION})
MARKETING = frozenset({TemplateType.MARKETING})
CODE_WORDS = ("验证码", "注册码", "校验码", "动态码", "动态密码")
MAX_CONTACTS = 2

_HAN = pattern("[\u3400-\u9fff]")
_OPT_OUT = pattern(
    r"拒收请?回复?|[回复]{1,2} ?(?:TDZD|TD|T|N|R) ?退订?|退订(?:请|回)", re.I
)
# An account of a chat: a number of QQ; a name at WeChat that is called one, stands
# apart, or has a digit. The products themselves (微信Windows版) are none.
_CHAT_SIGN = pattern("[Qq微VvWw]")  # what each of them begins with
_CHAT = pattern(
    r"(?:\b[Qq][Qq]|\b[Qq](?=号))(?:号码?|群号?)?\s{0,3}[:：为是]?\s{0,3}"
    r"[1-9][0-9]{4,10}(?![0-9])|"
    r"(?:微信(?:公众)?|[Vv]信|\b[Vv][Xx]|\b[Ww][Xx]|\b[Ww]e[Cc]hat|\b[Vv](?=[:：]))"
    r"(?:(?:号|ID|id)\s{0,3}[:：“”\"‘’'「（(]{0,2}\s{0,3}[A-Za-z][\w-]{4,19}|"
    r"\s{0,3}[:：“\"‘'「（(]{1,2}\s{0,3}[A-Za-z][\w-]{4,19}|"
    r"\s{0,3}(?!(?:Windows|Win|Mac|iOS|iPhone|iPad|Android|Pay|Web|Linux)\b|"
    r"(?:Windows|Win|Mac|iOS|iPhone|iPad|Android|Linux)[0-9 ])"
    r"(?=[A-Za-z_-]{1,19}[0-9_])[A-Za-z][\w-]{4,19})",
    re.A,
)
# What is left of a text with nothing but its code, once these are removed.
FILLER = pattern(
    "验证码|注册码|校验码|动态密码|动态码|短信|您的|您好|你的|你好|本次|此次|尊敬的|用户|"
    "切勿|请勿|不要|勿|请|告知|泄露|泄漏|转发|提供|透露|给|于|他人|别人|任何人|妥善|保管|"
    r"注意|安全|感谢|支持|使用|谢谢|查收|[是为的了\W\d\0]"
)
EXPIRY = "分钟"  # no filler, so a text with it need not be looked at further
LEAST_CONTEXT = 2  # characters: no platform, purpose or expiry is shorter
_MEMBERS = pattern("会员|用户|客户|顾客|亲爱的|尊敬的|您好|VIP|贵宾|粉丝", re.I)

_REFUSED = themes.any_of(themes.REFUSED)
_REFUSED_MARKETING = themes.any_of(themes.REFUSED_MARKETING)
_GREETINGS = themes.any_of(themes.GREETINGS)
_ADVERTISING = themes.any_of(themes.ADVERTISING)


def _code_word(facts: TemplateFacts) -> Sequence[Finding]:
    if any(word in facts.outline for word in CODE_WORDS):
        return ()
    message = tell("a verification text says what its code is")
    if not _HAN.search(facts.outline):
        hint = tell("a text for numbers abroad says `international: true`")
        return (Finding(message, hint, facts.template.content_at),)
    return (Finding(message, tell("use one of: {words}", words="、".join(CODE_WORDS))),)


def _context(facts: TemplateFacts) -> Sequence[Finding]:
    if EXPIRY in facts.outline:
        return ()
    if len(FILLER.sub("", facts.outline)) >= LEAST_CONTEXT:
        return ()
    message = tell("it says neither where, nor what for, nor how long the code is good")
    return (Finding(message, tell("add one of them, such as 5分钟内有效")),)


def _contact_beside_code(facts: TemplateFacts) -> Sequence[Finding]:
    outline = phones.narrow_outline(facts)
    found = next(iter(contacts.numbers(outline)), "")
    found = found or phones.mobile(outline) or _chat(outline)
    if not found:
        return ()
    message = tell("contact data in a verification text: {found}", found=found)
    return (Finding(message, tell("drop it, or notify instead")),)


def _chat(outline: str) -> str:
    """The first chat account of a text; "" for none."""
    found = _CHAT_SIGN.search(outline) and _CHAT.search(outline)
    return found[0] if found else ""


def _opt_out(facts: TemplateFacts) -> Sequence[Finding]:
    outline = facts.outline
    if "退" not in outline and "拒收" not in outline:
        return ()
    if not (found := _OPT_OUT.search(outline)):
        return ()
    message = tell(
        "{found!r}: only marketing texts say how to unsubscribe", found=found[0]
    )
    return (Finding(message, tell("drop it, or submit it as marketing")),)


def _greeting(facts: TemplateFacts) -> Sequence[Finding]:
    if "快乐" not in facts.outline and "恭贺" not in facts.outline:
        return ()  # every greeting has one of these
    if not (found := _GREETINGS.search(facts.outline)):
        return ()
    message = tell(
        "{found!r}: greetings of members are marketing to the reviewers", found=found[0]
    )
    return (Finding(message, tell("submit it as marketing")),)


def _advertising(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := _ADVERTISING.search(facts.outline)):
        return ()
    message = tell(
        "{found!r} sounds like marketing in a {type} text",
        found=found[0],
        type=facts.template.type,
    )
    return (Finding(message, tell("submit it as marketing, or leave that out")),)


def _private_contact(facts: TemplateFacts) -> Sequence[Finding]:
    outline = phones.narrow_outline(facts)
    if not (found := phones.mobile(outline) or _chat(outline)):
        return ()
    message = tell("a mobile number or chat account in the text: {found}", found=found)
    return (Finding(message, tell("give the company's 400 or landline number")),)


def _contacts(facts: TemplateFacts) -> Sequence[Finding]:
    found = contacts.numbers(phones.narrow_outline(facts))
    if len(found) <= MAX_CONTACTS:
        return ()
    message = tell(
        "{count} phone numbers, {limit} allowed", count=len(found), limit=MAX_CONTACTS
    )
    return (Finding(message, tell("leave some out: {found}", found=", ".join(found))),)


def _members(facts: TemplateFacts) -> Sequence[Finding]:
    if _MEMBERS.search(facts.outline):
        return ()
    message = tell("a marketing text addresses members")
    return (Finding(message, tell("begin with 尊敬的会员 or the like")),)


def _refused_marketing(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := _REFUSED_MARKETING.search(facts.outline)):
        return ()
    theme = themes.theme(themes.REFUSED_MARKETING, found[0])
    message = tell(
        "{found!r}: {theme} may not be promoted", found=found[0], theme=tell(theme)
    )
    return (Finding(message),)


def _theme(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := _REFUSED.search(facts.outline)):
        return ()
    theme = themes.theme(themes.REFUSED, found[0])
    message = tell(
        "{found!r}: nothing about {theme} is sent", found=found[0], theme=tell(theme)
    )
    hint = tell("say it without that word if that is not the theme")
    return (Finding(message, hint),)


def _signature(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.template.signature:
        return ()
    message = tell("a domestic template is reviewed with an approved signature")
    return (Finding(message, tell("signature: the key of one"), facts.template.at),)


RULES = (
    Rule(
        "SF421", Level.ERROR, "A verification text says 验证码 or a word like it",
        TEMPLATES, READ, _code_word, types=VERIFICATION, international=False,
        failing="type: verification\ncontent: 您的密码是{{ code }}，5分钟内有效。\n"
        'params: {code: {sample: "1234"}}',
        passing="type: verification\ncontent: 您的动态码是{{ code }}，5分钟内有效。\n"
        'params: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF422", Level.WARNING,
        "A verification text says where, what for or how long its code is good",
        TEMPLATES, READ, _context, types=VERIFICATION, international=False,
        failing="type: verification\ncontent: 您的验证码：{{ code }}\n"
        'params: {code: {sample: "1234"}}',
        passing="type: verification\ncontent: 您的登录验证码：{{ code }}\n"
        'params: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF423", Level.ERROR, "A verification text has no link",
        TEMPLATES, READ, links.beside_code, types=VERIFICATION, international=False,
        failing="type: verification\n"
        "content: 您的登录验证码是{{ code }}，详情 https://example.com\n"
        'params: {code: {sample: "1234"}}',
        passing="type: verification\ncontent: 您的登录验证码是{{ code }}。\n"
        'params: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF424", Level.ERROR, "A verification text has no contact data",
        TEMPLATES, READ, _contact_beside_code, types=VERIFICATION, international=False,
        failing="type: verification\n"
        "content: 您的登录验证码是{{ code }}，如有疑问请致电400-123-1234。\n"
        'params: {code: {sample: "1234"}}',
        passing="type: verification\ncontent: 您的登录验证码是{{ code }}。\n"
        'params: {code: {sample: "1234"}}',
    ),
    Rule(
        "SF425", Level.ERROR, "Only a marketing text says how to unsubscribe",
        f"{TEMPLATES}; {NOTICES}", READ, _opt_out, types=VERIFICATION | NOTIFICATION,
        international=False,
        failing="content: 您的订单已发货，拒收请回复R",
        passing="content: 您已退订会员服务，欢迎再来。",
    ),
    Rule(
        "SF426", Level.WARNING, "Greetings are submitted as marketing",
        NOTICES, READ, _greeting, types=VERIFICATION | NOTIFICATION,
        international=False,
        failing="content: 亲爱的会员，祝您生日快乐！",
        passing="content: 亲爱的会员，您的生日礼品已发货。",
    ),
    Rule(
        "SF427", Level.WARNING, "Marketing is submitted as marketing",
        NOTICES, READ, _advertising, types=VERIFICATION | NOTIFICATION,
        international=False,
        failing="content: 全场八折，欢迎光临。", passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF428", Level.ERROR, "A notification names no mobile number or chat account",
        NOTICES, READ, _private_contact, types=NOTIFICATION, international=False,
        failing='content: "如对订单有疑问请致电13800138000。"',
        passing='content: "您的订单已发货，请留意查收。"',
    ),
    Rule(
        "SF429", Level.ERROR,
        f"A notification has at most {MAX_CONTACTS} phone numbers",
        NOTICES, READ, _contacts, types=NOTIFICATION, international=False,
        failing='content: "订单疑问请致电400-123-1234、95588或0571-82123000。"',
        passing='content: "您的订单已发货，请留意查收。"',
    ),
    Rule(
        "SF430", Level.ERROR, f"A marketing text ends with {UNSUBSCRIBE}",
        TEMPLATES, READ, unsubscribing.missing, types=MARKETING, international=False,
        failing="type: marketing\ncontent: 尊敬的会员，新茶上架，欢迎光临。回T退订",
        passing="type: marketing\n"
        "content: 尊敬的会员，新茶上架，欢迎光临。拒收请回复R",
    ),
    Rule(
        "SF431", Level.WARNING, "A marketing text addresses members",
        TEMPLATES, READ, _members, types=MARKETING, international=False,
        failing="type: marketing\ncontent: 新茶上架，欢迎光临。拒收请回复R",
        passing="type: marketing\n"
        "content: 尊敬的会员，新茶上架，欢迎光临。拒收请回复R",
    ),
    Rule(
        "SF432", Level.WARNING, "Finance, games and social networks are not promoted",
        TEMPLATES, READ, _refused_marketing, types=MARKETING, international=False,
        failing="type: marketing\ncontent: 尊敬的会员，新游戏上线。拒收请回复R",
        passing="type: marketing\ncontent: 尊敬的会员，新茶上架。拒收请回复R",
    ),
    Rule(
        "SF433", Level.WARNING, "A text keeps off the themes that are not sent",
        f"{TEMPLATES}; {NOTICES}", READ, _theme, international=False,
        code="isv.BLACK_KEY_CONTROL_LIMIT",
        failing="content: 您的贷款已到账。", passing="content: 您的保险箱已送达。",
    ),
    Rule(
        "SF434", Level.WARNING, "A domestic template names the signature it goes with",
        f"{SDK}; {ERRORS}", READ, _signature, international=False,
        code="SmsSignatureNotFound", covers=("SF234",), reads_text=False,
        failing="signature: null", passing="signature: shop",
    ),
    Rule(
        "SF441", Level.WARNING, "A verification code is submitted as verification",
        f"{TEMPLATES}; {CODES}", READ, codes.elsewhere,
        types=NOTIFICATION | MARKETING, international=False,
        code="isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE",
        failing="content: 您的验证码为{{ code }}，5分钟内有效。\n"
        'params: {code: {sample: "1234"}}',
        passing="content: 您的取件码为{{ code }}，请当日领取。\n"
        'params: {code: {sample: "1234"}}',
    ),
)  # fmt: skip
