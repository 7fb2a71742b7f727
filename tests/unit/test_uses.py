"""Ids in source code: found as whole words, whatever the language; and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.uses import SearchResult, Token, search

ID = Token("1100007")
CODE = Token("SMS_481000007")
NAME = Token("示例商城", literal=True)
ANY = Token("SMS_", open=True)


def put(root: Path, text: str | bytes, name: str = "app.txt") -> Path:
    """A file below *root*."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def found(root: Path, *tokens: Token) -> list[tuple[int, int, str]]:
    """Line, column and word of every place."""
    return [(use.line, use.column, use.text) for use in search([root], tokens).uses]


@pytest.mark.parametrize(
    "line",
    [
        'template_id = "1100007"',
        "template: 1100007",
        "sms.template=1100007",
        "long TEMPLATE = 1100007L;",
        "const id = 1100007n",
        "INSERT INTO t VALUES (3,1100007,'x');",
        '{"id":1100007}',
        "模板1100007，见文档",
        "-1100007-",
        "send(1100007)",
        "1100007",
    ],
)
def test_an_id_is_found_in_any_language(tmp_path: Path, line: str) -> None:
    """As a word of its own, or with the suffix that numbers of some languages have."""
    put(tmp_path, f"first\n{line}\n")
    [(row, column, text)] = found(tmp_path, ID)
    assert (row, text) == (2, ID.text)
    assert line.encode()[column - 1 :].startswith(b"1100007")


@pytest.mark.parametrize(
    "line",
    [
        "11000071",
        "x1100007",
        "0x1100007",
        "_1100007",
        "1100007_2",
        "1100007LX",
        "110000",
    ],
)
def test_part_of_a_word_is_none(tmp_path: Path, line: str) -> None:
    """Nor is a number that only begins like it."""
    put(tmp_path, line)
    assert found(tmp_path, ID) == []


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ('sign = "示例商城"', True),
        ("sign: '示例商城'", True),
        ("`示例商城`", True),
        (r'"{\"sign\":\"示例商城\"}"', True),
        (r'"\u793a\u4f8b\u5546\u57ce"', True),
        (r"'\u793A\u4F8B\u5546\u57CE'", True),
        ('"示例商城"'.encode("gb18030"), True),
        ("【示例商城】您好", False),
        ("# 示例商城 of ours", False),
        ('"示例商城的新店"', False),
        ("\"示例商城'", False),
    ],
)
def test_a_name_is_found_as_a_string(
    tmp_path: Path, text: str | bytes, there: bool
) -> None:
    """In quotes, also escaped, in older encodings and as escapes; not in prose."""
    put(tmp_path, text)
    assert bool(found(tmp_path, NAME)) is there


def test_an_id_of_nobody_is_found_by_what_all_begin_with(tmp_path: Path) -> None:
    """Beside those that somebody owns."""
    put(tmp_path, "SMS_481000007 SMS_12 SMS_ SMS_x SMS_12x MSMS_12\n")
    assert sorted(found(tmp_path, CODE, ANY)) == [
        (1, 1, "SMS_481000007"),
        (1, 15, "SMS_12"),
    ]


def test_one_id_may_begin_like_another(tmp_path: Path) -> None:
    """Each is found where it stands."""
    put(tmp_path, "1100 11000 110")
    tokens = [Token("110"), Token("1100"), Token("11000")]
    assert found(tmp_path, *tokens) == [(1, 1, "1100"), (1, 6, "11000"), (1, 12, "110")]


@pytest.mark.parametrize(
    "document",
    [
        '{\n  "smsform": 1, "id": "1100007"}',
        '{"smsform_plan": 1, "id": "1100007"}',
        '{ "smsform_ids": 2, "id": "1100007"}',
        "# emulated\nCLOUD_TEMPLATE_LOGIN_CODE=1100007\n",
        "A_SIGNATURE_SHOP='x'\nA_TEMPLATE_B=1100007",
        "id = 1100007  # smsform: unused",
        b"\0binary 1100007",
    ],
)
def test_what_smsform_wrote_is_no_use(tmp_path: Path, document: str | bytes) -> None:
    """Nor a line that says so itself, nor what is no text."""
    put(tmp_path, document)
    assert found(tmp_path, ID) == []


