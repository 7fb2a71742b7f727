"""Contents that every service refuses in a value filled into an approved text."""

from __future__ import annotations

import re
import unicodedata

from smsform.pattern import pattern

_LINK = pattern(
    r"\b[a-z][\w+.-]{1,20}://|https?:|\bwww\.|(?<![@\w.-])(?:[a-z0-9-]{1,63}\.)+(?:"
    r"(?:com|cn|net|org|top|vip|cc|io|me|co|hk|xyz|shop|site|info|link|ly|gl)"
    r"(?![\w-]|\.\w)|[a-z]{2,10}(?::\d{1,5})?/[!-~])|"
    r"(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!\D)|(?![\w.-]))){4}"
    r"(?<!\.)",
    re.IGNORECASE | re.ASCII,
)


def has_link(value: str) -> bool:
    """Whether a web address, or a host that looks like one, is in *value*."""
    value = unicodedata.normalize("NFKC", value).replace("。", ".")
    return ("." in value or ":" in value) and _LINK.search(value) is not None
