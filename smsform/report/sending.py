"""A message and what became of it, to text and JSON; numbers are masked.

cloud/template.login_code  1110, sample
  【示例商城】183029为您的登录验证码…
  33 characters, 1 segment · 2 numbers · 0.09 CNY

+86138****8000  accepted  1 segment
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec.structs import replace

from smsform.prices import Price
from smsform.project.dispatch import Sent
from smsform.project.message import PreparedMessage
from smsform.project.open_sends import OpenSend
from smsform.report.moments import moment, stamp
from smsform.report.readable import readable_json
from smsform.report.terminal import Style, hang, safe, table
from smsform.sending import DeliveryStatus, NumberAnswer, Receipt
from smsform.sending.numbers import hidden, mask
from smsform.words import counted, named, say, tell

FORMAT = 1


class SendResult(StrEnum):
    """What is known of one message."""

    ACCEPTED = "accepted"  # the service has accepted it; no receipt was asked for
    DELIVERED = "delivered"
    UNDER_WAY = "under_way"  # a receipt was asked for, and there is none yet
    FAILED = "failed"  # refused, or it did not arrive
    UNKNOWN = "unknown"  # it may have been sent


def result(answer: NumberAnswer, receipt: Receipt | None, waited: bool) -> SendResult:
    """The result of one message, whether its receipt was *waited* for or not."""
    if answer.accepted is None:
        return SendResult.UNKNOWN
    if not answer.accepted:
        return SendResult.FAILED
    delivery = receipt.delivery if receipt else DeliveryStatus.UNDER_WAY
    if delivery is DeliveryStatus.DELIVERED:
        return SendResult.DELIVERED
    if delivery.final:
        return SendResult.FAILED
    return SendResult.UNDER_WAY if waited else SendResult.ACCEPTED


def shown_message(message: PreparedMessage, count: int, style: Style) -> Iterator[str]:
    """The message before it is sent: text, length, cost for *count* numbers."""
    head = say(
        "send.message",
        id=safe(message.id),
        sample=safe(message.case),
        signature=safe(message.signature),
    )
    yield f"{style.bold(safe(str(message.address)))}  {head}"
    if message.newer:
        yield f"  {style.yellow(say('send.newer_definition'))}"
    for problem in message.warnings:
        yield f"  {style.yellow(f'{problem.rule}: {safe(problem.message)}')}"
    text = "".join(
        style.underline(safe(piece.text)) if piece.parameter else safe(piece.text)
        for piece in message.pieces
    )
    yield hang(f"  {text}", style.columns)
    parts = [
        say("send.characters", units=message.length.units),
        counted("preview.segments", message.length.segments),
        counted("send.numbers", count),
    ]
    if cost := price_of(message, count):
        parts.append(f"{cost.figure} {cost.currency}")
    yield f"  {style.dim(' · '.join(parts))}"


def price_of(message: PreparedMessage, count: int) -> Price | None:
    """The cost of *count* messages; None where no price is configured."""
    if message.price is None:
        return None
    return replace(message.price, amount=message.price.amount * count)


def earlier(
    note: OpenSend, found: Mapping[str, Receipt], numbers: Sequence[str]
) -> Iterator[str]:
    """What is known of a send with an unclear outcome, a line for each number."""
    for number in numbers:
        if mask(number) not in note.numbers:
            continue
        receipt = found.get(number)
        fields = {"number": mask(number), "at": moment(note.at)}
        if receipt is None:
            yield say("send.earlier_unknown", **fields)
        else:
            delivery = named(receipt.delivery)
            yield say("send.earlier_found", **fields, delivery=delivery)


PAINT = {
    SendResult.ACCEPTED: Style.green,
    SendResult.DELIVERED: Style.green,
    SendResult.UNDER_WAY: Style.yellow,
    SendResult.FAILED: Style.red,
    SendResult.UNKNOWN: Style.red,
}


def as_text(sent: Sent, style: Style, waited: bool, show: bool = False) -> str:
    """A line for each number: the result, and what to do about it."""
    rows = []
    for answer in sent.answers:
        receipt = sent.receipts.get(answer.number)
        each = result(answer, receipt, waited)
        number = answer.number if show else mask(answer.number)
        rows.append((number, PAINT[each](style, named(each)), _why(answer, receipt)))
    return table(rows, columns=style.columns)


def _why(answer: NumberAnswer, receipt: Receipt | None) -> str:
    """The code and the message of a failure, or the billed segments."""
    numbers = [answer.number]
    if answer.accepted is not True:
        parts = [safe(answer.code), safe(hidden(answer.text, numbers))]
        if answer.accepted is None:
            parts.append(say("send.unknown_hint"))
        elif answer.advice:
            parts.append(tell(answer.advice))
        return say("report.semicolon").join(part for part in parts if part)
    if receipt is not None and receipt.code and receipt.delivery.final:
        return safe(receipt.code)
    return counted("preview.segments", answer.fee) if answer.fee else ""


def as_json(
    message: PreparedMessage, sent: Sent, waited: bool, show: bool = False
) -> str:
    """A JSON document, format 1, with the message and ``messages``, one a number."""
    cost = price_of(message, len(sent.answers))
    document = {
        "smsform_send": FORMAT,
        "address": str(message.address),
        "template": message.id,
        "signature": message.signature,
        "sample": message.case,
        "text": message.text,
        "international": message.international,
        "segments": message.length.segments,
        "price": cost and {"amount": cost.figure, "currency": cost.currency},
        "newer_definition": message.newer,
        "token": sent.token,
        "messages": [
            _message(answer, sent.receipts.get(answer.number), waited, show)
            for answer in sent.answers
        ],
    }
    return readable_json(document)


def _message(
    answer: NumberAnswer, receipt: Receipt | None, waited: bool, show: bool
) -> dict[str, object]:
    final = receipt is not None and receipt.delivery.final
    code = receipt.code if receipt is not None and final else answer.code
    return {
        "number": answer.number if show else mask(answer.number),
        "result": result(answer, receipt, waited),
        "serial": answer.serial,
        "fee": answer.fee,
        "code": code,
        "message": hidden(answer.text, [answer.number]),
        "advice": tell(answer.advice) if answer.advice else "",
        "received": stamp(receipt.received) if receipt else None,
    }
