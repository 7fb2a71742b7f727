"""A plan as text and as JSON; both say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from smsform.errors import UnsafePlan
from smsform.model import Review
from smsform.plan import Action, Change, Mark, Plan, ProviderPlan, Reason
from smsform.plan.diff import Part, differences, stretches
from smsform.plan.reconcile import SETTLING
from smsform.report.quota import quotas
from smsform.report.terminal import Style, safe
from smsform.words import say

SIGNS = {
    Action.CREATE: "+", Action.UPDATE: "~", Action.SUPERSEDE: "±", Action.DELETE: "-",
    Action.RETIRE: "-", Action.WITHDRAW: "-", Action.ADOPT: "=", Action.WAIT: "?",
    Action.NONE: "!",
}  # fmt: skip

LOUD = frozenset(Mark) - {Mark.UNVERIFIED}


def sign(change: Change, style: Style) -> str:
    """The sign in front of a line, in its colour."""
    paint = {
        Action.CREATE: style.green, Action.UPDATE: style.yellow,
        Action.SUPERSEDE: style.yellow, Action.ADOPT: style.cyan,
        Action.WAIT: style.yellow,
    }.get(change.action, style.red)  # fmt: skip
    return paint(SIGNS[change.action])


def as_text(
    plan: Plan,
    titles: Mapping[str, str],
    style: Style,
    unsafe: Mapping[str, UnsafePlan],
) -> str:
    """The whole plan; *titles* are the services' names, *unsafe* what apply refuses."""
    blocks = [
        "\n".join(_provider(part, plan, titles, style, unsafe.get(part.provider)))
        for part in plan.providers
    ]
    return "\n\n".join([*blocks, summary(plan)])


def _provider(
    part: ProviderPlan,
    plan: Plan,
    titles: Mapping[str, str],
    style: Style,
    unsafe: UnsafePlan | None,
) -> Iterator[str]:
    place = say("report.header_emulator") if part.emulated else ""
    title = titles.get(part.provider, "")
    yield style.bold(
        say("report.header", provider=part.provider, title=title, place=place)
    )
    if part.error is not None:
        yield style.red(safe(part.error.message()))
        if hint := part.error.hint():
            yield f"  {safe(hint)}"
        return
    if not part.listed:
        yield style.yellow(say("report.unlisted"))
    worth_showing = [line for line in part.lines if _speaks(line)]
    lapsed_first = sorted(worth_showing, key=lambda line: Mark.LAPSED not in line.marks)
    for line in lapsed_first:
        yield from _line(part, line, style)
    yield from _sections(part, plan, style)
    if unsafe is not None:
        yield style.red(
            say(
                "report.over_policy",
                what=unsafe.message(),
                flag=unsafe.flag,
                count=unsafe.count,
            )
        )


def _speaks(line: Change) -> bool:
    """Whether a line has something to say; what is settled is only counted."""
    return not LOUD.isdisjoint(line.marks) or (
        line.reason is not Reason.SETTLED
        and (line.action is not Action.NONE or line.rejected)
    )


def _line(part: ProviderPlan, line: Change, style: Style) -> Iterator[str]:
    address = safe(str(line.address))
    action = "rejected" if line.rejected else line.action
    action = "" if action is Action.NONE else action
    head = f"{sign(line, style)} {style.bold(address)} {action}".rstrip()
    if line.action is Action.NONE and not line.rejected:
        head = f"  {address}"
    yield f"{head}: {reason(part, line)}"
    for note in notes(line):
        yield f"    {style.yellow(note)}"
    if line.action in (Action.UPDATE, Action.SUPERSEDE):
        yield from _differences(line, style)
    if line.action is Action.CREATE:
        for name, value in line.after.items():
            yield f"    {name}: {safe(str(value))}"
    if line.rendered:
        yield f"    {style.dim('>')} {safe(line.rendered)}"
    if line.segments:
        before, after = line.segments
        key = "report.segments_changed" if before else "report.segments"
        text = say(key, before=before, after=after)
        yield "    " + (style.red(text) if before and after > before else text)


def _differences(line: Change, style: Style) -> Iterator[str]:
    for name, before, after in differences(line.before, line.after):
        if isinstance(before, str) and isinstance(after, str) and before and after:
            yield f"    {name}: {marked(before, after, style)}"
        else:
            old = "" if before is None else safe(str(before))
            new = "" if after is None else safe(str(after))
            yield f"    {name}: {style.red(old)} -> {style.green(new)}"


def marked(before: str, after: str, style: Style) -> str:
    """A character diff on one line: ``[-gone-]{+come+}``, coloured where colour is."""
    out = []
    for part, text in stretches(before, after):
        if part is Part.SAME:
            out.append(safe(text))
        elif part is Part.REMOVED:
            out.append(style.red(f"[-{safe(text)}-]"))
        else:
            out.append(style.green(f"{{+{safe(text)}+}}"))
    return "".join(out)


