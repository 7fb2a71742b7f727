"""The checks of ``doctor`` on delivery: ids that do not arrive, papers that run out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from smsform.card import ProviderSpec
from smsform.delivery import UNTOLD, Deliverable, Delivery
from smsform.model import Address, Check, Health, Reading
from smsform.plan.active import by_id
from smsform.project.deliveries import ask_all, with_deliveries
from smsform.provider import Provider
from smsform.state import Block
from smsform.words import say

TOPIC = "delivery"


def check_delivery(
    name: str,
    provider: Provider,
    spec: ProviderSpec,
    block: Block,
    reading: Reading,
    now: float,
) -> Iterator[Check]:
    """Ask about every id that is handed out; a check for each that needs attention.

    Where there was no answer, the last known delivery counts.
    """
    also = ask_all(block, now)
    told = by_id(
        with_deliveries(provider, spec, name, block, reading, {}, also).entries
    )
    asked = fine = 0
    for slot, record in sorted(block.records.items()):
        for version in record.versions:
            entry = told.get((slot[0], version.id))
            active = version.id == record.active and version.usable
            delivery = (entry.delivery if entry else None) or version.delivery or UNTOLD
            if not active and not delivery.hinders:
                continue
            found = list(_checks(Address(name, *slot), version.id, delivery, now))
            asked += 1
            fine += not found and delivery.told is Deliverable.YES
            yield from found
    if asked:
        yield Check(TOPIC, Health.OK, say("doctor.delivery", fine=fine, ids=asked))


def _checks(at: Address, id: str, told: Delivery, now: float) -> Iterator[Check]:
    fields = {"address": at, "id": id}
    if told.hinders:
        health = Health.FAIL if told.told is Deliverable.NO else Health.WARN
        found = say(f"doctor.delivery_{told.told}", **fields, why=told.why)
        yield Check(TOPIC, health, found, say(f"doctor.delivery_{told.told}_todo"))
    for term in told.ending(now):
        word = "doctor.term_ended" if term.days(now) < 0 else "doctor.term_ends"
        found = say(word, **fields, **asdict(term))
        yield Check(TOPIC, Health.WARN, found, say("doctor.term_todo"))
