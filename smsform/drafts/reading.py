"""Reading drafts as the files they will become, within the project around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from smsform.card import ProviderSpec
from smsform.config import Config
from smsform.definitions import Definitions, references
from smsform.definitions.entries import Entries, Reference
from smsform.documents.document import Document
from smsform.drafts.layout import Written, block, kind_of, one_line
from smsform.drafts.values import ChosenEntry, Draft
from smsform.errors import Level, Problem
from smsform.model import Definition, Evidence, Kind, Signature
from smsform.state.memory import Slot

Read = Mapping[Slot, Definition]


class TargetProject(Struct, frozen=True):
    """The project that drafts go into; ``evidence`` finds files as a Context does."""

    config: Config
    specs: Mapping[str, ProviderSpec]
    definitions: Definitions
    evidence: Callable[[str, str], Evidence]

    def spec(self, provider: str) -> ProviderSpec:
        """The card of a provider's service."""
        return self.specs[self.config.providers[provider].type]

    def text(self, pick: ChosenEntry) -> str:
        """The text of a pick's entry, as its service has it."""
        attribute = self.spec(pick.provider).kinds[Kind.TEMPLATE].text
        return str(pick.entry.attributes[attribute])


def read_back(
    drafts: Sequence[Draft], ground: TargetProject
) -> tuple[Read, Mapping[Slot, str]]:
    """The definitions that the YAML of *drafts* gives, and the error of each other
    one."""
    entries = Entries(ground.config, ground.specs, [])
    entries.signatures.update(ground.definitions.signatures)
    lost: dict[Slot, str] = {}
    for draft in drafts:
        if not draft.is_new:
            _put(draft.definition, entries)
            continue
        if message := added(draft, entries):
            lost[draft.kind, draft.key] = message
    before = len(entries.problems)
    references.check(entries, ground.config.providers)
    wrong = {each.address: each for each in errors(entries.problems[before:])}
    groups: Mapping[Kind, Mapping[str, Definition]] = {
        Kind.SIGNATURE: entries.signatures,
        Kind.TEMPLATE: entries.templates,
    }
    read = {}
    for draft in drafts:
        slot = draft.kind, draft.key
        if found := wrong.get(f"{draft.kind}.{draft.key}"):
            lost.setdefault(slot, one_line(found.message))
        if slot not in lost and draft.key in groups[draft.kind]:
            read[slot] = groups[draft.kind][draft.key]
    return read, lost


def added(draft: Written, entries: Entries) -> str:
    """Add to *entries* what is written for *draft*; its first error, "" for none."""
    before = len(entries.problems)
    text = f"{kind_of(draft)}s:\n" + "\n".join(block(draft)) + "\n"
    document = Document("", text, entries.problems)
    entries.read(document)
    found = errors(entries.problems[before:])
    return one_line(found[0].message) if found else ""


def _put(definition: Definition, entries: Entries) -> None:
    """Add to *entries* a definition that was read already and is extended now."""
    if isinstance(definition, Signature):
        entries.signatures[definition.key] = definition
        return
    entries.templates[definition.key] = definition
    if definition.signature is not None:
        entries.references.append(Reference(definition, definition.at))


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those of *problems* that are errors."""
    return [problem for problem in problems if problem.level is Level.ERROR]
