"""A row of the table: what was measured, beside the build it has to beat."""

from __future__ import annotations

from typing import NamedTuple

MISSED, KEPT, UNBARRED = "✗", "✓", ""


class Row(NamedTuple):
    """Figures are multiples of the yardstick in ``what``, unless ``unit`` says other.

    ``most`` is the bar, None where there is none; where ``least``, it is a bar from
    below. ``older`` is the earlier build's figure, None where it cannot do it.
    """

    what: str
    figure: float
    most: float | None = None
    older: float | None = None
    unit: str = "×"
    least: bool = False
    remark: str = ""

    @property
    def kept(self) -> bool:
        """Whether the bar was kept."""
        if self.most is None:
            return True
        return self.figure >= self.most if self.least else self.figure <= self.most

    def shown(self) -> str:
        """The row in Markdown."""
        sign = "≥" if self.least else "≤"
        bar = "–" if self.most is None else f"{sign} {self.most:g} {self.unit}"
        mark = UNBARRED if self.most is None else KEPT if self.kept else MISSED
        remark = f" ({self.remark})" if self.remark else ""
        cells = (self.what, self._said(self.figure) + remark, bar, mark)
        older = "–" if self.older is None else self._said(self.older)
        return f"| {' | '.join(cells)} | {older} |"

    def _said(self, figure: float) -> str:
        return (
            f"{figure:,.{2 if figure < 10 else 1 if figure < 100 else 0}f} {self.unit}"
        )
