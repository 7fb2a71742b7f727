"""What the definitions want, by summaries of their files.

file not edited     what is compared of its templates, as its summary has it
file edited, or with signatures, or with a definition that names evidence: read
a template of a summary that is not settled: its file is read as well
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import Self

from smsform.definitions import Definitions
from smsform.directives import NO_DIRECTIVES, Directives
from smsform.errors import Level
from smsform.model import Address, Desired, Kind
from smsform.plan.desired import Compared, LazyDesired, compared
from smsform.project.desired.attributes import context_of, desired_among
from smsform.project.desired.source import EditedMeanwhile
from smsform.project.desired.summary import (
    DesiredMemo,
    Summaries,
    Summarized,
    names_in,
    summaries_of,
    summary_of,
)
from smsform.project.validation.memo import digest_of
from smsform.project.workspace import Workspace, is_known
from smsform.state.memory import Slot


class Remembered:
    """A DesiredSource: a memo, and the definitions of the files that were read again.

    ``edited`` are the files that are not as in the memo, with their digests.
    """

    directives: Directives = NO_DIRECTIVES  # a project that has any keeps no memo

    def __init__(
        self,
        project: Workspace,
        memo: DesiredMemo,
        summaries: Summaries,
        edited: Mapping[str, str],
        read: Definitions,
    ) -> None:
        self._project, self._memo, self.edited = project, memo, edited
        self._summaries, self._read = summaries, read
        self.verbatim = memo.verbatim or read.verbatim
        again = {*memo.afresh, *edited}
        self._unread = {
            path: summary_of(summaries[path])
            for path in memo.files
            if path not in again
        }
        self._also_read: dict[str, Definitions] = {}
        self._lock = Lock()

    @classmethod
    def read(
        cls, project: Workspace, memo: DesiredMemo, summaries: Summaries
    ) -> Self | None:
        """The memo with the edited files read; None when an edit reaches beyond its
        file, or is wrong."""
        root = project.config.root
        digests = {path: digest_of(root / path) for path in memo.files}
        edited = {p: new for p, new in digests.items() if new != memo.files[p]}
        if not edited.keys().isdisjoint(memo.afresh):
            return None
        read = project.definitions_of({*memo.afresh, *edited})
        if (
            not read.independent
            or any(each.level is Level.ERROR for each in read.problems)
            or not is_known(project, read)
            or names_in(read) != memo.names
        ):
            return None
        found = cls(project, memo, summaries, edited, read)
        return None if edited and found.repeats_a_key() else found

    def repeats_a_key(self) -> bool:
        """Whether a key of the files that were read is in another one as well."""
        keys = self._read.templates.keys()
        return not all(keys.isdisjoint(each.keys) for each in self._unread.values())

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
        kind = Kind.TEMPLATE
        for path in self._memo.files:
            if path in self._unread:
                there = self._unread[path].compared.get(provider, {})
                found |= {(kind, key): each for key, each in there.items()}
            for want in by_file.get(str(project.config.root / path), ()):
                found[kind, want.address.key] = compared(names, want)

        context = context_of(project, provider, self._memo.names)

        def make(slot: Slot) -> Desired:
            address = Address(provider, *slot)
            if address in known:
                return known[address]
            template = self._reading(self._file_of[slot[1]]).templates[slot[1]]
            return spec.desired(address, template, context)

        return LazyDesired(provider, found, make)

    def summarized(self) -> Summarized:
        """The memo of what is there now."""
        memo, project = self._memo, self._project
        files = {path: project.config.root / path for path in self.edited}
        desired = {
            provider: desired_among(project, provider, self._read, memo.names)
            for provider in project.config.providers
        }
        summaries, afresh = summaries_of(project, self._read, desired, files)
        after = memo._replace(
            files={**memo.files, **self.edited},
            afresh=[*dict.fromkeys((*memo.afresh, *afresh))],
            verbatim=self.verbatim,
        )
        return Summarized(after, {**self._summaries, **summaries})

    @cached_property
    def _file_of(self) -> Mapping[str, str]:
        """The file of each template that was not read, by key."""
        return {key: path for path, each in self._unread.items() for key in each.keys}

    def _reading(self, path: str) -> Definitions:
        """A file of a summary, read after all; EditedMeanwhile when it has changed."""
        memo, project = self._memo, self._project
        with self._lock:
            if path not in self._also_read:
                found = project.definitions_of({path, *memo.afresh})
                if digest_of(project.config.root / path) != memo.files[path]:
                    raise EditedMeanwhile(path)
                self._also_read[path] = found
            return self._also_read[path]
