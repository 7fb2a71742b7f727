"""The template actions in service, and what they refuse."""

from __future__ import annotations

import re

from smsform.emulation.messages import Answer
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import contents, storage
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
    template_code,
)
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.texts import (
    invalid,
    missing,
    refusal,
    unchangeable,
)

CREATIONS = (wire.CREATE_TEMPLATE, wire.OLD_ADD_TEMPLATE)  # one quota for both
ENTERPRISE = frozenset({wire.MARKETING, wire.INTERNATIONAL})

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def create(account: Account, params: Parameters) -> Answer:
    """CreateSmsTemplate: a new template in review."""
    check_quota(account)
    submitted = _submission(account, params)
    check_name(account, submitted)
    return _accepted(submitted, account.keep(submitted))


def check_quota(account: Account) -> None:
    """Refuse one template more than may be created on a day in Beijing."""
    limit = account.settings["day_limit"]
    assert isinstance(limit, int)
    if account.today(CREATIONS) >= limit:
        raise refusal(str(account.settings["day_limit_code"]))


def update(account: Account, params: Parameters) -> Answer:
    """UpdateSmsTemplate: replaces all of a rejected template; review starts again.

    For any other state the refusal has the code of the retired action, in its words
    where that state is approved, else in ours [I]. Whether the type may change is not
    documented: here it may.
    """
    entry = account.template(params["TemplateCode"], "TemplateNotFound")
    check_state(entry)
    submitted = _submission(account, params, before=entry)
    check_name(account, submitted)
    account.store.replace(submitted)
    return _accepted(submitted, entry.id)


def check_state(entry: Entry) -> None:
    """Refuse to change a template unless it was rejected."""
    if entry.review != Review.REJECTED:
        raise unchangeable(Kind.TEMPLATE, entry.review)


def _accepted(entry: Entry, id: int) -> Answer:
    payload = {
        "TemplateName": entry.name,
        "TemplateCode": template_code(id),
        "OrderId": entry.fields["OrderId"],
    }
    return Answer(payload, id)


def delete(account: Account, params: Parameters) -> Answer:
    """DeleteSmsTemplate: any but one in review, or given by the system [I]."""
    code = params["TemplateCode"]
    entry = account.template(code, "isv.SMS_TEMPLATE_ILLEGAL")  # [I] the code
    given = entry.fields.get("TemplateTag", wire.BY_USER) != wire.BY_USER
    if entry.review == Review.IN_REVIEW or (
        given and not account.settings["delete_gifted"]
    ):
        raise refusal("isv.ERROR_TEMPLATE_NOT_DELETE")
    account.store.remove(entry.id)
    return Answer({"TemplateCode": code}, entry.id)


def get(account: Account, params: Parameters) -> Answer:
    """GetSmsTemplate: type and status are texts; the rule has another name."""
    entry = account.template(params["TemplateCode"], "TemplateNotFound")
    kept, broken = entry.fields, account.broken
    material = [str(key) for key in listed(kept.get("MoreData"))]
    shown: Item = {
        "TemplateName": entry.name,
        "TemplateCode": template_code(entry.id),
        "TemplateContent": entry.text,
        "TemplateType": str(kept.get("TemplateType", wire.NOTIFICATION)),
        "TemplateStatus": str(STATUS[entry.review]),
        "RelatedSignName": kept.get("RelatedSignName", ""),
        "TemplateTag": kept.get("TemplateTag", wire.BY_USER),
        "OrderId": kept.get("OrderId", ""),
        "VariableAttribute": broken(str(kept.get("TemplateRule", ""))),
        "Remark": kept.get("Remark", ""),
        "CreateDate": date(first_submitted(entry)),
        "AuditInfo": account.verdict(entry),
        "FileUrlList": {"FileUrl": [_url(account, key) for key in material]},
        "MoreDataFileUrlList": {
            "MoreDataFileUrl": [_url(account, key) for key in material]
        },
        "SignList": {"SignList": [kept["RelatedSignName"]] if _related(kept) else []},
        "ApplyScene": broken(str(kept.get("ApplySceneContent", ""))),
    }
    if "IntlType" in kept:
        shown["IntlType"] = kept["IntlType"]
    return Answer(shown, entry.id)


def _related(kept: Item) -> bool:
    return bool(kept.get("RelatedSignName"))


def listed(value: object) -> list[object]:
    """A list, or nothing as an empty one."""
    return value if isinstance(value, list) else []


def _url(account: Account, key: str) -> str:
    """A signed URL of uploaded material; it differs with every reading."""
    return f"//oss.example.com/{key}?Expires={int(account.now) + 3600}"


