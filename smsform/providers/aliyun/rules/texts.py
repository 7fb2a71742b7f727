"""Rules about the text of any template (SF401 to SF411, SF438 to SF440)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from smsform.errors import Level
from smsform.pattern import pattern
from smsform.providers.aliyun.convert import PLACEHOLDER, order
from smsform.providers.aliyun.rules.sources import (
    BILLING,
    CODES,
    ERRORS,
    NOTICES,
    OLD_TEMPLATES,
    READ,
    SDK,
    TEMPLATES,
)
from smsform.rejections import characters
from smsform.rejections import texts as rejections
from smsform.rejections.signatures import remark_length
from smsform.rule import Finding, Rule, TemplateFacts
from smsform.segments import code_units
from smsform.words import tell

MAX_NAME = 30
MAX_REMARK = 500
# Reserved by the manual of 2017; later pages do not mention it.
RESERVED = frozenset(("email", "mobile", "id", "nick", "site"))

_NAME = pattern(r"[A-Za-z][A-Za-z0-9_]{0,24}")
_BRACE = pattern("[{}｛｝]")
_QUOTES = "『』「」〖〗"


def _braces(facts: TemplateFacts) -> Sequence[Finding]:
    if not _BRACE.search(facts.outline):
        return ()
    message = tell("a variable is written ${name}, with half-width signs and no spaces")
    return (Finding(message, tell("write {{ name }} and list name under params")),)


def _names(facts: TemplateFacts) -> Sequence[Finding]:
    if not (names := misnamed(order(facts.native))):
        return ()
    return [
        Finding(
            tell("{name!r} cannot be the name of a variable", name=name),
            tell("a letter first, then letters, digits and _, 25 at most"),
        )
        for name in names
    ]


@lru_cache(maxsize=1024)  # many templates have variables of the same names
def misnamed(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of *names* that no variable may have."""
    return tuple(name for name in names if not _NAME.fullmatch(name))


def _reserved(facts: TemplateFacts) -> Sequence[Finding]:
    names = order(facts.native)
    if RESERVED.isdisjoint(names):
        return ()
    taken = [name for name in names if name in RESERVED]
    message = tell(
        "{names}: reviewers have refused variables of this name", names=", ".join(taken)
    )
    return (Finding(message, tell("choose another, such as user_email")),)


def _outer_brackets(facts: TemplateFacts) -> Sequence[Finding]:
    text = facts.outline
    if text[:1] not in ("[", "]") and text[-1:] not in ("[", "]"):
        return ()
    message = tell("[ and ] may not stand at the beginning or the end of a text")
    return (Finding(message, tell("leave them out, or move them inside")),)


def _symbols(facts: TemplateFacts) -> Sequence[Finding]:
    if not (shown := rejections.symbols(facts, plain="#$", named=_QUOTES)):
        return ()
    message = tell("{shown}: special symbols are refused", shown=shown)
    return (Finding(message, tell("write a word instead")),)


