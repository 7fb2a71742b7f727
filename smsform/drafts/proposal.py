"""Picked entries to the definitions a person would have written for them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from smsform.card import ProviderSpec
from smsform.documents import text as texts
from smsform.drafts.keys import slug, unused
from smsform.drafts.layout import one_line, source, writable
from smsform.drafts.parameters import NOWHERE, parameters
from smsform.drafts.selection import BEST, Named, named
from smsform.drafts.surroundings import Surroundings
from smsform.drafts.values import ChosenEntry, Draft, submitted_first
from smsform.model import (
    Existing,
    ImportedTemplate,
    Kind,
    Parameter,
    Placeholder,
    Review,
    Signature,
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
# A text that carries its signature, at one end or the other.
_HEAD = {
    False: re.compile(r"\A【([^【】]{1,40})】"),
    True: re.compile(r"\A\[([^\[\]]{1,40})\] ?"),
}
_TAIL = {
    False: re.compile(r"【([^【】]{1,40})】\Z"),
    True: re.compile(r" ?\[([^\[\]]{1,40})\]\Z"),
}


def propose(picks: Iterable[ChosenEntry], project: Surroundings) -> list[Draft]:
    """A draft for every pick, signatures first, each kind by age."""
    picks = sorted(picks, key=lambda pick: submitted_first(pick.entry))
    first = [pick for pick in picks if pick.entry.kind is Kind.SIGNATURE]
    signatures = _signatures(first, project)
    known = {market: dict(group) for market, group in project.signatures.items()}
    for draft in signatures:
        if draft.entry.review is Review.APPROVED:
            each = draft.definition
            known[each.international][each.name] = each.key
    project = replace(project, signatures=known)
    rest = [pick for pick in picks if pick.entry.kind is Kind.TEMPLATE]
    return [*signatures, *_templates(rest, project)]


# --- signatures ---------------------------------------------------------------------


def _signatures(picks: Sequence[ChosenEntry], project: Surroundings) -> list[Draft]:
    """Names alone: such a signature is looked up and never submitted."""
    keys = _Keys(project)
    return [
        Draft(
            project.provider,
            pick.entry,
            Signature(
                keys.take(pick.entry, "signature"),
                pick.entry.name,
                NOWHERE,
                international=pick.entry.international is True,
                providers=project.providers,
            ),
            notes=_notes(pick),
            beside=pick.beside,
        )
        for pick in picks
    ]


class _Keys:
    """Hands out keys, each once."""

    def __init__(self, project: Surroundings) -> None:
        self._project, self._given = project, set[tuple[Kind, str]]()

    def take(self, entry: Existing, kind: str) -> str:
        """The key of *entry*: from its name, else *kind* and the id."""

        def taken(key: str) -> bool:
            pair = (entry.kind, key)
            return pair in self._given or self._project.taken(*pair)

        wanted = slug(entry.name)
        if not wanted:
            id = re.sub("[^A-Za-z0-9-]+", "_", entry.id).strip("_")
            wanted = f"{kind}_{id}" if id else kind
        key = unused(wanted, taken)
        self._given.add((entry.kind, key))
        return key


# --- templates ----------------------------------------------------------------------


def _templates(picks: Sequence[ChosenEntry], project: Surroundings) -> list[Draft]:
    """Of several of one name the newest approved keeps it; the others get numbers."""
    keys = _Keys(project)
    names: set[Named] = set(project.names)
    best: dict[Named, ChosenEntry] = {}
    for pick in sorted(picks, key=_merit):
        best[named(pick.entry)] = pick
    drafts = []
    for pick in sorted(picks, key=lambda p: best[named(p.entry)] is not p):
        told = project.spec.told(pick.entry)
        type = told.type or guessed_type(told.text)
        key = keys.take(pick.entry, type)
        name = _name(pick.entry, key, names)
        drafts.append(_template(pick, told, type, key, name, project))
    return sorted(drafts, key=lambda draft: submitted_first(draft.entry))


def _merit(pick: ChosenEntry) -> tuple[int, int, tuple[int, str]]:
    """Grows with the review and with youth."""
    entry = pick.entry
    return -BEST.index(entry.review), entry.created, submitted_first(entry)


def _name(entry: Existing, key: str, taken: set[Named]) -> str:
    """The entry's name, or one like it that no other definition has."""
    kind, name, market = named(entry)
    wanted = name if name and writable(name) else key
    name = unused(wanted, lambda each: (kind, each, market) in taken)
    taken.add((kind, name, market))
    return name


def guessed_type(text: Text) -> TemplateType:
    """The type that a text's words speak for."""
    fixed = "\0".join(part for part in text if isinstance(part, str))
    if _OPT_OUT.search(fixed):
        return TemplateType.MARKETING
    if _CODE.search(fixed) and any(isinstance(part, Placeholder) for part in text):
        return TemplateType.VERIFICATION
    return TemplateType.NOTIFICATION