def query_list(account: Account, params: Parameters) -> Answer:
    """QuerySmsTemplateList: no rule, remark or scene; TemplateType has other
    numbers."""
    return account.listing(Kind.TEMPLATE, wire.LIST_TEMPLATES, params, _item)


def _item(entry: Entry) -> Item:
    kept, status = entry.fields, LISTED[entry.review]
    if status == wire.LISTED_CANCELLED:
        status = wire.LISTED_CANCELLED_TEMPLATE
    type = int(str(kept.get("TemplateType", wire.NOTIFICATION)))
    item: Item = {
        "TemplateCode": template_code(entry.id),
        "TemplateName": entry.name,
        "OuterTemplateType": type,
        "TemplateType": wire.LISTED_TYPES[type],
        "AuditStatus": status,
        "TemplateContent": entry.text,
        "CreateDate": date(first_submitted(entry)),
        "OrderId": kept.get("OrderId", ""),
        "SignatureName": kept.get("RelatedSignName", ""),
        "Reason": reason(entry),
    }
    if "TrafficDriving" in kept:
        item["TrafficDriving"] = kept["TrafficDriving"]
    return item


def _submission(
    account: Account, params: Parameters, before: Entry | None = None
) -> Entry:
    """An accepted submission, in review; refuses what the service refuses.

    It replaces *before*: same code, same date of creation.
    """
    type, text = params["TemplateType"], params["TemplateContent"]
    if type in ENTERPRISE and account.settings["individual"]:
        raise refusal("ForbiddenAction")  # [I] the code
    if type == wire.INTERNATIONAL and "IntlType" not in params:
        raise missing("IntlType")
    contents.check_text(text, domestic=type != wire.INTERNATIONAL)
    if type == wire.VERIFICATION and len(contents.names(text)) > 1:
        raise refusal("TemplateVarLimitExceeded")
    contents.check_rule(params, text)
    pictures = contents.check_traffic(params.get("TrafficDriving"))
    if not storage.is_there(account, pictures):
        raise invalid("TrafficDriving")  # [I]
    needs_proof = type == wire.MARKETING and account.settings["promotion_proof"]
    material = params.get("MoreData", ())
    if (needs_proof and not material) or not storage.is_there(account, material):
        raise refusal("InvalidMoreData")  # [I]
    _check_sign(account, params)
    kept: Item = {
        name: params[name]
        for name in wire.TEMPLATE_FIELDS
        if name in params and name not in ("TemplateName", "TemplateContent")
    }
    return submission(account, params, kept, before)


def submission(
    account: Account, params: Parameters, kept: Item, before: Entry | None
) -> Entry:
    """The entry of an accepted submission; *kept* are fields besides its columns."""
    first = first_submitted(before) if before else account.now
    kept = {**kept, "OrderId": account.order(), "first": first}
    text = params["TemplateContent"]
    return Entry(
        before.id if before else 0,
        *account.place,
        kind=Kind.TEMPLATE,
        international=int(params["TemplateType"] == wire.INTERNATIONAL),
        name=params["TemplateName"],
        text=_normalised(text) if account.settings["normalise"] else text,
        review=Review.IN_REVIEW,
        created=account.now,
        data=as_data(kept),
    )


def _check_sign(account: Account, params: Parameters) -> None:
    """The related signature: required at home, and approved wherever one is named."""
    name = params.get("RelatedSignName")
    if name is None:
        if params["TemplateType"] != wire.INTERNATIONAL:
            raise missing("RelatedSignName")  # [I]
        return
    sign = account.sign(name, "SmsSignatureNotFound")
    if sign.review not in PASSED:
        raise refusal("AssocSignUnapproved")
    _check_scene(params, sign.fields.get("SignSource"))


def _check_scene(params: Parameters, source: object) -> None:
    """What the signature's source requires: SDK 4.6.0's comments, read 2026-11-29.

    Whether templates for numbers abroad need it too is not said: here they do not [I].
    """
    if params["TemplateType"] == wire.INTERNATIONAL:
        return
    scene = str(params.get("ApplySceneContent") or "").strip()
    if source in (wire.COMPANY, wire.TRADEMARK, wire.APP) and not scene:
        raise refusal("MissApplySceneContent")
    if source == wire.APP and not scene.startswith(("http://", "https://")):
        raise refusal("InvalidApplySceneContent")


def check_name(account: Account, submitted: Entry) -> None:
    """Whether names must be unique is not documented, nor a code for it: a setting."""
    if not account.settings["unique_names"]:
        return
    for other in account.store.named(account.place, Kind.TEMPLATE, submitted.name):
        if other.id != submitted.id:
            raise refusal("isv.INVALID_PARAMETERS", name="TemplateName")


def _normalised(text: str) -> str:
    return re.sub(r"  +", " ", text.translate(_FULL_WIDTH).strip())
