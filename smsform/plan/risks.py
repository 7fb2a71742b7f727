"""Reasons to look at an unmanaged entry before it is deleted or adopted; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from smsform.card import ProviderSpec
from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.equality import unowned_equal
from smsform.plan.holdings import Risk
from smsform.plan.settings import InUse

Risks = Mapping[tuple[Kind, str], tuple[Risk, ...]]


def risks(
    entries: Iterable[Existing],
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
    in_use: InUse,
) -> Risks:
    """The risks of unmanaged *entries*, by kind and id; entries without any are left
    out.

    Source code that could not be searched is no risk here.
    """
    wanted: dict[tuple[Kind, object], list[Desired]] = {}
    names = set()
    for want in desired.values():
        kind = want.address.kind
        text = want.delivered.get(_attribute(spec, kind))
        wanted.setdefault((kind, text), []).append(want)
        names.add((kind, want.name))
    found = {}
    for entry in entries:
        key = (entry.kind, entry.attributes.get(_attribute(spec, entry.kind)))
        there = tuple(_of(entry, wanted.get(key, ()), names, spec, in_use))
        if there:
            found[entry.kind, entry.id] = there
    return found


def _of(
    entry: Existing,
    wanted: Iterable[Desired],
    names: set[tuple[Kind, str]],
    spec: ProviderSpec,
    in_use: InUse,
) -> Iterator[Risk]:
    kind = spec.kinds[entry.kind]
    if any(unowned_equal(kind, entry, want) for want in wanted):
        yield Risk.SAME_TEXT
    if (entry.kind, entry.name) in names:
        yield Risk.SAME_NAME
    if entry.review is Review.APPROVED:
        yield Risk.APPROVED
    if entry.id in in_use.places:
        yield Risk.IN_USE


def _attribute(spec: ProviderSpec, kind: Kind) -> str:
    card = spec.kinds[kind]
    return card.text or card.delivered[0]
