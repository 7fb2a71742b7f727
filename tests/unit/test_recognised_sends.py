"""Which record in a service's list is the message of an earlier send."""

from __future__ import annotations

from smsform.project.dispatch import SendingAccountOpened, recall
from smsform.project.open_sends import OpenSend
from smsform.registry import specs
from smsform.sending import DeliveryStatus, Receipt
from smsform.sending.numbers import mask
from smsform.testing.emulators import HeldClock

ALIKE = ("+8613811118000", "+8613822228000")  # alike once they are masked
UNTOKENED = next(
    sending
    for spec in specs().values()
    if spec.sending and not (sending := spec.sending()).tokens
)


class Records:
    """A service that shows one record of the first number."""

    def __init__(self, record: Receipt) -> None:
        self.record = record

    def traces(self, number: str, since: float) -> tuple[Receipt, ...]:
        """Its record, for its number."""
        return (self.record,) if number == self.record.number else ()


def test_a_record_from_before_is_not_taken_for_the_message() -> None:
    """Also where two numbers look alike masked: each one's records count for both."""
    clock = HeldClock()
    old = Receipt(
        ALIKE[0], "s", DeliveryStatus.DELIVERED, content="a", sent=clock.now()
    )
    note = OpenSend(
        token="t",
        address="p/template.a",
        at=clock.now(),
        numbers=tuple(map(mask, ALIKE)),
        known=((old.key,), ()),
        fixed=("a",),
    )
    account = SendingAccountOpened(Records(old), UNTOKENED, clock)  # type: ignore[arg-type]
    assert recall(account, note, ALIKE) == {}
    unseen = note._replace(known=((), ()))
    assert recall(account, unseen, ALIKE) == {ALIKE[0]: old}
