"""Files that a command adds to a project: where they may lie, and writing them."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from smsform.config import Config
from smsform.documents import files, walk
from smsform.errors import ConfigError
from smsform.regular import read_regular
from smsform.state.durable import replace
from smsform.words import say


def default_folder(config: Config, name: str, names: Iterable[str]) -> str:
    """A folder called *name* whose files, called *names*, are read as definitions.

    It lies below the project's folder, or below a folder that `definitions` names.
    """
    names = list(names)
    for base in ("", *map(_fixed_part, config.definitions)):
        folder = f"{base}{name}"
        if all(_is_read(config, f"{folder}/{each}") for each in names):
            return folder
    what = say("import_all.not_read", path=f"{name}/{names[0]}")
    raise ConfigError("-o", what, say("import_all.not_read_hint", pattern=f"{name}/*"))


def missing(config: Config, names: Iterable[str]) -> list[str]:
    """Those of *names* that `definitions` has as they are and that are not there.

    A file that was written by ``init`` and deleted is looked for in every run.
    """
    wanted = (name for name in names if name in config.definitions)
    return [name for name in wanted if not os.path.lexists(config.root / name)]


def _fixed_part(pattern: str) -> str:
    """The folders of a pattern before its first sign: ``texts/`` of
    ``texts/**/*.yaml``."""
    folders = pattern.removeprefix("./").split("/")[:-1]
    count = next((n for n, each in enumerate(folders) if re.search("[*?]", each)), None)
    return "".join(f"{each}/" for each in folders[:count])


def _is_read(config: Config, path: str) -> bool:
    """Whether a file at *path*, from the project's folder, is read as a definition
    file."""
    return not any(part.startswith(".") for part in PurePosixPath(path).parts) and any(
        files.matching(pattern, [path]) for pattern in config.definitions
    )


def check_new(config: Config, paths: Iterable[str]) -> None:
    """ConfigError unless every path is free and is read for definitions."""
    for path in paths:
        if files.leaves(path):
            raise ConfigError("-o", say("import_all.outside", path=path))
        if path == files.CONFIG or not _is_read(config, path):
            what = say("import_all.not_read", path=path)
            hint = say("import_all.not_read_hint", pattern=path)
            raise ConfigError("-o", what, hint)
    taken = [path for path in paths if os.path.lexists(config.root / path)]
    if taken:
        what = say("import_all.exists", paths=", ".join(taken))
        raise ConfigError("import", what, say("import_all.exists_hint"))


def write_new(root: Path, texts: Mapping[str, str]) -> None:
    """Write files that must not exist yet, all or none; ConfigError otherwise."""
    _add([(root / path, text.encode(), None) for path, text in texts.items()])


def inside(root: Path, output: str) -> str:
    """*output* as a path from the project's folder, with ``/``."""
    path = Path(output)
    if path.is_absolute() and path.is_relative_to(root.resolve()):
        path = path.relative_to(root.resolve())
    return path.as_posix()


def write(root: Path, texts: Mapping[str, str], amended: Mapping[str, str]) -> None:
    """Write new files and replace others; all or none, ConfigError otherwise.

    A file is replaced as a whole, so that nobody reads half of it.
    """
    before: list[tuple[Path, bytes]] = []
    target = root
    try:
        for path, text in amended.items():
            target = (root / path).resolve()  # the file itself, not a link to it
            before.append((target, target.read_bytes()))
            replace(target, text.encode())
        write_new(root, texts)
    except BaseException as error:
        for target, data in before:
            with contextlib.suppress(OSError):
                replace(target, data)
        if isinstance(error, OSError):
            what = error.strerror or str(error)
            raise ConfigError(str(target), what) from None
        raise


def text_of(path: str) -> str:
    """The text of a definition file that was read before; ConfigError otherwise."""
    try:
        data = read_regular(Path(path), walk.LARGEST)
    except OSError as error:
        raise ConfigError(path, error.strerror or str(error)) from None
    return data.decode(errors="replace")


def relative(root: Path, path: str) -> str:
    """*path* from the project's folder."""
    return Path(os.path.relpath(path, root)).as_posix()


def complete(missing: Mapping[Path, bytes]) -> None:
    """Append to each file what it lacks, or create it; all or none."""
    _add(
        [
            (path, data, path.stat().st_size if path.exists() else None)
            for path, data in missing.items()
        ]
    )


def _add(parts: Sequence[tuple[Path, bytes, int | None]]) -> None:
    """Append to files of a given size, None for new ones; ConfigError, all undone."""
    begun: list[tuple[Path, int | None]] = []
    folders: list[Path] = []
    target = Path()
    try:
        for target, data, size in parts:
            new = [each for each in target.parents if not each.exists()]
            folders += reversed(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(target, "xb" if size is None else "ab") as file:
                begun.append((target, size))
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
    except BaseException as error:
        for done, size in begun:
            with contextlib.suppress(OSError):
                done.unlink() if size is None else os.truncate(done, size)
        for folder in reversed(folders):
            with contextlib.suppress(OSError):  # it was not created, or is in use
                folder.rmdir()
        if isinstance(error, OSError):
            what = error.strerror or str(error)
            raise ConfigError(str(target), what) from None
        raise
