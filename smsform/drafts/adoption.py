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
    """*block* with the *provider*'s entries of *drafts*; approved ones are active.

    Entries beside a draft's own, and those that join a definition by their text, were
    named by nobody; they are recorded so that they are never deleted.
    """
    records, entries = {}, {}
    for draft in drafts:
        pick = draft.pick(provider)
        if pick is None:
            continue
        kind = spec.kinds[draft.kind]
        want = wanted[Address(provider, draft.kind, draft.key)]
        slot = (draft.kind, draft.key)
        record = block.record(slot)
        for entry in sorted([*pick.beside, pick.entry], key=submitted_first):
            pointed_at = draft.is_new and entry is pick.entry
            origin = Origin.IMPORTED if pointed_at else Origin.ADOPTED
            ours = remembered(kind, entry, want, now, origin)
            record = record.with_version(ours)
            entries[entry.kind, entry.id] = entry
        records[slot] = record
    block = block.with_records(records)
    return move_active(provider, block, entries, wanted, spec, now)
