"""``import --from``: texts of a table become definitions, none is lost."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import Result, printed_in
from conformance.accounts import World
from smsform.drafts.rows import found
from smsform.drafts.shapes import shape, stripped
from smsform.registry import specs

CSV = """\
模板编码,模板名称,模板内容,模板类型,备注
user-login,登录验证码,【示例商城】您的验证码是{code}，${minutes}分钟内有效。,验证码,登录时发送
,发货,您的订单#order#已由{2}发出。,通知,
,促销,"新品上架，
拒收请回复R",,
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A project that defines nothing, with a provider of each type."""
    return World(tmp_path, {f"p{n}": type for n, type in enumerate(sorted(specs()))})


@pytest.fixture
def smsform(world: World) -> Callable[..., Result]:
    """The command in the world's folder."""
    return partial(printed_in, world.root)


def defined(world: World) -> dict[str, dict[str, Any]]:
    """Signatures and templates that all files define."""
    found: dict[str, dict[str, Any]] = {"signatures": {}, "templates": {}}
    for text in world.files().values():
        for section, entries in yaml.safe_load(text).items():
            found[section] |= entries
    return found


def put(world: World, name: str, text: str | bytes) -> str:
    """A file with the table; its path."""
    path = world.root.parent / f"{world.root.name}-{name}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_spreadsheet_becomes_definitions(world, smsform, encoding: str):
    """Keys, names, types by word, variables of every style, the signature split off."""
    result = smsform("import", "--from", put(world, "texts.csv", CSV.encode(encoding)))
    assert result.code == 0, result.err
    now = defined(world)
    [(shop, signature)] = now["signatures"].items()
    assert signature["name"] == "示例商城"
    login = now["templates"]["user_login"]
    assert login["content"] == "您的验证码是{{ code }}，{{ minutes }}分钟内有效。"
    assert (login["type"], login["signature"]) == ("verification", shop)
    assert login["remark"] == "登录时发送"
    contents = [each["content"] for each in now["templates"].values()]
    assert "您的订单{{ order }}已由{{ p2 }}发出。" in contents
    assert "新品上架，\n拒收请回复R" in contents
    for said in (
        "GB18030" if encoding == "gb18030" else "UTF-8",
        "content: column 模板内容, by its name",
        "guessed from the words: 1",
        "`smsform validate`",
    ):
        assert said in result.err
    assert smsform("validate").code in (0, 1)  # what reviewers would say, no crash
    assert smsform("state", "list").out == ""


def test_a_dry_run_writes_nothing(world, smsform):
    """The YAML on standard output is what the files would be."""
    path = put(world, "texts.csv", CSV)
    result = smsform("import", "--from", path, "--dry-run")
    assert result.code == 0
    assert world.files() == {}
    documents = [*yaml.safe_load_all(result.out)]
    assert sum(len(each.get("templates", ())) for each in documents) == 3
    assert smsform("import", "--from", path).code == 0
    for text in world.files().values():
        assert text.decode() in result.out


def test_rows_are_counted_and_told_from_top_to_bottom(world, smsform):
    """One is one row; what reading it refused does not go before what it had read."""
    one = smsform("import", "--from", put(world, "one.csv", "content\n您好。\n"))
    assert ": 1 row, CSV" in one.err
    text = "name,content\nx\na,b,c\n甲\n"
    several = smsform("import", "--from", put(world, "t.csv", text))
    assert ": 3 rows, CSV" in several.err
    assert re.findall(r"t\.csv:(\d+): ", several.err) == ["2", "3", "4"]


def test_columns_are_mapped(world, smsform):
    """A column says nothing by its name; one that looks like something is nothing."""
    path = put(world, "t.csv", "a,content\n您好{x}。,别的\n")
    result = smsform(
        "import", "--from", path, "--map", "a=content", "--map", "content="
    )
    assert result.code == 0, result.err
    assert [t["content"] for t in defined(world)["templates"].values()] == [
        "您好{{ x }}。"
    ]
    assert "content: column a\n" in result.err
    for wrong in ("b=content", "a=contents", "a"):
        assert smsform("import", "--from", path, "--map", wrong).code in (1, 64)


