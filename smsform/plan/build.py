"""Building one provider's plan: decide, gate, remove, count; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from smsform.card import ProviderSpec
from smsform.model import (
    Address,
    Desired,
    Existing,
    Identity,
    Kind,
    Reading,
    Review,
)
from smsform.plan.context import PlanContext
from smsform.plan.costs import calls, least_seconds, quotas
from smsform.plan.decide import adoption, decide, rests, settled_line
from smsform.plan.lines import LazyLines
from smsform.plan.matching import match
from smsform.plan.reconcile import Reconciled
from smsform.plan.removal import removals
from smsform.plan.risks import risks
from smsform.plan.settings import DEFAULTS, PlanSettings
from smsform.plan.takeable import View
from smsform.plan.values import (
    SUBMISSIONS,
    Action,
    Change,
    Mark,
    Options,
    ProviderPlan,
    Reason,
)
from smsform.provider import ProviderConfig
from smsform.state import Version


def provider_plan(
    config: ProviderConfig,
    spec: ProviderSpec,
    identity: Identity,
    desired: Mapping[Address, Desired],
    reading: Reading,
    fresh: Reconciled,
    options: Options,
    settings: PlanSettings = DEFAULTS,
) -> ProviderPlan:
    """What to do at one provider; *fresh* is what ``reconcile`` made of *reading*.

    Raises WrongDirective for a block that contradicts state or service.
    """
    delivery_policy = settings.delivery_policy._replace(unanswered=reading.unanswered)
    matched = match(
        View(
            config.name,
            spec,
            fresh.entries,
            desired,
            options.now,
            reading.listed,
            config.emulated,
            fresh.settled,
            delivery_policy,
            settings.directives,
            settings.elsewhere,
            options.targets,
        ),
        fresh.block,
    )
    block = matched.block
    unowned: dict[tuple[Kind, str], list[Existing]] = {}
    for entry in matched.free:
        unowned.setdefault((entry.kind, entry.name), []).append(entry)
    orphaned = frozenset(
        slot
        for slot in block.records.keys() - fresh.settled.keys()
        if Address(config.name, *slot) not in desired
    )
    context = PlanContext(
        config.name,
        spec,
        block,
        reading,
        options,
        fresh.entries,
        fresh.settled,
        orphaned,
        matched.choices,
        matched.missing,
        unowned,
        delivery_policy,
        frozenset(
            (each.address.kind, each.id)
            for each in fresh.verdicts
            if each.before is Review.APPROVED
        ),
    )
    adopted = list(_adoptions(context, matched.steps))
    decisions = [
        decide(context, desired[address]) for address in _restless(context, desired)
    ]
    decided = {
        line.address: _with_segments(spec, context, desired, line, spec.astral(config))
        if line.action in SUBMISSIONS
        else line
        for line in gate(spec, context, decisions, desired)
    }
    gone = removals(context, desired, settings)
    lines = _lines(context, desired, adopted, decided, gone.changes)
    return ProviderPlan(
        provider=config.name,
        identity=identity,
        block=block,
        lines=lines,
        orphans=tuple(gone.orphans),
        retirable=tuple(gone.retirable),
        stuck=tuple(gone.stuck),
        unmanaged=tuple(sorted(matched.free, key=lambda e: (e.kind, e.name, e.id))),
        quotas=tuple(quotas(context, config, lines.notable, gone.retirable)),
        seconds=least_seconds(spec, calls(lines.notable)),
        listed=reading.listed,
        emulated=config.emulated,
        known=len(desired),
        misdated=sum(entry.misdated for entry in reading.entries),
        risks=risks(matched.free, desired, spec, settings.in_use)
        if options.show_unmanaged
        else {},
        seen=fresh.block,
    )


def _adoptions(context: PlanContext, steps: Iterable[Change]) -> Iterator[Change]:
    targets = context.options.targets
    for step in steps:
        if not targets or step.address in targets:
            yield adoption(context, step)


def _asked(options: Options, desired: Mapping[Address, Desired]) -> Collection[Address]:
    """The targets, if there are any; else all."""
    targets = options.targets
    return [each for each in desired if each in targets] if targets else desired


def _restless(
    context: PlanContext, desired: Mapping[Address, Desired]
) -> Iterable[Address]:
    """Those asked for at which something may be to be done."""
    if len(context.settled) == len(desired) and not context.options.resubmit:
        return ()  # as on most days
    asked = _asked(context.options, desired)
    return (address for address in asked if not rests(context, address))


def _lines(
    context: PlanContext,
    desired: Mapping[Address, Desired],
    adopted: Sequence[Change],
    decided: Mapping[Address, Change],
    gone: Iterable[Change],
) -> LazyLines[Change]:
    """What is taken, then all definitions in their order, then what goes.

    Where something is taken and nothing more to be done, the first says enough.
    """
    taken = {line.address for line in adopted}
    first = len(adopted)
    notable = dict(enumerate(adopted))
    shown: list[Address] = []
    unverified: list[str] = []
    for address in _asked(context.options, desired):
        line = decided.get(address)
        if address in taken and (line is None or line.action is Action.NONE):
            continue
        if line is not None:
            notable[first + len(shown)] = line
        elif (version := context.settled[address.kind, address.key].version).assumed:
            unverified.append(version.id)
        shown.append(address)
    last = dict(enumerate(gone, first + len(shown)))
    return LazyLines(
        notable | last,
        first + len(shown) + len(last),
        lambda place: settled_line(context, desired[shown[place - first]]),
        unverified,
    )


def gate(
    spec: ProviderSpec,
    context: PlanContext,
    lines: Sequence[Change],
    desired: Mapping[Address, Desired],
) -> list[Change]:
    """Hold back templates whose signature has to exist first and does not.

    Where a signature must only have been applied for, one that this very plan submits
    is enough: signatures are submitted before templates. A service may want some
    signature in the account even for a text that names none.
    """
    coming = {
        line.address
        for line in lines
        if line.kind is Kind.SIGNATURE
        and line.action in SUBMISSIONS
        and Mark.EVIDENCE not in line.marks
    }
    some = bool(coming) or any(
        entry.kind is Kind.SIGNATURE and entry.review is not Review.CANCELLED
        for entry in context.reading.entries
    )
    gated = []
    for line in lines:
        want = line.desired
        if want and line.kind is Kind.TEMPLATE and line.action in SUBMISSIONS:
            gate = spec.gate_for(want.international)
            ready = some or not (context.reading.listed and spec.signature_first)
            if want.signature:
                ready = ready and (
                    has_signature(gate, context, want.signature, desired)
                    or (gate == "applied" and want.signature in coming)
                )
            if not ready:
                line = line._replace(action=Action.WAIT, reason=Reason.SIGNATURE)
        gated.append(line)
    return gated


def has_signature(
    gate: str, context: PlanContext, at: Address, desired: Mapping[Address, Desired]
) -> bool:
    """Whether a signature fulfils *gate*, a word of the card.

    An approved one must have the name that is wanted now, because texts are submitted
    with that name.
    """
    if not gate:
        return True
    record = context.block.record((at.kind, at.key))
    if gate == "approved":
        want = desired.get(at)
        return any(
            version.usable
            and (want is None or _name(context, at, version) == want.name)
            for version in record.versions
        )
    return any(not version.gone for version in record.versions)


def _name(context: PlanContext, at: Address, version: Version) -> str:
    entry = context.entries.get((at.kind, version.id))
    return entry.name if entry else version.name


def _with_segments(
    spec: ProviderSpec,
    context: PlanContext,
    desired: Mapping[Address, Desired],
    line: Change,
    astral: int,
) -> Change:
    """Count what one message costs before and after, signature included."""
    attribute = spec.kinds[line.kind].text
    want = line.desired
    if not attribute or want is None:
        return line
    sign = desired.get(want.signature) if want.signature else None
    prefix = ""
    if sign is not None:
        left, right = "[]" if want.international else "【】"
        prefix = f"{left}{sign.name}{right}"
    wanted = str(line.after.get(attribute, ""))
    after = _most_segments(spec, prefix, wanted, want, astral)
    record = context.block.record((line.kind, line.address.key))
    before = 0
    entry = context.entries.get((line.kind, record.active))
    text = (entry.attributes if entry else line.before).get(attribute)
    if text is not None:
        before = _most_segments(spec, prefix, str(text), want, astral)
    rendered = prefix + spec.fill(wanted, want.samples[0])
    return line._replace(segments=(before, after), rendered=rendered)


def _most_segments(
    spec: ProviderSpec, prefix: str, text: str, want: Desired, astral: int
) -> int:
    from smsform.segments import count

    return max(
        count(prefix + spec.fill(text, values), want.international, astral).segments
        for values in want.samples
    )
