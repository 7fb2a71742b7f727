"""What each action takes, and how a query's texts become typed parameters.

Fields, required ones, enumerations and lengths are those of the OpenAPI metadata
(2025-12) and of SDK 4.6.0. The gateway ignores what it does not know: every request
model carries OwnerId and the like. Read 2026-11-21.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.texts import invalid, missing, refusal

Parameters = Mapping[str, Any]


class Field(NamedTuple):
    """One field: its type, ``str``, ``int``, ``bool`` or ``list``, and its limits.

    A list holds texts, or numbers where ``numbers``. ``longest`` is in characters;
    ``among`` are the allowed numbers, () for any.
    """

    type: type
    required: bool = False
    longest: int | None = None
    among: tuple[int, ...] = ()
    numbers: bool = False


_TEMPLATE = {
    "TemplateName": Field(str, True, 30),
    "TemplateContent": Field(str, True, 500),
    "TemplateType": Field(int, True, among=(0, 1, 2, 3)),
    "Remark": Field(str, longest=500),
    "RelatedSignName": Field(str),
    "TemplateRule": Field(str),
    "MoreData": Field(list),
    "ApplySceneContent": Field(str),
    "IntlType": Field(int, among=(0, 1, 2)),
    "TrafficDriving": Field(str),
}
_SIGN = {
    "SignName": Field(str, True),
    "SignSource": Field(int, True, among=(wire.COMPANY, wire.APP, wire.TRADEMARK)),
    "QualificationId": Field(int, True),
    "SignType": Field(int, among=(wire.SIGN_VERIFICATION, wire.SIGN_GENERAL)),
    "ThirdParty": Field(bool),
    "Remark": Field(str, longest=500),
    "MoreData": Field(list),
    "ApplySceneContent": Field(str),
    "AuthorizationLetterId": Field(int),
    "AppIcpRecordId": Field(int),
    "TrademarkId": Field(int),
}
_PAGE = {"PageIndex": Field(int), "PageSize": Field(int)}
_OLD_TEMPLATE = {
    "TemplateType": Field(int, True),
    "TemplateName": Field(str, True),
    "TemplateContent": Field(str, True),
    "Remark": Field(str, True),
}
_OLD_SIGN = {
    "SignName": Field(str, True),
    "SignSource": Field(int, True),
    "Remark": Field(str, True),
    "SignType": Field(int),
}
_SEND = {
    "PhoneNumbers": Field(str, True),
    "SignName": Field(str, True),
    "TemplateCode": Field(str, True),
    "TemplateParam": Field(str),
    "SmsUpExtendCode": Field(str),
    "OutId": Field(str, longest=255),  # document: shorter than 256
}
_CODE, _NAME = {"TemplateCode": Field(str, True)}, {"SignName": Field(str, True)}

FIELDS: Mapping[str, Mapping[str, Field]] = {
    wire.CREATE_TEMPLATE: _TEMPLATE,
    wire.UPDATE_TEMPLATE: _CODE | _TEMPLATE,
    wire.GET_TEMPLATE: _CODE,
    wire.DELETE_TEMPLATE: _CODE,
    wire.LIST_TEMPLATES: _PAGE,
    wire.USABLE_TEMPLATES: _PAGE | {"TemplateCode": Field(str)},
    wire.PERMIT_MATERIAL: {"BizType": Field(str)},
    wire.PERMIT_RECORD: {"TaskType": Field(str)},
    wire.CREATE_SIGN: _SIGN,
    wire.UPDATE_SIGN: _SIGN,
    wire.GET_SIGN: _NAME,
    wire.DELETE_SIGN: _NAME,
    wire.LIST_SIGNS: _PAGE,
    wire.QUERY_LETTERS: {
        "AuthorizationLetterIdList": Field(list, numbers=True),
        "OrganizationCode": Field(str, longest=150),
        "SignName": Field(str),
        "State": Field(str),
        "Status": Field(str),
    },
    wire.QUERY_TRADEMARKS: {"TrademarkIdList": Field(list, True, numbers=True)},
    wire.QUERY_QUALIFICATION: {
        "QualificationGroupId": Field(int, True),
        "OrderId": Field(int),
    },
    wire.QUERY_APP_RECORDS: {"AppIcpRecordIdList": Field(list, True, numbers=True)},
    wire.OLD_ADD_TEMPLATE: _OLD_TEMPLATE,
    wire.OLD_MODIFY_TEMPLATE: _CODE | _OLD_TEMPLATE,
    wire.OLD_QUERY_TEMPLATE: _CODE,
    wire.OLD_ADD_SIGN: _OLD_SIGN,
    wire.OLD_MODIFY_SIGN: _OLD_SIGN,
    wire.OLD_QUERY_SIGN: _NAME,
    wire.SEND: _SEND,
    wire.SEND_BATCH: {
        "PhoneNumberJson": Field(str, True),
        "SignNameJson": Field(str, True),
        "TemplateCode": Field(str, True),
        "TemplateParamJson": Field(str),
        "SmsUpExtendCodeJson": Field(str),
        "OutId": Field(str, longest=255),
    },
    wire.SEND_DETAILS: {
        "PhoneNumber": Field(str, True),
        "SendDate": Field(str, True),
        "PageSize": Field(int, True),
        "CurrentPage": Field(int, True),
        "BizId": Field(str),
    },
    wire.SEND_STATISTICS: {
        "IsGlobe": Field(int, True, among=(1, 2)),
        "StartDate": Field(str, True),
        "EndDate": Field(str, True),
        "PageIndex": Field(int, True),
        "PageSize": Field(int, True),
        "TemplateType": Field(int, among=(0, 1, 2, 3, 7)),
        "SignName": Field(str),
    },
}

_INTEGER = pattern(r"-?\d{1,18}")
_FILE = pattern(r"SignFileList\.(\d+)\.(FileContents|FileSuffix)")


def check(action: str, given: Mapping[str, str]) -> Parameters:
    """The parameters typed; refuses missing ones, then those not valid.

    An empty text counts as not sent. For TemplateName alone that has a code of its own:
    HTTP 404, as published.
    """
    fields = FIELDS[action]
    texts = {name: _text(name, field, given) for name, field in fields.items()}
    if texts.get("TemplateName") == "":
        raise refusal("MissingTemplateName")
    for name, field in fields.items():
        if field.required and not texts[name]:
            raise refusal("MissingSignName") if name == "SignName" else missing(name)
    return {
        name: _typed(name, text, fields[name]) for name, text in texts.items() if text
    }


def _text(name: str, field: Field, given: Mapping[str, str]) -> str | None:
    """The text as sent; ``Name.1=…&Name.2=…`` as the JSON list it stands for [I]."""
    if field.type is list and name not in given:
        items: list[str] = []
        while (item := given.get(f"{name}.{len(items) + 1}")) is not None:
            items.append(item)
        return json.dumps(items) if items else None
    return given.get(name)


def _typed(name: str, text: str, field: Field) -> object:
    if field.type is int:
        if not _INTEGER.fullmatch(text):
            raise invalid(name)
        number = int(text)
        if field.among and number not in field.among:
            raise invalid(name)
        return number
    if field.type is bool:
        if text.lower() not in ("true", "false"):
            raise invalid(name)
        return text.lower() == "true"
    if field.type is list:
        return _items(name, text, int if field.numbers else str)
    units = (
        len(text.encode("utf-16-le", "surrogatepass")) // 2
    )  # as messages are billed [I]
    if field.longest is not None and units > field.longest:
        raise invalid(name)
    return text


def _items(name: str, text: str, of: type) -> list[object]:
    try:
        items = json.loads(text)
    except ValueError as error:
        raise invalid(name) from error
    if not isinstance(items, list) or not all(type(item) is of for item in items):
        raise invalid(name)
    return items


def page(params: Parameters) -> tuple[int, int]:
    """PageIndex and PageSize; the largest size and these codes are [I]."""
    index, size = params.get("PageIndex", 1), params.get("PageSize", wire.DEFAULT_PAGE)
    if index < 1:
        raise invalid("PageIndex")
    if not 1 <= size <= wire.PAGE:
        raise invalid("PageSize")
    return index, size


def files(given: Mapping[str, str]) -> list[dict[str, str]]:
    """``SignFileList.N.FileContents`` and ``.FileSuffix`` as a list of both."""
    found: dict[int, dict[str, str]] = {}
    for name, value in given.items():
        if match := _FILE.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = value
    return [found[number] for number in sorted(found)]
