"""Generated modules that send through Tencent Cloud's SDKs: what a call needs.

Facts: SendSms of tencentcloud-sdk-python-sms 3.1.153, error codes of the same, read
2026-11-29. A verification template takes values of up to six digits and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from smsform.model import Attributes, Template
from smsform.providers.tencent import wire
from smsform.providers.tencent.limits import LIMITS
from smsform.providers.tencent.sites import HOSTS, REGIONS
from smsform.senders.model import (
    Argument,
    KeyVariables,
    Option,
    SenderSpec,
    ValueCheck,
)
from smsform.senders.service import described

DIGITS = "09"


def arguments(
    submitted: Attributes,
    template: Template | None,
    names: tuple[str, ...],
    account: Mapping[str, object],
) -> tuple[Argument, ...]:
    """The values of a version in the order of its numbers."""
    verification = submitted.get("SmsType") == wire.VERIFICATION
    name = "max_param_length"
    limit = int(str(account.get(name, LIMITS[name].default)))
    usual = ValueCheck(1, 6, DIGITS) if verification else ValueCheck(1, limit)
    params = {each.name: each for each in template.params} if template else {}
    return tuple(
        described(name, name, usual, params.get(name), template) for name in names
    )


SENDERS = SenderSpec(
    title="Tencent Cloud SMS",
    templates=Path(__file__).parent,
    languages=("python", "typescript", "node", "java", "go", "php", "csharp", "cpp"),
    numbers=200,
    keys=KeyVariables(
        "TENCENTCLOUD_SECRET_ID",
        "TENCENTCLOUD_SECRET_KEY",
        ("TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"),
    ),
    options=(
        Option("session_context", "SessionContext", "under 512 bytes, comes back"),
        Option("extend_code", "ExtendCode", "the end of the sending number"),
        Option("sender_id", "SenderId", "international messages only"),
    ),
    arguments=arguments,
    reached=lambda site, region: (HOSTS[site], region or REGIONS[site]),
    settings={"sms_sdk_app_id": "TENCENTCLOUD_SMS_SDK_APP_ID"},
    unsigned_abroad=True,
)
