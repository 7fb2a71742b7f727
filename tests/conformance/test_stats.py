"""``stats``: the counts agree with what was sent, by day and by hour in Beijing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conformance.project import Project
from conformance.sendable import SENDING, a_project, calls_made
from smsform.registry import specs
from smsform.report.schemas import schema

YES = ("--yes", "--format", "json")


@pytest.fixture(params=SENDING)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Three messages at noon, of which one fails, and one an hour later."""
    project = a_project(tmp_path, request.param)
    numbers = ("--to", "13900139000,13900139009,13900140001")
    assert project("send", "shipped", *numbers, *YES).code == 0
    project.clock.sleep(3600)
    assert project("send", "shipped", "--to", "13900139008", *YES).code == 0
    project.clock.sleep(60)
    return project


def is_hourly(type: str) -> bool:
    """Whether this service counts by hour."""
    sending = specs()[type].sending
    return sending is not None and sending().hourly


def test_a_day_is_what_was_sent_on_it(project: Project) -> None:
    """Billed, delivered, failed; the other days are empty or not there."""
    result = project("stats", "--format", "json")
    assert result.code == 0, result.err
    Draft202012Validator(schema("stats")).validate(result.json)
    counts = [c for c in result.json["counts"] if c["segments"]]
    [day] = counts
    assert (day["segments"], day["delivered"], day["failed"]) == (4, 3, 1)
    assert day["accepted"] in (None, 4)
    assert "2026-12-0" in day["begin"] or day["begin"] > "2026-12"


def test_hours_are_told_apart_or_refused(project: Project) -> None:
    """Where a service counts by day only, that is said."""
    result = project("stats", "--by", "hour", "--format", "json")
    if not is_hourly(project.type):
        assert result.code == 1
        assert "by day only" in result.err
        return
    hours = [c for c in result.json["counts"] if c["segments"]]
    assert [c["segments"] for c in hours] == [3, 1]
    assert [c["delivered"] for c in hours] == [2, 1]
    assert sum(sum(c["failures"].values()) for c in hours) == 1


def test_a_table_and_a_file_for_spreadsheets(project: Project) -> None:
    """The same numbers; in Chinese as well."""
    assert "2026-12" in project("stats").out
    assert "计费条数" in project("stats", "--lang", "zh").out
    rows = list(csv.DictReader(io.StringIO(project("stats", "--format", "csv").out)))
    assert sum(int(row["segments"] or 0) for row in rows) == 4


def test_the_package_says_what_is_left(project: Project) -> None:
    """Where domestic messages need one."""
    sending = specs()[project.type].sending
    assert sending is not None
    packages = project("stats", "--format", "json").json["packages"]
    assert bool(packages) is sending().packaged
    for package in packages:
        assert package["left"] == package["amount"] - package["used"]
        assert package["used"] == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "yesterday"),
        ("--from", "2026-13-01"),
        ("--to", "2026-02-30"),
        ("--from", "2026-11-02", "--to", "2026-11-01"),
        ("--from", "2099-01-01"),
        ("--from", "9999-12-31"),
        ("--from", "9999-12-31T23", "--to", "9999-12-31"),
        ("--from", "2020-01-01"),
        ("--from", "2026-11-01", "--by", "hour"),
        ("--provider", "q"),
        ("--by", "week"),
    ],
)
def test_bad_input_is_an_error_before_any_call(
    project: Project, arguments: tuple[str, ...]
) -> None:
    """Clear, on stderr."""
    before = calls_made(project)
    result = project("stats", *arguments)
    assert result.code in (1, 64)
    assert result.err
    assert result.out == ""
    assert calls_made(project) == before
