"""Adding further entries to a definition that exists; pure.

Only what is needed is added: a provider it goes to, a text as a service has it, the
service's name of a variable. Nothing that it says is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from smsform.drafts.shapes import SeenText, said, variables
from smsform.drafts.surroundings import Surroundings
from smsform.drafts.values import Unit
from smsform.model import Signature, Template


def extended_signature(signature: Signature, unit: Unit) -> Signature:
    """*signature*, going to the providers of *unit*, too."""
    providers = _providers(signature.providers, unit.providers)
    return replace(signature, providers=providers)


def extended_template(
    template: Template, unit: Unit, views: Sequence[SeenText], project: Surroundings
) -> Template:
    """*template* with the texts it has at the providers of *unit*."""
    overrides: dict[str, Mapping[str, object]] = dict(template.overrides)
    params = {each.name: each for each in template.params}
    ours = variables(said(template, project.specs.values()))
    for pick, view in zip(unit.picks, views, strict=True):
        spec = project.specs[pick.provider]
        own = overrides.get(spec.type, {})
        if "native" in own or spec.native(template) == view.native:
            continue  # a stated text stays; entries of another text do not join
        overrides[spec.type] = {**own, "native": view.native}
        for name, native in zip(ours, view.variables, strict=True):
            param = params.get(name)
            if param is not None and native != name:
                named = {**param.native, spec.type: native}
                params[name] = replace(param, native=MappingProxyType(named))
    return replace(
        template,
        providers=_providers(template.providers, unit.providers),
        overrides=overrides,
        params=tuple(params.values()),
    )


def _providers(
    chosen: tuple[str, ...] | None, more: Iterable[str]
) -> tuple[str, ...] | None:
    if chosen is None:
        return None
    return (*chosen, *(name for name in more if name not in chosen))


def spelled(template: Template, type: str) -> list[tuple[str, str]]:
    """(a service's name, the name here) of each variable, for a service of *type*."""
    return [(each.native.get(type, each.name), each.name) for each in template.params]
