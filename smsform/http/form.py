"""A form with one file, as browsers post it: multipart/form-data (RFC 7578)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from urllib3.filepost import encode_multipart_formdata


class MultipartForm(NamedTuple):
    """The body of a form, and the type it is sent with."""

    body: bytes
    content_type: str


def form(fields: Mapping[str, str], file: bytes, name: str, type: str) -> MultipartForm:
    """*fields* in their order and the *file* last, called *name*, of media *type*."""
    parts: list[tuple[str, str | tuple[str, bytes, str]]] = [*fields.items()]
    parts.append(("file", (name, file, type)))
    return MultipartForm(*encode_multipart_formdata(parts))
