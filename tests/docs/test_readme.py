"""The README says what is so: its commands, its keys, its generated parts."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from generate import PARTS, README, regenerated

from smsform.model import PARAMETER_KINDS, TemplateType
from smsform.plan import Action
from smsform.provider import ProviderConfig
from smsform.registry import built_in

TEXT = README.read_text(encoding="utf-8")
# click words its help differently from version to version; .ci/run compares that part.
STEADY = sorted(PARTS.keys() - {"help"})


@pytest.mark.parametrize("name", ["try", "test"])
def test_each_command_is_one_line_to_paste(name: str) -> None:
    """A command stands alone in its block and makes the environment it needs."""
    block = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)```", TEXT, re.DOTALL)
    assert block
    [line] = block[1].splitlines()
    assert line.startswith("python3 -m venv .venv && ")


@pytest.mark.parametrize("name", STEADY)
def test_generated_parts_are_fresh(name: str) -> None:
    """What the code knows better is as the code has it."""
    assert f"<!-- generated: {name} -->" in TEXT
    assert regenerated(TEXT, {name: PARTS[name]}) == TEXT


def test_every_key_is_explained() -> None:
    """Nothing a project may write is missing from the reference."""
    keys = {field.name for field in fields(ProviderConfig)} - {"name", "options"}
    for spec in built_in().values():
        keys |= spec.options | spec.limits.keys()
        for of_kind in spec.keys.values():
            keys |= {f"{spec.type}.{key}" for key in of_kind}
    words = {*keys, *PARAMETER_KINDS, *TemplateType}
    assert [word for word in sorted(words) if f"`{word}`" not in TEXT] == []


def test_every_action_is_explained() -> None:
    """The plan table and the notes under it name whatever a plan can say."""
    named = [action for action in Action if action is not Action.NONE]
    assert [action for action in named if action not in TEXT] == []
