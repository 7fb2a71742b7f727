"""One template from its entries, of one account or of several; pure.

Differences are settled by rules, listed in docs/import.md: what a service says wins
over a guess, the first provider over the next, and what only one service spells that
way stands below its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.documents.placeholder import is_name
from smsform.drafts.layout import one_line
from smsform.drafts.notes import at_provider, called, notes
from smsform.drafts.parameters import NOWHERE, parameters
from smsform.drafts.shapes import SeenText, renamed, writable_content
from smsform.drafts.surroundings import Surroundings
from smsform.drafts.values import Cause, Draft, Join, Unit
from smsform.model import (
    Parameter,
    Placeholder,
    Review,
    Template,
    TemplateType,
    Text,
)
from smsform.words import say

_OPT_OUT = re.compile(
    r"退订|退訂|拒收|回复?\s?(?:TD?|N|R)\b|unsubscribe|opt[ -]?out|"
    r"\breply (?:stop|td?)\b",
    re.I,
)
_CODE = re.compile(r"验证码|驗證碼|校验码|动态码|动态密码|\bcode\b|\bOTP\b", re.I)
FEW = 4  # signatures that a comment can name


def guessed_type(text: Text) -> TemplateType:
    """The type that the words of a text suggest."""
    fixed = "\0".join(part for part in text if isinstance(part, str))
    if _OPT_OUT.search(fixed):
        return TemplateType.MARKETING
    if _CODE.search(fixed) and any(isinstance(part, Placeholder) for part in text):
        return TemplateType.VERIFICATION
    return TemplateType.NOTIFICATION


def merged(
    unit: Unit,
    views: Sequence[SeenText],
    key: str,
    name: str,
    providers: tuple[str, ...] | None,
    project: Surroundings,
) -> Draft:
    """The template of a unit that is not defined yet; *views* are its picks' texts."""
    specs = [project.specs[pick.provider] for pick in unit.picks]
    told = next((view.told.type for view in views if view.told.type), None)
    type = told or guessed_type(views[0].told.text)
    params, content = _variables(views, specs, type, project)
    signature, sure = _signature(unit, views, project)
    template = Template(
        key=key,
        name=name,
        type=type,
        content=content,
        source="",
        at=NOWHERE,
        content_at=NOWHERE,
        international=unit.market,
        signature=signature,
        params=params,
        providers=providers,
    )
    template, spelled = _spelled(template, unit, views, specs)
    template = _with_own(template, views, specs)
    remark, proposed = _remark(unit, views)
    if proposed:
        remark = say("drafts.remark" if params else "drafts.remark_constant")
        remark += example(template, views[0].native, specs[0])
    known = {
        key for p in unit.providers for key in project.usable[p][unit.market].values()
    }
    check = {
        "type": told is None,
        "signature": signature is not None and not sure,
        say("drafts.which", keys=", ".join(sorted(known))): (
            signature is None and 0 < len(known) <= FEW
        ),
        "params": bool(params),
        "remark": proposed,
    }
    guessed = tuple(what for what, is_guess in check.items() if is_guess)
    said = (*notes(unit, name), *spelled, *_other_remarks(unit, views, remark))
    unit = unit._replace(join=_told_names(unit, views, specs, params))
    return Draft(unit, replace(template, remark=remark), guessed, said)


# --- variables and content ----------------------------------------------------------


def _variables(
    views: Sequence[SeenText],
    specs: Sequence[ProviderSpec],
    type: TemplateType,
    project: Surroundings,
) -> tuple[tuple[Parameter, ...], Text]:
    """The parameters in their order, and the content; () when no content can say it."""
    common = _common(views)
    here = [dict(zip(view.variables, common, strict=True)) for view in views]
    lead = next((n for n, spec in enumerate(specs) if spec.positional), 0)
    order = [here[lead][each] for each in views[lead].told.order]
    kinds: dict[str, str] = {}
    for names, view in reversed([*zip(here, views, strict=True)]):
        kinds |= {names[each]: kind for each, kind in view.told.kinds.items()}
    found = parameters(
        renamed(views[0].told.text, here[0]),
        order,
        type,
        project.constants,
        specs[0].type,
        kinds,
    )
    native: dict[str, dict[str, str]] = {each: {} for each in common}
    for names, spec in zip(here, specs, strict=True):
        for own, each in names.items():
            native[each].setdefault(spec.type, own)
    params = tuple(
        [replace(found[each], native=MappingProxyType(native[each])) for each in order]
    )
    ours = {each: found[each].name for each in common}
    content = renamed(renamed(views[0].text, here[0]), ours)
    return params, content if writable_content(content) else ()


def _common(views: Sequence[SeenText]) -> list[str]:
    """One name for each variable: the first that a service tells, else a number."""
    names: list[str] = []
    for number, own in enumerate(zip(*[view.variables for view in views], strict=True)):
        good = (*filter(is_name, own), own[0], f"\0{number}")
        names.append(next(each for each in good if each not in names))
    return names


