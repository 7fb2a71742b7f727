"""The rules engine: who is asked, what is silenced, and the rules of no service."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from projects import UNGATED, rule_of
from rule_examples import problems_of
from smsform.config import Config, Policy
from smsform.definitions import Definitions
from smsform.errors import Level, Position, Problem
from smsform.model import (
    PARAMETER_KINDS,
    Kind,
    Parameter,
    Placeholder,
    Signature,
    Template,
    TemplateType,
)
from smsform.provider import ProviderConfig
from smsform.registry import specs
from smsform.rejections import texts, values
from smsform.rule import Rule
from smsform.validate import catalogue, check
from smsform.validate.evidence import evidence_files, looking
from smsform.validate.samples import LOOKS

HERE = Position("templates.yaml", 3, 5)
BRACKETS = rule_of(UNGATED, texts.brackets)
LENGTH = rule_of(UNGATED, values.too_long)
GENERAL = [rule for rule in catalogue(specs()) if rule.id.startswith("SF2")]


def a_template(key: str = "login", **changes: Any) -> Template:
    """A notification nobody could object to."""
    template = Template(
        key,
        key,
        TemplateType.NOTIFICATION,
        ("您的订单已发货。",),
        "",
        HERE,
        HERE,
        signature="shop",
        remark="发货后发送",
    )
    return replace(template, **changes)


def found_in(
    *templates: Template,
    accounts: dict[str, dict[str, Any]] | None = None,
    problems: tuple[Problem, ...] = (),
    approved: frozenset[tuple[str, str]] = frozenset(),
    **changes: Any,
) -> tuple[Problem, ...]:
    """Check *templates* at providers called and limited as *accounts* says."""
    config = Config(
        root=Path(),
        definitions=(),
        vars={},
        state=Path("state.json"),
        providers={
            name: ProviderConfig(name, UNGATED, account=account)
            for name, account in (accounts or {"main": {}}).items()
        },
        policy=Policy(),
        lint_ignore=frozenset(),
        strict=False,
        evidence=None,
        file="smsform.yaml",
    )
    definitions = Definitions({}, {t.key: t for t in templates}, problems)
    return check(definitions, replace(config, **changes), specs(), approved)


def ids(problems: tuple[Problem, ...]) -> list[str]:
    """The rules broken, in the order reported."""
    return [problem.rule for problem in problems]


@pytest.mark.parametrize("rule", GENERAL, ids=lambda rule: rule.id)
def test_a_rule_finds_its_failing_example(rule: Rule, tmp_path: Path) -> None:
    """What `smsform rules ID` shows as wrong is found, at the level it states."""
    found = [
        p for p in problems_of(rule.failing, rule.kind, tmp_path) if p.rule == rule.id
    ]
    assert [rule.level] == [problem.level for problem in found]


@pytest.mark.parametrize("rule", GENERAL, ids=lambda rule: rule.id)
def test_a_rule_lets_its_passing_example_pass(rule: Rule, tmp_path: Path) -> None:
    """What `smsform rules ID` shows as right is fine, and defined without errors."""
    found = problems_of(rule.passing, rule.kind, tmp_path)
    assert rule.id not in ids(found)
    assert not [p for p in found if p.level is Level.ERROR]


def test_the_catalogue_is_complete_sorted_and_documented() -> None:
    """Every rule once, in the order of the ids, each with all that is shown of it."""
    rules = catalogue(specs())
    numbers = [rule.id for rule in rules]
    assert numbers == sorted(set(numbers))
    assert {number[:3] for number in numbers} >= {"SF1", "SF2", "SF3"}
    for rule in rules:
        assert all((rule.title, rule.source, rule.read)), rule.id
        assert all((rule.failing, rule.passing)), rule.id


def test_providers_that_see_a_template_alike_are_asked_once() -> None:
    """One finding names both; with other limits each has its own finding."""
    template = a_template(content=("【示例】您好，订单已发货。",))
    alike = found_in(template, accounts={"main": {}, "spare": {}})
    assert [(p.rule, p.provider) for p in alike] == [(BRACKETS, "main, spare")]
    apart = found_in(template, accounts={"main": {}, "spare": {"max_templates": 9}})
    assert [(p.rule, p.provider) for p in apart] == [
        (BRACKETS, "main"),
        (BRACKETS, "spare"),
    ]


def test_a_text_is_looked_at_once_however_many_services_get_it() -> None:
    """Rules that name no service do not repeat themselves for every provider."""
    template = a_template(remark="")
    accounts: dict[str, dict[str, Any]] = {"main": {}, "spare": {"max_templates": 9}}
    found = found_in(template, accounts=accounts)
    assert [(p.rule, p.address, p.provider) for p in found] == [
        ("SF221", "template.login", "")
    ]


def test_a_template_is_only_checked_where_it_goes() -> None:
    """`providers:` of a definition decides whose rules apply."""
    template = a_template(content=("【示例】您好，订单已发货。",), providers=("spare",))
    accounts: dict[str, dict[str, Any]] = {"main": {}, "spare": {"max_templates": 9}}
    found = found_in(template, accounts=accounts)
    assert [problem.address for problem in found] == ["spare/template.login"]


def test_a_rule_is_silenced_for_a_template_or_for_the_project() -> None:
    """Both places work, for errors of a service's rules too."""
    wrong = a_template(content=("【示例】您好，订单已发货。",))
    assert ids(found_in(wrong)) == [BRACKETS]
    assert found_in(replace(wrong, lint_ignore=frozenset({BRACKETS}))) == ()
    assert found_in(wrong, lint_ignore=frozenset({BRACKETS})) == ()


