"""State to JSON text and back; a file from outside is checked field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

from smsform.errors import StateError
from smsform.model import Attributes, Identity, Kind, Review
from smsform.state.memory import Block, Intent, Origin, Record, Slot, State, Version
from smsform.state.shape import Shape, Wrong
from smsform.words import say

FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes; a state of 50,000 entries takes about half

KINDS = {str(kind): kind for kind in Kind}
ORIGINS = {str(origin): origin for origin in Origin}
REVIEWS = {str(review): review for review in Review}
SCALARS = frozenset({str, int, bool})

# Fields in the order of the values they become, with what an absent one is read as.
BLOCK = Shape(identity={}, entries={}, intents={})
IDENTITY = Shape(**dict.fromkeys(Identity._fields, ""))
RECORD = Shape(versions=[], active="", active_since="", protected=False)
VERSION = Shape(
    id="", origin="", name="", review="", submitted={}, parameters=[], assumed=[],
    at="", by="", commit="", gone=False, note="", reported="",
)  # fmt: skip
INTENT = Shape(
    action="", name="", international=False, known=[], submitted={}, parameters=[],
    at="", by="", commit="", blind=False,
)  # fmt: skip


Known = dict[tuple[str, Slot], tuple[Record | Intent, str]]


class Dumper:
    """Writes states; what did not change since the last one is not put into text again.

    A run saves after every step, and of ten thousand entries a step changes one.
    """

    def __init__(self) -> None:
        self._known: Known = {}

    def dump(self, state: State) -> str:
        """Sorted, stable text; equal states give equal text."""
        known, self._known = self._known, {}
        blocks = {
            name: self._block(name, block, known)
            for name, block in state.blocks.items()
            if block.records or block.intents
        }
        document = {"providers": _joined(blocks, 1), "smsform": str(FORMAT)}
        return _joined(document, 0) + "\n"

    def _block(self, name: str, block: Block, known: Known) -> str:
        place = {key: value for key, value in block.identity._asdict().items() if value}

        def texts(items: Mapping[Slot, Record] | Mapping[Slot, Intent]) -> str:
            found = {}
            for slot, item in items.items():
                last, text = known.get((name, slot), (None, ""))
                if last is not item:
                    text = _text(_item_out(item), 4)
                self._known[name, slot] = item, text
                found[_slot_out(slot)] = text
            return _joined(found, 3)

        parts = {
            "entries": texts(block.records),
            "identity": _text(place, 3),
            "intents": texts(block.intents),
        }
        return _joined(parts, 2)


def dump(state: State) -> str:
    """Sorted, stable text; equal states give equal text."""
    return Dumper().dump(state)


def _text(value: object, depth: int) -> str:
    """The JSON of *value* as it stands that deep in a document."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return text.replace("\n", "\n" + " " * depth)


def _joined(texts: Mapping[str, str], depth: int) -> str:
    """The JSON of an object whose values are JSON already."""
    if not texts:
        return "{}"
    pad = "\n" + " " * depth
    lines = (f"{pad} {encode_basestring(key)}: {texts[key]}" for key in sorted(texts))
    return "{" + ",".join(lines) + pad + "}"


def _item_out(item: Record | Intent) -> dict[str, Any]:
    return record_out(item) if isinstance(item, Record) else item._asdict()


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
        "note": version.note,
        "reported": version.reported,
    }
    return out | {key: value for key, value in optional.items() if value}


def parse(path: str, text: str) -> State:
    """Read what ``dump`` wrote; StateError names the place that is wrong."""
    try:
        document = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        if any(mark in f"\n{text}" for mark in ("\n<<<<<<< ", "\n>>>>>>> ")):
            what, todo = say("state.conflict"), say("state.conflict_hint")
            raise StateError("damaged", path=path, what=what, todo=todo) from None
        raise _damaged(path, say("state.not_json", text=str(error)[:80])) from None
    try:
        return _state(path, document)
    except Wrong as wrong:
        at = ".".join(wrong.place)
        raise _damaged(path, say("state.wrong", at=at, what=wrong.what)) from None


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


