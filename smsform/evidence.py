"""Files that are submitted with an entry: what they are, what a service accepts."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Evidence(Struct, frozen=True):
    """A file to submit; ``sha256`` is "" when it is missing.

    ``path`` is absolute, ``name`` as the definition has it; ``size`` counts bytes.
    """

    attribute: str
    path: str
    sha256: str
    name: str = ""
    size: int = 0

    @property
    def shown(self) -> str:
        """Its name in messages."""
        return self.name or self.path

    @classmethod
    def unread(cls, attribute: str, name: str) -> Evidence:
        """Evidence that is not read, as if the file were missing."""
        return cls(attribute, name, "", name)


class FileKind(Struct, frozen=True):
    """A kind of file: its first bytes, its usual ending, its media type."""

    head: bytes
    suffix: str
    media: str


# Files are recognised by their first bytes, as the standards of the formats say.
FILE_KINDS: Mapping[str, FileKind] = {
    "jpeg": FileKind(b"\xff\xd8\xff", "jpg", "image/jpeg"),
    "png": FileKind(b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    "pdf": FileKind(b"%PDF-", "pdf", "application/pdf"),
    "doc": FileKind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", "application/msword"),
    "docx": FileKind(
        b"PK\x03\x04",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


def kind_of_file(head: bytes) -> str:
    """The kind of a file that begins with *head*; "" for none of ``FILE_KINDS``."""
    return next((k for k, each in FILE_KINDS.items() if head.startswith(each.head)), "")


class FileLimits(Struct, frozen=True):
    """A file a service takes as evidence: up to *size* bytes, one of *kinds*."""

    size: int
    kinds: tuple[str, ...]  # of FILE_KINDS
    source: str
    read: str  # the date it was read
