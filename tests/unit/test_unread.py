"""One cause, one problem: what could not be read is not judged as if it were empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import BESIDE, problems_everywhere
from smsform.errors import Level, Problem

SHOP = "signatures: {shop: {name: 示例商城}}\n"


def judged(folder: Path, templates: str) -> list[Problem]:
    """All problems of *templates* at a provider of every type."""
    return problems_everywhere(folder, {"t.yaml": f"{SHOP}templates:\n{templates}"})


def a_template(key: str, type: str, *lines: str) -> str:
    """A template's YAML with what nobody objects to."""
    head = f"  {key}:\n    type: {type}\n    signature: shop\n    remark: 登录时发送\n"
    return head + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize("type", ["verification", "notification", "marketing"])
@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        (["content: 您的登录验证码为{code}，5分钟内有效。"], {"SF120"}),
        (["content: 您的登录验证码为${code}，5分钟内有效。"], {"SF120"}),
        (['content: "您的登录验证码为{{ code|upper }}。"'], {"SF121"}),
        (['content: "您的登录验证码为{{ code。"'], {"SF122"}),
        (["contnt: 您的登录验证码"], {"SF112"}),
        (["content: [您的登录验证码]"], {"SF113"}),
        ([f"content: {'您的登录验证码' * 300}"], {"SF139"}),
    ],
)
def test_a_text_that_cannot_be_read_is_not_judged(
    lines: list[str], rules: set[str], type: str, tmp_path: Path
) -> None:
    """It is not empty, lacks no word, and equals no other that cannot be read."""
    two = a_template("one", type, *lines) + a_template("two", type, *lines)
    found = judged(tmp_path, two)
    for key in ("one", "two"):
        about = [
            problem.rule
            for problem in found
            if problem.address.endswith(f"template.{key}")
            and problem.level is not Level.INFO
            and problem.rule not in BESIDE
        ]
        assert sorted(about) == sorted(rules)


def test_what_does_not_look_at_the_text_is_said_all_the_same(tmp_path: Path) -> None:
    """All problems are reported at once, as far as they are true."""
    text = a_template("one", "notification", "content: 您的{code}。")
    found = judged(tmp_path, text.replace("    remark: 登录时发送\n", ""))
    assert [p.rule for p in found] == ["SF221", "SF120"]


def test_a_missing_sample_is_not_an_empty_one_too(tmp_path: Path) -> None:
    """And the rest of the text is judged."""
    lines = (
        'content: "您的订单{{ order }}已发货！！"',
        "params: {order: {kind: code}}",
    )
    found = judged(tmp_path, a_template("one", "notification", *lines))
    assert [p.rule for p in found] == ["SF206", "SF129"]


def test_the_name_proposed_is_one_that_can_be_used(tmp_path: Path) -> None:
    """The parameter that the text lacks, else a name of our own."""
    line = "content: 尊敬的{会员}，您的{not}已发货，{会员}请查收。"
    params = "params: {who: {sample: 甲}}"
    [problem] = judged(tmp_path, a_template("one", "notification", line, params))
    fixed = "尊敬的{{ who }}，您的{{ p2 }}已发货，{{ who }}请查收。"
    assert fixed in problem.hint
    assert (
        "{{ p1 }}" in judged(tmp_path, a_template("one", "notification", line))[0].hint
    )


def test_a_name_nobody_can_use_is_said_to_be_one(tmp_path: Path) -> None:
    """To declare it would be refused."""
    line = 'content: "尊敬的{{ 会员 }}，您的订单已发货。"'
    [problem] = judged(tmp_path, a_template("one", "notification", line))
    assert problem.rule == "SF119"


def test_a_finding_about_a_value_points_at_it_in_whatever_case_it_stands(
    tmp_path: Path,
) -> None:
    """Of one that could not be read beside it nothing more is said."""
    text = a_template(
        "one",
        "notification",
        'content: "您的订单{{ order }}已到{{ place }}，请查收。"',
        'params: {order: {sample: "12", max_length: 3}, '
        "place: {sample: 东门, max_length: 3}}",
        "samples:",
        '  longest: {place: [东门], order: "12345"}',
        "  other:",
        "    place: 东门外驿站",
    )
    found = [each for each in judged(tmp_path, text) if each.rule == "SF224"]
    lines = (tmp_path / "t.yaml").read_text("utf-8").splitlines()
    shown = [lines[each.at.line - 1][each.at.column - 1 :] for each in found]
    assert shown == ['"12345"}', "东门外驿站"]
