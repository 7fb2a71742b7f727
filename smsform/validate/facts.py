"""Works out, once for all rules, what they ask about a definition.

Providers of one type with equal limits see a definition alike: they form a ``Group``
and are asked once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from smsform.card import ProviderSpec
from smsform.errors import Position
from smsform.model import (
    Definition,
    Kind,
    Parameter,
    Placeholder,
    Signature,
    Template,
    Text,
)
from smsform.provider import ProviderConfig
from smsform.rule import VARIABLE, SignatureFacts, TemplateFacts
from smsform.segments import code_units, prefix
from smsform.validate.characters import USUAL
from smsform.validate.evidence import evidence_files

SampleValue = tuple[Parameter, str, Position]  # whose it is, what, where it stands
_MARKED = re.compile("\0(\\w+)\0")
SampleCases = Mapping[str, Mapping[str, str]]  # case -> parameter -> value


class Outlined(NamedTuple):
    """A text with U+0000 for each variable, whose these are, and every case's text."""

    outline: str
    variables: list[str]
    cases: dict[str, str]


NAMED = 3  # so many other definitions are named in a problem, not all of thousands


@dataclass(frozen=True, slots=True)
class Group:
    """Providers that see every definition alike, and what their rules need to know."""

    spec: ProviderSpec
    providers: tuple[str, ...]
    config: ProviderConfig
    limits: Mapping[str, object]

    def reached_by(self, definition: Definition) -> tuple[str, ...]:
        """The group's providers that *definition* goes to."""
        chosen = definition.providers
        if chosen is None:
            return self.providers
        return tuple(name for name in self.providers if name in chosen)

    def quota(self, kind: Kind) -> int:
        """How many entries the account may hold; 0 when nobody says."""
        limit = self.limits.get(self.spec.kinds[kind].quota)
        return limit if isinstance(limit, int) else 0

    def verbatim(self, template: Template) -> bool:
        """Whether the text is stated in the service's own form."""
        return "native" in template.overrides.get(self.spec.type, ())


def groups(
    providers: Mapping[str, ProviderConfig], specs: Mapping[str, ProviderSpec]
) -> Iterator[Group]:
    """The configured providers, those that see definitions alike together."""
    alike: dict[object, list[ProviderConfig]] = defaultdict(list)
    for provider in providers.values():
        account = sorted((name, repr(v)) for name, v in provider.account.items())
        alike[provider.type, provider.site, tuple(account)].append(provider)
    for members in alike.values():
        first = members[0]
        spec = specs[first.type]
        limits = {name: spec.limit(first, name) for name in spec.limits}
        yield Group(spec, tuple(member.name for member in members), first, limits)


def signature_facts(
    group: Group, signatures: Mapping[str, Signature], folder: Path
) -> Iterator[SignatureFacts]:
    """What the rules see of each signature that goes to *group*; evidence: *folder*."""
    here = {key: s for key, s in signatures.items() if group.reached_by(s)}
    quota = group.quota(Kind.SIGNATURE)
    for number, signature in enumerate(here.values(), 1):
        yield SignatureFacts(
            signature=signature,
            keys=signature.overrides.get(group.spec.type, {}),
            files=evidence_files(signature, group.spec, folder),
            accepted=group.spec.files,
            limits=group.limits,
            site=group.config.site,
            quota=quota,
            number=number,
        )


def template_facts(
    group: Group,
    templates: Mapping[str, Template],
    signatures: Mapping[str, Signature],
    folder: Path,
) -> Iterator[TemplateFacts]:
    """What the rules see of each template that goes to *group*; evidence: *folder*."""
    here = {key: t for key, t in templates.items() if group.reached_by(t)}
    natives = {key: group.spec.native(template) for key, template in here.items()}
    twins = _twins(group, here, natives)
    quota = group.quota(Kind.TEMPLATE)
    units = len if group.spec.astral(group.config) == 1 else code_units
    for number, (key, template) in enumerate(here.items(), 1):
        native = natives[key]
        chosen = template.sample_values()
        verbatim = group.verbatim(template)
        rendered = _verbatim if verbatim else _plain
        signature, before = signatures.get(template.signature or ""), ""
        if signature is not None:
            before = prefix(signature.name, template.international)
        said = group.spec.type in template.overrides
        outline, variables, cases = rendered(group, template, native, chosen, before)
        yield TemplateFacts(
            template=template,
            native=native,
            verbatim=verbatim,
            outline=outline,
            usual=USUAL.fullmatch(outline) is not None,
            names=variables if not verbatim else _names(template.content),
            variables=variables,
            values=_values(template, chosen),
            cases=cases,
            longest=max(map(units, cases.values())),
            signature=signature,
            limits=group.limits,
            site=group.config.site,
            quota=quota,
            twins=twins.get(key, ()),
            number=number,
            files=evidence_files(template, group.spec, folder) if said else (),
            accepted=group.spec.files,
        )


def _names(content: Text) -> list[str]:
    return [part.name for part in content if type(part) is Placeholder]


def _values(template: Template, chosen: SampleCases) -> list[SampleValue]:
    """Every parameter with every value that a case gives it, each once."""
    (_, own), *others = chosen.items()
    values = [(each, own[each.name], each.at) for each in template.params]
    seen = set()
    for case, given in others:
        for each in template.params:
            value = given[each.name]
            if value != own[each.name] and (each.name, value) not in seen:
                seen.add((each.name, value))
                at = template.places.get(f"samples.{case}.{each.name}", each.at)
                values.append((each, value, at))
    return values


def _twins(
    group: Group, templates: Mapping[str, Template], natives: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Templates that one provider gets with the same text: key -> some others' keys."""
    alike: dict[object, list[str]] = defaultdict(list)
    for key, template in templates.items():
        alike[natives[key], template.type, template.international].append(key)
    twins = {}
    for keys in alike.values():
        if len(keys) == 1 or not natives[keys[0]].strip():
            continue
        for key in keys:
            at = set(group.reached_by(templates[key]))
            others = (
                other
                for other in keys
                if other != key and at.intersection(group.reached_by(templates[other]))
            )
            if some := tuple(islice(others, NAMED)):
                twins[key] = some
    return twins


def _plain(
    group: Group, template: Template, native: str, chosen: SampleCases, before: str
) -> Outlined:
    """The text with its variables blanked out; *before* it, with each case's values."""
    content = template.content
    outline = "".join([p if isinstance(p, str) else VARIABLE for p in content])
    cases = {}
    for case, values in chosen.items():
        parts = [p if isinstance(p, str) else values.get(p.name, "") for p in content]
        cases[case] = before + "".join(parts)
    return Outlined(outline, _names(content), cases)


def _verbatim(
    group: Group, template: Template, native: str, chosen: SampleCases, before: str
) -> Outlined:
    """The same of a text stated in the service's own form."""
    type, fill = group.spec.type, group.spec.fill
    order = group.spec.order
    names = [each.name for each in template.positions(type, native, order)]
    outline = fill(native, [VARIABLE] * len(order(native)))
    variables = _MARKED.findall(fill(native, [f"\0{name}\0" for name in names]))
    cases = {
        case: before + fill(native, [values[name] for name in names])
        for case, values in chosen.items()
    }
    return Outlined(outline, variables, cases)
