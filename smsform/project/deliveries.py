"""Asking services about delivery, where it decides which id is handed out.

It takes a call for each entry, and more for its papers, at the service's pace; so only
what is needed is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.delivery import UNTOLD, Delivery
from smsform.errors import ProviderError, Refused
from smsform.model import Address, Desired, Kind, Reading
from smsform.plan.active import by_id, undecided
from smsform.provider import Provider, TellsDelivery
from smsform.state import Block

IdsByKind = Mapping[Kind, Sequence[str]]
Ask = Callable[[Block, float], IdsByKind]  # (block, time) -> the ids to ask about
NOTHING: IdsByKind = {}


def ask_nothing(block: Block, now: float) -> IdsByKind:
    """Ask only about entries whose delivery decides which id is handed out."""
    return NOTHING


def with_deliveries(
    provider: Provider,
    spec: ProviderSpec,
    name: str,
    block: Block,
    reading: Reading,
    desired: Mapping[Address, Desired],
    also: IdsByKind = NOTHING,
) -> Reading:
    """*reading* with what the service says of the entries that matter in this run.

    These are the approved versions to which an id could move, those it would move from,
    and the ids of *also*. Where there was no answer the entry is ``unanswered``, and no
    id moves.
    """
    if not any(card.tells_delivery for card in spec.kinds.values()):
        return reading
    deciding = undecided(block, by_id(reading.entries), desired, name, spec)
    told: dict[tuple[Kind, str], Delivery] = {}
    failed: set[tuple[Kind, str]] = set()
    for kind, card in spec.kinds.items():
        if not card.tells_delivery:
            continue
        asked = dict.fromkeys([*deciding.get(kind, ()), *also.get(kind, ())])
        answers = _ask(provider, kind, tuple(asked)) if asked else {}
        told |= {(kind, id): each for id, each in answers.items()}
        failed |= {(kind, id) for id in deciding.get(kind, ()) if id not in answers}
    if not told and not failed:
        return reading
    entries = tuple(
        replace(entry, delivery=told[entry.kind, entry.id])
        if (entry.kind, entry.id) in told
        else entry
        for entry in reading.entries
    )
    return Reading(entries, reading.listed, reading.unanswered | failed)


def _ask(provider: Provider, kind: Kind, ids: Sequence[str]) -> Mapping[str, Delivery]:
    try:
        return cast("TellsDelivery", provider).delivery(kind, ids)
    except Refused:  # this key may not ask: ids go by the review alone
        return dict.fromkeys(ids, UNTOLD)
    except ProviderError:  # unknown delivery moves nothing; the next run asks again
        return {}


def ask_again(block: Block, now: float) -> IdsByKind:
    """Ask about ids that did not arrive, or not yet, and those with a paper that
    ends."""
    return _asked(
        block,
        lambda active, told: told.hinders or (active and bool(told.ending(now))),
    )


def ask_all(block: Block, now: float) -> IdsByKind:
    """Ask about every id that is handed out, and about all of ``ask_again``."""
    return _asked(block, lambda active, told: active or told.hinders)


def _asked(block: Block, wanted: Callable[[bool, Delivery], bool]) -> IdsByKind:
    """The versions for which *wanted(active, delivery)* holds, by kind."""
    asked: dict[Kind, list[str]] = {}
    for (kind, _), record in block.records.items():
        for version in record.versions:
            active = version.id == record.active and version.usable
            if wanted(active, version.delivery or UNTOLD):
                asked.setdefault(kind, []).append(version.id)
    return asked
