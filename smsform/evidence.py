"""A file that is submitted with an entry, as a definition names it."""

from __future__ import annotations

from typing import NamedTuple


class Evidence(NamedTuple):
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
