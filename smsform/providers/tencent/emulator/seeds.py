"""Entries stored without the rules of submission."""

from __future__ import annotations

import json
from collections.abc import Mapping

from smsform.emulation.store import Entry, Place
from smsform.errors import ConfigError
from smsform.model import Kind, Review
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import STATUS
from smsform.words import say

_REVIEWS = {status: review for review, status in STATUS.items()}
# The service's own names beside the common ones; both are accepted.
_OWN = {
    "TemplateId": "id", "SignId": "id", "TemplateName": "name", "SignName": "name",
    "TemplateContent": "text", "International": "international",
    "ReviewReply": "note", "CreateTime": "created",
}  # fmt: skip
_COMMON = frozenset({"kind", "review", "region", *_OWN.values()})


def entry(item: Mapping[str, object], place: Place, now: float) -> Entry:
    """An entry as a list shows it, or ``{kind, name, text, review, …}``.

    Approved, domestic and submitted now unless it says otherwise. Every other field
    (SmsType, Remark, QualificationId) is kept. ConfigError when it cannot be read.
    """
    common = {_OWN.get(name, name): value for name, value in item.items()}
    signature = "SignName" in item or common.get("kind") == Kind.SIGNATURE
    if "name" not in common:
        raise ConfigError("seed", say("emulation.seed_entry", what="name"))
    rest = {n: v for n, v in common.items() if n not in _COMMON and n != "StatusCode"}
    try:
        market = _market(common.get("international", wire.DOMESTIC))
        return Entry(
            int(str(common.get("id", 0))),
            *place._replace(region=str(common.get("region", place.region))),
            kind=Kind.SIGNATURE if signature else Kind.TEMPLATE,
            international=market,
            name=str(common["name"]),
            text=str(common.get("text", "")),
            review=_review(common),
            note=str(common.get("note") or ""),
            created=float(str(common.get("created", now))),
            judged=now,
            data=json.dumps(rest, ensure_ascii=False),
        )
    except (ValueError, KeyError) as error:
        text = say("emulation.seed_value", what=error)
        raise ConfigError("seed", text) from error


def _market(value: object) -> int | None:
    markets = {wire.DOMESTIC: 0, wire.INTERNATIONAL: 1, wire.BOTH: None}
    return markets[int(value) if isinstance(value, bool) else int(str(value))]


def _review(common: Mapping[str, object]) -> Review:
    if "StatusCode" in common:
        return Review(_REVIEWS[int(str(common["StatusCode"]))])
    review = Review(str(common.get("review", Review.APPROVED)))
    if review not in STATUS:
        raise ValueError(review)
    return review
