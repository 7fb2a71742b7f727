"""The checks of ``doctor`` on the project itself: files, state, lock, evidence."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import asdict

from smsform.errors import (
    ConfigError,
    DefinitionError,
    Level,
    Problem,
    ProviderError,
    SmsformError,
)
from smsform.model import Address, Check, Health
from smsform.project.desired.attributes import desired_of
from smsform.project.workspace import Workspace, load_state, state_files
from smsform.state import State, StateStore
from smsform.version import __version__
from smsform.words import counted, say


def failed(topic: str, error: SmsformError) -> Check:
    """The check that ended in *error*."""
    todo = error.hint()
    if not todo and isinstance(error, ProviderError):
        answered = bool(error.request_id)
        todo = say("doctor.answered_todo" if answered else "doctor.unanswered_todo")
    return Check(topic, Health.FAIL, error.message(), todo)


def versions() -> Check:
    """The versions of smsform and of Python, and the platform."""
    found = say(
        "doctor.versions",
        smsform=__version__,
        python=platform.python_version(),
        platform=platform.system(),
    )
    return Check("versions", Health.OK, found)


def _first(sentence: str, errors: Sequence[Problem]) -> str:
    first = f"{errors[0].at}: {errors[0].message}"
    number = counted("problems.error", len(errors))
    return say(f"doctor.{sentence}", errors=number, first=first)


def broken_config(error: SmsformError) -> Check:
    """A check that smsform.yaml fails, with the first problem."""
    if not isinstance(error, DefinitionError):
        return failed("project", error)
    found = _first("config_problems", error.problems)
    return Check("project", Health.FAIL, found, error.problems[0].hint)


def defined(project: Workspace) -> Check:
    """Counts definitions and providers; fails with the first problem there is."""
    if errors := _errors(project):
        found = _first("project_problems", errors)
        return Check("project", Health.FAIL, found, say("doctor.project_problems_todo"))
    found = say(
        "doctor.project",
        templates=len(project.definitions.templates),
        signatures=len(project.definitions.signatures),
        providers=len(project.config.providers),
    )
    if not project.config.providers:
        return Check("project", Health.WARN, found, say("doctor.no_providers_todo"))
    return Check("project", Health.OK, found)


def remembered(project: Workspace, store: StateStore) -> tuple[State, list[Check]]:
    """The state, empty when unreadable; and whether it can be read and written."""
    path = project.config.state
    try:
        state = load_state(project, store)
    except SmsformError as error:
        return State(), [failed("state", error)]
    checks = []
    count, used = len(state.addresses()), _used(project)
    named = ", ".join(map(str, used))
    if count or any(each.exists() for each in used):
        found = say("doctor.state", path=named, addresses=count)
    else:
        found = say("doctor.state_absent", path=named)
    checks.append(Check("state", Health.OK, found))
    unanswered = [
        str(Address(provider, *slot))
        for provider, block in state.blocks.items()
        for slot in block.intents
    ]
    if unanswered:
        found = say("doctor.state_open", addresses=", ".join(unanswered))
        checks.append(Check("state", Health.WARN, found, say("doctor.state_open_todo")))
    writable = [path if path.exists() else path.parent, path.parent]
    if not all(os.access(each, os.W_OK) for each in writable):
        found = say("doctor.state_unwritable", path=path)
        todo = say("doctor.state_unwritable_todo")
        checks.append(Check("state", Health.FAIL, found, todo))
    return state, checks


def _used(project: Workspace) -> list[Path]:
    """The state files that the configured providers have a part in."""
    emulated = [each.emulated for each in project.config.providers.values()]
    committed, apart = state_files(project)
    found = [] if emulated and all(emulated) else [committed]
    return [*found, apart] if any(emulated) else found


def locks(store: StateStore) -> Iterator[Check]:
    """The runs that hold a lock, each once; or that there is none."""
    free, told = True, set()
    try:
        for path, condition in store.locks():
            holder = condition.holder
            if holder is None:
                continue
            run = (holder.owner, holder.host, holder.pid)
            if run in told:
                continue
            free = False
            told.add(run)
            fields = {"path": path, **asdict(holder)}
            if condition.alive:
                todo = say("doctor.lock_held_todo", **fields)
                found = say("doctor.lock_held", **fields)
                yield Check("lock", Health.WARN, found, todo)
            else:
                yield Check("lock", Health.OK, say("doctor.lock_left", **fields))
    except OSError as error:
        free, what = False, error.strerror or str(error)
        found = say("doctor.lock_unreadable", path=error.filename, what=what)
        yield Check("lock", Health.WARN, found)
    if free:
        yield Check("lock", Health.OK, say("doctor.lock_free"))


def evidence(project: Workspace, names: Sequence[str]) -> Iterator[Check]:
    """Whether the files that definitions name are in the evidence folder."""
    if _errors(project):
        return
    folder = project.config.evidence or project.config.root
    digests: dict[str, str] = {}
    try:
        for name in names:
            for want in desired_of(project, name).values():
                digests |= {each.path: each.sha256 for each in want.evidence}
    except SmsformError as error:
        yield failed("evidence", error)
        return
    missing = sorted(path for path, sha256 in digests.items() if not sha256)
    fields = {"path": folder, "named": len(digests), "names": ", ".join(missing)}
    health, sentence = Health.OK, "evidence" if digests else "evidence_none"
    if missing or not folder.is_dir():
        health = Health.WARN
        sentence = "evidence_missing" if folder.is_dir() else "evidence_folder"
    todo = say("doctor.evidence_todo") if health is Health.WARN else ""
    yield Check("evidence", health, say(f"doctor.{sentence}", **fields), todo)


def told(
    project: Workspace, state: State, environ: Mapping[str, str]
) -> Iterator[Check]:
    """Whether each variable of ``notify`` has an address; none is called or shown.

    Unset is usual where people work, and matters where something waits to be told.
    """
    if not project.config.notify:
        return
    from smsform.notify import decide
    from smsform.notify.address import target_of

    for name in dict.fromkeys(wish.variable for wish in project.config.notify):
        fields = {"variable": name, "count": len(decide.untold(state, name))}
        text = environ.get(name, "").strip()
        if not text and not fields["count"]:
            yield Check("notify", Health.OK, say("doctor.notify_unset", **fields))
            continue
        if not text:
            found, todo = say("doctor.notify_waits", **fields), "doctor.notify_todo"
            yield Check("notify", Health.WARN, found, say(todo, **fields))
            continue
        try:
            kind = say(f"notify.kind_{target_of(name, text).sort}")
        except ConfigError as error:
            yield failed("notify", error)
            continue
        found = say("doctor.notify", kind=kind, **fields)
        yield Check("notify", Health.OK, found)


def _errors(project: Workspace) -> list[Problem]:
    problems = project.definitions.problems
    return [each for each in problems if each.level is Level.ERROR]
