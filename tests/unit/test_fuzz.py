"""Whatever stands in a file: it is read, or refused in words, and nothing else.

The files that once were not are kept in ``tests/data/broken``, by what reads them.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutations import misshapen, mutated
from smsform.config import load as load_config
from smsform.definitions import load as load_definitions
from smsform.errors import ConfigError, DefinitionError, Level, StalePlan, StateError
from smsform.model import Address, Kind
from smsform.plan.file import SavedPlan, fingerprint
from smsform.plan.file import load as load_plan
from smsform.preview import preview
from smsform.provider import Context
from smsform.registry import specs
from smsform.report.problems import as_json, as_text
from smsform.report.terminal import safe
from smsform.state import FileState, State
from smsform.validate import check

KEPT = Path(__file__).parents[1] / "data" / "broken"
EXAMPLE = Path(__file__).parents[2] / "templates.example"
CONFIG = (EXAMPLE / "smsform.yaml").read_text(encoding="utf-8")
DEFINITIONS = "\n".join(
    (EXAMPLE / name).read_text(encoding="utf-8")
    for name in ("signatures.yaml", "templates/account.yaml")
)
VERSION = {
    "id": "1100001",
    "origin": "submitted",
    "name": "登录",
    "review": "approved",
    "submitted": {"TemplateContent": "{1}为验证码", "SmsType": 3},
    "gone": False,
    "parameters": ["code"],
    "assumed": ["SmsType"],
    "at": "2026-11-21T12:00:00+00:00",
    "by": "me",
    "commit": "0123abc",
}
STATE = {
    "smsform": 1,
    "providers": {
        "p": {
            "identity": {"type": "t", "site": "domestic", "endpoint": "emulator"},
            "entries": {
                "template.login": {
                    "versions": [VERSION, {**VERSION, "id": "1100002"}],
                    "active": "1100001",
                    "active_since": "2026-11-21T12:00:00+00:00",
                    "protected": True,
                },
            },
            "intents": {
                "signature.shop": {
                    "action": "create",
                    "name": "示例",
                    "known": ["1"],
                    "international": False,
                    "submitted": {"SignName": "示例"},
                    "at": "2026-11-21T12:00:00+00:00",
                },
            },
        },
    },
}
PLAN = {
    "smsform_plan": 1,
    "version": "0.1.0",
    "providers": {"p": {"type": "t", "site": "domestic", "region": "r"}},
    "options": {
        "targets": ["p/template.a"],
        "resubmit": [],
        "retire": [],
        "prune": False,
        "allow_changes": None,
        "allow_deletes": 4,
    },
    "changes": [
        {
            "address": "p/template.a",
            "action": "create",
            "reason": "new",
            "id": "",
            "before": {},
            "after": {"TemplateContent": "x", "SmsType": 3},
            "name": "a",
            "international": False,
            "parameters": ["code"],
            "existing_digest": "",
        },
    ],
}


def as_file(document: Any) -> str:
    """JSON as people and Python write it, NaN and lone surrogates included."""
    return json.dumps(document)


def kept(kind: str) -> list[Any]:
    """The files that once broke the reader of *kind*."""
    found = sorted((KEPT / kind).iterdir())
    return [pytest.param(path.read_bytes(), id=path.name) for path in found]


def _one_line(message: str) -> None:
    """A refusal says something, and does not quote the whole file."""
    assert 0 < len(safe(message)) < 600


def read_state(folder: Path, data: bytes) -> None:
    """Refused in one line, or read, written and read again, all the same."""
    path = folder / "s.json"
    path.write_bytes(data)
    try:
        state = FileState(path).load()
    except StateError as error:
        _one_line(error.message())
        return
    assert isinstance(state, State)
    again = FileState(folder / "again.json")
    again.save(state)
    blocks = {k: b for k, b in state.blocks.items() if b.records or b.intents}
    assert again.load() == State(blocks)


def read_plan(folder: Path, data: bytes) -> None:
    """Refused in one line, or a plan whose fields are what they must be."""
    path = folder / "plan.json"
    path.write_bytes(data)
    try:
        saved = load_plan(path)
    except StalePlan as error:
        _one_line(error.message())
        return
    assert isinstance(saved, SavedPlan)
    for change in saved.changes:
        assert isinstance(change.address, Address)
        assert change.address.provider in saved.identities
        assert isinstance(change.after, dict)
    assert isinstance(saved.options.allow_changes, int | None)


def read_project(folder: Path, name: str, data: bytes) -> None:
    """Problems with a place each, or definitions that rules and preview can use."""
    (folder / "smsform.yaml").write_text(CONFIG, encoding="utf-8")
    (folder / "signatures.yaml").write_text(DEFINITIONS, encoding="utf-8")
    (folder / name).write_bytes(data)
    try:
        config = load_config(folder, {}, specs())
    except (ConfigError, DefinitionError) as error:
        _one_line(error.message())
        return
    definitions = load_definitions(config, specs())
    problems = check(definitions, config, specs())
    for problem in problems:
        assert problem.at.line >= 1
        assert problem.at.column >= 1
        assert problem.message
    as_text(problems).encode(errors="backslashreplace")
    json.loads(as_json(problems))
    if any(problem.level is Level.ERROR for problem in definitions.problems):
        return
    for template in definitions.templates.values():
        preview(template, definitions, config, specs(), list(config.providers))
    for provider in config.providers.values():
        context = Context(provider)
        for kind, group in (
            (Kind.TEMPLATE, definitions.templates),
            (Kind.SIGNATURE, definitions.signatures),
        ):
            for key, each in group.items():
                address = Address(provider.name, kind, key)
                specs()[provider.type].desired(address, each, context)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files are put; the same for every example."""
    return tmp_path_factory.mktemp("fuzz")