def test_an_environment_file_of_an_application_is_one(tmp_path: Path) -> None:
    """Only a file that holds nothing but our lines is ours."""
    put(tmp_path, "A_TEMPLATE_B=1100007\nDATABASE=x\n", ".env")
    assert found(tmp_path, ID) == [(1, 14, "1100007")]


def test_utf_16_is_read(tmp_path: Path) -> None:
    """As some editors on Windows save SQL."""
    put(tmp_path, "id 1100007".encode("utf-16"))
    assert found(tmp_path, ID) == [(1, 4, "1100007")]


def test_a_path_without_a_file_is_told(tmp_path: Path) -> None:
    """Missing and empty ones, for a deletion must not trust them."""
    empty = tmp_path / "empty"
    empty.mkdir()
    put(tmp_path / "full", "1100007")
    paths = [empty, tmp_path / "missing", tmp_path / "full"]
    result = search(paths, [ID])
    assert result.nothing == (empty, tmp_path / "missing")
    assert result.files == 1
    assert result.texts() == {"1100007"}


def test_without_anything_to_find_files_are_counted(tmp_path: Path) -> None:
    """A project that owns nothing yet."""
    put(tmp_path, "1100007")
    assert search([tmp_path], []) == SearchResult((), files=1)


def test_a_file_named_twice_is_searched_once(tmp_path: Path) -> None:
    """A folder and a file in it; own files are left out."""
    path = put(tmp_path, "1100007")
    own = put(tmp_path, "1100007", "own.yaml")
    assert len(search([tmp_path, path], [ID], [own]).uses) == 1


NAMES = st.sampled_from(["a", "b", "build", "lib", "x.log", "keep.log", "c d"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
PATTERNS = st.sampled_from(
    [
        "*.log",
        "!keep.log",
        "/build",
        "build/",
        "lib/**",
        "a/*",
        "!a/b",
        "**/b/x.log",
        "# note",
        "c\\ d",
        "x*",
        "",
        "a/b/",
    ]
)


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for many repositories."""
    return tmp_path_factory.mktemp("repositories")


@given(st.data())
def test_what_git_ignores_is_not_searched(
    repositories: Path, data: st.DataObject
) -> None:
    """Exactly the files that git itself would add."""
    root = repositories / str(len(list(repositories.iterdir())))
    root.mkdir()
    subprocess.run(["git", "init", "-q", root], check=True)
    for path in data.draw(st.lists(PATHS, min_size=1, max_size=8, unique=True)):
        try:
            put(root, "1100007", path)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            continue
    for folder in {root, *(each.parent for each in root.rglob("*") if each.is_file())}:
        if ".git" not in folder.parts and data.draw(st.booleans()):
            lines = data.draw(st.lists(PATTERNS, max_size=3))
            (folder / ".gitignore").write_text("\n".join(lines))
    listed = subprocess.run(
        ["git", "-C", root, "ls-files", "-zoc", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    wanted = {
        root / path for path in listed if path and not path.endswith(".gitignore")
    }
    assert {use.path for use in search([root], [ID]).uses} == {
        path.resolve() for path in wanted
    }


def test_a_place_is_told_once(tmp_path: Path) -> None:
    """Though it is found by the id and by what every id begins with."""
    (tmp_path / "a.java").write_text('send("SMS_123456789", "SMS_987654321");\n')
    found = search([tmp_path], [Token("SMS_123456789"), Token("SMS_", open=True)])
    assert [(use.text, use.column) for use in found.uses] == [
        ("SMS_123456789", 7),
        ("SMS_987654321", 24),
    ]