def test_errors_of_the_definitions_cannot_be_silenced() -> None:
    """A file that cannot be read stays a problem; a mere warning does not."""
    error = Problem("SF101", Level.ERROR, HERE, "unreadable")
    warning = Problem("SF128", Level.WARNING, HERE, "folded")
    ignored = frozenset({"SF101", "SF128"})
    found = found_in(problems=(error, warning), lint_ignore=ignored)
    assert found == (error,)
    at_login = warning._replace(address="template.login")
    silent = a_template(lint_ignore=frozenset({"SF128"}))
    assert found_in(silent, problems=(error, at_login, warning)) == (error, warning)


def test_a_text_with_an_undeclared_name_is_left_to_the_definitions() -> None:
    """The missing parameter is their error; here it reads as nothing."""
    template = a_template(content=("您的订单", Placeholder("no"), "已发货。"))
    assert found_in(template) == ()


def test_an_error_of_a_signature_hides_no_template_of_its_key() -> None:
    """Only what is wrong with the template itself keeps it from being judged."""
    error = Problem("SF107", Level.ERROR, HERE, "wrong")
    empty = a_template(content=())
    told = found_in(empty)
    assert told
    signature = error._replace(address="signature.login")
    assert found_in(empty, problems=(signature,)) == (signature, *told)
    itself = error._replace(address="template.login")
    assert found_in(empty, problems=(itself,)) == (itself,)


def test_strict_takes_warnings_for_errors_and_leaves_the_rest() -> None:
    """An info stays an info."""
    template = a_template(remark="", content=("您的订单已发货！！",))
    levels = {p.rule: p.level for p in found_in(template, strict=True)}
    assert levels == {"SF221": Level.ERROR, "SF206": Level.INFO}


def test_silencing_what_is_no_rule_is_pointed_out() -> None:
    """In the project's file and in a definition alike; a real rule is not."""
    template = a_template(lint_ignore=frozenset({"SF998", "SF214", "SF101"}))
    found = found_in(template, lint_ignore=frozenset({"SF999"}))
    assert [(p.rule, p.at.file, p.at.line) for p in found] == [
        ("SF235", "smsform.yaml", 1),
        ("SF235", "templates.yaml", 3),
    ]
    assert "SF999" in found[0].message
    assert "SF998" in found[1].message


@pytest.mark.parametrize(
    ("written", "meant"), [("SF251", "SF215"), ("SF242", "SF241"), ("SF999", "")]
)
def test_the_rule_that_was_meant_is_named(written: str, meant: str) -> None:
    """Two digits exchanged, the next number; nothing where nothing is near."""
    found = found_in(a_template(lint_ignore=frozenset({written})))
    [hint] = [problem.hint for problem in found if problem.rule == "SF235"]
    assert ("did you mean" in hint) is bool(meant)
    assert meant in hint


def test_a_message_that_quotes_a_long_value_stays_short() -> None:
    """How it begins says whose it is, how it ends says what is wrong."""
    parameter = Parameter("code", "9" * 1900, HERE)
    template = a_template(
        content=("您的订单号", Placeholder("code"), "，请查收。"), params=(parameter,)
    )
    [problem] = [p for p in found_in(template) if p.rule == LENGTH]
    assert len(problem.message) <= 301
    assert problem.message.startswith("code: ")
    assert "1900 characters" in problem.message


