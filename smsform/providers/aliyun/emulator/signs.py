"""The current signature actions, and what they refuse.

A signature is identified by its name. Once approved it may be changed; both reads show
the material that was first submitted or last approved, so a change shows once it is
approved.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from smsform.emulation.messages import Answer
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import storage
from smsform.providers.aliyun.emulator.account import (
    LISTED,
    PASSED,
    STATUS,
    Account,
    Item,
    as_data,
    date,
    first_submitted,
    reason,
)
from smsform.providers.aliyun.emulator.paper_settings import GOOD_QUALIFICATIONS
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.texts import (
    invalid,
    missing,
    refusal,
    unchangeable,
)

CREATIONS = (wire.CREATE_SIGN, wire.OLD_ADD_SIGN)
EDITABLE = PASSED | {Review.REJECTED}
SHORTEST, LONGEST = 2, 12  # characters of a name: the sign standard, read 2026-11-21
BANNED = ("测试", "test")
USAGE: Mapping[object, str] = {  # the words of GetSmsSign for SignSource [I]
    wire.COMPANY: "企事业单位的全称或简称。",
    wire.APP: "App应用的全称或简称。",
    wire.TRADEMARK: "已注册商标名称。",
}

_NAME = pattern(r"[0-9A-Za-z\u3400-\u9fff]+")


def create(account: Account, params: Parameters) -> Answer:
    """CreateSmsSign: a new signature in review; its name must be new."""
    check_quota(account)
    name = params["SignName"]
    _check_characters(name)
    if account.store.named(account.place, Kind.SIGNATURE, name):
        raise refusal("SignName.Exists")
    material = _material(account, params)
    submitted = submission(account, name, material, None)
    id = account.keep(submitted)
    return Answer({"SignName": name, "OrderId": submitted.fields["OrderId"]}, id)


def check_quota(account: Account) -> None:
    """A person may apply for one signature a day; the code is [I]."""
    if account.settings["individual"] and account.today(CREATIONS):
        raise refusal("isv.SIGN_COUNT_OVER_LIMIT")


def update(account: Account, params: Parameters) -> Answer:
    """UpdateSmsSign: new material for what is approved or rejected; review restarts."""
    name = params["SignName"]
    entry = account.sign(name, "SignatureNotFound")
    if entry.review not in EDITABLE:
        raise unchangeable(Kind.SIGNATURE, entry.review)
    submitted = submission(account, name, _material(account, params), entry)
    account.store.replace(submitted)
    payload = {"SignName": name, "OrderId": submitted.fields["OrderId"]}
    return Answer(payload, entry.id)


def delete(account: Account, params: Parameters) -> Answer:
    """DeleteSmsSign: any but one in review."""
    name = params["SignName"]
    entry = account.sign(name, "isv.SMS_SIGNATURE_ILLEGAL")  # [I] the code
    if entry.review == Review.IN_REVIEW:
        raise refusal("isv.ERROR_SIGN_NOT_DELETE")
    account.store.remove(entry.id)
    return Answer({"SignName": name}, entry.id)


def get(account: Account, params: Parameters) -> Answer:
    """GetSmsSign: status is a number, the tag a text; source and type are words."""
    from smsform.providers.aliyun.emulator.delivery import registrations

    entry = account.sign(params["SignName"], "SignatureNotFound")
    material = shown(entry)
    letter = material.get("AuthorizationLetterId", 0)
    return Answer(
        {
            "SignName": entry.name,
            "SignStatus": STATUS[entry.review],
            "CreateDate": date(first_submitted(entry)),
            "OrderId": entry.fields.get("OrderId", ""),
            "QualificationId": material.get("QualificationId", 0),
            "Remark": material.get("Remark", ""),
            "AuditInfo": account.verdict(entry),
            "FileUrlList": material.get("MoreData", []),
            "SignCode": _sign_code(entry),
            "SignTag": str(wire.BY_USER),
            "SignUsage": USAGE.get(material.get("SignSource"), ""),
            "ApplyScene": account.broken(str(material.get("ApplySceneContent", ""))),
            "ThirdParty": material.get("ThirdParty", False),
            "RegisterResult": 1 if entry.review == Review.APPROVED else -1,
            "AppIcpRecordId": material.get("AppIcpRecordId", 0),
            "TrademarkId": material.get("TrademarkId", 0),
            "AuthorizationLetterId": letter,
            "AuthorizationLetterAuditPass": bool(letter),
            "SignIspRegisterDetailList": registrations(account, entry),
        },
        entry.id,
    )


def _sign_code(entry: Entry) -> str:
    return f"SIGN_100000077042023_{int(first_submitted(entry))}_{entry.id:x}"


def query_list(account: Account, params: Parameters) -> Answer:
    """QuerySmsSignList: no qualification or remark; one key begins in lower case."""
    return account.listing(Kind.SIGNATURE, wire.LIST_SIGNS, params, _item)


def _item(entry: Entry) -> Item:
    material = shown(entry)
    type = int(str(material.get("SignType", wire.SIGN_GENERAL)))
    letter = material.get("AuthorizationLetterId", 0)
    return {
        "SignName": entry.name,
        "AuditStatus": LISTED[entry.review],
        "BusinessType": wire.BUSINESS_TYPES[type],
        "CreateDate": date(first_submitted(entry)),
        "OrderId": entry.fields.get("OrderId", ""),
        "Reason": reason(entry),
        "AppIcpRecordId": material.get("AppIcpRecordId", 0),
        "TrademarkId": material.get("TrademarkId", 0),
        "AuthorizationLetterId": letter,
        "authorizationLetterAuditPass": bool(letter),
    }


def shown(entry: Entry) -> Item:
    """The material both reads show: the approved, else what was shown before."""
    kept = entry.fields
    found = kept.get("material" if entry.review in PASSED else "shown")
    return dict(found) if isinstance(found, dict) else {}


def submission(
    account: Account, name: str, material: Item, before: Entry | None
) -> Entry:
    """The entry of an accepted submission, which replaces *before* if there is one."""
    kept = {
        "OrderId": account.order(),
        "first": first_submitted(before) if before else account.now,
        "shown": shown(before) if before else material,
        "material": material,
    }
    return Entry(
        before.id if before else 0,
        *account.place,
        kind=Kind.SIGNATURE,
        international=None,
        name=name,
        text="",
        review=Review.IN_REVIEW,
        created=account.now,
        data=as_data(kept),
    )


def _check_characters(name: str) -> None:
    """Form of a name; that length and banned words are told at once is [I]."""
    if any(unicodedata.category(char) in ("So", "Sk", "Cs") for char in name):
        raise refusal("isv.SMS_SIGN_EMOJI_ILLEGAL")
    if not fits(name):
        raise refusal("InvalidSignName")


def fits(name: str) -> bool:
    """Whether a name has the documented form."""
    return bool(
        SHORTEST <= len(name) <= LONGEST
        and _NAME.fullmatch(name)
        and not name.isdigit()
        and not any(word in name.lower() for word in BANNED)
    )


def _material(account: Account, params: Parameters) -> Item:
    """Every field but the name; refuses contradictory ones."""
    _check_qualification(account, params)
    _check_source(account, params)
    if not storage.is_there(account, params.get("MoreData", ())):
        raise invalid("MoreData")  # [I]
    return {
        name: params[name]
        for name in wire.SIGN_FIELDS
        if name in params and name != "SignName"
    }


def _check_qualification(account: Account, params: Parameters) -> None:
    state = account.known("qualifications", params["QualificationId"])
    if state is None:
        raise refusal("QualificationNotFound")
    if state not in GOOD_QUALIFICATIONS:
        raise refusal("InvalidQualification")
    third_party = params.get("ThirdParty", False)
    if state and third_party != (state == "third_party"):
        raise refusal("ParameterMismatch.ThirdParty")
    if not third_party:
        return
    if "AuthorizationLetterId" not in params:  # [I] the code
        raise refusal("SmsSignNotAuthorized")
    holder = account.known("letters", params["AuthorizationLetterId"])
    if holder is None:
        raise refusal("SmsAuthorizationLetterNotExist")
    if holder and holder != params["SignName"]:
        raise refusal("SmsAuthorizationLetterNotMatch")


def _check_source(account: Account, params: Parameters) -> None:
    """The fields a source requires beside the name: SDK 4.6.0's field comments."""
    source, scene = params["SignSource"], params.get("ApplySceneContent")
    if source == wire.APP:
        if scene is None:
            raise refusal("MissApplySceneContent")
        if not scene.startswith(("http://", "https://")):
            raise refusal("InvalidApplySceneContent")
        if "AppIcpRecordId" not in params:
            raise missing("AppIcpRecordId")  # [I]
        if account.known("app_records", params["AppIcpRecordId"]) is None:
            raise refusal("AppIcpRecordNotExist")
    if source == wire.TRADEMARK:
        if "TrademarkId" not in params:
            raise missing("TrademarkId")  # [I]
        if account.known("trademarks", params["TrademarkId"]) is None:
            raise refusal("TrademarkNotExist")
