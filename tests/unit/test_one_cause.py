"""One mistake is one problem, and what its hint proposes mends it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import projects
from projects import BESIDE, problems_everywhere
from smsform.config import load as load_config
from smsform.definitions import load as load_definitions
from smsform.errors import Level, Problem
from smsform.registry import built_in, specs
from smsform.validate import check
from smsform.words import Language, speak

HEAD = """\
templates:
  a:
    type: notification
    signature: shop
    remark: 发货后发送
"""
PARAMS = "    params: {code: {sample: A1}}\n"
TEXT = '    content: "您的取件码为{{ code }}，请当日领取。"\n'
# What is written wrongly -> the only problem, and what its hint holds.
MISTAKES = {
    # names
    '    content: "取件码{{ cod }}，请领取。"\n' + PARAMS: ("SF123", "`code`"),
    '    content: "取件码{{ 取件码 }}，请领取。"\n' + PARAMS: ("SF119", "{{ code }}"),
    '    content: "取件码{{ number }}，请领取。"\n' + PARAMS: ("SF123", "`code`"),
    '    content: "取件码%code%，请领取。"\n' + PARAMS: ("SF124", "{{ code }}"),
    '    content: "取件码[code]，请领取。"\n' + PARAMS: ("SF124", "{{ code }}"),
    '    content: "取件码%s，请领取。"\n' + PARAMS: ("SF124", "{{ code }}"),
    '    content: "取件码%1$s，请领取。"\n' + PARAMS: ("SF124", "{{ code }}"),
    '    content: "取件码{code}，请领取。"\n': ("SF120", "params: code"),
    '    content: "取件码{}，请领取。"\n' + PARAMS: ("SF122", "{{ name }}"),
    '    content: "取件码{ {code} }，请领取。"\n' + PARAMS: ("SF120", "{{ code }}"),
    '    content: "取件码{{{ code }}}，请领取。"\n' + PARAMS: ("SF120", "{{ code }}，"),
    '    content: "取件｛｛｛code｝｝｝，请取。"\n' + PARAMS: ("SF120", "{{ code }}，"),
    '    content: "取件码{{ 😀 }}，请领取。"\n    params: {😀: {sample: A1}}\n': (
        "SF119",
        "ASCII",
    ),
    '    content: "取件码{{ a-b }}，请领取。"\n    params: {a-b: {sample: A1}}\n': (
        "SF119",
        "ASCII",
    ),
    '    content: "您好\\a欢迎，请领取。"\n': ("SF102", "remove it"),
    '    content: "取件码{user.code}，请领取。"\n' + PARAMS: ("SF122", "{{ name }}"),
    TEXT + "    params: {取件码: {sample: A1}}\n": ("SF119", "ASCII"),
    TEXT + "    params: {code: {sample: A1}, ｃｏｄｅ: {sample: A1}}\n": (
        "SF119",
        "ASCII",
    ),
    # parameters
    TEXT + "    params: {code: {sampel: A1}}\n": ("SF112", "`sample`"),
    TEXT + "    params: {code: {sample：A1}}\n": ("SF112", "half-width"),
    TEXT + "    params: {code: {sample:A1, kind: text}}\n": ("SF112", "`sample: A1`"),
    TEXT + "    params: {code: {sample: }}\n": ("SF113", "write one"),
    TEXT + "    params: {code: {sample: [A1]}}\n": ("SF113", '"[A1]"'),
    TEXT + "    params: {code: A1}\n": ("SF113", "{key: value}"),
    TEXT + "    params: [code]\n": ("SF113", "{key: value}"),
    TEXT + "    params:\n      code:\n        sample: #3\n": ("SF113", '"#3"'),
    TEXT + "    params:\n      code:\n        sample: A #3\n": ("SF146", '"A #3"'),
    # keys
    "    contents: 您的包裹已到。\n": ("SF112", "`content`"),
    "    content: 您好, 请取件\n    samples:\n": ("", ""),
    TEXT + "    params: {code: {sample: A1, 请取件, kind: text}}\n": (
        "SF112",
        "inside {…} a comma",
    ),
    # syntax
    "    content: ! 会员您好，欢迎。\n": ("SF107", '"! 会员您好，欢迎。"'),
    "    content: !vip 会员您好，欢迎。\n": ("SF107", '"!vip 会员您好，欢迎。"'),
    "    content:您的包裹已到。\n": ("SF103", 'content: "您的包裹已到。"'),
    "    content :您的包裹已到。\n": ("SF103", 'content: "您的包裹已到。"'),
    "    content: - 您的包裹已到。\n": ("SF103", '"- 您的包裹已到。"'),
    "    content: ? 您的包裹已到。\n": ("SF103", '"? 您的包裹已到。"'),
    "    content: *vip 会员您好。\n": ("SF103", '"*vip 会员您好。"'),
    "    content: 您的包裹\n      # 到了\n      已到。\n": ("SF103", "above its key"),
    "     content: 您的包裹已到。\n": ("SF103", "same column"),
    "   content: 您的包裹已到。\n": ("SF103", "same column"),
    TEXT + "    params: {code: {sample: A1}\n": ("SF103", "close it"),
    TEXT + "    params: {code: {sample: A1}}}\n": ("SF103", "take it out"),
    TEXT + "    params: {code: {sample: A1 kind: text}}\n": ("SF103", "comma"),
    TEXT + "    params: {code: {sample: 'it's'}}\n": ("SF103", "quotes"),
    TEXT + "    params: {code: {sample: A #3, kind: text}}\n": ("SF103", '"A #3"'),
    TEXT + "    params: {code: {sample: A, description: 柜 #3}}\n": (
        "SF103",
        '"柜 #3"',
    ),
    TEXT + "    params:\n      code: ｛sample: A1｝\n": ("SF103", "half-width"),
}


def judged(folder: Path, lines: str, notes: bool = False) -> list[Problem]:
    """All problems of a template with those *lines*, at every service.

    Infos are left out where no *notes* are asked for.
    """
    signatures = "signatures: {shop: {name: 示例商城}}\n"
    found = problems_everywhere(folder, {"s.yaml": signatures, "t.yaml": HEAD + lines})
    return [p for p in found if notes or p.level is not Level.INFO]


@pytest.mark.parametrize("lines", MISTAKES)
def test_one_mistake_is_one_problem(lines: str, tmp_path: Path) -> None:
    """Said once, with what to write; the warnings about its look are another thing."""
    rule, hint = MISTAKES[lines]
    errors = [p for p in judged(tmp_path, lines) if p.level is Level.ERROR]
    assert [p.rule for p in errors] == ([rule] if rule else [])
    assert all(hint in p.hint for p in errors)


@pytest.mark.parametrize(
    "lines",
    [
        *MISTAKES,
        *(TEXT + PARAMS + f"    {type}: {{nosuch: 1}}\n" for type in built_in()),
    ],
)
def test_a_mistake_is_said_in_chinese_as_a_whole(lines: str, tmp_path: Path) -> None:
    """What a problem is about is a part of the sentence, and in its language."""
    speak(Language.ZH)
    for problem in judged(tmp_path, lines):
        assert re.search("[一-鿿]", problem.message)
        assert not re.search(r"(?<!\S)(of|an?|the|in|is|not)(?!\S)", problem.message)


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ('    content: "取件码%s，请领取。"\n' + PARAMS, "SF124"),
        ('    content: "取件码%code%，请领取。"\n' + PARAMS, "SF124"),
        ('    content: "取件码$code，请领取。"\n' + PARAMS, "SF124"),
        ("    content: 您的订单已发货，\n      请留意查收。\n", "SF128"),
        ("    content: >\n      您的订单已发货，\n      请留意查收。\n", "SF128"),
    ],
)
def test_no_warning_and_no_note_says_it_again(
    lines: str, rule: str, tmp_path: Path
) -> None:
    """What stands in a parameter's place; the blank that a line break became."""
    found = [p for p in judged(tmp_path, lines, notes=True) if p.rule not in BESIDE]
    assert [p.rule for p in found if not p.provider] == ([rule] if rule else [])


