"""What is compared of many definition files, worked out by several processes.

They begin before anything else does: a plan reads its services meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Self

from msgspec.structs import replace

from smsform.errors import Level, SmsformError
from smsform.project.desired import desired_among
from smsform.project.sharing.shares import Shares
from smsform.project.sharing.spread import Spread
from smsform.project.validation.parts import signing_in
from smsform.project.validation.remembered import digest_of, written
from smsform.project.wants.lines import (
    Lines,
    WantedMemo,
    lines_of,
    names_in,
)
from smsform.project.workspace import Workspace, is_known


class LinesInParts:
    """The lines of all files, made by several processes from now on.

    A context: when it ends, so do these.
    """

    def __init__(self, project: Workspace, shares: Shares) -> None:
        self._project, self._shares = project, shares
        self._spread = Spread(self._work, len(shares.parts), shares.workers)

    @property
    def signing(self) -> Sequence[str]:
        """The files that may define signatures."""
        return self._shares.signing

    def __enter__(self) -> Self:
        self._spread.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._spread.__exit__(*error)

    def joined(self) -> tuple[WantedMemo, Lines] | None:
        """All lines; None where a file is wrong, or two of them meet."""
        known: set[str] = set()
        headers: list[dict[str, Any]] = []
        lines: dict[str, bytes] = {}
        for made in self._spread.results():
            if not made:
                return None
            header, *raw = made.split(b"\n")
            headers.append(json.loads(header))
            claims = headers[-1]["claims"]
            if not known.isdisjoint(claims):
                return None
            known.update(claims)
            lines |= dict(zip(headers[-1]["files"], raw, strict=True))
        digests = {name: d for each in headers for name, d in each["files"].items()}
        memo = WantedMemo(
            {path: digests[path] for path in self._shares.files},
            [path for each in headers for path in each["afresh"]],
            headers[0]["names"],
            any(each["verbatim"] for each in headers),
        )
        return memo, lines

    def _work(self, number: int) -> bytes:
        """One part: a header, and a line for each file; nothing where it is wrong."""
        try:
            made = self._made(self._shares.parts[number])
        except SmsformError:  # told by whoever makes all of it
            return b""
        if made is None:
            return b""
        memo, lines, claims = made
        header = memo._asdict() | {"claims": claims}
        return b"\n".join([written(header), *lines.values()])

    def _made(
        self, paths: Collection[str]
    ) -> tuple[WantedMemo, Lines, list[str]] | None:
        project, signing = self._project, self._shares.signing
        root = project.config.root
        digests = {path: digest_of(root / path) for path in paths}
        found = project.definitions_of({*paths, *signing})
        if (
            not found.apart
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
        wanted = {
            provider: desired_among(project, provider, here, names)
            for provider in project.config.providers
        }
        lines, afresh = lines_of(project, here, wanted, files)
        claims = [*here.templates]
        claims += [f"{t.international} {t.name}" for t in here.templates.values()]
        return WantedMemo(digests, afresh, names, here.verbatim), lines, claims
