"""Harmless text, columns and colour."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.report.readable import is_harmless, readable_json
from smsform.report.terminal import (
    HARMFUL,
    PLAIN,
    Style,
    clip,
    colour_wanted,
    hang,
    pad,
    safe,
    table,
    width,
    wrap,
)
from smsform.words import Quantity

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("a\x00b\x7fc\x9bd", r"a\x00b\x7fc\x9bd"),
        ("one\r\ntwo\tthree", r"one\r\ntwo\tthree"),
        ("abc\u202edcba\u2066x\u2069", r"abc\u202edcba\u2066x\u2069"),
        ("zero\u200bwidth\ufeff\u00ad\u2060", r"zero\u200bwidth\ufeff\xad\u2060"),
        ("line\u2028paragraph\u2029next\x85", r"line\u2028paragraph\u2029next\x85"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("lone\ud83d", r"lone\ud83d"),
        ("filler\u3164\u115f", r"filler\u3164\u115f"),
        ("👨\u200d👩", r"👨\u200d👩"),
        ("::error::x", r"\x3a:error::x"),
        ("  ::set-output name=a::b", r"  \x3a:set-output name=a::b"),
        ("a ##[group]x", r"a ##\x5bgroup]x"),
        ("##vso[task.complete]", r"##vso\x5btask.complete]"),
    ],
)
def test_what_could_harm_is_shown_by_its_number(text: str, shown: str) -> None:
    """Nothing from outside moves the cursor, hides, or reorders what stands there."""
    assert safe(text) == shown


@given(st.text(":#[vso \u3000\t", max_size=12), st.integers(0, 8))
def test_no_line_is_a_command_of_a_runner(text: str, indent: int) -> None:
    """Neither at the beginning, where blanks do not count, nor inside it."""
    line = " " * indent + safe(text)
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert "##vso[" not in line
    assert json.loads(readable_json(text)) == text
    assert "##[" not in readable_json(text)


@pytest.mark.parametrize(
    "text",
    [
        "a::b",
        ":",
        " :x: ",
        "#[x]",
        "## [x]",
        "",
        "plain `text` </script> \\x1b $(reboot)",
        "【示例商城】验证码",
        "驗證碼　",
        "❤\ufe0f 👍🏽 é e\u0301 ñ",
        "Ελληνικά",
        "العربية",
        "ไทย",
    ],
)
def test_ordinary_text_passes_unchanged(text: str) -> None:
    """Chinese, emoji, accents and what only looks like markup stay as they are."""
    assert safe(text) == text


def test_no_control_format_or_surrogate_character_survives() -> None:
    """All of Unicode: what passes of those categories is seen, as number signs are."""
    passed = "".join(
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and safe(character) == character
    )
    seen = (
        "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
        "\U000110bd\U000110cd"
    )
    hieroglyph_joiners = "".join(map(chr, range(0x13430, 0x13440)))
    assert set(passed) <= {*seen, *hieroglyph_joiners}


def test_a_document_with_a_harmful_character_is_not_taken_for_harmless() -> None:
    """The quick look overlooks none of all there are; most documents pass it."""
    assert is_harmless('{\n  "login": "【示例】您的验证码：7，5 分钟内有效。"\n}')
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    overlooked = [each for each in HARMFUL.findall(every) if is_harmless(f"字{each}")]
    assert overlooked == ["\n"]


@given(ANY_TEXT)
def test_safe_text_is_safe_already(text: str) -> None:
    """Escaping twice is escaping once."""
    assert safe(safe(text)) == safe(text)


@given(st.dictionaries(ANY_TEXT, ANY_TEXT))
def test_readable_json_says_the_same_and_encodes(value: dict[str, str]) -> None:
    """The escapes are JSON's own, and a lone surrogate does not break the output."""
    written = readable_json(value)
    assert json.loads(written) == value
    assert written.encode("utf-8").decode("utf-8") == written
    assert safe(written.replace("\n", "")) == written.replace("\n", "")


PLAIN_TEXT = st.text('aé验"\\\n😀')
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | PLAIN_TEXT | st.floats(0.001, 1e6),
    lambda inner: st.lists(inner) | st.dictionaries(PLAIN_TEXT, inner),
)


@given(ANY_JSON)
def test_readable_json_is_laid_out_as_the_standard_library_does(value: object) -> None:
    """With half a pair of surrogates in it, too, for which another writer is needed."""
    usual = json.dumps(value, ensure_ascii=False, indent=2)
    assert readable_json(value) == usual
    both = readable_json([value, "\ud800"])
    assert both == json.dumps([value, "?"], ensure_ascii=False, indent=2).replace(
        '"?"', '"\\ud800"'
    )


def test_readable_json_takes_texts_and_numbers_of_classes_of_their_own() -> None:
    """As a preview has them; what JSON does not have is an error as before."""
    text = type("Marked", (str,), {"__str__": lambda self: self})("验")
    assert readable_json([text, {text: Quantity(2)}]) == (
        '[\n  "验",\n  {\n    "验": 2\n  }\n]'
    )
    with pytest.raises(TypeError):
        readable_json([object()])


def test_readable_json_keeps_chinese_readable() -> None:
    """A person can read the file."""
    assert readable_json({"a": "验证码\u202e"}) == '{\n  "a": "验证码\\u202e"\n}'


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("验证码", 6),
        ("【店】a", 7),
        ("e\u0301", 1),
        ("👍", 2),
        ("ｱ", 1),
    ],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    """Wide characters take two columns, combining marks none."""
    assert width(text) == columns


