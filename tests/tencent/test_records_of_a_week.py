"""Receipts further back than the records of 72 hours: by the pull, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.project import Project
from conformance.sendable import NUMBER, a_project
from smsform.emulation.faults import FaultKind
from smsform.providers.tencent import SPEC, wire

DAY = 24 * 3600.0


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A message of four days ago."""
    project = a_project(tmp_path, SPEC.type)
    assert project("send", "shipped", "--to", NUMBER, "--yes").code == 0
    project.clock.sleep(4 * DAY)
    return project


def test_the_pull_goes_further_back(project: Project) -> None:
    """Where support has enabled it."""
    told = project("receipts", "--to", NUMBER, "--since", "6d", "--format", "json")
    assert [each["delivery"] for each in told.json["receipts"]] == ["delivered"]


def test_records_of_72_hours_do_not_pass_for_six_days(project: Project) -> None:
    """Where the pull is refused: what can be asked for is said instead."""
    project.fault(
        FaultKind.REFUSE, wire.PULL_BY_NUMBER, code="UnsupportedOperation", times=9
    )
    told = project("receipts", "--to", NUMBER, "--since", "6d")
    assert told.code == 1
    assert "--since 72h" in told.err
    assert NUMBER not in told.err
    assert project("receipts", "--to", NUMBER, "--since", "72h").code == 0
    assert project("receipts", "--to", NUMBER, "--since", "3d").code == 0
