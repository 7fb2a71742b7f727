"""``plan`` with a memory shows what ``plan`` without one shows, always."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from commands import printed_in
from histories import (
    FILES,
    HOW,
    TYPES,
    children,
    config,
    contents,
    edits,
    in_parts,
    keys,
    names,
    needs_fork,
    noted_reads,
    write,
)
from smsform.project.desired.remembered import Remembered
from smsform.project.desired.source import EditedMeanwhile
from smsform.registry import built_in

FORMATS = ("text", "markdown", "json")
STARTERS = {type: spec.starter for type, spec in built_in().items() if spec.starter}
PNG = b"\x89PNG\r\n\x1a\n"
RUNS = ("apply --auto-approve", "status", "plan --prune", "validate")
Definition = dict[str, object]


def a_template(name: str, text: str, **more: object) -> Definition:
    """One that every service takes."""
    return {
        "name": name,
        "content": text,
        "type": "notification",
        "signature": "one",
        "remark": "发货时发送",
        **more,
        **{type: {**each.template} for type, each in STARTERS.items() if each.template},
    }


def a_file(templates: Mapping[str, Definition]) -> bytes:
    """A definition file."""
    return json.dumps({"templates": templates}, ensure_ascii=False).encode()


def numbered(number: int, text: str = "已发货") -> bytes:
    """A file of four templates, none like those of another number."""
    made: Iterable[tuple[str, str]] = (
        (f"k{number}_{n}", f"您的{number}号{n}单{text}。") for n in range(4)
    )
    return a_file({key: a_template(key, text) for key, text in made})


def a_project(root: Path, files: Mapping[str, bytes]) -> None:
    """Every service at once, a signature with its papers, and *files*."""
    settings = json.loads(config(0, False))
    for each in settings["providers"].values():
        each["emulator"] = {"review": "immediate", "pace": False}
        each |= STARTERS[each["type"]].settings
    write(root, "smsform.yaml", json.dumps(settings).encode())
    papers = {type: {**each.papers} for type, each in STARTERS.items()}
    one = {"name": "示例商城", "remark": "公司的签名", **papers}
    write(root, "signatures.yaml", json.dumps({"signatures": {"one": one}}).encode())
    write(root, "license.png", PNG)
    for name, data in files.items():
        write(root, name, data)


def shows_the_same(root: Path, *words: str) -> None:
    """Cold, then twice with the memory of the run before."""
    for form in FORMATS:
        asked = ("plan", "--format", form, *words)
        cold = printed_in(root, *asked, "--no-cache")
        for _ in range(2):
            assert printed_in(root, *asked) == cold


texts = st.sampled_from(["您的订单已发货。", "您的订单已签收。", "您的快递已到。"])
templates = st.builds(
    a_template,
    names,
    texts,
    protect=st.booleans(),
    providers=st.none() | st.sampled_from([[each] for each in TYPES]),
)
sound = st.builds(a_file, st.dictionaries(keys, templates, max_size=5))
steps = st.one_of(
    st.tuples(st.sampled_from(FILES[1:]), sound), st.sampled_from(RUNS), edits
)


@settings(max_examples=12, phases=[Phase.generate, Phase.reuse])
@given(
    st.lists(sound, min_size=3, max_size=3),
    st.none() | st.tuples(st.sampled_from(FILES), contents()),
    st.lists(steps, min_size=1, max_size=5),
)
def test_a_memory_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    begun: list[bytes],
    odd: tuple[str, bytes] | None,
    history: list[Any],
) -> None:
    """Random projects, edits and applies: every plan with a memory is as without."""
    root = tmp_path_factory.mktemp("project")
    a_project(root, dict(zip(FILES[1:], begun, strict=True)))
    if odd is not None:
        write(root, *odd)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SMSFORM_CACHE", str(tmp_path_factory.mktemp("cache")))
        printed_in(root, "apply", "--auto-approve")
        printed_in(root, "status")
        for step in [None, *history]:
            if isinstance(step, str):
                printed_in(root, *step.split())
            elif step is not None:
                write(root, *step)
            shows_the_same(root)


@needs_fork
@settings(max_examples=20, phases=[Phase.generate, Phase.reuse])
@given(
    st.lists(sound, min_size=3, max_size=3),
    st.none() | st.tuples(st.sampled_from(FILES), contents()),
    st.lists(steps, max_size=3),
    st.sampled_from(HOW),
)
def test_parts_change_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    begun: list[bytes],
    odd: tuple[str, bytes] | None,
    history: list[Any],
    how: str,
) -> None:
    """The same where other processes read the files: without a memory, when there is
    none yet, and with what they left in it."""
    root = tmp_path_factory.mktemp("project")
    a_project(root, dict(zip(FILES[1:], begun, strict=True)))
    if odd is not None:
        write(root, *odd)
    for step in ["apply --auto-approve", "status", *history]:
        if isinstance(step, str):
            printed_in(root, *step.split())
        else:
            write(root, *step)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SMSFORM_CACHE", str(tmp_path_factory.mktemp("cache")))
        whole = printed_in(root, "plan", "--no-cache")
        in_parts(patched, how)
        assert printed_in(root, "plan", "--no-cache") == whole
        for _ in range(2):
            assert printed_in(root, "plan") == whole


@pytest.fixture
def approved(tmp_path: Path) -> Path:
    """A project of eight files and signatures, all of it approved, and planned once."""
    root = tmp_path / "project"
    root.mkdir()
    a_project(root, {f"t{number}.yaml": numbered(number) for number in range(8)})
    for words in ("apply", "status", "apply", "status"):
        printed_in(root, words, *(["--auto-approve"] if words == "apply" else []))
    code, out, _ = printed_in(root, "plan")
    assert (code, f"{33 * len(TYPES)} settled" in out) == (0, True), out
    return root


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read as YAML from now on."""
    return noted_reads(monkeypatch)


