"""JSON text to state; a file may come from anywhere, so every field is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smsform.errors import StateError
from smsform.model import Attributes, Identity, Kind, Review
from smsform.state.delivery import read_delivery
from smsform.state.memory import (
    Block,
    Intent,
    Origin,
    Record,
    Slot,
    State,
    Version,
    keepable,
)
from smsform.state.shape import Malformed, ObjectShape
from smsform.words import say

if TYPE_CHECKING:
    from smsform.notices import Notice

FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes; a state of 50,000 entries takes about half

KINDS = {str(kind): kind for kind in Kind}
ORIGINS = {str(origin): origin for origin in Origin}
REVIEWS = {str(review): review for review in Review}
LONGEST_KEY = 100  # characters of a key that an error quotes
SCALARS = frozenset({str, int, bool})

# Fields in the order of the values they become, each with its default.
BLOCK = ObjectShape(identity={}, entries={}, intents={}, retired={}, notices=[])
IDENTITY = ObjectShape(**dict.fromkeys(Identity._fields, ""))
RECORD = ObjectShape(versions=[], active="", active_since="", protected=False)
VERSION = ObjectShape(
    id="",
    origin="",
    name="",
    review="",
    submitted={},
    parameters=[],
    assumed=[],
    at="",
    by="",
    commit="",
    gone=False,
    note="",
    reported="",
    order="",
    replaced="",
    delivery={},
)
NOTICE = ObjectShape(news="", entry="", id="", at="", why="", to=[], due=True)
INTENT = ObjectShape(
    action="",
    name="",
    international=False,
    known=[],
    submitted={},
    parameters=[],
    at="",
    by="",
    commit="",
    blind=False,
)


def parse(path: str, text: str) -> State:
    """Read what ``dump`` wrote; StateError names the place that is wrong."""
    import json  # most files are read without it

    try:
        document = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        if any(mark in f"\n{text}" for mark in ("\n<<<<<<< ", "\n>>>>>>> ")):
            what, todo = say("state.conflict"), say("state.conflict_hint")
            raise StateError("damaged", path=path, what=what, todo=todo) from None
        raise _damaged(path, say("state.not_json", text=str(error)[:80])) from None
    try:
        return _state(path, document)
    except Malformed as wrong:
        at = ".".join(map(_cut, wrong.place))
        raise _damaged(path, say("state.wrong", at=at, what=wrong.what)) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(say("state.twice", key=_cut(twice)))
    return document


def _cut(key: str) -> str:
    """A key of the file as an error quotes it: a damaged one may be of any length."""
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 1]}…"


def _damaged(path: str, what: str) -> StateError:
    todo = say("state.damaged_hint")
    return StateError("damaged", path=path, what=what, todo=todo)


def _state(path: str, document: object) -> State:
    if not isinstance(document, dict):
        raise _damaged(path, say("state.not_ours"))
    found = document.get("smsform")
    if type(found) is int and found > FORMAT:
        raise StateError("newer", path=path, found=found, known=FORMAT)
    if found != FORMAT or type(found) is not int:
        raise _damaged(path, say("state.not_ours"))
    blocks = document.get("providers", {})
    if not isinstance(blocks, dict):
        raise Malformed(say("state.want_mapping"), "providers")
    reader = Reader()
    read = {}
    for name, block in blocks.items():
        try:
            read[name] = reader.block(block)
        except Malformed as wrong:
            raise wrong.inside("providers", name) from None
    return State(read)


class Reader:
    """Checks types while reading, so that later code need not.

    Equal texts and tuples are shared: most records of a file were written in one run,
    and ten thousand of them take a third less memory.
    """

    def __init__(self) -> None:
        self._tuples: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._texts: dict[str, str] = {}

    def block(self, value: object) -> Block:
        identity, entries, intents, retired, notices = BLOCK.read(value)
        records: dict[Slot, Record] = {}
        for name in tuple(entries):
            each = entries.pop(name)  # what was read makes room for what is made
            try:
                slot = slot_of(name)
                records[slot] = self._record(each)
            except Malformed as wrong:
                raise wrong.inside("entries", name) from None
        opened: dict[Slot, Intent] = {}
        for name, each in intents.items():
            try:
                opened[slot_of(name)] = self._intent(each)
            except Malformed as wrong:
                raise wrong.inside("intents", name) from None
        gone: dict[Slot, tuple[str, ...]] = {}
        for name, ids in retired.items():
            try:
                gone[slot_of(name)] = self._retired(ids)
            except Malformed as wrong:
                raise wrong.inside("retired", name) from None
        try:
            place = Identity(*IDENTITY.read(identity))
        except Malformed as wrong:
            raise wrong.inside("identity") from None
        try:
            told = tuple(self._notice(each) for each in notices)
        except Malformed as wrong:
            raise wrong.inside("notices") from None
        block = Block(place, records, opened, gone, told)
        check_owners(block)
        return block

    def _record(self, value: object) -> Record:
        versions, active, since, protected = RECORD.read(value)
        if not versions:
            raise Malformed(say("state.owns_nothing"), "versions")
        read = []
        for number, each in enumerate(versions):
            try:
                read.append(self._version(each))
            except Malformed as wrong:
                raise wrong.inside("versions", str(number)) from None
        since = self._text(since) if active else ""
        return Record(tuple(read), active, since, protected)

    def _version(self, value: object) -> Version:
        (
            id,
            origin,
            name,
            review,
            submitted,
            parameters,
            assumed,
            at,
            by,
            commit,
            gone,
            note,
            reported,
            order,
            replaced,
            told,
        ) = VERSION.read(value)
        if not keepable(id):
            raise Malformed(say("state.want_id"), "id")
        if origin not in ORIGINS or review not in REVIEWS:
            raise Malformed(say("state.want_words"))
        return Version(
            id,
            ORIGINS[origin],
            name,
            REVIEWS[review],
            _attributes(submitted),
            self._tuple("parameters", parameters),
            self._tuple("assumed", assumed),
            self._text(at),
            self._text(by),
            self._text(commit),
            gone,
            note,
            reported,
            order,
            replaced,
            read_delivery(told) if told else None,
        )

    def _intent(self, value: object) -> Intent:
        action, name, international, known, submitted, parameters, *made = INTENT.read(
            value
        )
        return Intent(
            action,
            name,
            international,
            self._tuple("known", known),
            _attributes(submitted),
            self._tuple("parameters", parameters),
            *made,
        )

    def _retired(self, ids: object) -> tuple[str, ...]:
        if not isinstance(ids, list) or not all(type(id) is str for id in ids):
            raise Malformed(say("state.want", kind="list of str"))
        if not all(map(keepable, ids)):
            raise Malformed(say("state.want_id"))
        return tuple(ids)

    def _notice(self, value: object) -> Notice:
        from smsform.notices import News, Notice  # few states have any

        word, entry, id, at, why, to, due = NOTICE.read(value)
        try:
            news = News(word)
        except ValueError:
            raise Malformed(say("state.want_words"), "news") from None
        to = self._tuple("to", to)
        return Notice(news, *slot_of(entry), id, self._text(at), why, to, due)

    def _tuple(self, field: str, found: list[Any]) -> tuple[str, ...]:
        if not {str}.issuperset(map(type, found)):
            raise Malformed(say("state.want", kind="list of str"), field)
        texts = tuple(found)
        return self._tuples.setdefault(texts, texts)

    def _text(self, text: str) -> str:
        return self._texts.setdefault(text, text)


def slot_of(text: str) -> Slot:
    """The address, without a provider, that a file spells *text*; else Malformed."""
    kind, _, key = text.partition(".")
    if kind not in KINDS or not key:
        raise Malformed(say("state.want_slot"))
    return KINDS[kind], key


def _attributes(found: dict[str, Any]) -> Attributes:
    if not SCALARS.issuperset(map(type, found.values())):
        wrong = next(name for name in found if type(found[name]) not in SCALARS)
        raise Malformed(say("state.want_scalar"), "submitted", wrong)
    return found


def check_owners(block: Block) -> None:
    """Malformed when an id has two owners."""
    known = block.known()
    if all(len(set(ids)) == len(ids) for ids in known.values()):
        return
    owners: set[tuple[Kind, str]] = set()
    for (kind, key), record in block.records.items():
        for version in record.versions:
            if (kind, version.id) in owners:
                what = say("state.two_owners", id=version.id)
                raise Malformed(what, "entries", f"{kind}.{key}")
            owners.add((kind, version.id))
