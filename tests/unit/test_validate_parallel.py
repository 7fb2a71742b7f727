"""``validate`` in parts finds what ``validate`` of the whole project finds, always."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from commands import printed
from histories import (
    FILES,
    HOW,
    begin,
    config,
    contents,
    found,
    in_parts,
    needs_fork,
    noted_reads,
    texts,
    write,
)
from smsform.cache import Cache

FORMATS = ("text", "json", "sarif", "github")


@needs_fork
@settings(max_examples=60, phases=[Phase.generate, Phase.reuse])
@given(
    st.tuples(*[contents() for _ in FILES]),
    st.builds(config, st.sampled_from([0, 0, 1, 2, 3, 200]), st.booleans()),
    st.booleans(),
    st.sampled_from(HOW),
)
def test_parts_change_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    begun: tuple[bytes, ...],
    settings: bytes,
    strict: bool,
    how: str,
) -> None:
    """Random projects: in parts, without a cache and with one, and from that cache."""
    root = tmp_path_factory.mktemp("project")
    cache = Cache(tmp_path_factory.mktemp("cache"), b"k" * 32)
    begin(root, begun, settings)
    whole = found(root, strict)
    with pytest.MonkeyPatch.context() as patched:
        in_parts(patched, how)
        assert found(root, strict) == whole
        for _ in range(2):
            assert found(root, strict, cache) == whole


SIGNATURES = {"signatures": {"one": {"name": "示例商城"}, "two": {"name": "另一家"}}}
like = st.fixed_dictionaries(
    {
        "content": texts,
        "type": st.sampled_from(["verification", "notification"]),
        "signature": st.sampled_from(["one", "two", "three"]),
    },
    optional={
        "remark": st.sampled_from(["登录时发送", "SIGNATURES", "signatures"]),
        "lint_ignore": st.sampled_from([["SF221"], ["SF999"], ["SF231"], ["SF232"]]),
        "international": st.booleans(),
    },
)


@needs_fork
@settings(max_examples=60, phases=[Phase.generate, Phase.reuse])
@given(
    st.lists(st.lists(like, max_size=4), min_size=2, max_size=5),
    st.builds(config, st.integers(0, 9), st.booleans()),
    st.integers(0, 8),
)
def test_what_files_share_is_found(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[list[dict[str, Any]]],
    settings: bytes,
    twice: int,
) -> None:
    """Texts that several files have, more templates than there is room for; each has a
    name of its own, and sometimes there is one key that stands twice."""
    root = tmp_path_factory.mktemp("project")
    cache = Cache(tmp_path_factory.mktemp("cache"), b"k" * 32)
    write(root, "smsform.yaml", settings)
    write(root, "m.yaml", json.dumps(SIGNATURES).encode())
    for number, each in enumerate(files):
        entries = {
            f"k{number}_{n}": {**entry, "name": f"第{number}号{n}"}
            for n, entry in enumerate(each)
        }
        if twice == number:
            entries = {key.replace(str(number), "0"): e for key, e in entries.items()}
        data = json.dumps({"templates": entries}, ensure_ascii=False).encode()
        write(root, f"{'az'[number % 2]}{number}.yaml", data)
    whole = found(root, False)
    with pytest.MonkeyPatch.context() as patched:
        in_parts(patched)
        for _ in range(2):
            assert found(root, False, cache) == whole
        edited = json.dumps({"templates": {"new": {**files[0][0]}}} if files[0] else {})
        write(root, "a0.yaml", edited.encode())
        with_cache = found(root, False, cache)
    assert with_cache == found(root, False)


def a_project(root: Path) -> None:
    """Six files, with something to say of some."""
    root.mkdir()
    write(root, "smsform.yaml", config(9, False))
    write(root, "signatures.yaml", json.dumps(SIGNATURES).encode())
    for number in range(6):
        text = "已发货" if number % 2 else "已签收！！"
        entries = {
            f"k{number}_{n}": {
                "content": f"您的{n}号订单{text}。",
                "name": f"第{number}号{n}",
                "type": "notification",
                "signature": "one",
            }
            for n in range(4)
        }
        data = json.dumps({"templates": entries}, ensure_ascii=False).encode()
        write(root, f"{'abcdef'[number]}.yaml", data)


@needs_fork
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_format_is_the_same_byte_for_byte(
    tmp_path: Path,
    clean_environment: Path,
    language: str,
    how: str,
) -> None:
    """In both languages, strict or not; the exit code as well."""
    a_project(tmp_path / "project")
    where = ["-C", str(tmp_path / "project"), "--lang", language]
    common = [*where, "validate", "--no-cache"]
    asked = [
        [*common, "--format", form, *more]
        for form in FORMATS
        for more in ([], ["--strict"])
    ]
    whole = [printed(*words) for words in asked]
    with pytest.MonkeyPatch.context() as patched:
        in_parts(patched, how)
        assert [printed(*words) for words in asked] == whole


@needs_fork
def test_files_are_read_elsewhere_and_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each once; all of them here when two files share a key."""
    a_project(tmp_path / "project")
    read = noted_reads(monkeypatch)
    in_parts(monkeypatch)
    found(tmp_path / "project", False)
    read.remove("smsform.yaml")
    assert read.count("signatures.yaml") <= 7
    once = [name for name in read if name != "signatures.yaml"]
    assert len(once) == len({*once})
    read.clear()
    (tmp_path / "project" / "g.yaml").write_bytes(
        (tmp_path / "project" / "f.yaml").read_bytes()
    )
    found(tmp_path / "project", False)
    assert {*"abcdefg"} == {name[0] for name in read} - {"s"}


@needs_fork
def test_a_small_project_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even what would start it is loaded."""
    a_project(tmp_path / "project")
    monkeypatch.delitem(sys.modules, "smsform.project.parallel.spread")
    found(tmp_path / "project", False)
    assert "smsform.project.parallel.spread" not in sys.modules
