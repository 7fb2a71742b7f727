"""A plan as Markdown, with the marks by which its changes are recognised."""

from __future__ import annotations

from collections.abc import Callable

from smsform.plan import Plan
from smsform.plan.reviewed import stamp
from smsform.report.markdown.folding import units
from smsform.report.markdown.frame import SMALLEST, Frame


def with_marks(plan: Plan, frame: Frame, write: Callable[[Frame], str]) -> str:
    """What *write* makes of *frame*, then the marks of *plan*.

    Marks that would take more than half of the room are left out: the text for people
    goes first, and such a plan can pass by its digest.
    """
    line = stamp(plan)
    cost = units(f"\n{line}")
    if not line or cost > min(frame.room // 2, frame.room - SMALLEST):
        return write(frame)
    return f"{write(frame._replace(room=frame.room - cost))}\n\n{line}"
