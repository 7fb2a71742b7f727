"""The four signature actions, and what they refuse."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping

from smsform.emulation.messages import Answer
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.pattern import pattern
from smsform.providers.tencent import wire
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
from smsform.providers.tencent.emulator.settings import DIRTY_WORDS, QUALIFICATIONS
from smsform.providers.tencent.emulator.texts import refusal

# SignType -> DocumentTypes, models.py of SDK 3.1.153: domestic first, then what is
# left abroad, then what the international site's SDK (3.1.161) still lists.
DOCUMENTS: Mapping[int, frozenset[int]] = {
    0: frozenset({0, 1}),
    4: frozenset({7}),
    5: frozenset({2, 3}),
}
DOCUMENTS_ABROAD = {**DOCUMENTS, 1: frozenset({0, 1, 2, 3, 4})}
DOCUMENTS_INTERNATIONAL_SITE = {
    **DOCUMENTS_ABROAD,
    2: frozenset({0, 1, 2, 3, 5}),
    3: frozenset({0, 1, 2, 3, 8}),
    6: frozenset({0, 1, 2, 3, 6}),
}

SHORTEST = 2
LONGEST = {wire.DOMESTIC: 12, wire.INTERNATIONAL: 15}  # characters of a name
LARGEST_IMAGE = 5 * 1024 * 1024  # bytes: the sign standard of the documents
OTHERS_USE = 1  # SignPurpose that needs the owner's commission

_DOMESTIC_NAME = pattern(r"[0-9A-Za-z\u3400-\u9fff]+")
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def add(account: Account, params: Parameters) -> Answer:
    """AddSmsSign: a new signature in review."""
    # UsedMethod is the 2019 name of SignPurpose; Add still refuses by that name.
    submitted = _submission(account, params, "InvalidParameterValue.InvalidUsedMethod")
    _check_image("ProofImage", params["ProofImage"], account)
    _check_qualification(account, params, needed=True)
    _check_name(account, params, but=None)
    quota = account.settings["sign_quota"]
    assert isinstance(quota, int)
    if account.store.count(account.place, Kind.SIGNATURE) >= quota:
        raise refusal("FailedOperation.SignNumberLimit")
    id = account.store.add(submitted)
    return Answer({wire.PAYLOAD[wire.ADD_SIGN]: {"SignId": id}}, id)


def modify(account: Account, params: Parameters) -> Answer:
    """ModifySmsSign: replaces a signature in review or rejected; review restarts.

    tccli's example sends empty images, so those are taken for unchanged.
    """
    if not account.store.count(account.place, Kind.SIGNATURE):
        raise refusal("FailedOperation.MissingSignatureList")
    missing = "FailedOperation.MissingSignatureToModify"
    entry = account.find(Kind.SIGNATURE, params["SignId"], missing)
    if entry.review not in EDITABLE:
        raise refusal("InvalidParameterValue.SignAlreadyPassedCheck")
    bad_purpose = "InvalidParameterValue.InvalidSignPurpose"
    submitted = _submission(account, params, bad_purpose)
    if not serves(entry, params["International"]):
        raise refusal("InvalidParameterValue.InvalidInternational")
    if params["ProofImage"]:
        _check_image("ProofImage", params["ProofImage"], account)
    _check_qualification(account, params, needed=False)
    _check_name(account, params, but=entry.id)
    account.store.replace(
        submitted._replace(id=entry.id, international=entry.international)
    )
    payload = {wire.PAYLOAD[wire.MODIFY_SIGN]: {"SignId": entry.id}}
    return Answer(payload, entry.id)


def delete(account: Account, params: Parameters) -> Answer:
    """DeleteSmsSign: in any state, as far as documents tell."""
    missing = "FailedOperation.SignIdNotExist"
    entry = account.find(Kind.SIGNATURE, params["SignId"], missing)
    done = account.delete(entry)
    return Answer({wire.PAYLOAD[wire.DELETE_SIGN]: done}, entry.id)


def describe_list(account: Account, params: Parameters) -> Answer:
    """DescribeSmsSignList: hides type, document, purpose, remark; Limit default 10."""
    return describe(
        account,
        Kind.SIGNATURE,
        wire.DESCRIBE_SIGNS,
        params,
        ids="SignIdSet",
        limit=10,
        item=lambda entry: _item(account, entry),
        kept=False,
        missing="FailedOperation.MissingSignatureToModify",
    )


def _item(account: Account, entry: Entry) -> Item:
    market = wire.BOTH if entry.international is None else entry.international
    item: Item = {
        "SignId": entry.id,
        "International": market,
        "StatusCode": STATUS[entry.review],
        "ReviewReply": entry.note,
        "SignName": entry.name,
        "CreateTime": int(entry.created),
    }
    if account.international_site:
        return item
    id = int(str(entry.fields.get("QualificationId") or 0))
    state = _qualification(account, id) if id else None
    return item | {
        "QualificationId": id,
        "QualificationName": f"资质{id}" if id else "",
        "QualificationStatusCode": QUALIFICATIONS.index(state) if state else 0,
    }


def _submission(account: Account, params: Parameters, bad_purpose: str) -> Entry:
    """An accepted submission, in review; refuses what the service refuses."""
    market = check_market(params)
    _check_characters(params["SignName"], market)
    documents = DOCUMENTS if market == wire.DOMESTIC else DOCUMENTS_ABROAD
    if account.international_site:
        documents = DOCUMENTS_INTERNATIONAL_SITE
    if params["SignType"] not in documents:  # [I]: no code for the type is documented
        raise refusal("InvalidParameter.InvalidParameters", name="SignType")
    if params["DocumentType"] not in documents[params["SignType"]]:
        raise refusal("InvalidParameterValue.InvalidDocumentType")
    if params["SignPurpose"] not in (0, OTHERS_USE):
        raise refusal(bad_purpose)
    commission = params.get("CommissionImage", "")
    if params["SignPurpose"] == OTHERS_USE and commission:
        _check_image("CommissionImage", commission, account)
    elif params["SignPurpose"] == OTHERS_USE and "SignId" not in params:
        raise refusal("InvalidParameterValue.ImageInvalid", name="CommissionImage")
    kept = {
        name: params[name]
        for name in (
            "SignType",
            "DocumentType",
            "SignPurpose",
            "Remark",
            "QualificationId",
        )
        if name in params
    }
    for name in ("ProofImage", "CommissionImage"):
        if params.get(name):
            kept[name] = hashlib.sha256(params[name].encode()).hexdigest()
    return Entry(
        0,
        *account.place,
        kind=Kind.SIGNATURE,
        international=market,
        name=params["SignName"],
        text="",
        review=Review.IN_REVIEW,
        created=account.now,
        data=json.dumps(kept, ensure_ascii=False),
    )


def _check_characters(name: str, market: int) -> None:
    if len(name) > LONGEST[market]:
        raise refusal("InvalidParameterValue.SignNameLengthTooLong")
    domestic = market == wire.DOMESTIC
    fits = _DOMESTIC_NAME.fullmatch(name) if domestic else not set(name) & set("[]【】")
    if len(name) < SHORTEST or not fits:  # [I] the code
        raise refusal("InvalidParameter.InvalidParameters", name="SignName")
    if any(word in name for word in DIRTY_WORDS):
        raise refusal("InvalidParameter.DirtyWordFound")


def _check_image(field: str, text: str, account: Account) -> None:
    """Base64 without a ``data:`` prefix, at most 5 MB; its content by switch."""
    try:
        image = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        image = b""
    strict = account.settings["images"] == "strict"
    if (
        not image
        or len(image) > LARGEST_IMAGE
        or (strict and not image.startswith(_MAGIC))
    ):
        raise refusal("InvalidParameterValue.ImageInvalid", name=field)


def _qualification(account: Account, id: int) -> str | None:
    known = account.settings["qualifications"]
    if known is None:
        return "approved"
    assert isinstance(known, Mapping)
    return known.get(id)


def _check_qualification(account: Account, params: Parameters, *, needed: bool) -> None:
    """Domestic signatures need an approved one; abroad the field is not used."""
    if params["International"] != wire.DOMESTIC or account.international_site:
        return
    id = params.get("QualificationId", 0)
    if not id and not needed:
        return
    state = _qualification(account, id) if id > 0 else None
    if state is None:
        raise refusal("InvalidParameterValue.QualificationIdNotFound")
    if state != "approved":
        raise refusal("FailedOperation.QualificationIdNotApproved")


def _check_name(account: Account, params: Parameters, but: int | None) -> None:
    """A name in review or approved cannot be applied for again (models.py:64)."""
    name, market = params["SignName"], params["International"]
    for other in account.named(Kind.SIGNATURE, name, market):
        if other.id == but or other.review == Review.REJECTED:
            continue
        if other.review == Review.IN_REVIEW:
            raise refusal("InvalidParameterValue.SignExistAndUnapproved")
        raise refusal("InvalidParameterValue.SignAlreadyPassedCheck")  # [I]
