"""State to JSON text; ``parse`` is the reverse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from smsform.state.memory import Block, Intent, Record, Slot, State, Version
from smsform.state.parse import FORMAT

if TYPE_CHECKING:
    from smsform.notices import Notice

Known = dict[tuple[str, Slot], tuple[Record | Intent, str]]


class Dumper:
    """Writes states; unchanged parts are not serialised again.

    A run saves after every step, and a step changes one of ten thousand entries.
    """

    def __init__(self) -> None:
        self._known: Known = {}

    def dump(self, state: State) -> str:
        """Sorted, stable text; equal states give equal text."""
        known, self._known = self._known, {}
        blocks = {
            name: self._block(name, block, known)
            for name, block in state.blocks.items()
            if block.records or block.intents or block.retired or block.notices
        }
        document = {"providers": _joined(blocks, 1), "smsform": str(FORMAT)}
        return _joined(document, 0) + "\n"

    def _block(self, name: str, block: Block, known: Known) -> str:
        def texts(items: Mapping[Slot, Record] | Mapping[Slot, Intent]) -> str:
            found = {}
            for slot, item in items.items():
                last, text = known.get((name, slot), (None, ""))
                if last is not item:
                    text = _text(_item_out(item), 4)
                self._known[name, slot] = item, text
                found[slot_out(slot)] = text
            return _joined(found, 3)

        parts = {
            "entries": texts(block.records),
            "identity": _text(_identity_out(block), 3),
            "intents": texts(block.intents),
        }
        if block.retired:
            gone = {slot_out(slot): ids for slot, ids in block.retired.items()}
            parts["retired"] = _text(gone, 3)
        if block.notices:
            parts["notices"] = _text([_notice_out(n) for n in block.notices], 3)
        return _joined(parts, 2)


def block_out(block: Block) -> dict[str, Any]:
    """A block as in the state file, without its notices."""
    return {
        "entries": {slot_out(at): record_out(r) for at, r in block.records.items()},
        "identity": _identity_out(block),
        "intents": {slot_out(at): asdict(i) for at, i in block.intents.items()},
        "retired": {slot_out(at): ids for at, ids in block.retired.items()},
    }


def dump(state: State) -> str:
    """Sorted, stable text; equal states give equal text."""
    return Dumper().dump(state)


def _text(value: object, depth: int) -> str:
    """The JSON of *value*, indented for its *depth* in a document."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return text.replace("\n", "\n" + " " * depth)


def _joined(texts: Mapping[str, str], depth: int) -> str:
    """The JSON of an object whose values are JSON text already."""
    if not texts:
        return "{}"
    pad = "\n" + " " * depth
    lines = (f"{pad} {encode_basestring(key)}: {texts[key]}" for key in sorted(texts))
    return "{" + ",".join(lines) + pad + "}"


def _identity_out(block: Block) -> dict[str, str]:
    return {key: value for key, value in block.identity._asdict().items() if value}


def _item_out(item: Record | Intent) -> dict[str, Any]:
    return record_out(item) if isinstance(item, Record) else asdict(item)


def slot_out(slot: Slot) -> str:
    """An address, without its provider, as in the state file."""
    return f"{slot[0]}.{slot[1]}"


def record_out(record: Record) -> dict[str, Any]:
    """A record as in the state file."""
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
        "order": version.order,
        "replaced": version.replaced,
        "delivery": _delivery_out(version),
    }
    return out | {key: value for key, value in optional.items() if value}


def _delivery_out(version: Version) -> dict[str, Any]:
    if version.delivery is None:
        return {}
    terms = [asdict(term) for term in version.delivery.terms]
    told = {**asdict(version.delivery), "terms": terms}
    return {key: value for key, value in told.items() if value}


def _notice_out(notice: Notice) -> dict[str, Any]:
    out: dict[str, Any] = {
        "news": notice.news,
        "entry": slot_out((notice.kind, notice.key)),
        "to": notice.to,
    }
    optional = {"id": notice.id, "at": notice.at, "why": notice.why}
    out |= {key: value for key, value in optional.items() if value}
    return out if notice.due else {**out, "due": False}
