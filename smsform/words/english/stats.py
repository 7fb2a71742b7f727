"""Words of ``smsform stats``."""

WORDS = {
    "when": "when",
    "market": "market",
    "accepted": "accepted",
    "segments": "segments",
    "delivered": "delivered",
    "failed": "failed",
    "unanswered": "no answer",
    "domestic": "domestic",
    "abroad": "abroad",
    "total": "total",
    "nothing": "nothing went out",
    "package": "package {id}: {left} of {amount} segments left, until {until}",
    "no_date": "{text} is no date",
    "date_hint": "write 2026-11-01, or with an hour 2026-11-01T09; it is Beijing's",
    "backwards": "the end lies before the beginning",
    "future": "that has not begun",
    "days_only": "this service counts by day only",
    "days_only_hint": "leave out --by, or name another provider",
    "too_long": "{name} counts at most {days} days at once",
}
