"""State to JSON text and back; a file from outside is checked field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from smsform.errors import StateError
from smsform.model import Attributes, Identity, Kind, Review
from smsform.state.memory import Block, Intent, Origin, Record, Slot, State, Version
from smsform.words import say

FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes; a state of 50,000 entries takes about half

T = TypeVar("T")


def dump(state: State) -> str:
    """Sorted, stable text; equal states give equal text."""
    document = {
        "smsform": FORMAT,
        "providers": {
            name: _block_out(block)
            for name, block in state.blocks.items()
            if block.records or block.intents
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _block_out(block: Block) -> dict[str, Any]:
    known = {key: value for key, value in block.identity._asdict().items() if value}
    return {
        "identity": known,
        "entries": {
            _slot_out(slot): record_out(record)
            for slot, record in block.records.items()
        },
        "intents": {
            _slot_out(slot): intent._asdict() for slot, intent in block.intents.items()
        },
    }


def _slot_out(slot: Slot) -> str:
    return f"{slot[0]}.{slot[1]}"


def record_out(record: Record) -> dict[str, Any]:
    """What the file says of an address."""
    out: dict[str, Any] = {"versions": [_version_out(v) for v in record.versions]}
    if record.active:
        out |= {"active": record.active, "active_since": record.active_since}
    if record.protected:
        out["protected"] = True
    return out


def _version_out(version: Version) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": version.id,
        "origin": version.origin,
        "name": version.name,
        "review": version.review,
        "submitted": dict(version.submitted),
        "parameters": version.parameters,
        "at": version.at,
    }
    optional = {
        "assumed": version.assumed,
        "by": version.by,
        "commit": version.commit,
        "gone": version.gone,
    }
    return out | {key: value for key, value in optional.items() if value}


def parse(path: str, text: str) -> State:
    """Read what ``dump`` wrote; StateError names the place that is wrong."""
    if any(mark in text for mark in ("\n<<<<<<< ", "\n>>>>>>> ")):
        what, todo = say("state.conflict"), say("state.conflict_hint")
        raise StateError("damaged", path=path, what=what, todo=todo)
    try:
        document = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, say("state.not_json", text=str(error)[:80])) from None
    reader = _Reader(path)
    top = reader.mapping(document, "")
    found = top.get("smsform")
    if isinstance(found, int) and not isinstance(found, bool) and found > FORMAT:
        raise StateError("newer", path=path, found=found, known=FORMAT)
    if found != FORMAT:
        raise _damaged(path, say("state.not_ours"))
    blocks = {
        name: reader.block(block, f"providers.{name}")
        for name, block in reader.mapping(top.get("providers", {}), "providers").items()
    }
    return State(blocks)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(say("state.twice", key=twice))
    return document


def _damaged(path: str, what: str) -> StateError:
    todo = say("state.damaged_hint")
    return StateError("damaged", path=path, what=what, todo=todo)


class _Reader:
    """Checks types on the way in, so that nothing later has to."""

    def __init__(self, path: str) -> None:
        self.path = path

    def fail(self, at: str, what: str) -> StateError:
        return _damaged(self.path, say("state.wrong", at=at, what=what))

    def mapping(self, value: object, at: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(at, say("state.want_mapping"))
        return value

    def take(self, value: Mapping[str, Any], key: str, kind: type[T], at: str) -> T:
        found = value.get(key, kind())
        if not isinstance(found, kind):
            raise self.fail(f"{at}.{key}", say("state.want", kind=kind.__name__))
        return found

    def texts(self, value: Mapping[str, Any], key: str, at: str) -> tuple[str, ...]:
        found = self.take(value, key, list, at)
        if not all(isinstance(each, str) for each in found):
            raise self.fail(f"{at}.{key}", say("state.want", kind="list of str"))
        return tuple(found)

    def attributes(self, value: Mapping[str, Any], key: str, at: str) -> Attributes:
        found = self.mapping(value.get(key, {}), f"{at}.{key}")
        for name, each in found.items():
            if not isinstance(each, str | int | bool):
                raise self.fail(f"{at}.{key}.{name}", say("state.want_scalar"))
        return found

    def slot(self, text: str, at: str) -> Slot:
        kind, _, key = text.partition(".")
        if kind not in tuple(Kind) or not key:
            raise self.fail(at, say("state.want_slot"))
        return Kind(kind), key

    def block(self, value: object, at: str) -> Block:
        block = self.mapping(value, at)
        identity = self.mapping(block.get("identity", {}), f"{at}.identity")
        fields = {
            key: self.take(identity, key, str, f"{at}.identity")
            for key in Identity._fields
        }
        records, owners = {}, set()
        entries = self.mapping(block.get("entries", {}), f"{at}.entries")
        for name, each in entries.items():
            slot = self.slot(name, f"{at}.entries.{name}")
            record = self.record(each, f"{at}.{name}")
            for version in record.versions:
                owner = (slot[0], version.id)
                if owner in owners:
                    what = say("state.two_owners", id=version.id)
                    raise self.fail(f"{at}.{name}", what)
                owners.add(owner)
            records[slot] = record
        intents = {}
        opened = self.mapping(block.get("intents", {}), f"{at}.intents")
        for name, each in opened.items():
            slot = self.slot(name, f"{at}.intents.{name}")
            intents[slot] = self.intent(each, f"{at}.intents.{name}")
        return Block(Identity(**fields), records, intents)

    def record(self, value: object, at: str) -> Record:
        record = self.mapping(value, at)
        versions = self.take(record, "versions", list, at)
        return Record(
            versions=tuple(
                self.version(each, f"{at}.versions.{n}")
                for n, each in enumerate(versions)
            ),
            active=self.take(record, "active", str, at),
            active_since=self.take(record, "active_since", str, at),
            protected=self.take(record, "protected", bool, at),
        )

    def version(self, value: object, at: str) -> Version:
        version = self.mapping(value, at)
        id = self.take(version, "id", str, at)
        origin = self.take(version, "origin", str, at)
        review = self.take(version, "review", str, at)
        if not id:
            raise self.fail(f"{at}.id", say("state.want", kind="str"))
        if origin not in tuple(Origin) or review not in tuple(Review):
            raise self.fail(at, say("state.want_words"))
        return Version(
            id=id,
            origin=Origin(origin),
            name=self.take(version, "name", str, at),
            review=Review(review),
            submitted=self.attributes(version, "submitted", at),
            parameters=self.texts(version, "parameters", at),
            assumed=self.texts(version, "assumed", at),
            at=self.take(version, "at", str, at),
            by=self.take(version, "by", str, at),
            commit=self.take(version, "commit", str, at),
            gone=self.take(version, "gone", bool, at),
        )

    def intent(self, value: object, at: str) -> Intent:
        intent = self.mapping(value, at)
        return Intent(
            action=self.take(intent, "action", str, at),
            name=self.take(intent, "name", str, at),
            international=self.take(intent, "international", bool, at),
            known=self.texts(intent, "known", at),
            submitted=self.attributes(intent, "submitted", at),
            parameters=self.texts(intent, "parameters", at),
            at=self.take(intent, "at", str, at),
            by=self.take(intent, "by", str, at),
            commit=self.take(intent, "commit", str, at),
        )
