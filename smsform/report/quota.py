"""What a plan does to the quota: what it takes, and what would free some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smsform.plan import Quota
from smsform.report.terminal import Style, safe
from smsform.words import say


def quotas(found: Iterable[Quota], style: Style) -> Iterator[str]:
    """A line for each quota the plan touches, and advice for one it breaks."""
    for quota in found:
        if quota.after > quota.limit:
            yield style.red(say("report.quota_over", **quota._asdict()))
            yield f"    {_advice(quota)}"
        elif quota.after != quota.held:
            beside = ""
            if quota.superseding:
                beside = say("report.quota_beside", count=quota.superseding)
            yield style.dim(say("report.quota", **quota._asdict()) + beside)


def _advice(quota: Quota) -> str:
    """The retirements that would do, as far as they go."""
    enough = quota.freeable[: quota.after - quota.limit]
    flags = " ".join(f"--retire {safe(str(address))}" for address in enough)
    if not flags:
        return say("report.quota_stuck")
    return say("report.quota_free", flags=flags, count=len(enough))
