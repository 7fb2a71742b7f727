"""Schemas of what is printed about sending: codes explained."""

from __future__ import annotations

from smsform.explanation import Actor, Stage
from smsform.report import explanations as explanations_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    listed,
    record,
    text,
    word,
)


def codes() -> Schema:
    """``explain --format json``."""
    code = record(
        "One code in one place; the same word may mean something else in another.",
        {
            "code": text("The code; of a family, how its codes begin."),
            "family": flag("Whether it stands for codes that are listed nowhere."),
            "type": text("The type of provider."),
            "stage": word("Where it is met.", Stage),
            "actor": word("Who can do something about it.", Actor),
            "meaning": text("What it means."),
            "advice": text("What to do."),
            "today": text("What an old code is called now; may be empty."),
            "source": text("Where the fact is from."),
            "read": text("The date the source was read."),
        },
    )
    return document(
        "codes", "smsform_codes", explanations_report.FORMAT,
        "Codes", "What `smsform explain --format json` prints.",
        {"codes": listed("The codes, by service.", code)},
    )  # fmt: skip
