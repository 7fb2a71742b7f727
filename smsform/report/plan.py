"""A plan as text; `plan_json` is the same for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from smsform.errors import UnsafePlan
from smsform.plan import Action, Change, Mark, Plan, ProviderPlan, Reason
from smsform.plan.diff import Edit, differences, stretches
from smsform.report.lists import lists
from smsform.report.reasons import files, market, notes, reason
from smsform.report.terminal import Show, Style, hang, safe
from smsform.words import counted, named, say

SIGNS = {
    Action.CREATE: "+", Action.UPDATE: "~", Action.SUPERSEDE: "±", Action.DELETE: "-",
    Action.RETIRE: "-", Action.WITHDRAW: "-", Action.ADOPT: "=", Action.WAIT: "?",
    Action.NONE: "!",
}  # fmt: skip

LOUD = frozenset(Mark) - {Mark.UNVERIFIED}


def sign(change: Change, style: Style) -> str:
    """The sign in front of a line, in its colour."""
    paint = {
        Action.CREATE: style.green,
        Action.UPDATE: style.yellow,
        Action.SUPERSEDE: style.yellow,
        Action.ADOPT: style.cyan,
        Action.WAIT: style.yellow,
    }.get(change.action, style.red)
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
    return hang("\n\n".join([*blocks, summary(plan)]), style.columns)


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
    if part.misdated:
        yield style.yellow(counted("report.misdated", part.misdated))
    worth_showing = [line for line in part.notable if speaks(line)]
    lapsed_first = sorted(worth_showing, key=lambda line: Mark.LAPSED not in line.marks)
    for line in lapsed_first:
        yield from _line(part, line, style)
    yield from lists(part, plan, style, [line.id for line in worth_showing])
    if unsafe is not None:
        yield style.red(
            say(
                "report.over_policy",
                what=unsafe.message(),
                flag=unsafe.flag,
                count=unsafe.count,
            )
        )


def speaks(line: Change) -> bool:
    """Whether a line is shown; settled ones are only counted."""
    return not LOUD.isdisjoint(line.marks) or (
        line.reason is not Reason.SETTLED
        and (line.action is not Action.NONE or line.rejected)
    )


def _line(part: ProviderPlan, line: Change, style: Style) -> Iterator[str]:
    address = safe(str(line.address))
    action = "rejected" if line.rejected else line.action
    action = "" if action is Action.NONE else action
    head = f"{sign(line, style)} {style.bold(address)} {named(action)}".rstrip()
    if line.action is Action.NONE and not line.rejected:
        head = f"  {address}"
    yield f"{head}: {reason(part, line)}"
    yield f"    {listed_as(line)}"
    for note in notes(line):
        yield f"    {style.yellow(note)}"
    if line.action in (Action.UPDATE, Action.SUPERSEDE):
        yield from _differences(line, style)
    if line.action is Action.CREATE:
        for name, value in line.after.items():
            if value != "":
                yield f"    {name}: {safe(str(value))}"
    for file in files(line):
        yield f"    {file}"
    if line.rendered:
        yield f"    {style.dim('>')} {safe(line.rendered)}"
    if line.segments:
        before, after = line.segments
        key = "report.segments_changed" if before else "report.segments"
        text = say(key, before=before, after=after)
        yield "    " + (style.red(text) if before and after > before else text)


def listed_as(line: Change, show: Show = safe) -> str:
    """The entry's name in the console, and its market."""
    names = show(line.name)
    if line.action is Action.UPDATE and line.desired and line.name != line.desired.name:
        names += f" -> {show(line.desired.name)}"
    return say("report.name", name=names, market=market(line.international))


def _differences(line: Change, style: Style) -> Iterator[str]:
    for name, before, after in differences(line.before, line.after):
        if isinstance(before, str) and isinstance(after, str) and before and after:
            yield f"    {name}: {marked(before, after, style)}"
        else:
            old = "" if before is None else safe(str(before))
            new = "" if after is None else safe(str(after))
            yield f"    {name}: {style.red(old)} -> {style.green(new)}"


def marked(before: str, after: str, style: Style) -> str:
    """A character diff on one line: ``[-gone-]{+come+}``, in colour where there is
    any."""
    out = []
    for part, text in stretches(before, after):
        if part is Edit.SAME:
            out.append(safe(text))
        elif part is Edit.REMOVED:
            out.append(style.red(f"[-{safe(text)}-]"))
        else:
            out.append(style.green(f"{{+{safe(text)}+}}"))
    return "".join(out)


def counts(plan: Plan) -> dict[str, int]:
    """How many lines of each action, and of each state of the others."""
    found: Counter[str] = Counter()
    if plan.unread:
        found["unread"] = len(plan.unread)
    for line in plan.unsettled:
        if line.rejected:
            found["rejected"] += 1
        elif line.action is Action.NONE:
            found["pending" if line.pending else "settled"] += 1
        else:
            found[line.action] += 1
    if settled := plan.known - len(plan.unsettled):
        found["settled"] += settled
    return dict(found)


def summary(plan: Plan) -> str:
    """The last line: what would be done, and the state of the rest."""
    unread = not_read(plan.unread)
    if unread and not plan.known:
        return unread
    return f"{headline(plan)}\n{unread}" if unread else headline(plan)


def headline(plan: Plan) -> str:
    """The counts, and the least time; only our own words and numbers."""
    found = counts(plan)
    words = {
        "create": "to_create",
        "update": "to_update",
        "supersede": "to_supersede",
        "adopt": "to_adopt",
        "retire": "to_retire",
        "withdraw": "to_withdraw",
        "delete": "to_delete",
        "wait": "waiting",
        "pending": "pending",
        "rejected": "rejected_count",
        "settled": "settled_count",
    }
    parts = [
        say(f"report.{word}", count=found[key])
        for key, word in words.items()
        if key in found
    ]
    nothing = "no_definitions" if plan.providers else "no_providers"
    listed = say("report.comma").join(parts) or say(f"report.{nothing}")
    seconds = max([part.seconds for part in plan.providers], default=0)
    if plan.changes and seconds >= 1:
        listed += say("report.semicolon") + say("report.time", seconds=round(seconds))
    key = "summary" if plan.changes else "summary_nothing"
    return say(f"report.{key}", counts=listed)


def not_read(providers: Sequence[str]) -> str:
    """A sentence with the *providers* that could not be read; "" for none."""
    names = safe(", ".join(providers))
    return say("report.unread", providers=names) if providers else ""