@pytest.mark.parametrize("content", ['""', '"   "', '"\\n"'])
@pytest.mark.parametrize("type", ["verification", "notification", "marketing"])
def test_an_empty_text_is_called_empty_and_nothing_else(
    content: str, type: str, tmp_path: Path
) -> None:
    """By each service once; nobody misses a word in it, and no text is its twin."""
    lines = f"    content: {content}\n  b:\n    type: {type}\n    content: {content}\n"
    lines += "    signature: shop\n    remark: 发货后发送\n"
    found = judged(tmp_path, lines.replace("notification", type))
    found = [p for p in found if p.rule not in BESIDE]
    assert len(found) == 2 * len(built_in())
    assert {p.message for p in found} == {"the text is empty"}


@pytest.mark.parametrize("lines", ["  b:\n", "  b: 您好\n", "  b: [您好]\n"])
def test_a_template_that_is_none_lacks_nothing_in_particular(
    lines: str, tmp_path: Path
) -> None:
    """Neither its type nor its content."""
    found = judged(tmp_path, "    content: 您的包裹已到。\n" + lines)
    assert [p.address for p in found] == ["template.b"]


def test_a_signature_is_found_by_its_name(tmp_path: Path) -> None:
    """Its key is proposed, which is what a template names."""
    head = HEAD.replace("shop", "示例商城")
    (tmp_path / "x").mkdir()
    [problem] = judged(
        tmp_path,
        "    content: 您好，欢迎。\n"
        + head[11:].replace("  a:", "  b:")
        + "    content: 您的包裹已到。\n",
    )
    assert (problem.rule, problem.hint) == ("SF131", "did you mean `shop`?")


