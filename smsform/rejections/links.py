"""Links in texts and values, and where none may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

from smsform.links import ENDINGS, is_link
from smsform.pattern import pattern
from smsform.rule import VARIABLE, Finding, TemplateFacts
from smsform.words import tell

# Repeats are bounded, here and below, so that no text costs more than its length.
_ENDINGS = "|".join(ENDINGS)
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
# A bare address is more often the number of a version: a port or a path tells.
_ADDRESS = rf"(?<![\w.-])(?:{_BYTE}\.){{3}}{_BYTE}(?::[0-9]{{1,5}}(?![0-9])|/)"
_DOMAIN = rf"(?<![@\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}(?:{_ENDINGS})(?![\w-]|\.\w)"

LINK = pattern(
    rf"(?:\b[a-z][a-z0-9+.-]{{1,20}}://|\bwww\.)[!-~]{{1,300}}"
    rf"|{_DOMAIN}(?:/[!-~]{{0,300}})?|{_ADDRESS}[!-~]{{0,300}}",
    re.I | re.A,
)
# Every link matches this: other texts need not be searched with the pattern above.
_HINT = pattern(rf"://|www\.|\.(?:{_ENDINGS})(?![\w-])|\.[0-9]{{1,3}}[:/]", re.I | re.A)
# A host and the beginning of a path, at the end of what stands before a variable.
_BEGUN = pattern(
    r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,10}(?::[0-9]{1,5})?[/?#][!-~\0]{0,300}\Z", re.I
)


def in_text(facts: TemplateFacts) -> str:
    """The first link of a text; "" for none."""
    return _first(facts.outline)


@lru_cache(maxsize=4)  # rules of several services ask, one after the other
def _first(text: str) -> str:
    found = LINK.search(text) if may_be_in(text) else None
    return found[0] if found else ""


def may_be_in(text: str) -> bool:
    """Whether *text* may hold a link; most texts cannot, and need no further search."""
    return ("." in text or "://" in text) and _HINT.search(text) is not None


def beside_code(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for a link in a text with a verification code."""
    if not in_text(facts):
        return ()
    message = tell("a link in a verification text")
    return (Finding(message, tell("drop it, or notify instead")),)


def in_values(facts: TemplateFacts) -> Sequence[Finding]:
    """Findings for values that hold a link: a domain, an address, any scheme."""
    return [
        Finding(
            tell("{name}: a link as value, {value!r}", name=p.name, value=value),
            tell("the service refuses to send it: write the link as constant text"),
            at,
        )
        for p, value, at in facts.values
        if p.kind != "email" and _holds_link(value)
    ]


@lru_cache(maxsize=1024)  # many texts have values in common
def _holds_link(value: str) -> bool:
    """Whether a value is or holds a link, in whatever form its letters are written."""
    return is_link(value if value.isascii() else normalize("NFKC", value))


def without_host(facts: TemplateFacts) -> str:
    """The end of a link, by its kind, without a host before it; "" for none."""
    for each in facts.template.params:
        if each.kind == "link_suffix":
            break
    else:  # few texts have any
        return ""
    ends = [p.name for p in facts.template.params if p.kind == "link_suffix"]
    at = -1
    for name in facts.variables:
        at = facts.outline.find(VARIABLE, at + 1)
        if name in ends and not _BEGUN.search(facts.outline[:at]):
            return name
    return ""
