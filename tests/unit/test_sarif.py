"""Problems as SARIF, by the schema that OASIS publishes and by what viewers do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from smsform.errors import ConfigError, Level, Position, Problem
from smsform.registry import specs
from smsform.report.sarif import as_sarif
from smsform.report.terminal import safe
from smsform.validate import catalogue

# Its source and licence stand beside it.
SCHEMA = Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json"
OFFICIAL = Draft4Validator(
    json.loads(SCHEMA.read_text("utf-8")), format_checker=Draft4Validator.FORMAT_CHECKER
)
RULES = catalogue(specs())


def run_of(*problems: Problem, **more: Any) -> Any:
    """The only run of a log; the official schema has nothing against it."""
    log = json.loads(as_sarif(problems, more.pop("rules", RULES[:3]), **more))
    for error in OFFICIAL.iter_errors(log):
        raise AssertionError(f"{error.json_path}: {error.message}")
    return log["runs"][0]


def a_problem(
    rule: str = "SF102", line: int = 3, message: str = "wrong", **more: Any
) -> Problem:
    at = Position(more.pop("file", "t.yaml"), line, 5)
    return Problem(rule, more.pop("level", Level.ERROR), at, message, **more)


def mark(problem: Problem, *before: Problem) -> str:
    """The fingerprint of *problem*, found after others."""
    result = run_of(*before, problem)["results"][-1]
    fingerprint: str = result["partialFingerprints"]["smsform/v1"]
    return fingerprint


def test_the_whole_catalogue_is_valid() -> None:
    """Every rule with its level, source, help and examples."""
    run = run_of(rules=RULES)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in RULES]
    for rule, said in zip(RULES, rules, strict=True):
        assert said["shortDescription"]["text"] == rule.title
        for example in (rule.failing, rule.passing):
            for line in example.splitlines():
                assert safe(line) in said["help"]["text"]
                assert safe(line) in said["help"]["markdown"]
    assert run["invocations"][0]["exitCode"] == 0


def test_a_result_says_where_how_bad_and_what_to_do() -> None:
    """The rule by its place in the list, the file from the root of the repository."""
    problem = a_problem(
        "SF103",
        file="短信/a b.yaml",
        level=Level.INFO,
        hint="mend it",
        address="template.login",
    )
    run = run_of(problem)
    [result] = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "SF103"
    assert (result["ruleId"], result["level"]) == ("SF103", "note")
    assert result["message"]["text"] == "wrong\nmend it"
    [location] = result["locations"]
    place = location["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "短信/a b.yaml"
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert place["region"] == {"startLine": 3, "startColumn": 5}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "template.login"}]


def test_columns_count_what_positions_count() -> None:
    """Code points: an emoji before the place is one, not two."""
    assert run_of()["columnKind"] == "unicodeCodePoints"


def test_the_exit_code_is_that_of_the_command() -> None:
    """Problems found are a success of the tool; only errors end it with 1."""
    for level, code in ((Level.WARNING, 0), (Level.ERROR, 1)):
        [invocation] = run_of(a_problem(level=level))["invocations"]
        assert invocation["executionSuccessful"] is True
        assert invocation["exitCode"] == code


def test_a_project_that_cannot_be_read_is_a_failure_of_the_run() -> None:
    """No result, but a notification that says why."""
    run = run_of(failure=ConfigError("smsform.yaml", "no such file", "make one"))
    assert run["results"] == []
    [invocation] = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 1)
    [said] = invocation["toolConfigurationNotifications"]
    assert said["message"]["text"] == "smsform.yaml: no such file\nmake one"


@given(st.text(), st.text(), st.text(min_size=1))
def test_any_text_makes_a_valid_log(message: str, hint: str, file: str) -> None:
    """Nothing in it is a link or moves a terminal, and the path is a path still."""
    problem = a_problem(message=message, hint=hint, file=safe(file).lstrip("/") or "f")
    [result] = run_of(problem)["results"]
    text = result["message"]["text"]
    assert "](" not in text
    assert all(safe(line) == line for line in text.split("\n"))


@given(st.binary(min_size=1))
def test_any_name_of_a_file_is_kept(name: bytes) -> None:
    """Old ones are no UTF-8, as git and the file system have them all the same."""
    name = name.lstrip(b"/") or b"f"
    problem = a_problem(file=name.decode(errors="surrogateescape"))
    [location] = run_of(problem)["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == name


def test_a_result_keeps_its_fingerprint_when_lines_move() -> None:
    """Nor does the language matter, or another problem elsewhere."""
    first = a_problem(address="template.a")
    moved = a_problem(address="template.a", line=99, message="不对")
    other = a_problem(address="template.b")
    assert mark(first) == mark(moved) == mark(moved, other)
    others = mark(other), mark(a_problem("SF101")), mark(first, first)
    assert len({mark(first), *others}) == 4


@given(
    st.lists(
        st.builds(
            a_problem,
            st.sampled_from(["SF101", "SF102"]),
            st.integers(1, 9),
            address=st.sampled_from(["", "template.a", "template.b"]),
            provider=st.sampled_from(["", "one"]),
        ),
        max_size=12,
    )
)
def test_no_two_results_share_a_fingerprint(problems: list[Problem]) -> None:
    """Else a viewer would take one for the other."""
    marks = [
        result["partialFingerprints"]["smsform/v1"]
        for result in run_of(*problems)["results"]
    ]
    assert len(set(marks)) == len(problems)
