"""The schema of ``import``."""

from __future__ import annotations

from smsform.drafts.values import Cause, SkipReason
from smsform.model import Kind, Review
from smsform.report import imports as imports_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    keyed,
    listed,
    or_null,
    record,
    text,
    word,
)


def imported() -> Schema:
    """``import --format json``."""
    entry = {
        "provider": text("The provider's name in smsform.yaml."),
        "kind": word("What it is.", Kind),
        "id": text("The service's id of it."),
        "name": text("What it is called there."),
        "review": word("Where it is in review.", Review),
    }
    beside = listed("Further entries of its name and text.", text("An id."))
    definition = record(
        "A definition, and what it owns.",
        {
            "kind": word("What it defines.", Kind),
            "key": text("Its key."),
            "name": text("Its name."),
            "new": flag("False: it was defined before."),
            "entries": listed(
                "Its entries, one a provider.",
                record("An entry.", {**entry, "beside": beside}),
            ),
            "cause": or_null(
                word(
                    "Why its entries share it, or why its entry shares none.",
                    Cause,
                )
            ),
            "what": text("More on the cause: names of variables, attributes."),
            "check": listed("What of it is a guess.", text("A key.")),
        },
    )
    left = record(
        "An entry that got no definition.",
        {
            **entry,
            "why": word("The reason.", SkipReason),
            "what": text("More on the reason: an address, a problem."),
        },
    )
    return document(
        "imported",
        "smsform_import",
        imports_report.FORMAT,
        "Import",
        "What `smsform import --format json` prints.",
        {
            "dry_run": flag("Whether nothing was written."),
            "definitions": listed("Every definition that owns more now.", definition),
            "left": listed("Every other entry.", left),
            "written": keyed("New files by path.", text("The YAML.")),
            "amended": keyed("Files with added lines by path.", text("The YAML.")),
        },
    )
