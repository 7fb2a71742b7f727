"""Receipts as a table, JSON and CSV; numbers are masked, values hidden."""

from __future__ import annotations

from collections.abc import Sequence

from smsform.project.receipts import ExplainedReceipt
from smsform.report.moments import moment, stamp
from smsform.report.readable import readable_json
from smsform.report.separated import as_csv as separated
from smsform.report.terminal import Style, safe, table
from smsform.sending import DeliveryStatus
from smsform.sending.numbers import hidden, mask
from smsform.words import named, say, tell

FORMAT = 1
PAINT = {
    DeliveryStatus.DELIVERED: Style.green,
    DeliveryStatus.UNDER_WAY: Style.yellow,
    DeliveryStatus.FAILED: Style.red,
    DeliveryStatus.REFUSED: Style.red,
}
COLUMNS = (
    "provider", "number", "delivery", "code", "meaning", "advice", "message", "address",
    "template", "text", "serial", "token", "segments", "sent", "received",
)  # fmt: skip


def as_text(found: Sequence[ExplainedReceipt], style: Style, show: bool = False) -> str:
    """A line for each message: number, time, status, reason, text."""
    rows = []
    for each in found:
        receipt = each.receipt
        why = safe(receipt.code)
        if (
            each.explanation is not None
            and receipt.delivery is not DeliveryStatus.DELIVERED
        ):
            why = say("receipts.code", code=why, meaning=tell(each.explanation.meaning))
        what = safe(each.text or each.address)
        rows.append(
            (
                safe(each.provider),
                receipt.number if show else mask(receipt.number),
                moment(receipt.sent or receipt.received),
                PAINT[receipt.delivery](style, named(receipt.delivery)),
                why,
                what,
            )
        )
    header = ["provider", "number", "when", "delivery", "why", "text"]
    names = [style.dim(say(f"receipts.{name}")) for name in header]
    return table(rows, names, style.columns)


def as_json(found: Sequence[ExplainedReceipt], show: bool = False) -> str:
    """A JSON document, format 1, that holds ``receipts``."""
    receipts = [_values(each, show) for each in found]
    return readable_json({"smsform_receipts": FORMAT, "receipts": receipts})


def as_csv(found: Sequence[ExplainedReceipt], show: bool = False) -> str:
    """The same fields, a line a message."""
    rows = [list(_values(each, show).values()) for each in found]
    return separated(COLUMNS, rows)


def _values(each: ExplainedReceipt, show: bool) -> dict[str, object]:
    receipt, explanation = each.receipt, each.explanation
    values: dict[str, object] = {
        "provider": each.provider,
        "number": receipt.number if show else mask(receipt.number),
        "delivery": receipt.delivery,
        "code": receipt.code,
        "meaning": tell(explanation.meaning) if explanation else "",
        "advice": tell(explanation.advice) if explanation else "",
        "message": hidden(receipt.text, [receipt.number]),
        "address": each.address,
        "template": receipt.template,
        "text": each.text,
        "serial": receipt.serial,
        "token": hidden(receipt.token, [receipt.number]),
        "segments": receipt.segments or None,
        "sent": stamp(receipt.sent),
        "received": stamp(receipt.received),
    }
    assert tuple(values) == COLUMNS
    return values
