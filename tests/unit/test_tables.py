"""Tables of texts: CSV, JSON, INSERT statements; nothing is lost or takes long."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform import tables
from smsform.drafts.rows import found, ordered, told_type
from smsform.drafts.shapes import shape
from smsform.model import Placeholder
from smsform.tables import TableError

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n'\"\\,;()")
)
ROWS = st.lists(st.fixed_dictionaries({"name": TEXT, "content": TEXT}), min_size=1)


def values(read: list[tables.Table]) -> list[dict[str, str | None]]:
    """The rows of all tables."""
    assert not [each for table in read for each in table.unread]
    return [dict(row.values) for table in read for row in table.rows]


@given(ROWS)
def test_json_comes_back(rows: list[dict[str, str]]):
    """A list, an object with a list, an object a line."""
    for text in (
        json.dumps(rows, ensure_ascii=False),
        json.dumps({"code": 0, "data": {"RECORDS": rows}}),
    ):
        assert values(tables.read(text, "a.json")) == rows
    if len(rows) > 1:
        lines = "\n".join(json.dumps(row) for row in rows)
        assert values(tables.read(lines, "a.jsonl")) == rows


@given(ROWS, st.sampled_from(",;\t"))
def test_csv_comes_back(rows: list[dict[str, str]], separator: str):
    """Whatever separates, quotes and line breaks inside; empty rows say nothing."""
    rows = [
        row
        for row in rows
        if (row["name"] + row["content"]).strip()
        and not row["name"].startswith('="')
        and not row["content"].startswith('="')
    ]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["name", "content"])
    writer.writerows([row["name"], row["content"]] for row in rows)
    assert values(tables.read(file.getvalue(), "a.csv")) == rows


def quoted(text: str, mysql: bool) -> str:
    """As a dump writes it."""
    if mysql:
        text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("'", "\\'")
    else:
        text = text.replace("'", "''")
    return f"'{text}'"


@given(ROWS, st.booleans())
def test_inserts_come_back(rows: list[dict[str, str]], mysql: bool):
    """As mysqldump writes them and as pg_dump --inserts does."""
    body = ",\n".join(
        f"({quoted(row['name'], mysql)}, {quoted(row['content'], mysql)})"
        for row in rows
    )
    head = (
        "INSERT INTO `t` (`name`, `content`)"
        if mysql
        else ('INSERT INTO public."t" (name, content)')
    )
    dump = f"-- a dump of {'MySQL' if mysql else 'PostgreSQL'}\n{head} VALUES {body};\n"
    assert values(tables.read(dump, "a.sql")) == rows


def test_what_dumps_have_beside_rows():
    """Comments, CREATE TABLE, casts, functions, COPY, INSERT in a string."""
    dump = r"""
