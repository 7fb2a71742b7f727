"""Rows of a table to definitions: variables found, signatures split off; pure.

rows -> texts with variables -> definitions, read back -> drafts and what is left
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from smsform.definitions import references
from smsform.definitions.entries import Entries
from smsform.drafts.keys import slug, unused
from smsform.drafts.layout import one_line, writable
from smsform.drafts.merging import example, guessed_type
from smsform.drafts.parameters import NOWHERE, parameters
from smsform.drafts.reading import TargetProject, added, errors
from smsform.drafts.shapes import HEAD, TAIL, TextShape, renamed, said, shape, stripped
from smsform.drafts.surroundings import Surroundings
from smsform.model import (
    Definition,
    Kind,
    Placeholder,
    Signature,
    Template,
    TemplateType,
    Text,
)
from smsform.words import say

# {code} ${code} #{code} {{ code }} {1} ｛code｝, and #code#
_VARIABLE = re.compile(
    r"[$＄#]?[{｛]{1,2}[ \t]*(\w{1,60})[ \t]*[}｝]{1,2}"
    r"|#([A-Za-z_][A-Za-z0-9_]{0,59}|[0-9]{1,2})#"
)
_BRACE = re.compile(r"[{}｛｝]")
_TRUE = frozenset({"1", "true", "yes", "y", "是", "国际"})
_TYPES = (
    (TemplateType.VERIFICATION, r"验证|校验|动态码|\bcode|captcha|otp|verif|login"),
    (TemplateType.MARKETING, r"营销|推广|促销|会员营销|market|promo|advert"),
    (TemplateType.NOTIFICATION, r"通知|提醒|notic|notif|remind|alert"),
)


class TextRow(NamedTuple):
    """A row as far as its columns say something; ``place`` is where it stands."""

    place: str
    content: str
    name: str = ""
    key: str = ""
    type: str = ""
    signature: str = ""
    remark: str = ""
    international: str = ""


class RowDraft(NamedTuple):
    """A definition proposed for a row; "" is the place of a signature."""

    place: str
    definition: Definition
    check: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RowLeft(NamedTuple):
    """A row that gets no definition: why, and whether it should have got one."""

    place: str
    why: str
    failed: bool = True


def draft_rows(
    rows: Iterable[TextRow],
    ground: TargetProject,
    around: Surroundings,
    providers: tuple[str, ...] | None,
) -> tuple[list[RowDraft], list[RowLeft]]:
    """Definitions for *rows* that go to *providers*, and every row without one."""
    return _Drafting(ground, around, providers).drafts([*rows])


class _Drafting:
    """The definitions of one table while they are made."""

    def __init__(
        self,
        ground: TargetProject,
        around: Surroundings,
        providers: tuple[str, ...] | None,
    ) -> None:
        self._ground, self._around, self._providers = ground, around, providers
        self._reach = providers or tuple(around.specs)
        self._spec = around.specs[self._reach[0]]
        self._keys: set[tuple[Kind, str]] = set()
        self._names = {named for name, named in around.names if name in self._reach}
        self._signatures = {
            (each.international, each.name): key
            for key, each in ground.definitions.signatures.items()
        }
        self._made: list[RowDraft] = []
        self._left: list[RowLeft] = []
        self._notes: dict[str, str] = {}
        self._seen: dict[tuple[bool, TextShape, str], str] = {}
        self._defined = {
            (each.international, shape(said(each, around.specs.values()))): key
            for key, each in ground.definitions.templates.items()
        }

    def drafts(self, rows: Sequence[TextRow]) -> tuple[list[RowDraft], list[RowLeft]]:
        """All drafts, signatures first, and the rows without one."""
        kept = [parts for row in rows if (parts := self._parts(row))]
        templates = [self._template(row, text, key) for row, text, key in kept]
        return self._proven([*self._made, *templates]), self._left

    # --- a row ----------------------------------------------------------------------

    def _parts(self, row: TextRow) -> tuple[TextRow, Text, str | None] | None:
        """A row with its text and its signature's key; None when the row is left
        out."""
        text = stripped(found(row.content))
        abroad = row.international.strip().lower() in _TRUE
        signature = "" if abroad else row.signature.strip().strip("【】[]")
        for index, pattern in () if abroad else ((0, HEAD[False]), (-1, TAIL[False])):
            part = text[index] if text else None
            match = pattern.search(part) if isinstance(part, str) else None
            if isinstance(part, str) and match:
                rest = [*text]
                rest[index] = part[: match.start()] + part[match.end() :]
                text, carried = stripped(tuple(filter(None, rest))), match[1].strip()
                if signature not in ("", carried):
                    told = one_line(signature)[:40]
                    self._notes[row.place] = say("tables.other_signature", name=told)
                signature = carried
                break
        why = ""
        if not text:
            why = say("tables.nothing")
        elif any(isinstance(part, str) and _BRACE.search(part) for part in text):
            why = say("tables.brace")
        if why:
            self._left.append(RowLeft(row.place, why))
            return None
        if key := self._defined.get((abroad, shape(text))):
            why = say("tables.defined", key=key)
        elif place := self._seen.setdefault(
            (abroad, shape(text), signature), row.place
        ):
            why = "" if place == row.place else say("tables.same", place=place)
        if why:
            self._left.append(RowLeft(row.place, why, failed=False))
            return None
        return row, text, self._signature(signature, abroad) if signature else None

    def _signature(self, name: str, abroad: bool) -> str | None:
        """The key of the signature called *name*; it is defined when it was not."""
        if not writable(name):
            return None
        if key := self._signatures.get((abroad, name)):
            return key
        key = self._key(Kind.SIGNATURE, slug(name) or "signature")
        self._signatures[abroad, name] = key
        signature = Signature(
            key, name, NOWHERE, international=abroad, providers=self._providers
        )
        self._made.append(RowDraft("", signature))
        return key

    def _key(self, kind: Kind, wanted: str) -> str:
        def taken(key: str) -> bool:
            return (kind, key) in self._keys or self._around.taken(kind, key)

        key = unused(wanted, taken)
        self._keys.add((kind, key))
        return key

    def _template(self, row: TextRow, text: Text, signature: str | None) -> RowDraft:
        abroad = row.international.strip().lower() in _TRUE
        told = told_type(row.type)
        type = told or guessed_type(text)
        notes = [self._notes[row.place]] if row.place in self._notes else []
        if row.type.strip() and told is None:
            notes.append(say("tables.number", found=one_line(row.type)[:40]))
        order = ordered(text)
        params = parameters(text, order, type, self._around.constants, "")
        name = " ".join(row.name.split())
        name = name if name and writable(name) else ""
        wanted = slug(row.key) or slug(name) or type
        key = self._key(Kind.TEMPLATE, wanted)
        name = unused(
            name or key, lambda each: (Kind.TEMPLATE, each, abroad) in self._names
        )
        self._names.add((Kind.TEMPLATE, name, abroad))
        only = [k for (market, _), k in self._signatures.items() if market is abroad]
        template = Template(
            key=key,
            name=name,
            type=type,
            content=renamed(text, {each: params[each].name for each in order}),
            source="",
            at=NOWHERE,
            content_at=NOWHERE,
            international=abroad,
            signature=signature or (only[0] if len(only) == 1 else None),
            params=tuple([replace(params[each], native={}) for each in order]),
            providers=self._providers,
        )
        remark = row.remark.strip()
        if proposed := not (remark and writable(remark)):
            remark = say("drafts.remark" if order else "drafts.remark_constant")
            remark += example(template, "", self._spec)
        check = {
            "type": told is None,
            "signature": signature is None and template.signature is not None,
            "params": bool(order),
            "remark": proposed,
        }
        guessed = tuple(what for what, is_guess in check.items() if is_guess)
        template = replace(template, remark=remark)
        return RowDraft(row.place, template, guessed, tuple(notes))

    # --- read back ------------------------------------------------------------------

    def _proven(self, drafts: Sequence[RowDraft]) -> list[RowDraft]:
        """The drafts that say, once written and read back, what the rows do."""
        ground = self._ground
        entries = Entries(ground.config, ground.specs, [])
        entries.signatures.update(ground.definitions.signatures)
        lost = {}
        for number, draft in enumerate(drafts):
            if message := added(draft, entries):
                lost[number] = message
        before = len(entries.problems)
        references.check(entries, ground.config.providers)
        wrong = {each.address: each for each in errors(entries.problems[before:])}
        kept = []
        for number, draft in enumerate(drafts):
            definition = draft.definition
            if isinstance(definition, Template):
                problem = wrong.get(f"{Kind.TEMPLATE}.{definition.key}")
                read = entries.templates.get(definition.key)
                what = lost.get(number) or (
                    one_line(problem.message) if problem else ""
                )
                if not what and (read is None or read.content != definition.content):
                    what = say("drafts.reads_differently")
                if what:
                    why = say("tables.unwritable", what=what)
                    self._left.append(RowLeft(draft.place, why))
                    continue
            kept.append(draft)
        return kept


# --- what a row says ----------------------------------------------------------------


def found(content: str) -> Text:
    """*content* split at its variables, which keep their names."""
    parts: list[str | Placeholder] = []
    at = 0
    for match in _VARIABLE.finditer(content):
        parts += [content[at : match.start()], Placeholder(match[1] or match[2])]
        at = match.end()
    return tuple(part for part in (*parts, content[at:]) if part)


def ordered(text: Text) -> tuple[str, ...]:
    """The variables by position: numbers in their order, names as they first occur."""
    names = [part.name for part in text if isinstance(part, Placeholder)]
    unique = tuple(dict.fromkeys(names))
    if unique and all(name.isascii() and name.isdigit() for name in unique):
        return tuple(sorted(unique, key=int))
    return unique


def told_type(word: str) -> TemplateType | None:
    """The type that a word names; None for a number or an unknown word."""
    for type, words in _TYPES:
        if re.search(words, word, re.I):
            return type
    return None


def row_of(place: str, values: Mapping[str, str | None]) -> TextRow | RowLeft:
    """A row from its *values* by key; RowLeft when it has no text."""
    content = values.get("content", "")
    if content is None:
        return RowLeft(place, say("tables.expression", column="content"))
    if content.startswith("="):
        return RowLeft(place, say("tables.formula", found=one_line(content)[:40]))
    texts = {key: value or "" for key, value in values.items()}
    return TextRow(place, **{**texts, "content": content})
