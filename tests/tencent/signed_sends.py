"""Calls of SendSms signed in advance, so that the bench times the emulator alone."""

from __future__ import annotations

import json
import time

from smsform.providers.tencent import wire

ACCEPTED = b'"Code":"Ok"'
SEEDS = (
    {"SignName": "示例商城"},
    {
        "TemplateId": 1110,
        "TemplateName": "登录验证码",
        "SmsType": 3,
        "TemplateContent": "{1}为您的登录验证码，请勿告诉他人。",
    },
)


def signed(host: str, number: int) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a call to *host* that sends to phone *number*."""
    body = json.dumps(
        {
            "PhoneNumberSet": [f"+86138{number:08}"],
            "SmsSdkAppId": "1400006666",
            "TemplateId": "1110",
            "SignName": "示例商城",
            "TemplateParamSet": ["4711"],
        }
    ).encode()
    now = int(time.time())
    signed = [("content-type", "application/json"), ("host", host)]
    signature = wire.signature(
        wire.DEMO_SECRET_KEY,
        method="POST",
        query="",
        payload=body,
        headers=signed,
        timestamp=now,
    )
    scope = f"{wire.DEMO_SECRET_ID}/{wire.utc_date(now)}/sms/tc3_request"
    return body, {
        "Content-Type": "application/json",
        "X-TC-Action": wire.SEND,
        "X-TC-Version": wire.VERSION,
        "X-TC-Timestamp": str(now),
        "X-TC-Region": "ap-guangzhou",
        "Authorization": f"{wire.TC3} Credential={scope}, "
        f"SignedHeaders=content-type;host, Signature={signature}",
    }
