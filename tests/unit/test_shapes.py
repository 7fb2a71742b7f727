"""What a reply has that nobody described: names and types are told, content never."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.shapes import (
    HIDDEN,
    INTEGER,
    MOST,
    RECORD,
    TEXT,
    Strange,
    Tally,
    UndocumentedValue,
    findings,
    one_of,
    shape,
    told_name,
    told_value,
)

SHAPE = shape(
    "a document",
    "2026-11-29",
    {
        "Code": TEXT,
        "List[].Name": TEXT,
        "List[].Status": one_of("INIT", "PASS"),
        "List[].Number": one_of(-1, 0, 1),
        "List[].Tags[]": one_of("GOOD"),
        "Data.*.Count": INTEGER,
    },
)


def unknown(document: object) -> set[tuple[str, str, str]]:
    return {(str(each.strange), each.path, each.what) for each in found(document)}


def found(document: object) -> Iterator[UndocumentedValue]:
    return findings(SHAPE, document)


def test_what_is_described_is_not_told() -> None:
    """Nor what is null: that is to a service what is not there."""
    row = {"Name": "任何", "Status": "PASS\n", "Number": -1, "Tags": ["GOOD"]}
    data = {"what somebody": {"Count": 1}, "called it": {"Count": 2}}
    document = {"Code": "OK", "List": [row, {"Name": None}], "Data": data}
    assert unknown(document) == set()
    assert unknown({"List": None}) == unknown({}) == set()


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"New": 1}, ("field", "New", "integer")),
        ({"New": [{"Deep": True}]}, ("field", "New[].Deep", "boolean")),
        ({"List": [{"New": 1.5}]}, ("field", "List[].New", "number")),
        ({"List": "OK"}, ("type", "List", "string")),
        ({"List": [[]]}, ("type", "List[]", "array")),
        ({"Code": {}}, ("type", "Code", "object")),
        ({"List": [{"Status": "HALF_DONE"}]}, ("value", "List[].Status", "HALF_DONE")),
        ({"List": [{"Status": "半途"}]}, ("value", "List[].Status", HIDDEN)),
        ({"List": [{"Number": -7}]}, ("value", "List[].Number", "-7")),
        ({"List": [{"Number": 1380013}]}, ("value", "List[].Number", HIDDEN)),
        ({"List": [{"Tags": ["BAD"]}]}, ("value", "List[].Tags[]", "BAD")),
        ({"13800138000": 1}, ("field", HIDDEN, "integer")),
        ([1], ("field", "[]", "integer")),
    ],
)
def test_what_is_not_described_is_told(
    document: object, told: tuple[str, str, str]
) -> None:
    """By path, with its type; a value only of a field that lists its values."""
    assert told in unknown(document)


@pytest.mark.parametrize(
    "name",
    [
        "TemplateCode",
        "orderId",
        "URL",
        "OSSKey",
        "template_code",
        "SignList2",
        "PageNo",
    ],
)
def test_names_of_fields_are_told(name: str) -> None:
    """As services write them."""
    assert told_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "张三", "a b", "13800138000", "+8613800138000", "a@example.com",
        "LTAI5tPlantedKey0Xy7Zq", "AKIDz8krbsJ5yKBZQpn74WFkmLPx3", "SMS_154950909",
        "x" * 41, "Код", "\x1b[31m", "<b>", "a.b", "a[]", "ｆｕｌｌ",
    ],
)  # fmt: skip
def test_names_that_may_be_somebodys_are_not(name: str) -> None:
    """A key of an object may be a person, a number, a key, a template."""
    assert told_name(name) == HIDDEN


@pytest.mark.parametrize(
    "value", ["AUDIT_STATE_PASS", "1_PHONE", "QUA2", "10", -7, 404]
)
def test_values_of_enumerations_are_told(value: object) -> None:
    """Words and small numbers."""
    assert told_value(value) == str(value)


@pytest.mark.parametrize(
    "value",
    [
        "", "ok", "a", "13800138000", "183029", "SMS_154950909", "A" * 41, True, 1.5,
        [], {}, 13800138000, 183029, -99999, "138_001_380_00", "AKIDZ8KRBSJ5YKBZ",
        "PASS\n", "验证码", "ＡＢ",
    ],
)  # fmt: skip
def test_values_that_may_be_somebodys_are_not(value: object) -> None:
    """Numbers of phones, codes, keys, texts; what is of another type than values."""
    assert told_value(value) == HIDDEN


def test_keys_of_a_table_are_nobodys_fields() -> None:
    """However much each looks like a name; a few unknown fields are told."""
    words = [a + b for a in string.ascii_lowercase for b in "abc"][: RECORD + 1]
    tally = Tally(SHAPE)
    for word in words:  # in different replies, too
        tally.add({"List": [{"New": {word: {"Inner": 1}}}], "Code": "OK"})
    paths = {finding.path for finding, _ in tally.found()}
    assert paths == {"List[].New", "List[].New.?", "List[].New.?.Inner"}
    few = Tally(SHAPE)
    few.add({"List": [{"New": dict.fromkeys(words[:RECORD], 1)}]})
    assert len(few.found()) == RECORD + 1


def test_a_field_with_any_value_is_no_enumeration() -> None:
    """Then none is told."""
    tally = Tally(SHAPE)
    for letter in string.ascii_uppercase:
        tally.add({"List": [{"Status": letter * 3}]})
    [(finding, _)] = tally.found()
    assert finding == UndocumentedValue(Strange.VALUE, "List[].Status", HIDDEN)


def test_replies_are_counted() -> None:
    """Each once, however often the same is in it."""
    tally = Tally(SHAPE)
    tally.add({"List": [{"New": 1}, {"New": 2}]})
    tally.add({"List": [{"New": 1}]})
    tally.add({})
    assert tally.replies == 3
    assert tally.found() == [
        (UndocumentedValue(Strange.FIELD, "List[].New", "integer"), 2)
    ]


def test_a_hostile_reply_costs_a_bounded_memory() -> None:
    """A million names and deep nests: what is kept is bounded."""
    tally = Tally(SHAPE)
    deep: Any = 1
    for _ in range(500):
        deep = {"Deep": deep}
    words = [f"{a}{b}{c}" for a in "abcdefgh" for b in "abcdefgh" for c in "abcdefgh"]
    tally.add({a + b: 1 for a in words[:100] for b in words[:100]} | {"New": deep})
    assert len(tally._found) <= MOST
    assert len(tally.found()) < 30


KEYS = st.text(string.ascii_letters + string.digits, min_size=16, max_size=40).filter(
    lambda key: (
        sum(map(str.isdigit, key)) > 2 and not key.rstrip("0123456789").isalpha()
    )
)
PHONES = st.from_regex(r"(?:\+86)?1[3-9][0-9]{9}", fullmatch=True)
SENTENCES = st.text(min_size=6).filter(lambda text: told_name(text) != text)
CONTENT = st.one_of(KEYS, PHONES, SENTENCES, st.just("张三的验证码"))


def documents() -> st.SearchStrategy[Any]:
    """Any JSON, with content in every text and as names; known fields, too."""
    leaves = CONTENT | st.integers() | st.booleans() | st.none()
    names = CONTENT | st.sampled_from(["Code", "List", "Name", "Status", "Data"])
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)
        ),
        max_leaves=20,
    )


def texts(document: object) -> Iterator[str]:
    """Every text in a document, names included, but the names of known fields."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, list):
        for each in document:
            yield from texts(each)
    elif isinstance(document, dict):
        for name, each in document.items():
            if name not in ("Code", "List", "Name", "Status", "Data"):
                yield name
            yield from texts(each)


@given(st.lists(documents(), min_size=1, max_size=3))
def test_no_content_is_told(given_documents: list[Any]) -> None:
    """Whatever is in a text or a name, wherever it stands: it is not told."""
    tally = Tally(SHAPE)
    rows = [
        {"List": [each, {"Status": each, "Number": each}]} for each in given_documents
    ]
    for document in [*given_documents, *rows]:
        tally.add(document)
    told = json.dumps([finding for finding, _ in tally.found()], ensure_ascii=False)
    assert not [
        text for text in texts(given_documents) if len(text) > 5 and text in told
    ]
