"""What is said while reviewers are waited for."""

WORDS = {
    "waiting": "Waiting for {count}, until {until} at most; Ctrl-C stops waiting and nothing else.",
    "review": "1 review",
    "reviews": "{count} reviews",
    "outlook": "{provider}: {count} in review, {expected}{back}{holiday}",
    "one_by": "usually decided by {when}",
    "last_by": "the last usually decided by {when}",
    "overdue": "longer than the usual {hours} hours",
    "back": "; reviewers are back at {beijing} (Beijing; {local} your time)",
    "back_here": "; reviewers are back at {beijing} (Beijing)",
    "holiday": "; around {name} it may be later",
    "live": "{count} to go, next look at {next}",
    "moved": "{at} {verdict}",
    "trouble": "{what}; looking again",
    "opened": "The signature is there: submitting what waited for it.",
    "ended_settled": "All reviews are in.",
    "ended_timeout": "Time is up: {count} still pending.",
    "ended_interrupted": "Stopped waiting: {count} still pending.",
    "retired": "{address} {id} was replaced: the first apply from {due} on retires it",
    "retired_due": "{address} {id} was replaced: the next apply retires it",
    "duration": "{text} is no duration: write it as 90s, 30m, 2h or 1d",
}
