"""Rules about the files that are submitted (SF236 to SF241).

Only these rules look at more than the definitions: at the size and the first bytes of
files in the evidence folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.documents import files
from smsform.errors import Level
from smsform.evidence import FILE_KINDS, kind_of_file
from smsform.model import Definition, Kind, Signature
from smsform.rule import (
    EvidenceFile,
    Finding,
    Rule,
    SignatureFacts,
    TemplateFacts,
)
from smsform.validate.sources import OURS, READ
from smsform.words import say, tell

HEAD = max(len(each.head) for each in FILE_KINDS.values())  # bytes
MIB = 2**20
BY_CARD = "the limits on the service's card"
Look = Callable[[str], EvidenceFile]  # by its name


def evidence_files(
    definition: Definition, spec: ProviderSpec, look: Look
) -> tuple[EvidenceFile, ...]:
    """The files that *definition* names for the type of *spec*, as *look* sees them."""
    return tuple(
        [
            look(name)._replace(at=definition.places.get(f"{spec.type}.{key}"))
            for key, name in _named(definition, spec)
        ]
    )


def looking(folder: Path) -> Look:
    """Looks at files of *folder*, each once: thousands of texts name the same few."""
    return cache(partial(_look, folder))


def evidence_names(definition: Definition, spec: ProviderSpec) -> Iterator[str]:
    """Their paths in the evidence folder."""
    return (name for _, name in _named(definition, spec))


def _named(definition: Definition, spec: ProviderSpec) -> Sequence[tuple[str, str]]:
    kind = Kind.SIGNATURE if isinstance(definition, Signature) else Kind.TEMPLATE
    return spec.files_named(kind, definition.overrides.get(spec.type, {}))


def _look(folder: Path, name: str) -> EvidenceFile:
    path = folder / name
    if files.through_link(folder, name):
        return EvidenceFile(name, missing=say("validate.link"))
    try:
        if path.exists() and not path.is_file():  # for example a pipe that never ends
            return EvidenceFile(name, missing=say("validate.no_file"))
        with open(path, "rb") as file:
            head, size = file.read(HEAD), file.seek(0, os.SEEK_END)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return EvidenceFile(name, missing=tell(why))
    return EvidenceFile(name, size=size, kind=kind_of_file(head))


Facts = SignatureFacts | TemplateFacts


def _missing(facts: Facts) -> Sequence[Finding]:
    if not facts.files:
        return ()
    return [
        Finding(
            say("validate.missing", path=paper.name, why=paper.missing),
            say("validate.missing_hint"),
            paper.at,
        )
        for paper in facts.files
        if paper.missing
    ]


def _too_large(facts: Facts) -> Sequence[Finding]:
    if not facts.files or (accepted := facts.accepted) is None:
        return ()
    limit = accepted.size / MIB
    return [
        Finding(
            say("validate.large", path=paper.name, size=paper.size / MIB, limit=limit),
            say("validate.large_hint"),
            paper.at,
        )
        for paper in facts.files
        if paper.size > accepted.size
    ]


def _other_kind(facts: Facts) -> Sequence[Finding]:
    if not facts.files or (accepted := facts.accepted) is None:
        return ()
    kinds = ", ".join(accepted.kinds)
    return [
        Finding(
            say("validate.other_kind", path=paper.name, kinds=kinds),
            say("validate.other_kind_hint"),
            paper.at,
        )
        for paper in facts.files
        if not paper.missing and paper.kind not in accepted.kinds
    ]


ABOUT_SIGNATURES = (
    Rule(
        "SF236",
        Level.WARNING,
        "Evidence is where the definition says",
        OURS,
        READ,
        _missing,
        kind=Kind.SIGNATURE,
        failing="fake: {proof_image: gone.png}",
        passing="fake: {proof_image: licence.png}",
    ),
    Rule(
        "SF237",
        Level.ERROR,
        "Evidence is no larger than the service takes",
        BY_CARD,
        READ,
        _too_large,
        kind=Kind.SIGNATURE,
        failing="fake: {proof_image: huge.png}",
        passing="fake: {proof_image: licence.png}",
    ),
    Rule(
        "SF238",
        Level.ERROR,
        "Evidence is of a kind the service takes, whatever its name says",
        BY_CARD,
        READ,
        _other_kind,
        kind=Kind.SIGNATURE,
        failing="fake: {proof_image: text.png}",
        passing="fake: {proof_image: licence.png}",
    ),
)
_OF_TEMPLATES = {
    "SF236": ("SF239", "A template's files are where it says"),
    "SF237": ("SF240", "A template's files are no larger than the service takes"),
    "SF238": ("SF241", "A template's files are of a kind the service takes"),
}


def _about_templates(rule: Rule) -> Rule:
    """The same rule about the files that a template names for reviewers."""
    id, title = _OF_TEMPLATES[rule.id]
    examples = {
        name: getattr(rule, name).replace("proof_image", "papers")
        for name in ("failing", "passing")
    }
    return replace(
        rule, id=id, title=title, kind=Kind.TEMPLATE, reads_text=False, **examples
    )


RULES = (*ABOUT_SIGNATURES, *map(_about_templates, ABOUT_SIGNATURES))
