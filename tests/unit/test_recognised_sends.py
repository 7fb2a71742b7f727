"""Which record in a service's list is the message of an earlier send."""

from __future__ import annotations

from unittest import mock

from smsform.project.dispatch import SendingAccountOpened, Sent, follow, recall
from smsform.project.open_sends import OpenSend
from smsform.registry import specs
from smsform.sending import DeliveryStatus, NumberAnswer, Receipt, SendingAccount
from smsform.sending.numbers import mask
from smsform.testing.emulators import HeldClock

ALIKE = ("+8613811118000", "+8613822228000")  # alike once they are masked
UNTOKENED = next(
    sending
    for spec in specs().values()
    if spec.sending and not (sending := spec.sending()).tokens
)


class SetBack(HeldClock):
    """A clock that is set back a minute whenever somebody has waited."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Go back; no test waits a hundred times."""
        self.slept.append(seconds)
        assert len(self.slept) < 100
        self._now -= 60.0


def showing(record: Receipt) -> mock.Mock:
    """A service that shows one record of the first number."""

    def traces(number: str, since: float) -> tuple[Receipt, ...]:
        return (record,) if number == record.number else ()

    return mock.Mock(spec=SendingAccount, traces=traces, receipts=traces)


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
    account = SendingAccountOpened(showing(old), UNTOKENED, clock)
    assert recall(account, note, ALIKE) == {}
    unseen = note._replace(known=((), ()))
    assert recall(account, unseen, ALIKE) == {ALIKE[0]: old}


def test_a_clock_that_is_set_back_makes_nobody_wait_longer() -> None:
    """Ten seconds are ten seconds."""
    clock = SetBack()
    way = Receipt(ALIKE[0], "s", DeliveryStatus.UNDER_WAY, sent=clock.now())
    account = SendingAccountOpened(showing(way), UNTOKENED, clock)
    sent = Sent("t", (NumberAnswer(ALIKE[0], accepted=True, serial="s"),), {})
    found = follow(account, sent, timeout=10.0, interval=2.0)
    assert found == {ALIKE[0]: way}
    assert sum(clock.slept) == 10.0
