"""Working out, once for all rules, what they need to know of a definition.

Providers of one type with equal limits see a definition alike: they form a ``Group``
and are handled together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from smsform.card import ProviderSpec
from smsform.documents.nodes import position
from smsform.errors import Position
from smsform.model import (
    Definition,
    Kind,
    Parameter,
    Placeholder,
    Signature,
    Template,
)
from smsform.pattern import pattern
from smsform.provider import ProviderConfig
from smsform.rule import VARIABLE, SignatureFacts, TemplateFacts
from smsform.segments import code_units, prefix
from smsform.validate.characters import PLAIN_TEXT, USUAL
from smsform.validate.evidence import Look, evidence_files, looking

if TYPE_CHECKING:
    from smsform.definitions import Definitions

SampleValue = tuple[Parameter, str, Position]  # whose, what, where it stands
_MARKED = pattern("\0(\\w+)\0")


class Outlined(NamedTuple):
    """A text with U+0000 for each variable, their parameters, and every case's text.

    ``plain`` and ``usual`` are as in TemplateFacts.
    """

    outline: str
    plain: bool
    usual: bool
    variables: list[str]
    cases: dict[str, str]


NAMED = 3  # other definitions that a problem names


class Group(Struct, frozen=True):
    """Providers that see every definition alike, and what their rules need."""

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
        """How many entries the account may hold; 0 when that is not known."""
        limit = self.limits.get(self.spec.kinds[kind].quota)
        return limit if isinstance(limit, int) else 0

    def verbatim(self, template: Template) -> bool:
        """Whether the text is stated in the service's own form."""
        return "native" in template.overrides.get(self.spec.type, ())


def groups(
    providers: Mapping[str, ProviderConfig], specs: Mapping[str, ProviderSpec]
) -> Iterator[Group]:
    """The configured providers in groups that see definitions alike."""
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
    """The facts of each signature that goes to *group*; evidence lies in *folder*."""
    here = {key: s for key, s in signatures.items() if group.reached_by(s)}
    quota, look = group.quota(Kind.SIGNATURE), looking(folder)
    for number, signature in enumerate(here.values(), 1):
        yield SignatureFacts(
            signature=signature,
            keys=signature.overrides.get(group.spec.type, {}),
            files=evidence_files(signature, group.spec, look),
            accepted=group.spec.files,
            limits=group.limits,
            site=group.config.site,
            quota=quota,
            number=number,
        )


def template_facts(
    groups: Sequence[Group],
    definitions: Definitions,
    folder: Path,
    comparing: bool = True,
) -> Iterator[tuple[Group, TemplateFacts]]:
    """What each group's rules see of each template that goes to it; evidence: *folder*.

    Without *comparing* nothing is said of twins. Templates come one after the other,
    so that what all groups see alike is worked out once.
    """
    views = [_View(group, definitions, comparing) for group in groups]
    signatures, look = definitions.signatures, looking(folder)
    for template in definitions.templates.values():
        signature = signatures.get(template.signature or "")
        common: _Common | None = None
        for view in views:
            if view.group.reached_by(template):
                if common is None:
                    common = _Common(template, signature)
                yield view.group, view.facts(template, common, look)


class _Common:
    """What is the same of one template for every service."""

    def __init__(self, template: Template, signature: Signature | None) -> None:
        self.signature, self.before = signature, ""
        if signature is not None:
            self.before = prefix(signature.name, template.international)
        self._template, self._given = template, _given(template)
        self.given = tuple(
            [(p.name, p.kind, p.max_length, value) for p, value, _ in self._given]
        )
        self.outlined = _own(template, self.before)
        params = [each.name for each in template.params]
        self.ordered = self.outlined.variables == params
        self._longest: dict[Callable[[str], int], int] = {}

    def values(self) -> Sequence[SampleValue]:
        """The values as rules are shown them; few rules look, for few are wrong."""
        template, places = self._template, {}
        for case, values in template.samples.items():
            stand = template.samples_at.get(case, ())
            for name, at in zip(values, stand, strict=False):
                places[case, name] = position(template.at.file, at)
        return [
            (each, value, places.get((case, each.name), each.at))
            for each, value, case in self._given
        ]

    def longest(self, units: Callable[[str], int]) -> int:
        """The most *units* of a case."""
        if units not in self._longest:
            self._longest[units] = max(map(units, self.outlined.cases.values()))
        return self._longest[units]


