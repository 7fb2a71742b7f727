"""SendBatchSms: up to 100 numbers, each with a signature and values of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from smsform.emulation.messages import Answer
from smsform.providers.aliyun.emulator.account import Account
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.sending import judge
from smsform.providers.aliyun.emulator.sending.send import (
    accept,
    message,
    new_id,
    recipient,
)
from smsform.providers.aliyun.emulator.texts import refusal

MOST_NUMBERS = 100


def send(account: Account, params: Parameters) -> Answer:
    """SendBatchSms: lists equally long, matched by position; one template for all.

    Domestic numbers and others do not mix: the template serves one market only.
    """
    numbers = _texts(params, "PhoneNumberJson")
    if len(numbers) > MOST_NUMBERS:
        raise refusal("isv.MOBILE_COUNT_OVER_LIMIT")
    signatures = _texts(params, "SignNameJson", len(numbers))
    values = _list(params, "TemplateParamJson", len(numbers))
    extends = _texts(params, "SmsUpExtendCodeJson", len(numbers))
    biz_id = new_id()
    sent = []
    for number, signature, given, extend in zip(
        numbers, signatures, values, extends, strict=True
    ):
        text = json.dumps(given, ensure_ascii=False) if given is not None else None
        filled = judge.fill(account, signature, params["TemplateCode"], text, extend)
        made = message(
            account, filled, recipient(number), biz_id, params.get("OutId", ""), extend
        )
        sent.append((filled, made))
    accept(account, sent)
    return Answer({"BizId": biz_id})


def _texts(params: Parameters, name: str, size: int | None = None) -> Sequence[str]:
    items = _list(params, name, size)
    if not all(item is None or isinstance(item, str) for item in items):
        raise refusal("isv.INVALID_JSON_PARAM")
    return [item or "" for item in items]


def _list(params: Parameters, name: str, size: int | None = None) -> Sequence[Any]:
    """A JSON array as long as the first one; a missing one is filled with None."""
    if name not in params and size is not None:
        return [None] * size
    try:
        items = json.loads(params[name])
    except (ValueError, RecursionError) as error:
        raise refusal("isv.INVALID_JSON_PARAM") from error
    if not isinstance(items, list) or not items:
        raise refusal("isv.INVALID_JSON_PARAM")
    if size is not None and len(items) != size:  # [I] the code
        raise refusal("isv.INVALID_PARAMETERS", name=name)
    return items
