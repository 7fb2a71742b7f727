"""``status --ingest``: verdicts from what a service pushed, without asking it."""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO, NamedTuple

from smsform.errors import ConfigError, WrongUsage
from smsform.plan import Options
from smsform.plan.build import provider_plan
from smsform.plan.ingest import Ingested, ingest_reports
from smsform.plan.reconcile import reconcile
from smsform.project.accounts import remembered_block
from smsform.project.connections import clock_of
from smsform.project.desired.attributes import desired_of
from smsform.project.news import with_news
from smsform.project.provider_parts import PlannedAccount
from smsform.project.pushed import pushed
from smsform.project.workspace import Workspace, load_state, locked
from smsform.state import StateStore
from smsform.words import say

OPTION = "--ingest"


class Ingestion(NamedTuple):
    """What the reports changed, and the provider's plan as it is taken to be now."""

    part: PlannedAccount
    ingested: Ingested


def ingest(
    project: Workspace, store: StateStore, file: BinaryIO, only: Collection[str]
) -> Ingestion:
    """Record the verdicts of the reports in *file*, all of them or none.

    ConfigError for anything that is no report of the provider's service.
    """
    name = _sender(project, only)
    read = project.spec(name).reports
    assert read is not None  # the provider was chosen because its service has reports
    reports = pushed(file, read)
    with locked(store):
        state = load_state(project, store)
        spec, now = project.spec(name), clock_of(project, name).now()
        ingested = ingest_reports(remembered_block(project, name, state), reports)
        desired = desired_of(project, name)
        fresh = reconcile(name, ingested.block, ingested.reading, desired, spec, now)
        plan = provider_plan(
            project.config.providers[name],
            spec,
            fresh.block.identity,
            desired,
            ingested.reading,
            fresh,
            Options(now=now),
        )
        block = with_news(project, name, state, fresh.block, now)
        store.save(state.with_block(name, block))
    return Ingestion(
        PlannedAccount(plan, fresh.verdicts, reading=ingested.reading), ingested
    )


def _sender(project: Workspace, only: Collection[str]) -> str:
    """The provider that the reports belong to; two accounts may have equal ids and
    names."""
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
