"""Sends whose outcome is not known yet, written down before the call.

A send cannot be repeated and has no idempotency token, so a run that is interrupted
must leave behind what it was about to do. Numbers are masked and values left out: that
is enough to recognise the message in the service's records once the number is given
again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import asdict

from smsform.delivery import LATEST
from smsform.errors import StateError, StateLocked
from smsform.regular import read_regular
from smsform.state import durable
from smsform.state.lock import FileLock, LockHeld
from smsform.words import say

FORMAT = 1
LARGEST = 4 * 2**20  # bytes
MOST = 500  # sends kept; the oldest go first


class OpenSend(NamedTuple):
    """A send that is not closed: perhaps made, and perhaps answered.

    ``numbers`` are masked; ``known`` are the records of each number before the call,
    None where they could not be read; ``fixed`` is the text around the values; ``at``
    is the time, unix seconds on the provider's clock.
    """

    token: str
    address: str
    at: float
    numbers: tuple[str, ...]
    known: tuple[tuple[tuple[str, str, float], ...], ...] | None
    fixed: tuple[str, ...]

    def concerns(self, address: str, numbers: Sequence[str]) -> bool:
        """Whether it was of this address to one of these masked numbers."""
        return self.address == address and not set(self.numbers).isdisjoint(numbers)


class OpenSends:
    """The open sends in a project's file, changed under a lock; StateError on
    failure."""

    def __init__(self, root: Path) -> None:
        self.path = root / ".smsform" / "sends.json"

    def concerning(self, address: str, numbers: Sequence[str]) -> list[OpenSend]:
        """The open sends of *address* to one of these masked numbers, oldest first."""
        return [each for each in self._read() if each.concerns(address, numbers)]

    def open(self, send: OpenSend) -> None:
        """Write *send* down; after that it survives a power cut."""
        with self._locked():
            self._write([*self._read(), send][-MOST:])

    def close(self, token: str) -> None:
        """Remove the send with this token, because its outcome is known."""
        with self._locked():
            sends = self._read()
            left = [each for each in sends if each.token != token]
            if left != sends:
                self._write(left)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self.path.with_name(f"{self.path.name}.lock"))
        try:
            lock.take()
        except LockHeld as held:
            fields = asdict(held.holder)
            raise StateLocked("locked", path=self.path, **fields) from None
        except OSError as error:
            raise self._unsaved(error) from None
        try:
            yield
        finally:
            lock.give_back()

    def _read(self) -> list[OpenSend]:
        try:
            return _sends(json.loads(read_regular(self.path, LARGEST)))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, RecursionError, KeyError, TypeError) as error:
            todo = say("send.damaged_hint", path=self.path)
            raise StateError(
                "damaged", path=self.path, what=_said(error), todo=todo
            ) from None

    def _write(self, sends: Sequence[OpenSend]) -> None:
        document = {"smsform_sends": FORMAT, "open": [s._asdict() for s in sends]}
        data = json.dumps(document, ensure_ascii=True, indent=1).encode()
        try:
            durable.replace(self.path, data, 0o600)
        except OSError as error:
            raise self._unsaved(error) from None

    def _unsaved(self, error: OSError) -> StateError:
        return StateError("unsaved", path=self.path, what=_said(error))


def _sends(document: Any) -> list[OpenSend]:
    if document["smsform_sends"] != FORMAT:
        raise ValueError(say("send.newer"))
    sends = [
        OpenSend(
            token=str(each["token"]),
            address=str(each["address"]),
            at=float(each["at"]),
            numbers=tuple(map(str, each["numbers"])),
            known=_known(each["known"]),
            fixed=tuple(map(str, each["fixed"])),
        )
        for each in document["open"]
    ]
    for send in sends:
        whole = send.known is None or len(send.known) == len(send.numbers)
        if not whole or not 0 <= send.at <= LATEST:
            raise ValueError(f"open: {send.token}")
    return sends


def _known(value: Any) -> tuple[tuple[tuple[str, str, float], ...], ...] | None:
    if value is None:
        return None
    return tuple(
        tuple((str(serial), str(token), float(sent)) for serial, token, sent in keys)
        for keys in value
    )


def _said(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)
