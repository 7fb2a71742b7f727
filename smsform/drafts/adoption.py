"""Make entries ours: what the state file remembers of one that was imported; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smsform.card import ProviderSpec
from smsform.drafts.values import Draft, submitted_first
from smsform.model import Address, Desired
from smsform.plan.active import move_active
from smsform.plan.taking import remembered
from smsform.state import Block, Origin


def adopt(
    provider: str,
    block: Block,
    drafts: Iterable[Draft],
    wanted: Mapping[Address, Desired],
    spec: ProviderSpec,
    now: float,
) -> Block:
    """*block* with the entries of *drafts*, and approved ones active.

    Nobody pointed at the entries beside a draft's own, so they are never deleted.
    """
    records, entries = {}, {}
    for draft in drafts:
        kind, want = spec.kinds[draft.kind], wanted[draft.address]
        slot = (draft.kind, draft.definition.key)
        record = block.record(slot)
        for entry in sorted([*draft.beside, draft.entry], key=submitted_first):
            origin = Origin.IMPORTED if entry is draft.entry else Origin.ADOPTED
            ours = remembered(kind, entry, want, now, origin)
            record = record.with_version(ours)
            entries[entry.kind, entry.id] = entry
        records[slot] = record
    block = block.with_records(records)
    return move_active(provider, block, entries, wanted, spec, now)
