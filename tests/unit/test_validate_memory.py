"""``validate`` with a memory finds what ``validate`` without one finds, always."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from commands import printed, printed_in
from histories import FILES, begin, config, contents, edits, found, noted_reads, write
from smsform.cache import Cache
from smsform.errors import Problem
from smsform.project.validation import memo

FORMATS = ("text", "json", "sarif", "github")


@settings(max_examples=40, phases=[Phase.generate, Phase.reuse])
@given(
    st.tuples(*[contents() for _ in FILES]),
    st.builds(config, st.sampled_from([0, 0, 3, 200]), st.booleans()),
    st.lists(st.lists(edits, max_size=2), min_size=1, max_size=6),
    st.booleans(),
)
def test_a_memory_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    begun: tuple[bytes, ...],
    settings: bytes,
    history: list[list[tuple[str, bytes | None]]],
    strict: bool,
) -> None:
    """Random projects, random edits: every run with a memory is as one without."""
    root = tmp_path_factory.mktemp("project")
    cache = Cache(tmp_path_factory.mktemp("cache"), b"k" * 32)
    begin(root, begun, settings)
    for steps in [[], *history]:
        for name, data in steps:
            write(root, name, data)
        for _ in range(2):
            assert found(root, strict, cache) == found(root, strict, None)


SIGNATURE = {"signatures": {"one": {"name": "示例商城"}}}


def a_template(text: str, **more: object) -> dict[str, object]:
    """A definition of a template without parameters."""
    return {
        "content": text,
        "type": "notification",
        "signature": "one",
        "remark": "备注",
        **more,
    }


def a_project(root: Path, count: int = 8) -> None:
    """Files of four templates each, and nothing that meets."""
    write(root, "smsform.yaml", config(0, False))
    write(root, "signatures.yaml", json.dumps(SIGNATURE).encode())
    for number in range(count):
        write(root, f"t{number}.yaml", a_file(number))


def a_file(number: int, text: str = "订单已发货") -> bytes:
    """A file of four templates."""
    entries = {
        f"k{number}_{n}": a_template(f"您的{number}号{n}{text}。") for n in range(4)
    }
    return json.dumps({"templates": entries}, ensure_ascii=False).encode()


def test_what_did_not_change_is_not_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing edited: nothing is read as YAML. One file edited: that one, and those
    with signatures."""
    a_project(tmp_path)
    parsed = noted_reads(monkeypatch)
    cache = Cache(tmp_path / ".cache", b"k" * 32)
    found(tmp_path, False, cache)
    assert len(parsed) == 10
    parsed.clear()
    found(tmp_path, False, cache)
    assert parsed == []
    write(tmp_path, "t3.yaml", a_file(3, "订单已签收！！"))
    edited = found(tmp_path, False, cache)
    assert sorted(parsed) == ["signatures.yaml", "smsform.yaml", "t3.yaml"]
    assert edited == found(tmp_path, False, None)
    parsed.clear()
    found(tmp_path, False, cache)
    assert parsed == []


def test_an_edit_while_it_runs_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read may be the file as it was or as it is."""
    from smsform.project.validation import anew

    a_project(tmp_path)
    cache = Cache(tmp_path / ".cache", b"k" * 32)
    problems_of = anew.problems_of

    def slowly(*arguments: Any) -> tuple[Problem, ...]:
        problems = problems_of(*arguments)
        write(tmp_path, "t3.yaml", a_file(3, "订单已签收！！"))
        return problems

    with monkeypatch.context() as patched:
        patched.setattr(anew, "problems_of", slowly)
        found(tmp_path, False, cache)
    assert cache.size()[0] == 0
    assert found(tmp_path, False, cache) == found(tmp_path, False, None)


def test_another_program_or_service_is_another_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new version, other rules: what an older one found does not count."""
    a_project(tmp_path)
    cache = Cache(tmp_path / ".cache", b"k" * 32)
    found(tmp_path, False, cache)
    seen = memo.look(tmp_path)
    name = memo.name_of(tmp_path, False, {"HOME": "/nowhere"})
    assert memo.recall(cache, name, seen, tmp_path)
    other = seen._replace(program="another")
    assert memo.recall(cache, name, other, tmp_path) is None
    elsewhere = tmp_path / "smsform" / "rules.py"
    elsewhere.parent.mkdir()
    elsewhere.write_text("")
    monkeypatch.setattr("smsform.cache.stamp.PACKAGE", elsewhere.parent)
    before = memo.program()
    elsewhere.write_text("#")
    assert memo.program() != before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_format_is_the_same_byte_for_byte(
    tmp_path: Path,
    clean_environment: Path,
    language: str,
) -> None:
    """Cold, warm and edited, in both languages, strict or not."""
    root = tmp_path / "project"
    root.mkdir()
    a_project(root)
    write(root, "t1.yaml", a_file(1, "订单已签收！！"))
    asked = [
        ["-C", str(root), "--lang", language, "validate", "--format", form, *more]
        for form in FORMATS
        for more in ([], ["--strict"])
    ]
    for text in ("订单已发货", "订单\u202e已到", "订单已发货！！"):
        write(root, "t2.yaml", a_file(2, text))
        for words in asked:
            cold = printed(*words, "--no-cache")
            assert printed(*words) == cold
            assert printed(*words) == cold
    assert [*clean_environment.iterdir()]


def test_one_inside_the_project_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do; ``--no-cache`` does not look."""
    a_project(tmp_path)
    monkeypatch.setenv("SMSFORM_CACHE", str(tmp_path / "cache"))
    for command in ("validate", "plan"):
        code, _, err = printed_in(tmp_path, command)
        assert code == 1
        assert "SMSFORM_CACHE" in str(err)
        assert not (tmp_path / "cache").exists()
        assert printed_in(tmp_path, command, "--no-cache").code == 0


def test_cache_says_where_it_is_and_clears_it(
    tmp_path: Path, clean_environment: Path
) -> None:
    """Path and size on stdout."""
    a_project(tmp_path)
    printed_in(tmp_path, "validate")
    _, out, _ = printed_in(tmp_path, "cache")
    assert str(clean_environment) in str(out)
    assert "1 entries" in str(out)
    printed_in(tmp_path, "cache", "--clear")
    _, out, _ = printed_in(tmp_path, "cache")
    assert "0 entries" in str(out)


def test_nothing_that_changes_a_service_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes a service, and what others go by, is worked out anew."""

    def read(*_: object) -> None:
        raise AssertionError("read from the cache")

    a_project(tmp_path)
    for words in ("validate", "plan"):
        assert printed_in(tmp_path, words).code == 0
    monkeypatch.setattr(Cache, "get", read)
    plans = ("plan --format json", "plan --format markdown", "plan --no-cache")
    for words in ("apply --auto-approve", "status", "ids", "preview", *plans):
        assert printed_in(tmp_path, *words.split()).code == 0
    saved = str(tmp_path / "plan.json")
    assert printed_in(tmp_path, "plan", "-o", saved).code == 0
    assert printed_in(tmp_path, "apply", saved).code == 0
