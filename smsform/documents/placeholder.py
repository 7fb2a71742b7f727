"""What a text with ``{{ name }}`` is made of, and how a name may look."""

from __future__ import annotations

from msgspec import Struct

# Jinja2 has a use for these, so they cannot be names in a text.
RESERVED = frozenset({
    "true", "false", "none", "True", "False", "None", "and", "or", "not", "in", "is",
    "if", "else", "self", "loop",
})  # fmt: skip


class Placeholder(Struct, frozen=True):
    """A parameter's place in a text."""

    name: str


Text = tuple[str | Placeholder, ...]


def is_name(word: str) -> bool:
    """Whether a parameter or a constant may be called so."""
    return word.isidentifier() and word.isascii() and word not in RESERVED
