"""A saved plan: versioned JSON with a digest over all of it, and no secret.

The digest finds damage; comparing with the definitions finds manipulation. Nothing from
the file is ever submitted: apply works everything out again and only compares.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from smsform.errors import StalePlan
from smsform.model import Address, Attributes, Identity
from smsform.plan.values import REMOVALS, Action, Change, Options, Plan
from smsform.version import __version__
from smsform.words import say

FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes

T = TypeVar("T")


class SavedChange(Struct, frozen=True):
    """A change as it was reviewed; for a removal the wanted fields are empty."""

    address: Address
    action: Action
    id: str
    after: Attributes
    name: str
    international: bool
    parameters: tuple[str, ...]
    existing_digest: str


class SavedPlan(Struct, frozen=True):
    """The content of a plan file whose digest was right."""

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
            "targets": sorted(map(str, options.targets)),
            "resubmit": sorted(map(str, options.resubmit)),
            "retire": sorted(map(str, options.retire)),
            "delete": sorted(map(str, options.delete)),
            "prune": options.prune,
            "allow_changes": options.allow_changes,
            "allow_deletes": options.allow_deletes,
        },
        "changes": [
            {**change_out(change), **review_out(change), "files": files_out(change)}
            for change in plan.changes
        ],
    }
    document["digest"] = fingerprint(document)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def change_out(change: Change) -> dict[str, Any]:
    """A change in plain JSON types."""
    want = change.desired
    return {
        "address": str(change.address),
        "action": change.action,
        "reason": change.reason,
        "id": change.id,
        "before": dict(change.before),
        "after": dict(change.after),
        "name": want.name if want else "",
        "international": want.international if want else False,
        "parameters": list(want.parameters) if want else [],
        "existing_digest": change.digest,
    }


def review_out(change: Change) -> dict[str, Any]:
    """The review state of its entry, for readers of the file; apply ignores it."""
    entry = change.entry
    return {
        "review": entry.review if entry else None,
        "note": entry.note if entry else "",
    }


def files_out(change: Change) -> list[dict[str, Any]]:
    """The files that go along, for those who read the file; apply looks anew."""
    return [
        {
            "name": each.shown,
            "attribute": each.attribute,
            "size": each.size,
            "sha256": each.sha256,
        }
        for each in (change.desired.evidence if change.desired else ())
    ]


def fingerprint(document: Mapping[str, Any]) -> str:
    """A digest of everything but the digest field, whatever the layout of the JSON."""
    rest = {key: value for key, value in document.items() if key != "digest"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load(path: Path) -> SavedPlan:
    """Read a plan file; StalePlan when it is damaged or not ours."""
    return _whole(read(path))


def loads(text: str) -> SavedPlan:
    """Read a plan file from its text; StalePlan as ``load``."""
    return _whole(_object(text))


def _whole(document: dict[str, Any]) -> SavedPlan:
    if "smsform_plan" not in document:
        raise StalePlan(say("planfile.not_ours"))
    check_format(document["smsform_plan"])
    check_digest(document)
    try:
        saved = _saved(document)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise StalePlan(say("planfile.not_ours")) from None
    _check(saved)
    return saved


def read(path: Path) -> dict[str, Any]:
    """The JSON object in a file; StalePlan in one line when there is none."""
    return _object(_text(path))


def _object(text: str) -> dict[str, Any]:
    document = _parse(text)
    if not isinstance(document, dict):
        raise StalePlan(say("planfile.not_ours"))
    return document


def check_format(found: object) -> None:
    """Raise StalePlan for another format than this."""
    if type(found) is not int or found != FORMAT:
        raise StalePlan(say("planfile.format", found=str(found)[:20], known=FORMAT))


def check_digest(document: Mapping[str, Any]) -> None:
    """Raise StalePlan when the digest in *document* is not that of the rest of it."""
    try:
        whole = document.get("digest") == fingerprint(document)
    except RecursionError:
        raise StalePlan(say("planfile.not_json")) from None
    if not whole:
        raise StalePlan(say("planfile.digest"))


def _text(path: Path) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # for example a pipe that never ends
            raise StalePlan(say("planfile.no_file", path=path))
        if found.st_size > LARGEST:
            limit = LARGEST // 2**20
            raise StalePlan(say("planfile.too_large", path=path, limit=limit))
        return path.read_bytes().decode()
    except OSError as error:
        what = error.strerror or str(error)
        raise StalePlan(say("planfile.unreadable", path=path, what=what)) from None
    except ValueError:  # not UTF-8, or an impossible file name
        raise StalePlan(say("planfile.not_json")) from None


def _parse(text: str) -> Any:
    """Parsed JSON; ValueError for a repeated key, NaN or infinity."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise StalePlan(say("planfile.not_json")) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError(pairs)
    return document


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _is(value: Any, kind: type[T]) -> T:
    """*value*, which must be exactly of that type; TypeError when it is not."""
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_is(each, str) for each in _is(value, list))


def _saved(document: Mapping[str, Any]) -> SavedPlan:
    options = document["options"]
    return SavedPlan(
        identities={
            name: Identity(**{key: _is(each, str) for key, each in fields.items()})
            for name, fields in document["providers"].items()
        },
        changes=tuple(
            SavedChange(
                address=Address.parse(change["address"]),
                action=Action(change["action"]),
                id=_is(change["id"], str),
                after=_is(change["after"], dict),
                name=_is(change["name"], str),
                international=_is(change["international"], bool),
                parameters=_texts(change["parameters"]),
                existing_digest=_is(change["existing_digest"], str),
            )
            for change in document["changes"]
        ),
        options=Options(
            now=0.0,
            targets=frozenset(map(Address.parse, _texts(options["targets"]))),
            resubmit=frozenset(map(Address.parse, _texts(options["resubmit"]))),
            retire=frozenset(map(Address.parse, _texts(options["retire"]))),
            delete=frozenset(map(Address.parse, _texts(options.get("delete", [])))),
            prune=_is(options["prune"], bool),
            allow_changes=_allowed(options["allow_changes"]),
            allow_deletes=_allowed(options["allow_deletes"]),
        ),
    )


def _allowed(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(value)


def _check(saved: SavedPlan) -> None:
    """Refuse what no plan contains: the digest is no secret, anybody can compute
    one."""
    seen: set[object] = set()
    for change in saved.changes:
        if change.address.provider not in saved.identities:
            what = say("planfile.placeless", provider=change.address.provider)
            raise StalePlan(what)
        removal = change.action in REMOVALS
        taken = change.action is Action.ADOPT  # what is submitted may be in it, too
        each = change.id if removal else Action.ADOPT if taken else "submission"
        key = (change.address, each)
        if key in seen or change.action in (Action.NONE, Action.WAIT):
            raise StalePlan(say("planfile.twice", address=change.address))
        seen.add(key)
