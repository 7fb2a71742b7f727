"""What each action takes, and how bodies and query strings become typed parameters.

Fields and their types are those of the SDK's models.py (3.1.153); required ones are
those tccli's api.json marks (2026-08-21).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from smsform.pattern import pattern
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.texts import refusal

Parameters = Mapping[str, Any]


_Type = type


class Field(NamedTuple):
    """One field: its type (``str``, ``int`` or ``list``), whether required.

    ``item`` is the type of a list's items.
    """

    type: type
    required: bool = True
    item: _Type = int


_TEMPLATE = {
    "TemplateName": Field(str),
    "TemplateContent": Field(str),
    "SmsType": Field(int),
    "International": Field(int),
    "Remark": Field(str),
}
_SIGN = {
    "SignName": Field(str), "SignType": Field(int), "DocumentType": Field(int),
    "International": Field(int), "SignPurpose": Field(int), "ProofImage": Field(str),
    "CommissionImage": Field(str, False), "Remark": Field(str, False),
    "QualificationId": Field(int, False),
}  # fmt: skip
_PAGE = {
    "International": Field(int),
    "Limit": Field(int, False),
    "Offset": Field(int, False),
}

_QUEUE = {"Limit": Field(int), "SmsSdkAppId": Field(str)}
_BY_NUMBER = {
    **_QUEUE,
    "BeginTime": Field(int),
    "Offset": Field(int),
    "PhoneNumber": Field(str),
    "EndTime": Field(int, False),
}
_STATISTICS = {
    "BeginTime": Field(str),
    "EndTime": Field(str),
    "SmsSdkAppId": Field(str),
    "Limit": Field(int),
    "Offset": Field(int),
}
_MESSAGE = {  # of MultiSmsInfoSet
    "PhoneNumber": Field(str), "TemplateId": Field(str),
    "TemplateParamSet": Field(list, False, str), "SenderId": Field(str, False),
    "SessionContext": Field(str, False), "SignName": Field(str, False),
}  # fmt: skip

FIELDS: Mapping[str, Mapping[str, Field]] = {
    wire.ADD_TEMPLATE: _TEMPLATE,
    wire.MODIFY_TEMPLATE: {"TemplateId": Field(int), **_TEMPLATE},
    wire.DELETE_TEMPLATE: {"TemplateId": Field(int)},
    wire.DESCRIBE_TEMPLATES: {"TemplateIdSet": Field(list, False), **_PAGE},
    wire.ADD_SIGN: _SIGN,
    wire.MODIFY_SIGN: {"SignId": Field(int), **_SIGN},
    wire.DELETE_SIGN: {"SignId": Field(int)},
    wire.DESCRIBE_SIGNS: {"SignIdSet": Field(list, False), **_PAGE},
    wire.SEND_ABROAD: {
        "SmsSdkAppId": Field(str),
        "MultiSmsInfoSet": Field(list, item=dict),
    },
    wire.PULL: _QUEUE,
    wire.PULL_REPLIES: _QUEUE,
    wire.PULL_BY_NUMBER: _BY_NUMBER,
    wire.PULL_REPLIES_BY_NUMBER: _BY_NUMBER,
    wire.DESCRIBE_RECORDS: {
        "PhoneNumber": Field(str),
        "SmsSdkAppId": Field(str),
        "BeginTime": Field(int),
        "EndTime": Field(int, False),
        "Limit": Field(int, False),
        "Offset": Field(int, False),
    },
    wire.SEND_STATISTICS: _STATISTICS,
    wire.CALLBACK_STATISTICS: _STATISTICS,
    wire.PACKAGES: _STATISTICS,
    wire.DESCRIBE_NUMBERS: {"PhoneNumberSet": Field(list, item=str)},
    wire.REPORT_CONVERSION: {
        "SmsSdkAppId": Field(str),
        "SerialNo": Field(str),
        "ConversionTime": Field(int),
    },
    wire.SEND: {
        "PhoneNumberSet": Field(list, item=str),
        "SmsSdkAppId": Field(str),
        "TemplateId": Field(str),
        "SignName": Field(str, False),
        "TemplateParamSet": Field(list, False, str),
        "ExtendCode": Field(str, False),
        "SessionContext": Field(str, False),
        "SenderId": Field(str, False),
    },
}

_INTEGER = pattern(r"-?\d{1,18}")
DEEPEST = 8  # levels of a name with dots; no action of this product has so many
LONGEST_INDEX = 6  # digits


def from_json(body: bytes) -> Parameters:
    """The object in a JSON body. Which code each kind of damage gets is [I]."""
    try:
        params = _READER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise refusal("InternalError.JsonParseFail") from error
    if not isinstance(params, dict):
        raise refusal("FailedOperation.FailResolvePacket")
    if _HALF.search(body):
        try:
            json.dumps(params, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise refusal("FailedOperation.JsonParseFail") from error
    return params


def _refuse_constant(name: str) -> object:
    raise ValueError(name)  # NaN and Infinity are extensions of Python's JSON reader


_READER = json.JSONDecoder(parse_constant=_refuse_constant)
_HALF = pattern(rb"\\u[dD][89a-fA-F]")  # a surrogate, which may be without the other


def from_form(text: str) -> dict[str, str]:
    """A form or query as its decoded pairs; ValueError when it is not UTF-8."""
    pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict")
    return dict(pairs)


def unflatten(pairs: Mapping[str, str]) -> Parameters:
    """``Ids.0=3&Ids.1=4`` as a list again, in whatever depth: ``A.0.B.0=x``.

    A name that is both a value and a list keeps its dots, so that it is unknown.
    """
    params: dict[str, Any] = {}
    nested: dict[str, dict[str, str]] = {}
    for name, value in pairs.items():
        first, dot, rest = name.partition(".")
        if dot and first and rest and first not in pairs and _depth(rest) <= DEEPEST:
            nested.setdefault(first, {})[rest] = value
        else:
            params[name] = value
    for name, inside in nested.items():
        found = unflatten(inside)
        params[name] = _as_list(found) if all(map(_is_index, found)) else found
    return params


def _depth(name: str) -> int:
    return name.count(".") + 1


def _is_index(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) <= LONGEST_INDEX


def _as_list(found: Mapping[str, Any]) -> list[Any]:
    return [found[index] for index in sorted(found, key=int)]


def check(action: str, params: Parameters, *, strings_pass: bool) -> Parameters:
    """The parameters typed; refuses unknown, missing and mistyped ones, in that order.

    *strings_pass*: ``"1110"`` is taken for a number; always so in a form or query.
    """
    return _checked(FIELDS[action], params, "", strings_pass)


def _checked(
    fields: Mapping[str, Field], params: Parameters, path: str, strings_pass: bool
) -> Parameters:
    for name in params:
        if name not in fields:
            raise refusal("UnknownParameter", name=f"{path}{name}")
    given = {name: value for name, value in params.items() if value is not None}
    for name, field in fields.items():
        if field.required and name not in given:
            raise refusal("MissingParameter", name=f"{path}{name}")
    return {
        name: _typed(f"{path}{name}", value, fields[name], strings_pass)
        for name, value in given.items()
    }


def _typed(name: str, value: object, field: Field, strings_pass: bool) -> object:
    type = field.type
    if type is str and isinstance(value, str):
        return value
    if type is int:
        if strings_pass and isinstance(value, str) and _INTEGER.fullmatch(value):
            return int(value)
        if isinstance(value, int) and value is not True and value is not False:
            return _in_range(name, value)
    if type is dict and isinstance(value, dict):
        return _checked(_MESSAGE, value, f"{name}.", strings_pass)
    if type is list and isinstance(value, list):
        item = Field(field.item)
        return [
            _typed(f"{name}.{i}", v, item, strings_pass) for i, v in enumerate(value)
        ]
    raise refusal("InvalidParameter", name=name)


def _in_range(name: str, number: int) -> int:
    if not -(2**63) <= number < 2**63:
        raise refusal("InvalidParameter", name=name)
    return number
