"""Reading a file that may be no regular file: a pipe never ends, a device never
fills."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from smsform.words import say

MIB = 2**20


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a regular file, links followed.

    OSError, whose ``strerror`` is in words, for anything else and for a file of more
    than *most* bytes; neither is read.
    """
    handle = os.open(path, os.O_RDONLY | _NOW)
    with open(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, say("errors.not_regular"), str(path))
        if found.st_size > most:
            what = say("errors.file_too_large", limit=most // MIB)
            raise OSError(errno.EFBIG, what, str(path))
        # Room is made for as many bytes as may come: for 64 MiB that takes longer than
        # to read. Where the system makes up a file, its size is 0.
        return file.read(found.st_size or most)


# A pipe without a writer opens at once with this flag, so that it can be recognised.
_NOW = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
