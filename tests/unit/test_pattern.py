"""A pattern that is compiled on first use is the one that ``re`` makes."""

from __future__ import annotations

import re

import pytest

from smsform.pattern import pattern


def test_a_pattern_is_what_re_compiles() -> None:
    """Methods and fields, with flags; asked for twice they are the same."""
    lazy, eager = pattern("a(?P<b>[0-9])", re.I), re.compile("a(?P<b>[0-9])", re.I)
    assert lazy.findall("A1a2b3") == eager.findall("A1a2b3")
    assert lazy.search("x A7") is not None
    assert lazy.search == lazy.search
    assert lazy.sub(r"\g<b>", "a1") == "1"
    assert (lazy.pattern, lazy.flags) == (eager.pattern, eager.flags)
    assert lazy.groupindex == eager.groupindex


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    """What is no expression is told then, not before."""
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("a")
