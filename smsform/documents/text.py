"""The language of a message: text and ``{{ name }}``, nothing else of Jinja2.

``parse`` reads a correct text at the cost of one ``split``; ``faults`` looks at every
brace and is called only for a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from smsform.documents.placeholder import Placeholder, Text, is_name
from smsform.pattern import pattern

_NAME = pattern(r"\{\{[ \t]*([^\W\d]\w*)[ \t]*\}\}")
_BRACE = pattern(r"[{}｛｝]")
# What consoles and other tools show for a variable: {1} ${code} ｛1｝ {{1}} {{{code}}}
_NATIVE = pattern(
    r"[$＄]?[{｛](?:[ \t]?[{｛]){0,2}\s*(\w+)\s*[}｝](?:[ \t]?[}｝]){0,2}"
)
# Braces that hold neither; reported once, not for each brace.
_PAIR = pattern(r"[{｛]{1,2}[^{}｛｝]{0,40}[}｝]{1,2}")
# Bounded, so that a text full of unclosed braces costs no more than its length.
_JINJA = pattern(
    r"\{\{([^{}]{0,200})\}\}|\{%[^{}]{0,200}%\}|\{#[^{}]{0,200}#\}", re.DOTALL
)
_SIGNS = {
    "|": "jinja_filter",
    "(": "jinja_call",
    ".": "jinja_attribute",
    "[": "jinja_attribute",
}


_placeholder = cache(Placeholder)  # thousands of templates have few names


class BraceFault(Struct, frozen=True):
    """Something in a text that no provider can take; *offset* counts characters."""

    offset: int
    rule: str
    sentence: str
    fields: Mapping[str, str]


def split(source: str) -> list[str] | None:
    """Fixed texts at even, names at odd places; None when the text has a fault."""
    parts = _NAME.split(source)
    fixed = "".join(parts[::2])
    # One by one: it is quicker, and to compile a pattern of wide ones takes long.
    if "{" in fixed or "}" in fixed or "｛" in fixed or "｝" in fixed:
        return None
    return parts


def join(parts: Sequence[str], constants: Mapping[str, str]) -> Text:
    """What ``split`` returned as a Text, with *constants* filled in."""
    text: list[str | Placeholder] = []
    if constants.keys().isdisjoint(parts[1::2]):
        text += parts
        text[1::2] = map(_placeholder, parts[1::2])
        return tuple(filter(None, text))
    fixed = ""
    for index, part in enumerate(parts):
        if index % 2 == 0:
            fixed += part
        elif part in constants:
            fixed += constants[part]
        else:
            if fixed:
                text.append(fixed)
            text.append(_placeholder(part))
            fixed = ""
    if fixed:
        text.append(fixed)
    return tuple(text)


def parse(source: str, constants: Mapping[str, str] | None = None) -> Text:
    """Read *source*; ValueError when it is more than text and ``{{ name }}``."""
    parts = split(source)
    if parts is None:
        raise ValueError(source)
    return join(parts, constants or {})


def faults(source: str, names: Sequence[str]) -> Iterator[BraceFault]:
    """Everything wrong with the braces of *source*; *names* are the parameters."""
    pasted = False
    position = 0
    while brace := _BRACE.search(source, position):
        at = brace.start()
        if name := _NAME.match(source, at):
            position = name.end()
        elif native := _NATIVE.match(source, max(at - 1, position)) or _NATIVE.match(
            source, at
        ):
            if not pasted:  # the hint corrects all of them at once
                fixed = corrected(source.strip(), names)
                fields = {"found": native[0], "fixed": fixed}
                used = [name for _, name in places(fixed)]
                new = [name for name in dict.fromkeys(used) if name not in names]
                fields["names"] = ", ".join(new)
                sentence = "native_new" if new else "native"
                yield BraceFault(native.start(), "SF120", sentence, fields)
            pasted, position = True, native.end()
        elif jinja := _JINJA.match(source, at):
            fields = {"found": jinja[0]}
            # Of a parameter's name that is none, it is said where it is declared.
            if (jinja[1] or "").strip() not in names:
                yield BraceFault(at, "SF121", _kind(jinja), fields)
            position = jinja.end()
        elif pair := _PAIR.match(source, at):
            yield BraceFault(at, "SF122", "brace_pair", {"found": pair[0]})
            position = pair.end()
        else:
            yield BraceFault(at, "SF122", "stray_brace", {"found": brace[0]})
            position = at + len(brace[0] * (1 + source.startswith(brace[0] * 2, at)))


def corrected(source: str, names: Sequence[str]) -> str:
    """*source* with native placeholders written as ``{{ name }}``.

    A number is the position of a parameter; beyond them it becomes ``p3``. What cannot
    be a name becomes the next parameter that the text lacks, else ``p1``, ``p2``.
    """
    from unicodedata import normalize  # for mistakes, which are few

    found = [match[1] for match in _NATIVE.finditer(source)]
    lacking = (name for name in names if name not in found)
    renamed: dict[str, str] = {}

    def replace(match: re.Match[str]) -> str:
        word = match[1]
        if (digits := normalize("NFKC", word)).isdecimal():  # ① and ² are digits
            number = int(digits)
            word = names[number - 1] if 0 < number <= len(names) else f"p{number}"
        elif not is_name(word):
            if word not in renamed:
                renamed[word] = next(lacking, f"p{len(renamed) + 1}")
            word = renamed[word]
        return f"{{{{ {word} }}}}"

    return _NATIVE.sub(replace, source)


def quoted(written: str) -> str:
    """An unquoted text with the quotes that it needs."""
    fixed = corrected(written.strip(), ())
    return '"' + fixed.replace("\\", "\\\\").replace('"', '\\"') + '"'


def braced(written: str) -> str:
    """The first pair of braces of *written*, or all of it, with quotes."""
    depth = 0
    for end, sign in enumerate(written, 1):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return quoted(written[:end])
    return quoted(written)


def _kind(match: re.Match[str]) -> str:
    """The name of the sentence for the part of Jinja2 that *match* is."""
    if match[1] is None:
        return "jinja_block" if match[0].startswith("{%") else "jinja_comment"
    for sign, sentence in _SIGNS.items():
        if sign in match[1]:
            return sentence
    return "jinja_expression"


def places(source: str) -> Iterator[tuple[int, str]]:
    """Every ``{{ name }}`` of a right text: its offset and its name."""
    for match in _NAME.finditer(source):
        yield match.start(), match[1]
