"""The schema of undocumented parts of replies."""

from __future__ import annotations

from smsform.project.shapes import UnreadReason
from smsform.report import shapes as shapes_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    listed,
    record,
    text,
    whole,
    word,
)
from smsform.shapes import Strange


def shapes() -> Schema:
    """``doctor --shapes --format json``."""
    unknown = record(
        "Something that no document has.",
        {
            "strange": word(
                "An unknown field, another type, or a value that is not listed.",
                Strange,
            ),
            "path": text("The field; `?` for a name that is not told."),
            "what": text("Its type; of a value, the value, or `?` if it is not told."),
            "replies": whole("In how many replies.", 1),
        },
    )
    action = record(
        "The replies of one call.",
        {
            "action": text("The service's name of it."),
            "replies": whole("How many there were.", 1),
            "source": text("The documents they were compared with."),
            "read": text("The date these were read."),
            "unknown": listed("What they do not have.", unknown),
        },
    )
    service = record(
        "One service, all accounts there together.",
        {
            "type": text("Its type, as in smsform.yaml."),
            "emulated": flag("Whether it is the emulator that answered."),
            "actions": listed("Every call that was answered.", action),
            "undescribed": whole("Replies of calls that no document describes."),
            "not_json": whole("Replies that are no JSON."),
            "failures": listed(
                "Why an account was not read to the end.",
                word("`smsform doctor` tells more.", UnreadReason),
            ),
        },
    )
    return document(
        "shapes",
        "smsform_shapes",
        shapes_report.FORMAT,
        "Shapes",
        "What `smsform doctor --shapes --format json` prints; no content.",
        {
            "smsform": text("The version that looked."),
            "services": listed("Every service.", service),
        },
    )
