"""Texts that are their own key: rules and a service's advice, in both languages.

What is said is found in the source: every literal given to ``tell``, and the tables
whose entries are given to it. That nothing is said past it is shown by speaking a
language in which every text that was looked up stands between ⟦ and ⟧.
"""

from __future__ import annotations

import ast
import errno
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import smsform
from conformance.project import facts
from projects import UNGATED
from rule_examples import problems_of
from smsform import words
from smsform.cli import run
from smsform.errors import Problem
from smsform.registry import built_in, specs
from smsform.report import rules as report
from smsform.report.terminal import PLAIN
from smsform.rule import Rule
from smsform.validate import catalogue
from smsform.validate.samples import LOOKS
from smsform.words import Language
from unit.test_definitions_rules import problems_of as read

PACKAGE = Path(smsform.__file__).parent
ALL = catalogue(specs())
WHOSE = {rule.id: type for type in specs() for rule in specs()[type].rules()}
ROOMS = (
    "definitions",
    "rejections",
    "validate",
    *(f"providers/{type}" for type in built_in()),
)
JUDGING = [
    path
    for room in ("rejections", "validate", "providers/*/rules")
    for path in PACKAGE.glob(f"{room}/*.py")
    if path.name != "chinese.py"
]

HAN = re.compile("[\u3400-\u9fff]+")
FIELD = re.compile(r"\$?\{+[^{}]*\}+")
YAML = re.compile(r"[a-z_]+: \S.*")  # a line to paste is the same in every language


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test speaks, the next one hears English."""
    monkeypatch.setattr(click.Context, "formatter_class", click.HelpFormatter)
    yield
    words.speak(Language.EN)


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """The calls of functions called so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
            yield node


def literals(given: ast.expr) -> Iterator[str]:
    """The texts an argument may be: itself, or both sides of an if."""
    if isinstance(given, ast.Constant):
        yield given.value
    elif isinstance(given, ast.IfExp):
        yield from literals(given.body)
        yield from literals(given.orelse)


@cache
def told(room: str) -> frozenset[str]:
    """Every text of *room* that is looked up by itself."""
    texts = {rule.title for rule in ALL if home(rule) == room} | {*tables(room)}
    for path in (PACKAGE / room).rglob("*.py"):
        for call in calls(ast.parse(path.read_text(encoding="utf-8")), "tell"):
            texts |= set(literals(call.args[0]))
    return frozenset(texts)


def home(rule: Rule) -> str:
    """The room a rule's words are in."""
    if rule.id < "SF2":
        return "definitions"
    service = WHOSE.get(rule.id)
    return f"providers/{service}" if service else "validate"


def tables(room: str) -> Iterator[str]:
    """What is told of tables: objects, kinds, titles, advice, themes, attributes."""
    if room == "definitions":
        yield from ("a `moved` block", "an `adopt` block")
        yield from ("a definition file", "a signature", "a template", "a parameter")
        yield from ("a sample case", "a provider", "a {type} provider")
        yield "an entry of code"
    elif room == "validate":
        yield from (looks for _, looks in LOOKS.values())
        yield from (os.strerror(errno.ENOENT), os.strerror(errno.EACCES))
    elif room.startswith("providers/"):
        service = f"smsform.{room.replace('/', '.')}"
        yield built_in()[room.partition("/")[2]].title
        codes = import_module(f"{service}.codes")
        yield from (code.advice for code in codes.CODES.values())
        yield from (code.advice for code in codes._FAMILIES.values())
        for each in import_module(f"{service}.explained").EXPLANATIONS:
            yield from (each.meaning, each.advice)
        themes = vars(import_module(f"{service}.rules.themes"))
        for name, table in themes.items():
            if name.isupper() and isinstance(table, dict):
                yield from table
        if find_spec(f"{service}.variables"):
            variables = import_module(f"{service}.variables")
            yield from (each.words for each in variables.ATTRIBUTES.values())


def chinese_of(room: str) -> dict[str, str]:
    """English -> Chinese."""
    module = import_module(f"smsform.{room.replace('/', '.')}.chinese")
    catalogue: dict[str, str] = module.WORDS
    return catalogue


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_has_its_chinese_and_no_other_has(room: str) -> None:
    """What is told is translated; what is not told any more is not kept."""
    assert sorted(chinese_of(room)) == sorted(told(room))


@pytest.mark.parametrize("room", ROOMS)
def test_a_translation_says_the_same(room: str) -> None:
    """It is Chinese, with the same fields, numbers and words to type in Chinese."""
    for english, chinese in chinese_of(room).items():
        assert HAN.search(chinese)
        assert fields(chinese) == fields(english)
        assert set(HAN.findall(english)) <= {"备案", *pieces(chinese, english)}
        numbers = re.compile(r"\d{2,}")
        assert set(numbers.findall(english)) <= set(numbers.findall(chinese))


