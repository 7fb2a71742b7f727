"""Names that are like one another are found among very many, and output has an end."""

from __future__ import annotations

import time

from smsform.documents.nearness import SHOWN, few, near, nearest
from smsform.errors import Level, Position, Problem
from smsform.report.problems import MOST, as_text


def test_a_slip_is_found_among_few_and_among_many() -> None:
    """One letter off, one too many, one missing."""
    names = [f"template_{number:05}" for number in range(5000)]
    for known in (["login_code", "pickup"], [*names, "login_code"]):
        for slip in ("login_cod", "login_codes", "logn_code", "login-code"):
            assert nearest(slip, known) == "login_code"
        assert nearest("x" * 10_000, known) == ""
        assert nearest("something else entirely", known) == ""


def test_two_thousand_unknown_names_cost_little_and_list_little() -> None:
    """Neither time nor text grows with both numbers."""
    known = [f"signature_{number}" for number in range(2000)]
    began = time.monotonic()
    told = [near(f"{number} quite unlike", known) for number in range(2000)]
    assert time.monotonic() - began < 10
    assert max(map(len, told)) < 1000


def test_very_many_names_are_listed_in_part() -> None:
    """The first ones, and that there are more."""
    assert few(["a", "b"]) == "a, b"
    assert few(["a"] * (SHOWN + 1)).endswith(" …")


def test_a_person_is_shown_some_hundred_problems() -> None:
    """And how many more there are."""
    problems = [
        Problem("SF101", Level.ERROR, Position("a.yaml", line, 1), f"wrong {line}")
        for line in range(1, 2001)
    ]
    told = as_text(problems)
    assert told.count("SF101") == MOST
    assert f"{2000 - MOST} more" in told
    assert "2000 errors" in told
    assert "more" not in as_text(problems[:MOST])