def test_the_rows_of_a_database(world, smsform):
    """The table of texts among others; a line for each row that is none."""
    dump = """-- MySQL dump
INSERT INTO `users` (`id`, `name`) VALUES (1,'a'),(2,'b');
INSERT INTO `sms_template` (`id`,`code`,`content`) VALUES
(1,'paid','您已支付{amount}元。'),
(2,'again','您已支付{sum}元。'),
(3,'bad',concat('a','b')),
(4,'brace','您好{'),
(5,'formula','=1+1'),
(6,'empty','');
"""
    result = smsform("import", "--from", put(world, "dump.sql", dump))
    assert result.code == 1
    assert list(defined(world)["templates"]) == ["paid"]
    assert "users: 2 rows and no column of texts" in result.err
    for line in (6, 7, 8, 9):
        assert f"dump.sql:{line}: " in result.err
    assert "dump.sql:5: the same text as" in result.err


def test_what_is_defined_is_not_written_twice(world, smsform):
    """Whatever its variables are called there."""
    path = put(world, "a.json", json.dumps([{"content": "您已支付{amount}元。"}]))
    assert smsform("import", "--from", path).code == 0
    again = put(world, "b.json", json.dumps([{"content": "您已支付${sum}元。"}]))
    result = smsform("import", "--from", again)
    assert result.code == 0, result.err
    assert "says this already" in result.err
    assert len(world.files()) == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"PK\x03\x04", "workbook"),
        ("a.csv", b"content\n\0", "NUL"),
        ("a.csv", b"", "nothing in it"),
        ("a.csv", "甲,乙\n1,2".encode(), "--map COLUMN=content"),
        ("a.json", b"[" * 9999, "too many levels"),
        ("a.sql", b"SELECT 1", "no INSERT"),
    ],
)
def test_what_is_no_table_of_texts_is_said(world, smsform, name, data, said):
    """One sentence, what to do next, exit 1; nothing is written."""
    result = smsform("import", "--from", put(world, name, data))
    assert result.code == 1
    assert said in result.err
    assert world.files() == {}


def test_what_is_no_file_is_said(world, smsform):
    """A pipe nobody writes to, a folder, nothing."""
    pipe = world.root / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, world.root, world.root / "none.csv"):
        assert smsform("import", "--from", str(path)).code == 1
    assert smsform("import", "--map", "a=content").code == 64
    assert smsform("import", "--from", str(pipe), "--equal").code == 64


PIECES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    st.sampled_from([
        "{code}", "${code}", "#code#", "{1}", "{ a }", "{{x}}", "{", "}", "{%", "# ",
        ": ", "- ", "\n", "\\", '"', "'", "yes", "【示例商城】", "0123", "\u2028", "=",
    ]),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.lists(PIECES, max_size=5).map("".join), min_size=1, max_size=6))
def test_any_table_comes_back_or_is_listed(texts: list[str]):
    """Rows to YAML and back: every text is there to the byte, or named with its row."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), {"p": next(iter(specs()))})
        path = world.root / "t.json"
        path.write_text(json.dumps([{"content": text} for text in texts]))
        made = world.project.import_table(path)
        again = world.project.definitions
        assert not [p for p in again.problems if p.level == "error"]
        read = {draft.place: draft.definition.key for draft in made.drafts}
        left = {each.place for each in made.left}
        for number, text in enumerate(texts, 1):
            place = f"t.json row {number}"
            assert (place in read) != (place in left), text
            if place in read and "【" not in text:
                template = again.templates[read[place]]
                assert shape(template.content) == shape(stripped(found(text)))
        world.close()


def test_the_round_trip_of_a_table(world, smsform):
    """CSV out of the definitions is the CSV that went in."""
    rows = [["登录", "您的{code}是验证码。"], ["通知", '含"引号"，和\n换行{a}。']]
    file = io.StringIO()
    csv.writer(file).writerows([["name", "content"], *rows])
    assert smsform("import", "--from", put(world, "t.csv", file.getvalue())).code == 0
    back = [
        [each["name"], each["content"].replace("{{ ", "{").replace(" }}", "}")]
        for each in defined(world)["templates"].values()
    ]
    assert sorted(back) == sorted(rows)
