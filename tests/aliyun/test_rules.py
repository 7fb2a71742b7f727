"""Alibaba Cloud's rules: their own examples, and the reviewers' collected verdicts."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rule_examples import problems_of
from smsform.config import Config, Policy
from smsform.definitions import Definitions
from smsform.errors import Level, Position, Problem
from smsform.model import Kind, Parameter, Signature, Template, TemplateType
from smsform.provider import ProviderConfig
from smsform.providers.aliyun import SPEC, convert
from smsform.providers.aliyun.rules import RULES
from smsform.rule import Rule
from smsform.validate import check

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"
HERE = Position("templates.yaml", 1, 1)
TYPES = {
    "otp": TemplateType.VERIFICATION,
    "notification": TemplateType.NOTIFICATION,
    "marketing": TemplateType.MARKETING,
}
ASKED = 'aliyun: {sign_source: 0, qualification_id: 2004393}\nname: "%s"'


def found_in(example: str, kind: Kind, folder: Path) -> tuple[Problem, ...]:
    """What is found in *example* where it goes to Alibaba Cloud alone."""
    return problems_of(example, kind, folder, "aliyun")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_failing_example(rule: Rule, tmp_path: Path) -> None:
    """What `smsform rules ID` shows as wrong is found, at the level it states."""
    found = [
        p for p in found_in(rule.failing, rule.kind, tmp_path) if p.rule == rule.id
    ]
    assert {rule.level} == {problem.level for problem in found}
    assert all(problem.message and problem.provider == "aliyun" for problem in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_lets_its_passing_example_pass(rule: Rule, tmp_path: Path) -> None:
    """What `smsform rules ID` shows as right is fine, and defined without errors."""
    found = found_in(rule.passing, rule.kind, tmp_path)
    assert rule.id not in {problem.rule for problem in found}
    assert not [p for p in found if p.level is Level.ERROR]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("示例商城", set()),
        ("示", {"SF451"}),
        ("示例商城一二三四五六七八", set()),
        ("示例商城一二三四五六七八九", {"SF451"}),
        ("【示例商城】", {"SF452"}),
        ("示例 商城", {"SF452"}),
        ("示例😀", {"SF452"}),
        ("12306", {"SF452"}),
        ("Test商城", {"SF453"}),
        ("测试", {"SF453"}),
        ("验证码", {"SF454"}),
        ("範例商城", {"SF455"}),
    ],
)
def test_signature_names(name: str, rules: set[str], tmp_path: Path) -> None:
    """Length, characters and names that say nothing, whoever applies for them."""
    found = found_in(ASKED % name, Kind.SIGNATURE, tmp_path)
    assert rules == {p.rule for p in found if p.rule.startswith("SF4")}


def test_a_signature_without_papers_is_only_looked_up(tmp_path: Path) -> None:
    """Nothing but a name asks for no source and no qualification."""
    assert found_in("name: 示例花店", Kind.SIGNATURE, tmp_path) == ()


@pytest.mark.parametrize(
    "text",
    [
        "您的保险箱已送达，请签收。",
        "您预订的酒店房间已确认。",
        "您已退订会员服务，欢迎再来。",
        "您的折叠桌已发货，重量8.5千克。",
        "您的订单20261121095588已发货。",
        "如有疑问请查看邮件，或到店咨询。",
    ],
)
def test_everyday_words_stay_free(text: str, tmp_path: Path) -> None:
    """A word or number that merely contains a refused one is none."""
    found = found_in(f"content: {text}", Kind.TEMPLATE, tmp_path)
    assert [p for p in found if p.rule.startswith("SF4")] == []


def test_a_link_and_a_number_are_declared_each(tmp_path: Path) -> None:
    """What a declaration covers is not asked for again, what it does not is."""
    declared = {
        "company": "示例商城有限公司", "organization_code": "91310000MA1FL00000",
    }  # fmt: skip
    example = {
        "content": "详情见https://shop.example.com/a，或致电400-123-4567、95588。",
        "aliyun": {
            "traffic_driving": [
                {**declared, "content": "example.com", "icp_no": "沪ICP备00000000号"},
                {**declared, "content": "4001234567"},
            ]
        },
    }
    found = found_in(json.dumps(example), Kind.TEMPLATE, tmp_path)
    named = [p.message for p in found if p.rule == "SF435"]
    assert ["95588" in message for message in named] == [True]


def test_rules_of_mainland_reviewers_leave_international_texts_alone(
    tmp_path: Path,
) -> None:
    """An English one-time code needs no Chinese word and no declared link."""
    example = {
        "international": True,
        "type": "verification",
        "content": "Your code for example.com is {{ code }}.",
        "params": {"code": {"sample": "183029", "kind": "code"}},
    }
    found = found_in(json.dumps(example), Kind.TEMPLATE, tmp_path)
    assert [p.rule for p in found if p.rule.startswith("SF4")] == []


@pytest.mark.parametrize(
    "piece", ["www.", "http://", "a-", "a.", "1", "0-", " ", "${a}", "回", "400-"]
)
def test_a_huge_text_costs_no_more_than_its_length(piece: str) -> None:
    """No pattern runs away: 40,000 times the same is judged in moderate time."""
    start = time.process_time()
    for kind in TemplateType:
        _check(_native(kind, piece * 40_000, ["a." * 50]))
    assert time.process_time() - start < 6


def test_ids_are_unique_and_every_rule_is_documented() -> None:
    """Each has a title, a source with the day it was read, and both examples."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"SF4\d\d", rule.id)
        assert all((rule.title, rule.source, rule.failing, rule.passing)), rule.id
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", rule.read), rule.id
    assert SPEC.rules() == RULES


@pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not here")
def test_reviewers_verdicts_are_foreseen(capsys: pytest.CaptureFixture[str]) -> None:
    """Of what is refused 80 % is flagged, of what passes 2 % is called wrong."""
    tally: Counter[str] = Counter()
    missed = []
    for row in _rows("review_rules.jsonl"):
        if row["provider"] != "aliyun" or "superseded" in row:
            continue
        if row["verdict"] not in ("accepted", "rejected"):
            continue
        found = _check(_native(TYPES[row.get("kind", "notification")], row["content"]))
        flagged = any(p.level is not Level.INFO for p in found)
        errors = any(p.level is Level.ERROR for p in found)
        tally[row["verdict"]] += 1
        tally[f"{row['verdict']}, flagged"] += flagged
        tally[f"{row['verdict']}, error"] += errors
        if row["verdict"] == "rejected" and not flagged:
            missed.append(row["id"])
    with capsys.disabled():
        print(f"\nreview verdicts: {dict(sorted(tally.items()))}, missed: {missed}")
    assert tally["rejected"] >= 25
    assert tally["rejected, flagged"] >= 0.8 * tally["rejected"]
    assert tally["accepted"] >= 5
    assert tally["accepted, error"] <= 0.02 * tally["accepted"]


# What the rules say against texts found in use is known: signatures written into the
# text, and codes beside other variables, which only the service's own templates have.
KNOWN = {"SF406", "SF419"}


@pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not here")
def test_texts_in_use_are_not_called_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """Texts written for the service pass, but for reasons that are stated here."""
    tally: Counter[str] = Counter()
    wrong = {}
    for row in _rows("templates.jsonl"):
        if row["provider_style"] != "aliyun" or row.get("provider_actual") != "aliyun":
            continue
        template = _native(
            TYPES[row["kind"]], row["content"], abroad=row["international"]
        )
        errors = {p.rule for p in _check(template) if p.level is Level.ERROR}
        odd = bool(row["observed"])
        tally["odd" if odd else "plain"] += 1
        tally["odd, error" if odd else "plain, error"] += bool(errors)
        tally["odd, of known reasons" if odd else "plain, of known reasons"] += (
            bool(errors) and errors <= KNOWN
        )
        if errors - KNOWN:
            wrong[row["id"]] = errors
    with capsys.disabled():
        print(f"\ntexts in use: {dict(sorted(tally.items()))}, {wrong}")
    assert tally["plain"] >= 30
    assert len(wrong) <= 0.02 * tally.total()


def _rows(name: str) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, (VECTORS / name).read_text().splitlines())


def _native(
    kind: TemplateType, text: str, values: list[str] | None = None, abroad: bool = False
) -> Template:
    """A template stated verbatim, its variables given harmless values."""
    code = kind is TemplateType.VERIFICATION
    names = convert.order(text)
    filled = [*(values or []), *(["183029" if code else "5"] * len(names))]
    params = tuple(
        Parameter(f"p{n}", value, HERE, native={"aliyun": name})
        for n, (name, value) in enumerate(zip(names, filled, strict=False))
    )
    return Template(
        "example", "示例", kind, (), "", HERE, HERE, params=params,
        remark="发货后发送", overrides={"aliyun": {"native": text}},
        international=abroad, signature="shop",
    )  # fmt: skip


def _check(template: Template) -> tuple[Problem, ...]:
    config = Config(
        root=Path(), definitions=(), vars={}, state=Path("state.json"),
        providers={"aliyun": ProviderConfig("aliyun", "aliyun")}, policy=Policy(),
        lint_ignore=frozenset(), strict=False, evidence=None, file="smsform.yaml",
    )  # fmt: skip
    shop = Signature("shop", "示例商城", HERE)
    definitions = Definitions({"shop": shop}, {template.key: template}, ())
    return check(definitions, config, {"aliyun": SPEC})
