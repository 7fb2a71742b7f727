"""Definition files to signatures and templates, with every problem they have.

    files -> document (text) -> nodes -> entries -> references checked -> Definitions

``load`` does not stop at a problem: those of all files are reported together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from smsform.definitions import blocks, references
from smsform.definitions.entries import Entries
from smsform.directives import NO_DIRECTIVES, Directives
from smsform.documents import files
from smsform.errors import Position, Problem
from smsform.model import Kind, Signature, Template
from smsform.words import learn

if TYPE_CHECKING:
    from smsform.card import ProviderSpec
    from smsform.config import Config

learn("smsform.definitions.chinese")

__all__ = ["Definitions", "load"]


class Definitions(Struct, frozen=True, dict=True):
    """What the project defines, by key, in file order; broken templates may be missing.

    ``problems`` are ordered by file, line and column; ``directives`` are the `moved`
    and `adopt` blocks that can be followed. ``places`` are the positions of every key,
    also of those that could not be read. ``independent``: every file could be read,
    none has blocks that speak of other files, and no key stands twice; so a file can be
    validated alone. ``unread`` are the positions of parameters whose sample could not
    be read.
    """

    signatures: Mapping[str, Signature]
    templates: Mapping[str, Template]
    problems: tuple[Problem, ...]
    directives: Directives = NO_DIRECTIVES
    places: Mapping[Kind, Mapping[str, Position]] = field(default_factory=dict)
    independent: bool = True
    unread: frozenset[Position] = frozenset()

    @property
    def verbatim(self) -> bool:
        """Whether a text is stated in some service's own form."""
        return any(
            "native" in keys
            for template in self.templates.values()
            for keys in template.overrides.values()
        )

    @cached_property
    def _natives(self) -> dict[str, Mapping[str, str]]:
        return {}

    def natives(self, spec: ProviderSpec) -> Mapping[str, str]:
        """The text of every template as the service of *spec* gets it, by key.

        Each is worked out once, whoever asks.
        """
        if spec.type not in self._natives:
            native = spec.native
            texts = {key: native(each) for key, each in self.templates.items()}
            self._natives[spec.type] = texts
        return self._natives[spec.type]


def load(
    config: Config,
    specs: Mapping[str, ProviderSpec],
    only: Collection[str] | None = None,
    listed: files.Listed | None = None,
) -> Definitions:
    """Read every definition file of the project, or those of them that *only* names.

    *listed* is what ``project_files`` returned, where it was asked before.
    """
    problems: list[Problem] = []
    entries = Entries(config, specs, problems)
    unread: set[Position] = set()
    paths, idle = listed or files.project_files(config.root, config.definitions)
    complete = True
    for path in paths:
        if only is not None and path not in only:
            continue
        document = files.read(config.root / path, str(config.root / path), problems)
        count = len(problems)
        if document and entries.read(document):
            unread.update(map(document.position, document.unread))
        elif len(problems) > count or document is None:
            complete = False
    directives = NO_DIRECTIVES
    if complete:  # otherwise a name may be defined in the file that cannot be read
        references.check(entries, config.providers)
        directives = _directives(entries, config, problems)
    problems.extend(files.without_files(idle, config.places))
    problems.sort(key=lambda problem: problem.at)
    return Definitions(
        entries.signatures,
        entries.templates,
        tuple(problems),
        directives,
        entries.places,
        complete and entries.independent,
        frozenset(unread),
    )


def _directives(
    entries: Entries, config: Config, problems: list[Problem]
) -> Directives:
    if not entries.moves and not entries.claims:
        return NO_DIRECTIVES
    defined: blocks.Defined = {
        Kind.SIGNATURE: entries.signatures,
        Kind.TEMPLATE: entries.templates,
    }
    directives, wrong = blocks.sound(
        entries.moves, entries.claims, defined, config.providers
    )
    problems.extend(wrong)
    return directives