def fields(text: str) -> Counter[str]:
    """What is filled in; how it is quoted or counted differs with the language."""
    return Counter(re.sub("!r|:[a-z]+", "", field) for field in FIELD.findall(text))


def pieces(chinese: str, english: str) -> set[str]:
    """The Chinese that the English text quotes and *chinese* has as well."""
    return {piece for piece in HAN.findall(english) if piece in chinese}


def test_one_text_has_one_translation() -> None:
    """Services that say the same in English say the same in Chinese."""
    found: dict[str, str] = {}
    for room in ROOMS:
        for english, chinese in chinese_of(room).items():
            assert found.setdefault(english, chinese) == chinese


@pytest.mark.parametrize("path", JUDGING, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_sentence_is_said_past_the_catalogues(path: Path) -> None:
    """Where rules judge, words that follow each other stand in ``tell`` or ``say``."""
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        looked_up = {
            id(node)
            for call in calls(function, "tell", "say")
            for node in ast.walk(call)
        }
        said = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in looked_up
            and re.search("[a-z]{2,} [a-z]{2,}", node.value)
        ]
        assert said in ([], [ast.get_docstring(function, clean=False)])


def found_by(rule: Rule, folder: Path) -> list[Problem]:
    """What the rule says of its failing example, in the language spoken."""
    if home(rule) == "definitions":
        return read(folder, rule.id, rule.failing)
    service = WHOSE.get(rule.id, UNGATED)
    found = problems_of(rule.failing, rule.kind, folder, service)
    return [problem for problem in found if problem.rule == rule.id]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_problem_is_the_same_in_both_languages(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words apart, that is; and no word of it was not looked up."""
    english = found_by(rule, tmp_path)
    words.speak(Language.ZH)
    chinese = found_by(rule, tmp_path)
    monkeypatch.setattr(words, "tell_in", lambda _, text, /, **more: f"⟦{text}⟧")
    monkeypatch.setattr(words, "say_in", lambda _, key, /, **more: f"⟦{key}⟧")
    marked = found_by(rule, tmp_path)
    assert len(english) == len(chinese) == len(marked) > 0
    for one, other, mark in zip(english, chinese, marked, strict=True):
        assert one._replace(message="", hint="") == other._replace(message="", hint="")
        assert HAN.search(other.message)
        assert one.message != other.message
        assert re.fullmatch("⟦.*⟧", mark.message)
        if one.hint and not YAML.fullmatch(one.hint):
            assert HAN.search(other.hint)
            assert one.hint != other.hint
            assert re.fullmatch("⟦.*⟧", mark.hint)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_rule_is_listed_and_explained_in_chinese(rule: Rule) -> None:
    """``smsform rules`` and ``smsform rules ID`` show its title in Chinese."""
    words.speak(Language.ZH)
    title = words.tell(rule.title)
    assert HAN.search(title)
    assert title != rule.title
    for show in (report.listed, report.explained):
        assert title in show([rule], PLAIN)


def test_who_speaks_english_pays_for_no_chinese() -> None:
    """Catalogues are named when a room is opened, and loaded when they are needed."""
    script = (
        "import sys\n"
        "from smsform.registry import specs\n"
        "from smsform.validate import catalogue\n"
        "from smsform.words import Language, speak, tell\n"
        "title = catalogue(specs())[-1].title\n"
        "loaded = lambda: [name for name in sys.modules if 'chinese' in name]\n"
        "assert tell(title) == title and loaded() == []\n"
        "speak(Language.ZH)\n"
        "assert tell(title) != title and loaded()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("type", built_in())
def test_what_to_do_about_a_refusal_is_told(
    type: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The code and the service's own words stay, the advice is in Chinese."""
    code = facts(type)["refusals"][1]
    provider = f"providers: {{cloud: {{type: {type}, endpoint: emulator}}}}\n"
    (tmp_path / "smsform.yaml").write_text(f"smsform: 1\n{provider}")
    here = ["--lang=zh", "-C", str(tmp_path)]
    fault = ["emulate", "fault", "cloud", "refuse", "--code", code, "--times", "9"]
    assert run([*here, *fault]) == 0
    assert run([*here, "plan"]) == 1
    shown = "".join(capfd.readouterr())
    advice = import_module(f"smsform.providers.{type}.codes").CODES[code].advice
    assert code in shown
    assert chinese_of(f"providers/{type}")[advice] in shown


def test_a_service_from_outside_brings_its_own_chinese(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A module with WORDS, named to ``learn``; what it lacks is said in English."""
    catalogue = SimpleNamespace(WORDS={"{count} too many": "多了 {count} 个"})
    monkeypatch.setitem(sys.modules, "acme.chinese", catalogue)
    monkeypatch.setattr(words, "_learned", {})
    words.learn("acme.chinese")
    words.speak(Language.ZH)
    assert words.tell("{count} too many", count=3) == "多了 3 个"
    assert words.tell("{count} too few", count=3) == "3 too few"
    words.speak(Language.EN)
    assert words.tell("{count} too many", count=3) == "3 too many"
