"""Writing files that survive a power cut: replaced whole, their folder synced."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def replace(path: Path, data: bytes, mode: int | None = None) -> None:
    """Replace the file at *path*: write beside it, fsync, rename, fsync.

    The new file has the mode of the old one, unless *mode* is given. On OSError the old
    file is unchanged.
    """
    # A fixed name, so that a file left by a killed process is reused.
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        created = 0o666 if mode is None else mode
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, created)
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is None:
            with contextlib.suppress(FileNotFoundError):
                os.chmod(new, path.stat().st_mode & 0o777)
        os.replace(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in *folder* survive a power cut."""
    if os.name == "nt":
        return  # folders cannot be opened there; the file system journals the rename
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