def _twice(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.ordered and not facts.verbatim:
        return ()
    found = PLACEHOLDER.findall(facts.native)
    if len(found) == len(set(found)):
        return ()
    twice = [name for name, times in Counter(found).items() if times > 1]
    message = tell("{names} occurs more than once in the text", names=", ".join(twice))
    return (Finding(message, tell("use a parameter of its own for each place")),)


def _unsupported(facts: TemplateFacts) -> Sequence[Finding]:
    findings = []
    suspicious = not facts.usual or characters.traditional(facts.outline)
    if suspicious and (found := _odd(facts.outline, apart=rejections.is_symbol)):
        message = tell("{found}: not sent to the mainland", found=found)
        findings.append(Finding(message, tell("write simplified characters or words")))
    if all(value.isascii() or not _odd(value) for _, _, _, value in facts.given):
        return findings
    for parameter, value, at in facts.values:
        if not value.isascii() and (found := _odd(value)):
            message = tell(
                "{name}: {value!r} has {found}, which is not sent to the mainland",
                name=parameter.name,
                value=value,
                found=found,
            )
            hint = tell("write simplified characters or words")
            findings.append(Finding(message, hint, at))
    return findings


@lru_cache(characters.AT_ONCE)  # many templates have values in common
def _odd(text: str, apart: Callable[[str], bool] | None = None) -> str:
    """Characters that are neither simplified Chinese nor in daily use: a few of them.

    Those that *apart* accepts are left out, because another rule reports them.
    """
    found = characters.traditional(text) + characters.emoji(text)
    if found and apart:  # rare, so few texts are searched character by character
        signs = "".join(c for c in text if c.isascii() or not apart(c))
        # U+FE0F only says how the character before it is drawn.
        text = signs.replace("\ufe0f", "")
        found = characters.traditional(text) + characters.emoji(text)
    return found[:8]


def _long_name(facts: TemplateFacts) -> Sequence[Finding]:
    if len(facts.template.name) <= MAX_NAME // 2:
        return ()
    length = code_units(facts.template.name)
    if length <= MAX_NAME:
        return ()
    message = tell(
        "the name has {length} characters, {limit} allowed",
        length=length,
        limit=MAX_NAME,
    )
    hint = tell("no recipient sees it: shorten it")
    return (Finding(message, hint, facts.template.at),)


def _long_remark(facts: TemplateFacts) -> Sequence[Finding]:
    if len(facts.template.remark) <= MAX_REMARK // 2:
        return ()
    length = code_units(facts.template.remark)
    return remark_length(length, MAX_REMARK, facts.template.at)


RULES = (
    Rule(
        "SF401", Level.ERROR, "A variable is written ${name}",
        TEMPLATES, READ, _braces, code="InvalidTemplateContent.Format",
        only_odd_signs=True,
        failing='aliyun: {native: "您的快递{$number}已到。"}\nparams: {}',
        passing="content: 您的快递{{ number }}已到。\n"
        'params: {number: {sample: "1024"}}',
    ),
    Rule(
        "SF402", Level.ERROR, "A variable's name is letters, digits and _",
        f"{TEMPLATES}; {OLD_TEMPLATES}; the length from a carrier's copy of the rules",
        READ, _names, code="InvalidTemplateContent.Format",
        failing='aliyun: {native: "您的快递${123}已到。"}\n'
        'params: {number: {sample: "1024", aliyun: "123"}}',
        passing="content: 您的快递{{ number }}已到。\n"
        'params: {number: {sample: "1024"}}',
    ),
    Rule(
        "SF403", Level.WARNING, "A variable has no name the service keeps for itself",
        OLD_TEMPLATES, READ, _reserved,
        failing="content: 您的昵称{{ nick }}已登记。\nparams: {nick: {sample: 小满}}",
        passing="content: 您的昵称{{ nickname }}已登记。\n"
        "params: {nickname: {sample: 小满}}",
    ),
    Rule(
        "SF404", Level.ERROR, "A text does not consist of variables alone",
        TEMPLATES, READ, rejections.only_variables,
        failing="content: '{{ first }}，{{ second }}'\n"
        "params: {first: {sample: 您好}, second: {sample: 再见}}",
        passing="content: '{{ first }}，您的订单已发货。'\n"
        "params: {first: {sample: 您好}}",
    ),
    Rule(
        "SF405", Level.ERROR, "Two variables do not touch",
        TEMPLATES, READ, rejections.adjacent,
        failing="content: 您的{{ what }}{{ number }}已签收。\n"
        'params: {what: {sample: 包裹}, number: {sample: "12"}}',
        passing="content: 您的{{ what }}共{{ number }}件已签收。\n"
        'params: {what: {sample: 包裹}, number: {sample: "12"}}',
    ),
    Rule(
        "SF406", Level.ERROR, "A text does not contain 【 or 】",
        TEMPLATES, READ, rejections.brackets,
        only_odd_signs=True,
        failing="content: 【示例商城】您的订单已发货。",
        passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF407", Level.ERROR, "A text neither begins nor ends with [ or ]",
        TEMPLATES, READ, _outer_brackets, international=False,
        only_odd_signs=True,
        failing='content: "[示例商城]您的订单已发货。"',
        passing='content: "您的订单[示例]已发货。"',
    ),
    Rule(
        "SF408", Level.WARNING, "A text has no special symbols",
        f"{TEMPLATES}; {NOTICES}", READ, _symbols, international=False,
        only_odd_signs=True,
        failing="content: 您的订单已发货★", passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF409", Level.ERROR,
        "A text has 1 to 500 characters, with its variables and when it is sent",
        f"{SDK}; {BILLING}", READ, rejections.length, code="InvalidTemplateContent",
        about_empty_text=True,
        failing="content: " + "您的订单已发货，请注意查收。" * 36,
        passing="content: 您的订单已发货，请注意查收。",
    ),
    Rule(
        "SF410", Level.ERROR, f"A template's name has at most {MAX_NAME} characters",
        SDK, READ, _long_name, code="InvalidTemplateName", reads_text=False,
        failing="name: " + "发货通知" * 8, passing="name: 发货通知",
    ),
    Rule(
        "SF411", Level.ERROR, f"A remark has at most {MAX_REMARK} characters",
        ERRORS, READ, _long_remark, code="InvalidRemark", reads_text=False,
        failing="remark: " + "发货后发送，" * 90, passing="remark: 发货后发送",
    ),
    Rule(
        "SF438", Level.ERROR, "A variable occurs once in a text",
        NOTICES, READ, _twice, code="InvalidTemplateContent.Format",
        covers=("SF223",),
        failing="content: 订单{{ order }}已发货，单号{{ order }}。\n"
        'params: {order: {sample: "1024"}}',
        passing="content: 订单{{ order }}已发货。\n"
        'params: {order: {sample: "1024"}}',
    ),
    Rule(
        "SF439", Level.ERROR, "A variable is a whole number, not a part of one",
        TEMPLATES, READ, rejections.in_number, code="InvalidTemplateContent.Format",
        failing="content: 会员编号88{{ tail }}66已登记。\n"
        'params: {tail: {sample: "12"}}',
        passing="content: 会员编号{{ number }}已登记。\n"
        'params: {number: {sample: "12"}}',
    ),
    Rule(
        "SF440", Level.WARNING, "No emoji and no traditional characters are sent",
        CODES, READ, _unsupported, international=False,
        code="isv.UNSUPPORTED_CONTENT", covers=("SF209", "SF210"),
        failing="content: 祝您生日快乐🎂", passing="content: 您的生日礼品已发货。",
    ),
)  # fmt: skip
