"""What the definitions wanted last time, kept in the cache.

A memo is a header and a summary of each definition file, each a line of JSON. A memo
with any fault, and one with an edit that reaches beyond its file, counts as none: then
all is read. Only a plan that is merely shown uses this; `apply` and saved plans read
everything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from smsform.cache import Cache
from smsform.cache.stamp import sizes_and_times
from smsform.errors import Problem, SmsformError
from smsform.project.desired.remembered import Remembered
from smsform.project.desired.source import DesiredSource, FullyRead
from smsform.project.desired.summary import (
    DesiredMemo,
    Summarized,
    names_in,
    summaries_of,
)
from smsform.project.parallel.division import Division, divided
from smsform.project.validation.memo import (
    SETTINGS,
    digest_of,
    look,
    on_one_line,
)
from smsform.project.validation.validated import validated
from smsform.project.workspace import Workspace, is_known

if TYPE_CHECKING:
    from smsform.project.desired.parallel import SummariesInParallel


class DesiredMemory:
    """What is desired, from the memo in *cache* where that is valid; keeps a new one.

    Without such a memo, and where there are many files, these are read in the parts of
    *division* by several processes from now on. A context: when it ends, so do they.
    """

    def __init__(
        self,
        project: Workspace,
        cache: Cache | None,
        environ: Mapping[str, str],
        division: Division | None = None,
    ) -> None:
        self._project, self._cache, self._environ = project, cache, environ
        root = project.config.root
        self._name = name_of(root, environ)
        self._seen = look(root) if cache else None
        files, _ = project.listed
        self._files = [root / path for path in files]
        self._before = sizes_and_times(self._files)
        self._remembered: Remembered | None = None
        self._full = FullyRead(project)
        self._memo = self._kept()
        self._parallel: SummariesInParallel | None = None
        if self._memo is None and (division := division or divided(project)):
            from smsform.project.desired.parallel import SummariesInParallel

            self._parallel = SummariesInParallel(project, division)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._parallel:
            self._parallel.stop()

    @cached_property
    def joined(self) -> Summarized | None:
        """What the processes made of their parts; they have ended then."""
        return self._parallel.joined() if self._parallel else None

    def source(self) -> DesiredSource:
        """What a plan asks from now on; DefinitionError where definitions are wrong."""
        if self._memo:
            self._remembered = Remembered.read(self._project, *self._memo)
        elif self._parallel and self.joined:
            # What other files are read for every time has been seen a moment ago.
            memo, summaries = self.joined
            memo = memo._replace(afresh=self._parallel.signing)
            self._remembered = Remembered.read(self._project, memo, summaries)
        if self._remembered is None:
            self._project.checked()
        return self._remembered or self._full

    def problems(self) -> Sequence[Problem]:
        """The problems of all definitions, as `validate` remembers them.

        `validate` excuses a text in a service's own form that was approved; a plan
        checks it.
        """
        project = self._project
        if self._remembered is None or self._remembered.verbatim:
            from smsform.validate import check

            return check(project.definitions, project.config, project.specs)
        root = project.config.root
        return validated(root, False, self._cache, self._environ).problems

    def keep(self) -> None:
        """Store the memo, unless it was just read or cannot be made."""
        found, cache = self._remembered, self._cache
        unchanged = found and not found.edited and not self.joined
        if unchanged or cache is None or self._seen is None:
            return
        try:
            made = self.joined or (found.summarized() if found else self._summarized())
        except SmsformError:  # the plan shows the error already
            return
        # A file edited meanwhile may have been read before or after the edit.
        as_before = sizes_and_times(self._files) == self._before
        if made and as_before and look(self._project.config.root) == self._seen:
            memo, summaries = made
            header = memo._asdict() | {"seen": self._seen.as_json()}
            lines = [on_one_line(header), *(summaries[path] for path in memo.files)]
            cache.put(self._name, b"\n".join(lines))

    def _kept(self) -> Summarized | None:
        """The memo in the cache, if it is of this project as it is, files aside."""
        if self._cache is None or self._seen is None:
            return None
        data = self._cache.get(self._name)
        if data is None:
            return None
        header, *lines = data.split(b"\n")
        found: dict[str, Any] = json.loads(header)
        if found.pop("seen", None) != self._seen.as_json():
            return None
        memo = DesiredMemo(**found)
        return Summarized(memo, dict(zip(memo.files, lines, strict=True)))

    def _summarized(self) -> Summarized | None:
        """The memo of everything, where files can be read one without the other."""
        project, definitions = self._project, self._project.definitions
        if not definitions.independent or not is_known(project, definitions):
            return None
        root = project.config.root
        files = {str(path.relative_to(root)): path for path in self._files}
        desired = {each: self._full.of(each) for each in project.config.providers}
        summaries, afresh = summaries_of(project, definitions, desired, files)
        digests = {name: digest_of(path) for name, path in files.items()}
        names = names_in(definitions)
        memo = DesiredMemo(digests, afresh, names, definitions.verbatim)
        return Summarized(memo, summaries)


def name_of(root: Path, environ: Mapping[str, str]) -> str:
    """The name of the memo in the cache."""
    asked = [os.path.abspath(root), *(environ.get(name, "") for name in SETTINGS)]
    return "plan\n" + json.dumps(asked)
