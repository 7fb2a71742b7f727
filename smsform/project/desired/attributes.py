"""What the definitions want of one provider, in its own attribute names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache

from msgspec.structs import replace

from smsform.config import Config
from smsform.definitions import Definitions
from smsform.documents import files
from smsform.errors import ConfigError
from smsform.model import Address, Desired, Evidence, Kind
from smsform.project.workspace import Workspace
from smsform.provider import Context
from smsform.regular import MIB, read_regular
from smsform.words import say

LARGEST = 64 * MIB  # of a proof; the services take a few


def desired_of(project: Workspace, name: str) -> dict[Address, Desired]:
    """What one provider should have, in definition order, signatures first."""
    definitions = project.checked()
    names = {key: each.name for key, each in definitions.signatures.items()}
    return desired_among(project, name, definitions, names)


def desired_among(
    project: Workspace, name: str, definitions: Definitions, names: Mapping[str, str]
) -> dict[Address, Desired]:
    """The same of some *definitions*; *names* are those of all signatures, by key."""
    spec, context = project.spec(name), context_of(project, name, names)
    found: dict[Address, Desired] = {}
    for kind, group in (
        (Kind.SIGNATURE, definitions.signatures),
        (Kind.TEMPLATE, definitions.templates),
    ):
        for key, each in group.items():
            if each.providers is None or name in each.providers:
                address = Address(name, kind, key)
                found[address] = spec.desired(address, each, context)
    return found


def context_of(project: Workspace, name: str, names: Mapping[str, str]) -> Context:
    """What else decides what is wanted of a provider, beside a definition."""
    config = project.config
    return Context(config.providers[name], evidence_of(config), names)


def evidence_of(config: Config) -> Callable[[str, str], Evidence]:
    """Finds a file named in a definition, as what is submitted under an attribute.

    Each is read once: thousands of definitions name the same few.
    """
    root = (config.evidence or config.root).resolve()

    @cache
    def find(attribute: str, name: str) -> Evidence:
        path = files.inside(root, name)
        if path is None:
            what = say("cli.evidence_outside", path=name)
            raise ConfigError("evidence", what, say("cli.evidence_hint", root=root))
        missing = Evidence(attribute, str(path), "", name)
        if files.through_link(root, name):
            return missing
        try:
            content = read_regular(path, LARGEST)
        except OSError:
            return missing
        digest = hashlib.sha256(content).hexdigest()
        return replace(missing, sha256=digest, size=len(content))

    return find