def _template(
    pick: ChosenEntry,
    told: ImportedTemplate,
    type: TemplateType,
    key: str,
    name: str,
    project: Surroundings,
) -> Draft:
    entry, spec = pick.entry, project.spec
    market = entry.international is True
    found = parameters(
        told.text, told.order, type, project.constants, spec.type, told.kinds
    )
    params = tuple(found[native] for native in told.order)
    signature, rest = _carried(told.text, market, project)
    known = project.signatures[market]
    template = Template(
        key=key,
        name=name,
        type=type,
        content=_renamed(told.text, found),
        source="",
        at=NOWHERE,
        content_at=NOWHERE,
        international=market,
        signature=signature or known.get(told.signature) or _only(known),
        params=params,
        providers=project.providers,
    )
    notes = _notes(pick, name)
    native = str(entry.attributes[spec.kinds[Kind.TEMPLATE].text])
    if signature:
        content = _renamed(rest, found)
        template = verbatim(template, spec.type, native, content)
        notes += (say("drafts.carried", key=signature),)
    elif not says(template, native, spec):
        template = verbatim(template, spec.type, native)
        notes += (say("drafts.verbatim"),)
    edit = entry.review is Review.REJECTED  # another remark would be one
    proposed = told.remark is None or not (told.remark or edit)
    remark = told.remark or ""
    if proposed:
        remark = say("drafts.remark" if params else "drafts.remark_constant")
        remark += _example(template, native, spec)
    template = template._replace(remark=remark)
    several = sorted(known.values())
    check = {
        "type": told.type is None,
        "signature": template.signature not in (None, known.get(told.signature)),
        say("drafts.which", keys=", ".join(several)): (
            template.signature is None and 0 < len(several) <= FEW
        ),
        "params": bool(params),
        "remark": proposed,
    }
    guessed = tuple(what for what, is_guess in check.items() if is_guess)
    return Draft(project.provider, entry, template, guessed, notes, pick.beside)


def _example(template: Template, native: str, spec: ProviderSpec) -> str:
    """The text with its samples, on one line; nothing where it has no parameters."""
    if not template.params:
        return ""
    values = {parameter.name: parameter.sample for parameter in template.params}
    text = spec.fill(native, list(values.values()))
    if template.content:
        text = "".join(
            part if isinstance(part, str) else values[part.name]
            for part in template.content
        )
    return " ".join(text.split())


def _renamed(text: Text, found: Mapping[str, Parameter]) -> Text:
    """*text* with our names instead of the service's."""
    return tuple(
        part if isinstance(part, str) else Placeholder(found[part.name].name)
        for part in text
    )


def says(template: Template, native: str, spec: ProviderSpec) -> bool:
    """Whether the content, once written and read, is *native* to the byte."""
    written = source(template.content)
    if written != written.strip():
        return False
    try:
        read = texts.parse(written)
    except ValueError:
        return False
    plain = tuple(each._replace(native={}) for each in template.params)
    again = template._replace(content=read, params=plain)
    return read == template.content and spec.native(again) == native


def verbatim(
    template: Template, type: str, native: str, content: Text = ()
) -> Template:
    """*template* with its text as the service has it, and *content* for others."""
    if content:
        try:
            content = texts.parse(source(content).strip())
        except ValueError:
            content = ()
    return template._replace(content=content, overrides={type: {"native": native}})


def _only(signatures: Mapping[str, str]) -> str | None:
    """The one signature a market has; with several, only a person can say."""
    return next(iter(signatures.values())) if len(signatures) == 1 else None


def _carried(text: Text, market: bool, project: Surroundings) -> tuple[str, Text]:
    """The key of a signature that stands in *text*, and the text without it.

    Services put the signature in front by themselves, so the text is kept as it is
    there; what it should be is worth knowing all the same.
    """
    for index, pattern in ((0, _HEAD[market]), (-1, _TAIL[market])):
        part = text[index] if text else None
        found = pattern.search(part) if isinstance(part, str) else None
        key = project.signatures[market].get(found[1]) if found else None
        if isinstance(part, str) and found and key:
            rest = list(text)
            rest[index] = part[: found.start()] + part[found.end() :]
            return key, tuple(filter(None, rest))
    return "", ()


# --- comments -----------------------------------------------------------------------


def _notes(pick: ChosenEntry, name: str = "") -> tuple[str, ...]:
    """What a reader should know about the entry."""
    entry, notes = pick.entry, []
    if entry.review is Review.REJECTED:
        note = one_line(entry.note) or say("drafts.no_note")
        notes.append(say("drafts.rejected", note=note))
    if entry.international is None:
        notes.append(say("drafts.both_markets"))
    if name and name != entry.name:
        notes.append(say("drafts.renamed", name=one_line(entry.name), id=entry.id))
    if pick.beside:
        ids = ", ".join(each.id for each in pick.beside)
        notes.append(say("drafts.beside", ids=ids))
    return tuple(notes)
