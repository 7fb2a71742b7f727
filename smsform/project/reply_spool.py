"""Replies that a service gives only once, kept until their receipts are on disk.

A queue forgets what it has told. A process that is killed between a reply and its line
in the file would lose it; so the bytes are written before anybody reads them, and the
next run begins with them. Only a kill while a reply is on its way loses it.
"""

from __future__ import annotations

import base64
import binascii
import os
from contextlib import suppress
from pathlib import Path

from smsform.state.lock import NO_LINK


class ReplySpool:
    """The replies of *provider* that have no line in *file* yet, stored beside it.

    It holds whole numbers, so only its owner may read it.
    """

    def __init__(self, file: Path, provider: str) -> None:
        self.path = file.with_name(f"{file.name}.{provider}.replies")
        self._handle: int | None = None

    def left(self) -> list[bytes]:
        """The replies that an earlier run did not come to read."""
        try:
            with open(os.open(self.path, os.O_RDONLY | NO_LINK), "rb") as file:
                lines = file.read().splitlines()
        except OSError:  # the usual case: there is none
            return []
        found = []
        for line in lines:
            try:
                found.append(base64.b64decode(line, validate=True))
            except binascii.Error:  # half of a line
                continue
        return found

    def open(self) -> None:
        """Open the file beforehand: when a reply comes, only its bytes are written.

        Where the file cannot be opened, replies are read without it.
        """
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_LINK
        with suppress(OSError):
            self._handle = os.open(self.path, flags, 0o600)

    def keep(self, action: str, body: bytes) -> None:
        """Put a reply there; it survives a killed process."""
        if self._handle is not None:
            with suppress(OSError):
                os.write(self._handle, base64.b64encode(body) + b"\n")

    def forget(self) -> None:
        """Remove everything, because all of it is on disk elsewhere."""
        with suppress(OSError):
            if self._handle is not None:
                os.ftruncate(self._handle, 0)
            elif not self.path.is_symlink():
                self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file, and delete it unless a reply is left in it."""
        if self._handle is None:
            return
        empty = os.fstat(self._handle).st_size == 0
        os.close(self._handle)
        self._handle = None
        if empty:
            self.forget()
