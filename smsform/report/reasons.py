"""The reasons of a plan's lines, and what else a reader should know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from smsform.model import Address, Existing, Review
from smsform.plan import SUBMISSIONS, Action, Change, Mark, ProviderPlan, Reason
from smsform.plan.reconcile import SETTLING
from smsform.report.moments import moment
from smsform.report.terminal import Show, safe
from smsform.words import say


def reason(part: ProviderPlan, line: Change, show: Show = safe) -> str:
    """The reason of a line, as a sentence; for a rejected one only its id."""
    record = part.block.record((line.kind, line.address.key))
    fields: dict[str, object] = {
        "id": show(line.id),
        "address": show(str(line.address)),
        "active": show(record.active),
    }
    if line.rejected:
        return show(line.id)
    key: str = line.reason
    if line.reason is Reason.EDITED and line.action is Action.SUPERSEDE:
        active = record.version(record.active)
        stays = active is not None and active.usable
        key = "edited_supersede" if stays else "edited_inactive"
        fields["id"] = show(record.active if stays else line.id)
    elif line.reason is Reason.IN_REVIEW and line.action is Action.WAIT:
        key = "in_review_wait"
    elif line.reason is Reason.UNCLEAR:
        intent = part.block.intents.get((line.kind, line.address.key))
        key = "unclear" if part.listed else "unclear_unlisted"
        fields["until"] = _settled_by(intent.at if intent else "")
    elif line.reason is Reason.AMBIGUOUS:
        key = _ambiguous(part, line)
    elif line.reason is Reason.MOVED:
        key = "moved_key"
    elif line.reason is Reason.SIGNATURE and line.desired:
        fields["address"] = show(str(line.desired.signature))
        if line.desired.signature is None:
            key = "signature_any"
    return say(
        f"report.{key}",
        **fields,
        since=moment(line.entry.created) if line.entry else "",
        origin=show(str(line.moved_from)),
        ids=show(", ".join(line.candidates)),
        review=line.entry.review if line.entry else Review.UNKNOWN,
    )


def _ambiguous(part: ProviderPlan, line: Change) -> str:
    """The candidates to choose from: orphans of ours, one entry, or several."""
    owners = {str(Address(part.provider, *slot)) for slot in part.block.records}
    if owners.issuperset(line.candidates):
        return "ambiguous_owners"
    alike = [each for each in part.notable if each.candidates == line.candidates]
    if len(alike) > 1:
        return "ambiguous_wanted"
    names = {each.name for each in part.unmanaged if each.id in line.candidates}
    if line.desired and line.desired.name not in names and len(line.candidates) == 1:
        return "ambiguous_like"
    return "ambiguous_one" if len(line.candidates) == 1 else "ambiguous"


def _settled_by(at: str) -> str:
    try:
        return moment(datetime.fromisoformat(at).timestamp() + SETTLING)
    except ValueError:
        return "?"


def notes(line: Change, show: Show = safe) -> Iterator[str]:
    """The reviewer's words, warnings, and what senders will notice."""
    if said := verdict(line.entry, show):
        yield said
    yield from warnings(line, show)
    yield from moves(line, show)


def files(line: Change, show: Show = safe) -> Iterator[str]:
    """The files sent with a submission: name, size and the beginning of the hash."""
    if line.action not in SUBMISSIONS or line.desired is None:
        return
    for each in line.desired.evidence:
        if each.sha256:
            name, begin = show(each.shown), each.sha256[:12]
            yield say("report.file", name=name, size=each.size, sha256=begin)


def warnings(line: Change, show: Show = safe) -> Iterator[str]:
    """What to do about a rejection, the line's marks, and both texts of a drift."""
    if line.rejected:
        yield say("report.rejected_todo", address=show(str(line.address)))
    review = line.entry.review if line.entry else Review.UNKNOWN
    evidence = line.desired.evidence if line.desired else ()
    fields = {
        "id": show(line.id),
        "review": review,
        "paths": show(", ".join(each.shown for each in evidence if not each.sha256)),
        "since": moment(line.entry.created) if line.entry else "",
        "how": line.unverified,
        "why": show(line.delivery.why) if line.delivery else "",
    }
    for mark in line.marks:
        yield say(f"report.{mark}", **fields)
        if mark is Mark.DRIFT:
            yield from _drift(line, show)


def moves(line: Change, show: Show = safe) -> Iterator[str]:
    """Parameters whose position or name changes for senders."""
    nothing = say("report.nothing_there")
    for moved in line.moved:
        yield say(
            "report.moved" if moved.position else "report.moved_name",
            position=moved.position,
            before=show(moved.before) if moved.before else nothing,
            after=show(moved.after) if moved.after else nothing,
        )


def verdict(entry: Existing | None, show: Show = safe) -> str:
    """The reviewer's words for a rejected entry; "" for any other."""
    if entry is None or entry.review is not Review.REJECTED:
        return ""
    if not entry.note:
        return say("report.verdict_silent")
    return say("report.verdict_note", note=show(entry.note))


def _drift(line: Change, show: Show) -> Iterator[str]:
    """Both texts, one below the other."""
    for each in line.drift:
        for text in ("submitted", "shown"):
            value = show(str(getattr(each, text)))
            yield say(f"report.drift_{text}", attribute=each.attribute, value=value)


def market(international: bool | None) -> str:
    """The market something is for, in one word."""
    if international is None:
        return say("report.market_both")
    return say(f"report.market_{'international' if international else 'domestic'}")
