"""State to JSON text; ``parse`` is the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import json
from msgspec.structs import asdict

from smsform.state.memory import Block, Record, Slot, State, Version
from smsform.state.parse import FORMAT

if TYPE_CHECKING:
    from smsform.notices import Notice


def dump(state: State) -> bytes:
    """Sorted, stable text; equal states give equal text."""
    return b"".join(_pieces(state))


def _pieces(state: State) -> Iterator[bytes]:
    blocks = {
        name: block
        for name, block in state.blocks.items()
        if block.records or block.intents or block.retired or block.notices
    }
    yield b'{\n "providers": {'
    comma = b""
    for name in sorted(blocks):
        yield comma + b"\n  " + _text(name) + b": "
        yield from _block(blocks[name])
        comma = b","
    yield b"\n }" if blocks else b"}"
    yield b',\n "smsform": %d\n}\n' % FORMAT


def _block(block: Block) -> Iterator[bytes]:
    yield b'{\n   "entries": {'
    records = {slot_out(slot): record for slot, record in block.records.items()}
    comma = b""
    for key in sorted(records):
        yield (
            comma + b"\n    " + _text(key) + b": " + _text(record_out(records[key]), 4)
        )
        comma = b","
    yield b"\n   }" if records else b"}"
    yield b"," + _text(_rest_out(block), 2)[1:]


def _text(value: object, depth: int = 0) -> bytes:
    """The JSON of *value*, indented for its *depth* in a document."""
    try:
        text = json.format(json.encode(value, order="sorted"), indent=1)
    except (UnicodeEncodeError, OverflowError):
        text = _odd_text(value)
    return text.replace(b"\n", b"\n" + b" " * depth)


def _odd_text(value: object) -> bytes:
    """The same for what msgspec refuses: integers of more than 64 bits, and lone
    surrogates, which a service may send; these become the escapes JSON has for them."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode(errors="backslashreplace")


def block_out(block: Block) -> dict[str, Any]:
    """A block as in the state file."""
    entries = {slot_out(slot): record_out(r) for slot, r in block.records.items()}
    return {"entries": entries, **_rest_out(block)}


def _rest_out(block: Block) -> dict[str, Any]:
    out: dict[str, Any] = {
        "identity": {k: v for k, v in block.identity._asdict().items() if v},
        "intents": {slot_out(slot): asdict(i) for slot, i in block.intents.items()},
    }
    if block.retired:
        out["retired"] = {slot_out(slot): ids for slot, ids in block.retired.items()}
    if block.notices:
        out["notices"] = [_notice_out(each) for each in block.notices]
    return out


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
