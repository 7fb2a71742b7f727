"""``smsform rules``, as it is called."""

from __future__ import annotations

import json

import pytest

from projects import SERVICE
from smsform.cli import run
from smsform.errors import Level
from smsform.registry import specs
from smsform.report.terminal import safe
from smsform.validate import catalogue

# A rule of one service alone, whichever that is.
OWN = next(r.id for r in specs()[SERVICE].rules() if r.level is Level.ERROR)


def test_every_rule_is_listed_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a rule, no project needed."""
    assert run(["rules"]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    rules = catalogue(specs())
    assert header.split() == ["rule", "level", "about", "what", "it", "asks", "for"]
    assert [line.split()[:2] for line in lines] == [[r.id, r.level] for r in rules]
    assert all(line.endswith(r.title) for line, r in zip(lines, rules, strict=True))


def test_a_rule_is_explained_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Source, date, the service's code, what fails and what passes, in any case."""
    for rule in catalogue(specs()):
        assert run(["rules", rule.id.lower()]) == 0
        out = capsys.readouterr().out
        assert out.startswith(f"{rule.id}  {rule.title}\n")
        assert f"{rule.source}, read {rule.read}" in out
        for text in (rule.code, rule.level, *rule.failing.split("\n")):
            assert safe(text) in out


def test_an_explanation_says_how_to_silence_a_rule(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All but the errors of definitions, which leave nothing to submit."""
    assert run(["rules", "SF221"]) == 0
    assert "lint_ignore: [SF221]" in capsys.readouterr().out
    assert run(["rules", "SF112"]) == 0
    assert "cannot be silenced" in capsys.readouterr().out


def test_several_rules_are_explained_one_after_the_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In the order asked for."""
    assert run(["rules", OWN, "SF201"]) == 0
    out = capsys.readouterr().out
    assert out.index(f"{OWN}  ") < out.index("\n\nSF201  ")


def test_json_holds_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    """All of it, or what was asked for."""
    assert run(["rules", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["smsform_rules"] == 1
    assert [r["id"] for r in document["rules"]] == [r.id for r in catalogue(specs())]
    assert run(["rules", OWN, "--format", "json"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)["rules"]
    assert rule["level"] == "error"
    assert rule["read"].startswith("20")
    assert rule["failing"] != rule["passing"]


@pytest.mark.parametrize("id", ["SF3O1", "nonsense", "\x1b[31m"])
def test_an_unknown_rule_is_answered_with_near_ones(
    capsys: pytest.CaptureFixture[str], id: str
) -> None:
    """No traceback, and what to do next."""
    assert run(["rules", id]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "no rule " in err
    assert ("did you mean SF" in err) or ("`smsform rules` lists them all" in err)
    assert "\x1b" not in err
