"""A plan as Markdown: a summary, a table for each provider, and folded details."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from smsform.errors import SmsformError, UnsafePlan
from smsform.plan import SUBMISSIONS, Plan, ProviderPlan
from smsform.report.lists import HeadedList, listings
from smsform.report.markdown import changes
from smsform.report.markdown.folding import (
    DETAILS,
    LISTS,
    Section,
    bullets,
    fit,
    table,
)
from smsform.report.markdown.frame import Frame
from smsform.report.markdown.markup import bold, code, item, lines, outside, prose
from smsform.report.plan import headline, speaks
from smsform.report.quota import told
from smsform.words import counted, say

OPEN = 4  # plans with at most this many changes are unfolded


def as_markdown(
    plan: Plan,
    titles: Mapping[str, str],
    unsafe: Mapping[str, UnsafePlan],
    frame: Frame,
) -> str:
    """The whole plan; *titles* are the services' names, *unsafe* what apply refuses."""
    sections = [notices(plan, unsafe)]
    for part in plan.providers:
        sections += _provider(part, plan, titles.get(part.provider, ""))
    settled = not any(section.entries for section in sections)
    if settled:
        return fit(frame, f"<p>{prose(headline(plan))}</p>", [])
    summary = overview(plan)
    count = sum(line.action in SUBMISSIONS for line in plan.notable)
    if count:
        summary += f"\n<p>{prose(counted('markdown.submissions', count))}</p>"
    return fit(frame, summary, sections)


def overview(plan: Plan) -> str:
    """The counts, and of how many providers nothing is known: our words and numbers."""
    return headed(headline(plan) if plan.known else "", plan)


def headed(summary: str, plan: Plan) -> str:
    """*summary* as a heading, and below it the unread providers; "" for an empty
    one."""
    unread, all = len(plan.unread), len(plan.providers)
    said = prose(say("markdown.unread", count=unread, all=all)) if unread else ""
    if not summary:
        return f"<h3>{said or prose(headline(plan))}</h3>"
    heading = f"<h3>{prose(summary)}</h3>"
    return f"{heading}\n<p>{bold(said)}</p>" if said else heading


def unread(plan: Plan) -> Section:
    """The providers that could not be read."""
    section = bullets()
    for part in plan.providers:
        if part.error is not None:
            section.add(0, partial(_error, part.provider, part.error))
    return section


def _error(provider: str, error: SmsformError) -> str:
    """Why a provider could not be read, and what to do."""
    what = bold(prose(say("report.unread", providers=outside(provider))))
    return item(lines([what, code(error.message()), code(error.hint())]))


def notices(plan: Plan, unsafe: Mapping[str, UnsafePlan]) -> Section:
    """What a person should act on, by provider, errors first."""
    section = unread(plan)
    for part in plan.providers:
        name = part.provider
        if part.error is None and part.listed is False:
            section.add(3, partial(_notice, name, prose(say("report.unlisted"))))
        if part.misdated:
            text = counted("report.misdated", part.misdated)
            section.add(3, partial(_notice, name, prose(text)))
        if refused := unsafe.get(name):
            section.add(1, partial(_notice, name, _over_policy(refused)))
        for text, advice in told(part.quotas, outside):
            if advice:
                html = lines([bold(prose(text)), prose(advice)])
                section.add(2, partial(_notice, name, html))
    return section


def _notice(provider: str, html: str) -> str:
    return item(f"{code(provider)}: {html}")


def _over_policy(unsafe: UnsafePlan) -> str:
    flag = f"`{unsafe.flag} {unsafe.count}`"
    what = outside(unsafe.message())
    return bold(prose(say("markdown.over_policy", what=what, flag=flag)))


def _provider(part: ProviderPlan, plan: Plan, title: str) -> Iterator[Section]:
    place = say("report.header_emulator") if part.emulated else ""
    name = outside(part.provider)
    header = say("report.header", provider=name, title=title, place=place)
    heading = f"<h4>{prose(header)}</h4>"
    rows = table(changes.columns(), heading)
    folded = Section("", "", "<p>{}</p>", heading=heading, tier=DETAILS)
    spoken = [line for line in part.notable if speaks(line)]
    opened = sum(map(changes.has_details, plan.notable)) <= OPEN
    for line in spoken:
        rank = changes.rank(line)
        rows.add(rank, partial(changes.as_row, part, line))
        if changes.has_details(line):
            folded.add(rank, partial(changes.as_details, line, opened))
    yield rows
    yield folded
    quiet = bullets(heading=heading, tier=LISTS)
    for listing in listings(part, plan, [line.id for line in spoken], outside):
        if listing.entries:
            yield _listed(listing, heading)
        else:
            quiet.add(0, partial(item, prose(listing.title)))
    for text, advice in told(part.quotas, outside):
        if not advice:
            quiet.add(1, partial(item, prose(text)))
    yield quiet


def _listed(listing: HeadedList, heading: str) -> Section:
    section = bullets(f"<p>{prose(listing.title)}</p>", LISTS, heading)
    for entry, remark in listing.entries:
        section.add(0, partial(item, lines([prose(entry), prose(remark)])))
    return section
