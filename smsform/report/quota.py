"""What a plan does to the quotas, and what would free a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smsform.plan import Quota
from smsform.report.terminal import Show, Style, safe
from smsform.words import say


def quotas(found: Iterable[Quota], style: Style) -> Iterator[str]:
    """A line for each quota the plan changes, and advice for one it would exceed."""
    for text, advice in told(found):
        yield style.red(text) if advice else style.dim(text)
        if advice:
            yield f"    {advice}"


def told(found: Iterable[Quota], show: Show = safe) -> Iterator[tuple[str, str]]:
    """A sentence for each quota the plan changes; with advice when it is exceeded."""
    for quota in found:
        daily = "_daily" if quota.daily else ""
        if quota.after > quota.limit:
            text = say(f"report.quota_over{daily}", **quota._asdict())
            yield text, _advice(quota, show)
        elif quota.after != quota.held:
            beside = ""
            if quota.superseding:
                beside = say("report.quota_beside", count=quota.superseding)
            yield say(f"report.quota{daily}", **quota._asdict()) + beside, ""


def _advice(quota: Quota, show: Show) -> str:
    """Retirements that would free enough, or waiting until tomorrow."""
    if quota.daily:
        return say("report.quota_tomorrow")
    enough = quota.freeable[: quota.after - quota.limit]
    flags = " ".join(f"--retire {show(str(address))}" for address in enough)
    if not flags:
        return say("report.quota_stuck")
    return say("report.quota_free", flags=flags, count=len(enough))
