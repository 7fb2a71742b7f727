"""When a version equals the definition; pure.

Delivered attributes decide; either as the service shows them or as we submitted them.
Attributes that the service never shows are compared with the state file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from smsform.model import Attributes, Desired, Existing, Review, Value
from smsform.plan.values import Drift, MovedParameter
from smsform.provider import KindSpec
from smsform.state import Origin, Version


class Owned(NamedTuple):
    """A version of ours together with what the service shows of it now."""

    version: Version
    entry: Existing

    @property
    def approved(self) -> bool:
        """Whether it can be sent now."""
        return self.entry.review is Review.APPROVED

    @property
    def resubmitted(self) -> bool:
        """Whether the entry was submitted again by somebody else after us."""
        known, shown = self.version.order, self.entry.order
        return bool(known and shown) and known != shown


def shown(spec: KindSpec, entry: Existing, remembered: Attributes) -> Attributes:
    """The delivered attributes as the service shows them.

    Attributes it never shows, or that this reply lacks, are taken from *remembered*.
    """
    seen = entry.attributes.keys() - spec.unreadable
    return {
        name: entry.attributes[name] if name in seen else remembered[name]
        for name in spec.delivered
        if name in seen or name in remembered
    }


def as_shown(spec: KindSpec, owned: Owned, desired: Desired) -> bool:
    """Whether the service shows what is wanted; hidden attributes as we submitted
    them."""
    wanted = [desired.delivered[name] for name in spec.delivered]
    return shows(spec, owned.entry, owned.version, wanted)


def shows(
    spec: KindSpec, entry: Existing, version: Version, wanted: Sequence[Value]
) -> bool:
    """The same of the values *wanted*, in the order of the card."""
    visible, remembered = entry.attributes, version.submitted
    for name, value in zip(spec.delivered, wanted, strict=True):
        seen = name in visible and name not in spec.unreadable
        found = visible[name] if seen else remembered.get(name)
        if found != value:
            return False
    return True


def as_submitted(spec: KindSpec, owned: Owned, desired: Desired) -> bool:
    """Whether what is wanted is what was submitted last, by us.

    A version that was adopted by its text was not submitted by us: what it shows
    counts.
    """
    version = owned.version
    if version.origin is Origin.ADOPTED or owned.resubmitted:
        return False
    return all(
        version.submitted.get(name) == desired.delivered[name]
        for name in spec.delivered
    )


def equal(spec: KindSpec, owned: Owned, desired: Desired) -> bool:
    """Whether this version is what the definition wants."""
    return as_shown(spec, owned, desired) or as_submitted(spec, owned, desired)


def unowned_equal(spec: KindSpec, entry: Existing, desired: Desired) -> bool:
    """Whether an unowned entry shows what is wanted; hidden attributes are assumed."""
    visible = shown(spec, entry, {})
    return bool(visible) and all(
        visible[name] == desired.delivered[name] for name in visible
    )


def review_only_equal(spec: KindSpec, owned: Owned, desired: Desired) -> bool:
    """Whether reviewers got what the definition says now.

    An attribute that the definition does not state (a missing evidence file) is not
    compared.
    """
    for name in spec.review_only:
        if name not in desired.review_only:
            continue
        if name in spec.unreadable or name not in owned.entry.attributes:
            found = owned.version.submitted.get(name)
        else:
            found = owned.entry.attributes[name]
        if found != desired.review_only[name]:
            return False
    return True


def drift(spec: KindSpec, owned: Owned, desired: Desired) -> tuple[Drift, ...]:
    """Attributes that the service shows differently from what was submitted."""
    if not as_submitted(spec, owned, desired):
        return ()
    remembered, visible = owned.version.submitted, owned.entry.attributes
    return tuple(
        Drift(name, remembered.get(name), visible[name])
        for name in readable(spec)
        if name in visible and visible[name] != remembered.get(name)
    )


def readable(spec: KindSpec) -> tuple[str, ...]:
    """The delivered attributes that the service shows."""
    return tuple([name for name in spec.delivered if name not in spec.unreadable])


def moved_on(spec: KindSpec, seen: Existing, now: Existing) -> tuple[str, ...]:
    """What of an entry has changed since it was *seen*: name, review, attributes.

    An attribute that is missing in one of the two replies is not compared.
    """
    pairs: list[tuple[str, Value, Value]]
    pairs = [("review", seen.review, now.review), ("name", seen.name, now.name)]
    pairs += [
        (name, seen.attributes[name], now.attributes[name])
        for name in readable(spec)
        if name in seen.attributes and name in now.attributes
    ]
    return tuple([f"{name} {was} -> {is_}" for name, was, is_ in pairs if was != is_])


def moved_parameters(
    before: tuple[str, ...], after: tuple[str, ...], positional: bool = True
) -> tuple[MovedParameter, ...]:
    """Positions that carry another parameter now, which breaks senders that count.

    Where senders name parameters, only an added or removed parameter breaks them.
    """
    if not positional:
        gone = [MovedParameter(0, name, "") for name in before if name not in after]
        return (
            *gone,
            *(MovedParameter(0, "", name) for name in after if name not in before),
        )
    longest = max(len(before), len(after))
    pairs = (
        (
            before[n] if n < len(before) else "",
            after[n] if n < len(after) else "",
        )
        for n in range(longest)
    )
    return tuple(MovedParameter(n, b, a) for n, (b, a) in enumerate(pairs, 1) if b != a)


def digest(spec: KindSpec, entries: Iterable[Existing]) -> str:
    """A fingerprint of an address's versions as the service shows them.

    Covers id, review and readable delivered attributes; not notes, not times.
    """
    rows = sorted(
        [
            entry.id,
            entry.review,
            [[name, entry.attributes.get(name)] for name in readable(spec)],
        ]
        for entry in entries
    )
    text = json.dumps(rows, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def similar(one: Value, other: Value) -> bool:
    """Whether two texts differ only in width of characters and white space."""
    if not isinstance(one, str) or not isinstance(other, str):
        return one == other
    return folded(one) == folded(other)


def folded(value: object) -> object:
    """A text with what services normalise removed: width of characters, white space."""
    if not isinstance(value, str):
        return value
    return "".join(normalize("NFKC", value).split())
