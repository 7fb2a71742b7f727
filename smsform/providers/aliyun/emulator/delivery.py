"""What the emulator says about delivery: carriers of a signature, state of a template.

Carriers register a signature once it is approved; ``carriers`` says how long each takes
or how it refuses. GetSmsTemplateList: SDK 4.6.0, read 2026-11-29; that its numbers of
types are those of QuerySmsTemplateList is [I].
"""

from __future__ import annotations

from smsform.emulation import outbox
from smsform.emulation.messages import Answer
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.account import (
    PASSED,
    STATUS,
    Account,
    Item,
    date,
    first_submitted,
    template_code,
    template_id,
)
from smsform.providers.aliyun.emulator.carriers import (
    CARRIERS,
    DONE,
    UNDER_WAY,
    WORDS,
    fate_of,
)
from smsform.providers.aliyun.emulator.parameters import Parameters, page


def registrations(account: Account, entry: Entry) -> list[Item]:
    """The carriers' registrations of a signature; none before it is approved."""
    if entry.review not in PASSED:
        return []
    return [_registration(account, entry, carrier) for carrier in CARRIERS]


def _registration(account: Account, entry: Entry, carrier: str) -> Item:
    fate = fate_of(account.settings["carriers"], entry.name, carrier)
    if entry.review != Review.APPROVED:
        status, reason = UNDER_WAY
    elif isinstance(fate, str):
        status, reason = WORDS[fate]
    elif account.now < entry.judged + fate:
        status, reason = UNDER_WAY
    else:
        idle = _idle(account, entry, entry.judged + fate)
        status, reason = WORDS["lapsed"] if idle else DONE
    told: Item = {
        "OperatorCode": carrier,
        "RegisterStatus": status,
        "RegisterStatusReasons": [{"ReasonCode": reason, "ReasonDescList": []}],
    }
    if status == wire.REGISTER_PROVEN:
        told["OperatorCompleteTime"] = date(entry.judged + float(fate))
    return told


def _idle(account: Account, entry: Entry, registered: float) -> bool:
    """Whether no message was sent for so long that carriers removed the signature."""
    after = account.settings["idle_after"]
    assert after is None or isinstance(after, float)
    if after is None or account.now - registered < after:
        return False
    last = outbox.last_sent(account.store, account.place, entry.name)
    return account.now - max(last, registered) >= after


def query_usable(account: Account, params: Parameters) -> Answer:
    """GetSmsTemplateList: the templates asked for, and whether each can be sent."""
    number, size = page(params)
    store, place = account.store, account.place
    if "TemplateCode" in params:
        id = template_id(params["TemplateCode"])
        one = store.find(place, Kind.TEMPLATE, id) if id else None
        entries, total = [one] if one else [], int(one is not None)
    else:
        begin = (number - 1) * size
        ids = store.page(place, Kind.TEMPLATE, None, limit=size, offset=begin)
        entries = store.entries(ids)
        total = store.count(place, Kind.TEMPLATE)
    rows = [_row(account, entry) for entry in account.settled(entries)]
    data = {"PageNo": number, "PageSize": size, "Total": total, "List": rows}
    return Answer({"Data": data, "Success": True})


def _row(account: Account, entry: Entry) -> Item:
    kept = entry.fields
    type = int(str(kept.get("TemplateType", wire.NOTIFICATION)))
    return {
        "TemplateCode": template_code(entry.id),
        "TemplateName": entry.name,
        "TemplateContent": entry.text,
        "TemplateType": wire.LISTED_TYPES[type],
        "AuditStatus": STATUS[entry.review],
        "SignName": kept.get("RelatedSignName", ""),
        "GmtCreate": date(first_submitted(entry)),
        "WorkOrderId": kept.get("OrderId", ""),
        "UsableStateList": _states(account, entry),
    }


def _states(account: Account, entry: Entry) -> list[object]:
    if entry.review not in PASSED:
        return [wire.UNAVAILABLE]
    name = str(entry.fields.get("RelatedSignName", ""))
    signs = account.store.named(account.place, Kind.SIGNATURE, name) if name else []
    if name and not any(sign.review in PASSED for sign in signs):
        return [wire.MISSING_SIGNATURE]
    return [wire.AVAILABLE]
