"""The documented shapes of replies.

Fields, types and values are those of the official SDK's models
(tencentcloud-sdk-python-sms 3.1.153), the envelope that of its common part, read
2026-11-29.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.providers.tencent import wire
from smsform.shapes import INTEGER, TEXT, ReplyField, ReplyShape, one_of, shape

SOURCE = "tencentcloud-sdk-python-sms 3.1.153"
READ = "2026-11-29"

_STATUS = one_of(wire.APPROVED, wire.IN_REVIEW, wire.APPROVED_INACTIVE, wire.REJECTED)
_COMMON = {
    "International": one_of(wire.DOMESTIC, wire.INTERNATIONAL, wire.BOTH),
    "StatusCode": _STATUS,
    "ReviewReply": TEXT,
    "CreateTime": INTEGER,
}


def _shape(action: str, item: Mapping[str, ReplyField]) -> ReplyShape:
    """The replies of a list: *item* is one entry."""
    entry = {**_COMMON, **item}
    fields = {
        "RequestId": TEXT,
        "DeprecatedWarning": TEXT,
        "Error.Code": TEXT,
        "Error.Message": TEXT,
        **{f"{wire.PAYLOAD[action]}[].{name}": each for name, each in entry.items()},
    }
    whole = {f"Response.{path}": field for path, field in fields.items()}
    return shape(SOURCE, READ, whole)


SHAPES: Mapping[str, ReplyShape] = {
    wire.DESCRIBE_TEMPLATES: _shape(
        wire.DESCRIBE_TEMPLATES,
        {"TemplateId": INTEGER, "TemplateName": TEXT, "TemplateContent": TEXT},
    ),
    wire.DESCRIBE_SIGNS: _shape(
        wire.DESCRIBE_SIGNS,
        {
            "SignId": INTEGER, "SignName": TEXT,
            "QualificationId": INTEGER, "QualificationName": TEXT,
            "QualificationStatusCode": one_of(0, 1, 2, 3, 4, 5),
        },
    ),
}  # fmt: skip
