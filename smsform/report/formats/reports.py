"""What there is to report: one value a report, whatever format it is written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from smsform.apply import Outcome
    from smsform.emulation.calls import LoggedCall
    from smsform.emulation.outbox import OutboxMessage
    from smsform.errors import Problem, SmsformError, UnsafePlan
    from smsform.model import Address, Check
    from smsform.plan import Plan
    from smsform.plan.written import WrittenPlan
    from smsform.preview import Preview
    from smsform.project.counts import Counted
    from smsform.project.dispatch import Sent
    from smsform.project.ids import Id
    from smsform.project.message import PreparedMessage
    from smsform.project.receipts import ExplainedReceipt
    from smsform.project.shapes import ServiceShapes
    from smsform.project.uses import IdUse
    from smsform.report.explanations import Explained
    from smsform.report.status import Row
    from smsform.rule import Rule
    from smsform.state import State
    from smsform.uses import SearchResult


class Report(Protocol):
    """Any of them; ``kind`` is its name in the table of formats."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class PlanReport:
    """A plan, what its services are called, why apply would refuse a part of it."""

    kind: ClassVar[str] = "plan"
    plan: Plan
    titles: Mapping[str, str]
    unsafe: Mapping[str, UnsafePlan]


@dataclass(frozen=True)
class StatusReport:
    """Every version; ``more`` is what JSON has besides, ``news`` what Markdown has."""

    kind: ClassVar[str] = "status"
    plan: Plan
    rows: Sequence[Row]
    more: Mapping[str, Any] = field(default_factory=dict)
    news: Sequence[str] = ()


@dataclass(frozen=True)
class OutcomeReport:
    """What became of an apply.

    ``already`` counts what a saved plan wanted and was there, ``stale`` says what had
    moved. ``wait`` and ``told`` are of a wait that followed; where one is to follow,
    ``waits``.
    """

    kind: ClassVar[str] = "outcome"
    plan: Plan
    outcomes: Sequence[Outcome]
    already: int = 0
    stale: Mapping[Address, str] = field(default_factory=dict)
    wait: Mapping[str, Any] | None = None
    told: Sequence[str] = ()
    waits: bool = False


@dataclass(frozen=True)
class PreviewReport:
    """Previews, rendered as they are asked for, and problems by template key.

    The page also has a ``title``, a ``plan``, and what it asks whether it is ``live``.
    """

    kind: ClassVar[str] = "preview"
    previews: Iterable[Preview]
    problems: Mapping[str, Sequence[Problem]]
    title: str = ""
    plan: WrittenPlan | None = None
    live: str = ""
    version: str = ""


@dataclass(frozen=True)
class ProblemsReport:
    """Problems of the project in ``folder``, or the ``failure`` to look for them.

    ``most`` is how many of them a person is shown; None is the usual number.
    """

    kind: ClassVar[str] = "problems"
    problems: Sequence[Problem]
    folder: Path
    failure: SmsformError | None = None
    most: int | None = None


@dataclass(frozen=True)
class DoctorReport:
    """Checks by provider, "" the project's own, and what the services are called."""

    kind: ClassVar[str] = "doctor"
    sections: Mapping[str, Sequence[Check]]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class ShapesReport:
    """What accounts answer that nobody described, by service."""

    kind: ClassVar[str] = "shapes"
    services: Sequence[ServiceShapes]


@dataclass(frozen=True)
class CallsReport:
    """The calls that arrived at an emulator."""

    kind: ClassVar[str] = "calls"
    calls: Sequence[LoggedCall]


@dataclass(frozen=True)
class OutboxReport:
    """The messages an emulator accepted, newest first, as of ``now``."""

    kind: ClassVar[str] = "outbox"
    messages: Sequence[OutboxMessage]
    now: float


@dataclass(frozen=True)
class RulesReport:
    """Rules, listed or ``explained``."""

    kind: ClassVar[str] = "rules"
    rules: Sequence[Rule]
    explained: bool = False


@dataclass(frozen=True)
class ExplanationsReport:
    """Explanations; ``asked`` are they by the code that was asked for, if one was."""

    kind: ClassVar[str] = "explanations"
    shown: Sequence[Explained]
    asked: Mapping[str, Sequence[Explained]] | None = None


@dataclass(frozen=True)
class IdsReport:
    """Ids for applications."""

    kind: ClassVar[str] = "ids"
    ids: Sequence[Id]


@dataclass(frozen=True)
class StateReport:
    """What is remembered."""

    kind: ClassVar[str] = "state"
    state: State


@dataclass(frozen=True)
class UsesReport:
    """Where source code has ids, and what was searched."""

    kind: ClassVar[str] = "uses"
    found: Sequence[IdUse]
    searched: SearchResult


@dataclass(frozen=True)
class ReceiptsReport:
    """What became of messages."""

    kind: ClassVar[str] = "receipts"
    found: Sequence[ExplainedReceipt]
    show_numbers: bool


@dataclass(frozen=True)
class StatsReport:
    """What went out, by ``hour`` or by ``day``."""

    kind: ClassVar[str] = "stats"
    found: Sequence[Counted]
    by: str


@dataclass(frozen=True)
class SendingReport:
    """What was sent, and what became of it where that was ``waited`` for."""

    kind: ClassVar[str] = "sending"
    message: PreparedMessage
    sent: Sent
    waited: bool
    show_numbers: bool