def test_evidence_is_looked_at_where_it_is_named(tmp_path: Path) -> None:
    """Missing is a warning: licences do not belong in git, a build may lack them."""
    found = problems_of(
        "fake: {proof_image: huge.png, commission_image: gone.png, purpose: other}",
        Kind.SIGNATURE,
        tmp_path,
    )
    told = [(p.rule, p.level, p.at.column > 1) for p in found if p.rule >= "SF235"]
    assert told == [
        ("SF237", Level.ERROR, True),
        ("SF236", Level.WARNING, True),
    ]


@pytest.mark.parametrize("name", ["folder.png", "pipe.png", "loop.png", "x\0.png"])
def test_evidence_that_is_no_file_is_missing(name: str, tmp_path: Path) -> None:
    """Nothing is waited for and nothing raised."""
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "loop.png").symlink_to("loop.png")
    spec = specs()[UNGATED]
    key, *_ = spec.evidence(Kind.SIGNATURE)
    signature = Signature("shop", "示例", HERE, overrides={UNGATED: {key: name}})
    [paper] = evidence_files(signature, spec, looking(tmp_path))
    assert paper.missing


def test_problems_come_in_the_order_of_the_files() -> None:
    """Whatever the rule and the provider, a reader goes through a file once."""
    late, early = HERE._replace(line=9), HERE._replace(line=2)
    found = found_in(
        a_template("b", at=late, content_at=late, content=("【一】已发货",), remark=""),
        a_template(
            "a", at=early, content_at=early, content=("【二】已发货",), remark=""
        ),
    )
    assert [problem.at.line for problem in found] == [2, 2, 9, 9]


def test_templates_with_one_text_name_each_other_only_where_they_meet() -> None:
    """The same text at two providers is no waste of quota."""
    accounts: dict[str, dict[str, Any]] = {"main": {}, "spare": {}}
    both = a_template("a"), a_template("b")
    assert ids(found_in(*both, accounts=accounts)) == ["SF231", "SF231"]
    apart = a_template("a", providers=("main",)), a_template("b", providers=("spare",))
    assert found_in(*apart, accounts=accounts) == ()


def test_more_templates_than_the_account_holds_are_said_once() -> None:
    """The problem stands at the first one too many."""
    templates = [
        a_template(f"t{n}", content=(f"第{n}号订单已发货。",)) for n in range(5)
    ]
    found = found_in(*templates, accounts={"main": {"max_templates": 3}})
    assert [(p.rule, p.address) for p in found] == [("SF232", "main/template.t3")]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("code", "183029", "18 30"),
        ("number", "1,024.5", "many"),
        ("time", "3月5日14:30", "soon"),
        ("money", "¥12.50", "free"),
        ("plate", "粤B12345", "?"),
        ("tracking_number", "SF1234567890", "单号"),
        ("pickup_code", "3-2-1007", "取件 码"),
        ("phone", "4008001234", "call"),
        ("email", "a@example.com", "example.com"),
        ("link_suffix", "a1b2?c=3", "https://example.com"),
    ],
)
def test_samples_look_like_their_kind(kind: str, good: str, bad: str) -> None:
    """Each kind with a shape lets a value of daily use pass and stops another."""

    def broken(sample: str) -> set[str]:
        params = (Parameter("p", sample, HERE, kind=kind),)
        content = ("您好，您有一条新的消息：", Placeholder("p"), "，请及时查收。")
        return set(ids(found_in(a_template(content=content, params=params))))

    assert "SF225" not in broken(good)
    assert "SF225" in broken(bad)


def test_only_known_kinds_have_a_shape() -> None:
    """No kind of parameter is misspelled in the table."""
    assert set(LOOKS) < set(PARAMETER_KINDS)


@given(
    st.lists(st.one_of(st.text(max_size=30), st.just(Placeholder("p"))), max_size=6),
    st.text(max_size=30),
    st.sampled_from(TemplateType),
    st.booleans(),
)
def test_no_text_whatever_breaks_a_rule_s_own_code(
    content: list[str | Placeholder],
    sample: str,
    type: TemplateType,
    international: bool,
) -> None:
    """Untrusted text gets problems, never a traceback, and the same ones again."""
    template = a_template(
        type=type,
        content=tuple(content),
        international=international,
        params=(Parameter("p", sample, HERE),),
        samples={"other": {"p": sample * 2}},
    )
    found = found_in(template)
    assert found == found_in(template)
    assert all(problem.message for problem in found)
