"""Rows of a list: made once, and kept as JSON until their entry changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Raw, json

from smsform.emulation import reviewer
from smsform.emulation.reviewer import Schedule
from smsform.emulation.store import Entry, Store


def rows(
    store: Store,
    schedule: Schedule,
    now: float,
    ids: Sequence[int],
    row: Callable[[Entry], object],
) -> list[Raw]:
    """What a list shows of the entries *ids*, at *now*; counts it for the reviewer.

    *row* is a function of the entry alone, always the same one for a list.
    """
    kept = store.lists().rows(row)
    moving: dict[int, Raw] = {}
    for entry in store.entries([id for id in ids if id not in kept]):
        settled = reviewer.settle(store, schedule, entry, now, listed=True)
        place = kept if reviewer.is_settled(settled) else moving
        place[entry.id] = Raw(json.encode(row(settled)))
    return [kept[id] if id in kept else moving[id] for id in ids]
