"""JSON documents that a service pushed, in a file: one a line, or a single one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeVar

from smsform.errors import ConfigError
from smsform.words import say

T = TypeVar("T")

LARGEST = 8 * 2**20  # bytes; a report has some 500

_SPACE = re.compile(r"[ \t\r\n]*")


def pushed(file: BinaryIO, read: Callable[[object], Sequence[T]]) -> tuple[T, ...]:
    """Everything that *read* finds in the documents of *file*, all of it or nothing.

    ConfigError, with the line, for what *read* refuses, and for an empty file.
    """
    content = file.read(LARGEST + 1)
    name = getattr(file, "name", "")
    where = name.strip("<>") if isinstance(name, str) and name else "stdin"
    if len(content) > LARGEST:
        raise ConfigError(where, say("cli.ingest_large", limit=LARGEST // 2**20))
    found: list[T] = []
    for line, document in _documents(where, content):
        try:
            found += read(document)
        except ValueError as error:
            raise ConfigError(f"{where}:{line}", str(error)) from None
    if not found:
        raise ConfigError(where, say("cli.ingest_empty"))
    return tuple(found)


def _documents(where: str, content: bytes) -> Iterator[tuple[int, object]]:
    """Every JSON document with the line it starts at: one a line, or one alone."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(where, say("cli.ingest_text")) from None
    decoder, at, line = json.JSONDecoder(), 0, 1
    while True:
        space = _SPACE.match(text, at)
        start = space.end() if space else at
        line += text.count("\n", at, start)
        if start == len(text):
            return
        try:
            document, at = decoder.raw_decode(text, start)
        except RecursionError:
            raise ConfigError(f"{where}:{line}", say("cli.ingest_deep")) from None
        except ValueError as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            what = say("cli.ingest_json", what=what)
            raise ConfigError(f"{where}:{line}", what) from None
        yield line, document
        line += text.count("\n", start, at)
