"""Schemas of the state file, of what is shown of it, and of ids."""

from __future__ import annotations

from smsform.model import Kind, Review
from smsform.notices import News
from smsform.plan import Action
from smsform.report import ids as ids_report
from smsform.report import state as state_report
from smsform.report.schemas.plans import attributes, identity
from smsform.report.schemas.reviews import DELIVERY, TERM
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    keyed,
    listed,
    moment,
    number,
    record,
    text,
    word,
)
from smsform.state import Origin
from smsform.state import parse as state_file

_NAMES = listed("The parameters, by position.", text("A name."))
_WHEN = {
    "at": moment("When it became ours, or was about to."),
    "by": text("Who ran smsform."),
    "commit": text("The commit it ran in."),
}
_VERSION = {
    "id": text("Its id at the service."),
    "origin": word("How it became ours; what was adopted is never deleted.", Origin),
    "name": text("Its name at the service."),
    "review": word("Where it was in review when last seen.", Review),
    "submitted": attributes("What was sent last."),
    "parameters": _NAMES,
    "assumed": listed("What of it nobody could verify.", text("An attribute.")),
    "gone": flag("Whether the service did not show it when last asked."),
    "note": text("The words of the reviewer who rejected it."),
    "reported": text("Marks the last pushed report that was taken over."),
    "order": text("The service's mark of what was submitted last."),
    "replaced": moment("When it was first seen approved beside another active one."),
    "delivery": record(
        "Whether messages with it reach people, as the service told last.",
        {
            **DELIVERY,
            "since": number("Since when, by the service; unix seconds."),
            "terms": listed("Papers that run out.", record("One paper.", TERM)),
        },
        optional=("why", "since", "seen", "terms"),
    ),
    **_WHEN,
}
_RARE = (
    "assumed",
    "gone",
    "note",
    "reported",
    "by",
    "commit",
    "order",
    "replaced",
    "delivery",
)
_RECORD = {
    "active": text("The id that `ids` hands out; left out: none."),
    "active_since": text("When it was seen to become active, ISO 8601 UTC."),
    "protected": flag("Whether it is never deleted."),
}
_INTENT = record(
    "A submission about to be made, or whose outcome is not known.",
    {
        "action": word("What was to be done.", (Action.CREATE, Action.SUPERSEDE)),
        "name": text("Under which name."),
        "international": flag("For which market."),
        "known": listed("Every entry of that name before.", text("An id.")),
        "submitted": attributes("What was to be sent."),
        "parameters": _NAMES,
        **_WHEN,
        "blind": flag("Whether the key may not list, so that `known` says little."),
    },
)
_NOTICE = record(
    "Something that people are, or were, told.",
    {
        "news": word("What it is.", News),
        "entry": text("What it is about, as KIND.KEY."),
        "id": text("The version it is about; left out: none was made."),
        "at": moment("When it was seen, or since when the review runs."),
        "why": text("The reviewer's words, or why it failed."),
        "to": listed(
            "Who has not been told yet.", text("The variable with the address.")
        ),
        "due": flag("False: it remembers only since when the review runs."),
    },
    ("id", "at", "why", "due"),
)


def _record(**more: Schema) -> Schema:
    """An address in the state; *more* fields are optional."""
    versions = listed(
        "Its versions, the oldest first.",
        record(
            "One entry at the service.",
            {**_VERSION, **more.pop("version", {})},
            optional=(*_RARE, "unverified"),
        ),
    )
    optional = {**_RECORD, **more}
    return record("One address.", {"versions": versions, **optional}, optional)


def _shown() -> Schema:
    unverified = {"unverified": word("How it became ours, assumed in part.", Origin)}
    return _record(intent=_INTENT, version=unverified)


def state() -> Schema:
    """The state file."""
    slot = "^(signature|template)\\."
    names = {"propertyNames": {"pattern": slot}}
    block = record(
        "One provider.",
        {
            "identity": identity(complete=False),
            "entries": {**keyed("What is ours, by KIND.KEY.", _record()), **names},
            "intents": {**keyed("Open submissions, by KIND.KEY.", _INTENT), **names},
            "retired": {
                **keyed(
                    "Approved versions that were deleted, by KIND.KEY: the last ones.",
                    listed("Their ids.", text("An id.")),
                ),
                **names,
            },
            "notices": listed("What people are told.", _NOTICE),
        },
        optional=["retired", "notices"],
    )
    return document(
        "state",
        "smsform",
        state_file.FORMAT,
        "State file",
        "What smsform.state.json holds.",
        {"providers": keyed("By name in smsform.yaml.", block)},
    )


def state_list() -> Schema:
    """``state list --format json``."""
    return document(
        "state-list",
        "smsform_state_list",
        state_report.FORMAT,
        "State, all of it",
        "What `smsform state list --format json` prints.",
        {"addresses": keyed("By PROVIDER/KIND.KEY.", _shown())},
    )


def state_show() -> Schema:
    """``state show ADDRESS``."""
    shown = _shown()
    optional = set(shown["properties"]) - set(shown["required"])
    return document(
        "state-show",
        "smsform_state_show",
        state_report.FORMAT,
        "State of an address",
        "What `smsform state show ADDRESS` prints.",
        shown["properties"],
        optional,
    )


def ids() -> Schema:
    """``ids --format json``."""
    id = record(
        "What an application needs to send it.",
        {
            "send": text("What to send with: a template's id, a signature's name."),
            "id": text("The approved id."),
            "name": text("Its name at the service."),
            "parameters": _NAMES,
            "approved_seen": text("When it was seen approved, ISO 8601 UTC."),
            "emulated": flag("Whether it is an emulator's, unknown to any service."),
            "deprecated": text("What to ask for instead: the key is to go."),
        },
        optional=("deprecated",),
    )
    kinds = {str(kind): keyed(f"By the key of the {kind}.", id) for kind in Kind}
    return document(
        "ids",
        "smsform_ids",
        ids_report.FORMAT,
        "Approved ids",
        "What `smsform ids` prints.",
        {
            "providers": keyed(
                "By name in smsform.yaml.",
                record("One provider.", kinds, optional=kinds),
            )
        },
    )
