"""What Tencent Cloud tells about delivery, apart from a review; pure.

Every text has to be registered with the carriers before it may be sent, and that needs
a qualification that is passed (the service's page on real-name registration, as of
2025-04-11). The list of signatures shows its state: DescribeSignListStatus of SDK
3.1.153; both read 2026-11-29. That a qualification which is being changed holds up
deliveries is [I]. What carriers themselves refuse is StatusCode -1, which is a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.delivery import UNTOLD, Deliverable, Delivery
from smsform.providers.tencent import wire

FIELD = "QualificationStatusCode"
QUALIFIED = {
    wire.QUALIFICATION_PENDING: Deliverable.NOT_YET,
    wire.QUALIFICATION_PASSED: Deliverable.YES,
    wire.QUALIFICATION_REFUSED: Deliverable.NO,
    wire.QUALIFICATION_LACKING: Deliverable.NO,
    wire.QUALIFICATION_CHANGED: Deliverable.NOT_YET,
    wire.QUALIFICATION_CHANGE_REFUSED: Deliverable.NO,
}


def of_signature(item: Mapping[str, object]) -> Delivery:
    """The delivery that an item of DescribeSignListStatusSet tells.

    UNTOLD where it is not approved, has no qualification (0, as abroad), or lacks the
    state, as the service's own example does.
    """
    if item.get("StatusCode") != wire.APPROVED or not item.get("QualificationId"):
        return UNTOLD
    state = item.get(FIELD)
    told = QUALIFIED.get(state) if type(state) is int else None
    if told is None:
        return UNTOLD
    return Delivery(told, "" if told is Deliverable.YES else f"{FIELD} {state}")
