"""What YAML keeps of a text to itself is said, wherever people write texts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import projects
from smsform.documents import events, nodes
from smsform.documents.document import Document
from smsform.errors import Level, Problem

TEMPLATE = """\
templates:
  a:
    type: notification
"""


def problems_of(folder: Path, lines: str) -> list[Problem]:
    """What is found in a template with those *lines*."""
    return list(projects.read(folder, TEMPLATE + lines).problems)


@pytest.mark.parametrize(
    ("lines", "fixed"),
    [
        ("    content: 取件请到 #3 号柜台，谢谢。\n", '"取件请到 #3 号柜台，谢谢。"'),
        (
            "    content: “您的包裹已到 #3 货架，请尽快领取。”\n",
            '"您的包裹已到 #3 货架，请尽快领取。"',
        ),
        ("    content: &vip 会员专享\n", '"&vip 会员专享"'),
        ("    content: &vip 会员 #3 专享\n", '"会员 #3 专享"'),
        ("    content: 取件请到 # 三号\n", '"取件请到 # 三号"'),
        ("    content: 取件请到\n      柜台 #3 号\n", '"取件请到 柜台 #3 号"'),
        ("    content: 您好\n    name: 取件 #3\n", '"取件 #3"'),
        ("    content: 您好\n    remark: &r 备注\n", '"&r 备注"'),
        (
            "    content: 您好{{ a }}\n    params:\n      a: {sample: A #3\n"
            "        , kind: text}\n",
            '"A #3"',
        ),
        (
            "    content: 您好{{ a }}\n    params:\n      a:\n        sample: A #3\n",
            '"A #3"',
        ),
        (
            "    content: 您好{{ a }}\n    params: {a: {sample: A}}\n"
            "    samples:\n      long:\n        a: &b C\n",
            '"&b C"',
        ),
        ("    fake: {native: &n 您好}\n    content: 您好\n", '"&n 您好"'),
    ],
)
def test_a_text_that_yaml_cuts_is_an_error(
    lines: str, fixed: str, tmp_path: Path
) -> None:
    """The hint is the whole text, quoted."""
    [problem] = problems_of(tmp_path, lines)
    assert (problem.rule, problem.level) == ("SF146", Level.ERROR)
    assert fixed in problem.hint


def test_a_constant_that_yaml_cuts_is_an_error(tmp_path: Path) -> None:
    """It stands in texts, too."""
    text = projects.CONFIG.replace('"4008001234"}', '"4008001234"}').replace(
        "vars: {brand: 示例商城", "vars: {brand: &b 示例商城"
    )
    [problem] = projects.config_problems(tmp_path, text)
    assert problem.rule == "SF146"


@pytest.mark.parametrize(
    "lines",
    [
        '    content: "取件请到 #3 号柜台" # 三号\n',
        "    content: 取件请到#3号柜台\n",
        "    content: |-\n      取件请到 #3 号柜台\n",
        "    # 取件\n    content: 取件请到柜台\n    # 柜台\n",
        "    content: 取件请到柜台\n    protect: true # 不删\n",
        "    content: &text 取件请到柜台\n    remark: *text # 同正文\n",
        "    content: 取件请到柜台\n    remark: '“您好”'\n",
        "    content: “您好”先生的包裹已到“东门”\n",
    ],
)
def test_what_is_whole_is_no_problem(lines: str, tmp_path: Path) -> None:
    """Quoted texts, comments elsewhere, anchors that are used, quotes within."""
    assert problems_of(tmp_path, lines) == []


@pytest.mark.parametrize("text", ["“您好”", "‘您好’"])
def test_typographic_quotes_around_a_text_are_warned_of(
    text: str, tmp_path: Path
) -> None:
    """They are characters of the text and would be sent."""
    [problem] = problems_of(tmp_path, f"    content: {text}\n")
    assert (problem.rule, problem.level) == ("SF147", Level.WARNING)
    assert '"您好"' in problem.hint


def test_a_value_that_is_all_comment_is_said_to_be_one(tmp_path: Path) -> None:
    """YAML reads nothing there."""
    [problem] = problems_of(tmp_path, "    content: #3 号柜台\n")
    assert problem.rule == "SF113"
    assert '"#3 号柜台"' in problem.hint


@pytest.mark.parametrize("parser", [None, yaml.CSafeLoader, yaml.SafeLoader])
def test_every_reader_finds_the_same(parser: type | None) -> None:
    """The quick one, PyYAML's in C and the one in Python."""
    source = TEMPLATE + "    content: 取件请到 #3 号\n"
    document = Document("t.yaml", source, [])
    root = nodes.parse(document) if parser is None else events.parse(document, parser)
    assert root is not None
    assert root[0]["templates"][0]["a"][0]["content"][0] == "取件请到"
    assert document.has_comments


