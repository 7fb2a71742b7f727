"""Decoding a table: UTF-8, UTF-16 with a BOM, else GB18030."""

from __future__ import annotations

from smsform.tables.values import TableError

UTF8, UTF16, GB18030 = "UTF-8", "UTF-16", "GB18030"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding; TableError when it is not text.

    Excel saves CSV in the encoding of the system, which is GB18030 in China.
    """
    if data.startswith(_WORKBOOKS):
        raise TableError("workbook")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _text(data.decode("utf-16")), UTF16
        except UnicodeDecodeError:
            raise TableError("encoding") from None
    if b"\0" in data:
        raise TableError("nul", line=data.count(b"\n", 0, data.index(b"\0")) + 1)
    try:
        return _text(data.removeprefix(b"\xef\xbb\xbf").decode()), UTF8
    except UnicodeDecodeError:
        pass
    try:
        return _text(data.decode("gb18030")), GB18030
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableError("encoding_at", line=line) from None


def _text(text: str) -> str:
    if "\0" in text:
        raise TableError("nul", line=text.count("\n", 0, text.index("\0")) + 1)
    return text