-- INSERT INTO no VALUES ('a');
/* INSERT INTO no VALUES ('b'); */
CREATE TABLE "texts" (
  "id" integer NOT NULL,
  "content" text,
  PRIMARY KEY ("id")
);
INSERT INTO texts VALUES (1, 'It''s a \ x'::character varying(20)), (2, E'a\tb');
INSERT INTO texts VALUES (3, 'INSERT INTO no VALUES (1)'), (4, now()), (5, NULL);
COPY texts (id, content) FROM stdin;
6	tab\there
7	\N
\.
"""
    [table] = tables.read(dump, "a.sql")
    assert table.unread == []
    assert [row.values["content"] for row in table.rows] == [
        "It's a \\ x",
        "a\tb",
        "INSERT INTO no VALUES (1)",
        None,
        "",
        "tab\there",
        "",
    ]
    assert [row.line for row in table.rows] == [9, 9, 10, 10, 10, 12, 13]


def test_a_row_that_cannot_be_read_costs_no_other():
    """Each is listed with its lines, in every form."""
    sql = "INSERT INTO t (id, content) VALUES\n(1,'a'),\n(2,'b' oops),\n(3),\n(4,'d');"
    [table] = tables.read(sql, "a.sql")
    assert [row.values["id"] for row in table.rows] == ["1", "2", "4"]
    assert [row.values["content"] for row in table.rows] == ["a", None, "d"]
    assert [each.line for each in table.unread] == [4]
    text = 'name,content\na,1\nb,2,3,4\nc,"open\nd,4\n'
    [table] = tables.read(text, "a.csv")
    assert [row.values["name"] for row in table.rows] == ["a"]
    assert [(each.line, each.last) for each in table.unread] == [(3, 3), (4, 5)]
    [table] = tables.read('[{"content": "a"}, 7, {"content": ["b"]}]', "a.json")
    assert [row.values["content"] for row in table.rows] == ["a", None]
    assert [each.line for each in table.unread] == [2]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("内容\n您好".encode(), "UTF-8"),
        ("\ufeff内容\n您好".encode(), "UTF-8"),
        ("内容\n您好".encode("gb18030"), "GB18030"),
        ("内容\n您好".encode("utf-16"), "UTF-16"),
    ],
)
def test_encodings(data: bytes, encoding: str):
    """UTF-8 with and without a BOM, else what spreadsheets in China save."""
    assert tables.decoded(data) == ("内容\n您好", encoding)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"PK\x03\x04...", "a.csv", "workbook"),
        (b"a\0b", "a.csv", "nul"),
        (b"\xff\xff", "a.csv", "encoding_at"),
        (b"", "a.csv", "empty"),
        (b"[" * 100_000, "a.json", "json_deep"),
        (b'{"a": 1}', "a.json", "json_list"),
        (b"{", "a.json", "json"),
        (b"SELECT 1;", "a.sql", "no_insert"),
        (b"a,a\n1,2", "a.csv", "column_twice"),
        (",".join(map(str, range(5000))).encode(), "a.csv", "columns"),
    ],
)
def test_what_is_no_table_is_an_error(data: bytes, name: str, sentence: str):
    """Each by its own sentence."""
    with pytest.raises(TableError) as error:
        tables.read(tables.decoded(data)[0], name)
    assert error.value.sentence == sentence


@pytest.mark.parametrize(
    "evil",
    [
        "/*" * 300_000,
        "'\\" * 300_000,
        "INSERT INTO t" + " " * 600_000,
        "INSERT INTO t VALUES " + "\n('a" * 30_000,
        "CREATE TABLE t(\n" * 30_000,
        "INSERT INTO `t` VALUES " + "\n($a$" * 3000,
        "INSERT " * 100_000,
        "INSERT INTO t VALUES " + "(" * 300_000,
    ],
)
def test_hostile_dumps_take_no_longer_than_others(evil: str):
    """Time grows with the size, not with its square."""
    started = time.monotonic()
    with contextlib.suppress(TableError):
        tables.read(evil, "a.sql")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        (["id", "Template_Content", "template name", "Sign-Name"],
         {"content": "Template_Content", "name": "template name",
          "signature": "Sign-Name"}),
        (["模板名称", "模板内容", "模板类型", "短信签名", "备注（选填）"],
         {"name": "模板名称", "content": "模板内容", "type": "模板类型",
          "signature": "短信签名", "remark": "备注（选填）"}),
        (["title", "text", "content"], {"content": "content", "name": "title"}),
        (["a", "b"], {}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(columns: list[str], wanted: dict[str, str]):
    """English and Chinese; what fits better goes first."""
    assert tables.chosen(columns, {}).names == wanted


def test_what_is_mapped_goes_before_names():
    """Also to nothing; a column that is not there is an error."""
    here = tables.chosen(["content", "old"], {"old": "content", "content": ""})
    assert {k: v for k, v in here.names.items() if k} == {"content": "old"}
    with pytest.raises(TableError):
        tables.chosen(["content"], {"contents": "content"})


@pytest.mark.parametrize(
    ("text", "shaped", "order"),
    [
        ("您的{code}，{ minutes }分", ("您的", 0, "，", 1, "分"), ("code", "minutes")),
        ("您的${code}", ("您的", 0), ("code",)),
        ("您的#code#，#code#", ("您的", 0, "，", 0), ("code",)),
        ("{2}先于{1}", (0, "先于", 1), ("1", "2")),
        ("{{ code }}和{{code}}", (0, "和", 0), ("code",)),
        ("#{name}您好，｛1｝", (0, "您好，", 1), ("name", "1")),
        ("#双十一#来了", ("#双十一#来了",), ()),
        ("1#2 号楼", ("1#2 号楼",), ()),
    ],
)
def test_variables_of_other_systems(text, shaped, order):
    """In braces of all sorts, between signs; numbers by what they count."""
    read = found(text)
    assert shape(read) == shaped
    assert ordered(read) == order
    assert all(isinstance(part, str | Placeholder) for part in read)


def test_types_by_word():
    """A number is none."""
    assert told_type("验证码类") == "verification"
    assert told_type("MARKETING") == "marketing"
    assert told_type("通知") == "notification"
    assert told_type("1") is None
