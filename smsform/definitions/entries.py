"""Nodes to signatures and templates, one file after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from smsform.definitions import blocks, names_used, own_keys, readers
from smsform.definitions.parameters import read_params, read_samples
from smsform.definitions.readers import TYPES, Reader
from smsform.directives import Claim, Move
from smsform.documents import nodes, plain, whole
from smsform.documents import text as texts
from smsform.documents.document import NULLS, Document, Node
from smsform.documents.nearness import lacks
from smsform.documents.placeholder import is_name
from smsform.errors import Position, Problem
from smsform.model import Kind, Parameter, Signature, Template, Text

if TYPE_CHECKING:
    from smsform.card import ProviderSpec
    from smsform.config import Config

TEXTS = ("content", "params", "samples")  # read together, when all keys are known
KINDS = {f"{kind}s": kind for kind in Kind}
SECTIONS = (*KINDS, blocks.MOVED, blocks.ADOPT)
MAX_FAULTS = 20  # problems reported of one text

Overrides = Mapping[str, Mapping[str, object]]


class Reference(Struct, frozen=True):
    """Where a template names its signature, to be looked up when all files are read."""

    template: Template
    at: Position


class Entries:
    """Collects what the files define; ``signatures`` and ``templates`` by key.

    ``broken`` are keys of signatures that are defined but could not be read, ``places``
    where every key stands. ``independent``: no file refers to definitions of another
    one: none has `moved` or `adopt`, and no key stands twice.
    """

    def __init__(
        self, config: Config, specs: Mapping[str, ProviderSpec], problems: list[Problem]
    ) -> None:
        self.signatures: dict[str, Signature] = {}
        self.templates: dict[str, Template] = {}
        self.references: list[Reference] = []
        self.broken: dict[str, None] = {}
        self.moves: list[Move] = []
        self.claims: list[Claim] = []
        self.independent = True
        self.problems = problems
        self._evidence = own_keys.EvidenceFolder(config.evidence or config.root)
        self._constants = config.vars
        self._providers = {name: each.type for name, each in config.providers.items()}
        self._specs = specs
        self.places: dict[Kind, dict[str, Position]] = {kind: {} for kind in Kind}
        self._of_signature: dict[str, Reader] = {
            **dict.fromkeys(("name", "remark"), readers.whole_text),
            "international": Document.boolean,
            "protect": Document.boolean,
            # No bound method: a cycle is not freed while the cyclic collector is off.
            "providers": partial(readers.chosen, self._providers),
            "lint_ignore": Document.rule_ids,
        }
        self._of_template: dict[str, Reader] = {
            **self._of_signature,
            "type": readers.template_type,
            "signature": readers.signature,
            "deprecated": Document.text,
        }

    def read(self, document: Document) -> bool:
        """Read one file's definitions and blocks; False where there is nothing to read.

        Of most files the nodes of one entry after the other are made, read and dropped.
        """
        independent, sizes = self.independent, [*map(len, self._collected())]
        try:
            for section, key, node in plain.entries(document.source, KINDS):
                if key:
                    self._add_entry(document, KINDS[section], key, node)
                else:
                    self._add_section(document, section, node)
        except plain.NotPlain:  # the file is read once more, by PyYAML
            self._take_back(sizes)
            self.independent = independent
            document.unread.clear()
        else:
            return True
        root = nodes.parse_any(document)
        if root is None:
            return False
        sections = document.mapping(root, "a definition file")
        for section in tuple(sections):
            self._add_section(document, section, sections.pop(section))
        return True

    def _add_section(self, document: Document, section: str, node: Node) -> None:
        """Read a section; those called ``x-…`` only hold anchors."""
        if kind := KINDS.get(section):
            entries = deque(document.mapping(node, section).items())
            del node  # what was read makes room for what is made
            while entries:
                self._add_entry(document, kind, *entries.popleft())
        elif section == blocks.MOVED:
            self.moves += blocks.read_moves(document, node)
            self.independent = False
        elif section == blocks.ADOPT:
            self.claims += blocks.read_claims(document, node)
            self.independent = False
        elif not section.startswith("x-"):
            document.unknown(section, node, "a definition file", SECTIONS)

    def _collected(self) -> list[list[Any] | dict[str, Any]]:
        """All that was read; each collection is in the order of the files."""
        found: list[list[Any] | dict[str, Any]] = [*self.places.values()]
        found += self.signatures, self.templates, self.broken
        found += self.references, self.moves, self.claims, self.problems
        return found

    def _take_back(self, sizes: Sequence[int]) -> None:
        """Drop what was added since the collections had these *sizes*."""
        for collection, size in zip(self._collected(), sizes, strict=True):
            while len(collection) > size:
                if isinstance(collection, dict):
                    collection.popitem()
                else:
                    collection.pop()

    def _add_entry(self, document: Document, kind: Kind, key: str, entry: Node) -> None:
        document.address = f"{kind}.{key}"
        at = document.position(entry[3])
        first = self.places[kind].setdefault(key, at)
        if first is not at:
            self.independent = False
            document.complain("SF135", at, "defined_twice", key=key, first=first)
        elif document.key(key, entry):
            signature = kind is Kind.SIGNATURE
            add = self._add_signature if signature else self._add_template
            add(document, key, entry, at)
        document.address = ""

    def _add_signature(
        self, document: Document, key: str, entry: Node, at: Position
    ) -> None:
        fields = document.mapping(entry, "a signature")
        values: dict[str, Any] = {"name": key}
        self._read_keys(document, fields, self._of_signature, Kind.SIGNATURE, values)
        if None in values.values():
            self.broken[key] = None
        else:
            self.signatures[key] = Signature(key, at=at, **values)

    def _add_template(
        self, document: Document, key: str, entry: Node, at: Position
    ) -> None:
        fields = document.mapping(entry, "a template")
        if not fields:
            if entry[0] in ({}, *NULLS):  # else it is said what it is instead
                document.complain("SF118", at, "nothing", key=key)
            return
        values: dict[str, Any] = {"name": key}
        self._read_keys(document, fields, self._of_template, Kind.TEMPLATE, values)
        if "type" not in fields:
            values["type"] = None
            if lacks("type", fields, self._template_keys()):
                document.complain("SF118", at, "missing_type", known=", ".join(TYPES))
        self._read_text(document, fields, values, at)
        if None in values.values():
            return
        template = Template(key, at=at, **values)
        self.templates[key] = template
        if template.signature is not None:
            place = document.position(fields["signature"][2])
            self.references.append(Reference(template, place))

    def _template_keys(self) -> tuple[str, ...]:
        """Every key a template may have, those of all services included."""
        return (*self._of_template, *TEXTS, *self._specs)

    def _read_keys(
        self,
        document: Document,
        fields: Mapping[str, Node],
        known: Mapping[str, Reader],
        kind: Kind,
        values: dict[str, Any],
    ) -> None:
        """Put all but a template's text into *values*; None for what is wrong."""
        overrides: dict[str, Mapping[str, object] | None] = {}
        places: dict[str, Position] = {}
        later = TEXTS if kind is Kind.TEMPLATE else ()
        for name, node in fields.items():
            if read := known.get(name):
                values[name] = read(document, node, name)
            elif name in later:
                continue  # for _read_text, once it is known what has to be there
            elif name in self._specs:
                spec = self._specs[name]
                overrides[name] = own_keys.read(
                    document, node, spec, kind, self._evidence, places
                )
            else:
                every = (*known, *later, *self._specs)
                document.unknown(name, node, f"a {kind}", every)
        if overrides:
            values["overrides"] = None if None in overrides.values() else overrides
            values["places"] = places

    # --- the text and its parameters -------------------------------------------

    def _read_text(
        self,
        document: Document,
        fields: Mapping[str, Node],
        values: dict[str, Any],
        at: Position,
    ) -> None:
        """Put content, parameters and samples into *values*; None for no content."""
        overrides: Overrides | None = values.get("overrides", {})
        parameters: tuple[Parameter, ...] = ()
        if params := fields.get("params"):
            # Unreadable `providers`: any service's text may be stated.
            native: Collection[str] = self._specs
            if overrides is not None:
                native = [type for type in overrides if "native" in overrides[type]]
            parameters = read_params(
                document, params, self._constants, self._specs, native
            )
            values["params"] = parameters
        if samples := fields.get("samples"):
            read = read_samples(document, samples, parameters)
            values["samples"], values["samples_at"] = read
        if content := fields.get("content"):
            source = document.text(content, "content")
            values["source"] = source
            values["content_at"] = document.position(content[2])
            if source is None:
                return
            if not whole.check(document, content, "content"):
                values["content"] = ()
            else:
                stripped = source.strip()
                told = not params or type(params[0]) is dict or params[0] in (*NULLS,)
                text = self._content(document, content, stripped, parameters, told)
                values["content"] = text
                values["trimmed"] = source != stripped
        else:
            stated = overrides is None or self._all_native(
                values.get("providers"), overrides
            )
            if not stated and lacks("content", fields, self._template_keys()):
                document.complain("SF118", at, "missing", what="content")
            values.update(source="", content=(), content_at=at)

    def _content(
        self,
        document: Document,
        node: Node,
        stripped: str,
        parameters: Sequence[Parameter],
        params_read: bool,
    ) -> Text:
        """The text without outer white space; reports all that is wrong with it."""
        parts = texts.split(stripped)
        if parts is None:
            names = [parameter.name for parameter in parameters]
            for fault in islice(texts.faults(node[0], names), MAX_FAULTS):
                place = document.within(node, fault.offset)
                document.complain(fault.rule, place, fault.sentence, **fault.fields)
            return ()
        if " " in "".join(parts[::2]):
            whole.folded(document, node)
        names = parts[1::2]
        own = [name for name in names if name not in self._constants]
        if own != [parameter.name for parameter in parameters] and params_read:
            names_used.check(document, node, parameters, self._constants)
        if not all(map(is_name, names)):
            return ()
        return texts.join(parts, self._constants)

    def _all_native(self, chosen: Sequence[str] | None, overrides: Overrides) -> bool:
        """Whether every provider of a template has its text stated verbatim."""
        names = self._providers if chosen is None else chosen
        types = {self._providers[name] for name in names}
        return bool(types) and all(
            "native" in overrides.get(each, ()) for each in types
        )
