"""The reports Alibaba Cloud pushes: TemplateSmsReport and SignSmsReport; pure.

A JSON array, unsigned, of objects whose fields the documents of the message receipts
list (read 2026-11-21); the queue spells ``orderId`` as ``order_id``. Anybody can send
one, so every field is checked before anything is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from smsform.model import Kind, Value
from smsform.provider import PushedReport
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.existing import NO_NOTE, REVIEWS, order_mark
from smsform.words import say

_CODE = re.compile(r"SMS_[0-9]{1,18}")
_NAME = re.compile(r"\S(.{0,98}\S)?")

Fields = Mapping[str, object]


class _Form(NamedTuple):
    """The names of id and status in a kind of report, and what else it shows."""

    kind: Kind
    id: str
    form: re.Pattern[str]
    status: str
    shown: Mapping[str, str]


FORMS = (
    _Form(
        Kind.TEMPLATE,
        "template_code",
        _CODE,
        "template_status",
        {"template_content": "TemplateContent", "remark": "Remark"},
    ),
    _Form(Kind.SIGNATURE, "sign_name", _NAME, "sign_status", {"remark": "Remark"}),
)


def reports(document: object) -> tuple[PushedReport, ...]:
    """The reports of one push, in its order; ValueError for anything else."""
    if not isinstance(document, list):
        raise ValueError(say("provider.report_array"))
    return tuple(_report(number, item) for number, item in enumerate(document, 1))


def _report(number: int, item: object) -> PushedReport:
    fields: Fields = item if isinstance(item, dict) else {}
    forms = [form for form in FORMS if form.id in fields]
    if len(forms) != 1:
        raise ValueError(say("provider.report_kind", number=number))
    [form] = forms
    status = _text(fields.get(form.status))
    if status not in wire.PUSHED:
        what = say("provider.report_field", number=number, field=form.status)
        raise ValueError(what)
    id = _text(fields[form.id])
    if not form.form.fullmatch(id) or not id.isprintable():
        raise ValueError(say("provider.report_field", number=number, field=form.id))
    shown: dict[str, Value] = {
        attribute: _text(fields[field])
        for field, attribute in form.shown.items()
        if isinstance(fields.get(field), str)
    }
    reason = _text(fields.get("reason")).strip()
    return PushedReport(
        form.kind,
        id,
        REVIEWS[wire.PUSHED[status]],
        note="" if reason == NO_NOTE else reason,
        shown=shown,
        mark=order_mark(fields.get("orderId", fields.get("order_id"))),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
