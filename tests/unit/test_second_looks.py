"""Rules that take a second look: widths, accents, links abroad, examples, switches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import projects
from projects import UNGATED, rule_of
from rule_examples import problems_of
from smsform.drafts.layout import block
from smsform.drafts.values import ChosenEntry, Draft, Unit
from smsform.errors import Position, Problem
from smsform.model import (
    Existing,
    Kind,
    Parameter,
    Placeholder,
    Review,
    Template,
    TemplateType,
)
from smsform.rejections import links

HERE = Position("", 0, 0)


def found_in(folder: Path, **keys: Any) -> dict[str, Problem]:
    """Rule -> its problem in a template with those *keys*."""
    example = json.dumps(keys, ensure_ascii=False)
    return {p.rule: p for p in problems_of(example, Kind.TEMPLATE, folder)}


def test_full_width_digits_are_proposed_as_they_stand(tmp_path: Path) -> None:
    """None is left out because it occurred before."""
    found = found_in(tmp_path, content="客服电话４００８００１２３４，请致电ＡＰＰ。")[
        "SF207"
    ]
    assert "4008001234, APP" in found.hint


@pytest.mark.parametrize(
    ("text", "shown", "hint"),
    [
        ("Your order\u00a0is here", "U+00A0", "U+00A0 ->  "),
        ("Your or\u00adder is here", "U+00AD", "do without it"),
        ("Your order\u202fis here", "U+202F", "U+202F ->  "),
        ("Your order\u200b is here", "U+200B", "do without it"),
        ("Meet at the cafe\u0301", "U+0301", "e U+0301 -> é"),
        ("Don’t share it", "’", "’ -> '"),
    ],
)
def test_what_makes_a_message_ucs2_can_be_seen(
    text: str, shown: str, hint: str, tmp_path: Path
) -> None:
    """By code point, where the character itself shows nothing."""
    found = found_in(tmp_path, content=text, international=True)["SF211"]
    assert shown in found.message
    assert hint in found.hint
    assert (found.message + found.hint).isprintable()


@pytest.mark.parametrize(
    ("character", "called"),
    [
        ("\ue000", "U+E000 PRIVATE USE"),
        ("\uf8ff", "U+F8FF PRIVATE USE"),
        ("\u2800", "U+2800 BRAILLE PATTERN BLANK"),
        ("\ufe00", "U+FE00 VARIATION SELECTOR-1"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_what_no_handset_shows_is_named(
    character: str, called: str, tmp_path: Path
) -> None:
    """Blanks that are none, and characters that one maker's fonts alone have."""
    found = found_in(tmp_path, content=f"您好{character}欢迎。")["SF202"]
    assert called in found.message
    assert found.message.isprintable()


@pytest.mark.parametrize(
    "text", ["请按1\ufe0f\u20e3确认。", "\u260e\ufe0f您好，欢迎。"]
)
def test_the_sign_that_colours_another_is_not_shown_alone(
    text: str, tmp_path: Path
) -> None:
    """A keycap is told as a whole; of a sign its service's rule speaks."""
    found = found_in(tmp_path, content=text)
    assert not [p for p in found.values() if " \ufe0f" in f" {p.message}"]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("请打开weixin://dl/business 查看", "weixin://dl/business"),
        ("请访问10.0.3.7/a 查看", "10.0.3.7/a"),
        ("请访问10.0.3.7:8443 查看", "10.0.3.7:8443"),
        ("请访问http://[2001:db8::1]/a 查看", "http://[2001:db8::1]/a"),
        ("请访问www.示例 查看", ""),
        ("已升级到10.0.3.7，谢谢", ""),
        ("比分3:2，1.2.3.4.5/6", ""),
        ("见2.1.3:第4条", ""),
    ],
)
def test_a_link_in_a_text_has_any_scheme_or_an_address(text: str, link: str) -> None:
    """A bare address is more often the number of a version."""
    found = links.LINK.search(text)
    assert (found[0] if found else "") == link
    assert links.may_be_in(text) or not link


def test_a_link_abroad_is_pointed_out(tmp_path: Path) -> None:
    """Not one at home, which has rules of its own."""
    text = "Track it: https://example.com/orders"
    assert "SF215" in found_in(tmp_path, content=text, international=True)
    assert "SF215" not in found_in(tmp_path, content=text)


