"""The four template actions, and what they refuse."""

from __future__ import annotations

import json
import re

from smsform.emulation.messages import Answer
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator import contents
from smsform.providers.tencent.emulator.account import (
    EDITABLE,
    STATUS,
    Account,
    Item,
    check_market,
    describe,
    serves,
)
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.settings import DIRTY_WORDS
from smsform.providers.tencent.emulator.texts import refusal

UNSUBSCRIBE = "拒收请回复R"  # notice 382/100568, since 2023-10
TYPES = {
    wire.MARKETING: "marketing",
    wire.NOTIFICATION: "notification",
    wire.VERIFICATION: "verification",
}

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def add(account: Account, params: Parameters) -> Answer:
    """AddSmsTemplate: a new template in review. Its id is text here, as documented."""
    if not account.store.count(account.place, Kind.SIGNATURE):
        raise refusal("FailedOperation.MissingSignature")
    submitted = _submission(account, params)
    quota = account.settings["template_quota"]
    assert isinstance(quota, int)
    if account.store.count(account.place, Kind.TEMPLATE) >= quota:
        raise refusal("FailedOperation.TemplateNumberLimit")
    _check_name(account, params, but=None)
    id = account.store.add(submitted)
    return Answer({wire.PAYLOAD[wire.ADD_TEMPLATE]: {"TemplateId": str(id)}}, id)


def modify(account: Account, params: Parameters) -> Answer:
    """ModifySmsTemplate: replaces all of a template in review or rejected.

    Review starts again and CreateTime is the new submission's [I].
    """
    if not account.store.count(account.place, Kind.TEMPLATE):
        raise refusal("FailedOperation.MissingTemplateList")
    missing = "FailedOperation.MissingTemplateToModify"
    entry = account.find(Kind.TEMPLATE, params["TemplateId"], missing)
    if entry.review not in EDITABLE:
        raise refusal("FailedOperation.TemplateAlreadyPassedCheck")
    submitted = _submission(account, params)
    if not serves(entry, params["International"]):
        raise refusal("InvalidParameterValue.InvalidInternational")
    _check_name(account, params, but=entry.id)
    account.store.replace(
        submitted._replace(id=entry.id, international=entry.international)
    )
    payload = {wire.PAYLOAD[wire.MODIFY_TEMPLATE]: {"TemplateId": entry.id}}
    return Answer(payload, entry.id)


def delete(account: Account, params: Parameters) -> Answer:
    """DeleteSmsTemplate: in any state, as far as documents tell."""
    missing = "FailedOperation.TemplateIdNotExist"
    entry = account.find(Kind.TEMPLATE, params["TemplateId"], missing)
    done = account.delete(entry)
    return Answer({wire.PAYLOAD[wire.DELETE_TEMPLATE]: done}, entry.id)


def describe_list(account: Account, params: Parameters) -> Answer:
    """DescribeSmsTemplateList: SmsType and Remark stay hidden; Limit defaults to 0."""
    return describe(
        account,
        Kind.TEMPLATE,
        wire.DESCRIBE_TEMPLATES,
        params,
        ids="TemplateIdSet",
        limit=0,
        item=_item,
        kept=True,
        missing="FailedOperation.MissingTemplateToModify",
    )


def _item(entry: Entry) -> Item:
    market = wire.BOTH if entry.international is None else entry.international
    return {
        "TemplateName": entry.name,
        "TemplateId": entry.id,
        "International": market,
        "ReviewReply": entry.note,
        "CreateTime": int(entry.created),
        "TemplateContent": entry.text,
        "StatusCode": STATUS[entry.review],
    }


def _submission(account: Account, params: Parameters) -> Entry:
    """An accepted submission, in review; refuses what the service refuses."""
    market = check_market(params)
    if params["SmsType"] not in TYPES:  # 0 was the old 'regular', gone since 2024-09
        raise refusal("InvalidParameterValue.InvalidSmsType")
    if not params["TemplateName"].strip():
        raise refusal("InvalidParameter.InvalidParameters", name="TemplateName")
    text = params["TemplateContent"]
    contents.check_text(text)
    _check_type(account, params["SmsType"], text, market)
    _check_words(params)
    hidden = {"SmsType": params["SmsType"], "Remark": params["Remark"]}
    return Entry(
        0,
        *account.place,
        kind=Kind.TEMPLATE,
        international=market,
        name=params["TemplateName"],
        text=_normalised(text) if account.settings["normalise"] else text,
        review=Review.IN_REVIEW,
        created=account.now,
        data=json.dumps(hidden, ensure_ascii=False),
    )


def _check_type(account: Account, sms_type: int, text: str, market: int) -> None:
    domestic = market == wire.DOMESTIC
    allowed = account.settings["variables_in"]
    assert isinstance(allowed, tuple)
    if sms_type == wire.MARKETING:
        if not account.settings["marketing"]:
            raise refusal("FailedOperation.ForbidAddMarketingTemplates")
        if domestic and not text.endswith(UNSUBSCRIBE):
            code = "InvalidParameterValue.MarketingTemplateWithoutUnsubscribe"
            raise refusal(code)
    if domestic and TYPES[sms_type] not in allowed and contents.VARIABLE.search(text):
        raise refusal("InvalidParameterValue.UnsupportedTemplateVariable")


def _check_words(params: Parameters) -> None:
    for word in DIRTY_WORDS:
        if word in params["TemplateContent"]:
            raise refusal("InvalidParameterValue.TemplateWithDirtyWords")
        if word in params["TemplateName"] + params["Remark"]:  # [I] which code where
            raise refusal("InvalidParameter.DirtyWordFound")


def _check_name(account: Account, params: Parameters, but: int | None) -> None:
    if not account.settings["unique_names"]:
        return
    name, market = params["TemplateName"], params["International"]
    for other in account.named(Kind.TEMPLATE, name, market):
        if other.id != but:  # [I] 2026-11-21: no code for it is documented
            raise refusal("FailedOperation.OtherError", what="template name exists")


def _normalised(text: str) -> str:
    return re.sub(r"  +", " ", text.translate(_FULL_WIDTH).strip())
