"""Units to drafts that are right; entries that cannot share are separated; pure.

units -> propose -> prove -> (apart: again) -> drafts, and what is left
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from smsform.drafts.proof import Proof, prove
from smsform.drafts.proposal import propose
from smsform.drafts.reading import TargetProject
from smsform.drafts.selection import named
from smsform.drafts.surroundings import Surroundings
from smsform.drafts.values import (
    ALONE,
    Cause,
    ChosenEntry,
    Draft,
    Join,
    SkippedEntry,
    SkipReason,
    Unit,
)
from smsform.model import Address, Desired, Kind
from smsform.plan.equality import unowned_equal

WantedByProvider = Mapping[
    str, Mapping[Address, Desired]
]  # by provider, what is defined
# Drafts that change files -> new texts by path, and the drafts that cannot be written.
Amend = Callable[[Sequence[Draft]], tuple[Mapping[str, str], Sequence[Draft]]]


class Settled(Struct):
    """Drafts that hold, what each wants, and the entries that get none.

    ``amended`` are the new texts of definition files that change, by path.
    """

    drafts: Sequence[Draft] = ()
    wanted: Mapping[Address, Desired] = field(default_factory=dict)
    left: Sequence[tuple[str, SkippedEntry]] = ()
    amended: Mapping[str, str] = field(default_factory=dict)


def settle(
    units: Sequence[Unit],
    project: Surroundings,
    ground: TargetProject,
    wanted: WantedByProvider,
    amend: Amend,
) -> Settled:
    """Propose and prove, separating what cannot share, until all drafts are right."""
    named_alike: list[tuple[str, SkippedEntry]] = []
    while True:
        units, namesakes = _without_namesakes(units, wanted, project)
        named_alike += namesakes
        proof = prove(propose(units, project), ground)
        if not proof.apart:
            amended, failed = amend([draft for draft in proof.drafts if draft.changes])
            if not failed:
                left = (*named_alike, *proof.left)
                return Settled(proof.drafts, proof.wanted, left, amended)
            proof.apart = {
                pick.named: Join(Cause.FILE, draft.key)
                for draft in failed
                for pick in draft.unit.picks
            }
        units = _parted(units, proof)


def _parted(units: Iterable[Unit], proof: Proof) -> list[Unit]:
    """*units* with every pick that is apart in a unit of its own."""
    found: list[Unit] = []
    for unit in units:
        out = [pick for pick in unit.picks if pick.named in proof.apart]
        kept = tuple([pick for pick in unit.picks if pick not in out])
        if kept and out:
            join = ALONE if len(kept) == 1 and unit.base is None else unit.join
            found.append(Unit(kept, unit.base, join))
        elif kept:
            found.append(unit)
        found += [Unit((pick,), None, proof.apart[pick.named]) for pick in out]
    return found


def _without_namesakes(
    units: Iterable[Unit], wanted: WantedByProvider, project: Surroundings
) -> tuple[list[Unit], list[tuple[str, SkippedEntry]]]:
    """*units*, and the entries that have a definition's name without joining it."""
    defined: dict[tuple[str, tuple[Kind, str, bool]], Desired] = {}
    for provider, here in wanted.items():
        for at, want in here.items():
            defined[provider, (at.kind, want.name, want.international)] = want
    kept, left = [], []
    for unit in units:
        pick = unit.picks[0]
        namesake = defined.get((pick.provider, named(pick.entry)))
        if len(unit.picks) == 1 and unit.base is None and namesake is not None:
            left += _left(pick, namesake, project)
        else:
            kept.append(unit)
    return kept, left


def _left(
    pick: ChosenEntry, want: Desired, project: Surroundings
) -> list[tuple[str, SkippedEntry]]:
    kind = project.specs[pick.provider].kinds[pick.entry.kind]
    why = (
        SkipReason.DEFINED
        if unowned_equal(kind, pick.entry, want)
        else SkipReason.NAMESAKE
    )
    return [
        (pick.provider, SkippedEntry(entry, why, str(want.address)))
        for entry in (*pick.beside, pick.entry)
    ]
