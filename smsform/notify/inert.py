"""Text from outside, made so that chats and mail programs find no markup in it; pure.

Chats look for links and mentions even in plain text. What would be one keeps its
letters and stays readable, but leads nowhere, as reports on fraud write it:
``https:[//]shop[.]example``, ``＠all``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

CUT = "…"
# A dot that may be part of a host name: before it a letter, a digit or a hyphen, behind
# it a Latin letter; or between letters of other scripts, as hosts can have them (RFC
# 5895 maps the wide dots to dots). "1.请" is a numbered item.
_HOST = re.compile(r"(?<=[\w-])[.．。｡](?=[A-Za-z])|(?<=[^\W\d_])[.．｡](?=[^\W\d_])")
_NUMBERS = re.compile(r"\d+(?:\.\d+){3,}")  # an address of IPv4 may be anywhere in it
# Feishu, WeCom: <at …>, <@user>; Slack: <!channel>, <@U1>, &lt; for what is none.
_SIGNS = str.maketrans({"<": "＜", ">": "＞", "@": "＠", "&": "＆"})


def inert(text: str) -> str:
    """*text* on one line, without markup, mentions, links and invisible characters."""
    text = "".join(each if each.isprintable() else " " for each in text)
    text = " ".join(text.split()).translate(_SIGNS)
    text = text.replace("//", "[//]")
    text = re.sub(r"(?i)\b(mailto|tel|sms|javascript|data):", r"\1[:]", text)
    text = _NUMBERS.sub(lambda found: found[0].replace(".", "[.]"), text)
    return _HOST.sub(lambda found: f"[{found[0]}]", text)


def shortened(text: str, limit: int, show: Callable[[str], str] = inert) -> str:
    """``show(text)`` in at most *limit* bytes of UTF-8, cut between characters."""
    shown = show(text)
    if len(shown.encode()) <= limit:
        return shown
    low, high = 0, len(text)
    while low < high:  # binary search for the longest beginning that fits
        middle = (low + high + 1) // 2
        if len((show(text[:middle]) + CUT).encode()) <= limit:
            low = middle
        else:
            high = middle - 1
    return show(text[:low]) + CUT
