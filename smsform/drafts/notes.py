"""Comments in a definition file about the entries a definition came from; pure."""

from __future__ import annotations

from collections.abc import Sequence

from smsform.drafts.layout import one_line
from smsform.drafts.values import ChosenEntry, Unit
from smsform.model import Kind, Review
from smsform.words import say


def at_provider(unit: Unit, pick: ChosenEntry, note: str) -> str:
    """*note*, with the name of the provider where the unit has several."""
    return f"{pick.provider}: {note}" if len(unit.picks) > 1 else note


def notes(unit: Unit, name: str = "") -> tuple[str, ...]:
    """What a reader should know about the entries of a unit, called *name* here."""
    found = []
    for pick in unit.picks:
        entry, here = pick.entry, []
        if entry.review is Review.REJECTED:
            note = one_line(entry.note) or say("drafts.no_note")
            here.append(say("drafts.rejected", note=note))
        if entry.international is None and unit.kind is Kind.TEMPLATE:
            here.append(say("drafts.both_markets"))
        if name and name != entry.name:
            renamed = "called" if len(unit.picks) > 1 else "renamed"
            told = say(f"drafts.{renamed}", name=one_line(entry.name), id=entry.id)
            here.append(told)
        if pick.beside:
            ids = ", ".join(each.id for each in pick.beside)
            here.append(say("drafts.beside", ids=ids))
        found += [at_provider(unit, pick, note) for note in here]
    return tuple(found)


def called(unit: Unit, names: Sequence[Sequence[tuple[str, str]]]) -> str:
    """``shop: 1 is code, 2 is minutes``: each pick's names that differ from ours."""
    told = []
    for pick, pairs in zip(unit.picks, names, strict=True):
        other = [
            say("drafts.is", native=one_line(own), name=name)
            for own, name in pairs
            if own != name
        ]
        if other:
            told.append(f"{pick.provider}: {', '.join(other)}")
    return "; ".join(told)