@pytest.mark.parametrize(
    "content",
    [
        "”您的包裹已到。”",
        "“您的包裹已到。“",
        '“您的包裹已到。"',
        "＂您的包裹已到。＂",
        "‘您的包裹已到。’",
        "’您的包裹已到。’",
    ],
)
def test_quotes_of_any_keyboard_around_a_text_are_noticed(
    content: str, tmp_path: Path
) -> None:
    """Whichever of a pair stands at either end."""
    [problem] = judged(tmp_path, f"    content: {content}\n")
    assert problem.rule == "SF147"
    assert problem.hint.endswith('"您的包裹已到。"')


PIECES = st.sampled_from(
    [
        *"*：“”[]@`%!'\"?，|> \\。a1#",
        "您的包裹",
        "已到",
        " #3",
        " # ",
        "&vip ",
        "{brand}",
        "{{ brand }}",
        ": ",
        "- ",
        ", ",
        "${brand}",
        "｛brand｝",
    ]
)
BRACES = {"SF120", "SF122"}
PROPOSED = re.compile(r'"(?:[^"\\]|\\.)*"')


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, min_size=1, max_size=7).map("".join))
def test_what_a_hint_proposes_mends_the_problem(tmp_path: Path, text: str) -> None:
    """The quoted text, put where the other stands: no error is left, none is new."""
    above = "templates:\n  a:\n    type: notification\n    content: "
    found = projects.read(tmp_path, f"{above}{text.strip()}\n").problems
    errors = [p for p in found if p.level is Level.ERROR]
    rules = {problem.rule for problem in errors}
    assert len(errors) <= 1 or rules <= BRACES or "SF107" in rules  # ! begins a tag
    for problem in errors:
        proposed = PROPOSED.findall(problem.hint)
        if problem.rule in BRACES or len(proposed) != 1:
            continue
        mended = projects.read(tmp_path, f"{above}{proposed[0]}\n").problems
        left = {p.rule for p in mended if p.level is Level.ERROR}
        assert left <= BRACES  # of the text itself


def test_an_example_is_not_made_of_a_text_with_an_unknown_name(tmp_path: Path) -> None:
    """What it proposed would lack a value."""
    lines = TEXT.replace("当日领取", "今日领取") + PARAMS.replace("code", "number")
    found = judged(tmp_path, lines)
    assert [p.rule for p in found] == ["SF123"]
    path = tmp_path / "t.yaml"
    remark = "发货后发送，例如：您的取件码为A1，请当日领取。"
    path.write_text(path.read_text("utf-8").replace("发货后发送", remark), "utf-8")
    config = load_config(tmp_path, {}, specs())
    again = check(load_definitions(config, specs()), config, specs())
    assert "SF227" not in {p.rule for p in again}


@pytest.mark.parametrize(
    ("word", "type"),
    [
        ("验证码", "verification"),
        ("通知", "notification"),
        ("推广", "marketing"),
        ("OTP", "verification"),
    ],
)
def test_what_a_console_calls_a_type_is_understood(
    word: str, type: str, tmp_path: Path
) -> None:
    """And said to be written otherwise."""
    text = f"templates:\n  a: {{type: {word}, content: 您的包裹已到。}}\n"
    [problem] = projects.read(tmp_path, text).problems
    assert (problem.rule, problem.hint) == ("SF116", f"did you mean `{type}`?")
