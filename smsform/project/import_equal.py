"""Importing by text: owning entries that definitions describe already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from smsform.apply.values import Outcome
from smsform.plan import Action, Change, Options, ProviderPlan, Reason
from smsform.project.applying import Applied, Callbacks, carry_out
from smsform.project.connections import TellCall
from smsform.project.planning import planned_parts
from smsform.project.workspace import Workspace, load_state, locked, open_store

OPEN = frozenset({Reason.AMBIGUOUS, Reason.MISSING})


class EqualImports(NamedTuple):
    """The adoptions, and the choices left to a person, each with its provider's
    plan."""

    outcomes: tuple[Outcome, ...]
    choices: tuple[tuple[ProviderPlan, Change], ...]


def import_equal(
    project: Workspace, providers: Sequence[str] = (), on_call: TellCall = None
) -> EqualImports:
    """Let every address own the entry that has its text, whatever its name is.

    Nothing is submitted, changed or deleted; blocks of the definition files count.
    """
    project.checked()
    store = open_store(project)
    with locked(store):
        state = load_state(project, store)
        parts, made = planned_parts(
            project, state, Options(now=0.0), project.providers(providers), on_call
        )
        for part in made.providers:
            if part.error is not None:
                raise part.error
        taking = replace(made, providers=tuple(map(_adoptions, made.providers)))
        applied = Applied(taking)
        carry_out(project, store, applied, taking, parts, state, Callbacks())
    choices = tuple(
        (part, line)
        for part in made.providers
        for line in part.lines
        if line.action is Action.WAIT and line.reason in OPEN
    )
    return EqualImports(tuple(applied.outcomes), choices)


def _adoptions(part: ProviderPlan) -> ProviderPlan:
    lines = tuple([line for line in part.lines if line.action is Action.ADOPT])
    return replace(part, lines=lines)
