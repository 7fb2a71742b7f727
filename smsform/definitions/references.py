"""Checks that need all files: references, and names that two definitions share."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from smsform.definitions.entries import Entries, Reference
from smsform.documents.nearness import near
from smsform.errors import Level, Position, Problem
from smsform.model import Definition, Kind, Template
from smsform.words import say


def check(entries: Entries, providers: Collection[str]) -> None:
    """Report references to nothing, and names used twice."""
    complain = entries.problems.append
    for reference in entries.references:
        if _fits(reference.template, entries):
            continue
        if problem := _signature(reference, entries, providers):
            complain(problem)
    for group in (entries.signatures, entries.templates):
        for problem in _namesakes(group.values(), providers):
            complain(problem)


def _fits(template: Template, entries: Entries) -> bool:
    """Whether its signature is one that goes wherever templates of its market go."""
    signature = entries.signatures.get(template.signature or "")
    return (
        signature is not None
        and signature.international is template.international
        and signature.providers is None
    )


def _signature(
    reference: Reference, entries: Entries, providers: Collection[str]
) -> Problem | None:
    """What is wrong with the signature a template names."""
    template, at = reference.template, reference.at
    key = template.signature or ""
    signature = entries.signatures.get(key)
    if signature is None:
        if key in entries.broken:
            return None
        named = [k for k, each in entries.signatures.items() if each.name == key]
        hint = near(key, entries.signatures)
        if named:
            hint = say("definitions.did_you_mean", name=named[0])
        return _problem("SF131", at, "signature", template, key=key, near=hint)
    if signature.international is not template.international:
        return _problem("SF132", at, "market", template, key=key, at=signature.at)
    if signature.providers is not None:
        lacking = _reach(template, providers) - _reach(signature, providers)
        if lacking:
            names = ", ".join(sorted(lacking))
            return _problem(
                "SF133", at, "coverage", template, key=key, names=names, at=signature.at
            )
    return None


def _namesakes(
    group: Collection[Definition], providers: Collection[str]
) -> Iterable[Problem]:
    """Definitions that would have the same name at one provider, in one market."""
    names = [each.name for each in group]
    if len({*names}) == len(names):
        return
    seen: dict[tuple[str, bool], list[Definition]] = {}
    for each in group:
        others = seen.setdefault((each.name, each.international), [])
        for other in others:
            if _reach(each, providers) & _reach(other, providers):
                yield _problem(
                    "SF134",
                    each.at,
                    "namesake",
                    each,
                    name=each.name,
                    key=other.key,
                    at=other.at,
                )
                break
        others.append(each)


def _reach(definition: Definition, providers: Collection[str]) -> set[str]:
    chosen = definition.providers
    return set(providers if chosen is None else chosen)


def _problem(
    rule: str, where: Position, sentence: str, definition: Definition, **fields: object
) -> Problem:
    kind = Kind.TEMPLATE if isinstance(definition, Template) else Kind.SIGNATURE
    message = say(f"definitions.{sentence}", **fields)
    hint = say(f"definitions.{sentence}_hint", **fields)
    address = f"{kind}.{definition.key}"
    return Problem(rule, Level.ERROR, where, message, hint, address)
