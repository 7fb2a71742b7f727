"""One text for one number: judged, kept in the outbox, answered."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from smsform.emulation import numbers, outbox, package, pushes
from smsform.emulation.delivery import DeliverySetting
from smsform.emulation.filled import FilledTemplate
from smsform.emulation.messages import Refusal
from smsform.emulation.numbers import Number
from smsform.emulation.outbox import OutboxMessage
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account, Item
from smsform.providers.tencent.emulator.sending import judge
from smsform.providers.tencent.emulator.sending_settings import DELIVERED, ENDINGS
from smsform.providers.tencent.emulator.texts import refusal

LONGEST_CONTEXT = 512  # bytes, tccli 3.1.189.1; its refusal is [I]


class SendRequest(Struct, frozen=True):
    """What a call sends, apart from the number.

    ``lasting``: a refused message keeps its serial number and place.
    """

    application: str
    template: str
    signature: str
    values: Sequence[str]
    context: str
    extend: str = ""
    lasting: bool = False


def check_context(context: str) -> None:
    """Refuse a SessionContext that is too long."""
    if len(context.encode()) >= LONGEST_CONTEXT:
        raise refusal("InvalidParameter", name="SessionContext")


def write(
    account: Account, asked: SendRequest, *, abroad: bool
) -> FilledTemplate | Refusal:
    """The text, or the refusal that each number then gets as its answer."""
    try:
        return judge.fill(
            account, asked.template, asked.signature, asked.values, abroad=abroad
        )
    except Refusal as refused:
        return refused


def submit(
    account: Account,
    asked: SendRequest,
    filled: FilledTemplate | Refusal,
    text: str,
    number: Number | None,
    serial: str,
) -> tuple[OutboxMessage, str]:
    """Send to *number*, which was given as *text*; the message, and words for its code.

    A refused message is stored, too, for the records; its ``refusal`` says why.
    """
    message = _message(account, asked, filled, text, number, serial)
    try:
        if isinstance(filled, Refusal):
            raise filled
        judge.check_package(account, filled)
        if number is None:
            raise refusal("InvalidParameterValue.IncorrectPhoneNumber")
        judge.check_market(filled, number)
        judge.check_recipient(account, message)
    except Refusal as refused:
        message = message._replace(
            refusal=refused.code,
            due=None,
            receipt="",
            delivered=0,
            serial=serial if asked.lasting else "",
        )
        outbox.keep(account.store, message)
        return message, refused.message
    id = outbox.keep(account.store, message)
    if not filled.international:
        package.take(account.store, account.place, filled.parts)
    if message.due is not None and account.settings["push_receipts"] is not None:
        provider, due = account.place.provider, message.due
        pushes.queue_item(account.store, provider, pushes.RECEIPT, id, due)
    return message, "send success"


def _message(
    account: Account,
    asked: SendRequest,
    filled: FilledTemplate | Refusal,
    text: str,
    number: Number | None,
    serial: str,
) -> OutboxMessage:
    ready = filled if isinstance(filled, FilledTemplate) else None
    delivery = account.settings["delivery"]
    assert isinstance(delivery, DeliverySetting)
    to = number.text if number else text
    after, code = delivery.receipt(to, DELIVERED, ENDINGS)
    return OutboxMessage(
        provider=account.place.provider,
        account=account.place.account,
        application=asked.application,
        serial=serial,
        number=to,
        place=number.place if number else numbers.UNKNOWN,
        international=int(number.international if number else False),
        type=ready.type if ready else "",
        signature=asked.signature,
        template=asked.template,
        name=ready.template.name if ready else "",
        text=ready.text if ready else "",
        masked=ready.masked if ready else "",
        segments=ready.parts if ready else 0,
        context=asked.context,
        extend=asked.extend,
        sent=account.now,
        due=None if after is None else account.now + after,
        receipt=code,
        delivered=int(code == DELIVERED),
    )


def item(message: OutboxMessage, words: str, place: str) -> Item:
    """The answer for one number."""
    return {
        "SerialNo": message.serial,
        "PhoneNumber": message.number,
        "Fee": 0 if message.refusal else message.segments,
        "SessionContext": message.context,
        "Code": message.refusal or wire.SENT,
        "Message": words,
        "IsoCode": place,
    }
