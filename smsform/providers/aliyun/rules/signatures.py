"""Rules about signatures: their names, and what they come with (SF451 to SF461).

A signature without any key under ``aliyun`` is only looked up by its name: nothing is
required of its papers or its name. Only brackets are never part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from smsform.errors import Level
from smsform.model import Kind
from smsform.pattern import pattern
from smsform.providers.aliyun.keys import SIGN_SOURCES, SIGN_TYPES
from smsform.providers.aliyun.rules.sources import ERRORS, READ, SDK, SIGNATURES
from smsform.rejections import signatures
from smsform.rejections.characters import traditional
from smsform.rejections.signatures import BRACKETS
from smsform.rule import Finding, Rule, SignatureFacts
from smsform.words import tell

LEAST, MOST = 2, 12
MAX_REMARK = 200
CHOICES = {"sign_source": SIGN_SOURCES, "sign_type": SIGN_TYPES}
TRUTHS = ("true", "false")
# Names that identify nobody; the first is the page's own example.
NEUTRAL = frozenset((
    "客服通知", "验证码", "通知", "客服", "客户您好", "身份验证", "活动验证",
    "短信", "短信验证", "短信通知", "登录验证", "注册验证", "系统通知", "系统消息",
    "平台通知",
    "温馨提示", "温馨提醒", "尊敬的用户", "会员", "会员中心", "用户中心", "商城",
    "公司", "店铺", "官方", "平台", "小程序", "demo", "sms", "code", "notice", "admin",
))  # fmt: skip

_TEST = pattern("测试|test", re.I)
_LINK = pattern(r"https?://", re.I)


def _may_stand(character: str) -> bool:
    """Whether a character may be part of a name."""
    if character.isascii():
        return character.isalnum()
    return "\u3400" <= character <= "\u9fff"


def _name_length(facts: SignatureFacts) -> Sequence[Finding]:
    return signatures.name_length(facts, LEAST, MOST)


def _name_characters(facts: SignatureFacts) -> Sequence[Finding]:
    name = facts.signature.name
    if not facts.keys and not BRACKETS.search(name):
        return ()
    if name.isascii() and name.isdigit():
        message = tell("a name of digits alone")
        return (Finding(message, tell("use the name on the licence")),)
    odd = "".join(c for c in dict.fromkeys(name) if not _may_stand(c))
    if not odd:
        return ()
    message = tell(
        "{odd!r} in the name: only Chinese, letters and digits are allowed", odd=odd
    )
    plain = "".join(c for c in normalize("NFKC", name) if _may_stand(c))
    if BRACKETS.search(name):
        hint = tell("name: {plain}; the service adds the brackets", plain=plain)
    else:
        hint = f"name: {plain}"
    return (Finding(message, hint, level=None if facts.keys else Level.WARNING),)


def _test_name(facts: SignatureFacts) -> Sequence[Finding]:
    if not facts.keys or not (found := _TEST.search(facts.signature.name)):
        return ()
    message = tell("{found} in the name: test signatures are refused", found=found[0])
    return (Finding(message, tell("use the name on the licence or the trademark")),)


def _neutral_name(facts: SignatureFacts) -> Sequence[Finding]:
    if not facts.keys or facts.signature.name.lower() not in NEUTRAL:
        return ()
    message = tell(
        "{name} does not say who sends the message", name=facts.signature.name
    )
    return (Finding(message, tell("use the name on the licence or the trademark")),)


def _traditional_name(facts: SignatureFacts) -> Sequence[Finding]:
    if not facts.keys or not (odd := traditional(facts.signature.name)):
        return ()
    message = tell("Traditional Chinese in the name: {odd}", odd=odd)
    return (Finding(message, tell("write it in simplified characters")),)


def _choices(facts: SignatureFacts) -> Sequence[Finding]:
    findings = []
    for key, numbers in CHOICES.items():
        known = [*numbers, *map(str, numbers.values())]
        if key in facts.keys and (value := str(facts.keys[key])) not in known:
            findings.append(signatures.unknown_word(key, value, numbers))
    third = str(facts.keys.get("third_party", "false")).lower()
    if third not in TRUTHS:
        findings.append(signatures.unknown_word("third_party", third, TRUTHS))
    return findings


def _source(facts: SignatureFacts) -> str:
    """The word for where the name is from."""
    given = str(facts.keys.get("sign_source", ""))
    words = {str(number): word for word, number in SIGN_SOURCES.items()}
    return words.get(given, given)


def _required(facts: SignatureFacts) -> Sequence[Finding]:
    wanted = ("sign_source", "qualification_id")
    if not facts.keys or all(key in facts.keys for key in wanted):
        return ()
    missing = [key for key in wanted if key not in facts.keys]
    message = tell(
        "to apply for it the service also wants {names}", names=", ".join(missing)
    )
    hint = tell("add them, or drop all keys to use a signature that exists already")
    return (Finding(message, hint),)


def _papers(facts: SignatureFacts) -> Sequence[Finding]:
    source, keys = _source(facts), facts.keys
    wanted = {
        "trademark_id": source == "trademark",
        "app_icp_record_id": source == "app",
        "authorization_letter_id": str(keys.get("third_party")).lower() == "true",
    }
    return [
        Finding(
            tell("it needs {key}", key=key),
            tell("the console shows it once it is filed"),
        )
        for key, needed in wanted.items()
        if needed and key not in keys
    ]


def _app_source(facts: SignatureFacts) -> Sequence[Finding]:
    if _source(facts) != "app":
        return ()
    message = tell("apps as a source are being withdrawn")
    return (Finding(message, tell("sign_source: company or trademark")),)


def _scene(facts: SignatureFacts) -> Sequence[Finding]:
    scene = str(facts.keys.get("apply_scene", ""))
    if _source(facts) != "app" or _LINK.match(scene):
        return ()
    message = tell("the apply_scene of an app is a link to it")
    return (Finding(message, "apply_scene: https://…"),)


def _long_remark(facts: SignatureFacts) -> Sequence[Finding]:
    return signatures.remark_length(len(facts.signature.remark), MAX_REMARK)


SIGNATURE = Kind.SIGNATURE
_ASKED = "aliyun: {sign_source: company, qualification_id: 2004393}\nname: "
_PAPERS = "sign_source: company, qualification_id: 2004393"
_APP = (
    "sign_source: app, qualification_id: 2004393, app_icp_record_id: 1, "
    "apply_scene: https://example.com/app"
)


RULES = (
    Rule(
        "SF451", Level.ERROR, f"A signature has {LEAST} to {MOST} characters",
        SIGNATURES, READ, _name_length, kind=SIGNATURE, code="InvalidSignName",
        failing=f"{_ASKED}示例商城有限公司上海第一分公司", passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF452", Level.ERROR, "A signature is Chinese, letters and digits",
        f"{SIGNATURES}; {ERRORS}", READ, _name_characters, kind=SIGNATURE,
        code="InvalidSignName",
        failing=f"{_ASKED}【示例商城】", passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF453", Level.ERROR, "A signature is not for tests",
        SIGNATURES, READ, _test_name, kind=SIGNATURE,
        failing=f"{_ASKED}示例测试", passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF454", Level.WARNING, "A signature's name says whose it is",
        SIGNATURES, READ, _neutral_name, kind=SIGNATURE,
        failing=f"{_ASKED}客服通知", passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF455", Level.ERROR, "A signature is in simplified Chinese",
        SIGNATURES, READ, _traditional_name, kind=SIGNATURE,
        failing=f"{_ASKED}範例商城", passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF456", Level.ERROR, "sign_source, sign_type and third_party are known values",
        SDK, READ, _choices, kind=SIGNATURE, code="InvalidSignSource",
        failing="aliyun: {sign_source: compony, qualification_id: 2004393}",
        passing=f"aliyun: {{{_PAPERS}}}",
    ),
    Rule(
        "SF457", Level.ERROR, "A signature to apply for has a source and qualification",
        f"{SDK}; {ERRORS}", READ, _required, kind=SIGNATURE,
        code="QualificationNotFound",
        failing="aliyun: {sign_source: company}", passing=f"aliyun: {{{_PAPERS}}}",
    ),
    Rule(
        "SF458", Level.ERROR, "What proves the source, or an order, is filed before",
        SDK, READ, _papers, kind=SIGNATURE, code="TrademarkNotExist",
        failing="aliyun: {sign_source: trademark, qualification_id: 2004393}",
        passing="aliyun: {sign_source: trademark, qualification_id: 2004393, "
        "trademark_id: 1}",
    ),
    Rule(
        "SF459", Level.WARNING, "An app is no source of a new signature",
        SDK, READ, _app_source, kind=SIGNATURE,
        failing=f"aliyun: {{{_APP}}}", passing=f"aliyun: {{{_PAPERS}}}",
    ),
    Rule(
        "SF460", Level.ERROR, "An app's signature comes with its link",
        ERRORS, READ, _scene, kind=SIGNATURE, code="InvalidApplySceneContent",
        failing=f"aliyun: {{{_APP.replace('https://', '')}}}",
        passing=f"aliyun: {{{_APP}}}",
    ),
    Rule(
        "SF461", Level.WARNING,
        f"A signature's remark has at most {MAX_REMARK} characters",
        f"{SIGNATURES}; the gateway takes 500", READ, _long_remark, kind=SIGNATURE,
        failing="remark: " + "公司全称为示例花店，" * 21, passing="remark: 示例花店",
    ),
)  # fmt: skip
