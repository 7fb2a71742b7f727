"""Schemas of plans: printed, saved in a file, and their outcomes."""

from __future__ import annotations

from smsform.apply.values import Result
from smsform.model import Identity, Kind, Review
from smsform.plan import Action, Mark, Quota, Reason
from smsform.plan import file as plan_file_format
from smsform.plan.holdings import Risk
from smsform.report import outcome as outcome_report
from smsform.report import plan_json
from smsform.report.schemas.reviews import DELIVERY, ERROR, ERRORS, TERM, WAIT
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    keyed,
    listed,
    moment,
    number,
    or_null,
    record,
    text,
    whole,
    word,
)
from smsform.state import Origin

ADDRESS = text("PROVIDER/KIND.KEY")
VALUE: Schema = {"type": ["string", "integer", "boolean"]}
DIGEST = {**text("SHA-256 in hex."), "pattern": "^[0-9a-f]{64}$"}


def attributes(meaning: str) -> Schema:
    """Attributes by the service's own names."""
    return keyed(meaning, VALUE)


def identity(complete: bool) -> Schema:
    """Where an account is; in a *complete* one, unknown fields are ""."""
    fields = {
        "type": text("The type of provider."),
        "site": text("Which of the service's sites."),
        "region": text("The region."),
        "endpoint": text("`emulator`, or a host."),
        "account": text("The account's id, where it is known."),
    }
    known = {name: fields[name] for name in Identity._fields}
    return record("Where this is.", known, () if complete else known)


CHANGE = {
    "address": ADDRESS,
    "action": word("What apply does.", Action),
    "reason": word("Why.", Reason),
    "id": text("The version acted on or looked at; empty where there is none."),
    "before": attributes("The compared attributes as they are."),
    "after": attributes("The compared attributes as they will be; empty: none."),
    "name": text("The provider's name for it."),
    "international": or_null(flag("The market; null: both, or not known.")),
    "parameters": listed("In the order of their positions.", text("A name.")),
    "review": or_null(word("Where that version is in review.", Review)),
    "note": text("The reviewer's words."),
    "existing_digest": text("Covers every version as the service shows it."),
    "files": listed(
        "Files that go along with a submission.",
        record(
            "One file.",
            {
                "name": text("As the definition names it."),
                "attribute": text("The attribute it goes into."),
                "size": whole("Bytes; 0 of a missing one."),
                "sha256": text("Of its content; empty if it is missing."),
            },
        ),
    ),
}
LINE = record(
    "An address, and what happens to it.",
    {
        **CHANGE,
        "entry_name": or_null(text("What a console lists that version under.")),
        "rejected": flag("Whether it rests rejected: a person has to act."),
        "pending": flag("Whether there is nothing to do but wait."),
        "marks": listed("What to know beside the action.", word("A mark.", Mark)),
        "unverified": or_null(
            word("How it became ours, if some of it was assumed then.", Origin)
        ),
        "drift": listed(
            "What the service shows otherwise than it was submitted.",
            record(
                "One attribute.",
                {
                    "attribute": text("Its name."),
                    "submitted": {**VALUE, "type": [*VALUE["type"], "null"]},
                    "shown": VALUE,
                },
            ),
        ),
        "moved": listed(
            "Positions whose parameter changes: who counts positions breaks.",
            record(
                "One position.",
                {
                    "position": whole("From 1; 0 where parameters go by name."),
                    "before": text("The parameter now; empty: none."),
                    "after": text("The parameter then; empty: none."),
                },
            ),
        ),
        "moved_from": or_null(text("The address its versions come from.")),
        "candidates": listed("Ids a person must choose from.", text("An id.")),
        "segments": or_null(
            {
                **listed(
                    "Most segments of a sample: before, after.", whole("So many.")
                ),
                "minItems": 2,
                "maxItems": 2,
            }
        ),
        "rendered": text("The first sample as the recipient reads it."),
        "delivery": or_null(
            record(
                "Whether messages with that version reach people; null: nobody told.",
                {
                    **DELIVERY,
                    "since": or_null(moment("Since when.")),
                    "terms": listed(
                        "Papers that run out within 30 days, or have.",
                        record("One paper.", TERM),
                    ),
                },
            )
        ),
    },
)
ENTRY = {
    "kind": word("What it is.", Kind),
    "id": text("Its id at the service."),
    "name": text("What a console lists it under."),
    "international": or_null(flag("The market; null: both.")),
    "review": word("Where it is in review.", Review),
}


