"""Sending at this service, as far as the core must know it beforehand."""

from __future__ import annotations

from smsform.providers.tencent.sending import receipts
from smsform.sending import Sending

SENDING = Sending(
    tokens=False,  # only the pull shows SessionContext, once a carrier has answered
    signs_abroad=False,
    pushed=receipts.pushed,
    furthest=7 * 24 * 3600.0,
    days=32,
    options=frozenset({"sender_id", "extend_code"}),
    needs=("sms_sdk_app_id",),
    hourly=True,
    packaged=True,
)
