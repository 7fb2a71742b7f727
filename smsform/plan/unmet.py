"""Flags of the command line that name addresses for which they do nothing; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from smsform.model import Address, Review
from smsform.plan.values import SUBMISSIONS, Action, Mark, Plan

NEAR = 3  # addresses named in a hint for which the flag would do something


class UnmetFlag(NamedTuple):
    """A flag with an address for which it does nothing; *near* are some that it fits.

    ``why`` is the reason where the address has what was meant.
    """

    flag: str
    address: Address
    near: tuple[str, ...]
    why: str = ""


def unmet(plan: Plan) -> Iterator[UnmetFlag]:
    """Every address for which a flag does nothing, at providers that could be read."""
    options = plan.options
    if not (options.targets or options.resubmit or options.retire or options.delete):
        return
    lines = plan.lines
    orphans = [each for part in plan.providers for each in part.orphans]
    # The line of such an address says why.
    answered = SUBMISSIONS | {Action.ADOPT, Action.WAIT}
    shown = [line.address for line in lines] + [each.address for each in orphans]
    sent = [line.address for line in lines if line.action in answered]
    again = [
        line.address
        for line in lines
        if Mark.DRIFT in line.marks
        or (line.entry is not None and line.entry.review is Review.REJECTED)
    ]
    gone = [line.address for line in lines if line.action is Action.RETIRE]
    dead = [line.address for line in lines if line.action is Action.DELETE]
    gone_keys = [each.address for each in orphans]
    replaced = [each.address for part in plan.providers for each in part.retirable]
    yield from _missed(plan, "--target", options.targets, shown, shown)
    yield from _missed(plan, "--resubmit", options.resubmit, sent, again)
    kept = {e.address: e.spared for part in plan.providers for e in part.retirable}
    yield from _missed(plan, "--retire", options.retire, gone, replaced, kept)
    kept = {each.address: each.spared for each in orphans}
    yield from _missed(plan, "--delete", options.delete, dead, gone_keys, kept)


def _missed(
    plan: Plan,
    flag: str,
    asked: frozenset[Address],
    met: Collection[Address],
    possible: Collection[Address],
    kept: Mapping[Address, str] = MappingProxyType({}),
) -> Iterator[UnmetFlag]:
    names = sorted({str(each) for each in possible})
    for address in sorted(asked.difference(met)):
        if address.provider in plan.unread:
            continue
        if why := kept.get(address, ""):
            yield UnmetFlag(flag, address, (), why)
            continue
        from difflib import get_close_matches

        near = get_close_matches(str(address), names, n=NEAR, cutoff=0.5)
        yield UnmetFlag(flag, address, tuple(near))
