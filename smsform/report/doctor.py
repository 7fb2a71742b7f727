"""The checks of ``doctor``, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import asdict

from smsform.model import Check, Health
from smsform.report.readable import readable_json
from smsform.report.terminal import Style, hang, pad, safe, width
from smsform.words import named, say

FORMAT = 1
PAINT = {Health.OK: Style.green, Health.WARN: Style.yellow, Health.FAIL: Style.red}

Sections = Mapping[str, Sequence[Check]]  # provider, "" for the project -> its checks


def as_text(sections: Sections, titles: Mapping[str, str], style: Style) -> str:
    """A paragraph a provider, a line a check, advice below it; then a count."""
    topics = [named(check.topic) for each in sections.values() for check in each]
    column = max(map(width, topics), default=0)
    paragraphs = []
    for name, checks in sections.items():
        title = say("doctor.header", provider=name, title=titles.get(name, ""))
        lines = [style.bold(safe(title) if name else say("doctor.here"))]
        for check in checks:
            word = PAINT[check.health](style, say(f"doctor.{check.health}"))
            line = f"{pad(word, 4)}  {pad(safe(named(check.topic)), column)}  "
            lines.append(f"  {line}{safe(check.found)}")
            if check.todo:
                lines.append(f"  {' ' * (column + 8)}{safe(check.todo)}")
        paragraphs.append(hang("\n".join(lines), style.columns, column + 10))
    return "\n\n".join([*paragraphs, say("doctor.summary", **counts(sections))])


def as_json(sections: Sections) -> str:
    """Every check with its provider, "" for the project's own."""
    checks = [
        {"provider": name, **asdict(check)}
        for name, each in sections.items()
        for check in each
    ]
    return readable_json(
        {"smsform_doctor": FORMAT, "checks": checks, "summary": counts(sections)}
    )


def counts(sections: Sections) -> dict[str, int]:
    """How many checks there are of each health, zeros included."""
    found = Counter(check.health for each in sections.values() for check in each)
    return {str(health): found[health] for health in Health}
