"""A file that goes along with a submission, as a definition names it."""

from __future__ import annotations

from typing import NamedTuple


class Evidence(NamedTuple):
    """A file that is submitted; ``sha256`` is empty when it is missing.

    ``path`` is absolute, ``name`` as the definition has it; ``size`` counts bytes.
    """

    attribute: str
    path: str
    sha256: str
    name: str = ""
    size: int = 0

    @property
    def shown(self) -> str:
        """What people call it."""
        return self.name or self.path

    @classmethod
    def unread(cls, attribute: str, name: str) -> Evidence:
        """A file nobody looks at, as if it were missing."""
        return cls(attribute, name, "", name)
