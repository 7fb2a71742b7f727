"""The names in version 2019-07-11, of requests and of replies.

From the models of both versions in tencentcloud-sdk-python-sms 3.1.153, read
2026-11-29. There PhoneNumber of a receipt is the bare number and PurePhoneNumber the
one with its country, and times are texts of Beijing beside the unix ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import json

from smsform.hours import BEIJING
from smsform.providers.tencent import wire

Item = dict[str, object]

ACTIONS = frozenset(  # today's actions that existed then
    {
        wire.ADD_TEMPLATE, wire.MODIFY_TEMPLATE, wire.DELETE_TEMPLATE,
        wire.DESCRIBE_TEMPLATES, wire.ADD_SIGN, wire.MODIFY_SIGN, wire.DELETE_SIGN,
        wire.DESCRIBE_SIGNS, wire.SEND, wire.PULL, wire.PULL_BY_NUMBER,
        wire.PULL_REPLIES, wire.PULL_REPLIES_BY_NUMBER, wire.SEND_STATISTICS,
        wire.CALLBACK_STATISTICS, wire.PACKAGES,
    }
)  # fmt: skip
NAMES = {  # of parameters: then -> now
    "UsedMethod": "SignPurpose",
    "SmsSdkAppid": "SmsSdkAppId",
    "Sign": "SignName",
    "TemplateID": "TemplateId",
    "SendDateTime": "BeginTime",
    "EndDateTime": "EndTime",
}
_HOURS = {"StartDateTime": "BeginTime", "EndDataTime": "EndTime"}  # numbers, then
_EVER = {"BeginTime": "2000010100", "EndTime": "2099123123"}


def asked(action: str, params: Mapping[str, object]) -> dict[str, object]:
    """The parameters under today's names."""
    found = {NAMES.get(name, name): value for name, value in params.items()}
    if action in (wire.SEND_STATISTICS, wire.CALLBACK_STATISTICS):
        for old, new in _HOURS.items():
            if old in found:
                found[new] = str(found.pop(old))
    if action == wire.PACKAGES:  # then it was not limited in time
        return {**_EVER, **found}
    return found


def answered(action: str, payload: Mapping[str, object]) -> dict[str, object]:
    """The payload under the names of that version."""
    payload = json.decode(json.encode(payload))  # rows of lists are JSON already
    change = _CHANGED.get(action)
    if change is None:
        return {**payload}
    found: dict[str, object] = {}
    for name, value in payload.items():
        if isinstance(value, list):
            found[name] = [change({**item}) for item in value]
        else:
            found[name] = change({**value}) if isinstance(value, dict) else value
    return found


def _sign(item: Item) -> Item:
    return {**item, "SignApplyId": item["SignId"]}  # [I] the same


def _template(item: Item) -> Item:
    item.pop("TemplateContent")
    return item


def _receipt(item: Item) -> Item:
    item.pop("SessionContext")
    return {
        **_both(item, "UserReceiveTime"),
        "NationCode": item.pop("CountryCode"),
        "PurePhoneNumber": item.pop("PhoneNumber"),
        "PhoneNumber": item.pop("SubscriberNumber"),
        **item,
    }


def _reply(item: Item) -> Item:
    item.pop("SubscriberNumber")
    return {
        **_both(item, "ReplyTime"),
        "NationCode": item.pop("CountryCode"),
        "Sign": item.pop("SignName"),
        **item,
    }


def _package(item: Item) -> Item:
    return {
        **_both(item, "PackageCreateTime"),
        **_both(item, "PackageEffectiveTime"),
        **_both(item, "PackageExpiredTime"),
        "AmountOfPackage": item.pop("PackageAmount"),
        "TypeOfPackage": item.pop("PackageType"),
        **item,
    }


def _both(item: Item, name: str) -> Item:
    """A time, taken out of *item*, as the text it was and as the number beside it."""
    unix = int(str(item.pop(name)))
    text = datetime.fromtimestamp(unix, BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    return {name: text, name.replace("Time", "UnixTime"): unix}


_CHANGED: Mapping[str, Callable[[Item], Item]] = {
    wire.ADD_SIGN: _sign,
    wire.MODIFY_SIGN: _sign,
    wire.DESCRIBE_TEMPLATES: _template,
    wire.PULL: _receipt,
    wire.PULL_BY_NUMBER: _receipt,
    wire.PULL_REPLIES: _reply,
    wire.PULL_REPLIES_BY_NUMBER: _reply,
    wire.PACKAGES: _package,
}
