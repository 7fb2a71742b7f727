"""What the rules say of a plan: of all texts that are submitted, now or later."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from smsform.errors import Level, Problem
from smsform.model import Address, Kind
from smsform.plan import SUBMISSIONS, Action, Change, Plan, Reason
from smsform.project.workspace import Workspace
from smsform.words import say

if TYPE_CHECKING:
    from smsform.apply.values import Outcome

# Reasons for which a line waits, and is submitted later without asking again.
HELD = frozenset({Reason.SIGNATURE, Reason.UNCLEAR})


Broken = Mapping[Address, Sequence[Problem]]  # address -> its errors


class Linted(NamedTuple):
    """The problems of what is submitted, and the errors among them by address."""

    problems: tuple[Problem, ...] = ()
    broken: Broken = MappingProxyType({})


def refused(plan: Plan, broken: Broken) -> list[Change]:
    """The lines of *plan* that are not submitted because of an error."""
    return [line for line in plan.notable if line.address in broken and _sent(line)]


def sound(plan: Plan, broken: Broken) -> Plan:
    """*plan* without the lines that are not submitted because of an error."""
    if not broken:
        return plan
    out = refused(plan, broken)
    parts = (
        replace(part, lines=tuple([line for line in part.lines if line not in out]))
        for part in plan.providers
    )
    return replace(plan, providers=tuple(parts))


def not_sent(line: Change, problems: Sequence[Problem]) -> Outcome:
    """The outcome of a line that is not sent, because the service would refuse it."""
    from smsform.apply.values import Outcome, Result

    first = problems[0]
    why = say("apply.rule", where=first.at, rule=first.rule, what=first.message)
    if first.hint:
        why = say("errors.hint", what=why, hint=first.hint)
    return Outcome(line, Result.FAILED, why=why)


def lint_submissions(
    project: Workspace,
    plan: Plan,
    all_problems: Callable[[], Sequence[Problem]] | None = None,
) -> Linted:
    """Check what is submitted, or waits to be, against every rule.

    Approved texts are not checked again: rules change, approved texts stay. Texts that
    wait are checked now, so that nobody hears of an error hours later. *all_problems*
    are those of all definitions; without it every rule is asked.
    """
    sent = {line.address for line in plan.notable if _sent(line)}
    if not sent:
        return Linted()
    # Some rules compare definitions, so all are looked at; only submissions are judged.
    found = all_problems() if all_problems else _ask_rules(project)
    problems: list[Problem] = []
    broken: dict[Address, tuple[Problem, ...]] = {}
    for problem in found:
        places = sent.intersection(_places(project, problem))
        if places:
            problems.append(problem)
        if problem.level is Level.ERROR:
            for at in places:
                broken[at] = (*broken.get(at, ()), problem)
    return Linted(tuple(problems), broken)


def _ask_rules(project: Workspace) -> Sequence[Problem]:
    from smsform.validate import check

    return check(project.definitions, project.config, project.specs)


def _sent(line: Change) -> bool:
    waits = line.action is Action.WAIT and line.reason in HELD
    return waits or line.action in SUBMISSIONS


def _places(project: Workspace, problem: Problem) -> Iterator[Address]:
    """The addresses a problem is about: of one definition, at one or all providers."""
    kind, _, key = problem.address.rpartition("/")[2].partition(".")
    names: Collection[str] = project.providers()
    if problem.provider:
        names = problem.provider.split(", ")
    if kind in tuple(Kind):
        yield from (Address(name, Kind(kind), key) for name in names)
