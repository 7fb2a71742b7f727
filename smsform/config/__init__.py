"""smsform.yaml and the environment to a ``Config``; all problems at once.

The core knows no service: a type's own keys, sites and limits come from its card.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from smsform.card import ProviderSpec
from smsform.config import providers
from smsform.documents import files, nodes, whole
from smsform.documents.document import Document, Node
from smsform.documents.nearness import lacks, shorten
from smsform.documents.placeholder import is_name
from smsform.errors import ConfigError, DefinitionError, Position, Problem
from smsform.pattern import pattern
from smsform.prices import NO_PRICES, Prices
from smsform.provider import ProviderConfig
from smsform.words import say

if TYPE_CHECKING:
    from smsform.config.code import CodeTarget
    from smsform.notices import Wish

FORMAT = 1
IDS = ("approved", "deliverable")  # policy.ids: what a new id waits for
STATE = "smsform.state.json"
EVERYTHING = ("**/*.yaml", "**/*.yml")
EVIDENCE = "SMSFORM_EVIDENCE"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_AMOUNT = pattern(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_CURRENCY = pattern(r"[A-Z]{3}")


class Policy(Struct, frozen=True):
    """When replaced versions are deleted, and how much one run may change.

    ``retire_after`` is in seconds, None for never. A run needs permission to change
    more than ``max_changes_percent`` of a provider's addresses when these are more than
    ``max_changes_at_least``, and to delete more than ``max_deletes`` entries. An id
    that stands in a file below ``uses`` is not deleted. ``delivery``: whether ids wait
    for what services tell of delivery.
    """

    retire_after: float | None = None
    max_changes_percent: int = 30
    max_changes_at_least: int = 10
    max_deletes: int = 3
    uses: tuple[Path, ...] = ()
    delivery: bool = True


class Config(Struct, frozen=True):
    """A project's smsform.yaml, checked, with defaults filled in.

    ``definitions`` are patterns below ``root``, ``places`` where they stand; ``state``
    is the state file's path, ``evidence`` the folder of proof images (None: not said),
    ``file`` what messages call the file.
    """

    root: Path
    definitions: tuple[str, ...]
    vars: Mapping[str, str]
    state: Path
    providers: Mapping[str, ProviderConfig]
    policy: Policy
    lint_ignore: frozenset[str]
    strict: bool
    evidence: Path | None
    file: str
    places: Mapping[str, Position] = field(default_factory=dict)
    prices: Prices = NO_PRICES
    code: tuple[CodeTarget, ...] = ()
    notify: tuple[Wish, ...] = ()


def load(
    root: Path, environ: Mapping[str, str], specs: Mapping[str, ProviderSpec]
) -> Config:
    """Read ``root``/smsform.yaml; DefinitionError with all that is wrong with it."""
    path = root / files.CONFIG
    try:
        there = path.exists()
    except OSError as error:
        what = say("definitions.unreadable", what=error.strerror or str(error))
        raise ConfigError(str(path), what, say("definitions.unreadable_hint")) from None
    if not there:
        lost, what = (path, "no_config") if root.is_dir() else (root, "no_folder")
        hint = say(f"definitions.{what}_hint")
        if below := [str(root / each) for each in files.projects_below(root)]:
            hint = say("definitions.project_below", folders=", ".join(below))
        raise ConfigError(str(lost), say(f"definitions.{what}"), hint)
    problems: list[Problem] = []
    document = files.read(path, str(path), problems)
    node = nodes.parse(document) if document else None
    if document is None or (node is None and problems):
        raise DefinitionError(problems)
    if node is None:
        node = ({}, "", 0, 0)
    config = _read(document, node, root, environ, specs)
    if problems:
        raise DefinitionError(sorted(problems, key=lambda problem: problem.at))
    return config


def _read(
    document: Document,
    node: Node,
    root: Path,
    environ: Mapping[str, str],
    specs: Mapping[str, ProviderSpec],
) -> Config:
    entries = document.mapping(node, files.CONFIG)
    known = (
        "smsform",
        "definitions",
        "vars",
        "state",
        "providers",
        "policy",
        "lint",
        "evidence",
        "prices",
        "code",
        "notify",
    )
    entries = {key: each for key, each in entries.items() if not key.startswith("x-")}
    document.only(entries, files.CONFIG, known)
    if type(node[0]) is not dict:
        pass  # a problem that was reported already
    elif lacks("smsform", entries, known):
        document.complain("SF140", node[2], "no_format", known=FORMAT)
    elif "smsform" in entries and entries["smsform"][0] != str(FORMAT):
        found = shorten(str(document.raw(entries["smsform"])))
        document.complain(
            "SF140", entries["smsform"][2], "format", found=found, known=FORMAT
        )
    patterns = _patterns(document, entries)
    lint = _section(document, entries, "lint", ("ignore", "strict"))
    strict = document.boolean(lint["strict"], "strict") if "strict" in lint else False
    ignore = document.rule_ids(lint["ignore"], "ignore") if "ignore" in lint else ()
    accounts = providers.read(document, entries, specs)
    evidence = environ.get(EVIDENCE, "")
    if not evidence and "evidence" in entries:
        evidence = document.text(entries["evidence"], "evidence") or ""
    return Config(
        root=root,
        definitions=tuple(patterns) or EVERYTHING,
        vars=_constants(document, entries),
        state=root / _state(document, entries),
        providers=accounts,
        policy=_policy(document, entries, root),
        lint_ignore=frozenset(ignore),
        strict=bool(strict),
        evidence=root / Path(evidence).expanduser() if evidence else None,
        file=document.file,
        places=patterns,
        prices=_prices(document, entries),
        code=_code(document, entries, accounts),
        notify=_notify(document, entries, accounts),
    )


def _code(
    document: Document, entries: Mapping[str, Node], accounts: Collection[str]
) -> tuple[CodeTarget, ...]:
    """The modules to generate; few projects have any."""
    if "code" not in entries:
        return ()
    from smsform.config import code

    return code.read(document, entries, accounts)


def _notify(
    document: Document, entries: Mapping[str, Node], accounts: Collection[str]
) -> tuple[Wish, ...]:
    """Who is told of verdicts; few projects have anybody."""
    if "notify" not in entries:
        return ()
    from smsform.config import notify

    return notify.read(document, entries, accounts)


def _section(
    document: Document, entries: Mapping[str, Node], name: str, known: tuple[str, ...]
) -> dict[str, Node]:
    """The entries of a mapping at the top, its unknown keys complained about."""
    if name not in entries:
        return {}
    section = document.mapping(entries[name], name)
    document.only(section, name, known)
    return section


def _patterns(document: Document, entries: Mapping[str, Node]) -> dict[str, Position]:
    if "definitions" not in entries:
        return {}
    patterns = {}
    for glob, at in document.texts(entries["definitions"], "definitions"):
        if files.leaves(glob):
            document.complain("SF138", at, "outside", path=shorten(glob))
        patterns[glob] = document.position(at)
    return patterns


def _state(document: Document, entries: Mapping[str, Node]) -> str:
    if "state" not in entries:
        return STATE
    path = document.text(entries["state"], "state")
    if path and files.leaves(path):
        document.complain("SF138", entries["state"][2], "outside", path=shorten(path))
    return path or STATE


def _constants(document: Document, entries: Mapping[str, Node]) -> dict[str, str]:
    constants = {}
    node = entries.get("vars")
    for name, each in document.mapping(node, "vars").items() if node else ():
        if not is_name(name):
            document.complain("SF119", each[3], "name", name=shorten(name))
        value = document.sample(each, name)
        whole.check(document, each, name)
        if value is not None and any(brace in value for brace in "{}｛｝"):
            document.complain("SF126", each[2], "brace_in_var", name=name)
        constants[name] = value or ""
    return constants


def _policy(document: Document, entries: Mapping[str, Node], root: Path) -> Policy:
    known = ("retire_after", "max_changes", "max_deletes", "uses", "ids")
    section = _section(document, entries, "policy", known)
    default = Policy()
    retire = default.retire_after
    if "retire_after" in section:
        retire = _duration(document, section["retire_after"], "retire_after")
    changes = _section(document, section, "max_changes", ("percent", "at_least"))

    def number(given: Mapping[str, Node], name: str, usual: int, high: int) -> int:
        if name not in given:
            return usual
        found = document.number(given[name], name, 0, high)
        return usual if found is None else found

    return Policy(
        retire,
        number(changes, "percent", default.max_changes_percent, 100),
        number(changes, "at_least", default.max_changes_at_least, 10**6),
        number(section, "max_deletes", default.max_deletes, 10**6),
        tuple(
            root / Path(path).expanduser()
            for path, _ in document.texts(section["uses"], "uses")
        )
        if "uses" in section
        else (),
        document.choice(section["ids"], "ids", IDS) != IDS[0]
        if "ids" in section
        else default.delivery,
    )


def _duration(document: Document, node: Node, what: str) -> float | None:
    """Seconds from ``14d``, ``2h``, …; None for ``never``."""
    text = document.text(node, what)
    if text is None or text == "never":
        return None
    number, unit = text[:-1], text[-1:]
    if number.isascii() and number.isdigit() and len(number) <= 6 and unit in _UNITS:
        return float(int(number) * _UNITS[unit])
    document.complain("SF141", node[2], "duration", what=what, found=shorten(text))
    return None


def _prices(document: Document, entries: Mapping[str, Node]) -> Prices:
    """Amounts a segment, exactly as they are written."""
    given = _section(document, entries, "prices", Prices.__struct_fields__)
    if not given:
        return NO_PRICES
    from decimal import Decimal

    found: dict[str, Any] = {}
    for key, node in given.items():
        form, sentence = (
            (_CURRENCY, "currency") if key == "currency" else (_AMOUNT, "amount")
        )
        text = document.text(node, key)
        if key not in Prices.__struct_fields__ or text is None:
            continue
        if not form.fullmatch(text):
            document.complain("SF145", node[2], sentence, what=key, found=shorten(text))
        else:
            found[key] = text if key == "currency" else Decimal(text)
    return Prices(**found)