def reason(part: ProviderPlan, line: Change) -> str:
    """Why a line is what it is, as a sentence."""
    record = part.block.record((line.kind, line.address.key))
    fields: dict[str, object] = {
        "id": safe(line.id),
        "address": safe(str(line.address)),
        "active": safe(record.active),
    }
    key: str = line.reason
    if line.rejected:
        note = line.entry.note if line.entry else ""
        return say(
            "report.rejected_note" if note else "report.rejected_plain",
            **fields, note=safe(note),
        )  # fmt: skip
    if line.reason is Reason.EDITED and line.action is Action.SUPERSEDE:
        active = record.version(record.active)
        stays = active is not None and active.usable
        key = "edited_supersede" if stays else "edited_inactive"
        fields["id"] = safe(record.active if stays else line.id)
    elif line.reason is Reason.IN_REVIEW and line.action is Action.WAIT:
        key = "in_review_wait"
    elif line.reason is Reason.UNCLEAR:
        intent = part.block.intents.get((line.kind, line.address.key))
        key = "unclear" if part.listed else "unclear_unlisted"
        fields["until"] = _settled_by(intent.at if intent else "")
    elif line.reason is Reason.SIGNATURE and line.desired:
        fields["address"] = safe(str(line.desired.signature))
    return say(
        f"report.{key}",
        **fields,
        since=moment(line.entry.created) if line.entry else "",
        origin=safe(str(line.moved_from)),
        ids=safe(", ".join(line.candidates)),
        review=line.entry.review if line.entry else Review.UNKNOWN,
    )


def notes(line: Change) -> Iterator[str]:
    """The warnings of a line."""
    review = line.entry.review if line.entry else Review.UNKNOWN
    evidence = line.desired.evidence if line.desired else ()
    fields = {
        "id": safe(line.id),
        "review": review,
        "paths": safe(", ".join(each.path for each in evidence if not each.sha256)),
        "since": moment(line.entry.created) if line.entry else "",
    }
    for mark in line.marks:
        yield say(f"report.{mark}", **fields)
    nothing = say("report.nothing_there")
    for moved in line.moved:
        yield say(
            "report.moved",
            position=moved.position,
            before=safe(moved.before) or nothing,
            after=safe(moved.after) or nothing,
        )


def _sections(part: ProviderPlan, plan: Plan, style: Style) -> Iterator[str]:
    if part.orphans:
        yield say("report.orphans")
        for orphan in part.orphans:
            line = say(
                "report.orphan_line",
                address=safe(str(orphan.address)), id=safe(orphan.id),
                review=orphan.review,
            )  # fmt: skip
            spared = say("report.spared", why=orphan.spared) if orphan.spared else ""
            yield f"    {line}{spared}"
    if part.retirable:
        yield say("report.retirable")
        for each in part.retirable:
            address = safe(str(each.address))
            when = say("report.retire_never", address=address)
            if each.due is not None:
                when = say("report.retire_due", due=moment(each.due))
            yield "    " + say(
                "report.retirable_line",
                address=address, id=safe(each.id), since=moment(each.since), when=when,
            )  # fmt: skip
    if part.stuck:
        yield say("report.stuck")
        for kept in part.stuck:
            yield f"    {safe(str(kept.address))}: {reason(part, kept)}"
    if part.unmanaged and plan.options.show_unmanaged:
        yield say("report.unmanaged_all")
        for entry in part.unmanaged:
            row = f"{entry.kind} {entry.id} {entry.name} ({entry.review})"
            yield f"    {safe(row)}"
    elif part.unmanaged:
        yield style.dim(say("report.unmanaged", count=len(part.unmanaged)))
    quiet = [x for x in part.lines if Mark.UNVERIFIED in x.marks and not _speaks(x)]
    if quiet:
        yield style.dim(say("report.unverified_count", count=len(quiet)))
    yield from quotas(part.quotas, style)


def counts(plan: Plan) -> dict[str, int]:
    """How many lines of each sort; keys are the actions and in what state the rest."""
    found: Counter[str] = Counter()
    for line in plan.unsettled:
        if line.rejected:
            found["rejected"] += 1
        elif line.action is Action.NONE:
            found["pending" if line.pending else "settled"] += 1
        else:
            found[line.action] += 1
    if settled := len(plan.lines) - len(plan.unsettled):
        found["settled"] += settled
    return dict(found)


def summary(plan: Plan) -> str:
    """The last line: what would be done, and where the rest stands."""
    found = counts(plan)
    words = {
        "create": "to_create", "update": "to_update", "supersede": "to_supersede",
        "adopt": "to_adopt", "retire": "to_retire", "withdraw": "to_withdraw",
        "delete": "to_delete", "wait": "waiting", "pending": "pending",
        "rejected": "rejected_count", "settled": "settled_count",
    }  # fmt: skip
    parts = [
        say(f"report.{word}", count=found[key])
        for key, word in words.items()
        if key in found
    ]
    listed = ", ".join(parts) or say("report.no_definitions")
    if not plan.changes:
        return say("report.summary_nothing", counts=listed)
    seconds = max(part.seconds for part in plan.providers)
    if seconds >= 1:
        listed += "; " + say("report.time", seconds=round(seconds))
    return say("report.summary", counts=listed)


def moment(seconds: float) -> str:
    """A time as people read it here: local, with its offset."""
    if not seconds:
        return "?"
    local = datetime.fromtimestamp(seconds, UTC).astimezone()
    return local.isoformat(sep=" ", timespec="minutes")


def _settled_by(at: str) -> str:
    try:
        return moment(datetime.fromisoformat(at).timestamp() + SETTLING)
    except ValueError:
        return "?"