@pytest.mark.parametrize(
    ("lines", "rule", "said"),
    [
        (
            "    content: 您好{{ a }}\n    params: {a: {sample: A1， kind: text}}\n",
            "SF103",
            "full-width ，",
        ),
        (
            "    content: 您好{{ a }}\n    params: {a: {sample： A1}}\n",
            "SF112",
            "full-width ：",
        ),
        ("    name： 通知\n    content: 您好\n", "SF103", "full-width ："),
        ("    content: 您好\n    name： 通知\n", "SF103", "full-width ："),
        ("    content: 您好\n    providers: [a，b]\n", "SF130", "full-width ，"),
        (
            "<<<<<<< HEAD\n    content: 您好\n=======\n    content: 你好\n>>>>>>> b\n",
            "SF103",
            "<<<<<<< HEAD",
        ),
        ("    content: [会员] 您好\n", "SF103", '"[会员] 您好"'),
        ("    content: [会员]\n", "SF113", '"[会员]"'),
        ("    content: @会员 您好\n", "SF103", '"@会员 您好"'),
        ("    content: `会员` 您好\n", "SF103", '"`会员` 您好"'),
        (
            "    content: 您好{{ a }}\n    params: {a: {sample: @x, kind: text}}\n",
            "SF103",
            '"@x"',
        ),
        (
            "    content: 您好{{ a }}\n    params: {a: {sample: A #3, kind: text}}\n",
            "SF103",
            "begins a comment",
        ),
    ],
)
def test_the_usual_slips_are_named(
    lines: str, rule: str, said: str, tmp_path: Path
) -> None:
    """Where a reader of YAML says what it expected, we say what was meant."""
    found = [p for p in problems_of(tmp_path, lines) if p.rule == rule]
    assert said in f"{found[0].message} {found[0].hint}"


@pytest.mark.parametrize("parser", [yaml.CSafeLoader, yaml.SafeLoader])
@pytest.mark.parametrize(
    "lines",
    [
        "    content:\t您好\n",
        "    content: 您好\t\n",
        '    content: "您好"\t\n',
        "    content: 您好\t# 一\n",
        '    content: "您好"\t# 一\n',
        "    content: 您好\n    providers: [a,\tb]\n",
        "    content: 您好\n    params: {a:\t{sample: b}}\n",
        "    content: 您好\n    params:\t{a: {sample: b}}\n",
    ],
)
def test_a_tab_beside_a_value_is_refused_by_every_reader(
    lines: str, parser: type
) -> None:
    """PyYAML's two parsers disagree; so will other tools."""
    document = Document("t.yaml", TEMPLATE + lines, [])
    assert events.parse(document, parser) is None
    [problem] = document.problems
    assert (problem.rule, problem.at.line) == ("SF103", len(lines.splitlines()) + 3)
    assert "a tab" in problem.message


@pytest.mark.parametrize("parser", [yaml.CSafeLoader, yaml.SafeLoader])
@pytest.mark.parametrize(
    "lines", ['    content: "您\t好"\n', "    content: |-\n      a:\tb\n      c\t\n"]
)
def test_a_tab_within_a_text_is_one_of_its_characters(lines: str, parser: type) -> None:
    """In quotes and in a block."""
    document = Document("t.yaml", TEMPLATE + lines, [])
    assert events.parse(document, parser) is not None
    assert document.problems == []
