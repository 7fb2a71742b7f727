"""Rules about the names of signatures (SF341 to SF345).

Nothing is required of a signature that is only looked up by its name. Only brackets are
never part of a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from smsform.errors import Level
from smsform.model import Kind
from smsform.providers.tencent.rules.sources import READ, SIGNATURES
from smsform.rejections.signatures import BRACKETS, name_length
from smsform.rule import Finding, Rule, SignatureFacts
from smsform.words import tell

LENGTHS = {False: (2, 12), True: (2, 15)}  # domestic, international
# Names that identify nobody; the first four are the page's own examples.
NEUTRAL = frozenset((
    "测试", "aabb", "验证码", "通知", "客服", "客服通知", "客户您好", "身份验证",
    "活动验证", "短信", "短信验证", "短信通知", "登录验证", "注册验证", "系统通知",
    "系统消息", "平台通知", "温馨提示", "温馨提醒", "尊敬的用户", "会员", "会员中心",
    "用户中心", "商城", "公司", "店铺", "官方", "平台", "小程序",
    "test", "demo", "sms", "code", "notice", "admin",
))  # fmt: skip


def _is_domestic(character: str) -> bool:
    """Whether a character may stand in the name of a domestic signature."""
    if character.isascii():
        return character.isalnum()
    return "\u3400" <= character <= "\u9fff"


def _name_length(facts: SignatureFacts) -> Sequence[Finding]:
    least, most = LENGTHS[facts.signature.international]
    return name_length(facts, least, most)


def _name_characters(facts: SignatureFacts) -> Sequence[Finding]:
    name = BRACKETS.sub("", facts.signature.name)
    odd = "".join(c for c in dict.fromkeys(name) if not _is_domestic(c))
    if not facts.keys or not odd:
        return ()
    message = tell(
        "{odd!r} in the name: only Chinese, letters and digits are allowed", odd=odd
    )
    plain = normalize("NFKC", name)
    plain = "".join(filter(_is_domestic, plain))
    return (Finding(message, f"name: {plain}"),)


def _name_brackets(facts: SignatureFacts) -> Sequence[Finding]:
    name = facts.signature.name
    if not BRACKETS.search(name):
        return ()
    message = tell("brackets in the name: the service adds them itself")
    hint = f"name: {BRACKETS.sub('', name)}"
    return (Finding(message, hint, level=None if facts.keys else Level.WARNING),)


def _neutral_name(facts: SignatureFacts) -> Sequence[Finding]:
    name = facts.signature.name.lower()
    one_letter = len(name) > 1 == len(set(name))
    telling = name not in NEUTRAL and "测试" not in name and not one_letter
    if telling or not facts.keys:
        return ()
    message = tell(
        "{name} does not say who sends the message", name=facts.signature.name
    )
    return (Finding(message, tell("use the name on the licence or the trademark")),)


def _no_chinese_name(facts: SignatureFacts) -> Sequence[Finding]:
    name = facts.signature.name
    if not facts.keys or not name.isascii() or name.lower() in NEUTRAL:
        return ()
    message = tell("a name without Chinese is more often refused")
    return (Finding(message, tell("prefer the Chinese name if there is one")),)


SIGNATURE = Kind.SIGNATURE
_ASKED = (
    "tencent: {sign_type: company, document_type: business_license, purpose: own, "
    "proof_image: licence.png, qualification_id: 1}\nname: "
)

RULES = (
    Rule(
        "SF341",
        Level.ERROR,
        "A signature has 2 to 12 characters, an international one up to 15",
        SIGNATURES,
        READ,
        _name_length,
        kind=SIGNATURE,
        code="InvalidParameterValue.SignNameLengthTooLong",
        failing=f"{_ASKED}示例商城有限公司上海第一分公司",
        passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF342",
        Level.ERROR,
        "A domestic signature is Chinese, letters and digits",
        SIGNATURES,
        READ,
        _name_characters,
        kind=SIGNATURE,
        international=False,
        failing=f"{_ASKED}示例+商城",
        passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF343",
        Level.ERROR,
        "A signature's name is written without its brackets",
        SIGNATURES,
        READ,
        _name_brackets,
        kind=SIGNATURE,
        failing=f"{_ASKED}【示例商城】",
        passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF344",
        Level.WARNING,
        "A signature's name says whose it is",
        SIGNATURES,
        READ,
        _neutral_name,
        kind=SIGNATURE,
        failing=f"{_ASKED}验证码",
        passing=f"{_ASKED}示例商城",
    ),
    Rule(
        "SF345",
        Level.INFO,
        "A domestic signature is better off in Chinese",
        SIGNATURES,
        READ,
        _no_chinese_name,
        kind=SIGNATURE,
        international=False,
        failing=f"{_ASKED}ExampleShop",
        passing=f"{_ASKED}示例商城",
    ),
)
