"""Codes in words: found as they are met, in both languages, none forgotten."""

from __future__ import annotations

import json
from collections import Counter
from importlib import import_module

import pytest
from jsonschema import Draft202012Validator

from smsform.cli import run
from smsform.explanation import Explanation, Stage, find, near
from smsform.registry import built_in
from smsform.report.schemas import schema

ALL = {
    (type, each.code, each.stage): each
    for type, spec in built_in().items()
    for each in spec.explanations()
}
KNOWN: list[Explanation] = list(ALL.values())
FAMILIES = [each for each in KNOWN if each.family]
SPELLED = Counter(each.code.lower() for each in KNOWN if not each.family)
SHARED = [code for code, times in SPELLED.items() if times > 1]
# One that every service has, once each.
EVERYWHERE = next(
    code
    for code in SHARED
    if Counter(type for type, each, _ in ALL if each.lower() == code)
    == Counter(list(built_in()))
)


def test_every_code_a_client_judges_is_explained() -> None:
    """What decides about a run is what a person can look up."""
    for type in built_in():
        codes = import_module(f"smsform.providers.{type}.codes")
        explained = {code for service, code, _ in ALL if service == type}
        assert set(codes.CODES) <= explained, type


def test_no_code_is_explained_twice_in_one_place() -> None:
    """A second line would be one too many."""
    listed = [each for spec in built_in().values() for each in spec.explanations()]
    families = [each for each in listed if each.family]
    assert len(listed) - len(families) == len(
        {
            (type, e.code, e.stage)
            for type, spec in built_in().items()
            for e in spec.explanations()
            if not e.family
        }
    )


def test_an_explanation_is_whole() -> None:
    """Short words, a source, a date; an old code leads to one of today."""
    for each in KNOWN:
        assert 4 <= len(each.meaning) < 200, each
        assert each.advice, each
        assert each.source, each
        assert each.read.startswith("2026-"), each
        assert bool(each.today) == (each.stage is Stage.OLD), each
        if each.today:
            assert {e.stage for e in find(each.today, KNOWN)} - {Stage.OLD}, each


def test_a_code_is_found_as_it_is_written_or_in_another_case() -> None:
    """However somebody copied it."""
    for each in KNOWN:
        for spelling in (each.code, each.code.lower(), f" {each.code.upper()} "):
            found = find(spelling, KNOWN)
            assert each in found or (each.family and found), each


def test_the_end_of_a_code_is_enough() -> None:
    """What stands before the first point may be left out."""
    for each in KNOWN:
        _, point, end = each.code.partition(".")
        if point and end and end.lower() not in SPELLED:
            assert each in find(end, KNOWN), each


def test_a_code_nobody_lists_has_a_family() -> None:
    """Found by how it begins: the longest beginning that fits."""
    for each in FAMILIES:
        found = find(f"{each.code}Unheard0f", KNOWN)
        assert found, each
        assert all(len(e.code) >= len(each.code) for e in found), each


def test_one_word_may_mean_two_things() -> None:
    """All of them are said."""
    for code in SHARED:
        assert len(find(code, KNOWN)) == SPELLED[code]


def test_a_slip_is_answered_with_near_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was meant is one of at most three."""
    slip, meant = "", ""
    for each in KNOWN[::3]:
        wanted, slipped = each.code.lower(), each.code[:6] + each.code[7:]
        if len(wanted) < 14 or each.family or find(slipped, KNOWN):
            continue
        told = near(slipped, KNOWN)
        assert any(code.lower().endswith(wanted) for code in told), each
        assert len(told) <= 3
        slip, meant = slipped, told[0]
    assert run(["explain", slip]) == 1
    out, err = capsys.readouterr()
    assert meant in err
    assert out == ""


def test_what_comes_from_outside_is_harmless(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A code may hold anything, a family is no reason to repeat it."""
    assert run(["explain", f"{FAMILIES[0].code}\x1b[31m\u202e"]) == 0
    assert run(["explain", "\x1b]0;x\x07"]) == 1
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "\u202e" not in told.out + told.err


@pytest.mark.parametrize("flags", [["--json"], ["--format", "json"]])
def test_json_says_the_same(
    flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Valid by its schema; what was asked for and nothing else."""
    one = next(e.code for e in KNOWN if SPELLED[e.code.lower()] == 1 and not e.family)
    assert run(["explain", one, SHARED[0], *flags]) == 0
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(schema("codes")).validate(document)
    codes = [each["code"].lower() for each in document["codes"]]
    assert codes == [one.lower(), *[SHARED[0]] * SPELLED[SHARED[0]]]


def test_one_type_may_be_asked_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """And an unknown type is answered with the near one."""
    for type in built_in():
        assert run(["explain", EVERYWHERE, "--type", type, "--json"]) == 0
        [each] = json.loads(capsys.readouterr().out)["codes"]
        assert each["type"] == type
        assert run(["explain", EVERYWHERE, "--type", type[:-1]]) == 64
        assert f"did you mean {type}?" in capsys.readouterr().err


def test_all_codes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One line each."""
    assert run(["explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + sum(
        len(spec.explanations()) for spec in built_in().values()
    )
