"""Comparing a saved plan with a fresh one; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from smsform.errors import StalePlan
from smsform.model import Address
from smsform.plan.file import SavedChange, SavedPlan
from smsform.plan.values import REMOVALS, Action, Change, Plan, ProviderPlan
from smsform.words import say


class Confirmed(Struct, frozen=True):
    """Which changes of a saved plan may be made.

    ``plan`` holds only the confirmed changes; ``done`` are addresses already as the
    saved plan wanted them, ``stale`` those refused, with the reason.
    """

    plan: Plan
    done: tuple[Address, ...]
    stale: Mapping[Address, str]


def check_providers(saved: SavedPlan, known: Collection[str]) -> None:
    """StalePlan when *saved* is about a provider that is not *known*."""
    for name in saved.identities:
        if name not in known:
            raise StalePlan(say("planfile.provider", provider=name))


def confirm(saved: SavedPlan, fresh: Plan) -> Confirmed:
    """Compare *saved* with *fresh*; StalePlan when it is for another account or
    place."""
    _same_places(saved, fresh)
    done: list[Address] = []
    stale: dict[Address, str] = {}
    parts: list[ProviderPlan] = []
    for part in fresh.providers:
        lines: list[Change] = []
        for change in saved.changes:
            if change.address.provider != part.provider:
                continue
            if part.error is None:
                _confirm_one(change, part, lines, done, stale)
            else:
                stale[change.address] = say("planfile.unread")
        parts.append(replace(part, lines=tuple(lines)))
    return Confirmed(replace(fresh, providers=tuple(parts)), tuple(done), stale)


def _same_places(saved: SavedPlan, fresh: Plan) -> None:
    current = {part.provider: part.identity for part in fresh.providers}
    check_providers(saved, current)
    for name, identity in saved.identities.items():
        for field, was, now in zip(
            identity._fields, identity, current[name], strict=True
        ):
            if was and now and was != now:
                what = say(
                    "planfile.identity",
                    provider=name,
                    field=field,
                    saved=was,
                    current=now,
                )
                raise StalePlan(what)


def _confirm_one(
    saved: SavedChange,
    part: ProviderPlan,
    lines: list[Change],
    done: list[Address],
    stale: dict[Address, str],
) -> None:
    if saved.action in REMOVALS:
        _confirm_removal(saved, part, lines, done, stale)
        return
    found = [x for x in part.lines if x.address == saved.address and x.desired]
    taking = [x for x in found if x.action is Action.ADOPT]
    rest = [x for x in found if x.action is not Action.ADOPT]
    line = next(
        iter(taking + rest if saved.action is Action.ADOPT else rest + taking), None
    )
    if line is None or not _same_wish(saved, line):
        stale[saved.address] = say("planfile.definition")
    elif line.action is Action.ADOPT:
        # Made by somebody else meanwhile; only our state lacks it.
        if line not in lines:
            lines.append(line)
    elif line.action is Action.NONE or saved.action is Action.ADOPT:
        done.append(saved.address)
    elif line.digest != saved.existing_digest:
        stale[saved.address] = say("planfile.existing")
    elif line.action is not saved.action:
        stale[saved.address] = say(
            "planfile.action", saved=saved.action, current=line.action
        )
    else:
        lines.append(line)


def _same_wish(saved: SavedChange, line: Change) -> bool:
    """Whether the definition still says what was reviewed."""
    want = line.desired
    return want is not None and (
        (dict(line.after), want.name, want.international, want.parameters)
        == (dict(saved.after), saved.name, saved.international, saved.parameters)
    )


def _confirm_removal(
    saved: SavedChange,
    part: ProviderPlan,
    lines: list[Change],
    done: list[Address],
    stale: dict[Address, str],
) -> None:
    line = next(
        (
            x
            for x in part.lines
            if (x.address, x.action, x.id) == (saved.address, saved.action, saved.id)
        ),
        None,
    )
    owners = part.block.owners()
    version = None
    if (saved.address.kind, saved.id) in owners:
        record = part.block.record((saved.address.kind, saved.address.key))
        version = record.version(saved.id)
    if version is None or version.gone:
        done.append(saved.address)
    elif line is None or line.digest != saved.existing_digest:
        stale[saved.address] = say("planfile.existing")
    else:
        lines.append(line)
