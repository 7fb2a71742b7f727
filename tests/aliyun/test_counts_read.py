"""Rows of QuerySendStatistics, whatever stands in them."""

from __future__ import annotations

import json

import pytest

from smsform.project.counts import Counted
from smsform.providers.aliyun.sending.receipts import counted
from smsform.report.stats import as_json, as_text
from smsform.report.terminal import PLAIN


@pytest.mark.parametrize("date", ["soon", "00010101", "99991231", 5, None, ""])
def test_a_day_that_cannot_be_read_is_not_another_day(date: object) -> None:
    """Its numbers are there; 1970-01-01 it is not."""
    row = counted({"SendDate": date, "TotalCount": 3}, False)
    found = [Counted("cloud", (row,), ())]
    [told] = json.loads(as_json(found, "day"))["counts"]
    assert (told["begin"], told["end"], told["segments"]) == (None, None, 3)
    assert "1970" not in as_text(found, PLAIN)
    assert "?" in as_text(found, PLAIN)
