"""Rules about the files that signatures are submitted with (SF236 to SF238).

They are the only rules that look at more than the definitions: at the size and the
first bytes of a file in the evidence folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from smsform.card import ProviderSpec
from smsform.errors import Level
from smsform.model import Kind, Signature
from smsform.rule import EvidenceFile, Finding, Rule, SignatureFacts
from smsform.validate.sources import OURS, READ
from smsform.words import say, tell

# The first bytes of a file say what it is, as the standards of the formats have it.
KINDS = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
HEAD = max(map(len, KINDS.values()))  # bytes
MIB = 2**20
BY_CARD = "the limits on the service's card"


def evidence_files(
    signature: Signature, spec: ProviderSpec, folder: Path
) -> tuple[EvidenceFile, ...]:
    """The files *signature* names for the type of *spec*, each as it is now."""
    files = spec.evidence(Kind.SIGNATURE)
    said = signature.overrides.get(spec.type, {})
    return tuple(
        _look(str(name), folder)._replace(at=signature.places.get(f"{spec.type}.{key}"))
        for key, name in said.items()
        if key in files
    )


def evidence_paths(
    signature: Signature, spec: ProviderSpec, folder: Path
) -> Iterator[Path]:
    """Where these files are looked for."""
    files = spec.evidence(Kind.SIGNATURE)
    for key, name in signature.overrides.get(spec.type, {}).items():
        if key in files:
            yield folder / str(name)


def _look(name: str, folder: Path) -> EvidenceFile:
    path = folder / name
    try:
        if path.exists() and not path.is_file():  # one that never ends, perhaps
            return EvidenceFile(name, missing=say("validate.no_file"))
        with open(path, "rb") as file:
            head, size = file.read(HEAD), file.seek(0, os.SEEK_END)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return EvidenceFile(name, missing=tell(why))
    kind = next((k for k, sign in KINDS.items() if head.startswith(sign)), "")
    return EvidenceFile(name, size=size, kind=kind)


def _missing(facts: SignatureFacts) -> Sequence[Finding]:
    return [
        Finding(
            say("validate.missing", path=paper.name, why=paper.missing),
            say("validate.missing_hint"),
            paper.at,
        )
        for paper in facts.files
        if paper.missing
    ]


def _too_large(facts: SignatureFacts) -> Sequence[Finding]:
    if (accepted := facts.accepted) is None:
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


def _no_image(facts: SignatureFacts) -> Sequence[Finding]:
    if (accepted := facts.accepted) is None:
        return ()
    kinds = ", ".join(accepted.kinds)
    return [
        Finding(
            say("validate.no_image", path=paper.name, kinds=kinds),
            say("validate.no_image_hint"),
            paper.at,
        )
        for paper in facts.files
        if not paper.missing and paper.kind not in accepted.kinds
    ]


RULES = (
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
        "Evidence is an image, whatever its name says",
        BY_CARD,
        READ,
        _no_image,
        kind=Kind.SIGNATURE,
        failing="fake: {proof_image: text.png}",
        passing="fake: {proof_image: licence.png}",
    ),
)
