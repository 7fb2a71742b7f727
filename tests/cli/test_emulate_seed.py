"""``smsform emulate seed``: entries that nobody submitted, at every service."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.project import Project
from smsform.registry import specs


@pytest.mark.parametrize("type", specs())
def test_generated_templates_are_spelled_as_their_service_wants(
    type: str, tmp_path: Path
) -> None:
    """Each has one variable there, and import makes a parameter of it."""
    project = Project(tmp_path, type)
    assert project("emulate", "seed", "--generate", "3").code == 0
    texts = [entry.text for entry in project.store.everything()]
    assert len({*texts}) == 3
    assert [len(specs()[type].order(text)) for text in texts] == [1, 1, 1]
    assert project("import").code == 0
    assert "3 settled" in project("plan").out  # the signature is the project's own
