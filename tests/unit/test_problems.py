"""Problems to text and JSON."""

from __future__ import annotations

import json
import re

from smsform.errors import Level, Position, Problem
from smsform.report.problems import as_json, as_text, counted, once, summary
from smsform.report.terminal import Style


def a_problem(
    file: str = "a.yaml",
    line: int = 1,
    level: Level = Level.ERROR,
    message: str = "what",
    hint: str = "",
    rule: str = "SF101",
) -> Problem:
    """A problem; override what matters."""
    return Problem(rule, level, Position(file, line, 3), message, hint, "template.a")


SOME = (
    a_problem("b.yaml", 7, Level.WARNING, "too long", "shorten it", "SF212"),
    a_problem("a.yaml", 12, message="no such key", hint="did you mean content?"),
    a_problem("a.yaml", 2, Level.INFO, "white space dropped", rule="SF201"),
)


def test_problems_are_grouped_by_file_in_order_and_counted() -> None:
    """A reader goes from top to bottom of each file; the hint stands below."""
    assert as_text(SOME) == (
        "a.yaml:2:3: info SF201: white space dropped\n"
        "a.yaml:12:3: error SF101: no such key\n"
        "    did you mean content?\n"
        "\n"
        "b.yaml:7:3: warning SF212: too long\n"
        "    shorten it\n"
        "\n"
        "1 error, 1 warning, 1 note"
    )


def test_what_reads_the_same_at_several_providers_is_there_once() -> None:
    """In text; JSON has each, with its provider."""
    ours = [a_problem()._replace(provider=name) for name in ("a", "b")]
    other = a_problem(message="other")._replace(provider="b")
    assert as_text([*ours, other]) == (
        "a.yaml:1:3: error SF101: what (a, b)\n"
        "a.yaml:1:3: error SF101: other (b)\n\n2 errors"
    )
    assert [each.provider for each in once([*ours, other])] == ["a, b", "b"]
    assert len(json.loads(as_json([*ours, other]))["problems"]) == 3
    assert len(once([a_problem()] * 2)) == 2  # of no provider: not ours to judge


def test_two_places_made_of_one_anchor_name_a_provider_once() -> None:
    """``a: *base`` and ``b: *base`` stand at one place, each with the same problem."""
    first = a_problem()._replace(address="template.a", provider="one, two")
    second = first._replace(address="template.b", provider="one, two")
    third = first._replace(address="template.b", provider="three")
    [problem] = once([first, second, third])
    assert problem.provider == "one, two, three"


def test_counts_have_the_right_number() -> None:
    """One error, two errors; levels that do not occur are not named."""
    assert counted([a_problem()] * 2) == "2 errors"
    assert counted([a_problem(level=Level.WARNING)] * 3 + [a_problem()]) == (
        "1 error, 3 warnings"
    )
    assert counted([]) == "no problems"
    assert summary([]) == {"error": 0, "warning": 0, "info": 0}


def test_levels_are_coloured_when_asked_for() -> None:
    """Red for what stops a plan; the words do not change."""
    coloured = as_text(SOME, Style(True))
    assert "\x1b[31merror SF101\x1b[39m" in coloured
    assert "\x1b[33mwarning SF212\x1b[39m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == as_text(SOME)


HOSTILE = "\x1b[31m`rm`\u202e</script>\nError: 0\ud800\x9b"
SHOWN = r"\x1b[31m`rm`\u202e</script>\nError: 0\ud800\x9b"


def test_hostile_problems_are_shown_as_those_very_characters() -> None:
    """No line can be forged, no colour set, whichever field comes from a file."""
    problem = a_problem(HOSTILE, 1, Level.ERROR, HOSTILE, HOSTILE, HOSTILE)
    assert as_text([problem]) == (
        f"{SHOWN}:1:3: error {SHOWN}: {SHOWN}\n    {SHOWN}\n\n1 error"
    )
    document = as_json([problem])
    assert json.loads(document)["problems"][0]["message"] == HOSTILE
    assert not set(document) & set("\x1b\u202e\ud800\x9b")


def test_json_is_versioned_and_whole() -> None:
    """Every field of every problem in the order given, and a summary."""
    document = json.loads(as_json(SOME))
    assert document["smsform_problems"] == 1
    assert document["problems"][0] == {
        "rule": "SF212",
        "level": "warning",
        "file": "b.yaml",
        "line": 7,
        "column": 3,
        "message": "too long",
        "hint": "shorten it",
        "address": "template.a",
        "provider": "",
    }
    assert len(document["problems"]) == 3
    assert document["summary"] == {"error": 1, "warning": 1, "info": 1}