def _state(path: str, document: object) -> State:
    if not isinstance(document, dict):
        raise Wrong(say("state.want_mapping"))
    found = document.get("smsform")
    if type(found) is int and found > FORMAT:
        raise StateError("newer", path=path, found=found, known=FORMAT)
    if found != FORMAT or type(found) is not int:
        raise _damaged(path, say("state.not_ours"))
    blocks = document.get("providers", {})
    if not isinstance(blocks, dict):
        raise Wrong(say("state.want_mapping"), "providers")
    reader = _Reader()
    read = {}
    for name, block in blocks.items():
        try:
            read[name] = reader.block(block)
        except Wrong as wrong:
            raise wrong.inside("providers", name) from None
    return State(read)


class _Reader:
    """Checks types on the way in, so that nothing later has to.

    Equal texts and tuples are read as one: most records of a file were written in one
    run, and ten thousand of them are a third smaller so.
    """

    def __init__(self) -> None:
        self._tuples: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._texts: dict[str, str] = {}

    def block(self, value: object) -> Block:
        identity, entries, intents = BLOCK.read(value)
        records: dict[Slot, Record] = {}
        for name, each in entries.items():
            try:
                records[_slot(name)] = self._record(each)
            except Wrong as wrong:
                raise wrong.inside("entries", name) from None
        opened: dict[Slot, Intent] = {}
        for name, each in intents.items():
            try:
                opened[_slot(name)] = self._intent(each)
            except Wrong as wrong:
                raise wrong.inside("intents", name) from None
        try:
            place = Identity(*IDENTITY.read(identity))
        except Wrong as wrong:
            raise wrong.inside("identity") from None
        block = Block(place, records, opened)
        _check_owners(block)
        return block

    def _record(self, value: object) -> Record:
        versions, active, since, protected = RECORD.read(value)
        read = []
        for number, each in enumerate(versions):
            try:
                read.append(self._version(each))
            except Wrong as wrong:
                raise wrong.inside("versions", str(number)) from None
        since = self._text(since) if active else ""
        return Record(tuple(read), active, since, protected)

    def _version(self, value: object) -> Version:
        (
            id, origin, name, review, submitted, parameters, assumed,
            at, by, commit, gone, note, reported,
        ) = VERSION.read(value)  # fmt: skip
        if not id or not id.isprintable():
            raise Wrong(say("state.want_id"), "id")
        if origin not in ORIGINS or review not in REVIEWS:
            raise Wrong(say("state.want_words"))
        return Version(
            id, ORIGINS[origin], name, REVIEWS[review], _attributes(submitted),
            self._tuple("parameters", parameters), self._tuple("assumed", assumed),
            self._text(at), self._text(by), self._text(commit), gone,
            note, reported,
        )  # fmt: skip

    def _intent(self, value: object) -> Intent:
        action, name, international, known, submitted, parameters, *made = INTENT.read(
            value
        )
        return Intent(
            action, name, international, self._tuple("known", known),
            _attributes(submitted), self._tuple("parameters", parameters), *made,
        )  # fmt: skip

    def _tuple(self, field: str, found: list[Any]) -> tuple[str, ...]:
        if not {str}.issuperset(map(type, found)):
            raise Wrong(say("state.want", kind="list of str"), field)
        texts = tuple(found)
        return self._tuples.setdefault(texts, texts)

    def _text(self, text: str) -> str:
        return self._texts.setdefault(text, text)


def _slot(text: str) -> Slot:
    kind, _, key = text.partition(".")
    if kind not in KINDS or not key:
        raise Wrong(say("state.want_slot"))
    return KINDS[kind], key


def _attributes(found: dict[str, Any]) -> Attributes:
    if not SCALARS.issuperset(map(type, found.values())):
        wrong = next(name for name in found if type(found[name]) not in SCALARS)
        raise Wrong(say("state.want_scalar"), "submitted", wrong)
    return found


def _check_owners(block: Block) -> None:
    """No id has two owners."""
    owners: set[tuple[Kind, str]] = set()
    for (kind, key), record in block.records.items():
        for version in record.versions:
            if (kind, version.id) in owners:
                what = say("state.two_owners", id=version.id)
                raise Wrong(what, "entries", f"{kind}.{key}")
            owners.add((kind, version.id))
