"""Where a long message is cut, and when the bill may have a segment more."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from projects import SERVICE
from smsform.cli import run
from smsform.segments import CAPACITY, EXTENSION, GSM7, count, cuts

TEXTS = st.text("ab^€[中🎂𠮷 ", max_size=400)


def held(text: str, international: bool) -> list[int]:
    """The units of each segment."""
    length = count(text, international)
    borders = [0, *cuts(text, length), len(text)]
    parts = [text[a:b] for a, b in pairwise(borders)]
    if length.encoding == GSM7:
        return [sum(2 if c in EXTENSION else 1 for c in part) for part in parts]
    return [sum(2 if c > "\uffff" else 1 for c in part) for part in parts]


@given(TEXTS, st.booleans())
def test_no_segment_holds_more_than_fits(text: str, international: bool) -> None:
    """Counted from the cut before; nothing is lost, and few are more than billed."""
    length = count(text, international)
    found = held(text, international)
    each = CAPACITY[length.encoding].each
    assert sum(found) == length.units
    if length.segments > 1:
        assert max(found) <= each
        assert len(found) >= length.segments
        assert all(one + 2 > each for one in found[:-1])


def test_the_next_segment_is_counted_from_the_cut() -> None:
    """66 Han, an emoji that does not fit, 66 Han: three parts, two by arithmetic."""
    text = "中" * 66 + "🎂" + "中" * 66
    assert count(text, False).segments == 2
    assert held(text, False) == [66, 67, 1]


def test_an_escaped_character_is_not_split_either() -> None:
    """The extension table of GSM-7 takes two units."""
    text = "a" * 152 + "€" + "a" * 152
    assert count(text, True).segments == 2
    assert held(text, True) == [152, 153, 1]


def test_what_an_emoji_counts_is_an_assumption_about_a_service() -> None:
    """Where it counts one, two more fit."""
    text = "中" * 68 + "🎂" * 2
    assert count(text, False).segments == 2
    alone = count(text, False, astral=1)
    assert (alone.units, alone.segments) == (70, 1)


def test_a_preview_says_that_more_may_be_billed(tmp_path: Path, capsys) -> None:
    """In text and Markdown; the account may say what the service counts."""
    project = (
        "smsform: 1\nproviders: {cloud: {type: %s, endpoint: emulator, "
        "account: {astral_units: %d}}}\n"
    )
    text = "中" * 66 + "🎂" + "中" * 66
    (tmp_path / "t.yaml").write_text(
        f"templates: {{a: {{type: notification, content: {text}}}}}", "utf-8"
    )
    for units, said in ((2, True), (1, False)):
        (tmp_path / "smsform.yaml").write_text(project % (SERVICE, units))
        for form in ("text", "markdown"):
            run(["-C", str(tmp_path), "preview", "--format", form])
            assert ("may be billed as 3" in capsys.readouterr().out) is said
