"""``status --ingest``: verdicts out of what a service pushed, nothing asked of it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import BinaryIO, NamedTuple

from smsform.errors import ConfigError, WrongUsage
from smsform.plan import Options, provider_plan, reconcile
from smsform.plan.ingest import Ingested, ingest_reports
from smsform.project.accounts import (
    PlannedAccount,
    desired_of,
    remembered_block,
)
from smsform.project.connections import clock_of
from smsform.project.workspace import Workspace, load_state, locked
from smsform.provider import PushedReport
from smsform.state import StateStore
from smsform.words import say

LARGEST = 8 * 2**20  # bytes; a report has some 500
OPTION = "--ingest"

_SPACE = re.compile(r"[ \t\r\n]*")


class Ingestion(NamedTuple):
    """What the reports came to, and the provider's part as it is taken to be now."""

    part: PlannedAccount
    ingested: Ingested


def ingest(
    project: Workspace, store: StateStore, file: BinaryIO, only: Collection[str]
) -> Ingestion:
    """Take the reports in *file* over into the state, all of them or none.

    ConfigError for anything that is no report of the provider's service.
    """
    name = _sender(project, only)
    reports = tuple(_reports(project, name, file))
    with locked(store):
        state = load_state(project, store)
        spec, now = project.spec(name), clock_of(project, name).now()
        ingested = ingest_reports(remembered_block(project, name, state), reports)
        desired = desired_of(project, name)
        fresh = reconcile(name, ingested.block, ingested.reading, desired, spec, now)
        plan = provider_plan(
            project.config.providers[name], spec, fresh.block.identity, desired,
            ingested.reading, fresh, Options(now=now),
        )  # fmt: skip
        store.save(state.with_block(name, fresh.block))
    return Ingestion(
        PlannedAccount(plan, fresh.verdicts, reading=ingested.reading), ingested
    )


def _sender(project: Workspace, only: Collection[str]) -> str:
    """The provider whose service sent it; two accounts may have like ids and names."""
    names = project.providers(only)
    able = [name for name in names if project.spec(name).reports]
    if not able:
        services = project.titles()
        titles = ", ".join(dict.fromkeys(services[name] for name in names))
        what = say("cli.ingest_none", titles=titles)
        raise ConfigError(OPTION, what, say("cli.ingest_none_hint"))
    if len(able) > 1:
        what = say("cli.ingest_which", names=", ".join(able))
        raise WrongUsage(OPTION, what, say("cli.ingest_which_hint"))
    return able[0]


def _reports(project: Workspace, name: str, file: BinaryIO) -> Iterator[PushedReport]:
    read = project.spec(name).reports
    assert read is not None  # the sender was chosen by it
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ConfigError(
            _called(file), say("cli.ingest_large", limit=LARGEST // 2**20)
        )
    found = False
    for line, document in _documents(_called(file), content):
        try:
            reports = read(document)
        except ValueError as error:
            raise ConfigError(f"{_called(file)}:{line}", str(error)) from None
        found = found or bool(reports)
        yield from reports
    if not found:
        raise ConfigError(_called(file), say("cli.ingest_empty"))


def _called(file: BinaryIO) -> str:
    return str(file.name).strip("<>")


def _documents(where: str, content: bytes) -> Iterator[tuple[int, object]]:
    """Every JSON document with the line it starts at: one a line, or one alone."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(where, say("cli.ingest_text")) from None
    decoder, at, line = json.JSONDecoder(), 0, 1
    while True:
        space = _SPACE.match(text, at)
        start = space.end() if space else at
        line += text.count("\n", at, start)
        if start == len(text):
            return
        try:
            document, at = decoder.raw_decode(text, start)
        except RecursionError:
            raise ConfigError(f"{where}:{line}", say("cli.ingest_deep")) from None
        except ValueError as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            what = say("cli.ingest_json", what=what)
            raise ConfigError(f"{where}:{line}", what) from None
        yield line, document
        line += text.count("\n", start, at)
