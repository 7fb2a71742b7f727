"""The values of sending, and the interface of a service that can send."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct


class Outgoing(NamedTuple):
    """One call that sends one text to *numbers*, which are E.164 (``+8613…``).

    ``signature`` is a name, ``template`` the service's id, ``values`` are name and
    value of each variable as the service counts them. ``token`` is an id of ours, new
    for every call, that records of the service may show.
    """

    numbers: tuple[str, ...]
    signature: str
    template: str
    values: tuple[tuple[str, str], ...]
    international: bool
    token: str
    sender_id: str = ""
    extend_code: str = ""


class NumberAnswer(NamedTuple):
    """A service's answer for one number.

    ``accepted`` is None when that is unknown. ``serial`` is the service's id of the
    message, ``fee`` the billed segments, None where it does not say; ``advice`` is what
    a person does about ``code``, in English (``tell``).
    """

    number: str
    accepted: bool | None
    serial: str = ""
    fee: int | None = None
    code: str = ""
    text: str = ""
    advice: str = ""


class DeliveryStatus(StrEnum):
    """The status of a message."""

    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    FAILED = "failed"  # accepted, but it did not arrive
    REFUSED = "refused"  # never sent

    @property
    def final(self) -> bool:
        """Whether the status will not change any more."""
        return self is not DeliveryStatus.UNDER_WAY


class Receipt(NamedTuple):
    """What a service tells of one message; times are unix seconds, 0 for not told.

    ``token`` is the one of the call, ``template`` the service's id, "" where the record
    does not show them; ``code`` is the reason of the status, ``content`` is the text as
    the service shows it, ``segments`` the billed ones, 0 for not told.
    """

    number: str
    serial: str
    delivery: DeliveryStatus
    code: str = ""
    text: str = ""
    content: str = ""
    template: str = ""
    token: str = ""
    sent: float = 0.0
    received: float = 0.0
    segments: int = 0

    @property
    def key(self) -> tuple[str, str, float]:
        """The identity of a message among those to its number."""
        return self.serial, self.token, self.sent


class Span(NamedTuple):
    """From *begin* to right before *end*: unix seconds, whole hours in Beijing; both 0
    where a service's date cannot be read."""

    begin: float
    end: float


class Count(NamedTuple):
    """The messages of a *span*, as far as the service counts them; None: it does not.

    ``segments`` are those billed; ``failures`` are the failed ones by the service's own
    classes of reasons.
    """

    span: Span
    international: bool | None
    requests: int | None
    accepted: int | None
    segments: int | None
    delivered: int | None
    failed: int | None
    unanswered: int | None = None
    failures: Mapping[str, int] = {}


class Package(NamedTuple):
    """Domestic segments bought in advance; times are unix seconds."""

    id: str
    amount: int
    used: int
    begins: float
    ends: float

    @property
    def left(self) -> int:
        """How many segments it still pays for."""
        return max(self.amount - self.used, 0)


class SendingAccount(Protocol):
    """An account opened for sending. Methods raise only ``ProviderError``."""

    def send(self, outgoing: Outgoing) -> Sequence[NumberAnswer]:
        """Make the one call, once; returns the answer for each number.

        Refused: nothing was sent, except with scope THROTTLE, which leaves it open.
        Unclear: the outcome is unknown.
        """

    def receipts(self, number: str, since: float) -> Sequence[Receipt]:
        """The messages to *number* since then, newest first."""

    def traces(self, number: str, since: float) -> Sequence[Receipt]:
        """The same, and whatever else may show the token of a call."""

    def pull(self) -> Sequence[Receipt]:
        """Take the next receipts from the queue, which forgets them; () when it is
        empty."""

    def pulled(self, body: bytes) -> Sequence[Receipt]:
        """The receipts in a stored reply of ``pull``; () for any other reply."""

    def counts(
        self, span: Span, international: bool | None, hourly: bool
    ) -> Sequence[Count]:
        """The messages sent, by hour or by day in Beijing; of both markets for None."""

    def packages(self) -> Sequence[Package]:
        """The packages of the account, those used up included."""


class Sending(Struct, frozen=True):
    """The part of a service's card about sending.

    ``tokens``: records show the token of a call from the start, so nothing else is
    compared. ``signs_abroad``: an international message needs a signature. ``options``
    are the keys of ``smsform.yaml`` that may also be given for one send. ``needs`` are
    keys there that sending requires. ``furthest`` is how many seconds back receipts go.
    ``queue`` says in English what to do instead where there is no queue to pull from,
    "" where there is one. ``pushed(document)`` reads receipts that the service pushed;
    ValueError in words for anything else. ``hourly``: it also counts by hour; ``days``:
    how many days its counts may span; ``markets``: they distinguish the two.
    ``packaged``: domestic messages need a package.
    """

    tokens: bool
    signs_abroad: bool
    pushed: Callable[[object], Sequence[Receipt]]
    furthest: float
    days: int
    options: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    queue: str = ""
    hourly: bool = False
    packaged: bool = False
    markets: bool = False  # counts tell the two markets apart
