"""Codes against the delivery of a signature: its qualification."""

from __future__ import annotations

from smsform.explanation import Actor, Explanation, Stage

SOURCE = "DescribeSignListStatus, SDK 3.1.153"
READ = "2026-11-29"

# The state, who can act, what it means, what to do.
_TABLE: tuple[tuple[int, Actor, str, str], ...] = (
    (0, Actor.NOBODY, "the qualification is under review", "wait"),
    (1, Actor.NOBODY, "the qualification is passed", "nothing to do"),
    (2, Actor.ACCOUNT, "the qualification was refused",
     "mend it in the console and submit it again"),
    (3, Actor.ACCOUNT, "the qualification lacks something",
     "complete it in the console"),
    (4, Actor.NOBODY, "a change of the qualification is under review", "wait"),
    (5, Actor.ACCOUNT, "a change of the qualification was refused",
     "mend it in the console and submit it again"),
)  # fmt: skip

EXPLANATIONS = tuple(
    Explanation(
        f"QualificationStatusCode {state}", Stage.DELIVERY, actor, meaning, advice,
        SOURCE, READ,
    )
    for state, actor, meaning, advice in _TABLE
)  # fmt: skip
