"""The keys only Tencent Cloud has: what they hold and what they are for."""

from __future__ import annotations

from smsform.provider import Form, Key, by_name
from smsform.providers.tencent import wire

# Words and the numbers of the service: models.py of SDK 3.1.153, read 2026-11-21.
# 2, 3 and 6 are taken by the international site only.
SIGN_TYPES = {
    "company": 0,
    "app": 1,
    "website": 2,
    "official_account": 3,
    "trademark": 4,
    "government": 5,
    "mini_program": 6,
}
DOCUMENT_TYPES = {
    "three_in_one": 0, "business_license": 1, "organization_code": 2,
    "social_credit_code": 3, "app_backend": 4, "website_filing": 5,
    "mini_program_backend": 6, "trademark_certificate": 7,
    "official_account_backend": 8,
}  # fmt: skip
PURPOSES = {"own": 0, "other": 1}

SIGNATURE = by_name(
    Key(
        "sign_type",
        Form.TEXT,
        "What the name is (SignType). website, official_account and mini_program only "
        "on the international site.",
        tuple(SIGN_TYPES),
    ),
    Key(
        "document_type",
        Form.TEXT,
        "What the proof image shows (DocumentType).",
        tuple(DOCUMENT_TYPES),
    ),
    Key(
        "purpose",
        Form.TEXT,
        "own, or other: somebody else's, with a commission (SignPurpose).",
        tuple(PURPOSES),
    ),
    Key("proof_image", Form.FILE, "Path of the proof below the evidence folder."),
    Key("commission_image", Form.FILE, "Path of the commission, for purpose: other."),
    Key(
        "qualification_id",
        Form.ID,
        "The qualification a domestic signature belongs to.",
    ),
)
TEMPLATE = by_name(
    Key(
        "native",
        Form.TEXT,
        "The text as Tencent Cloud has it, verbatim, instead of content: {1}, {2}, …",
    ),
)
OPTIONS = by_name(
    Key(
        "region",
        Form.TEXT,
        "Where signatures and templates live: they exist in one region only.",
    ),
    Key("sign_method", Form.TEXT, "How requests are signed.", tuple(wire.SIGN_METHODS)),
    Key(
        "language",
        Form.TEXT,
        "The language of the service's error texts.",
        ("en-US", "zh-CN"),
    ),
    Key("sms_sdk_app_id", Form.TEXT, "The application; only sending needs it."),
    Key("sender_id", Form.TEXT, "Who a message abroad is from (SenderId); sending."),
    Key("extend_code", Form.TEXT, "The extension code (ExtendCode); only for sending."),
)
