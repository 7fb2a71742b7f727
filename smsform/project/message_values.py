"""The values of a message: for which parameter, from where, and what rules say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.definitions import Definitions
from smsform.documents.placeholder import Placeholder, Text
from smsform.errors import ConfigError, Level, Position, Problem
from smsform.explanation import Stage
from smsform.model import Address, Kind, Parameter, Template
from smsform.project.suggest import near
from smsform.project.workspace import Workspace
from smsform.validate import check
from smsform.words import say

# Control characters except line breaks and tabs.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

HERE = Position("--param", 1, 1)


def named(
    template: Template, type: str, variables: Sequence[str], remembered: Sequence[str]
) -> tuple[str, ...]:
    """The definition's names for the variables of the version, by their position."""
    ours = {p.native.get(type, p.name): p.name for p in template.params}
    # Adopted from a reply that did not show all variables.
    if len(remembered) != len(variables):
        remembered = variables
    return tuple(ours.get(name, name) for name in remembered)


def chosen(
    address: Address,
    template: Template,
    case: str,
    names: Sequence[str],
    given: Mapping[str, str],
) -> tuple[str, ...]:
    """A value for every variable, in their order."""
    cases = template.sample_values()
    if case not in cases:
        what = say("send.no_sample", address=address, sample=case)
        raise ConfigError("--sample", what, _listed(case, cases))
    for name in given:
        if name not in names:
            what = say("send.no_param", address=address, name=name)
            raise ConfigError("--param", what, _listed(name, names))
    values = {**cases[case], **given}
    missing = [name for name in names if name not in values]
    if missing:
        what = say("send.no_value", address=address, names=", ".join(missing))
        hint = say("send.no_value_hint", name=missing[0])
        raise ConfigError("--param", what, hint)
    for name, value in given.items():
        blank = not value and all(each.get(name) for each in cases.values())
        if blank or _CONTROL.search(value):
            what = say(f"send.{'blank' if blank else 'control'}", name=name)
            raise ConfigError("--param", what, say("send.value_hint", name=name))
    return tuple(values[name] for name in names)


def _listed(name: str, known: Mapping[str, object] | Sequence[str]) -> str:
    return near(name, known) or say("cli.known", known=", ".join(known))


def judged(
    project: Workspace,
    address: Address,
    native: str,
    names: Sequence[str],
    values: Sequence[str],
) -> tuple[Problem, ...]:
    """What the rules say of these values; ConfigError where one forbids them.

    A warning with a code that the service uses to refuse sends forbids them, too: this
    send would be refused. The text is approved and not judged again: what it breaks
    with its own samples, it may break.
    """
    template = project.definitions.templates[address.key]
    known = {parameter.name: parameter for parameter in template.params}
    own = [known.get(name) or Parameter(name, "", HERE) for name in names]
    given = [
        replace(each, sample=value, at=HERE)
        for each, value in zip(own, values, strict=True)
    ]
    before = {(e.rule, e.message) for e in _problems(project, address, native, own)}
    found = [
        each
        for each in _problems(project, address, native, given)
        if each.at == HERE or (each.rule, each.message) not in before
    ]
    fatal = _refused_when_sent(project.spec(address.provider))
    errors = [e for e in found if e.level is Level.ERROR or e.rule in fatal]
    if errors:
        said = "; ".join(f"{each.rule}: {each.message}" for each in errors)
        raise ConfigError("--param", said, errors[0].hint)
    return tuple(each for each in found if each.level is Level.WARNING)


def _content(spec: ProviderSpec, native: str, params: Sequence[Parameter]) -> Text:
    """The approved text as a definition has it; that of today may be another."""
    markers = [f"\x00{number}\x00" for number in range(len(params))]
    parts = re.split("\x00([0-9]+)\x00", spec.fill(native.replace("\x00", ""), markers))
    return tuple(
        Placeholder(params[int(part)].name) if place % 2 else part
        for place, part in enumerate(parts)
        if place % 2 or part
    )


def _refused_when_sent(spec: ProviderSpec) -> frozenset[str]:
    """The rules about a code with which the service refuses a send."""
    codes = {e.code for e in spec.explanations() if e.stage is Stage.SEND}
    return frozenset(
        rule.id for rule in spec.rules() if not codes.isdisjoint(rule.code.split(", "))
    )


def _problems(
    project: Workspace,
    address: Address,
    native: str,
    params: Sequence[Parameter],
) -> tuple[Problem, ...]:
    """Check the approved text with the samples of *params*, at this provider alone."""
    spec = project.spec(address.provider)
    template = project.definitions.templates[address.key]
    variables = spec.order(native)
    named = tuple(
        replace(each, native={spec.type: variable})
        for each, variable in zip(params, variables, strict=True)
    )
    overrides = {spec.type: {**template.overrides.get(spec.type, {}), "native": native}}
    stated = replace(
        template,
        params=named,
        content=_content(spec, native, params),
        samples={},
        overrides=overrides,
        providers=None,
    )
    signatures = project.definitions.signatures
    one = Definitions(signatures, {template.key: stated}, ())
    config = replace(
        project.config,
        providers={address.provider: project.config.providers[address.provider]},
    )
    return tuple(
        problem
        for problem in check(one, config, project.specs)
        if problem.address.endswith(f"{Kind.TEMPLATE}.{template.key}")
    )
