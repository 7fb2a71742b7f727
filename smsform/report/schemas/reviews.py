"""The schema of reviews, and the parts that plans share with it."""

from __future__ import annotations

from smsform.delivery import Deliverable
from smsform.model import Kind, Review
from smsform.report import status as status_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    keyed,
    listed,
    moment,
    or_null,
    record,
    text,
    word,
)
from smsform.report.status import GONE, MISSING, VersionRole
from smsform.waiting import WaitEnd

DELIVERY = {
    "told": word("The worst carrier counts.", Deliverable),
    "why": text("The service's words."),
    "seen": moment("When it was first told so."),
}
TERM = {
    "paper": text("The service's word for it, and its id."),
    "until": text("Its last day in Beijing, YYYY-MM-DD."),
}
_DAYS = {"type": "integer", "description": "Days left; below 0: it has run out."}
ERROR = record(
    "Why something failed.",
    {
        "kind": text("What sort of error, as ConfigError or Refused."),
        "message": text("What happened and where."),
        "hint": text("What to do next; may be empty."),
    },
)
ERRORS = keyed("The providers that could not be read, by name.", ERROR)
WAIT = record(
    "How waiting for reviews went; with --wait.",
    {
        "ended": word("How it ended.", WaitEnd),
        "verdicts": listed(
            "What reviewers decided meanwhile.",
            record(
                "One verdict.",
                {
                    "address": text("PROVIDER/KIND.KEY"),
                    "id": text("The version."),
                    "before": word("Where it was in review.", Review),
                    "after": word("Where it is now.", Review),
                    "note": text("The reviewer's words."),
                    "at": or_null(moment("When it was seen.")),
                },
            ),
        ),
        "retire": listed(
            "Replaced versions that policy will delete.",
            record(
                "One version.",
                {
                    "address": text("PROVIDER/KIND.KEY"),
                    "id": text("The version."),
                    "due": or_null(moment("When it may go.")),
                },
            ),
        ),
    },
)
_REPORT = record(
    "One report.",
    {
        "kind": word("What it is about.", Kind),
        "id": text("Its id at the service."),
        "review": word("The verdict.", Review),
        "note": text("The reviewer's words."),
    },
)
REPORTS = record(
    "What became of reports a service pushed; with --ingest.",
    {
        "taken": listed("Taken over.", _REPORT),
        "not_ours": listed("About nothing we own.", _REPORT),
        "nothing_new": listed("Repeated, or older than what is known.", _REPORT),
    },
)


def status() -> Schema:
    """``status --format json``."""
    entry = record(
        "A version of ours, or a definition that has none.",
        {
            "address": text("PROVIDER/KIND.KEY"),
            "id": text("The version; empty where there is none."),
            "review": word(
                "Where it is in review; `gone`: the service has it no more.",
                (*Review, GONE, MISSING),
            ),
            "role": word(
                "What it is to its address; empty: nothing yet.", (*VersionRole, "")
            ),
            "since": or_null(moment("When it was submitted.")),
            "note": text("The reviewer's words."),
            "expected": or_null(moment("When its verdict usually is there.")),
            "why": text("Why smsform does not go on by itself; may be empty."),
            "delivery": or_null(
                record(
                    "Whether messages reach people; null: nobody told.",
                    {
                        **DELIVERY,
                        "since": or_null(moment("Since when.")),
                        "terms": listed(
                            "Papers that run out, the next to do so first.",
                            record(
                                "One paper.",
                                {**TERM, "days": _DAYS},
                            ),
                        ),
                    },
                )
            ),
        },
    )
    return document(
        "status",
        "smsform_status",
        status_report.FORMAT,
        "Status",
        "What `smsform status --format json` prints.",
        {
            "entries": listed("Every version of every address.", entry),
            "errors": ERRORS,
            "wait": WAIT,
            "reports": REPORTS,
        },
        optional=["wait", "reports"],
    )
