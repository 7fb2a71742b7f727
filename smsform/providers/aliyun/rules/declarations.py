"""Links and phones that are declared to the reviewers, 引流 (SF435 to SF437)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache

from smsform.errors import Level
from smsform.model import TemplateType
from smsform.providers.aliyun import traffic, wire
from smsform.providers.aliyun.convert import TYPE
from smsform.providers.aliyun.rules import contacts
from smsform.providers.aliyun.rules.sources import NOTICES, READ, SDK
from smsform.rejections.phones import MOBILE
from smsform.rule import Finding, Rule, TemplateFacts
from smsform.words import tell

_EXAMPLE = (
    "content: 详情请见https://example.com/orders\naliyun: {traffic_driving: "
    "[{content: example.com, company: 示例商城有限公司, "
    "organization_code: 91310000MA1FL00000, icp_no: 沪ICP备00000000号, "
    "icp_picture_key: 1000/icp.png%s}]}"
)


@lru_cache(maxsize=1)  # three rules ask, one after the other
def _listed(facts: TemplateFacts) -> list[traffic.Listed]:
    given = facts.template.overrides.get(TYPE, {}).get("traffic_driving")
    return traffic.listed(given)


def _undeclared(facts: TemplateFacts) -> Sequence[Finding]:
    found = contacts.found(facts)
    if not found:
        return ()
    declared = _listed(facts)
    return [
        Finding(
            tell("{item} is not declared: reviewers ask whose it is", item=item),
            "aliyun: {traffic_driving: [{content: …, company: …, "
            "organization_code: …}]}",
        )
        for item in found
        if not any(contacts.covers(each, item) for each in declared)
    ]


def _incomplete(facts: TemplateFacts) -> Sequence[Finding]:
    return list(_flaws(listed)) if (listed := _listed(facts)) else ()


def _flaws(listed: Sequence[traffic.Listed]) -> Iterator[Finding]:
    for number, each in enumerate(listed, 1):
        where = tell("traffic_driving, entry {number}", number=number)
        for key in each.unknown:
            near = get_close_matches(key, traffic.KEYS, 1) or list(traffic.KEYS)
            yield Finding(
                tell("{where}: {key!r} is not known", where=where, key=key),
                tell("one of: {names}", names=", ".join(near)),
            )
        if missing := [key for key in traffic.REQUIRED if not each.fields.get(key)]:
            yield Finding(
                tell("{where} lacks {names}", where=where, names=", ".join(missing))
            )
        if each.type not in wire.TRAFFIC:
            near = get_close_matches(each.type, wire.TRAFFIC, 1)
            hint = ", ".join(near or wire.TRAFFIC)
            yield Finding(
                tell("{where}: {type!r} is no type", where=where, type=each.type), hint
            )
        picture = any(each.fields.get(key) for key in traffic.PICTURES)
        if each.type == traffic.DOMAIN and not (each.fields.get("icp_no") and picture):
            yield Finding(
                tell("{where}: a domain needs its icp_no and icp_picture", where=where)
            )
        if MOBILE.fullmatch(each.content):
            message = tell(
                "{where}: {content} is a mobile number",
                where=where,
                content=each.content,
            )
            yield Finding(
                message, tell("only landlines and service numbers are accepted")
            )


def _spare(facts: TemplateFacts) -> Sequence[Finding]:
    if not (declared := _listed(facts)):
        return ()
    found = contacts.found(facts)
    return [
        Finding(
            tell("{content} is declared and not in the text", content=each.content),
            tell("drop it"),
        )
        for each in declared
        if each.content
        and "variable" not in each.fields
        and each.content not in facts.outline
        and not any(contacts.covers(each, item) for item in found)
    ]


MESSAGES = frozenset({TemplateType.NOTIFICATION, TemplateType.MARKETING})

RULES = (
    Rule(
        "SF435",
        Level.WARNING,
        "Links and phone numbers of a text are declared",
        f"{NOTICES}; {SDK}",
        READ,
        _undeclared,
        types=MESSAGES,
        international=False,
        failing="content: 详情请见https://example.com/orders",
        passing=_EXAMPLE % "",
    ),
    Rule(
        "SF436",
        Level.ERROR,
        "A declaration of a link or number is complete",
        SDK,
        READ,
        _incomplete,
        international=False,
        failing=_EXAMPLE.replace("company: 示例商城有限公司, ", "") % "",
        passing=_EXAMPLE % "",
    ),
    Rule(
        "SF437",
        Level.WARNING,
        "What is declared occurs in the text",
        SDK,
        READ,
        _spare,
        international=False,
        failing=_EXAMPLE.replace("content: example.com", "content: example.org") % "",
        passing=_EXAMPLE % "",
    ),
)
