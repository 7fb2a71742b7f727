"""What a run does: a plan, where reviews are, what became of an apply, a check-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from smsform.apply import Outcome
    from smsform.errors import UnsafePlan
    from smsform.model import Address, Check
    from smsform.plan import Plan
    from smsform.project.shapes import ServiceShapes
    from smsform.report.status import StatusRow


@dataclass(frozen=True)
class PlanReport:
    """A plan, what its services are called, why apply would refuse a part of it."""

    kind: ClassVar[str] = "plan"
    plan: Plan
    titles: Mapping[str, str]
    unsafe: Mapping[str, UnsafePlan]


@dataclass(frozen=True)
class StatusReport:
    """Every version; ``more`` is what JSON has besides, ``news`` what Markdown has.

    Unless ``replaced``, people get those versions as a number; machines get them all.
    """

    kind: ClassVar[str] = "status"
    plan: Plan
    rows: Sequence[StatusRow]
    more: Mapping[str, Any] = field(default_factory=dict)
    news: Sequence[str] = ()
    replaced: bool = False


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
