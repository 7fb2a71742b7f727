"""Each SF1xx rule: a file that breaks it, a file that keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import projects
import smsform.config
import smsform.definitions
import smsform.documents
from smsform.definitions.rules import RULES
from smsform.documents import events
from smsform.errors import Level, Problem
from smsform.rule import Rule
from smsform.words.english.definitions import WORDS


def problems_of(root: Path, rule: str, text: str) -> list[Problem]:
    if text.startswith("smsform:"):
        found = projects.config_problems(root, text)
        if not found:
            return list(projects.read(root, {"smsform.yaml": text}).problems)
        return found
    data = text.encode("utf-16") if rule == "SF101" and "UTF-16" in text else text
    files = {"t.yaml": data}
    if rule == "SF135":  # takes two files
        files["u.yaml"] = "signatures: {shop: {name: 乙}}"
    return list(projects.read(root, files).problems)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_failing_example_and_nothing_else(
    rule: Rule, tmp_path: Path
) -> None:
    """The failing example has this rule's problem at this level, with a hint."""
    found = problems_of(tmp_path, rule.id, rule.failing)
    assert {problem.rule for problem in found} == {rule.id}
    for problem in found:
        assert problem.level is rule.level
        assert problem.message
        assert problem.hint
        assert problem.at.line >= 1
        assert problem.at.column >= 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_content_with_its_passing_example(rule: Rule, tmp_path: Path) -> None:
    """The passing example has no problem at all."""
    assert problems_of(tmp_path, rule.id, rule.passing) == []


def emitted() -> Iterator[str]:
    """Every rule id that the packages name outside the catalogue."""
    for package in (smsform.definitions, smsform.documents, smsform.config):
        for path in Path(str(package.__file__)).parent.glob("*.py"):
            if path.name != "rules.py":
                yield from re.findall(r'"(SF1\d\d)"', path.read_text("utf-8"))


def test_every_rule_that_is_emitted_is_listed_and_in_order() -> None:
    """The catalogue is what the package says: no id more, none less, sorted."""
    assert sorted(set(emitted())) == [rule.id for rule in RULES]


def test_every_sentence_has_a_hint() -> None:
    """What is said of a problem is never without what to do about it."""
    hints = {key for key in WORDS if key.endswith("_hint")}
    parts = {
        "did_you_mean", "known", "none_known", "odd_space", "true_or_false",
        "a_mapping", "a_list", "a_text", "like_gbk", "wide", "project_below",
        "colon_space", "comma_within",
    }  # fmt: skip
    assert {f"{key}_hint" for key in WORDS if key not in parts | hints} == hints


def test_only_suspicions_are_warnings() -> None:
    """What cannot be read is an error; a suspicion is a warning."""
    warnings = [rule.id for rule in RULES if rule.level is Level.WARNING]
    assert warnings == ["SF128", "SF137", "SF147"]


def test_the_limits_of_the_rules_are_those_of_the_reader() -> None:
    """The example of SF105 is deeper than the reader goes."""
    [deep] = [rule.failing for rule in RULES if rule.id == "SF105"]
    assert deep.count("[") > events.MAX_DEPTH
