"""The schema of ``stats``."""

from __future__ import annotations

from smsform.report import stats as stats_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    keyed,
    listed,
    moment,
    or_null,
    record,
    text,
    whole,
    word,
)


def _number(meaning: str) -> Schema:
    return or_null(whole(f"{meaning}; null where the service does not count it."))


def stats() -> Schema:
    """``stats --format json``."""
    fields = {
        "provider": text("The provider's name in smsform.yaml."),
        "begin": or_null(moment("The first moment.")),
        "end": or_null(moment("The moment after the last.")),
        "international": or_null(flag("The market; null: both together.")),
        "requests": _number("How many messages were asked for"),
        "accepted": _number("How many the service took"),
        "segments": _number("How many segments are billed"),
        "delivered": _number("How many arrived"),
        "failed": _number("How many did not"),
        "unanswered": _number("Of how many the carrier has not spoken"),
    }
    count = record(
        "What went out in one hour or day in Beijing.",
        {
            **{name: fields[name] for name in stats_report.COLUMNS},
            "failures": keyed("Why they failed, by class.", whole("So many.")),
        },
    )
    package = record(
        "Domestic segments bought in advance.",
        {
            "provider": text("The provider's name in smsform.yaml."),
            "id": text("The service's id of it."),
            "amount": whole("How many were bought."),
            "used": whole("How many are gone."),
            "left": whole("How many are left."),
            "begins": or_null(moment("When it begins.")),
            "ends": or_null(moment("When it ends.")),
        },
    )
    return document(
        "stats",
        "smsform_stats",
        stats_report.FORMAT,
        "Stats",
        "What `smsform stats --format json` prints.",
        {
            "by": word("What is counted together.", ("hour", "day")),
            "counts": listed("By provider and time.", count),
            "packages": listed("Every package.", package),
        },
    )
