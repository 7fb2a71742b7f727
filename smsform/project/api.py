"""A project as programs see it: what each command does, as a method.

Every method loads what it needs when it is called, so importing this costs little. What
goes in is text as a person would type it (addresses, provider names); what comes back
are frozen values. Errors are the classes of ``smsform.errors``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from smsform.project.workspace import Workspace

if TYPE_CHECKING:
    from smsform.apply.values import Outcome
    from smsform.errors import Problem, UnsafePlan
    from smsform.model import Address, Check, Kind
    from smsform.plan import Plan
    from smsform.plan.file import SavedPlan
    from smsform.project.applying import Applied, Watcher
    from smsform.project.connections import TellCall
    from smsform.project.ids import Id
    from smsform.project.import_all import Imported
    from smsform.project.import_equal import EqualImports
    from smsform.project.import_table import ImportedTable
    from smsform.project.ingest import Ingestion
    from smsform.project.planning import Choice, Planned
    from smsform.project.previews import Previews
    from smsform.project.shapes import ServiceShapes
    from smsform.project.status import Status
    from smsform.project.telling import Notified
    from smsform.project.waiting import Wait, WaitWatcher
    from smsform.state import State
    from smsform.waiting import Event, WaitTiming


class Project(Workspace, frozen=True):
    """A folder with a ``smsform.yaml``; ``Project.load(folder)`` opens it."""

    def validate(self, *, strict: bool = False) -> tuple[Problem, ...]:
        """What the rules say of the definitions, in the order of the files.

        Needs no account. With *strict* warnings are errors.
        """
        from smsform.project.validation.problems import problems_of

        return problems_of(self, strict)

    def preview(self, *keys: str, provider: str | None = None) -> Previews:
        """The messages of the templates *keys* (all without any) as they are read.

        Needs no account. Iterate over it for one ``Preview`` a template; its
        ``problems`` go by template key. *provider* narrows it to one provider.
        DefinitionError or ConfigError where what was asked for cannot be shown.
        """
        from smsform.project.previews import previews

        return previews(self, keys, provider)

    def plan(
        self, choice: Choice | None = None, *, on_call: TellCall = None
    ) -> Planned:
        """What ``apply`` would do; reads every provider and writes nothing.

        *choice* limits it and says what more it may do. *on_call* is told of every call
        to a service. A provider that cannot be read has an ``error`` in its part of the
        plan. DefinitionError when something is wrong with the definitions, or with what
        would be submitted; ConfigError for an address it has nothing to do with.
        """
        from smsform.project.planning import Choice, plan

        return plan(self, choice or Choice(), on_call)

    def unsafe(self, plan: Plan) -> Mapping[str, UnsafePlan]:
        """Why ``apply`` would refuse the part of a provider, by provider."""
        from smsform.project.planning import unsafe

        return unsafe(self, plan)

    def apply(
        self,
        what: Planned | Plan | SavedPlan | Path | Choice | None = None,
        *,
        approve: Callable[[Planned], bool] | None = None,
        on_outcome: Callable[[Outcome], None] | None = None,
        watcher: Watcher | None = None,
        on_call: TellCall = None,
    ) -> Applied:
        """Submit exactly what a plan says, or what is to be done now.

        A plan (made here, or in a file) is compared with what exists before anything is
        done: what changed since is ``stale`` in the result, and left alone. Given a
        choice or nothing, a plan is made now; *approve* gets it and says whether to go
        on; without *approve* everything is done. *on_outcome* is told how each change
        ended while others still run, perhaps in another thread. A *watcher* in place of
        the two sees more and can stop it.

        StateLocked while somebody else applies; UnsafePlan for more changes or
        deletions than the policy allows; StalePlan for a plan of another account;
        DefinitionError as ``plan``.
        """
        from smsform.project.applying import Callbacks, apply

        return apply(self, what, watcher or Callbacks(approve, on_outcome), on_call)

    def status(
        self,
        providers: Sequence[str] = (),
        *,
        on_call: TellCall = None,
        delivery: bool = False,
    ) -> Status:
        """Read the review state of every entry, and write it into the state file.

        With *delivery* the services are also asked whether messages with each active id
        arrive, a call each.
        """
        from smsform.project.status import read_status

        return read_status(self, providers, on_call, delivery)

    def wait(
        self,
        providers: Sequence[str] = (),
        *,
        timing: WaitTiming | None = None,
        applied: Applied | None = None,
        held: Collection[Address] = (),
        on_verdict: Callable[[Event], None] | None = None,
        watcher: WaitWatcher | None = None,
        on_call: TellCall = None,
    ) -> Wait:
        """Wait until no review is pending or the time of *timing* is up (else two
        hours).

        After an apply, *applied* stands for the *providers*, and the addresses *held*
        are submitted as soon as their signature is there. Verdicts are written into the
        state file and *on_verdict* is told them; a *watcher* in its place sees more.
        Ctrl-C and errors end the wait: the result says how it ended. WrongUsage for a
        provider that is not configured, DefinitionError as ``plan``.
        """
        from smsform.project.waiting import VerdictCallback, wait
        from smsform.waiting import WaitTiming

        return wait(
            self,
            providers,
            timing or WaitTiming(),
            watcher or VerdictCallback(on_verdict),
            applied,
            frozenset(held),
            on_call,
        )

    def notify(
        self, only: Sequence[str] = (), *, test: bool = False
    ) -> tuple[Notified, ...]:
        """Tell the targets of ``notify`` what other methods found and recorded.

        *only* names variables. With *test* each gets one test message and nothing else.
        A target that fails is reported in the result, and tried again the next time.
        StateLocked while another run has the state.
        """
        from smsform.project.telling import notify

        return notify(self, only=only, test=test)

    def check_up(
        self, providers: Sequence[str] = (), *, on_call: TellCall = None
    ) -> dict[str, list[Check]]:
        """Checks of the project (key "") and of each provider, as ``doctor`` shows
        them.

        Reads only, and raises nothing for what is wrong.
        """
        from smsform.project.doctor import check_up

        return check_up(self, providers, on_call)

    def shapes(
        self, providers: Sequence[str] = (), *, on_call: TellCall = None
    ) -> list[ServiceShapes]:
        """What the accounts answer that no document of their service describes.

        Reads only. Holds names and types, never content. WrongUsage for a provider that
        is not configured; an account that cannot be read is among the failures.
        """
        from smsform.project.shapes import read_shapes

        return read_shapes(self, providers, on_call)

    def ids(self) -> tuple[Id, ...]:
        """The ids that were approved when last seen, never others.

        Reads the state file alone; StateError when it cannot be used.
        """
        from smsform.project.ids import project_ids

        return project_ids(self)

    def state(self) -> State:
        """The state; StateError when it is of another project."""
        from smsform.project.workspace import load_state, open_store

        return load_state(self, open_store(self))

    def remembered(self) -> State:
        """The state as it is stored, with providers that are not configured any more.

        For looking at it and correcting it; other methods use ``state``.
        """
        from smsform.project.workspace import open_store

        return open_store(self).load()

    def import_all(
        self,
        *,
        providers: Sequence[str] = (),
        ids: Sequence[str] = (),
        kinds: Collection[Kind] | None = None,
        output: str | None = None,
        dry_run: bool = False,
        separate: bool = False,
        on_call: TellCall = None,
    ) -> Imported:
        """Write definitions for what exists and own it; with *dry_run* write nothing.

        Entries of one text at several accounts, or of a text that is defined already,
        share a definition, unless *separate*. *ids* and *kinds* limit it, *output* is a
        folder or a file in the project.
        """
        from smsform.model import Kind
        from smsform.project.import_all import import_all

        chosen = tuple(Kind) if kinds is None else kinds
        return import_all(
            self, providers, ids, chosen, output, dry_run, separate, on_call
        )

    def import_table(
        self,
        path: Path | str,
        *,
        mapping: Mapping[str, str] | None = None,
        providers: Sequence[str] = (),
        output: str | None = None,
        dry_run: bool = False,
    ) -> ImportedTable:
        """Write definitions for the texts in a table: CSV, JSON, INSERT statements.

        Needs no account, and nothing is owned. *mapping* says which column is which key
        of a definition (``{"tpl_text": "content"}``); others are guessed from their
        names. The result lists every row that got no definition.
        """
        from smsform.project.import_table import import_table

        return import_table(self, Path(path), mapping, providers, output, dry_run)

    def import_one(self, address: str, id: str, *, on_call: TellCall = None) -> Address:
        """Make *address*, which is defined, the owner of the entry with *id*."""
        from smsform.project.import_one import import_one

        return import_one(self, address, id, on_call)

    def import_equal(
        self, *, providers: Collection[str] = (), on_call: TellCall = None
    ) -> EqualImports:
        """Let every address own the entry that has its text; submits nothing."""
        from smsform.project.import_equal import import_equal

        return import_equal(self, tuple(providers), on_call)

    def ingest(self, file: BinaryIO, providers: Collection[str] = ()) -> Ingestion:
        """Take over the verdicts in *file*, which the provider's service pushed."""
        from smsform.project.ingest import ingest
        from smsform.project.workspace import open_store

        return ingest(self, open_store(self), file, providers)
