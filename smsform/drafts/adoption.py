"""Make entries ours: what the state file remembers of one that was imported; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smsform.card import ProviderSpec
from smsform.drafts.values import Draft, submitted_first
from smsform.model import Address, Desired, Existing
from smsform.plan.equality import shown, similar
from smsform.plan.reconcile import iso, move_active
from smsform.provider import KindSpec
from smsform.state import Block, Origin, Version


def version(
    kind: KindSpec,
    entry: Existing,
    want: Desired,
    now: float,
    origin: Origin = Origin.IMPORTED,
) -> Version:
    """The version that *entry* is, of an address that wants *want*.

    What the service shows is remembered as submitted, what it never shows is assumed.
    A text that differs only in ways services normalise is taken as what we submitted:
    the person who imports it says that it is the same.
    """
    remembered = {**want.delivered, **want.review_only}
    visible = shown(kind, entry, want.delivered)
    if not all(similar(visible[name], want.delivered[name]) for name in visible):
        remembered.update(visible)
    return Version(
        id=entry.id,
        origin=origin,
        name=entry.name,
        review=entry.review,
        submitted=remembered,
        parameters=want.parameters,
        assumed=tuple(sorted(kind.unreadable & set(remembered))),
        at=iso(now),
    )


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
            record = record.with_version(version(kind, entry, want, now, origin))
            entries[entry.kind, entry.id] = entry
        records[slot] = record
    block = block.with_records(records)
    return move_active(provider, block, entries, wanted, spec, now)
