"""Rules about the text itself, for all services (SF201 to SF210, 213, 215)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category, normalize

from smsform.errors import Level
from smsform.pattern import pattern
from smsform.rejections import characters as odd
from smsform.rejections import links
from smsform.rejections.texts import is_symbol
from smsform.rule import Finding, Rule, TemplateFacts
from smsform.validate.characters import (
    FORBIDDEN,
    INVISIBLE,
    TAB,
    describe,
    visible,
)
from smsform.validate.sources import OURS, READ
from smsform.words import tell

JOINER = "\u200d"
COLOURED = "\ufe0f"  # makes a coloured emoji of the sign before it
_SPACES = pattern(r" (?: |(?=[，。！？、；：…])|(?<=[，。！？、；：] ))")
_REPEATED = pattern(r"([，。！？、；：,!?;:])\1")
_FULL_WIDTH = pattern("[０-９Ａ-Ｚａ-ｚ]+")
_VARIANTS = pattern("威信|薇信|徽信|微亻言|葳信|扣扣|企鹅号|V信|v信|V芯|v芯")
# Variables as other tools and languages write them.
_PLACEHOLDER = pattern(
    r"\$[A-Za-z_]\w*|%[sd](?!\w)|%\(\w+\)s|#[A-Za-z_]\w*#|<[A-Za-z_]\w*>", re.A
)


def _trimmed(facts: TemplateFacts) -> Sequence[Finding]:
    if not facts.template.trimmed:
        return ()
    return (Finding(tell("white space around the text was dropped")),)


def _found(facts: TemplateFacts, unwanted: frozenset[str]) -> str:
    """The *unwanted* characters in the text, each once, in order."""
    return "".join(c for c in dict.fromkeys(facts.outline) if c in unwanted)


def _invisible(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.usual:
        return ()
    private = {c for c in facts.outline if category(c) == "Co"}
    if not (found := _found(facts, INVISIBLE | private)):
        return ()
    if found == JOINER and odd.emoji(facts.outline):
        return ()  # a joiner makes one emoji of several
    what = describe(found)
    message = tell("nobody sees this character: {what}", what=what)
    return (Finding(message, tell("delete or retype it")),)


def _forbidden(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.usual or not (found := _found(facts, FORBIDDEN)):
        return ()
    what = describe(found)
    message = tell("a control character in the text: {what}", what=what)
    return (Finding(message, tell("delete it")),)


def _tab(facts: TemplateFacts) -> Sequence[Finding]:
    if TAB not in facts.outline:
        return ()
    return (Finding(tell("a tab in the text"), tell("write a space instead")),)


def _spaces(facts: TemplateFacts) -> Sequence[Finding]:
    if " " not in facts.outline or not _SPACES.search(facts.outline):
        return ()
    message = tell("several spaces in a row, or a space beside full-width punctuation")
    hint = tell("every space is counted and billed: drop what is spare")
    return (Finding(message, hint),)


def _repeated(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := _REPEATED.search(facts.outline)):
        return ()
    message = tell("the same punctuation twice: {found}", found=found[0])
    return (Finding(message, tell("write {once}", once=found[1])),)


def _full_width(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.usual or not (runs := _FULL_WIDTH.findall(facts.outline)):
        return ()
    wide = ", ".join(dict.fromkeys(runs))
    plain = normalize("NFKC", wide)
    message = tell("full-width letters or digits: {wide}", wide=wide)
    hint = tell("write {plain}: phones do not recognise the others", plain=plain)
    return (Finding(message, hint),)


def _placeholder(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := _PLACEHOLDER.search(facts.outline)):
        return ()
    message = tell("{found} is sent as it stands", found=found[0])
    return (Finding(message, tell("if it is a variable, write {{ name }}")),)


def _emoji(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.usual or not odd.emoji(facts.outline):
        return ()
    text = facts.outline
    if not facts.template.international:  # services have rules of their own for symbols
        text = "".join(c for c in text if not is_symbol(c) and c != COLOURED)
    if not (found := odd.emoji(text)):
        return ()
    message = tell(
        "{found} counts up to two characters and is a box on some handsets",
        found=found if len(found) > 1 else visible(found),
    )
    return (Finding(message, tell("write words")),)


def _scripts(facts: TemplateFacts) -> Sequence[Finding]:
    outline = facts.outline
    if outline.isascii():
        return ()
    if facts.template.international and not odd.simplified(outline):
        return ()
    if not (traditional := odd.traditional(outline)):
        return ()
    simplified = odd.simplified(outline)
    if simplified:
        message = tell(
            "Traditional {traditional} beside Simplified {simplified}",
            traditional=traditional,
            simplified=simplified[:8],
        )
    else:
        message = tell(
            "Traditional Chinese in a text for the mainland: {traditional}",
            traditional=traditional[:8],
        )
    return (Finding(message, tell("keep to one script")),)


def _link_abroad(facts: TemplateFacts) -> Sequence[Finding]:
    if not (link := links.in_text(facts)):
        return ()
    message = tell("a link in an international text: {link}", link=link)
    hint = tell(
        "some destinations block messages with links: ask before you rely on it"
    )
    return (Finding(message, hint),)


def _variants(facts: TemplateFacts) -> Sequence[Finding]:
    if not (found := _VARIANTS.search(facts.outline)):
        return ()
    message = tell("{found} looks like a way around a word filter", found=found[0])
    return (Finding(message, tell("write the word as it is spelled")),)


RULES = (
    Rule(
        "SF201", Level.INFO, "White space around a text is dropped before submission",
        OURS, READ, _trimmed,
        failing='content: " 您的订单已发货。 "', passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF202", Level.WARNING, "A text holds no invisible characters",
        "legacy error 1014, qcloud-documents 问题定位.md", READ, _invisible,
        only_odd_signs=True,
        failing='content: "您的订单\\u00a0已发货。"',
        passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF203", Level.ERROR, "A text holds no control or direction characters",
        OURS, READ, _forbidden,
        only_odd_signs=True,
        failing='content: "您的订单\\u202e已发货。"',
        passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF204", Level.WARNING, "A text holds no tab: GSM-7 has none",
        "GSM 03.38", READ, _tab,
        only_odd_signs=True,
        failing='content: "订单\\t已发货。"', passing='content: "订单 已发货。"',
    ),
    Rule(
        "SF205", Level.INFO, "A text holds no spare spaces", OURS, READ, _spaces,
        failing='content: "您的订单已发货 ，请查收。"',
        passing="content: 您的订单已发货，请查收。",
    ),
    Rule(
        "SF206", Level.INFO, "Punctuation is not repeated", OURS, READ, _repeated,
        failing="content: 您的订单已发货！！", passing="content: 您的订单已发货！",
    ),
    Rule(
        "SF207", Level.WARNING, "Letters and digits are half-width",
        OURS, READ, _full_width,
        only_odd_signs=True,
        failing="content: 请致电４００热线。", passing="content: 请致电400热线。",
    ),
    Rule(
        "SF208", Level.WARNING, "Variables are not written as in another tool",
        "a service's standard for notifications, document 463270", READ, _placeholder,
        only_odd_signs=True,
        failing="content: 您的快递$number已到。",
        passing="content: 您的快递{{ number }}已到。\n"
        'params: {number: {sample: "1024"}}',
    ),
    Rule(
        "SF209", Level.INFO, "Emoji cost double and are not shown everywhere",
        "intlcloud-documents, 中国大陆地区短信计费规则", READ, _emoji,
        only_odd_signs=True,
        failing="content: 您的订单已发货😀", passing="content: 您的订单已发货。",
    ),
    Rule(
        "SF210", Level.WARNING,
        "A text keeps to one Chinese script, on the mainland to the simplified one",
        "GB 2312 and Big5 tell the scripts apart", READ, _scripts,
        failing="content: 請领取您的优惠券。", passing="content: 请领取您的优惠券。",
    ),
    Rule(
        "SF213", Level.WARNING, "Words are spelled as they are, not around filters",
        "a service's standard for notifications, document 463270", READ, _variants,
        failing="content: 请关注威信公众号。", passing="content: 请查看订单详情。",
    ),
    Rule(
        "SF215", Level.INFO, "An international text with a link may be blocked",
        "carriers of several destinations filter them; our own judgement", READ,
        _link_abroad, international=True,
        failing='international: true\ncontent: "Track it: https://example.com/orders"',
        passing="international: true\ncontent: Your order is on its way.",
    ),
)  # fmt: skip
