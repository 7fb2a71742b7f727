"""The emulator's papers of signatures: letters, trademarks, qualifications, filings.

The settings say which ids exist and when they run out; without settings every id
exists, in order, and is valid for long. Shapes are those of SDK 4.6.0, read 2026-11-29;
that an unknown id is left out, and Data with it where one is asked for, is [I].
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from smsform.emulation.messages import Answer
from smsform.hours import BEIJING
from smsform.model import Kind
from smsform.providers.aliyun.emulator.account import Account, Item
from smsform.providers.aliyun.emulator.paper_settings import LAST_DAY, STATES
from smsform.providers.aliyun.emulator.parameters import Parameters

FIRST_DAY = "2020-01-01"


def query_letters(account: Account, params: Parameters) -> Answer:
    """QuerySmsAuthorizationLetter: the ids asked for, or all."""
    rows = []
    for id in _ids(account, "letters", "AuthorizationLetterId", params):
        holder = account.known("letters", id)
        if holder is None:
            continue
        scope = [holder] if holder else _names(account, "AuthorizationLetterId", id)
        valid = "VALID" if _holds(account, "letters", id) else "INVALID"
        rows.append(
            {
                "AuthorizationLetterId": id,
                "AuthorizationLetterName": f"授权书{id}",
                "AuthorizationLetterExpDate": _term(account, "letters", id),
                "Authorization": "示例授权方有限公司",
                "ProxyAuthorization": "示例商城有限公司",
                "OrganizationCode": "91330000MA00000000",
                "SignScope": "、".join(scope),
                "State": "PASSED" if scope else "INT",
                "Status": valid,
            }
        )
    return Answer({"Data": [row for row in rows if _wanted(row, params)]})


def _wanted(row: Item, params: Parameters) -> bool:
    names = str(row["SignScope"]).split("、")
    return (
        params.get("SignName", names[0]) in names
        and params.get("Status", row["Status"]) == row["Status"]
        and params.get("State", row["State"]) == row["State"]
    )


def query_trademarks(account: Account, params: Parameters) -> Answer:
    """QuerySmsTrademark: the ids asked for."""
    rows = [
        {
            "TrademarkId": id,
            "TrademarkName": name or f"商标{id}",
            "TrademarkApplicantName": "示例商城有限公司",
            "TrademarkRegistrationNumber": str(id),
            "TrademarkEffExpDate": _term(account, "trademarks", id),
        }
        for id in params["TrademarkIdList"]
        if (name := account.known("trademarks", id)) is not None
    ]
    return Answer({"Data": rows})


def query_app_records(account: Account, params: Parameters) -> Answer:
    """QuerySmsAppIcpRecord: the ids asked for; none of them runs out."""
    rows = [
        {
            "AppIcpRecordId": id,
            "AppServiceName": name or f"应用{id}",
            "AppPrincipalUnitName": "示例商城有限公司",
            "AppIcpLicenseNumber": f"浙ICP备{id}号-1A",
            "AppApprovalDate": FIRST_DAY,
        }
        for id in params["AppIcpRecordIdList"]
        if (name := account.known("app_records", id)) is not None
    ]
    return Answer({"Data": rows})


def query_qualification(account: Account, params: Parameters) -> Answer:
    """QuerySingleSmsQualification: without the persons in it."""
    id = params["QualificationGroupId"]
    state = account.known("qualifications", id)
    if state is None:
        return Answer({})
    return Answer(
        {
            "Data": {
                "QualificationGroupId": id,
                "QualificationName": f"资质{id}",
                "CompanyName": "示例商城有限公司",
                "EffTimeStr": _term(account, "qualifications", id),
                "State": STATES[state],
                "UseBySelf": state != "third_party",
            }
        }
    )


def _ids(account: Account, setting: str, field: str, params: Parameters) -> list[int]:
    given = params.get(f"{field}List")
    if given is not None:
        return list(given)
    listed = account.settings[setting]
    if isinstance(listed, Mapping):
        return sorted(listed)
    return sorted({id for id, _ in _used(account, field)})


def _names(account: Account, field: str, id: int) -> list[str]:
    return [name for used, name in _used(account, field) if used == id]


def _used(account: Account, field: str) -> list[tuple[int, str]]:
    """The papers that signatures were submitted with, and the signatures' names."""
    ids = account.store.page(
        account.place, Kind.SIGNATURE, None, limit=10_000, offset=0
    )
    found = []
    for sign in account.store.entries(ids):
        material = sign.fields.get("material")
        id = material.get(field) if isinstance(material, dict) else None
        if isinstance(id, int) and id:
            found.append((id, sign.name))
    return found


def _last_day(account: Account, kind: str, id: int) -> str:
    terms = account.settings["terms"]
    assert isinstance(terms, Mapping)
    own = terms.get(kind) or {}
    return str(own.get(id, LAST_DAY))


def _term(account: Account, kind: str, id: int) -> str:
    last = _last_day(account, kind, id)
    return f"{min(FIRST_DAY, last)}~{last}"


def _holds(account: Account, kind: str, id: int) -> bool:
    today = datetime.fromtimestamp(account.now, BEIJING).date()
    return date.fromisoformat(_last_day(account, kind, id)) >= today
