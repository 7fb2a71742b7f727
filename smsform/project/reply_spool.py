"""Replies that can be had only once, kept as they came until they are on disk as read.

A queue forgets what it has told. A process that is killed between a reply and the line
it leads to would lose it; so the bytes go to a file before anybody reads them, and the
next run begins with that file. What remains is a kill while they are on their way.
"""

from __future__ import annotations

import base64
import binascii
import os
from contextlib import suppress
from pathlib import Path

from smsform.state.lock import NO_LINK


class ReplySpool:
    """The replies of *provider* that are on no line of *file* yet, beside that file.

    It holds whole numbers, so only its owner may read it.
    """

    def __init__(self, file: Path, provider: str) -> None:
        self.path = file.with_name(f"{file.name}.{provider}.replies")
        self._handle: int | None = None

    def left(self) -> list[bytes]:
        """What a run before this one did not come to read."""
        try:
            with open(os.open(self.path, os.O_RDONLY | NO_LINK), "rb") as file:
                lines = file.read().splitlines()
        except OSError:  # mostly there is none
            return []
        found = []
        for line in lines:
            try:
                found.append(base64.b64decode(line, validate=True))
            except binascii.Error:  # half of a line
                continue
        return found

    def open(self) -> None:
        """Be ready for a reply: nothing but its bytes is written when it comes.

        Where the file cannot be, replies are read without it, as if there were none.
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
        """Everything in it is on disk elsewhere."""
        with suppress(OSError):
            if self._handle is not None:
                os.ftruncate(self._handle, 0)
            elif not self.path.is_symlink():
                self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Be done with it; it is gone unless something is left in it."""
        if self._handle is None:
            return
        empty = os.fstat(self._handle).st_size == 0
        os.close(self._handle)
        self._handle = None
        if empty:
            self.forget()