def sealed(document: Any) -> str:
    """A plan file with the digest it should have."""
    with contextlib.suppress(AttributeError, RecursionError):
        document["digest"] = fingerprint(document)
    return as_file(document)


def test_the_files_that_are_spoilt_are_fine(folder):
    """What the mutations begin with is read, or they would prove little."""
    path = folder / "fine.json"
    path.write_text(as_file(STATE))
    assert len(FileState(path).load().addresses()) == 1
    path.write_text(sealed(dict(PLAN)))
    assert len(load_plan(path).changes) == 1
    read_project(folder, "signatures.yaml", DEFINITIONS.encode())


@given(data=mutated(as_file(STATE)) | mutated(json.dumps(STATE, ensure_ascii=False)))
def test_a_spoilt_state_file(data, folder):
    """Bytes lost, doubled, moved, replaced."""
    read_state(folder, data)


@given(document=misshapen(STATE))
def test_a_misshapen_state_file(document, folder):
    """Valid JSON of another shape."""
    read_state(folder, as_file(document).encode())


@given(data=mutated(sealed(dict(PLAN))))
def test_a_spoilt_plan_file(data, folder):
    """Mostly the digest finds it; nothing may break before."""
    read_plan(folder, data)


@given(document=misshapen(PLAN))
def test_a_misshapen_plan_file(document, folder):
    """With a digest that fits."""
    read_plan(folder, sealed(document).encode())


@given(data=mutated(DEFINITIONS))
def test_a_spoilt_definition_file(data, folder):
    """Every problem has a place; what is left can be previewed and planned."""
    read_project(folder, "signatures.yaml", data)


@given(data=mutated(CONFIG))
def test_a_spoilt_configuration(data, folder):
    """The same for smsform.yaml."""
    read_project(folder, "smsform.yaml", data)


@given(data=st.binary(max_size=200))
def test_any_bytes(data, folder):
    """Files of something else altogether."""
    read_state(folder, data)
    read_plan(folder, data)
    read_project(folder, "signatures.yaml", data)
    read_project(folder, "smsform.yaml", data)
