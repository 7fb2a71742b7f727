"""What a link is, to a service that refuses one as a value.

One check for rules and for generated modules: what a module in another language does is
what ``is_link`` does, without regular expressions and character by character.
"""

from __future__ import annotations

# Hosts that end so are links, with a path or without one.
ENDINGS = (
    "com", "cn", "net", "org", "top", "vip", "cc", "io", "me", "co", "hk", "xyz",
    "shop", "site", "info", "link", "ly", "gl",
)  # fmt: skip
# Chinese top-level domains that are no everyday word behind a full stop: two each.
HAN_ENDINGS = (
    "中国", "中國", "公司", "网络", "網絡", "网址", "商城", "集团", "网店",
)  # fmt: skip
# Letters that are none of ASCII, in ranges; Chinese ones, as a rule.
LETTERS = "ÀɏͰӿぁヿ一鿿가힣"
MARKS = ("://", "http:", "https:", "www.")
PUNYCODE = "xn--"
_NEEDED = frozenset(".．。｡:：")  # no link is without one of these


def is_link(value: str) -> bool:
    """Whether a service would take *value* for a link, or for a part of one.

    That is anything with a scheme, a domain (Chinese ones, too), a host with a path,
    an address of IPv4 or IPv6, in whatever width it is written; no mail address.
    """
    if _NEEDED.isdisjoint(value):
        return False
    text = "".join(map(_folded, value)) + "\0"  # which ends the last run
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
    """In lower case and of usual width; both ideographic full stops are dots."""
    if character in "。｡":
        return "."
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    return chr(code + 32) if 0x41 <= code <= 0x5A else chr(code)


def _is_address(run: str, before: str, after: str) -> bool:
    """Whether a host or an address is in *run*, parts with colons between them."""
    parts = run.split(":")
    path = after == "/"
    for each in reversed(parts):
        if _is_host(each.rstrip("."), path, before if each is parts[0] else ""):
            return True
        path = path and _is_number(each, 65535)  # a port
    return _is_ipv6(parts, "::" in run)


def _is_host(name: str, path: bool, before: str) -> bool:
    """Whether *name* is a host: by its ending, by a path behind it, or by numbers."""
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
    """Whether these are the digits of a number up to *most*, none too many."""
    if not digits or len(digits) > 5 or not all(within(c, "09") for c in digits):
        return False
    return int(digits) <= most and (digits == "0" or digits[0] != "0")


def _is_ipv6(groups: list[str], hole: bool) -> bool:
    """Whether these are the groups of an address; a time of day has too few."""
    if not 3 <= len(groups) <= 8 or (len(groups) < 8 and not hole):
        return False
    hexadecimal = all(within(c, "09af") for each in groups for c in each)
    return hexadecimal and 2 < max(map(len, groups)) <= 4


def _is_han(text: str, at: int) -> bool:
    """Whether a Chinese top-level domain, and no more, stands in *text* there."""
    after = text[at + 2 : at + 3]
    return text[at : at + 2] in HAN_ENDINGS and not (
        _is_letter(after) or within(after, "az09..--__")
    )


def _is_label(label: str) -> bool:
    """Whether these begin a Chinese domain: no numbering, as in ``1.`` or ``A.``."""
    if _is_letter(label):
        return True
    return 1 < len(label) < 64 and not all(within(c, "09") for c in label)


def _is_letter(character: str) -> bool:
    """Whether it is one of ``LETTERS``."""
    return within(character, LETTERS)
