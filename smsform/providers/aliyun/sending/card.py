"""Sending at this service, as far as the core must know it beforehand."""

from __future__ import annotations

from smsform.providers.aliyun.sending import receipts
from smsform.sending import Sending

SENDING = Sending(
    tokens=True,  # QuerySendDetails shows OutId from the start
    signs_abroad=True,
    pushed=receipts.pushed,
    furthest=30 * 24 * 3600.0,
    days=92,  # no document names a longest span; calls are paged
    options=frozenset({"extend_code"}),
    queue="this service's receipts lie in a message queue of another product: ask for "
    "one number with `receipts --to`, which calls QuerySendDetails, or save what the "
    "service pushes and give it to `receipts --ingest FILE`",
    markets=True,
)
