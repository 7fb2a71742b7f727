"""The values of a plan; all frozen, sorted as they are shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, field

from smsform.delivery import Deliverable, Delivery
from smsform.errors import SmsformError
from smsform.model import (
    NO_ATTRIBUTES,
    Address,
    Attributes,
    Desired,
    Existing,
    Identity,
    Kind,
    Review,
    Value,
)
from smsform.plan.actions import BY_HAND as BY_HAND
from smsform.plan.actions import IDLE as IDLE
from smsform.plan.actions import REMOVALS as REMOVALS
from smsform.plan.actions import SUBMISSIONS as SUBMISSIONS
from smsform.plan.actions import WHOLE as WHOLE
from smsform.plan.actions import Action as Action
from smsform.plan.actions import Mark as Mark
from smsform.plan.actions import Reason as Reason
from smsform.plan.holdings import Orphan, Quota, Retirable, Risk
from smsform.plan.lines import LazyLines
from smsform.state import Block, Origin


class MovedParameter(NamedTuple):
    """A position whose parameter changed; positions count from 1, "" is none.

    The position is 0 where senders name their parameters.
    """

    position: int
    before: str
    after: str


class Drift(NamedTuple):
    """A delivered attribute that the service shows otherwise than it was submitted."""

    attribute: str
    submitted: Value | None
    shown: Value


class Change(NamedTuple):
    """One line of a plan: an address, what happens to it, and why.

    ``id`` is the version acted on or looked at. ``before`` holds compared attributes.
    ``entry`` is what the service shows under ``id``. ``desired`` is what to submit.
    ``digest`` covers every version of the address as the service shows it.
    ``unverified`` says how the version became ours, if some of it was assumed then.
    """

    address: Address
    action: Action
    reason: Reason
    id: str = ""
    before: Attributes = NO_ATTRIBUTES
    digest: str = ""
    marks: tuple[Mark, ...] = ()
    entry: Existing | None = None
    desired: Desired | None = None
    moved: tuple[MovedParameter, ...] = ()
    drift: tuple[Drift, ...] = ()
    moved_from: Address | None = None
    candidates: tuple[str, ...] = ()  # ids a person must choose from
    unverified: Origin | None = None
    segments: tuple[int, int] | None = None  # most segments of a sample: before, after
    rendered: str = ""  # the first sample as the recipient reads it
    delivery: Delivery | None = None  # what was told of that version, and ends soon

    @property
    def after(self) -> Attributes:
        """The compared attributes once this is done; empty for removals."""
        if self.desired is None:
            return NO_ATTRIBUTES
        return {**self.desired.delivered, **self.desired.review_only}

    @property
    def kind(self) -> Kind:
        """Signature or template."""
        return self.address.kind

    @property
    def name(self) -> str:
        """What a console lists it under: the entry's name, else the one to submit."""
        if self.entry is not None:
            return self.entry.name
        return self.desired.name if self.desired else ""

    @property
    def international(self) -> bool | None:
        """The market it is for; None for both."""
        if self.desired is not None:
            return self.desired.international
        return self.entry.international if self.entry else None

    @property
    def rejected(self) -> bool:
        """Whether the version is settled and rejected."""
        return (
            self.action is Action.NONE
            and self.entry is not None
            and self.entry.review is Review.REJECTED
        )

    @property
    def by_hand(self) -> bool:
        """Whether a person has to act before anything can happen."""
        if self.action is not Action.WAIT:
            return self.rejected
        nameless = self.desired is not None and self.desired.signature is None
        return self.reason in BY_HAND or (self.reason is Reason.SIGNATURE and nameless)

    @property
    def pending(self) -> bool:
        """Whether nothing is to be done but to wait for a reviewer."""
        if self.action is Action.WAIT:
            return not self.by_hand
        return self.reason in (Reason.IN_REVIEW, Reason.INACTIVE) and (
            self.action is Action.NONE
        )