def test_colour_takes_no_columns() -> None:
    """Padding works on text that is coloured already."""
    assert pad(Style(True).red("验证"), 6) == "\x1b[31m验证\x1b[39m  "


@pytest.mark.parametrize(
    ("columns", "expected"),
    [(7, "验证码x"), (6, "验证…"), (5, "验证…"), (4, "验…"), (1, "…"), (0, "")],
)
def test_clip_cuts_at_whole_characters(columns: int, expected: str) -> None:
    """What is cut off is marked, and the result never takes more columns."""
    assert clip("验证码x", columns) == expected
    assert width(expected) <= columns


@given(st.text(), st.integers(min_value=0, max_value=30))
def test_clip_never_exceeds(text: str, columns: int) -> None:
    """For any text and any room."""
    assert width(clip(safe(text), columns)) <= columns


def test_table_aligns_chinese() -> None:
    """Columns line up on a terminal whatever the script, with nothing trailing."""
    rows = [("登录验证码", "approved", ""), ("pickup", "in_review", "note")]
    assert table(rows, ("name", "review", "note")) == (
        "name        review     note\n登录验证码  approved\npickup      in_review  note"
    )
    assert table([]) == ""


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("验证码是一二三", 6, ["验证码", "是一二", "三"]),
        ("验证码，请查收", 6, ["验证", "码，请", "查收"]),
        ("您的（验证码）", 6, ["您的", "（验证", "码）"]),
        ("your code is 12", 9, ["your code ", "is 12"]),
        ("incomprehensible", 6, ["incomp", "rehens", "ible"]),
        ("one\n\ntwo", 9, ["one\n", "\n", "two"]),
        ("a证）", 3, ["a", "证", "）"]),
        ("", 9, [""]),
    ],
)
def test_wrap_breaks_like_a_phone(text: str, columns: int, lines: list[str]) -> None:
    """Chinese anywhere but at punctuation, words at spaces, else where it must."""
    assert [text[line] for line in wrap(text, columns)] == lines


@given(st.text(st.sampled_from("ab ，。（）验证\n.,👍")), st.integers(2, 20))
def test_wrap_loses_nothing_and_fits(text: str, columns: int) -> None:
    """The lines are the text; none is too wide but for spaces that hang over."""
    lines = [text[line] for line in wrap(text, columns)]
    assert "".join(lines) == text
    assert all(width(line.rstrip(" \n")) <= columns for line in lines)


LINES = st.text(st.sampled_from("ab ，。验证.")).map("  {}x".format)


@given(LINES, st.integers(26, 40), st.sampled_from([PLAIN, Style(True)]))
def test_hang_fits_and_loses_nothing_but_spaces(
    line: str, columns: int, style: Style
) -> None:
    """Further lines stand two columns to the right, colours stay with their text."""
    painted = style.red(line.strip()).rjust(5)
    first, *further = hang(f"  {painted}", columns).split("\n")
    assert width(first) <= columns
    assert all(width(each) <= columns and each[:4].isspace() for each in further)
    kept = "".join([first, *further])
    assert kept.replace(" ", "") == painted.replace(" ", "")


def test_hang_leaves_alone_what_needs_no_break() -> None:
    """Without a terminal, and on one too narrow for anything, lines stay whole."""
    line = "  " + "验证码" * 20
    assert hang(line, 0) == line
    assert hang(line, 12) == line
    assert hang("short\n  lines", 80) == "short\n  lines"
    assert hang("key: 验证码验证码验证码", 26, below=5) == "key: 验证码验证码验证码"


def test_where_a_column_leaves_no_room_lines_go_on_at_the_left() -> None:
    """A check of ``doctor`` in half of a split terminal."""
    line = "  ok    limits       astral_units 2, max_param_length 35, as documented"
    assert hang(line, 40, below=21).split("\n") == [
        "  ok    limits       astral_units 2,",
        "    max_param_length 35, as documented",
    ]


WIDE = [["shop/template.登录", "approved", "2026-11-21", "验证码" * 8]]


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (0, ["shop/template.登录  approved  2026-11-21  " + "验证码" * 8]),
        (
            64,
            [
                "shop/template.登录  approved  2026-11-21  验证码验证码验证码验证",
                " " * 42 + "码验证码验证码验证码验",
                " " * 42 + "证码",
            ],
        ),
        (
            44,
            [
                "shop/template.登录  approved  2026-11-21",
                "    验证码验证码验证码验证码验证码验证码验",
                "      证码验证码",
            ],
        ),
    ],
)
def test_a_table_too_wide_for_its_terminal_goes_on_below(
    columns: int, lines: list[str]
) -> None:
    """The last cell in its own column where there is room, else below, indented."""
    assert table(WIDE, columns=columns).split("\n") == lines


@pytest.mark.parametrize(
    ("choice", "environ", "tty", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {}, True, False),
    ],
)
def test_colour_is_for_terminals_unless_told(
    choice: str, environ: dict[str, str], tty: bool, wanted: bool
) -> None:
    """The flag decides; without it the environment and the stream do."""
    stream = io.StringIO()
    stream.isatty = lambda: tty  # type: ignore[method-assign]
    assert colour_wanted(choice, stream, environ) is wanted


def test_without_colour_nothing_is_added() -> None:
    """Plain output has no escape sequence, and an empty text gets none."""
    assert PLAIN.red(PLAIN.bold(PLAIN.underline("x"))) == "x"
    assert Style(True).green("") == ""
    assert Style(True).yellow("x") == "\x1b[33mx\x1b[39m"
