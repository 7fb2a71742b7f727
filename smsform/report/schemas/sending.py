"""Schemas about sending: codes, a send, receipts."""

from __future__ import annotations

from smsform.emulation.outbox_json import FIRST_KEY
from smsform.emulation.outbox_json import FORMAT as OUTBOX_FORMAT
from smsform.explanation import Actor, Stage
from smsform.report import explanations as explanations_report
from smsform.report import receipts as receipts_report
from smsform.report import sending as sending_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    listed,
    moment,
    or_null,
    record,
    text,
    whole,
    word,
)
from smsform.sending import DeliveryStatus

NUMBER = text("The number, masked unless --show-numbers was given.")


def codes() -> Schema:
    """``explain --format json``."""
    code = record(
        "One code in one place; the same word may mean something else in another.",
        {
            "code": text("The code; of a family, how its codes begin."),
            "family": flag("Whether it stands for codes that are listed nowhere."),
            "type": text("The type of provider."),
            "stage": word("Where it is met.", Stage),
            "actor": word("Who can do something about it.", Actor),
            "meaning": text("What it means."),
            "advice": text("What to do."),
            "today": text("What an old code is called now; may be empty."),
            "source": text("Where the fact is from."),
            "read": text("The date the source was read."),
        },
    )
    return document(
        "codes",
        "smsform_codes",
        explanations_report.FORMAT,
        "Codes",
        "What `smsform explain --format json` prints.",
        {"codes": listed("The codes, by service.", code)},
    )


def send() -> Schema:
    """``send --format json``."""
    price = record(
        "What all of them cost, as smsform.yaml states prices.",
        {
            "amount": text("A decimal number, exactly."),
            "currency": text("As ISO 4217 calls it."),
        },
    )
    message = record(
        "One number's message.",
        {
            "number": NUMBER,
            "result": word("What is known of it.", sending_report.SendResult),
            "serial": text("The service's id of it; may be empty."),
            "fee": or_null(whole("The segments billed; null where it does not say.")),
            "code": text("The service's code; may be empty."),
            "message": text("The service's words; may be empty."),
            "advice": text("What to do about the code; may be empty."),
            "received": or_null(moment("When the phone had it; null: not told.")),
        },
    )
    return document(
        "send",
        "smsform_send",
        sending_report.FORMAT,
        "Send",
        "What `smsform send --format json` prints.",
        {
            "address": text("The address whose active version went."),
            "template": text("The service's id of that version."),
            "signature": text("The signature's name; may be empty abroad."),
            "sample": text("The sample case whose values went."),
            "text": text("The whole message, the signature in front."),
            "international": flag("Whether it is for numbers outside the mainland."),
            "segments": whole("How many messages are billed for each number.", 1),
            "price": or_null(price),
            "newer_definition": flag("Whether the definition has moved on since."),
            "token": text("The id of this call that the service's records may show."),
            "messages": listed("In the order of the numbers.", message),
        },
    )


def outbox() -> Schema:
    """``emulate outbox --format json``, and ``/_smsform/messages``."""
    receipt = record(
        "The carrier's word.",
        {
            "code": text("Its code, as the service spells it."),
            "delivered": flag("Whether it arrived."),
            "at": moment("When."),
        },
    )
    message = record(
        "One message to one number.",
        {
            "id": whole("Counts up; never given twice."),
            "provider": text("The provider's name in smsform.yaml."),
            "to": text("The whole number, E.164."),
            "place": text("Its country, ISO 3166; DEF when unknown."),
            "international": flag("Whether it went to the international market."),
            "type": text("The type of message."),
            "signature": text("The signature's name; may be empty abroad."),
            "template": text("The template's id, as the service spells it."),
            "name": text("The template's name."),
            "text": text("What the recipient reads, signature included."),
            "segments": whole("How many messages are billed."),
            "sent": moment("When it was accepted, on the emulator's clock."),
            "serial": text("What the service calls it in its answer."),
            "context": text("What the caller gave to know it again; may be empty."),
            "receipt": or_null(receipt),
        },
    )
    return document(
        "outbox",
        FIRST_KEY,
        OUTBOX_FORMAT,
        "Outbox",
        "What `smsform emulate outbox --format json` prints.",
        {"messages": listed("The messages, newest first.", message)},
    )


def receipts() -> Schema:
    """``receipts --format json``."""
    fields = {
        "provider": text("The provider's name in smsform.yaml."),
        "number": NUMBER,
        "delivery": word("What became of the message.", DeliveryStatus),
        "code": text("The service's or the carrier's code; may be empty."),
        "meaning": text("What the code means; may be empty."),
        "advice": text("What to do about it; may be empty."),
        "message": text("The service's words; may be empty."),
        "address": text("The address whose text it was; empty where nobody knows."),
        "template": text("The service's id of the template; may be empty."),
        "text": text("The message with its values hidden; empty for others' texts."),
        "serial": text("The service's id of the message; may be empty."),
        "token": text("The id of the call that sent it; may be empty."),
        "segments": or_null(whole("What is billed; null where it is not told.")),
        "sent": or_null(moment("When it was sent; null: not told.")),
        "received": or_null(moment("When the phone had it; null: not told.")),
    }
    receipt = record(
        "One message.", {name: fields[name] for name in receipts_report.COLUMNS}
    )
    return document(
        "receipts",
        "smsform_receipts",
        receipts_report.FORMAT,
        "Receipts",
        "What `smsform receipts --format json` prints.",
        {"receipts": listed("The newest first.", receipt)},
    )
