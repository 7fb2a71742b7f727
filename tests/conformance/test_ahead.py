"""The first pages are asked for before the state file is read; nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from bench.projects import write_config, write_own
from bench.server import entry
from projects import UNGATED, demo_keys
from smsform import Project
from smsform.clock import SystemClock
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.errors import SmsformError, StateError, WrongUsage
from smsform.project.ahead import read_ahead
from smsform.project.desired.attributes import desired_of
from smsform.project.planning import Choice, Planned
from smsform.project.workspace import open_store
from smsform.provider import CallRecord
from smsform.registry import specs
from smsform.state import FileState, State

COUNT = 150  # two pages


class Applied(NamedTuple):
    """A project that a served emulator holds, and its state file."""

    root: Path
    state: Path

    def plan(self, *providers: str) -> tuple[Planned, list[CallRecord]]:
        """What a plan finds, and the calls it made."""
        calls: list[CallRecord] = []
        choice = Choice(providers=providers)
        return Project.load(self.root).plan(choice, on_call=calls.append), calls

    def refused(self, *providers: str) -> tuple[SmsformError, list[CallRecord]]:
        """The error a plan ends with, and the calls it made."""
        calls: list[CallRecord] = []
        choice = Choice(providers=providers)
        with pytest.raises(SmsformError) as caught:
            Project.load(self.root).plan(choice, on_call=calls.append)
        return caught.value, calls


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    """All it defines is there, approved, and adopted."""
    spec, root = specs()[UNGATED], tmp_path_factory.mktemp("ahead")
    write_own(root, COUNT, spec)
    project = Project.load(root)
    settings = {"review": "manual", "pace": False}
    config = replace(project.config.providers[UNGATED], emulator=settings)
    service = spec.emulator(Store(None), SystemClock(), config)
    service.seed(map(entry, desired_of(project, UNGATED).values()))
    with serve(service) as server:
        write_config(root, spec, server.url)
        project = Project.load(root)
        with pytest.MonkeyPatch.context() as environment:
            _set_keys(environment)
            project.apply()
        yield Applied(root, project.config.state)


def _set_keys(environment: pytest.MonkeyPatch) -> None:
    for name, value in demo_keys(UNGATED).items():
        environment.setenv(name, value)


@pytest.fixture
def applied(whole: Applied, monkeypatch: pytest.MonkeyPatch) -> Iterator[Applied]:
    """The same, for a test that damages the state file."""
    _set_keys(monkeypatch)
    text = whole.state.read_text("utf-8")
    yield whole
    whole.state.write_text(text, "utf-8")


def test_a_call_goes_out_before_the_state_is_read(
    applied: Applied, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is read when the first answer is there already."""
    answered, load, seen = Event(), FileState.load, []

    def slowly(store: FileState) -> State:
        if store.path == applied.state:
            seen.append(answered.wait(10))
        return load(store)

    monkeypatch.setattr(FileState, "load", slowly)
    Project.load(applied.root).plan(on_call=lambda call: answered.set())
    assert seen == [True]


@pytest.mark.parametrize("seen", [True, False])
def test_what_can_wait_for_the_calls_is_done_before_the_state_is_read(
    applied: Applied, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    """Without a look at the file its calls come first, and begin when it is read."""
    done, load = list[str](), FileState.load

    def loaded(store: FileState) -> State:
        done.append("load")
        return load(store)

    monkeypatch.setattr(FileState, "load", loaded)
    if not seen:
        monkeypatch.setattr(FileState, "glimpse", lambda store, providers: {})
    project = Project.load(applied.root)
    with read_ahead(
        project, open_store(project), [UNGATED], meanwhile=lambda: done.append("join")
    ) as (_, accounts):
        assert [*accounts] == [UNGATED]
    assert ("join" in done) is seen
    assert done[0] == ("join" if seen else "load")


def test_what_is_known_ahead_changes_no_plan(
    applied: Applied, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With and without a look at the state file: the same plan by the same calls."""
    (one, calls) = applied.plan()
    monkeypatch.setattr(FileState, "glimpse", lambda store, providers: {})
    (other, others) = applied.plan()

    def shown(planned: Planned) -> object:
        [part] = planned.plan.providers
        return [*part.lines], part.block, part.unmanaged, part.quotas, part.orphans

    assert len(one.plan.providers[0].lines) == COUNT + 1
    assert shown(one) == shown(other)
    actions = [sorted(call.action for call in each) for each in (calls, others)]
    assert actions[0] == actions[1]


@pytest.mark.parametrize(
    ("was", "now", "asked"),
    [
        ('"id": "', '"id": "\\u001b', True),
        ('"origin": "adopted"', '"origin": "made"', True),
        (f'  "{UNGATED}": {{', '  "elsewhere": {', False),
        ('"smsform": 1\n}\n', '"smsform": 1\n}\n<<<<<<< ours\n', False),
        ('"smsform": 1', '"smsform": 2', False),
        ('   "identity": {', '   "identity": [', False),
        (f'"type": "{UNGATED}"', '"type": 1', False),
    ],
)
def test_a_wrong_state_file_ends_in_its_own_error(
    applied: Applied, was: str, now: str, asked: bool
) -> None:
    """Whatever the service answers; where a look shows it, it is not even asked."""
    text = applied.state.read_text("utf-8")
    assert was in text
    applied.state.write_text(text.replace(was, now, 1), "utf-8")
    error, calls = applied.refused()
    with pytest.raises(StateError) as read_alone:
        Project.load(applied.root).state()
    assert error.message() == read_alone.value.message()
    assert asked or not calls


def test_a_state_of_another_place_asks_nobody(applied: Applied) -> None:
    """Its entries are elsewhere: the configured account is not even read."""
    text = applied.state.read_text("utf-8")
    assert '"endpoint": "service"' in text
    changed = text.replace('"endpoint": "service"', '"endpoint": "emulator"')
    applied.state.write_text(changed, "utf-8")
    planned, calls = applied.plan()
    assert isinstance(planned.plan.providers[0].error, StateError)
    assert not calls


def test_errors_keep_their_order(applied: Applied) -> None:
    """The state's before that of a provider nobody configured; nobody is asked."""
    error, calls = applied.refused("elsewhere")
    assert isinstance(error, WrongUsage)
    assert not calls
    applied.state.write_text("[]", "utf-8")
    error, calls = applied.refused("elsewhere")
    assert isinstance(error, StateError)
    assert not calls
