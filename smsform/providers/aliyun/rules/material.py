"""What reviewers are shown beside the text: scene and consent (SF442, SF443)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.errors import Level
from smsform.model import TemplateType
from smsform.pattern import pattern
from smsform.providers.aliyun.convert import TYPE
from smsform.providers.aliyun.keys import SIGN_SOURCES
from smsform.providers.aliyun.rules.sources import ERRORS, SDK
from smsform.rule import Finding, Rule, TemplateFacts
from smsform.words import tell

READ = "2026-11-29"
_LINK = pattern("https?://", re.I)
_SOURCES = {str(number): word for word, number in SIGN_SOURCES.items()}
_SIGNATURE = (
    "signature: mall\nsignatures: {mall: {name: 示例百货, "
    "aliyun: {sign_source: company, qualification_id: 2004393}}}"
)


def _source(facts: TemplateFacts) -> str:
    """The word for the source of the related signature; "" where it is not known."""
    if facts.signature is None:
        return ""
    given = str(facts.signature.overrides.get(TYPE, {}).get("sign_source", ""))
    return _SOURCES.get(given, given)


def _scene(facts: TemplateFacts) -> Sequence[Finding]:
    if not (source := _source(facts)):
        return ()
    scene = str(facts.template.overrides.get(TYPE, {}).get("apply_scene", "")).strip()
    at = facts.template.at
    if source == "app" and not _LINK.match(scene):
        message = tell("with the signature of an app the apply_scene is a link to it")
        return (Finding(message, "apply_scene: https://…", at),)
    if scene or source == "app":
        return ()
    message = tell(
        "a template with a signature of source {source} says where it is used",
        source=source,
    )
    hint = tell(
        "add apply_scene under aliyun: a sentence about the business, or a link"
    )
    return (Finding(message, hint, at),)


def _consent(facts: TemplateFacts) -> Sequence[Finding]:
    said = facts.template.overrides.get(TYPE, {})
    if said.get("more_data") or said.get("more_data_keys"):
        return ()
    message = tell("a promotion comes with proof that its users agreed to get it")
    hint = tell("put it into the evidence folder and state it under more_data")
    return (Finding(message, hint, facts.template.at),)


RULES = (
    Rule(
        "SF442", Level.ERROR, "A template says where it is used",
        f"{SDK}; {ERRORS}", READ, _scene, international=False, reads_text=False,
        code="MissApplySceneContent",
        failing=_SIGNATURE,
        passing=f"{_SIGNATURE}\naliyun: {{apply_scene: 会员商城的订单通知}}",
    ),
    Rule(
        "SF443", Level.WARNING, "A promotion comes with proof of consent",
        SDK, READ, _consent, international=False, reads_text=False,
        types=frozenset({TemplateType.MARKETING}), code="InvalidMoreData",
        failing="type: marketing\n"
        "content: 尊敬的会员，新茶上架，欢迎光临。拒收请回复R",
        passing="type: marketing\n"
        "content: 尊敬的会员，新茶上架，欢迎光临。拒收请回复R\n"
        "aliyun: {more_data: [consent.png]}",
    ),
)  # fmt: skip
