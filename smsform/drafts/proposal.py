"""Units to the definitions a person would have written for them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from smsform.drafts.extension import extended_signature, extended_template
from smsform.drafts.joining import seen_texts
from smsform.drafts.keys import slug, unused
from smsform.drafts.layout import writable
from smsform.drafts.merging import guessed_type, merged
from smsform.drafts.notes import notes
from smsform.drafts.parameters import NOWHERE
from smsform.drafts.selection import MarketName, merit, named
from smsform.drafts.surroundings import Signatures, Surroundings
from smsform.drafts.values import ChosenEntry, Draft, Unit, submitted_first
from smsform.model import Kind, Review, Signature, Template


def propose(units: Iterable[Unit], project: Surroundings) -> list[Draft]:
    """A draft for every unit, signatures first, each kind by provider and age."""
    places = {name: number for number, name in enumerate(project.specs)}

    def place(unit: Unit) -> tuple[int, tuple[int, str]]:
        first = unit.picks[0]
        return places[first.provider], submitted_first(first.entry)

    units = sorted(units, key=place)
    names = _Names(units, project)
    signatures = [
        _signature(unit, names) for unit in units if unit.kind is Kind.SIGNATURE
    ]
    project = _with_signatures(project, signatures)
    rest = [unit for unit in units if unit.kind is Kind.TEMPLATE]
    return [*signatures, *_templates(rest, names, project)]


class _Names:
    """Chooses keys and names that no other definition has."""

    def __init__(self, units: Sequence[Unit], project: Surroundings) -> None:
        self._project = project
        self._keys: set[tuple[Kind, str]] = set()
        self._names = set(project.names)
        for unit in units:
            if unit.base is not None:
                self._names |= {
                    (name, (unit.kind, unit.base.name, unit.base.international))
                    for name in unit.providers
                }

    @property
    def providers(self) -> Sequence[str]:
        """All providers."""
        return tuple(self._project.specs)

    def key(self, unit: Unit, kind: str) -> str:
        """A key from any of the unit's names, else *kind* and the first id."""

        def taken(key: str) -> bool:
            pair = (unit.kind, key)
            return pair in self._keys or self._project.taken(*pair)

        entry = unit.picks[0].entry
        wanted = next(filter(None, (slug(p.entry.name) for p in unit.picks)), "")
        if not wanted:
            id = re.sub("[^A-Za-z0-9-]+", "_", entry.id).strip("_")
            wanted = f"{kind}_{id}" if id else kind
        key = unused(wanted, taken)
        self._keys.add((unit.kind, key))
        return key

    def name(self, unit: Unit, key: str) -> str:
        """The first entry's name, or one like it that no other definition there has."""
        called = (pick.entry.name for pick in unit.picks)
        wanted = next((name for name in called if name and writable(name)), key)

        def taken(name: str) -> bool:
            named: MarketName = (unit.kind, name, unit.market)
            return any((each, named) in self._names for each in unit.providers)

        name = unused(wanted, taken)
        self._names |= {(p, (unit.kind, name, unit.market)) for p in unit.providers}
        return name

    def chosen(self, unit: Unit) -> tuple[str, ...] | None:
        """The value of `providers` in the definition; None where it goes to all."""
        return None if set(unit.providers) == {*self.providers} else unit.providers


# --- signatures ---------------------------------------------------------------------


def _signature(unit: Unit, names: _Names) -> Draft:
    """A signature by name alone: it is looked up and never submitted."""
    if isinstance(unit.base, Signature):
        return Draft(unit, extended_signature(unit.base, unit))
    signature = Signature(
        names.key(unit, "signature"),
        unit.picks[0].entry.name,
        NOWHERE,
        international=unit.market,
        providers=names.chosen(unit),
    )
    return Draft(unit, signature, notes=notes(unit))


def _with_signatures(project: Surroundings, drafts: Iterable[Draft]) -> Surroundings:
    """*project* with the signatures of *drafts*; approved ones may be proposed."""
    known, usable = _copied(project.signatures), _copied(project.usable)
    covered = dict(project.covered)
    for draft in drafts:
        each = draft.definition
        covered[each.key] = {*covered.get(each.key, ()), *draft.unit.providers}
        for pick in draft.unit.picks:
            known[pick.provider][each.international][each.name] = each.key
            if pick.entry.review is Review.APPROVED:
                usable[pick.provider][each.international][each.name] = each.key
    return replace(project, signatures=known, usable=usable, covered=covered)


def _copied(signatures: Signatures) -> dict[str, dict[bool, dict[str, str]]]:
    return {
        provider: {market: dict(group) for market, group in markets.items()}
        for provider, markets in signatures.items()
    }


# --- templates ----------------------------------------------------------------------


def _templates(
    units: Sequence[Unit], names: _Names, project: Surroundings
) -> list[Draft]:
    """Of several with one name the newest approved keeps it; the others get numbers."""
    best: dict[tuple[str, MarketName], ChosenEntry] = {}
    leads = [unit.picks[0] for unit in units]
    for pick in sorted(leads, key=merit):
        best[pick.provider, named(pick.entry)] = pick
    mine: dict[str, list[ChosenEntry]] = {name: [] for name in project.specs}
    for unit in units:
        for pick in unit.picks:
            mine[pick.provider].append(pick)
    texts = seen_texts(mine, project)
    drafts = {}
    places = {name: number for number, name in enumerate(project.specs)}

    def order(unit: Unit) -> tuple[int, bool]:
        lead = unit.picks[0]
        return places[lead.provider], best[lead.provider, named(lead.entry)] is not lead

    for unit in sorted(units, key=order):
        views = [texts[pick.named] for pick in unit.picks]
        if isinstance(unit.base, Template):
            drafts[id(unit)] = Draft(
                unit, extended_template(unit.base, unit, views, project)
            )
            continue
        type = next((view.told.type for view in views if view.told.type), None)
        key = names.key(unit, type or guessed_type(views[0].told.text))
        name = names.name(unit, key)
        drafts[id(unit)] = merged(unit, views, key, name, names.chosen(unit), project)
    return [drafts[id(unit)] for unit in units]
