"""Messages sent, as a table with bars, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from smsform.hours import BEIJING
from smsform.project.counts import HOUR, Counted
from smsform.report.moments import moment, stamp
from smsform.report.readable import readable_json
from smsform.report.separated import as_csv as separated
from smsform.report.terminal import Style, hang, safe, table
from smsform.sending import Count
from smsform.words import say

FORMAT = 1
BAR = 24  # columns of the longest bar
COLUMNS = (
    "provider", "begin", "end", "international", "requests", "accepted", "segments",
    "delivered", "failed", "unanswered",
)  # fmt: skip


def as_text(found: Sequence[Counted], style: Style) -> str:
    """A table for each provider, on a terminal with bars; then the packages."""
    return "\n\n".join("\n".join(_provider(each, style)) for each in found)


def _provider(each: Counted, style: Style) -> Iterator[str]:
    yield style.bold(safe(each.provider))
    shown = [count for count in each.counts if _any(count)]
    if not shown:
        yield f"  {say('stats.nothing')}"
    else:
        most = max(_size(count) for count in shown)
        rows = [[*_cells(count), _bar(count, most, style)] for count in shown]
        names = (
            "when",
            "market",
            "accepted",
            "segments",
            "delivered",
            "failed",
            "unanswered",
        )
        header = [style.dim(say(f"stats.{name}")) for name in names]
        if len(shown) > 1:
            rows.append([*_total(shown), ""])
        for line in table(rows, [*header, ""], style.columns).split("\n"):
            yield f"  {line.rstrip()}"
    for package in each.packages:
        fields = {
            "id": safe(package.id),
            "left": package.left,
            "amount": package.amount,
            "until": moment(package.ends),
        }
        line = hang(f"  {say('stats.package', **fields)}", style.columns)
        yield line if package.left else style.yellow(line)


def _any(count: Count) -> bool:
    numbers = (count.requests, count.segments, count.delivered, count.failed)
    return any(numbers)


def _size(count: Count) -> int:
    return max(count.segments or 0, count.accepted or 0, 1)


def _cells(count: Count) -> list[str]:
    begin = datetime.fromtimestamp(count.span.begin, BEIJING)
    hourly = count.span.end - count.span.begin <= HOUR
    when = begin.strftime("%Y-%m-%d %H:00" if hourly else "%Y-%m-%d")
    if not count.span.begin:
        when = "?"
    market = ""
    if count.international is not None:
        market = say("stats.abroad" if count.international else "stats.domestic")
    numbers = (
        count.accepted,
        count.segments,
        count.delivered,
        count.failed,
        count.unanswered,
    )
    return [when, market, *("" if n is None else str(n) for n in numbers)]


def _total(counts: Sequence[Count]) -> list[str]:
    def total(name: str) -> str:
        known = [n for each in counts if (n := getattr(each, name)) is not None]
        return str(sum(known)) if known else ""

    names = ("accepted", "segments", "delivered", "failed", "unanswered")
    return [say("stats.total"), "", *map(total, names)]


def _bar(count: Count, most: int, style: Style) -> str:
    """A bar for the billed segments, with the failed part apart; on a terminal only."""
    if not style.columns:
        return ""
    failed = round(BAR * (count.failed or 0) / most)
    whole = max(round(BAR * _size(count) / most), failed)
    return style.green("█" * (whole - failed)) + style.red("█" * failed)


def as_json(found: Sequence[Counted], by: str) -> str:
    """A JSON document, format 1, with ``counts`` and ``packages``."""
    document = {
        "smsform_stats": FORMAT,
        "by": by,
        "counts": [
            {**_values(each.provider, count), "failures": dict(count.failures)}
            for each in found
            for count in each.counts
        ],
        "packages": [
            {
                "provider": each.provider,
                "id": package.id,
                "amount": package.amount,
                "used": package.used,
                "left": package.left,
                "begins": stamp(package.begins),
                "ends": stamp(package.ends),
            }
            for each in found
            for package in each.packages
        ],
    }
    return readable_json(document)


def as_csv(found: Sequence[Counted]) -> str:
    """The counts, a line each."""
    rows = [
        list(_values(each.provider, count).values())
        for each in found
        for count in each.counts
    ]
    return separated(COLUMNS, rows)


def _values(provider: str, count: Count) -> dict[str, object]:
    values: dict[str, object] = {
        "provider": provider,
        "begin": stamp(count.span.begin),
        "end": stamp(count.span.end),
        "international": count.international,
        "requests": count.requests,
        "accepted": count.accepted,
        "segments": count.segments,
        "delivered": count.delivered,
        "failed": count.failed,
        "unanswered": count.unanswered,
    }
    assert tuple(values) == COLUMNS
    return values
