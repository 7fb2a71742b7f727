"""Which entries become definitions, and why the others do not; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from smsform.card import ProviderSpec
from smsform.directives import Claim
from smsform.drafts.values import ChosenEntry, SkippedEntry, SkipReason, submitted_first
from smsform.model import Address, Desired, Existing, Kind, Review
from smsform.plan.equality import unowned_equal
from smsform.state import Block

MarketName = tuple[Kind, str, bool]  # kind, name, international

# Of several alike one is imported: first what can be sent, then what may become so.
BEST = (
    Review.APPROVED,
    Review.APPROVED_INACTIVE,
    Review.IN_REVIEW,
    Review.REJECTED,
)


def named(entry: Existing) -> MarketName:
    """The kind, name and market: definitions of one provider differ in these."""
    return entry.kind, entry.name, entry.international is True


def sift(
    provider: str,
    entries: Iterable[Existing],
    block: Block,
    desired: Mapping[Address, Desired],
    spec: ProviderSpec,
    claims: Iterable[Claim] = (),
    joining: bool = False,
) -> tuple[list[ChosenEntry], list[SkippedEntry]]:
    """A provider's entries to define, by age, and all others with the reason.

    *desired* is what existing definitions want, *claims* are their `adopt` blocks. Of
    approved entries of one name, text and market the newest is picked, the others go
    with it. When *joining*, an entry is picked even if a definition has its name: it
    may join that one.
    """
    defined: dict[MarketName, list[Desired]] = {}
    for want in desired.values():
        names = (want.address.kind, want.name, want.international)
        defined.setdefault(names, []).append(want)
    owners = block.owners()
    claimed = {
        (claim.address.kind, claim.id): claim
        for claim in claims
        if claim.address.provider == provider
    }
    groups: dict[tuple[MarketName, object], list[Existing]] = {}
    left = []
    for entry in sorted(entries, key=submitted_first):
        namesakes = defined.get(named(entry), ())
        if joining and _definable(entry, spec):
            namesakes = ()
        if why := _reason(entry, owners, block, claimed, namesakes, spec):
            left.append(why)
        else:
            text = entry.attributes.get(spec.kinds[entry.kind].text)
            groups.setdefault((named(entry), text), []).append(entry)
    picks = [_pick(provider, group) for group in groups.values()]
    return sorted(picks, key=lambda pick: submitted_first(pick.entry)), left


def _reason(
    entry: Existing,
    owners: Mapping[tuple[Kind, str], object],
    block: Block,
    claimed: Mapping[tuple[Kind, str], Claim],
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
    if claim := claimed.get((entry.kind, entry.id)):
        return SkippedEntry(
            entry, SkipReason.CLAIMED, "" if claim.theirs else str(claim.address)
        )
    for address in _open_submissions(entry, block):
        return SkippedEntry(entry, SkipReason.SUBMITTED, address)
    for want in namesakes:
        if unowned_equal(kind, entry, want):
            return SkippedEntry(entry, SkipReason.DEFINED, str(want.address))
    for want in namesakes:
        return SkippedEntry(entry, SkipReason.NAMESAKE, str(want.address))
    if not _definable(entry, spec):
        return SkippedEntry(
            entry, SkipReason.UNKNOWN if entry.review not in BEST else SkipReason.UNTOLD
        )
    return None


def _definable(entry: Existing, spec: ProviderSpec) -> bool:
    """Whether a definition can be made of *entry*."""
    text = spec.kinds[entry.kind].text
    return entry.review in BEST and (not text or text in entry.attributes)


def _open_submissions(entry: Existing, block: Block) -> Iterator[str]:
    """The addresses whose submission, with its outcome unknown, may have made
    *entry*."""
    for (kind, key), intent in block.intents.items():
        if (
            (kind, intent.name) == (entry.kind, entry.name)
            and entry.id not in intent.known
            and entry.serves(intent.international)
        ):
            yield f"{kind}.{key}"


def _pick(provider: str, group: list[Existing]) -> ChosenEntry:
    """The newest of the best review; the others, oldest first, beside it."""
    best = min(BEST.index(entry.review) for entry in group)
    chosen = [entry for entry in group if BEST.index(entry.review) == best]
    entry = max(chosen, key=lambda each: (each.created, submitted_first(each)))
    return ChosenEntry(
        provider, entry, tuple(each for each in group if each is not entry)
    )


def merit(pick: ChosenEntry) -> tuple[int, int, tuple[int, str]]:
    """Sorts picks by review, then by age: the best is greatest."""
    entry = pick.entry
    return -BEST.index(entry.review), entry.created, submitted_first(entry)
