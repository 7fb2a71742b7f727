"""The plan table: an address, its versions and what is wanted -> one change; pure."""

from __future__ import annotations

from typing import NamedTuple

from smsform.delivery import Delivery
from smsform.model import Address, Attributes, Desired, Existing, Review
from smsform.plan.active import hindered, newest, owned_versions
from smsform.plan.context import PlanContext
from smsform.plan.equality import (
    Owned,
    digest,
    drift,
    equal,
    moved_parameters,
    review_only_equal,
)
from smsform.plan.matching import unclear
from smsform.plan.values import (
    SUBMISSIONS,
    Action,
    Change,
    Mark,
    MovedParameter,
    Reason,
)
from smsform.provider import KindSpec
from smsform.state import Origin, Record


class Decision(NamedTuple):
    """What is to be done about an address; ``look`` is the version it is based on."""

    action: Action
    reason: Reason
    look: Owned | None = None
    id: str = ""
    entry: Existing | None = None
    moved_from: Address | None = None
    candidates: tuple[str, ...] = ()


def decide(context: PlanContext, want: Desired) -> Change:
    """The change for one address, before signatures are checked."""
    slot = (want.address.kind, want.address.key)
    if rests(context, want.address):
        return settled_line(context, want)
    kind = context.spec.kinds[slot[0]]
    record = context.block.record(slot)
    owned = owned_versions(slot, record, context.entries, want.international)
    made = _table(context, kind, want, record, owned)
    if candidates := context.choices.get(want.address, ()):
        made = _ambiguous(made, candidates)
    elif id := context.missing.get(want.address, ""):
        made = Decision(Action.WAIT, Reason.MISSING, id=id)
    elif made.action in SUBMISSIONS and unclear(want, context.block.intents):
        made = made._replace(action=Action.WAIT, reason=Reason.UNCLEAR)
    elif made.action in SUBMISSIONS or made.reason is Reason.LOOKUP:
        made = _rivalled(context, want, owned, made)
    return _line(context, want, record, owned, made)


def rests(context: PlanContext, address: Address) -> bool:
    """Whether nothing is to be done at an address, and nobody asked for it."""
    settled = (address.kind, address.key) in context.settled
    return settled and address not in context.options.resubmit


def settled_line(context: PlanContext, want: Desired) -> Change:
    """The line of an address where nothing is to be done."""
    owned = context.settled[want.address.kind, want.address.key]
    return Change(
        want.address,
        Action.NONE,
        Reason.SETTLED,
        id=owned.version.id,
        marks=ASSUMED if owned.version.assumed else (),
        unverified=owned.version.origin if owned.version.assumed else None,
        entry=owned.entry,
        desired=want,
        delivery=_delivery(context, owned),
    )


def _delivery(context: PlanContext, look: Owned | None) -> Delivery | None:
    """What the service told of a version that can be sent, where it matters now."""
    told = look.version.delivery if look and look.approved else None
    return told and told.near(context.options.now)


def _table(
    context: PlanContext,
    kind: KindSpec,
    want: Desired,
    record: Record,
    owned: list[Owned],
) -> Decision:
    """The decision, by the review of the version and whether it equals the
    definition."""
    if not owned:
        if want.lookup_only:
            return Decision(Action.WAIT, Reason.LOOKUP)
        vanished = any(version.gone for version in record.versions)
        return Decision(Action.CREATE, Reason.VANISHED if vanished else Reason.NEW)
    look = looked_at(kind, record, owned, want)
    action, reason = _cell(kind, want, look, want.address in context.options.resubmit)
    return Decision(action, reason, look, look.version.id, look.entry)


ASSUMED = (Mark.UNVERIFIED,)
SETTLED = {
    Review.IN_REVIEW: Reason.IN_REVIEW,
    Review.APPROVED_INACTIVE: Reason.INACTIVE,
    Review.REJECTED: Reason.REJECTED,
    Review.APPROVED: Reason.SETTLED,
}


def _cell(
    kind: KindSpec, want: Desired, look: Owned, resubmit: bool
) -> tuple[Action, Reason]:
    review, same = look.entry.review, equal(kind, look, want)
    if review not in SETTLED:
        return Action.WAIT, Reason.UNKNOWN
    if resubmit and same and not want.lookup_only:
        drifted = bool(drift(kind, look, want))
        again = review is Review.APPROVED and not kind.removable  # a signature
        if review is Review.REJECTED or drifted or again:
            return _edit(kind, want, look, asked=True), Reason.RESUBMIT
    if same and review is Review.REJECTED and not want.lookup_only:
        same = review_only_equal(kind, look, want)
    if same or want.lookup_only:
        return Action.NONE, SETTLED[review]
    if review in (Review.APPROVED, Review.APPROVED_INACTIVE):
        return Action.SUPERSEDE, Reason.EDITED
    if review is Review.REJECTED:
        return _edit(kind, want, look), Reason.REJECTED
    if review in kind.edits or look.version.origin is Origin.ADOPTED:
        return _edit(kind, want, look), Reason.EDITED
    return Action.WAIT, Reason.IN_REVIEW


