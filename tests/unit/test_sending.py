"""Numbers and texts of sending: read, masked, recognised; never shown whole."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.errors import ConfigError
from smsform.report.moments import moment, stamp
from smsform.sending.fields import beijing, seconds, whole
from smsform.sending.masks import masked, matches, places
from smsform.sending.numbers import hidden, is_international, mask, read, read_all


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800138000", "+8613800138000"),
        ("+86 138-0013-8000", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("+8613800138000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+852 5123 4567", "+85251234567"),
        ("+1 202-555-0123", "+12025550123"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: str) -> None:
    """With blanks, hyphens, the country or without, full-width digits."""
    assert read(text, "--to") == number


@pytest.mark.parametrize(
    "text",
    ["", "12", "abc", "138001380001234567", "+86 010 8888 8888", "0138001380",
     "+999123", "13800138000 ext 5", "to 13800138000", "\ufffd\ufffd13800138000",
     "1\x003\x008\x000\x000", "13800138000,", "1-800-FLOWERS", "1" * 5000, "\x1b[31m"],
)  # fmt: skip
def test_what_is_no_number_is_refused_and_not_repeated(text: str) -> None:
    """The error says where it stands and what one looks like, and not what it was."""
    with pytest.raises(ConfigError) as caught:
        read(text, "--to me.txt:3")
    error = caught.value
    assert error.where == "--to me.txt:3"
    assert len(text) < 4 or text not in error.message() + error.hint()


def test_a_number_of_the_other_market_is_refused_masked() -> None:
    """Hong Kong is abroad."""
    for number, international in (("+85251234567", False), ("13800138000", True)):
        with pytest.raises(ConfigError) as caught:
            read_all([("--to", number)], international)
        assert "****" in caught.value.message()
        assert number.removeprefix("+852") not in caught.value.message()


def test_equal_numbers_count_once_and_ten_are_the_most() -> None:
    """However they are spelt."""
    twice = [("--to", "13800138000"), ("--to", "+86 138 0013 8000")]
    assert read_all(twice, False) == ("+8613800138000",)
    many = [("--to", f"1380013800{n}") for n in range(10)]
    assert len(read_all(many, False)) == 10
    with pytest.raises(ConfigError, match="11"):
        read_all([*many, ("--to", "13900139000")], False)
    with pytest.raises(ConfigError):
        read_all([], False)


def test_a_mask_shows_enough_to_recognise() -> None:
    """Country, three digits, the last four; less of a short number."""
    assert mask("+8613800138000") == "+86138****8000"
    assert mask("+85251234567") == "+852****4567"
    assert mask("+12025550123") == "+120****0123"


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)), st.integers(0, 10**9))
def test_no_mask_shows_a_whole_number(region: str, seed: int) -> None:
    """Nor enough that a thousand tries would find it."""
    example = phonenumbers.example_number_for_type(
        region, phonenumbers.PhoneNumberType.MOBILE
    )
    if example is None:
        return
    form = phonenumbers.PhoneNumberFormat.E164
    number = phonenumbers.format_number(example, form)
    shown = mask(number)
    assert "****" in shown
    rest = number.removeprefix(f"+{example.country_code}")
    assert len(re.sub(r"\D", "", shown)) <= len(number) - 1 - min(4, len(rest) // 2)
    assert is_international(number) is (region != "CN")


@given(st.text(max_size=40))
def test_a_mask_of_anything_shows_little(text: str) -> None:
    """Whatever a record has in the place of a number."""
    digits = re.sub(r"\D", "", text)
    if len(digits) > 8:
        assert digits not in re.sub(r"\D", "", mask(text))


TEXTS = st.text(alphabet="您的订单已到，ab", max_size=6)


@given(st.lists(TEXTS, min_size=2, max_size=5), st.lists(st.text(max_size=8)))
def test_a_filled_text_is_recognised_and_hidden(
    fixed: list[str], values: list[str]
) -> None:
    """Whatever the values are, and they do not show."""
    values = [*values, *[""] * len(fixed)][: len(fixed) - 1]
    content = fixed[0] + "".join(
        value + part for value, part in zip(values, fixed[1:], strict=True)
    )
    assert matches(content, fixed)
    spans = places(content, fixed)
    assert spans is not None
    assert len(spans) == len(fixed) - 1
    assert masked(content, [fixed]).count("***") >= len(fixed) - 1


@pytest.mark.parametrize("content", ["", "您的订单", "您的订单已到，谢", "订单7已到。"])
def test_another_text_is_not_recognised(content: str) -> None:
    """The fixed text decides; what nobody knows is not shown at all."""
    assert not matches(content, ["您的订单", "已到。"])
    assert masked(content, [["您的订单", "已到。"]]) == ""


def test_a_number_in_a_service_s_words_is_masked() -> None:
    """With its country, with zeros, or bare."""
    for spelt in (
        "+8613800138000",
        "008613800138000",
        "8613800138000",
        "13800138000",
        "+86 138-0013-8000",
        "86-138 0013 8000",
    ):
        said = hidden(f"number {spelt} is bad", ["+8613800138000"])
        assert not re.search("1.?3.?8.?0.?0.?1", said)
        assert "138****8000" in said


@given(st.one_of(st.integers(), st.text(), st.none(), st.just(1796048671)))
def test_times_and_numbers_of_a_record_can_always_be_shown(value: object) -> None:
    """Whatever stands there: what is no time is not told."""
    for field in (value, str(value)):
        assert 0 <= whole(field) < 10**18
        moment(seconds(field))
        stamp(seconds(field))
    assert seconds("1796048671") == seconds(1796048671) == 1796048671.0


@pytest.mark.parametrize(
    "date", ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "", "x"]
)
def test_a_date_that_no_calendar_shows_everywhere_is_not_told(date: str) -> None:
    """In Beijing it is another year than in UTC."""
    assert beijing(date) == 0
    assert stamp(beijing("2026-11-30 08:00:00")) == "2026-11-30T00:00:00+00:00"
