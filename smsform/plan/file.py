"""A saved plan: versioned JSON with a digest over all of it, and no secret.

The digest finds damage; that the definitions say the same finds malice. Nothing from
the file is ever submitted: apply works everything out again and only compares.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smsform import __version__
from smsform.errors import StalePlan
from smsform.model import Address, Attributes, Identity
from smsform.plan.values import Action, Change, Options, Plan
from smsform.words import say

FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class SavedChange:
    """A change as it was reviewed."""

    address: Address
    action: Action
    id: str
    after: Attributes
    existing_digest: str


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan file that was read and found whole."""

    identities: Mapping[str, Identity]
    changes: tuple[SavedChange, ...]
    options: Options


def dump(plan: Plan) -> str:
    """The text of a plan file."""
    options = plan.options
    document: dict[str, Any] = {
        "smsform_plan": FORMAT,
        "version": __version__,
        "providers": {
            part.provider: part.identity._asdict()
            for part in plan.providers
            if part.error is None
        },
        "options": {
            "now": options.now,
            "targets": sorted(map(str, options.targets)),
            "resubmit": sorted(map(str, options.resubmit)),
            "retire": sorted(map(str, options.retire)),
            "prune": options.prune,
            "allow_changes": options.allow_changes,
            "allow_deletes": options.allow_deletes,
        },
        "changes": [change_out(change) for change in plan.changes],
    }
    document["digest"] = fingerprint(document)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def change_out(change: Change) -> dict[str, Any]:
    """A change in plain JSON types."""
    return {
        "address": str(change.address),
        "action": change.action,
        "reason": change.reason,
        "id": change.id,
        "before": dict(change.before),
        "after": dict(change.after),
        "existing_digest": change.digest,
    }


def fingerprint(document: Mapping[str, Any]) -> str:
    """A digest of everything but the digest, independent of white space and order."""
    rest = {key: value for key, value in document.items() if key != "digest"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load(path: Path) -> SavedPlan:
    """Read a plan file; StalePlan in one line when it is damaged or not ours."""
    try:
        if path.stat().st_size > LARGEST:
            raise StalePlan(say("planfile.too_large", limit=LARGEST // 2**20))
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        what = error.strerror or str(error)
        raise StalePlan(say("planfile.unreadable", what=what)) from None
    except (ValueError, RecursionError):
        raise StalePlan(say("planfile.not_json")) from None
    if not isinstance(document, dict) or "smsform_plan" not in document:
        raise StalePlan(say("planfile.not_ours"))
    if document["smsform_plan"] != FORMAT:
        found = document["smsform_plan"]
        raise StalePlan(say("planfile.format", found=str(found)[:20], known=FORMAT))
    try:
        whole = document.get("digest") == fingerprint(document)
    except RecursionError:
        raise StalePlan(say("planfile.not_json")) from None
    if not whole:
        raise StalePlan(say("planfile.digest"))
    try:
        return _saved(document)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise StalePlan(say("planfile.not_ours")) from None


def _saved(document: Mapping[str, Any]) -> SavedPlan:
    options = document["options"]
    return SavedPlan(
        identities={
            name: Identity(**fields) for name, fields in document["providers"].items()
        },
        changes=tuple(
            SavedChange(
                Address.parse(change["address"]),
                Action(change["action"]),
                str(change["id"]),
                dict(change["after"]),
                str(change["existing_digest"]),
            )
            for change in document["changes"]
        ),
        options=Options(
            now=float(options["now"]),
            targets=frozenset(map(Address.parse, options["targets"])),
            resubmit=frozenset(map(Address.parse, options["resubmit"])),
            retire=frozenset(map(Address.parse, options["retire"])),
            prune=bool(options["prune"]),
            allow_changes=options["allow_changes"],
            allow_deletes=options["allow_deletes"],
        ),
    )
