"""Segments against worked examples of the billing pages and an outside calculator."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import collected, needs_corpus
from smsform.segments import BASIC, EXTENSION, code_units, count, outside_gsm7, prefix

ROOT = Path(__file__).parents[2]
OURS = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "segments.jsonl").read_text().splitlines()
]
# Why a rule of the collection says nothing about our arithmetic.
NOT_OURS = {
    "packing": "shows where whole-character packing differs from the arithmetic",
    "-international-before-2020-03-02": "superseded",
    "-international-old": "superseded",
    "huawei-international": "another service",
    "other-vendor-domestic": "another service",
    "gsm-generic": "a blog",
}

LETTERS = st.text(BASIC, max_size=400)
ANYTHING = st.text(max_size=200)


@pytest.mark.parametrize("row", OURS, ids=lambda row: row["id"])
def test_constructed_rows_are_counted_as_their_source_says(row: dict[str, Any]) -> None:
    """Encoding, segments and, where given, units equal the source's."""
    found = count(row["text"], row["international"])
    assert (row["encoding"], row["segments"]) == (found.encoding, found.segments)
    assert row.get("units", found.units) == found.units


@needs_corpus
def test_every_collected_answer_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    """All collected answers that speak of our arithmetic equal ours; tallied."""
    tally: Counter[str] = Counter()
    for row in collected("segments.jsonl"):
        reasons = [why for end, why in NOT_OURS.items() if row["rule"].endswith(end)]
        if reasons:
            [reason] = reasons
            tally[f"skipped: {reason}"] += 1
        elif row.get("expected_from") == "AMBIGUOUS":
            tally["skipped: the source leaves the weight of the brackets open"] += 1
        else:
            found = count(
                row.get("rendered", row["text"]), "domestic" not in row["rule"]
            )
            for field in ("encoding", "units", "segments"):
                if row.get(field) is None:
                    tally[f"{field}: the source does not say"] += 1
                else:
                    assert row[field] == getattr(found, field), row["id"]
                    tally[f"{field}: agrees"] += 1
            if domestic := row.get("domestic_70_67"):
                assert domestic == count(row["text"], False).segments, row["id"]
                tally["domestic segments: agrees"] += 1
    with capsys.disabled():
        print(f"\nsegments: {dict(sorted(tally.items()))}")
    assert tally["segments: agrees"] > 250


@pytest.mark.parametrize(
    ("length", "segments"), [(0, 1), (70, 1), (71, 2), (134, 2), (135, 3), (500, 8)]
)
def test_a_domestic_text_counts_every_character_alike(
    length: int, segments: int
) -> None:
    """Latin letters get no allowance on the mainland: 70, then 67 each."""
    assert count("中" * length, False).segments == segments
    assert count("a" * length, False).segments == segments


def test_the_signature_with_its_brackets_counts() -> None:
    """【示例花店】 counts six, the extension characters of [Example Shops] double."""
    assert count(prefix("示例花店", False), False).units == 6
    assert count(prefix("Example Shops", True), True).units == 17


def test_characters_that_force_ucs2_are_named_once_in_order() -> None:
    """The caller can tell the author which characters cost the most."""
    assert outside_gsm7("It’s “here”, it’s…") == "’“”…"
    assert outside_gsm7("It's [here] for 5€") == ""
    assert outside_gsm7("tab\tand ç`") == "\tç`"


def test_a_lone_surrogate_is_counted_and_no_crash() -> None:
    """What JSON escapes can smuggle in is one code unit."""
    assert count("\ud83d", False).units == 1


@given(LETTERS, st.text(EXTENSION, max_size=80))
def test_gsm7_units_are_one_or_two_a_character(basic: str, extended: str) -> None:
    """The alphabet of GSM 03.38: basic characters one, extended ones two."""
    found = count(basic + extended, True)
    assert found.units == len(basic) + 2 * len(extended)
    assert found.encoding == "GSM-7"


@given(ANYTHING, st.booleans())
def test_appending_never_makes_a_message_cheaper(
    text: str, international: bool
) -> None:
    """More text never takes fewer segments."""
    shorter, longer = count(text, international), count(text + "中", international)
    assert longer.segments >= shorter.segments


@given(ANYTHING)
def test_code_units_are_those_of_utf16(text: str) -> None:
    """An emoji is two, everything in the basic plane one."""
    assert code_units(text) == sum(1 + (character > "\uffff") for character in text)


@given(ANYTHING)
def test_a_text_is_gsm7_just_when_nothing_forces_ucs2(text: str) -> None:
    """The helper and the count tell the same story."""
    assert (count(text, True).encoding == "GSM-7") is (outside_gsm7(text) == "")
