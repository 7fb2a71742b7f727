"""Generated files: where they may lie, which are ours, and writing them."""

from __future__ import annotations

import contextlib
import os
import tempfile
from enum import Enum
from pathlib import Path

from smsform.errors import ConfigError
from smsform.project.repository import repository
from smsform.regular import MIB, read_regular
from smsform.words import say

LARGEST = 64 * MIB  # of a generated module; one of 1,000 templates has about 2


class Freshness(Enum):
    """How a file compares with what the project says now."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"


def freshness(path: Path, text: str) -> Freshness:
    """Compare the file at *path* with *text*; ConfigError for a file that is not ours.

    The version of smsform that wrote it is not compared.
    """
    from smsform.senders.render import same

    found = _read(path)
    if found is None:
        return Freshness.MISSING
    return Freshness.FRESH if same(found, text) else Freshness.STALE


def write(path: Path, text: str) -> None:
    """Write *text* to *path*, all or nothing; ConfigError where no file may be
    written."""
    _read(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".smsform-", dir=path.parent)
        try:
            with open(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                os.fchmod(handle, path.stat().st_mode if path.exists() else 0o644)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise ConfigError(str(path), error.strerror or str(error)) from None


def allowed(root: Path, path: Path) -> Path:
    """*path* made absolute; ConfigError unless it stays in the project's repository.

    That is the git repository the project lies in, or the project itself where there is
    none. No part of the path below it may be a link or hidden: hidden folders hold what
    controls a repository.
    """
    house = repository(root.resolve()) or root.resolve()
    absolute = Path(os.path.normpath(path if path.is_absolute() else root / path))
    with contextlib.suppress(OSError):
        absolute = _known_part(absolute, house)
    if not absolute.is_relative_to(house) or absolute == house:
        what = say("senders.outside", house=house)
        raise ConfigError(str(path), what, say("senders.outside_hint"))
    below = absolute.relative_to(house)
    step = house
    for part in below.parts:
        step = step / part
        if step.is_symlink():
            raise ConfigError(str(path), say("senders.link", link=step))
        if part.startswith("."):
            raise ConfigError(str(path), say("senders.hidden", name=part))
    if absolute.is_dir():
        raise ConfigError(str(path), say("senders.folder"), say("senders.folder_hint"))
    return absolute


def _known_part(path: Path, house: Path) -> Path:
    """*path* with links resolved above *house*, and none below it."""
    for above in (path, *path.parents):
        if above.exists() and os.path.samefile(above, house):
            return house / path.relative_to(above)
    return path


def _read(path: Path) -> str | None:
    """A file of ours, None where there is none; ConfigError for anything else."""
    from smsform.senders.render import is_ours

    try:
        found = read_regular(path, LARGEST).decode().replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError):
        found = ""
    if not is_ours(found):
        what = say("senders.not_ours")
        raise ConfigError(str(path), what, say("senders.not_ours_hint"))
    return found
