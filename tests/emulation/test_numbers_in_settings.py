"""Numbers and durations of an emulator's settings: plain digits, of bounded length."""

from __future__ import annotations

import re

import pytest

from smsform.emulation.durations import duration
from smsform.emulation.settings import count, review
from smsform.words import say

ODD = ("²", "①", "٣", "-1", "1e3", "", "9" * 400, "9" * 5000)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_what_is_no_number_is_told_in_our_words(text: str) -> None:
    """Never in those of Python, and never as an endless number."""
    for read, value, sentence in (
        (count, text, "emulation.expects_number"),
        (duration, text, "emulation.expects_duration"),
        (review, {"after_reads": text}, "emulation.expects_review"),
        (review, {"after": text}, "emulation.expects_duration"),
    ):
        with pytest.raises(ValueError, match=f"^{re.escape(say(sentence))}$"):
            read(value)


def test_plain_numbers_are_read() -> None:
    """As texts of a command line, and as YAML or JSON have them."""
    assert (count("0"), count(7), duration("90s"), duration(1.5)) == (0, 7, 90.0, 1.5)
    assert review("after_reads=2") == review({"after_reads": 2})
