"""Steps of a run that are not in the state file yet: a line each, synced one by one.

    first step -> step, step, … -> the state file is written -> the journal is removed

To write a large file whole after each step would take longer than the step itself. The
first line has a digest of the state file that the steps follow. Beside another file
they count only if they are in it: a run was killed between writing that file and
removing the journal. Otherwise somebody changed the file.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from smsform.state import durable
from smsform.state.codec import block_out, slot_out
from smsform.state.memory import Block, Slot, State
from smsform.state.parse import Reader, check_owners, slot_of
from smsform.state.shape import Malformed, ObjectShape
from smsform.state.steps import OpenBlock, Step, part_of
from smsform.words import say

FORMAT = 1
HEAD = ObjectShape(journal=0, of="")
LINE = ObjectShape(provider="", address="", block={})
# A link in a clone must not make us overwrite its target.
NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK
MORE = os.O_WRONLY | os.O_APPEND | NO_LINK

Parts = Mapping[tuple[str, Slot], Block]


class Journal:
    """The journal at *path*, beside the state file *beside*. Methods raise OSError."""

    def __init__(self, path: Path, beside: Path) -> None:
        self.path, self._beside = path, beside
        self._begun = False

    def add(self, step: Step) -> None:
        """Write *step* down; after that it survives a power cut.

        On OSError the journal is as it was before.
        """
        line = {
            "provider": step.provider,
            "address": slot_out(step.slot),
            "block": block_out(step.block),
        }
        if self._begun:
            self._write(MORE, _line(line))
            return
        self._write(NEW, _line({"journal": FORMAT, "of": self._of()}) + _line(line))
        durable.sync_folder(self.path.parent)
        self._begun = True

    def _of(self) -> str:
        try:
            with self._beside.open("rb") as file:
                return _digest(file)
        except FileNotFoundError:
            return _digest(None)

    def _write(self, how: int, data: bytes) -> None:
        with open(os.open(self.path, how, 0o666), "wb", buffering=0) as file:
            before = os.fstat(file.fileno()).st_size
            try:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except BaseException:
                file.truncate(before)
                raise

    def end(self) -> None:
        """Remove it: its steps are in the state file."""
        self._begun = False
        self.path.unlink(missing_ok=True)


def _line(value: Mapping[str, object]) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _digest(file: BinaryIO | None) -> str:
    """The digest of a state file that stands in its journal; "" where there is none."""
    if file is None:
        return ""
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()


def with_steps(state: State, file: BinaryIO | None, journal: BinaryIO) -> State | None:
    """*state*, as it stands in *file*, with the steps of *journal*.

    None when they follow another file and are not in this one. Malformed when they are
    none of ours.
    """
    lines = journal.read().split(b"\n")[:-1]  # a line without end was cut short
    if not lines:
        return state
    version, of = HEAD.read(_value(lines[0]))
    if version != FORMAT:
        raise Malformed(say("state.no_journal"), "journal")
    parts = _parts(lines[1:])
    if of == _digest(file):
        return _changed(state, parts)
    return state if _is_in(state, parts) else None


def _parts(lines: list[bytes]) -> Parts:
    """The last part of each address."""
    reader = Reader()
    parts: dict[tuple[str, Slot], Block] = {}
    for number, line in enumerate(lines):
        try:
            provider, address, block = LINE.read(_value(line))
            parts[provider, slot_of(address)] = reader.block(block)
        except Malformed:
            if number + 1 < len(lines):
                raise
            # The last line: a power cut damaged it before ``add`` was over.
    return parts


def _value(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from None


def _changed(state: State, parts: Parts) -> State:
    opened = {name: OpenBlock(block) for name, block in state.blocks.items()}
    for (provider, slot), part in parts.items():
        if provider not in opened:
            opened[provider] = OpenBlock(Block(part.identity))
        opened[provider].put(slot, part)
    blocks = {name: each.view for name, each in opened.items()}
    for block in blocks.values():
        check_owners(block)
    return State(blocks)


def _is_in(state: State, parts: Parts) -> bool:
    for (provider, slot), part in parts.items():
        block = state.blocks.get(provider, Block(part.identity))
        of_same = replace(part, identity=block.identity, notices=block.notices)
        if part_of(block, slot) != of_same:
            return False
    return True
