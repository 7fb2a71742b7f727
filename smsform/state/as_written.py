"""A state file just as ``dump`` writes it, read in less than half the time.

    bytes -> values, which msgspec checks by their types -> the same bytes again?

What is written back the same has lost nothing on its way: no key stood there twice, no
field was unknown. Any other file is for ``parse``, which reads it, or says what is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from msgspec import json
from msgspec.structs import force_setattr, replace

from smsform.state.delivery import is_possible
from smsform.state.memory import Block, Record, State, keepable
from smsform.state.parse import FORMAT, Reader, check_owners, slot_of
from smsform.state.shape import Malformed

SOME = 500  # entries that are written back at once


class _Block(msgspec.Struct, omit_defaults=True):
    """A block as in the file; there are thousands of entries, and little else."""

    entries: dict[str, Record]
    identity: dict[str, Any]
    intents: dict[str, Any]
    retired: dict[str, Any] = {}
    notices: list[Any] = []


class _File(msgspec.Struct):
    providers: dict[str, _Block]
    smsform: int


def read_as_written(data: bytes) -> State | None:
    """The state in *data*; None unless ``dump`` writes that very file."""
    try:
        found = json.decode(data, type=_File)
        if found.smsform != FORMAT or not _is_all(found, data):
            return None
        return State({name: _block(each) for name, each in found.providers.items()})
    except (msgspec.MsgspecError, Malformed, ValueError, RecursionError):
        return None


def _is_all(found: _File, data: bytes) -> bool:
    """Whether *data* is what ``dump`` writes of *found*."""
    at = 0
    for piece in _pieces(found):
        if not data.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(data)


def _pieces(found: _File) -> Iterator[bytes]:
    """What ``dump`` writes, in pieces: all of it would take the room of the file."""
    if not found.providers:
        yield b'{\n "providers": {},\n "smsform": %d\n}\n' % found.smsform
        return
    before = b'{\n "providers": {\n  '
    for name, block in sorted(found.providers.items()):
        yield before + json.encode(name) + b': {\n   "entries": {'
        entries, comma = iter(block.entries.items()), b""
        while some := dict(islice(entries, SOME)):
            yield comma + _text(some, 3)[1:-5]
            comma = b","
        yield b"\n   " * bool(block.entries)
        rest = _text(replace(block, entries={}), 2)
        yield rest.removeprefix(b'{\n   "entries": {')
        before = b",\n  "
    yield b'\n },\n "smsform": %d\n}\n' % found.smsform


def _text(value: object, depth: int) -> bytes:
    """The JSON of *value*, indented for its *depth* in the file."""
    text = json.format(json.encode(value, order="sorted"), indent=1)
    return text.replace(b"\n", b"\n" + b" " * depth)


def _block(found: _Block) -> Block:
    rest = msgspec.structs.asdict(found) | {"entries": {}}
    records = {slot_of(name): record for name, record in found.entries.items()}
    if not all(map(_possible, records.values())):
        raise ValueError
    _share(records.values())
    block = replace(Reader().block(rest), records=records)
    check_owners(block)
    return block


def _possible(record: Record) -> bool:
    """Whether values of the right types can be a record."""
    if not record.versions or (record.active_since and not record.active):
        return False
    for version in record.versions:
        if version.delivery is not None and not is_possible(version.delivery):
            return False
        if not keepable(version.id):
            return False
    return True


# Of most entries these are the same: they were written in one run.
SHARED = ("parameters", "assumed", "at", "by", "commit")


def _share(records: Iterable[Record]) -> None:
    """Keep each of equal values once: ten thousand entries take a third less memory."""
    known: dict[Any, Any] = {}
    for record in records:
        for version in record.versions:
            for name in SHARED:
                value = getattr(version, name)
                force_setattr(version, name, known.setdefault(value, value))
