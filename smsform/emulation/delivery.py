"""The receipt of an accepted message, chosen by the last digits of its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from smsform.emulation.settings import maybe_duration
from smsform.words import say

NEVER = "never"  # in place of a code: no receipt comes


class DeliverySetting(NamedTuple):
    """``after``: seconds until the receipt, None for never one.

    ``endings``: last digits -> the receipt's code; None: as the service's table has it.
    """

    after: float | None = 3.0
    endings: Mapping[str, str] | None = None

    def receipt(
        self, number: str, usual: str, known: Mapping[str, str]
    ) -> tuple[float | None, str]:
        """Seconds until the receipt for *number*, and its code; the longest ending
        wins.

        *usual* is the code of a delivery, *known* the service's own endings. None: no
        receipt.
        """
        endings = known if self.endings is None else self.endings
        found = [ending for ending in endings if number.endswith(ending)]
        code = endings[max(found, key=len)] if found else usual
        if code == NEVER:
            return None, ""
        return self.after, code


def read(value: object) -> DeliverySetting:
    """``{after: 3s, endings: {"0404": CODE}}``; on a command line ``after=3s``."""
    if isinstance(value, str) and value.startswith("after="):
        value = {"after": value.removeprefix("after=")}
    if isinstance(value, Mapping) and value.keys() <= {"after", "endings"}:
        endings = value.get("endings")
        if endings is None or _endings(endings):
            return DeliverySetting(maybe_duration(value.get("after", 3.0)), endings)
    raise ValueError(say("emulation.expects_delivery"))


def _endings(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        re.fullmatch(r"\d{1,15}", str(ending)) and isinstance(code, str) and code
        for ending, code in value.items()
    )
