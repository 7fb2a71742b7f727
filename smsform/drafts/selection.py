"""Which entries become definitions, and which are left, each for a reason; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from smsform.card import ProviderSpec
from smsform.drafts.values import ChosenEntry, SkippedEntry, SkipReason, submitted_first
from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.equality import unowned_equal
from smsform.state import Block

Named = tuple[Kind, str, bool]  # kind, name, international

# Which of several alike is imported: what can be sent first, then what may come to it.
BEST = (
    Review.APPROVED,
    Review.APPROVED_INACTIVE,
    Review.IN_REVIEW,
    Review.REJECTED,
)


def named(entry: Existing) -> Named:
    """What a provider's definitions must differ in."""
    return entry.kind, entry.name, entry.international is True


def sift(
    entries: Iterable[Existing],
    block: Block,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
) -> tuple[list[ChosenEntry], list[SkippedEntry]]:
    """Entries to define, by age, and all others with the reason.

    *desired* is what the definitions want that exist already. Of approved entries of
    one name, text and market the newest is picked, the others go with it.
    """
    defined: dict[Named, list[Desired]] = {}
    for want in desired.values():
        names = (want.address.kind, want.name, want.international)
        defined.setdefault(names, []).append(want)
    owners = block.owners()
    groups: dict[tuple[Named, object], list[Existing]] = {}
    left = []
    for entry in sorted(entries, key=submitted_first):
        if why := _reason(entry, owners, block, defined.get(named(entry), ()), spec):
            left.append(why)
        else:
            text = entry.attributes.get(spec.kinds[entry.kind].text)
            groups.setdefault((named(entry), text), []).append(entry)
    picks = [_pick(group) for group in groups.values()]
    return sorted(picks, key=lambda pick: submitted_first(pick.entry)), left


def _reason(
    entry: Existing,
    owners: Mapping[tuple[Kind, str], object],
    block: Block,
    namesakes: Iterable[Desired],
    spec: ProviderSpec,
) -> SkippedEntry | None:
    kind = spec.kinds[entry.kind]
    if (entry.kind, entry.id) in owners:
        return SkippedEntry(entry, SkipReason.OWNED)
    if entry.foreign:
        return SkippedEntry(entry, SkipReason.FOREIGN)
    if entry.review is Review.CANCELLED:
        return SkippedEntry(entry, SkipReason.CANCELLED)
    for address in _open_submissions(entry, block):
        return SkippedEntry(entry, SkipReason.SUBMITTED, address)
    for want in namesakes:
        if unowned_equal(kind, entry, want):
            return SkippedEntry(entry, SkipReason.DEFINED, str(want.address))
    for want in namesakes:
        return SkippedEntry(entry, SkipReason.NAMESAKE, str(want.address))
    if entry.review not in BEST:
        return SkippedEntry(entry, SkipReason.UNKNOWN)
    if kind.text and kind.text not in entry.attributes:
        return SkippedEntry(entry, SkipReason.UNTOLD)
    return None


def _open_submissions(entry: Existing, block: Block) -> Iterator[str]:
    """The addresses whose submission, with an outcome unknown, may have made it."""
    for (kind, key), intent in block.intents.items():
        if (
            (kind, intent.name) == (entry.kind, entry.name)
            and entry.id not in intent.known
            and entry.serves(intent.international)
        ):
            yield f"{kind}.{key}"


def _pick(group: list[Existing]) -> ChosenEntry:
    """The newest of the best review; the others, oldest first, beside it."""
    best = min(BEST.index(entry.review) for entry in group)
    chosen = [entry for entry in group if BEST.index(entry.review) == best]
    entry = max(chosen, key=lambda each: (each.created, submitted_first(each)))
    return ChosenEntry(entry, tuple(each for each in group if each is not entry))
