"""What Alibaba Cloud tells about delivery, apart from a review; pure.

Field names and values are those of GetSmsSign (SignIspRegisterDetailList) and of
GetSmsTemplateList (UsableStateList), SDK 4.6.0, read 2026-11-29. What is kept of a
reason are the service's own words, so that they are the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from smsform.delivery import UNTOLD, Deliverable, Delivery, kept, moment_of, worst
from smsform.hours import BEIJING
from smsform.providers.aliyun import wire

Fields = Mapping[str, object]

REGISTERED = {
    wire.REGISTER_NONE: (Deliverable.NO, "NON_REGISTER"),
    wire.REGISTERING: (Deliverable.NOT_YET, "REGISTERING"),
    wire.REGISTER_FAILED: (Deliverable.NO, "REGISTER_FAILED"),
    wire.REGISTERED: (Deliverable.YES, ""),
    wire.REGISTER_LAPSED: (Deliverable.NO, "NO_SEND_RECORD"),
    wire.REGISTER_PROVEN: (Deliverable.YES, ""),
}


def of_sign(reply: Fields, papers: Iterable[Delivery] = ()) -> Delivery:
    """The worst of what the carriers made of a signature, and of its *papers*."""
    rows = reply.get("SignIspRegisterDetailList")
    carriers = map(_carrier, rows) if isinstance(rows, list) else ()
    return worst(*carriers, *papers)


def _carrier(row: object) -> Delivery:
    """One carrier's state; UNTOLD for a number that is not documented."""
    if not isinstance(row, Mapping):
        return UNTOLD
    status = row.get("RegisterStatus")
    known = REGISTERED.get(status) if isinstance(status, int) else None
    if known is None:
        return UNTOLD
    told, word = known
    if told is Deliverable.YES:
        return Delivery(told, since=_moment(row))
    reasons = "/".join(_reasons(row)) or word
    carrier = str(row.get("OperatorCode") or "")
    return Delivery(told, f"{carrier} {reasons}".strip(), _moment(row))


def _reasons(row: Fields) -> Iterator[str]:
    given = row.get("RegisterStatusReasons")
    for reason in given if isinstance(given, list) else ():
        if isinstance(reason, Mapping) and (code := reason.get("ReasonCode")):
            yield str(code)


def _moment(row: Fields) -> int:
    try:
        text = str(row.get("OperatorCompleteTime") or "").strip()
        return moment_of(datetime.strptime(text, wire.DATE).replace(tzinfo=BEIJING))
    except ValueError:
        return 0


def of_template(row: Fields) -> Delivery:
    """Whether a template lacks something that it has to have to be sent."""
    given = row.get("UsableStateList")
    states = [str(each) for each in given] if isinstance(given, list) else []
    if not states:
        return UNTOLD
    lacking = [each for each in states if each != wire.AVAILABLE]
    if not lacking:
        return Delivery(Deliverable.YES)
    return Delivery(Deliverable.NO, kept(", ".join(sorted(lacking))))
