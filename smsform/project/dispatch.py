"""Sending a message: one call, never repeated, and what the records say of it.

    read records -> write down -> call -> clear
                                       -> unclear: look again -> found | unknown

An outcome is unclear when the reply is lost, cannot be read, or says that calls come
too fast: the service may have acted all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import uuid4

from msgspec import Struct

from smsform.clock import Clock
from smsform.errors import (
    ProviderError,
    Refused,
    Scope,
    SmsformError,
    Unclear,
    Unexpected,
)
from smsform.project.connections import TellCall, TellReply, connection_to
from smsform.project.message import PreparedMessage, sending_of
from smsform.project.open_sends import OpenSend, OpenSends
from smsform.project.workspace import Workspace
from smsform.sending import (
    DeliveryStatus,
    NumberAnswer,
    Receipt,
    Sending,
    SendingAccount,
)
from smsform.sending.masks import matches
from smsform.sending.numbers import mask

LOOKS = (1.0, 2.0, 4.0, 8.0)  # seconds before each look into the records
BEFORE = 600.0  # seconds of records read before a call
SKEW = 10.0  # seconds a service's clock may differ; else nothing is recognised
LONGEST_CALL = 60.0  # seconds after which a killed call has certainly ended

ReadRecords = tuple[tuple[tuple[str, str, float], ...], ...]


class SendingAccountOpened(Struct, frozen=True):
    """An account opened for sending, its card for sending, and its clock."""

    service: SendingAccount
    sending: Sending
    clock: Clock


class Sent(Struct, frozen=True):
    """The result of a message: ``answers`` in the order of the numbers.

    ``receipts`` are what the records say so far, by number; ``error`` is why the
    outcome is not clear, or why the call was refused as a whole.
    """

    token: str
    answers: tuple[NumberAnswer, ...]
    receipts: Mapping[str, Receipt]
    error: ProviderError | None = None


def open_for_sending(
    project: Workspace, name: str, on_call: TellCall = None, on_reply: TellReply = None
) -> SendingAccountOpened:
    """Open a provider for sending; ConfigError where its service cannot."""
    sending, spec = sending_of(project, name), project.spec(name)
    assert spec.open_sending is not None
    connection = connection_to(project, name, on_call, on_reply=on_reply)
    return SendingAccountOpened(
        spec.open_sending(connection), sending, connection.clock
    )


def dispatch(
    account: SendingAccountOpened,
    message: PreparedMessage,
    numbers: Sequence[str],
    sends: OpenSends,
) -> Sent:
    """Send *message* to *numbers* by one call; ProviderError when none was made.

    Numbers are E.164, of the message's market, each once. The send stays open in
    *sends* until ``reported``.
    """
    since = account.clock.now() - BEFORE
    known = _known(account.service, numbers, since)
    note = OpenSend(
        token=uuid4().hex,
        address=str(message.address),
        at=account.clock.now(),
        numbers=tuple(map(mask, numbers)),
        known=known,
        fixed=message.fixed,
    )
    sends.open(note)
    error: ProviderError | None = None
    try:
        answers = tuple(account.service.send(message.outgoing(numbers, note.token)))
    except Refused as refused:
        error = refused.with_traceback(None)  # or it keeps this frame, and that it
        open_ = refused.scope is Scope.THROTTLE
        answers = tuple(_refused(each, refused, open_) for each in numbers)
    except (Unclear, Unexpected) as unclear:
        error = unclear.with_traceback(None)
        answers = tuple(NumberAnswer(each, None, text=unclear.text) for each in numbers)
    except ProviderError:  # it was never sent
        sends.close(note.token)
        raise
    ended = account.clock.now()
    receipts: dict[str, Receipt] = {}
    if any(answer.accepted is None for answer in answers):
        receipts, looked = _look(account, note, ended, numbers, answers)
        throttled = isinstance(error, Refused) and known is not None and looked
        answers = tuple(
            _settled(answer, receipts.get(answer.number), throttled)
            for answer in answers
        )
    return Sent(note.token, answers, receipts, error)


def reported(sent: Sent, sends: OpenSends) -> None:
    """Close a send that was shown to the user, when its outcome is clear."""
    if all(answer.accepted is not None for answer in sent.answers):
        sends.close(sent.token)


def recall(
    account: SendingAccountOpened, note: OpenSend, numbers: Sequence[str]
) -> dict[str, Receipt]:
    """What the records say of an earlier send to these *numbers*, by number."""
    try:
        return _found(account, note, note.at + LONGEST_CALL, numbers)
    except SmsformError:
        return {}


def follow(
    account: SendingAccountOpened,
    sent: Sent,
    timeout: float,
    interval: float,
) -> dict[str, Receipt]:
    """Wait until every accepted message has a final receipt; returns them by number.

    *timeout* and *interval* are seconds on the account's clock.
    """
    open_ = {answer.number: answer for answer in sent.answers if answer.accepted}
    found: dict[str, Receipt] = {}
    since = account.clock.now() - BEFORE
    while open_:
        begun = account.clock.now()
        for number, answer in list(open_.items()):
            receipt = _receipt_of(account.service, answer, sent.token, since)
            if receipt is not None:
                found[number] = receipt
                if receipt.delivery.final:
                    del open_[number]
        if not open_ or timeout <= 0:
            break
        pause = min(interval, timeout)
        account.clock.sleep(pause)
        timeout -= max(pause, account.clock.now() - begun)  # it may be set back
    return found


def _known(
    service: SendingAccount, numbers: Sequence[str], since: float
) -> ReadRecords | None:
    """What the records show before the call; None where the service refuses them."""
    try:
        return tuple(
            tuple(receipt.key for receipt in service.receipts(number, since))
            for number in numbers
        )
    except Refused:
        return None


def _refused(number: str, refused: Refused, unclear: bool) -> NumberAnswer:
    return NumberAnswer(
        number,
        accepted=None if unclear else False,
        code=refused.code,
        text=refused.text,
        advice=refused.advice,
    )


def _look(
    account: SendingAccountOpened,
    note: OpenSend,
    ended: float,
    numbers: Sequence[str],
    answers: Sequence[NumberAnswer],
) -> tuple[dict[str, Receipt], bool]:
    """Look for what an unclear call may have sent, with growing waits.

    Returns what was found, and whether the last look could read the records.
    """
    wanted = [a.number for a in answers if a.accepted is None]
    found: dict[str, Receipt] = {}
    looked = False
    for wait in LOOKS:
        account.clock.sleep(wait)
        try:
            found |= _found(account, note, ended, numbers)
        except ProviderError:
            looked = False
            continue
        looked = True
        if all(number in found for number in wanted):
            break
    return found, looked


def _found(
    account: SendingAccountOpened, note: OpenSend, ended: float, numbers: Sequence[str]
) -> dict[str, Receipt]:
    """The one message of *note* to each number that the records show without doubt.

    The call ended at *ended*: a message sent later is not its own.
    """
    found = {}
    for number in numbers:
        # Two numbers of a send may look alike when they are masked.
        places = [n for n, each in enumerate(note.numbers) if each == mask(number)]
        if not places:
            continue
        before = note.known
        known = None if before is None else [key for n in places for key in before[n]]
        during = [
            each
            for each in account.service.traces(number, note.at - SKEW)
            if note.at - SKEW <= each.sent <= ended + SKEW or not each.sent
        ]
        if receipt := _recognised(during, note, known, account.sending.tokens):
            found[number] = receipt
    return found


def _recognised(
    traces: Sequence[Receipt],
    note: OpenSend,
    known: Sequence[tuple[str, str, float]] | None,
    tokens: bool,
) -> Receipt | None:
    """The receipt with the token; without tokens, the only new one with our text."""
    ours = [each for each in traces if each.token == note.token]
    if ours:
        return ours[0]
    if tokens or known is None:
        return None
    news = [
        each
        for each in traces
        if not each.token
        and each.key not in known
        and each.sent
        and matches(each.content, note.fixed)
    ]
    return news[0] if len(news) == 1 else None


def _settled(
    answer: NumberAnswer, receipt: Receipt | None, throttled: bool
) -> NumberAnswer:
    """The final answer for an unclear one, once the records were read."""
    if answer.accepted is not None:
        return answer
    if receipt is not None:
        refused = receipt.delivery is DeliveryStatus.REFUSED
        return answer._replace(
            accepted=not refused,
            serial=receipt.serial,
            code=receipt.code if refused else "",
            text="",
            advice="",
        )
    # The records can be read and show nothing new: a refusal as too fast was one.
    return answer._replace(accepted=False) if throttled else answer


def _receipt_of(
    service: SendingAccount, answer: NumberAnswer, token: str, since: float
) -> Receipt | None:
    """What the records say of one accepted message."""
    ours: Iterator[Receipt] = (
        receipt
        for receipt in service.receipts(answer.number, since)
        if (receipt.serial and receipt.serial == answer.serial)
        or (receipt.token and receipt.token == token)
    )
    return next(ours, None)
