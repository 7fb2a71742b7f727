"""The words of a plan's lines: action, reason, marks."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What apply will do about an address."""

    CREATE = "create"
    UPDATE = "update"
    SUPERSEDE = "supersede"
    DELETE = "delete"
    RETIRE = "retire"
    WITHDRAW = "withdraw"
    ADOPT = "adopt"
    WAIT = "wait"
    NONE = "none"


SUBMISSIONS = frozenset({Action.CREATE, Action.UPDATE, Action.SUPERSEDE})
IDLE = frozenset({Action.NONE, Action.WAIT})
REMOVALS = frozenset({Action.DELETE, Action.RETIRE, Action.WITHDRAW})


class Reason(StrEnum):
    """Why an action was chosen; for readers only, it never decides what apply does."""

    NEW = "new"
    VANISHED = "vanished"  # the state file knew a version, the service has none
    EDITED = "edited"  # the definition differs from the version looked at
    REJECTED = "rejected"  # a rejected version is mended or sent again
    RESUBMIT = "resubmit"  # asked for by --resubmit
    RENAMED = "renamed"  # the key changed; the versions move
    MOVED = "moved"  # a `moved` block says so; the versions move
    CLAIMED = "claimed"  # an `adopt` block names the entry
    # Another address has the wanted version and does not use it.
    PASSED_ON = "passed_on"
    FOUND = "found"  # an entry that nobody owns has the wanted text
    IN_REVIEW = "in_review"
    INACTIVE = "inactive"  # passed, not effective yet
    SIGNATURE = "signature"  # its signature must come first
    LOOKUP = "lookup"  # a signature that is only looked up does not exist
    MISSING = "missing"  # the entry that an `adopt` block names does not exist
    AMBIGUOUS = "ambiguous"
    UNCLEAR = "unclear"  # an earlier submission's outcome is not known yet
    UNKNOWN = "unknown"  # a review state smsform does not know
    ORPHAN = "orphan"
    REPLACED = "replaced"
    UNWANTED = "unwanted"  # a candidate the definition no longer asks for
    SETTLED = "settled"  # approved and as wanted; always with Action.NONE


# Reasons with which all that an address owns moves, and reasons that need a person.
WHOLE = frozenset({Reason.RENAMED, Reason.MOVED})
BY_HAND = frozenset({Reason.AMBIGUOUS, Reason.LOOKUP, Reason.MISSING})


class Mark(StrEnum):
    """What else a reader should know about a line."""

    DRIFT = "drift"  # the service shows another text than was submitted
    UNVERIFIED = "unverified"  # compared with what was assumed when it was adopted
    LAPSED = "lapsed"  # was active, is not any more
    DELAYED = "delayed"  # approved and wanted, but it does not arrive, or not yet
    EVIDENCE = "evidence"  # a file needed to submit is missing
    REQUEUED = "requeued"  # the edit puts it at the end of the review queue
