"""A state file just as ``dump`` writes it, read in less than half the time.

    some entries -> values, which msgspec checks by their types -> written: same bytes?

Where the same bytes come out, nothing was lost on the way: no key stood there twice, no
field was unknown. Any other file is left to ``parse``, which reads it, or says what is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec
from msgspec import json
from msgspec.structs import asdict, force_setattr, replace

from smsform.state.delivery import is_possible
from smsform.state.layout import OtherLayout, sections
from smsform.state.memory import Block, Record, Slot, State, keepable
from smsform.state.parse import Reader, check_owners, slot_of
from smsform.state.shape import Malformed


class _Rest(msgspec.Struct, omit_defaults=True):
    """A block as in the file, without its entries; ``Reader`` checks what is in it."""

    identity: dict[str, Any]
    intents: dict[str, Any]
    retired: dict[str, Any] = {}
    notices: list[Any] = []


def read_as_written(file: BinaryIO) -> State | None:
    """The state in *file*; None unless ``dump`` writes that very file."""
    blocks: dict[str, Block] = {}
    try:
        records, last = dict[Slot, Record](), ""
        known: dict[Any, Any] = {}
        for provider, entries, rest in sections(file):
            if rest:
                blocks[provider] = _block(rest, records)
                records, last = {}, ""
                continue
            some = json.decode(b"{" + entries + b"\n   }", type=dict[str, Record])
            if not last < next(iter(some)) or _text(some, 3)[1:-5] != entries:
                return None
            last = next(reversed(some))
            records |= {slot_of(name): record for name, record in some.items()}
            if not all(map(_possible, some.values())):
                return None
            _share(some.values(), known)
        return State(blocks)
    except (OtherLayout, msgspec.MsgspecError, Malformed, RecursionError):
        return None


def _block(rest: bytes, records: dict[Slot, Record]) -> Block:
    fields = json.decode(b"{" + rest + b"\n  }", type=_Rest)
    if _text(fields, 2)[1:-4] != rest:
        raise OtherLayout
    found = asdict(fields) | {"entries": {}}
    block = replace(Reader().block(found), records=records)
    check_owners(block)
    return block


def _text(value: object, depth: int) -> bytes:
    """The JSON of *value*, indented for its *depth* in the file."""
    text = json.format(json.encode(value, order="sorted"), indent=1)
    return text.replace(b"\n", b"\n" + b" " * depth)


def _possible(record: Record) -> bool:
    """Whether *record*, whose values have the right types, can be one of ours."""
    if not record.versions or (record.active_since and not record.active):
        return False
    for version in record.versions:
        if version.delivery is not None and not is_possible(version.delivery):
            return False
        if not keepable(version.id):
            return False
    return True


# Most entries have these alike; of all that is alike they take the most memory.
SHARED = ("parameters", "assumed")


def _share(records: Iterable[Record], known: dict[Any, Any]) -> None:
    """Let *records* share equal values, which *known* holds: half the memory."""
    for record in records:
        for version in record.versions:
            for name in SHARED:
                value = getattr(version, name)
                force_setattr(version, name, known.setdefault(value, value))
            # Thousands of texts have few remarks. Only texts: 1 and True are equal.
            sent = {
                name: known.setdefault(value, value) if type(value) is str else value
                for name, value in version.submitted.items()
            }
            force_setattr(version, "submitted", sent)
