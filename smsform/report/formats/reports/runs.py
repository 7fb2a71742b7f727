"""Reports of runs: a plan, reviews, the outcome of an apply, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct, field

if TYPE_CHECKING:
    from smsform.apply.values import Outcome
    from smsform.errors import UnsafePlan
    from smsform.model import Address, Check
    from smsform.plan import Plan
    from smsform.project.shapes import ServiceShapes
    from smsform.report.status import StatusRow


class PlanReport(Struct, frozen=True):
    """A plan, the names of its services, and why apply would refuse a part of it."""

    kind: ClassVar[str] = "plan"
    plan: Plan
    titles: Mapping[str, str]
    unsafe: Mapping[str, UnsafePlan]


class StatusReport(Struct, frozen=True):
    """Every version; ``more`` is only in JSON, ``news`` only in Markdown.

    Unless ``replaced``, text and Markdown give replaced versions as a number.
    """

    kind: ClassVar[str] = "status"
    plan: Plan
    rows: Sequence[StatusRow]
    more: Mapping[str, Any] = field(default_factory=dict)
    news: Sequence[str] = ()
    replaced: bool = False


class OutcomeReport(Struct, frozen=True):
    """The outcome of an apply.

    ``already`` counts changes of a saved plan that were there before, ``stale`` are
    addresses that changed since it was made. ``wait`` and ``told`` are about a wait
    that followed; ``waits`` is whether one follows.
    """

    kind: ClassVar[str] = "outcome"
    plan: Plan
    outcomes: Sequence[Outcome]
    already: int = 0
    stale: Mapping[Address, str] = field(default_factory=dict)
    wait: Mapping[str, Any] | None = None
    told: Sequence[str] = ()
    waits: bool = False


class DoctorReport(Struct, frozen=True):
    """Checks by provider, "" for the project's own, and the names of the services."""

    kind: ClassVar[str] = "doctor"
    sections: Mapping[str, Sequence[Check]]
    titles: Mapping[str, str]


class ShapesReport(Struct, frozen=True):
    """Undocumented parts of replies, by service."""

    kind: ClassVar[str] = "shapes"
    services: Sequence[ServiceShapes]
