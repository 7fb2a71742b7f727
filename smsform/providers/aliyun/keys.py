"""The keys only Alibaba Cloud has: what they hold and what they are for."""

from __future__ import annotations

from smsform.provider import Form, Key, by_name
from smsform.providers.aliyun import wire

# Words and the numbers of the service: SDK 4.6.0, read 2026-11-21.
SIGN_SOURCES = {
    "company": wire.COMPANY,
    "app": wire.APP,
    "trademark": wire.TRADEMARK,
}
SIGN_TYPES = {
    "verification": wire.SIGN_VERIFICATION,
    "general": wire.SIGN_GENERAL,
}

_APPLY_SCENE = Key(
    "apply_scene", Form.TEXT, "A link that shows reviewers where it is used."
)
_MORE_DATA = Key(
    "more_data",
    Form.FILES,
    "Files for reviewers below the evidence folder: png, jpg, pdf, doc, docx.",
)
_MORE_DATA_KEYS = Key(
    "more_data_keys", None, "Keys of files for reviewers that were uploaded before."
)

SIGNATURE = by_name(
    Key(
        "sign_source",
        Form.TEXT,
        "Where the name is from: company (0), app (2), trademark (5).",
        (*SIGN_SOURCES, *map(str, SIGN_SOURCES.values())),
    ),
    Key(
        "sign_type",
        Form.TEXT,
        "general (1), or verification (0): for codes only.",
        (*SIGN_TYPES, *map(str, SIGN_TYPES.values())),
    ),
    Key(
        "third_party",
        Form.TEXT,
        "true: somebody else's, with authorization_letter_id.",
        ("true", "false"),
    ),
    Key(
        "qualification_id",
        Form.ID,
        "The approved qualification it is applied for with.",
    ),
    Key(
        "authorization_letter_id",
        Form.ID,
        "The owner's letter, for third_party: true.",
    ),
    Key(
        "app_icp_record_id",
        Form.ID,
        "The app's ICP record, filed in the console before.",
    ),
    Key("trademark_id", Form.ID, "The trademark, filed in the console before."),
    _APPLY_SCENE,
    _MORE_DATA,
    _MORE_DATA_KEYS,
)
TEMPLATE = by_name(
    Key(
        "native",
        Form.TEXT,
        "The text as Alibaba Cloud has it, verbatim, instead of content: ${name}, …",
    ),
    Key(
        "template_rule",
        None,
        "Parameter -> attribute (变量属性), where its kind says too little: "
        "{code: pick_up_code}.",
    ),
    Key(
        "traffic_driving",
        None,
        "Links and phones of the text, declared (引流): each with content, company and "
        "organization_code, a link with icp_no and icp_picture, a file below the "
        "evidence folder.",
        files=("icp_picture",),
    ),
    _APPLY_SCENE,
    _MORE_DATA,
    _MORE_DATA_KEYS,
)
OPTIONS = by_name(
    Key("region", Form.TEXT, "The host to call; all but a few regions share one."),
    Key("sign_method", Form.TEXT, "How requests are signed.", tuple(wire.SIGN_METHODS)),
    Key(
        "extend_code",
        Form.TEXT,
        "The extension code (SmsUpExtendCode); only for sending.",
    ),
)
