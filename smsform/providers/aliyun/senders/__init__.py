"""Generated modules that send through Alibaba Cloud's SDKs: what a call needs.

Facts: SendSms of alibabacloud_dysmsapi20170525 4.6.0, read 2026-11-29. What a value may
hold depends on the attribute its variable was submitted with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from smsform.model import Attributes, Template
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.convert import named
from smsform.providers.aliyun.limits import LIMITS
from smsform.senders.model import (
    Argument,
    KeyVariables,
    Option,
    SenderSpec,
    ValueCheck,
)
from smsform.senders.service import described

# Length and characters of each attribute's values, as ``variables.ATTRIBUTES`` has
# them; further conditions are left to the service.
CHECKS = {
    "numberCaptcha": ValueCheck(4, 6, "09"),
    "characterWithNumber2": ValueCheck(4, 6, "09AZaz"),
    "characterWithNumber": ValueCheck(4, 6, "09AZaz"),
    "verifyTime": ValueCheck(1, 2, "09"),
    "money": ValueCheck(1, 0, "09.."),
    "name": ValueCheck(2, 5, "㐀鿿··"),
    "user_nick": ValueCheck(1, 20),
    "link_param": ValueCheck(1, 8, "09AZaz"),
    "others": ValueCheck(1, 35),
    "unit_name": ValueCheck(1, 20, "㐀鿿（（））()··"),
    "address": ValueCheck(1, 30),
    "license_plate_number": ValueCheck(1, 10),
    "tracking_number": ValueCheck(8, 16, "09AZaz--"),
    "pick_up_code": ValueCheck(4, 8, "09AZaz__--"),
    "other_number2": ValueCheck(1, 35, "09AZaz"),
    "phone_number2": ValueCheck(5, 15, "09--"),
    "email_address": ValueCheck(7, 30, links=True),
}


def arguments(
    submitted: Attributes,
    template: Template | None,
    names: tuple[str, ...],
    account: Mapping[str, object],
) -> tuple[Argument, ...]:
    """The values of a version in the order of its variables."""
    limited = "max_param_length"
    limit = int(str(account.get(limited, LIMITS[limited].default)))
    attributes = _attributes(submitted)
    params = named(template) if template else {}
    found = []
    for native in names:
        check = CHECKS.get(attributes.get(native, ""), ValueCheck())
        if 0 < limit < (check.maximum or limit + 1):
            check = check._replace(maximum=limit)
        parameter = params.get(native)
        name = parameter.name if parameter else native
        found.append(described(name, native, check, parameter, template))
    return tuple(found)


def _attributes(submitted: Attributes) -> dict[str, str]:
    try:
        rule = json.loads(str(submitted.get("TemplateRule") or "{}"))
    except ValueError:
        return {}
    return {str(name): str(each) for name, each in rule.items()} if rule else {}


SENDERS = SenderSpec(
    title="Alibaba Cloud SMS",
    templates=Path(__file__).parent,
    languages=("python", "typescript", "node", "java", "go", "php", "csharp"),
    numbers=1000,
    keys=KeyVariables(
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        ("ALIBABA_CLOUD_SECURITY_TOKEN",),
    ),
    options=(
        Option("out_id", "OutId", "comes back in the receipt"),
        Option("sms_up_extend_code", "SmsUpExtendCode", "the end of the number"),
    ),
    arguments=arguments,
    reached=lambda site, region: (
        wire.REGION_HOSTS.get(region or wire.REGION, wire.HOST),
        region or wire.REGION,
    ),
    settings={},
    # @darabonba/typescript 1.0.5 reads httpProxy and makes its call without it, and no
    # agent can be handed in; tried 2026-11-29.
    unproxied=("typescript", "node"),
)
