"""Verification codes in templates of other types."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.pattern import pattern
from smsform.rule import VARIABLE, Finding, TemplateFacts
from smsform.words import tell

_WORDS = "验证码|校验码|动态码|动态密码|注册码|验证碼|驗證碼|校驗碼"
# A code shown at a counter proves a purchase, not an identity.
_AT_COUNTERS = "取件|取货|提货|取餐|核销|消费|兑换|入园|入场|签收|自提|券|取票"
# The word, then its variable in the same clause; or the variable, then the word.
_CODE = pattern(
    rf"(?:{_WORDS})[^，。；！,;!\0]{{0,8}}\0|\0[^，。；！,;!\0]{{0,12}}(?:{_WORDS})"
)
_WORD = pattern(_WORDS)
_COUNTER = pattern(rf"(?:{_AT_COUNTERS})(?:{_WORDS})")
_ABROAD = pattern(
    r"\b(?:verification|security|login|sign-?in|one-time|access) (?:pass)?code\b|"
    r"\bOTP\b|\bpasscode\b|\bone-time password\b",
    re.I,
)


def elsewhere(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for a text with a verification code that is of another type."""
    outline = facts.outline
    if VARIABLE not in outline:
        return ()
    if outline.isascii():
        found = _ABROAD.search(outline)
    else:  # few texts have such a word at all
        found = _WORD.search(outline) and _CODE.search(outline)
    if not found or _COUNTER.search(outline):
        return ()
    message = tell("a verification code in a {type} text", type=facts.template.type)
    return (Finding(message, tell("submit it as verification")),)