class _View:
    """The templates that go to one group."""

    def __init__(self, group: Group, definitions: Definitions, comparing: bool) -> None:
        self.group, self._natives = group, definitions.natives(group.spec)
        self._twins: Mapping[str, tuple[str, ...]] = {}
        if comparing:
            templates = definitions.templates
            here = {key: t for key, t in templates.items() if group.reached_by(t)}
            self._twins = twins_of(group, here, self._natives)
        self._quota = group.quota(Kind.TEMPLATE)
        self._units = len if group.spec.astral(group.config) == 1 else code_units
        self._number = 0

    def facts(self, template: Template, common: _Common, look: Look) -> TemplateFacts:
        """What the group's rules see of *template*, the next in the order of files."""
        group, key = self.group, template.key
        native = self._natives[key]
        self._number += 1
        outlined = common.outlined
        said = template.overrides.get(group.spec.type, ())
        verbatim = "native" in said
        if verbatim:
            outlined = _verbatim(group, template, native, common)
            longest = max(map(self._units, outlined.cases.values()))
        else:
            longest = common.longest(self._units)
        outline, plain, usual, variables, cases = outlined
        names = common.outlined.variables
        twins = self._twins.get(key, ())
        files = evidence_files(template, group.spec, look) if said else ()
        # In the order of the fields: by their names it would take four times as long.
        return TemplateFacts(
            template, native, verbatim,
            outline, usual, plain, common.ordered, names, variables,
            common.values, common.given, cases, longest,
            common.signature, group.limits, group.config.site,
            self._quota, twins, self._number, files, group.spec.files,
        )  # fmt: skip


def _given(template: Template) -> list[tuple[Parameter, str, str]]:
    """Every parameter with each of its values, once, and the case that gives it."""
    params = template.params
    values = [(each, each.sample, "") for each in params]
    seen = set()
    for case, given in template.samples.items():
        for each in params:
            value = given.get(each.name, each.sample)
            if value != each.sample and (each.name, value) not in seen:
                seen.add((each.name, value))
                values.append((each, value, case))
    return values


def twins_of(
    group: Group, templates: Mapping[str, Template], natives: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Templates that one provider gets with the same text: key -> some others' keys."""
    texts = Counter([natives[key] for key in templates])
    alike: dict[object, list[str]] = defaultdict(list)
    for key, template in templates.items():
        if texts[natives[key]] > 1:
            alike[natives[key], template.type, template.international].append(key)
    twins = {}
    for keys in alike.values():
        if len(keys) == 1 or not natives[keys[0]].strip():
            continue
        reach = {key: frozenset(group.reached_by(templates[key])) for key in keys}
        for key in keys:
            others = (
                other
                for other in keys
                if other != key and not reach[key].isdisjoint(reach[other])
            )
            if some := tuple(islice(others, NAMED)):
                twins[key] = some
    return twins


def _outlined(outline: str, variables: list[str], cases: dict[str, str]) -> Outlined:
    plain = PLAIN_TEXT.fullmatch(outline) is not None
    usual = plain or USUAL.fullmatch(outline) is not None
    return Outlined(outline, plain, usual, variables, cases)


def _own(template: Template, before: str) -> Outlined:
    """The text with its variables blanked out; *before* it, with each case's values."""
    content = template.content
    variables = [part.name for part in content if type(part) is Placeholder]
    places = [n for n, part in enumerate(content) if type(part) is Placeholder]
    parts = [part if type(part) is str else VARIABLE for part in content]
    outline = "".join(parts)
    cases = {}
    for case, values in template.sample_values().items():
        for place, name in zip(places, variables, strict=True):
            parts[place] = values.get(name, "")
        cases[case] = before + "".join(parts)
    return _outlined(outline, variables, cases)


def _verbatim(
    group: Group, template: Template, native: str, common: _Common
) -> Outlined:
    """The same for a text stated in the service's own form."""
    type, fill = group.spec.type, group.spec.fill
    order = group.spec.order
    names = [each.name for each in template.positions(type, native, order)]
    outline = fill(native, [VARIABLE] * len(order(native)))
    variables = _MARKED.findall(fill(native, [f"\0{name}\0" for name in names]))
    cases = {
        case: common.before + fill(native, [values[name] for name in names])
        for case, values in template.sample_values().items()
    }
    return _outlined(outline, variables, cases)
