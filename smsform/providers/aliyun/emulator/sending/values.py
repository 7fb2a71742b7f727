"""The values of a template's variables: TemplateParam, and what may stand in it.

Lengths and codes: a copy of documents 101346 and 101347, and sms-error-codes.md of
2026-08-21, read 2026-11-29. Which mistake gets which of the codes is [I] where marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from smsform.emulation.contents import has_link
from smsform.emulation.messages import Refusal
from smsform.emulation.store import Entry
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import contents
from smsform.providers.aliyun.emulator.account import Account
from smsform.providers.aliyun.emulator.texts import refusal
from smsform.providers.aliyun.variables import ATTRIBUTES, fits

# Words no carrier accepts; a few of the themes the standard forbids outright.
DIRTY_WORDS = ("赌博", "彩票", "毒品", "色情", "代开发票")
# A notification that promotes is refused (copies of 101346); which words do so: [I].
PROMOTION_WORDS = ("优惠券", "促销", "抽奖", "红包", "秒杀")
CODE = pattern(r".{4,6}", re.DOTALL)
TEST_CODE = pattern(r"\d{4,6}", re.ASCII)  # [I]

# Emoji, symbols and brackets that domestic messages cannot carry.
_UNSUPPORTED = pattern("[\U00010000-\U0010ffff【】²³★☆♥♠♣♦●◆■▲▼\u2190-\u21ff]")


def read(account: Account, template: Entry, text: str | None) -> Mapping[str, str]:
    """The values by name; refused unless a JSON object has a text for each variable."""
    wanted = contents.names(template.text)
    broad = account.settings["mismatch"] == "broad"
    try:
        given = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise _mismatch() if broad else refusal("isv.INVALID_JSON_PARAM")
    if not all(isinstance(value, str) for value in given.values()):
        raise refusal("isv.INVALID_JSON_PARAM")
    if broad and set(given) != set(wanted):
        raise _mismatch()
    if not set(wanted) <= set(given):
        raise refusal("isv.TEMPLATE_MISSING_PARAMETERS")
    return {name: given[name] for name in wanted}


def _mismatch() -> Refusal:
    return Refusal(
        "isv.SMS_TEMPLATE_ILLEGAL", "请检查模板内容与模板参数是否匹配"
    )  # seen


def check(account: Account, template: Entry, values: Mapping[str, str]) -> None:
    """Refuse links, lengths, kinds, words and characters that cannot be sent."""
    attributes = _attributes(template)
    type = template.fields.get("TemplateType")
    verification = type == wire.VERIFICATION
    for name, value in values.items():
        attribute = attributes.get(name, "")
        if has_link(value) and attribute != "email_address":
            raise refusal("isv.PARAM_NOT_SUPPORT_URL")
        _check_length(account, value, code=verification and attribute != "verifyTime")
        if any(word in value for word in DIRTY_WORDS):
            raise refusal("isv.SMS_CONTENT_ILLEGAL")
        if type == wire.NOTIFICATION and any(w in value for w in PROMOTION_WORDS):
            raise refusal("isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE")
        if not template.international and _UNSUPPORTED.search(value):
            raise refusal("isv.UNSUPPORTED_CONTENT")
        if attribute in ATTRIBUTES and not fits(attribute, value):
            raise refusal("isv.TEMPLATE_PARAMS_ILLEGAL")


def _attributes(template: Entry) -> Mapping[str, str]:
    try:
        rule = json.loads(str(template.fields.get("TemplateRule") or "{}"))
    except ValueError:  # seeds are not checked
        return {}
    return rule if isinstance(rule, dict) else {}


def _check_length(account: Account, value: str, *, code: bool) -> None:
    longest = account.settings["value_length"]
    assert isinstance(longest, int)
    fitting = CODE.fullmatch(value) if code else value
    if not fitting or (longest and len(value) > longest):
        raise refusal("isv.PARAM_LENGTH_LIMIT")