class ProviderPlan(Struct, frozen=True):
    """The plan of one provider.

    ``block`` is the state with everything that was read, and with all adoptions in the
    lines; ``seen`` is the state without these, None where there are none. ``misdated``
    counts the entries with an impossible time of submission. ``listed`` is whether the
    key may list entries; None when that was not tried. ``error`` says why the provider
    could not be read; then everything else is empty.
    """

    provider: str
    identity: Identity
    block: Block
    lines: Sequence[Change] = ()
    orphans: tuple[Orphan, ...] = ()
    retirable: tuple[Retirable, ...] = ()
    stuck: tuple[Change, ...] = ()  # unwanted candidates the service will not delete
    unmanaged: tuple[Existing, ...] = ()
    risks: Mapping[tuple[Kind, str], tuple[Risk, ...]] = field(default_factory=dict)
    quotas: tuple[Quota, ...] = ()
    seconds: float = 0.0  # least time all submissions and deletions take
    listed: bool | None = None
    emulated: bool = False
    known: int = 0  # addresses, for max_changes
    misdated: int = 0
    seen: Block | None = None
    error: SmsformError | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """The lines on which apply does something."""
        return tuple([line for line in self.notable if line.action not in IDLE])

    @property
    def notable(self) -> Sequence[Change]:
        """The lines that may have something to say: all but some that are settled."""
        return self.lines.notable if isinstance(self.lines, LazyLines) else self.lines

    def unverified(self, shown: Collection[str]) -> int:
        """How many lines were compared with what was assumed; not of ids in *shown*."""
        ids = [line.id for line in self.notable if Mark.UNVERIFIED in line.marks]
        if isinstance(self.lines, LazyLines):
            ids += self.lines.unverified
        return sum(id not in shown for id in ids)

    @property
    def kept(self) -> Block:
        """The state that may be saved without an apply."""
        return self.block if self.seen is None else self.seen

    @property
    def undeliverable(self) -> tuple[str, ...]:
        """The active ids of which the service told that they do not arrive."""
        return tuple(
            version.id
            for record in self.block.records.values()
            for version in record.versions
            if version.id == record.active
            and version.usable
            and version.delivery is not None
            and version.delivery.told is Deliverable.NO
        )

    @property
    def going(self) -> frozenset[tuple[Kind, str]]:
        """The entries that this plan deletes, by kind and id."""
        return frozenset(
            (line.kind, line.id) for line in self.notable if line.action in REMOVALS
        )


class Options(Struct, frozen=True):
    """The user's wishes; ``now`` is an input, so that plans are repeatable."""

    now: float
    targets: frozenset[Address] = frozenset()
    resubmit: frozenset[Address] = frozenset()
    retire: frozenset[Address] = frozenset()
    delete: frozenset[Address] = frozenset()
    prune: bool = False
    allow_changes: int | None = None
    allow_deletes: int | None = None
    show_unmanaged: bool = False


class Plan(Struct, frozen=True):
    """The whole plan: a part for each provider, in the order of ``smsform.yaml``."""

    providers: tuple[ProviderPlan, ...]
    options: Options

    @property
    def lines(self) -> tuple[Change, ...]:
        """All lines of all providers."""
        return tuple(chain.from_iterable(part.lines for part in self.providers))

    @property
    def notable(self) -> tuple[Change, ...]:
        """The lines that may have something to say: all but some that are settled."""
        return tuple(chain.from_iterable(part.notable for part in self.providers))

    @property
    def known(self) -> int:
        """How many lines there are."""
        return sum(len(part.lines) for part in self.providers)

    @property
    def unread(self) -> tuple[str, ...]:
        """The providers that could not be read."""
        return tuple([part.provider for part in self.providers if part.error])

    @property
    def unsettled(self) -> tuple[Change, ...]:
        """All lines except settled ones."""
        unsettled = [x for x in self.notable if x.reason is not Reason.SETTLED]
        return tuple(unsettled)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All lines on which apply does something."""
        return tuple(chain.from_iterable(part.changes for part in self.providers))
