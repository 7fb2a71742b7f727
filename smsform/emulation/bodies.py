"""Reading a request's body off a socket: of known length or in chunks, bounded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from io import BufferedIOBase

LARGEST = 32 * 1024 * 1024  # bytes of body that are read at all
LONGEST_LINE = 4096  # bytes of a chunk's head or a trailer
TRAILERS = 100

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?\r?\n")


class Unreadable(Exception):
    """The body cannot be read, so the connection ends; *status* is the answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def read_body(
    stream: BufferedIOBase, lengths: Sequence[str], codings: Sequence[str]
) -> bytes:
    """The whole body, by the values of Content-Length and of Transfer-Encoding.

    Without either there is none. Unreadable for both at once, another coding, a body
    that is damaged, ends early or is larger than ``LARGEST``.
    """
    if not codings:
        return _measured(stream, lengths)
    # Two lengths, or length and chunks at once: request smuggling (RFC 9112, 6.1).
    if lengths:
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    if [coding.strip().lower() for coding in codings] != ["chunked"]:
        raise Unreadable(HTTPStatus.NOT_IMPLEMENTED)
    return _chunked(stream)


def _measured(stream: BufferedIOBase, lengths: Sequence[str]) -> bytes:
    if not lengths:
        return b""
    if len(set(lengths)) > 1 or not re.fullmatch("[0-9]{1,18}", lengths[0]):
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    return _exactly(stream, _allowed(int(lengths[0])))


def _chunked(stream: BufferedIOBase) -> bytes:
    body = bytearray()
    while size := _size(stream):
        _allowed(len(body) + size)
        body += _exactly(stream, size)
        if _line(stream).strip():
            raise Unreadable(HTTPStatus.BAD_REQUEST)
    for _ in range(TRAILERS):
        if not _line(stream).strip():
            return bytes(body)
    raise Unreadable(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)


def _size(stream: BufferedIOBase) -> int:
    found = _SIZE.fullmatch(_line(stream))
    if not found:
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    return int(found[1], 16)


def _line(stream: BufferedIOBase) -> bytes:
    line = stream.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    return line


def _exactly(stream: BufferedIOBase, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    return data


def _allowed(size: int) -> int:
    if size > LARGEST:
        raise Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return size
