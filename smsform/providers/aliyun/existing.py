"""Replies of the service to what exists; pure.

Names and numbers are those of the official SDK (alibabacloud_dysmsapi20170525 4.6.0,
read 2026-11-21). What is written under one name is often read under another, and a list
shows less than a reading by id: ``item`` is a row of a list or, for an entry that was
read by id alone, that reply; ``detail`` is the reply beside a row of a list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from smsform.hours import BEIJING
from smsform.model import Attributes, Existing, Kind, Review, Value
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.convert import NUMBERS, as_json, is_number

Fields = Mapping[str, object]

REVIEWS = {
    wire.IN_REVIEW: Review.IN_REVIEW,
    wire.APPROVED: Review.APPROVED,
    wire.REJECTED: Review.REJECTED,
    wire.CANCELLED: Review.CANCELLED,
}
LISTED_REVIEWS = {
    wire.LISTED_IN_REVIEW: Review.IN_REVIEW,
    wire.LISTED_APPROVED: Review.APPROVED,
    wire.LISTED_REJECTED: Review.REJECTED,
    wire.LISTED_CANCELLED: Review.CANCELLED,
    wire.LISTED_CANCELLED_TEMPLATE: Review.CANCELLED,
}
# What the service made itself: gifts and tests. SignTag is read in the same way, which
# is inferred (2026-11-21): only its value for one's own entries is documented.
FOREIGN = (str(wire.GIFTED), str(wire.TEST))
NO_NOTE = "无审批备注"
_DATE = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
LONGEST_MARK = 64  # characters of an OrderId; eleven are usual


def existing_template(item: Fields, detail: Fields | None = None) -> Existing:
    """A row of QuerySmsTemplateList, a reply of GetSmsTemplate, or both."""
    both = {**item, **(detail or {})}
    # A row has other numbers in TemplateType, and the usual one in a second field.
    type = int(str(both.get(wire.SHOWN_TYPE, both.get("TemplateType", -1))))
    abroad = type == wire.INTERNATIONAL
    attributes: dict[str, Value] = {"TemplateType": type}
    if isinstance(text := both.get("TemplateContent"), str):
        attributes["TemplateContent"] = text
    if isinstance(text := both.get(wire.SHOWN_RULE), str):
        attributes["TemplateRule"] = _same_json(text)
    if abroad and str(intl := both.get("IntlType", "")).isdigit():
        attributes["IntlType"] = int(str(intl))
    if sign := both.get("RelatedSignName") or both.get(wire.SHOWN_SIGN):
        attributes["RelatedSignName"] = str(sign).strip()
    attributes |= _shared(both)
    return _existing(
        both,
        Kind.TEMPLATE,
        str(both["TemplateCode"]),
        str(both.get("TemplateName") or ""),
        attributes,
        both.get("TemplateStatus"),
        international=abroad,
        # Multimedia messages are submitted in parts: no definition can say them.
        foreign=type == wire.MULTIMEDIA or str(both.get("TemplateTag")) in FOREIGN,
    )


def existing_sign(item: Fields, detail: Fields | None = None) -> Existing:
    """A row of QuerySmsSignList, a reply of GetSmsSign, or both; its id is its name."""
    both = {**item, **(detail or {})}
    name = str(both["SignName"])
    attributes: dict[str, Value] = {"SignName": name, **_shared(both)}
    if isinstance(third := both.get("ThirdParty"), bool):
        attributes["ThirdParty"] = third
    for attribute in NUMBERS.values():
        if is_number(number := both.get(attribute)):
            attributes[attribute] = int(str(number))
    return _existing(
        both,
        Kind.SIGNATURE,
        name,
        name,
        attributes,
        both.get("SignStatus"),
        international=None,
        foreign=str(both.get("SignTag")) in FOREIGN,
    )


def _shared(item: Fields) -> dict[str, Value]:
    """The attributes that replies by id show of both kinds; examples end in a line
    break."""
    return {
        attribute: str(item[field] or "").strip()
        for field, attribute in (
            ("Remark", "Remark"),
            (wire.SHOWN_SCENE, "ApplySceneContent"),
        )
        if field in item
    }


def _existing(
    item: Fields,
    kind: Kind,
    id: str,
    name: str,
    attributes: Attributes,
    status: object,
    *,
    international: bool | None,
    foreign: bool,
) -> Existing:
    if status is None:
        review = LISTED_REVIEWS.get(str(item.get("AuditStatus")), Review.UNKNOWN)
    else:
        digits = str(status).strip()
        number = int(digits) if digits.isdigit() else -1
        review = REVIEWS.get(number, Review.UNKNOWN)
    return Existing(
        kind,
        id,
        name,
        review,
        attributes,
        international,
        note=_note(item) if review is Review.REJECTED else "",
        created=_created(item.get("CreateDate")),
        foreign=foreign,
        order=order_mark(item.get("OrderId")),
    )


def order_mark(order: object) -> str:
    """The number of an order of review, as text; "" for what cannot be one.

    Every submission gets another: creations and updates answer it, lists, readings by
    id and pushes show it ("ticket ID", official SDK 4.6.0, read 2026-11-30).
    """
    text = str(order) if type(order) is int else order
    if not isinstance(text, str) or len(text) > LONGEST_MARK:
        return ""
    return text if text.isprintable() else ""


def _note(item: Fields) -> str:
    """The reviewer's words: the reason, then the further remark."""
    for field in ("Reason", "AuditInfo"):
        reason = item.get(field)
        if isinstance(reason, Mapping):
            words = [reason.get("RejectInfo"), reason.get("RejectSubInfo")]
            said = dict.fromkeys(str(word).strip() for word in words if word)
            said.pop(NO_NOTE, None)
            return "\n".join(filter(None, said))
    return ""


def _created(date: object) -> int:
    """A date of the service as unix seconds; 0 for none, ValueError for no date."""
    if not date:
        return 0
    text = str(date).strip()
    if _DATE.fullmatch(text):  # the usual spelling, read in a twentieth of the time
        moment = datetime.fromisoformat(f"{text}+08:00")
    else:
        moment = datetime.strptime(text, wire.DATE).replace(tzinfo=BEIJING)
    return int(moment.timestamp())


def _same_json(text: str) -> str:
    """JSON in one spelling, for comparison; a text that is no JSON is left as it is."""
    try:
        return as_json(json.loads(text))
    except ValueError:
        return text.strip()
