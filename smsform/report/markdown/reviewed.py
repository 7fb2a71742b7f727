"""A plan as Markdown with the marks by which what it does is known again."""

from __future__ import annotations

from collections.abc import Callable

from smsform.plan import Plan
from smsform.plan.reviewed import stamp
from smsform.report.markdown.folding import SMALLEST, Frame, units


def with_marks(plan: Plan, frame: Frame, write: Callable[[Frame], str]) -> str:
    """What *write* puts into *frame*, then the marks by which *plan* is known again.

    Marks that would take more than half of the room are left out: what people read goes
    first, and such a plan can pass by its digest.
    """
    line = stamp(plan)
    cost = units(f"\n{line}")
    if not line or cost > min(frame.room // 2, frame.room - SMALLEST):
        return write(frame)
    return f"{write(frame._replace(room=frame.room - cost))}\n\n{line}"
