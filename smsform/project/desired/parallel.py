"""Summaries of many definition files, made by several processes.

They begin before anything else does: a plan reads its services meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from smsform.errors import Level, SmsformError
from smsform.project.desired.attributes import desired_among
from smsform.project.desired.summary import (
    DesiredMemo,
    Summaries,
    Summarized,
    names_in,
    summaries_of,
)
from smsform.project.parallel.division import Division
from smsform.project.parallel.spread import Spread
from smsform.project.validation.memo import digest_of, on_one_line
from smsform.project.validation.parts import signing_in
from smsform.project.workspace import Workspace, is_known


class _Part(NamedTuple):
    """The summaries of some files, and the keys and names that others must not have."""

    memo: DesiredMemo
    summaries: Summaries
    claims: Sequence[str]


class SummariesInParallel:
    """The summaries of all files, made by several processes from now on.

    ``stop`` ends these processes.
    """

    def __init__(self, project: Workspace, division: Division) -> None:
        self._project, self._division = project, division
        self._spread = Spread(self._work, len(division.parts), division.workers)

    @property
    def signing(self) -> Sequence[str]:
        """The files that may define signatures."""
        return self._division.signing

    def stop(self) -> None:
        """End what still runs."""
        self._spread.stop()

    def joined(self) -> Summarized | None:
        """All summaries; None where a file is wrong, or two of them share a key or a
        name."""
        known: set[str] = set()
        headers: list[dict[str, Any]] = []
        summaries: dict[str, bytes] = {}
        for made in self._spread.results():
            if not made:
                return None
            header, *lines = made.split(b"\n")
            headers.append(json.loads(header))
            claims = headers[-1]["claims"]
            if not known.isdisjoint(claims):
                return None
            known.update(claims)
            summaries |= dict(zip(headers[-1]["files"], lines, strict=True))
        digests = {name: d for each in headers for name, d in each["files"].items()}
        memo = DesiredMemo(
            {path: digests[path] for path in self._division.files},
            [path for each in headers for path in each["afresh"]],
            headers[0]["names"],
            any(each["verbatim"] for each in headers),
        )
        return Summarized(memo, summaries)

    def _work(self, number: int) -> bytes:
        """One part as bytes: a header, a line for each file; nothing where it is
        wrong."""
        try:
            part = self._part(self._division.parts[number])
        except SmsformError:  # told by whoever makes all of it
            return b""
        if part is None:
            return b""
        header = part.memo._asdict() | {"claims": part.claims}
        return b"\n".join([on_one_line(header), *part.summaries.values()])

    def _part(self, paths: Collection[str]) -> _Part | None:
        """What is in *paths*; None where they cannot be read without the others."""
        project, signing = self._project, self._division.signing
        root = project.config.root
        digests = {path: digest_of(root / path) for path in paths}
        found = project.definitions_of({*paths, *signing})
        if (
            not found.independent
            or any(each.level is Level.ERROR for each in found.problems)
            or not is_known(project, found)
            or not signing_in(found) <= {str(root / path) for path in signing}
        ):
            return None
        files = {path: root / path for path in paths}
        shown = {*map(str, files.values())}
        here = replace(
            found,
            signatures={
                k: s for k, s in found.signatures.items() if s.at.file in shown
            },
            templates={k: t for k, t in found.templates.items() if t.at.file in shown},
        )
        names = names_in(found)
        desired = {
            provider: desired_among(project, provider, here, names)
            for provider in project.config.providers
        }
        summaries, afresh = summaries_of(project, here, desired, files)
        claims = [*here.templates]
        claims += [f"{t.international} {t.name}" for t in here.templates.values()]
        memo = DesiredMemo(digests, afresh, names, here.verbatim)
        return _Part(memo, summaries, claims)
