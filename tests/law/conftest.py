"""What the histories reached, of all of them together."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest


@pytest.fixture(scope="module")
def law() -> Counter[Any]:
    """Steps of histories and lines of plans, with how often each came."""
    return Counter()