def _edit(kind: KindSpec, want: Desired, look: Owned, *, asked: bool = False) -> Action:
    """UPDATE where the service edits in place, else SUPERSEDE; CREATE for another id.

    An adopted entry may be used by others too: it is edited only when a person *asked*
    for this very entry and its name is its id, so that there can be no second one.
    """
    renamed = kind.named and want.name != look.entry.name
    ours = look.version.origin is not Origin.ADOPTED or (asked and kind.named)
    in_place = look.entry.review in kind.edits and not renamed and ours
    return Action.UPDATE if in_place else Action.SUPERSEDE


def looked_at(
    kind: KindSpec, record: Record, owned: list[Owned], want: Desired
) -> Owned:
    """The version a decision is based on: the newest that equals, approved ones first.

    Without an equal one it is the newest. Among approved equals the active one stays,
    so that ids do not change for nothing. A rejected equal one counts where no other
    does.
    """
    same = [each for each in owned if equal(kind, each, want)]
    approved = [each for each in same if each.approved]
    active = [each for each in approved if each.version.id == record.active]
    waiting = [each for each in same if each.entry.review is not Review.REJECTED]
    return newest(active or approved or waiting or same or owned)


def _rivalled(
    context: PlanContext, want: Desired, owned: list[Owned], made: Decision
) -> Decision:
    """*made*, or AMBIGUOUS when somebody has submitted another text of its name."""
    since = newest(owned).entry.created if owned else -1
    rivals = [
        entry.id
        for entry in context.unowned.get((want.address.kind, want.name), ())
        if entry.serves(want.international) and entry.created > since
    ]
    return _ambiguous(made, tuple(sorted(rivals))) if rivals else made


def _ambiguous(made: Decision, candidates: tuple[str, ...]) -> Decision:
    return made._replace(
        action=Action.WAIT, reason=Reason.AMBIGUOUS, candidates=candidates
    )


def adoption(context: PlanContext, step: Change) -> Change:
    """The line for an adoption, with everything that lines carry."""
    want = step.desired
    assert want is not None
    record = context.block.record((step.kind, step.address.key))
    owned = owned_versions(
        (step.kind, step.address.key), record, context.entries, want.international
    )
    made = Decision(
        step.action, step.reason, None, step.id, step.entry, step.moved_from
    )
    return _line(context, want, record, owned, made)


def _line(
    context: PlanContext,
    want: Desired,
    record: Record,
    owned: list[Owned],
    made: Decision,
) -> Change:
    """The decision as a line: with attributes, digest and warnings."""
    spec, look, changes = context.spec, made.look, made.action is not Action.NONE
    kind = spec.kinds[want.address.kind]
    active = record.version(record.active)
    found: tuple[Mark, ...] = ()
    drifted = drift(kind, look, want) if look else ()
    if drifted:
        found += (Mark.DRIFT,)
    unverified = _assumed(kind, want, made)
    if unverified:
        found += ASSUMED
    if look and look.entry.review is Review.IN_REVIEW and made.action is Action.UPDATE:
        found += (Mark.REQUEUED,)
    if made.action in SUBMISSIONS and not all(e.sha256 for e in want.evidence):
        found += (Mark.EVIDENCE,)
    if active and look and not active.usable and made.id == active.id:
        found += (Mark.LAPSED,)
    if _delayed(context, kind, want, record, look):
        found += (Mark.DELAYED,)
    moved: tuple[MovedParameter, ...] = ()
    if active and (made.action in SUBMISSIONS or made.action is Action.ADOPT):
        names = active.parameters, want.parameters
        moved = moved_parameters(*names, spec.positional)
    return Change(
        want.address,
        made.action,
        made.reason,
        id=made.id,
        before=_before(kind, look) if look and changes else {},
        digest=digest(kind, (each.entry for each in owned)) if changes else "",
        marks=found,
        entry=made.entry,
        desired=want,
        moved=moved,
        drift=drifted,
        moved_from=made.moved_from,
        candidates=made.candidates,
        unverified=unverified,
        delivery=_delivery(context, look),
    )


def _delayed(
    context: PlanContext,
    kind: KindSpec,
    want: Desired,
    record: Record,
    look: Owned | None,
) -> bool:
    """Whether ids do not move to an approved version because it would not arrive."""
    return (
        look is not None
        and look.approved
        and look.version.id != record.active
        and hindered(look.version, context.delivery_policy)
        and equal(kind, look, want)
    )


def _assumed(kind: KindSpec, want: Desired, made: Decision) -> Origin | None:
    """How the entry became ours, or will, where some attributes were assumed then."""
    if made.look is not None:
        version = made.look.version
        return version.origin if version.assumed else None
    unseen = kind.unreadable & {*want.delivered, *want.review_only}
    if not unseen:
        return None
    return {Reason.FOUND: Origin.ADOPTED, Reason.CLAIMED: Origin.IMPORTED}.get(
        made.reason
    )


def _before(kind: KindSpec, look: Owned) -> Attributes:
    """The version's attributes: as shown, else as submitted."""
    known = {**look.version.submitted, **look.entry.attributes}
    names = (*kind.delivered, *kind.review_only)
    return {name: known[name] for name in names if name in known}
