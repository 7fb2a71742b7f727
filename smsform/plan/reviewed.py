"""Whether the changes of a plan were reviewed: a report carries a mark for each.

    plan that is reviewed -> marks -> stamp, a hidden line of its report
    stamps of such reports -> marks -> what a plan made afresh has beyond them

A mark stays the same whenever the plan is made, as long as the definition and what
exists do. So when one change is done already, or made in a second try, the others still
count as reviewed; but an entry that somebody edited, or that was approved meanwhile,
does not.

A mark says nothing about who reviewed: whoever takes a stamp from somewhere must know
who could write there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection

from msgspec.structs import replace

from smsform.plan.file import change_out
from smsform.plan.values import Action, Change, Plan, ProviderPlan

LENGTH = 16  # hex digits of a mark; it finds accidents, not forgeries

# An adoption changes the state alone, so nothing in it needs a review.
UNMARKED = frozenset({Action.NONE, Action.ADOPT})

_STAMP = re.compile(
    rf"^<!-- smsform:reviewed((?: [0-9a-f]{{{LENGTH}}})+) -->\r?$", re.MULTILINE
)


def mark(part: ProviderPlan, change: Change) -> str:
    """An identification of a change: its place, its aim, and what was there before.

    The account is not part of it: of two keys to one account, one may not tell which
    account it is.
    """
    place = part.identity._replace(account="")
    shown = change_out(change)
    del shown["before"]  # partly from the state file, which may have been lost
    return _digest(json.dumps([place, shown], ensure_ascii=False, sort_keys=True))


def marks(plan: Plan) -> list[str]:
    """The marks of what *plan* does and of what it waits for, sorted."""
    return sorted(
        mark(part, line)
        for part in plan.providers
        for line in part.notable
        if line.action not in UNMARKED
    )


def digest(plan: Plan) -> str:
    """One mark for the whole plan, with which a person may let it pass as it is."""
    return _digest(" ".join(marks(plan)))


def stamp(plan: Plan) -> str:
    """A line that Markdown does not show; empty where nothing is done."""
    found = " ".join(marks(plan))
    return f"<!-- smsform:reviewed {found} -->" if found else ""


def stamped(text: str) -> frozenset[str]:
    """All marks in the stamps of the reports in *text*."""
    return frozenset(each for found in _STAMP.findall(text) for each in found.split())


def beyond(plan: Plan, known: Collection[str]) -> Plan:
    """The part of *plan* that has no mark in *known*; nothing if all was reviewed."""
    return replace(
        plan,
        providers=tuple(
            replace(
                part,
                lines=tuple(
                    line
                    for line in part.notable
                    if line.action not in UNMARKED and mark(part, line) not in known
                ),
                orphans=(),
                retirable=(),
                stuck=(),
                unmanaged=(),
                quotas=(),
            )
            for part in plan.providers
        ),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
