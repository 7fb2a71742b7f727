"""What counts as a link, for services that refuse links as values.

One check for rules and for generated modules: a module in another language does what
``is_link`` does, without regular expressions and character by character.
"""

from __future__ import annotations

# Endings of hosts that make a link, with a path or without one.
ENDINGS = (
    "com", "cn", "net", "org", "top", "vip", "cc", "io", "me", "co", "hk", "xyz",
    "shop", "site", "info", "link", "ly", "gl",
)  # fmt: skip
# Chinese top-level domains that are no common word after a full stop; two characters
# each
HAN_ENDINGS = (
    "中国", "中國", "公司", "网络", "網絡", "网址", "商城", "集团", "网店",
)  # fmt: skip
# Letters outside ASCII, as ranges: first and last of each.
LETTERS = "ÀɏͰӿぁヿ一鿿가힣"
MARKS = ("://", "http:", "https:", "www.")
PUNYCODE = "xn--"
_NEEDED = frozenset(".．。｡:：")  # no link is without one of these


def is_link(value: str) -> bool:
    """Whether a service would take *value* for a link, or for part of one.

    A link is anything with a scheme, a domain (Chinese ones, too), a host with a path,
    an IPv4 or IPv6 address, in any width; a mail address is none.
    """
    if _NEEDED.isdisjoint(value):
        return False
    text = "".join(map(_folded, value)) + "\0"  # NUL ends the last run
    if any(mark in text for mark in MARKS):
        return True
    run, before = "", ""
    for at, each in enumerate(text):
        if within(each, "az09..--__::"):
            run += each
            continue
        if run and before != "@" and _is_address(run, before, each):
            return True
        dot = run.endswith(".") and value[at - 1] != "。"
        label = run[:-1].rpartition(".")[2] or before
        if dot and _is_han(text, at) and _is_label(label):
            return True
        run, before = "", each
    return False


def within(character: str, alphabet: str) -> bool:
    """Whether *character* is in one of the ranges of *alphabet*."""
    pairs = zip(alphabet[::2], alphabet[1::2], strict=True)
    return any(first <= character <= last for first, last in pairs)


def _folded(character: str) -> str:
    """*character* in lower case and half width; ideographic full stops become dots."""
    if character in "。｡":
        return "."
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    return chr(code + 32) if 0x41 <= code <= 0x5A else chr(code)


def _is_address(run: str, before: str, after: str) -> bool:
    """Whether *run*, parts with colons between them, holds a host or an address."""
    parts = run.split(":")
    path = after == "/"
    for each in reversed(parts):
        if _is_host(each.rstrip("."), path, before if each is parts[0] else ""):
            return True
        path = path and _is_number(each, 65535)  # a port
    return _is_ipv6(parts, "::" in run)


def _is_host(name: str, path: bool, before: str) -> bool:
    """Whether *name* is a host: by its ending, by a path after it, or by its
    numbers."""
    labels = name.split(".")
    ending = labels.pop()
    if not labels or not all(len(each) < 64 and "_" not in each for each in labels):
        return False
    if len(labels) == 3 and all(_is_number(each, 255) for each in (*labels, ending)):
        return True
    if not all(labels[1:]) or not (labels[0] or _is_letter(before)):
        return False
    if ending in ENDINGS or ending.startswith(PUNYCODE):
        return True
    return path and 2 <= len(ending) <= 10 and all(within(c, "az") for c in ending)


def _is_number(digits: str, most: int) -> bool:
    """Whether *digits* are a number up to *most*, without too many digits."""
    if not digits or len(digits) > 5 or not all(within(c, "09") for c in digits):
        return False
    return int(digits) <= most and (digits == "0" or digits[0] != "0")


def _is_ipv6(groups: list[str], hole: bool) -> bool:
    """Whether these groups are an IPv6 address; a time of day has too few."""
    if not 3 <= len(groups) <= 8 or (len(groups) < 8 and not hole):
        return False
    hexadecimal = all(within(c, "09af") for each in groups for c in each)
    return hexadecimal and 2 < max(map(len, groups)) <= 4


def _is_han(text: str, at: int) -> bool:
    """Whether a Chinese top-level domain stands alone in *text* at this place."""
    after = text[at + 2 : at + 3]
    return text[at : at + 2] in HAN_ENDINGS and not (
        _is_letter(after) or within(after, "az09..--__")
    )


def _is_label(label: str) -> bool:
    """Whether these begin a Chinese domain; a numbering (``1.``, ``A.``) does not."""
    if _is_letter(label):
        return True
    return 1 < len(label) < 64 and not all(within(c, "09") for c in label)


def _is_letter(character: str) -> bool:
    """Whether *character* is one of ``LETTERS``."""
    return within(character, LETTERS)