@pytest.mark.parametrize(
    ("remark", "fits"),
    [
        ("例如：您的订单1024已送达，请查收。", True),
        ("例如：您的订单1024已送达", True),
        ("例如：【示例商城】您的订单1024已送达，请查收。收货后发送", True),
        ("例如：您的订单1024已发货，请查收。", False),
        ("示例：您的订单1024号已送到，请查收。", False),
        ("举例如下：您的订单1024已发货，请查收。", False),
        ("例：您的订单1024已发货，请查收。", False),
        ("样例“您的订单1024已发货，请查收。”", False),
        ("例如您的订单1024已发货，请查收。", False),
        ("例如“您的订单1024已送达，请查收。”", True),
        ("例子：1024", True),
        ("变量一为订单号，例如：1024", True),
        ("收货后发送", True),
    ],
)
def test_an_example_that_no_longer_fits_is_found(
    remark: str, fits: bool, tmp_path: Path
) -> None:
    """Reviewers compare the two; an example of a value is none of the text."""
    found = found_in(
        tmp_path,
        content="您的订单{{ n }}已送达，请查收。",
        params={"n": {"sample": "1024"}},
        remark=remark,
    )
    assert ("SF227" not in found) is fits


def test_a_problem_of_a_further_sample_points_at_it(tmp_path: Path) -> None:
    """Not at the parameter, whose own sample is fine."""
    found = found_in(
        tmp_path,
        content="您的订单{{ n }}已送达。",
        params={"n": {"sample": "12"}},
        samples={"longest": {"n": "https://example.com"}},
    )[rule_of(UNGATED, links.in_values)]
    lines = (tmp_path / "definitions.yaml").read_text("utf-8").splitlines()
    assert lines[found.at.line - 1][found.at.column - 1 :] == "https://example.com"


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "false", "False", "FALSE"])
def test_booleans_are_those_of_yaml_1_2(word: str, tmp_path: Path) -> None:
    """Its core schema spells each in three ways; yes and on are no switches."""
    text = f"signatures: {{shop: {{name: 示例, international: {word}}}}}"
    found = projects.read(tmp_path, text)
    assert found.problems == ()
    assert found.signatures["shop"].international is (word.lower() == "true")


@pytest.mark.parametrize("name", ["no", "on", "off", "yes", "y", "n", "null", "No"])
def test_a_key_that_others_take_for_a_switch_is_quoted(name: str) -> None:
    """A draft reads the same in every reader of YAML."""
    params = (Parameter(name, name, HERE),)
    template = Template(
        name,
        "示例",
        TemplateType.NOTIFICATION,
        ("您的", Placeholder(name)),
        "",
        HERE,
        HERE,
        signature=name,
        params=params,
    )
    entry = Existing(Kind.TEMPLATE, "1", "", Review.APPROVED, {})
    written = "\n".join(block(Draft(Unit((ChosenEntry("p", entry),)), template)))
    read = yaml.safe_load(written)
    assert list(read) == [name]
    assert read[name]["signature"] == name
    assert read[name]["params"] == {name: {"sample": name}}


def test_a_folder_with_its_own_smsform_yaml_is_another_project(tmp_path: Path) -> None:
    """What it defines is not ours, whatever the patterns say."""
    files = {
        "a.yaml": "signatures: {shop: {name: 示例}}",
        "other/smsform.yaml": "smsform: 1",
        "other/a.yaml": "signatures: {shop: {name: 别的}}",
        "other/deep/b.yaml": "signatures: {mall: {name: 别的}}",
        "texts/b.yaml": "signatures: {mall: {name: 示例二}}",
    }
    found = projects.read(tmp_path, files)
    assert found.problems == ()
    assert [each.name for each in found.signatures.values()] == ["示例", "示例二"]


def test_two_names_that_jinja_takes_for_one_are_refused(tmp_path: Path) -> None:
    """Python folds identifiers by NFKC; a name is plain ASCII."""
    template = (
        'templates: {a: {type: notification, content: "{{ code }}和{{ ｃｏｄｅ }}", '
        'params: {code: {sample: "1"}, ｃｏｄｅ: {sample: "2"}}}}'
    )
    found = projects.read(tmp_path, template)
    assert [p.rule for p in found.problems] == ["SF119"]
    assert found.templates["a"].content == ()