def _spelled(
    template: Template,
    unit: Unit,
    views: Sequence[SeenText],
    specs: Sequence[ProviderSpec],
) -> tuple[Template, tuple[str, ...]]:
    """*template* with a service's text stated, where the content would not produce
    it."""
    stated: dict[str, Mapping[str, object]] = {}
    said = []
    for pick, view, spec in zip(unit.picks, views, specs, strict=True):
        if spec.type not in stated and not _says(template, view.native, spec):
            stated[spec.type] = {"native": view.native}
            what = "spelled" if template.content else "verbatim"
            if view.signature:
                what = "carried"
            note = say(f"drafts.{what}", key=view.signature)
            said.append(at_provider(unit, pick, note))
    carried = any(view.signature for view in views)
    if stated.keys() == {spec.type for spec in specs} and not carried:
        said = [
            at_provider(unit, pick, say("drafts.verbatim")) for pick in unit.picks[:1]
        ]
        template = replace(template, content=())
    return replace(template, overrides=stated), tuple(said)


def _with_own(
    template: Template, views: Sequence[SeenText], specs: Sequence[ProviderSpec]
) -> Template:
    """*template* with what only one service says of its variables, below its type."""
    overrides = dict(template.overrides)
    for view, spec in zip(views, specs, strict=True):
        ours = {p.native.get(spec.type, p.name): p.name for p in template.params}
        for key, words in view.told.own.items():
            named = {ours[own]: word for own, word in words.items() if own in ours}
            if named and key not in overrides.get(spec.type, {}):
                overrides[spec.type] = {**overrides.get(spec.type, {}), key: named}
    return replace(template, overrides=overrides)


def _says(template: Template, native: str, spec: ProviderSpec) -> bool:
    """Whether the content, written for *spec*, is *native* to the byte."""
    plain = tuple(replace(each, native={}) for each in template.params)
    return bool(template.content or not native) and (
        spec.native(replace(template, params=plain)) == native
    )


def example(template: Template, native: str, spec: ProviderSpec) -> str:
    """The text with its samples, on one line; nothing where it has no parameters."""
    if not template.params:
        return ""
    values = {parameter.name: parameter.sample for parameter in template.params}
    if template.content:
        text = "".join(
            part if isinstance(part, str) else values[part.name]
            for part in template.content
        )
    else:
        params = template.positions(spec.type, native, spec.order)
        text = spec.fill(native, [values[each.name] for each in params])
    return " ".join(text.split())


def _told_names(
    unit: Unit,
    views: Sequence[SeenText],
    specs: Sequence[ProviderSpec],
    params: Sequence[Parameter],
) -> Join:
    """The unit's join, with the services' names of variables where they differ."""
    if unit.join.cause is not Cause.VARIABLES:
        return unit.join
    names = [
        [(param.native.get(spec.type, param.name), param.name) for param in params]
        for spec in specs
    ]
    return unit.join._replace(what=called(unit, names))


# --- signature and remark -----------------------------------------------------------


def _signature(
    unit: Unit, views: Sequence[SeenText], project: Surroundings
) -> tuple[str | None, bool]:
    """The key of the signature, and whether a service names it or the text carries it.

    It must exist at every provider of the unit. What a rejected entry was reviewed with
    is kept: another signature would be an edit.
    """
    told: dict[str, None] = {}
    guesses: dict[str, None] = {}
    fixed: set[str | None] = set()
    for pick, view in zip(unit.picks, views, strict=True):
        known = project.usable[pick.provider][unit.market]
        named = project.signatures[pick.provider][unit.market]
        given = named.get(view.told.signature)
        told |= dict.fromkeys(filter(None, (view.signature, given)))
        guesses |= dict.fromkeys(filter(None, (_only(known),)))
        if pick.entry.review is Review.REJECTED and view.told.signature:
            fixed.add(given)
    for key in (*told, *guesses):
        everywhere = {*unit.providers} <= {*project.covered.get(key, ())}
        if everywhere and fixed <= {key}:
            return key, key in told
    return None, False


def _only(signatures: Mapping[str, str]) -> str | None:
    """The one signature a market has; with several, only a person can say."""
    return next(iter(signatures.values())) if len(signatures) == 1 else None


def _remark(unit: Unit, views: Sequence[SeenText]) -> tuple[str, bool]:
    """The remark for reviewers, and whether a new one is to be proposed.

    The remark of a rejected entry is kept, because another one would be an edit.
    """
    told = [view.told.remark for view in views if view.told.remark]
    for pick, view in zip(unit.picks, views, strict=True):
        if pick.entry.review is Review.REJECTED and view.told.remark is not None:
            return view.told.remark, False
    return (told[0], False) if told else ("", True)


def _other_remarks(unit: Unit, views: Sequence[SeenText], remark: str) -> Iterator[str]:
    """Remarks of other entries, as comments, so that they are not lost."""
    for pick, view in zip(unit.picks, views, strict=True):
        if view.told.remark and view.told.remark != remark:
            note = say("drafts.other_remark", remark=one_line(view.told.remark))
            yield at_provider(unit, pick, note)
