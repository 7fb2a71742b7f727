"""Which entries of several accounts become one definition; pure.

    picks of every provider, definitions -> units

Signatures join by name, templates by text, whatever their variables are called. Entries
of different markets never join; one that serves both goes with either. Where an account
has several entries of one text, something must tell which belong together: a name, the
exact spelling, or that only one is approved. Otherwise none joins, because nobody could
say which id is whose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from msgspec import Struct, field

from smsform.definitions import Definitions
from smsform.drafts.selection import merit
from smsform.drafts.shapes import SeenText, said, seen, shape
from smsform.drafts.surroundings import Surroundings
from smsform.drafts.values import ALONE, Cause, ChosenEntry, Join, Unit
from smsform.model import Definition, Kind, Review, Template

JoinGroup = tuple[Kind, bool, object]  # of one kind, one market, and one name or shape
OwnedBy = Callable[[str, Kind, str], bool]  # whether a provider's key owns an entry
Texts = Mapping[tuple[str, Kind, str], SeenText]
Matches = Callable[["_Gathered", ChosenEntry], bool]


class _Gathered(Struct, eq=False):
    """A unit while it is built; ``natives`` are the texts in it as services have
    them."""

    picks: list[ChosenEntry] = field(default_factory=list)
    base: Definition | None = None
    join: Join = ALONE
    natives: set[str] = field(default_factory=set)

    def is_called(self, name: str) -> bool:
        """Whether it has that name anywhere."""
        names = {pick.entry.name for pick in self.picks}
        return name in names or (self.base is not None and self.base.name == name)

    @property
    def approved(self) -> bool:
        """Whether anything of it can be sent; a definition counts as approved."""
        return self.base is not None or any(map(_approved, self.picks))


def alone(picks: Iterable[ChosenEntry]) -> list[Unit]:
    """Every pick by itself."""
    return [Unit((pick,)) for pick in picks]


def join(
    picks: Mapping[str, Sequence[ChosenEntry]],
    project: Surroundings,
    definitions: Definitions,
    owned: OwnedBy,
) -> list[Unit]:
    """The *picks* of every provider as units, in their order; every pick is in one.

    *owned* says whether an address owns something: then it takes no further entry.
    """
    texts = seen_texts(picks, project)
    groups = _defined(definitions, project, texts)

    def free(provider: str, group: JoinGroup) -> list[_Gathered]:
        """The units of a group that may take an entry of that provider."""
        return [
            unit
            for unit in groups[group]
            if all(pick.provider != provider for pick in unit.picks)
            and not (unit.base and owned(provider, group[0], unit.base.key))
        ]

    # What serves both markets goes last, to where others of its name or text are.
    for decided in (True, False):
        for provider, mine in picks.items():
            found: dict[JoinGroup, list[ChosenEntry]] = defaultdict(list)
            for pick in mine:
                if (pick.entry.international is not None) is decided:
                    group = _group(pick, texts)
                    abroad = group[0], True, group[2]
                    if not decided and not free(provider, group):
                        group = abroad if free(provider, abroad) else group
                    found[group].append(pick)
            for group, here in found.items():
                open = free(provider, group)
                wanting = [
                    unit
                    for unit in open
                    if unit.base and provider in project.reach(unit.base)
                ]
                groups[group] += _placed(here, open, wanting, texts)
    places = {name: number for number, name in enumerate(picks)}
    return [
        Unit(
            tuple(sorted(unit.picks, key=lambda pick: places[pick.provider])),
            unit.base,
            unit.join,
        )
        for each in groups.values()
        for unit in each
        if unit.picks
    ]


def seen_texts(
    picks: Mapping[str, Sequence[ChosenEntry]], project: Surroundings
) -> dict[tuple[str, Kind, str], SeenText]:
    """The text of every template among *picks*, by provider, kind and id.

    Approved signatures there count as known, whatever their key will be.
    """
    texts = {}
    for provider, mine in picks.items():
        known: dict[bool, dict[str, str]] = {False: {}, True: {}}
        for pick in mine:
            if pick.entry.kind is Kind.SIGNATURE and _approved(pick):
                name = pick.entry.name
                known[pick.entry.international is True][name] = name
        for pick in mine:
            if pick.entry.kind is Kind.TEMPLATE:
                market = pick.entry.international is True
                usable = {**known[market], **project.usable[provider][market]}
                spec = project.specs[provider]
                texts[pick.named] = seen(pick.entry, spec, usable)
    return texts


def _group(pick: ChosenEntry, texts: Texts) -> JoinGroup:
    entry = pick.entry
    what: object = entry.name
    if entry.kind is Kind.TEMPLATE:
        what = shape(texts[pick.named].text)
    return entry.kind, entry.international is True, what


def _defined(
    definitions: Definitions, project: Surroundings, texts: Texts
) -> dict[JoinGroup, list[_Gathered]]:
    """The definitions that exist, each as a unit without picks."""
    groups: dict[JoinGroup, list[_Gathered]] = defaultdict(list)
    for signature in definitions.signatures.values():
        named = (Kind.SIGNATURE, signature.international, signature.name)
        groups[named].append(_Gathered(base=signature))
    for template in definitions.templates.values() if texts else ():
        text = said(template, project.specs.values())
        natives = {spec.native(template) for spec in project.specs.values()}
        shaped = (Kind.TEMPLATE, template.international, shape(text))
        groups[shaped].append(_Gathered(base=template, natives=natives))
    return groups


# --- who joins whom -----------------------------------------------------------------


def _placed(
    picks: Sequence[ChosenEntry],
    free: Sequence[_Gathered],
    wanting: Sequence[_Gathered],
    texts: Texts,
) -> list[_Gathered]:
    """Add one provider's *picks* of a group to units; returns units for the rest.

    A unit in *wanting*, defined for this provider and without an entry, takes the best
    of several picks; otherwise the next plan would submit one more.
    """

    def native(pick: ChosenEntry) -> str:
        return texts[pick.named].native if pick.named in texts else ""

    def bears(unit: _Gathered, pick: ChosenEntry) -> bool:
        return unit.is_called(pick.entry.name)

    def spells(unit: _Gathered, pick: ChosenEntry) -> bool:
        return native(pick) in unit.natives

    def sends(unit: _Gathered, pick: ChosenEntry) -> bool:
        return unit.approved and _approved(pick)

    rules: Sequence[Matches] = (
        lambda unit, pick: bears(unit, pick) and spells(unit, pick),
        lambda unit, pick: bears(unit, pick) and sends(unit, pick),
        bears,
        spells,
        lambda unit, pick: spells(unit, pick) and sends(unit, pick),
        lambda unit, pick: True,
        sends,
    )
    left, free = [*picks], [*free]  # picks not added yet, and units that may take one

    def put(unit: _Gathered, pick: ChosenEntry) -> None:
        left.remove(pick)
        free.remove(unit)
        unit.join = _cause(unit, pick, texts)
        unit.picks.append(pick)
        unit.natives.add(native(pick))

    for rule in rules:
        for unit, pick in _pairs(left, free, rule):
            put(unit, pick)
    for unit in wanting:
        if left and unit in free:
            spelled = [pick for pick in left if spells(unit, pick)]
            put(unit, max(spelled or left, key=merit))
    apart = Join(Cause.SEVERAL) if free else ALONE
    return [_Gathered([pick], None, apart, {native(pick)}) for pick in left]


def _pairs(
    picks: Sequence[ChosenEntry], units: Sequence[_Gathered], rule: Matches
) -> list[tuple[_Gathered, ChosenEntry]]:
    """(unit, pick) pairs in which *rule* allows each just the other."""
    found = []
    for pick in picks:
        mine = [*islice((unit for unit in units if rule(unit, pick)), 2)]
        if len(mine) == 1:
            theirs = (other for other in picks if rule(mine[0], other))
            if len([*islice(theirs, 2)]) == 1:
                found.append((mine[0], pick))
    return found


def _cause(unit: _Gathered, pick: ChosenEntry, texts: Texts) -> Join:
    if pick.entry.kind is Kind.SIGNATURE:
        return Join(Cause.NAME)
    here = texts[pick.named]
    names = [texts[each.named].variables for each in unit.picks]
    if isinstance(unit.base, Template):
        same = here.native in unit.natives
    else:
        same = all(each == here.variables for each in names)
    before = unit.join.cause
    return Join(
        Cause.TEXT if same and before is not Cause.VARIABLES else Cause.VARIABLES
    )


def _approved(pick: ChosenEntry) -> bool:
    return pick.entry.review is Review.APPROVED
