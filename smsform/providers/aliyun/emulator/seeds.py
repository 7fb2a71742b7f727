"""Entries stored without the rules of submission."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from smsform.emulation.store import Entry, Place
from smsform.errors import ConfigError
from smsform.hours import BEIJING
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.account import (
    LISTED,
    NO_NOTE,
    STATUS,
    template_id,
)
from smsform.words import say

_REVIEWS: Mapping[str, Review] = {
    **{str(status): Review(review) for review, status in STATUS.items()},
    **{status: Review(review) for review, status in LISTED.items()},
    str(wire.APPROVED): Review.APPROVED,
    wire.LISTED_APPROVED: Review.APPROVED,
    wire.LISTED_CANCELLED_TEMPLATE: Review.CANCELLED,
}
# The service's own names beside the common ones; both are accepted.
_OWN = {
    "TemplateName": "name", "SignName": "name", "TemplateContent": "text",
    "TemplateStatus": "status", "SignStatus": "status", "AuditStatus": "status",
    "OuterTemplateType": "TemplateType", "VariableAttribute": "TemplateRule",
    "ApplyScene": "ApplySceneContent", "SignatureName": "RelatedSignName",
}  # fmt: skip
_COLUMNS = frozenset({
    "id", "kind", "name", "text", "review", "status", "note", "created", "region",
    "international", "TemplateCode", "CreateDate", "Reason", "AuditInfo",
})  # fmt: skip
_NUMBERS = (
    "TemplateType",
    "IntlType",
    "TemplateTag",
    "SignSource",
    "SignType",
    "QualificationId",
)


def entry(item: Mapping[str, object], place: Place, now: float) -> Entry:
    """An entry as Get or a list shows it, or ``{kind, name, text, review, …}``.

    Approved, a notification made by the user and created now unless it says otherwise;
    ``TemplateTag`` 3 is one given by the system, 4 a test. ConfigError when it cannot
    be read.
    """
    named = {_OWN.get(name, name): value for name, value in _outer_last(item)}
    signature = "SignName" in item or named.get("kind") == Kind.SIGNATURE
    if "name" not in named:
        raise ConfigError("seed", say("emulation.seed_entry", what="name"))
    try:
        rest = {n: _number(n, v) for n, v in named.items() if n not in _COLUMNS}
        created = _created(named, now)
        kept = {**rest, "first": created}
        if signature:
            kept |= {"material": rest, "shown": rest}
        else:
            kept.setdefault("TemplateType", wire.NOTIFICATION)
            if kept["TemplateType"] not in wire.LISTED_TYPES:
                raise ValueError(kept["TemplateType"])
        abroad = kept.get("TemplateType") == wire.INTERNATIONAL
        return Entry(
            _id(named),
            *place,
            kind=Kind.SIGNATURE if signature else Kind.TEMPLATE,
            international=None if signature else int(abroad),
            name=str(named["name"]),
            text=str(named.get("text", "")),
            review=_review(named),
            note=_note(named),
            created=created,
            judged=now,
            data=json.dumps(kept, ensure_ascii=False),
        )
    except (ValueError, KeyError) as error:
        text = say("emulation.seed_value", what=error)
        raise ConfigError("seed", text) from error


def _outer_last(item: Mapping[str, object]) -> list[tuple[str, object]]:
    """A row's fields, its TemplateType before OuterTemplateType, which counts."""
    return sorted(item.items(), key=lambda field: field[0] == "OuterTemplateType")


def _id(named: Mapping[str, object]) -> int:
    code = str(named.get("TemplateCode", ""))
    if not code:
        id = template_id(str(named.get("id", "")))
        return id if id else int(str(named.get("id", 0)))
    id = template_id(code)
    if id is None:
        raise ValueError(code)
    return id


def _number(name: str, value: object) -> object:
    return int(str(value)) if name in _NUMBERS else value


def _note(named: Mapping[str, object]) -> str:
    for said in (named.get("Reason"), named.get("AuditInfo")):
        if isinstance(said, Mapping) and said.get("RejectInfo", NO_NOTE) != NO_NOTE:
            return str(said["RejectInfo"])
    return str(named.get("note") or "")


def _created(named: Mapping[str, object], now: float) -> float:
    if shown := str(named.get("CreateDate", "")).strip():
        return datetime.strptime(shown, wire.DATE).replace(tzinfo=BEIJING).timestamp()
    return float(str(named.get("created", now)))


def _review(named: Mapping[str, object]) -> Review:
    if "status" in named:
        return _REVIEWS[str(named["status"])]
    return Review(str(named.get("review", Review.APPROVED)))
