"""Drafts read back as the files they will be: none may change what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smsform.card import ProviderSpec
from smsform.config import Config
from smsform.definitions import Definitions, references
from smsform.definitions.entries import Entries
from smsform.documents import nodes
from smsform.documents.document import Document
from smsform.drafts.layout import block, one_line
from smsform.drafts.proposal import verbatim
from smsform.drafts.values import Draft, SkippedEntry, SkipReason
from smsform.errors import Level, Problem
from smsform.model import Address, Desired, Kind, Review, Signature, Template
from smsform.plan.equality import unowned_equal
from smsform.provider import Context
from smsform.validate import check
from smsform.words import say

Definition = Signature | Template
Read = Mapping[Address, Definition]


@dataclass(frozen=True, slots=True)
class TargetProject:
    """The project that drafts go into."""

    config: Config
    specs: Mapping[str, ProviderSpec]
    definitions: Definitions

    def spec(self, draft: Draft) -> ProviderSpec:
        """The card of the service that a draft's entry is at."""
        return self.specs[self.config.providers[draft.provider].type]

    def text(self, draft: Draft) -> str:
        """The text of a draft's entry."""
        attribute = self.spec(draft).kinds[Kind.TEMPLATE].text
        return str(draft.entry.attributes[attribute])


def prove(
    drafts: Sequence[Draft], ground: TargetProject
) -> tuple[list[Draft], Mapping[Address, Desired], list[SkippedEntry]]:
    """The drafts that hold, what each wants, and the entries whose draft does not.

    A text that rules refuse though it is approved is stated verbatim: such a text is
    only warned about.
    """
    read, lost = _read(drafts, ground)
    refused = _refused(drafts, read, ground)
    if refused:
        drafts = [
            _as_approved(draft, refused[draft.address], ground)
            if draft.address in refused
            else draft
            for draft in drafts
        ]
        read, lost = _read(drafts, ground)
    proven, wanted, left = [], {}, []
    signatures = {
        **ground.definitions.signatures,
        **{at.key: each for at, each in read.items() if isinstance(each, Signature)},
    }
    names = {key: each.name for key, each in signatures.items()}
    for draft in drafts:
        at = draft.address
        if at in read:
            spec, entry = ground.spec(draft), draft.entry
            provider = ground.config.providers[draft.provider]
            want = spec.desired(at, read[at], Context(provider, _no_evidence, names))
            kind = spec.kinds[draft.kind]
            if entry.serves(want.international) and unowned_equal(kind, entry, want):
                proven.append(draft)
                wanted[at] = want
                continue
        what = lost.get(at) or say("drafts.reads_differently")
        for entry in (*draft.beside, draft.entry):
            left.append(SkippedEntry(entry, SkipReason.UNWRITABLE, what))
    return proven, wanted, left


def _no_evidence(name: str) -> tuple[str, str]:
    """Drafts name no files."""
    return name, ""


def _read(
    drafts: Sequence[Draft], ground: TargetProject
) -> tuple[Read, Mapping[Address, str]]:
    """What the YAML of the drafts really says, and what is wrong with the others."""
    entries = Entries(ground.config, ground.specs, [])
    entries.signatures.update(ground.definitions.signatures)
    lost: dict[Address, str] = {}
    for draft in drafts:
        before = len(entries.problems)
        text = f"{draft.kind}s:\n" + "\n".join(block(draft)) + "\n"
        document = Document("", text, entries.problems)
        root = nodes.parse(document)
        if root is not None:
            entries.add(document, root)
        for problem in _errors(entries.problems[before:]):
            lost.setdefault(draft.address, one_line(problem.message))
    before = len(entries.problems)
    references.check(entries, ground.config.providers)
    wrong = {each.address: each for each in _errors(entries.problems[before:])}
    groups: Mapping[Kind, Mapping[str, Definition]] = {
        Kind.SIGNATURE: entries.signatures,
        Kind.TEMPLATE: entries.templates,
    }
    read = {}
    for draft in drafts:
        at = draft.address
        if found := wrong.get(f"{at.kind}.{at.key}"):
            lost.setdefault(at, one_line(found.message))
        if at not in lost and at.key in groups[at.kind]:
            read[at] = groups[at.kind][at.key]
    return read, lost


def _errors(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level is Level.ERROR]


def _refused(
    drafts: Sequence[Draft], read: Read, ground: TargetProject
) -> Mapping[Address, Problem]:
    """Approved texts, not verbatim yet, that a service's rules would refuse now."""
    signatures = dict(ground.definitions.signatures)
    templates, by_key = {}, {}
    for draft in drafts:
        definition = read.get(draft.address)
        if isinstance(definition, Signature):
            signatures[definition.key] = definition
        elif (
            definition is not None
            and draft.entry.review is Review.APPROVED
            and not definition.overrides
        ):
            templates[definition.key] = definition
            by_key[definition.key] = draft.address
    problems = check(
        Definitions(signatures, templates, ()),
        replace(ground.config, strict=False, lint_ignore=frozenset()),
        ground.specs,
    )
    return {
        by_key[key]: problem
        for problem in reversed(_errors(problems))
        if problem.provider  # what is wrong with the text for anybody stays wrong
        and (key := problem.address.partition(f"{Kind.TEMPLATE}.")[2]) in by_key
    }


def _as_approved(draft: Draft, problem: Problem, ground: TargetProject) -> Draft:
    """*draft* with its text as the service has it."""
    template = draft.definition
    assert isinstance(template, Template)
    type = ground.config.providers[draft.provider].type
    what = say("drafts.approved", rule=problem.rule, what=one_line(problem.message))
    return replace(
        draft,
        definition=verbatim(template, type, ground.text(draft)),
        notes=(*draft.notes, what),
    )
