"""What no service lets stand in a value that is filled into an approved text."""

from __future__ import annotations

import re

_LINK = re.compile(
    r"https?://|\bwww\.|(?<![@\w.-])(?:[a-z0-9-]{1,63}\.)+"
    r"(?:com|cn|net|org|top|vip|cc|io|me|co|hk|xyz|shop|site|info|link|ly|gl)"
    r"(?![\w.-])",
    re.IGNORECASE | re.ASCII,
)


def has_link(value: str) -> bool:
    """Whether a web address, or a host that looks like one, is in *value*."""
    return ("." in value or ":" in value) and _LINK.search(value) is not None
