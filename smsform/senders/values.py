"""The checks of values before a call, as every generated module makes them.

The reference: what a module in another language does is what these functions do,
without regular expressions and counted in code points.
"""

from __future__ import annotations

from smsform.senders.model import ValueCheck

# Hosts that end so are links; the services' rules know the same names.
ENDINGS = (
    "com", "cn", "net", "org", "top", "vip", "cc", "io", "me", "co", "hk", "xyz",
    "shop", "site", "info", "link", "ly", "gl",
)  # fmt: skip
MARKS = ("http:", "https:", "www.")


def fault(value: str, check: ValueCheck) -> str:
    """Why *value* cannot be sent: unreadable, length, characters or link; else ""."""
    if any("\ud800" <= each <= "\udfff" for each in value):
        return "unreadable"
    if len(value) < check.minimum or 0 < check.maximum < len(value):
        return "length"
    if check.alphabet and not all(within(each, check.alphabet) for each in value):
        return "characters"
    if not check.links and is_link(value):
        return "link"
    return ""


def within(character: str, alphabet: str) -> bool:
    """Whether *character* is in one of the ranges of *alphabet*."""
    pairs = zip(alphabet[::2], alphabet[1::2], strict=True)
    return any(first <= character <= last for first, last in pairs)


def is_link(value: str) -> bool:
    """Whether a service would take *value* for a link, or for a part of one."""
    text = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in value)
    if any(mark in text for mark in MARKS):
        return True
    run, before = "", ""
    for each in text + "\0":  # ends the last run
        if within(each, "azAZ09..--__"):
            run += each
            continue
        if run and before != "@" and is_host(run):
            return True
        run, before = "", each
    return False


def is_host(run: str) -> bool:
    """Whether *run*, in lower case, is a host name with an ending of ``ENDINGS``."""
    *labels, ending = run.split(".")
    return (
        bool(labels)
        and ending in ENDINGS
        and all(0 < len(label) < 64 and "_" not in label for label in labels)
    )
