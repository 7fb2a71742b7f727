"""What a plan goes by beside definitions, reading and state."""

from __future__ import annotations

from typing import NamedTuple

from smsform.directives import NO_DIRECTIVES, Directives
from smsform.model import Kind
from smsform.plan.active import HEED, Heed


class Beside(NamedTuple):
    """What a plan goes by beside definitions, reading and state.

    ``retire_after`` is in seconds, None for never. ``elsewhere`` are entries that other
    blocks of the state own at this account.
    """

    retire_after: float | None = None
    directives: Directives = NO_DIRECTIVES
    elsewhere: frozenset[tuple[Kind, str]] = frozenset()
    heed: Heed = HEED


ALONE = Beside()