def plan() -> Schema:
    """``plan --format json``."""
    states = ("unread", "rejected", "pending", "settled")
    actions = (action for action in Action if action is not Action.NONE)
    sorts = {str(each): whole(f"So many: {each}.") for each in (*states, *actions)}
    return document(
        "plan",
        "smsform_plan_report",
        plan_json.FORMAT,
        "Plan",
        "What `smsform plan --format json` prints. `plan -o` writes plan-file.",
        {
            "providers": keyed("By name, in the order of smsform.yaml.", _provider()),
            "summary": record(
                "How many lines of each sort; none: left out.", sorts, optional=sorts
            ),
        },
    )


def _provider() -> Schema:
    orphan = {"spared": text("Why it stays even with --prune; empty: it would go.")}
    retirable = {
        "since": or_null(moment("Since when its successor is active.")),
        "due": or_null(moment("When policy lets it go; null: never.")),
        "spared": text("Why it stays all the same; empty: it may go."),
    }
    quotas = {
        "kind": word("What is counted.", Kind),
        "held": whole("Entries there are."),
        "after": whole("Entries after this plan."),
        "limit": whole("Entries the account may hold."),
        "superseding": whole("Of those after, beside the version they replace."),
        "freeable": listed("Replaced versions that could be retired.", ADDRESS),
        "daily": flag("Whether it counts submissions of today in Beijing instead."),
    }
    return record(
        "One provider.",
        {
            "identity": identity(complete=True),
            "emulated": flag("Whether it is the built-in emulator."),
            "error": or_null(ERROR),
            "listed": or_null(flag("Whether the key may list; null: never asked.")),
            "lines": listed("What happens to every address, settled or not.", LINE),
            "orphans": listed(
                "Versions of ours that no definition wants.",
                record("One version.", {"address": ADDRESS, **ENTRY, **orphan}),
            ),
            "retirable": listed(
                "Versions that were replaced.",
                record("One version.", {"address": ADDRESS, **ENTRY, **retirable}),
            ),
            "stuck": listed("Unwanted, and the service does not delete them.", LINE),
            "unmanaged": listed(
                "What nobody here owns; with --show-unmanaged.",
                record(
                    "One entry.",
                    {
                        **ENTRY,
                        "risks": listed(
                            "What makes it one to look at.", word("A risk.", Risk)
                        ),
                    },
                ),
            ),
            "quotas": listed(
                "What the account may hold.",
                record("One limit.", {name: quotas[name] for name in Quota._fields}),
            ),
            "least_seconds": number("Least time of all calls at the service's pace."),
        },
    )


def plan_file() -> Schema:
    """``plan -o FILE``."""
    asked = {
        "targets": listed("Limited to these.", ADDRESS),
        "resubmit": listed("Sent again.", ADDRESS),
        "retire": listed("Retired now.", ADDRESS),
        "delete": listed("Orphans deleted now.", ADDRESS),
        "prune": flag("Whether orphans are deleted."),
        "allow_changes": or_null(
            whole("So many updates and supersedes; null: policy.")
        ),
        "allow_deletes": or_null(whole("So many deletions; null: policy.")),
    }
    change = {**CHANGE, "international": flag("The market.")}
    return document(
        "plan-file",
        "smsform_plan",
        plan_file_format.FORMAT,
        "Saved plan",
        "What `smsform plan -o FILE` writes, for `smsform apply`.",
        {
            "version": text("The smsform that wrote it."),
            "providers": keyed("The accounts, by name.", identity(complete=True)),
            "options": record("What was asked.", asked),
            "changes": listed("What was reviewed.", record("One change.", change)),
            "digest": DIGEST,
        },
    )


def outcome() -> Schema:
    """``apply --format json``."""
    endings = (
        "submitted",
        "adopted",
        "deleted",
        "already",
        "unread",
        *(result for result in Result if result is not Result.DONE),
    )
    counts = {str(each): whole(f"So many: {each}.") for each in endings}
    done = record(
        "A change, and how it ended.",
        {
            "change": LINE,
            "result": word("How it ended.", Result),
            "id": text("The version that came of it; may be empty."),
            "why": text("Why it ended so; may be empty."),
            "error": or_null(ERROR),
        },
    )
    return document(
        "outcome",
        "smsform_outcome",
        outcome_report.FORMAT,
        "Outcome",
        "What `smsform apply --format json` prints.",
        {
            "outcomes": listed("Every change that was tried or skipped.", done),
            "stale": keyed(
                "Where a saved plan does not fit: address -> why.", text("Why.")
            ),
            "errors": ERRORS,
            "summary": record(
                "How many changes ended how; none: left out.", counts, optional=counts
            ),
            "wait": WAIT,
        },
        optional=["wait"],
    )
