"""The file of ``receipts --pull``: a JSON object a line, on disk before the next."""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from smsform.errors import ConfigError, StateError
from smsform.sending import Receipt
from smsform.state.lock import NO_LINK
from smsform.words import say

FORMAT = 1
TAIL = 256 * 1024  # bytes at a file's end that hold the last page of receipts
NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # not even for a pipe


class ReceiptFile:
    """A file of JSON lines, each on disk before the next call.

    It holds whole numbers, so only its owner may read it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | NO_LINK | NO_WAITING
        try:
            self._handle = os.open(path, flags, 0o600)
        except OSError as error:
            raise _unwritable(path, error) from None
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        """Make it private and let it end with a whole line."""
        found = os.fstat(self._handle)
        if not stat.S_ISREG(found.st_mode):  # a device or pipe keeps nothing
            raise ConfigError(str(self.path), say("receipts.no_file"))
        try:
            os.fchmod(self._handle, 0o600)
            size = found.st_size
            torn = size and os.pread(self._handle, 1, size - 1) != b"\n"
            if torn:  # a power cut may have left half a line: it is kept apart
                os.write(self._handle, b"\n")
        except OSError as error:
            raise _unwritable(self.path, error) from None

    def append(
        self, provider: str, receipts: Sequence[Receipt], *, missing: bool = False
    ) -> None:
        """Write *receipts*; after that they survive a power cut.

        The service has forgotten them already, so if the file takes no more they go to
        another one, which the StateError names. *missing*: only those that are not
        among its last lines, as after a run that was killed.
        """
        size = os.fstat(self._handle).st_size
        last = set()
        if missing:
            start = max(size - TAIL, 0)
            last = set(os.pread(self._handle, TAIL, start).split(b"\n"))
        lines = (_line(provider, each) for each in receipts)
        encoded = [line.encode(errors="backslashreplace") for line in lines]
        data = b"".join(line + b"\n" for line in encoded if line not in last)
        if not data:
            return
        try:
            _write(self._handle, data)
            os.fsync(self._handle)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._handle, size)
            raise self._saved_elsewhere(data, error) from None

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)

    def _saved_elsewhere(self, data: bytes, error: OSError) -> StateError:
        try:
            handle, name = tempfile.mkstemp(prefix="smsform-receipts-", suffix=".jsonl")
            with open(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            return StateError("unsaved", path=self.path, what=str(error.strerror))
        what = f"{error.strerror}; {say('receipts.elsewhere', path=name)}"
        return StateError("unsaved", path=self.path, what=what)


def _line(provider: str, receipt: Receipt) -> str:
    """A receipt as the file has it, whole; times are ISO 8601, UTC."""
    fields = {"smsform_receipt": FORMAT, "provider": provider, **receipt._asdict()}
    for name in ("sent", "received"):
        seconds = getattr(receipt, name)
        moment = datetime.fromtimestamp(seconds, UTC) if seconds else None
        fields[name] = moment and moment.isoformat(timespec="seconds")
    return json.dumps(fields, ensure_ascii=False)


def _write(handle: int, data: bytes) -> None:
    while data:  # normally one call, so that a kill leaves no half line
        data = data[os.write(handle, data) :]


def _unwritable(path: Path, error: OSError) -> ConfigError:
    if error.errno == errno.ELOOP:
        return ConfigError(str(path), say("receipts.link"), say("receipts.link_hint"))
    return ConfigError(str(path), error.strerror or str(error))
