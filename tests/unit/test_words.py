"""Two languages say the same: every sentence, every field, every help text."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any

import click
import pytest

import smsform
from projects import SERVICE
from smsform.cli import COMMANDS, chinese, root, run
from smsform.model import Kind, Review, TemplateType
from smsform.plan import Action
from smsform.report.status import GONE, MISSING, VersionRole
from smsform.state import Origin
from smsform.words import Language, named, preferred, say, say_in, speak, spoken, tell

PACKAGE = Path(smsform.__file__).parent
ROOMS = sorted(path.stem for path in (PACKAGE / "words/english").glob("[a-z]*.py"))
ONLY_CHINESE = {"help", "names", "usage"}  # their English stands in code, and in click
HAN = re.compile(r"[一-鿿]")
# What needs no translation: fields, code, names of things.
LITERAL = re.compile(
    r"\{[^{}]*\}|`[^`]*`|RequestId|\bid\b|secret (id|key)|smsform(\.yaml)?|Python|"
    r"^signature \("
)


def words(language: Language, room: str) -> dict[str, str]:
    found: dict[str, str] = import_module(f"smsform.words.{language}.{room}").WORDS
    return found


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("turn", range(4))
def test_every_test_begins_in_english(turn: int) -> None:
    """Whatever language the one before spoke, and whatever the order."""
    assert spoken() is Language.EN, turn
    assert click.Context.formatter_class is click.HelpFormatter
    run(["--lang", "zh", "--version"])
    assert spoken() is Language.ZH
    assert click.Context.formatter_class is not click.HelpFormatter


def test_both_languages_have_the_same_rooms() -> None:
    """A room of English sentences has a Chinese twin, and the other way round."""
    twins = {path.stem for path in (PACKAGE / "words/chinese").glob("[a-z]*.py")}
    assert twins - ONLY_CHINESE == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_everything_in_both_languages(room: str) -> None:
    """Same keys, same fields; and what has words in English has Han in Chinese."""
    english, zh = words(Language.EN, room), words(Language.ZH, room)
    assert set(zh) == set(english)
    for key, sentence in english.items():
        assert fields(zh[key]) == fields(sentence), key
        if re.search(r"[a-z]{2}", LITERAL.sub("", sentence)):
            assert HAN.search(zh[key]), key


@pytest.mark.parametrize("room", ROOMS)
def test_chinese_sentences_have_chinese_punctuation(room: str) -> None:
    """Between Han characters stand full-width marks, outside of code."""
    for key, sentence in words(Language.ZH, room).items():
        prose = re.sub(r"`[^`]*`", "", sentence)
        assert not re.search(r"[一-鿿] ?[,;:?!]|[,;?!] ?[一-鿿]", prose), key


# --- what the code says is in the catalogues ----------------------------------------


@cache
def strings() -> tuple[frozenset[str], frozenset[str]]:
    """Every text in the code and on the page, and every f-string as a pattern."""
    plain, patterns = {""}, set()
    for path in (PACKAGE / "report/page").glob("*.[hj]*"):
        plain |= set(re.findall("[a-z_]+", path.read_text("utf-8")))
    for path in PACKAGE.rglob("*.py"):
        if "words" in path.relative_to(PACKAGE).parts:
            continue
        parts: list[ast.expr] = []
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                patterns.add("".join(map(_pattern, node.values)))
                parts += node.values
            elif node not in parts and isinstance(node, ast.Constant):
                plain.add(str(node.value).removeprefix("--").replace("-", "_"))
    return frozenset(plain), frozenset(patterns)


def _pattern(part: ast.expr) -> str:
    literal = isinstance(part, ast.Constant)
    return re.escape(str(part.value)) if literal else r"([\w-]*)"


def stem(name: str) -> str:
    """What the code calls a sentence that has a singular and a plural."""
    return re.sub("_(one|many)$", "", name)


def test_what_the_code_says_is_in_a_room() -> None:
    """No key is misspelt: each text that looks like one is, or begins some."""
    known = {f"{room}.{key}" for room in ROOMS for key in words(Language.EN, room)}
    known |= set(map(stem, known))
    plain, patterns = strings()
    form = re.compile(rf"({'|'.join(ROOMS)})\.[a-z_]+")
    keys = {text for text in plain if form.fullmatch(text)}
    assert {key for key in keys - known if not FILES.search(key)} == set()
    for pattern in patterns:
        room, dot, rest = pattern.partition(r"\.")
        if dot and room in ROOMS and r"([\w-]*)" in rest:
            assert any(re.fullmatch(pattern, key) for key in known), pattern


FILES = re.compile(r"\.(py|html|css|js|json|yaml|ini)$")


def said_bare() -> Iterator[str]:
    """The sentences that some code says without fields, as ``say("cli.declined")``."""
    for path in Path(smsform.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
                and isinstance(node.args[0], ast.Constant)
                and not node.keywords
            ):
                yield node.args[0].value


@pytest.mark.parametrize("language", Language)
def test_what_is_said_without_fields_stands_as_people_read_it(
    language: Language,
) -> None:
    """Braces are doubled only where fields are filled in; a variable has two."""
    for key in said_bare():
        room, _, sentence = key.partition(".")
        text = words(language, room).get(sentence, "")
        assert not re.search(r"{{\w", text), key


def test_every_sentence_is_said_somewhere() -> None:
    """A sentence nobody says is gone: its key, or the part that varies, is in code."""
    plain, patterns = strings()
    built = [re.compile(form) for form in patterns if re.search("[a-z]{3}", form)]

    @cache
    def is_in_code(word: str) -> bool:
        return word in plain or any(form.fullmatch(word) for form in built)

    unsaid = set()
    for room in ROOMS:
        ours = [form for form in built if form.pattern.startswith(rf"{room}\.")]
        for key in words(Language.EN, room):
            name = f"{room}.{key}"
            found = [match for form in ours if (match := form.fullmatch(name))]
            said = any(all(map(is_in_code, match.groups())) for match in found)
            if not said and plain.isdisjoint([name, stem(name)]):
                unsaid.add(name)
    begun = tuple(f"page.{word}" for word in plain if word.endswith("_"))
    assert {name for name in unsaid if not name.startswith(begun)} == set()


@pytest.mark.parametrize(
    "key", ["waiting", "live", "ended_timeout", "ended_interrupted"]
)
def test_reviews_that_are_waited_for_have_one_measure_word(key: str) -> None:
    """The number names what is counted: 还剩 3 个审核, and no second 个 behind it."""
    reviews = say_in(Language.ZH, "waiting.reviews", count=3)
    fields = {"count": reviews, "until": "", "next": ""}
    assert say_in(Language.ZH, f"waiting.{key}", **fields).count("个") == 1


@pytest.mark.parametrize(
    "members",
    [Action, Kind, Origin, Review, VersionRole, TemplateType, (GONE, MISSING)],
)
def test_members_of_closed_sets_have_chinese_names(
    members: type[StrEnum] | tuple[str, ...],
) -> None:
    """What a table shows of a closed set is said in Chinese."""
    speak(Language.ZH)
    assert all(HAN.match(named(member)) for member in members)


def test_a_member_in_a_sentence_is_named_in_its_language() -> None:
    """Whoever says a sentence hands over values, not words."""
    texts = [
        say_in(language, "report.unwanted", id="7", review=Review.IN_REVIEW)
        for language in Language
    ]
    assert "in_review" in texts[0]
    assert "审核中" in texts[1]


# --- help pages -------------------------------------------------------------------


def commands(
    command: click.Command = root, name: str = "smsform"
) -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            if found := command.get_command(context, each):
                yield from commands(found, f"{name} {each}")


ALL = dict(commands())


def help_texts(command: click.Command) -> Iterator[str]:
    """What a help page tells: paragraphs, options, comments of examples."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith("\b\n"):
            lines = paragraph.split("\n")[1:]
            yield lines[0]
            yield from (line.partition("  # ")[2] for line in lines if "  # " in line)
        else:
            yield paragraph
    for parameter in command.get_params(click.Context(command)):
        yield getattr(parameter, "help", None) or ""


