"""What somebody may have meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from smsform.words import say


def near(name: str, known: Iterable[str], most: int = 1) -> str:
    """``did you mean …?`` with up to *most* names; empty where none is like *name*."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), n=most)
    return say("cli.near", near=", ".join(found)) if found else ""