def test_what_did_not_change_is_not_read(approved: Path, read: list[str]) -> None:
    """Nothing edited: signatures alone. A file touched, in vain: that one as well."""
    printed_in(approved, "plan")
    assert sorted(read) == ["signatures.yaml", "smsform.yaml"]
    write(approved, "t3.yaml", numbered(3) + b"\n")
    read.clear()
    printed_in(approved, "plan")
    assert sorted(read) == ["signatures.yaml", "smsform.yaml", "t3.yaml"]
    read.clear()
    printed_in(approved, "plan")
    assert sorted(read) == ["signatures.yaml", "smsform.yaml"]
    read.clear()
    printed_in(approved, "plan", "--no-cache")
    assert len(read) == 10


@needs_fork
def test_other_processes_read_what_is_not_known(
    approved: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What these have not begun is read here; again what has a line to show."""
    whole = printed_in(approved, "plan", "--no-cache")
    in_parts(monkeypatch)
    read.clear()
    assert printed_in(approved, "plan", "--no-cache") == whole
    numbers = [name for name in read if name.startswith("t")]
    assert len(numbers) == len({*numbers})
    write(approved, "t3.yaml", numbered(3, "已签收"))
    read.clear()
    printed_in(approved, "plan", "--no-cache")
    numbers = [name for name in read if name.startswith("t")]
    assert 1 <= numbers.count("t3.yaml") <= 2
    assert len({*numbers}) >= len(numbers) - 1


@needs_fork
@pytest.mark.parametrize("wrong", ["smsform.state.json", "t3.yaml"])
def test_no_process_outlives_a_plan_that_cannot_be_made(
    approved: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """The error is the one without other processes, and none of these is left."""
    write(approved, wrong, b"{")
    whole = printed_in(approved, "plan", "--no-cache")
    assert whole[0] == 1
    in_parts(monkeypatch)
    others = children()
    assert printed_in(approved, "plan", "--no-cache") == whole
    assert children() <= others


def test_what_is_to_be_submitted_is_judged_by_itself(
    approved: Path, read: list[str]
) -> None:
    """One text edited: the rules judge its file, as `validate` does after an edit."""
    printed_in(approved, "validate")
    write(approved, "t3.yaml", numbered(3, "已签收"))
    read.clear()
    code, out, _ = printed_in(approved, "plan")
    assert (code, f"{4 * len(TYPES)} to supersede" in out) == (0, True), out
    assert {*read} == {"signatures.yaml", "smsform.yaml", "t3.yaml"}
    shows_the_same(approved)
    write(approved, "t3.yaml", numbered(3, "已签收！！"))
    shows_the_same(approved)
    _, _, err = printed_in(approved, "plan")
    assert err.count("t3.yaml:1:") == 4, err


def test_a_text_in_a_services_own_form_is_judged_by_all_rules(approved: Path) -> None:
    """`validate` excuses what was approved so; a plan does not."""
    type = TYPES[0]
    native = a_template("k9_1", "您的9号单已发货。", providers=[type])
    own = STARTERS[type].template if type in STARTERS else {}
    native[type] = {**own, "native": "您的9号单已发货。"}
    write(approved, "t7.yaml", a_file({"k9_1": native}))
    printed_in(approved, "validate")
    shows_the_same(approved)
    printed_in(approved, "apply", "--auto-approve", "--allow-changes", "99")
    printed_in(approved, "status")
    native["content"] = "您的9号单已签收！！"
    write(approved, "t7.yaml", a_file({"k9_1": native}))
    shows_the_same(approved)


def test_what_the_service_shows_otherwise_is_read(
    approved: Path, read: list[str]
) -> None:
    """An entry that does not rest: its file is read, and its line is whole."""
    type = TYPES[0]
    state = approved / ".smsform" / "emulator.state.json"
    known = json.loads(state.read_text("utf-8"))
    del known["providers"][type]["entries"]["template.k5_1"]
    state.write_text(json.dumps(known), "utf-8")
    _, out, _ = printed_in(approved, "plan")
    assert f"{type}/template.k5_1 adopt" in out
    assert "t5.yaml" in read
    assert "t4.yaml" not in read
    shows_the_same(approved)


def test_an_edit_while_it_runs_is_no_half_of_a_plan(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A remembered file that is another when it is needed: all is read, as it is."""
    state = approved / ".smsform" / "emulator.state.json"
    state.unlink()
    whole = printed_in(approved, "plan", "--no-cache")
    of = Remembered.of

    def late(*given: Any) -> Any:
        found = of(*given)
        write(approved, "t5.yaml", numbered(5) + b"\n")
        return found

    monkeypatch.setattr(Remembered, "of", late)
    assert printed_in(approved, "plan") == whole


def test_every_account_is_told_of_an_edit_while_it_runs(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only the one that looks first: what is in the file now may lack the key."""
    state = approved / ".smsform" / "emulator.state.json"
    state.unlink()
    of = Remembered.of

    def late(*given: Any) -> Any:
        found = of(*given)
        write(approved, "t5.yaml", a_file({}))
        address = next(each for each in found if each.key == "k5_0")
        for _ in range(2):
            with pytest.raises(EditedMeanwhile):
                found[address]
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Remembered, "of", late)
        edited = printed_in(approved, "plan")
    assert edited == printed_in(approved, "plan", "--no-cache")
