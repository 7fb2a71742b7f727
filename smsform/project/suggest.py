"""Suggestions for an unknown name."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from smsform.documents.nearness import few
from smsform.model import Address
from smsform.words import say

_MOST = 3  # addresses that are offered


def near(name: str, known: Iterable[str], most: int = 1) -> str:
    """``did you mean …?`` with up to *most* names; empty where none is like *name*."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), n=most)
    return say("cli.near", near=", ".join(found)) if found else ""


def near_or_some(name: str, known: Iterable[str]) -> str:
    """``near``, and where none is like *name* the first of *known*; "" for none."""
    names = list(known)
    some = say("cli.known", known=few(names)) if names else ""
    return near(name, names) or some


def near_address(text: str, known: Collection[Address]) -> str:
    """``did you mean …?`` with addresses whose key is like the one *text* ends in.

    Only keys are compared, because the rest is common to many addresses.
    """
    from difflib import get_close_matches

    owner, _, rest = text.rpartition("/")
    kind, _, key = rest.rpartition(".")
    close = get_close_matches(key, {at.key for at in known}, n=_MOST)
    found = sorted(
        (at for at in known if at.key in close),
        key=lambda at: (
            close.index(at.key),
            at.provider != owner,
            at.kind != kind,
            at,
        ),
    )
    names = ", ".join(map(str, found[:_MOST]))
    return say("cli.near", near=names) if names else ""