def test_help_pages_are_translated() -> None:
    """Every paragraph, option and comment has its Chinese; nothing else is there."""
    known = import_module("smsform.words.chinese.help").WORDS
    shown = {*COMMANDS.values()}
    for command in ALL.values():
        shown |= {" ".join(text.split()) for text in help_texts(command)} - {""}
    assert shown - set(known) == set()
    assert set(known) - shown == set()
    assert all(HAN.search(text) for text in known.values() if "=" not in text)


@pytest.mark.parametrize("name", ALL)
def test_a_command_has_an_example(name: str) -> None:
    """Whoever asks for help sees a call that can be copied; a group lists its own."""
    command = ALL[name]
    if not isinstance(command, click.Group):
        page = inspect.cleandoc(command.help or "")
        assert re.search(r"\x08\nExamples?:\n(  \S.*\n?)*  smsform ", page)


@pytest.mark.parametrize("name", ALL)
def test_a_chinese_help_page_fits_its_terminal(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chinese is twice as wide: no line of a page is wider than eighty columns."""
    from smsform.report.terminal import width

    monkeypatch.setenv("COLUMNS", "80")
    assert run([*name.split()[1:], "--help", "--lang", "zh"]) == 0
    page = capsys.readouterr().out
    assert page.startswith(f"用法：{name} ")
    assert "选项：" in page
    lines = [line for line in page.splitlines() if not line.startswith("    smsform")]
    assert max(map(width, lines)) <= 80


def test_a_group_on_a_narrow_terminal_is_translated_as_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """click cuts the English lines of its commands there; the Chinese ones wrap."""
    monkeypatch.setenv("COLUMNS", "52")
    assert run(["state", "--help", "--lang", "zh"]) == 0
    page = capsys.readouterr().out
    assert "..." not in page.partition("命令：")[2]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("paln", "没有命令“paln”。是不是“plan”？"),
        ("plan --formt json", "没有选项 '--formt'。是不是 '--format'？"),
        ("plan --format xml", "'--format' 的值无效：'xml' 不是其中之一："),
        ("plan --allow-changes x", "'x' 不是有效的整数"),
        ("plan --allow-changes -1", "不在范围 x>=0 内"),
        ("plan --target", "选项 '--target' 需要一个值。"),
        ("plan --prune=1", "选项 '--prune' 不带值。"),
        ("state show", "缺少参数 'ADDRESS'。"),
        ("state list x", "多出了参数（x）"),
        ("apply --timeout 5", "5 不是时长"),
    ],
)
def test_a_wrong_call_is_answered_in_chinese(
    call: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """click's own sentences, too, the values in them as they were given."""
    assert run(["--lang=zh", *call.split()]) == 64
    error = capsys.readouterr().err
    assert error.startswith(("用法：smsform", "错误："))
    assert told in error


def test_an_unknown_sentence_stays_as_it_is() -> None:
    """A later click may say something new; it is shown rather than lost."""
    assert chinese.retold("Something new.") == "Something new."


# --- which language -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ("", "en"),
        ("LANG=zh_CN.UTF-8", "zh"),
        ("LANG=zh", "zh"),
        ("LANG=zh_TW.UTF-8", "zh"),
        ("LANG=zh-Hans", "zh"),
        ("LANG=zh@pinyin", "zh"),
        ("LANG=zha_CN", "en"),
        ("LANG=de_DE.UTF-8", "en"),
        ("LANG=C.UTF-8", "en"),
        ("LANG=zh_CN LC_MESSAGES=en_GB", "en"),
        ("LANG=en_US LC_MESSAGES=zh_CN", "zh"),
        ("LANG=zh_CN LC_MESSAGES=C", "en"),
        ("LANG=zh_CN LC_MESSAGES=zh_CN LC_ALL=POSIX", "en"),
        ("LANG=zh_CN LC_ALL=", "zh"),
        ("LANG=en_US LANGUAGE=zh_CN:en", "zh"),
        ("LANG=en_US LANGUAGE=fr:zh", "zh"),
        ("LANG=zh_CN LANGUAGE=fr:de", "zh"),
        ("LANG=C LANGUAGE=zh", "en"),
        ("LANGUAGE=zh", "en"),
    ],
)
def test_the_locale_chooses_as_posix_and_gettext_say(
    environment: str, language: str
) -> None:
    """LC_ALL, LC_MESSAGES, LANG; LANGUAGE only beside a locale that is not C."""
    environ = dict(pair.split("=") for pair in environment.split())
    assert preferred(environ) is {"en": Language.EN, "zh": Language.ZH}[language]


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--version"], Language.ZH),
        (["--lang", "en", "--version"], Language.EN),
        (["--lang=en", "--version"], Language.EN),
        (["--version", "--lang", "en"], Language.EN),
        (["rules", "--lang=en"], Language.EN),
        (["--lang", "fr", "rules"], Language.ZH),
        (["--version", "--", "--lang", "en"], Language.ZH),
    ],
)
def test_the_option_wins_wherever_it_stands(
    arguments: list[str], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--lang before and behind the command; a wrong one is refused in the locale's."""
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(arguments) == (64 if "fr" in arguments else 0)
    assert spoken() is language


def test_what_a_catalogue_lacks_is_said_in_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A sentence, a room or a text that nobody has translated is not lost."""
    monkeypatch.delitem(words(Language.ZH, "report"), "new")
    speak(Language.ZH)
    assert say("report.new") == words(Language.EN, "report")["new"]
    assert tell("{count} of a kind", count=3) == "3 of a kind"


SENTENCES = {"failure", "found", "hint", "message", "title", "todo", "why"}


def machine_readable(value: Any) -> Any:
    """A JSON document without the sentences that people read in it."""
    if isinstance(value, list):
        return [machine_readable(each) for each in value]
    if isinstance(value, dict):
        kept = {key: each for key, each in value.items() if key not in SENTENCES}
        return {key: machine_readable(each) for key, each in kept.items()}
    return value


@pytest.mark.parametrize(
    "command", ["validate", "preview", "plan", "status", "rules", "doctor"]
)
def test_documents_for_programs_are_the_same_in_both_languages(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON differs in its sentences alone; reviews, roles and actions are words."""
    (tmp_path / "smsform.yaml").write_text(PROJECT, "utf-8")
    (tmp_path / "t.yaml").write_text(
        "templates: {a: {type: notification, content: 您好}}"
    )
    documents = []
    for language in ("en", "zh"):
        run(["-C", str(tmp_path), command, "--format", "json", "--lang", language])
        documents.append(json.loads(capsys.readouterr().out))
    assert machine_readable(documents[0]) == machine_readable(documents[1])


PROJECT = f"""\
smsform: 1
providers:
  mainland: {{type: {SERVICE}, region: ap-guangzhou, endpoint: emulator}}
"""
