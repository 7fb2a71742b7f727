"""An approved template with the values of a call, as an emulated service sends it."""

from __future__ import annotations

from typing import NamedTuple

from smsform.emulation.entry import Entry


class FilledTemplate(NamedTuple):
    """A template with its values filled in, ready for its numbers.

    ``text`` has the signature's prefix; ``masked`` is the same with its values masked.
    ``parts`` are billed for each number.
    """

    template: Entry
    signature: str
    type: str
    text: str
    masked: str
    international: bool
    parts: int
