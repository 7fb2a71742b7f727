"""What the definitions wanted last time, valid while their files are unchanged.

    file not edited     what is compared of its templates, as it was remembered
    file edited, or with signatures, or with a definition that names evidence: read
    a template of a remembered file that is not settled: that file is read as well

A memo is a header and a line for each definition file, both JSON. A memo with any
fault, and one with an edit that reaches beyond its file, counts as none: then all is
read. Only a plan that is merely shown uses this; `apply` and saved plans read
everything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from smsform.cache import Cache
from smsform.cache.stamp import touched
from smsform.definitions import Definitions
from smsform.directives import NO_DIRECTIVES, Directives
from smsform.errors import Level, Problem, SmsformError
from smsform.model import Address, Desired, Kind
from smsform.plan.wants import Compared, Wants, compared
from smsform.project.desired import context_of, desired_among
from smsform.project.sharing.shares import Shares, shares
from smsform.project.validation.remembered import (
    SETTINGS,
    SeenProject,
    digest_of,
    look,
    written,
)
from smsform.project.validation.validated import validated
from smsform.project.wants.lines import (
    Lines,
    WantedMemo,
    lines_of,
    names_in,
)
from smsform.project.wants.wanted import EditedMeanwhile, FullyRead, Wanted
from smsform.project.workspace import Workspace, is_known
from smsform.state.memory import Slot

if TYPE_CHECKING:
    from smsform.project.wants.parts import LinesInParts

MemoAndLines = tuple[WantedMemo, Lines]

Line = Mapping[str, Any]  # of a file: its keys; by provider what is compared, as rows


def name_of(root: Path, environ: Mapping[str, str]) -> str:
    """The name of the memo in the cache."""
    asked = [os.path.abspath(root), *(environ.get(name, "") for name in SETTINGS)]
    return "plan\n" + json.dumps(asked)


class Remembering:
    """What is wanted, from the memo in *cache* where that is valid; stores a new one.

    Without such a memo, and where these are many, the files are read in *parts* by
    several processes from now on. A context: when it ends, so do they.
    """

    def __init__(
        self,
        project: Workspace,
        cache: Cache | None,
        environ: Mapping[str, str],
        parts: Shares | None = None,
    ) -> None:
        self._project, self._cache, self._environ = project, cache, environ
        root = project.config.root
        self._name = name_of(root, environ)
        self._seen = look(root) if cache else None
        files, _ = project.listed
        self._files = [root / path for path in files]
        self._before = touched(self._files)
        self._made: Recalled | None = None
        self._full = FullyRead(project)
        self._memo = self._remembered()
        self._parts: LinesInParts | None = None
        if self._memo is None and (parts := parts or shares(project)):
            from smsform.project.wants.parts import LinesInParts

            self._parts = LinesInParts(project, parts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._parts:
            self._parts.__exit__(*error)

    @cached_property
    def joined(self) -> MemoAndLines | None:
        """What the processes made of their parts; they have ended then."""
        return self._parts.joined() if self._parts else None

    def wanted(self) -> Wanted:
        """What is wanted now; DefinitionError where definitions are wrong."""
        if self._memo:
            self._made = Recalled.read(self._project, *self._memo)
        elif self._parts and self.joined:
            # What other files are read for every time has been seen a moment ago.
            memo, lines = self.joined
            memo = memo._replace(afresh=self._parts.signing)
            self._made = Recalled.read(self._project, memo, lines)
        if self._made is None:
            self._project.checked()
        return self._made or self._full

    def problems(self) -> Sequence[Problem]:
        """The problems of all definitions, as `validate` remembers them.

        `validate` excuses a text in a service's own form that was approved; a plan
        checks it.
        """
        project = self._project
        if self._made is None or self._made.verbatim:
            from smsform.validate import check

            return check(project.definitions, project.config, project.specs)
        root = project.config.root
        return validated(root, False, self._cache, self._environ).problems

    def keep(self) -> None:
        """Store the memo, unless it was just read or cannot be made."""
        made, cache = self._made, self._cache
        known = made and not made.edited and not self.joined
        if known or cache is None or self._seen is None:
            return
        try:
            memo_lines = self.joined or (made.kept() if made else self._whole())
        except SmsformError:  # the plan shows the error already
            return
        # A file edited meanwhile may have been read before or after the edit.
        unmoved = touched(self._files) == self._before
        if memo_lines and unmoved and look(self._project.config.root) == self._seen:
            memo, lines = memo_lines
            header = memo._asdict() | {"seen": _listed(self._seen)}
            whole = [written(header), *(lines[path] for path in memo.files)]
            cache.put(self._name, b"\n".join(whole))

    def _remembered(self) -> MemoAndLines | None:
        """The memo in the cache, if it is of this project as it is, files aside."""
        if self._cache is None or self._seen is None:
            return None
        data = self._cache.get(self._name)
        if data is None:
            return None
        header, *lines = data.split(b"\n")
        found: dict[str, Any] = json.loads(header)
        if found.pop("seen", None) != _listed(self._seen):
            return None
        memo = WantedMemo(**found)
        return memo, dict(zip(memo.files, lines, strict=True))

    def _whole(self) -> MemoAndLines | None:
        """The memo of everything, where files can be read one without the other."""
        project, definitions = self._project, self._project.definitions
        if not definitions.apart or not is_known(project, definitions):
            return None
        root = project.config.root
        files = {str(path.relative_to(root)): path for path in self._files}
        names = names_in(definitions)
        wanted = {each: self._full.of(each) for each in project.config.providers}
        lines, afresh = lines_of(project, definitions, wanted, files)
        digests = {name: digest_of(path) for name, path in files.items()}
        memo = WantedMemo(digests, afresh, names, definitions.verbatim)
        return memo, lines


class Recalled:
    """What is wanted, from a memo and from the files that were read again."""

    directives: Directives = NO_DIRECTIVES  # a project that has any keeps no memo

    def __init__(
        self,
        project: Workspace,
        memo: WantedMemo,
        lines: Lines,
        edited: Mapping[str, str],
        read: Definitions,
    ) -> None:
        self._project, self._memo, self.edited = project, memo, edited
        self._raw, self._read = lines, read
        self.verbatim = memo.verbatim or read.verbatim
        again = {*memo.afresh, *edited}
        self._unread = [path for path in memo.files if path not in again]
        self._loaded: dict[str, Definitions] = {}
        self._lock = Lock()

    @classmethod
    def read(cls, project: Workspace, memo: WantedMemo, lines: Lines) -> Self | None:
        """The memo with the edited files read; None when an edit reaches beyond its
        file, or is wrong."""
        root = project.config.root
        digests = {path: digest_of(root / path) for path in memo.files}
        edited = {p: new for p, new in digests.items() if new != memo.files[p]}
        if not edited.keys().isdisjoint(memo.afresh):
            return None
        read = project.definitions_of({*memo.afresh, *edited})
        if (
            not read.apart
            or any(each.level is Level.ERROR for each in read.problems)
            or not is_known(project, read)
            or names_in(read) != memo.names
        ):
            return None
        made = cls(project, memo, lines, edited, read)
        return None if edited and made._meets_others() else made

    def _meets_others(self) -> bool:
        """Whether a key of the files that were read is in another one as well."""
        keys = self._read.templates.keys()
        return any(
            not keys.isdisjoint(self._line(path)["keys"]) for path in self._unread
        )

    def _line(self, path: str) -> Line:
        line: Line = json.loads(self._raw[path])
        return line

    def of(self, provider: str) -> Mapping[Address, Desired]:
        """What one provider should have, in definition order, signatures first."""
        project, spec = self._project, self._project.spec(provider)
        names = {kind: card.delivered for kind, card in spec.kinds.items()}
        known = desired_among(project, provider, self._read, self._memo.names)
        by_file: dict[str, list[Desired]] = {}
        found: dict[Slot, Compared] = {}
        for address, want in known.items():
            if address.kind is Kind.SIGNATURE:
                found[address.kind, address.key] = compared(names, want)
            else:
                by_file.setdefault(want.at.file, []).append(want)
        kind, paths, unread = Kind.TEMPLATE, {}, {*self._unread}
        for path in self._memo.files:
            rows = self._line(path)["of"].get(provider, ()) if path in unread else ()
            for key, abroad, protect, *delivered in rows:
                found[kind, key] = Compared(tuple(delivered), abroad, protect)
                paths[key] = path
            for want in by_file.get(str(project.config.root / path), ()):
                found[kind, want.address.key] = compared(names, want)

        context = context_of(project, provider, self._memo.names)

        def make(slot: Slot) -> Desired:
            address = Address(provider, *slot)
            if address in known:
                return known[address]
            template = self._also_read(paths[slot[1]]).templates[slot[1]]
            return spec.desired(address, template, context)

        return Wants(provider, found, make)

    def kept(self) -> MemoAndLines:
        """The memo of what is there now."""
        memo, project = self._memo, self._project
        files = {path: project.config.root / path for path in self.edited}
        wanted = {
            provider: desired_among(project, provider, self._read, memo.names)
            for provider in project.config.providers
        }
        lines, afresh = lines_of(project, self._read, wanted, files)
        after = memo._replace(
            files={**memo.files, **self.edited},
            afresh=[*dict.fromkeys((*memo.afresh, *afresh))],
            verbatim=self.verbatim,
        )
        return after, {**self._raw, **lines}

    def _also_read(self, path: str) -> Definitions:
        """A remembered file, read after all; EditedMeanwhile when it has changed."""
        memo, project = self._memo, self._project
        with self._lock:
            if path not in self._loaded:
                found = project.definitions_of({path, *memo.afresh})
                if digest_of(project.config.root / path) != memo.files[path]:
                    raise EditedMeanwhile(path)
                self._loaded[path] = found
            return self._loaded[path]


def _listed(seen: SeenProject) -> list[Any]:
    return [*seen[:2], list(seen.listing)]
