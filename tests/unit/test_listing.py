"""Lists that are read ahead, and given up."""

from __future__ import annotations

import pytest

from smsform.account.listing import Listing, Page, read_lists
from smsform.http import Abandoned

SIZE = 10


def test_a_reading_nobody_wants_ends() -> None:
    """When the account is given up in the middle, no page is asked for for ever."""
    asked = []

    def ask(offset, wanted):
        asked.append(offset)
        if len(asked) > 3:
            raise Abandoned
        return Page(tuple({"Id": offset + n} for n in range(SIZE)))

    with pytest.raises(Abandoned):
        read_lists([Listing(ask, key="Id", size=SIZE, step=SIZE)], workers=2)
    assert len(asked) < 10
