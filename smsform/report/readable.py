"""JSON for programs and people: indented, in UTF-8, harmless in a terminal."""

from __future__ import annotations

import re

import msgspec

from smsform.report.terminal import HARMFUL, without_commands


def readable_json(value: object) -> str:
    r"""Return *value* as JSON in UTF-8, what ``safe`` would escape as ``\\u202e``."""
    try:
        # Sixteen times as fast as the standard library, which indents in Python.
        data = msgspec.json.encode(value, enc_hook=_plain)
        text = msgspec.json.format(data, indent=2).decode()
    except UnicodeEncodeError:  # half a pair of surrogates, which is escaped below
        import json

        text = json.dumps(value, ensure_ascii=False, indent=2)
    return without_commands(HARMFUL.sub(_escaped, text), "\\u005b")


def _plain(value: object) -> str | int:
    """A text or number of a class of its own; TypeError for what JSON does not have."""
    if isinstance(value, str):
        return str.__str__(value)  # whatever its class says
    if isinstance(value, int):
        return int(value)
    raise TypeError(type(value).__name__)


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it, by its units in UTF-16; line breaks stay."""
    if match[0] == "\n":
        return "\n"
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
