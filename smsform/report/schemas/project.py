"""The schema of smsform.yaml, for completion and hover in editors."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.card import ProviderSpec
from smsform.config import FORMAT, STATE
from smsform.config.code import PACKAGE
from smsform.config.notify import VARIABLE
from smsform.notices import News
from smsform.provider import Key
from smsform.registry import specs as registered
from smsform.report.schemas.definitions import Specs
from smsform.report.schemas.shapes import Schema
from smsform.report.schemas.written import (
    KEYS,
    NAMES,
    choice,
    count,
    limit,
    mapping,
    named,
    root,
    rule_ids,
    sample,
    scalar,
    scalars,
    switch,
)
from smsform.senders.language import LANGUAGES
from smsform.senders.model import IdSource
from smsform.words import LANGUAGES as LANGS

AMOUNT = "^[0-9]{1,6}(\\.[0-9]{1,6})?$"
DURATION = "^(never|[0-9]{1,6}[smhdw])$"


def project() -> Schema:
    """The schema for every service there is."""
    return described(registered())


def described(specs: Specs) -> Schema:
    """The schema with providers of these types."""
    keys = {
        "smsform": choice("The format version.", [str(FORMAT)]),
        "definitions": scalars(
            "Files or patterns that hold definitions; default: every YAML file below."
        ),
        "vars": named("Constants for {{ name }} in texts.", NAMES, sample("A text.")),
        "state": {**scalar("The state file."), "default": STATE},
        "evidence": scalar(
            "Where the paths of proof images start; default: this folder. The variable "
            "SMSFORM_EVIDENCE wins."
        ),
        "providers": named("The accounts, by a name.", KEYS, _provider(specs)),
        "policy": _policy(),
        "lint": mapping(
            "Rules for the whole project.",
            {
                "ignore": rule_ids("Rules silenced, as [SF214]."),
                "strict": switch("Take warnings for errors.", default=False),
            },
        ),
        "prices": _prices(),
        "code": _code(),
        "notify": _notify(),
    }
    body = mapping("", keys, required=["smsform"])
    return root("project", "smsform project", "smsform.yaml: the project.", body)


def _policy() -> Schema:
    at_most = 10**6
    changes = {
        "percent": {**count("Of a provider's addresses.", 0, 100), "default": 30},
        "at_least": {**count("So many are always fine.", 0, at_most), "default": 10},
    }
    return mapping(
        "When replaced versions go, and how much one run may change.",
        {
            "retire_after": {
                **scalar(
                    "Delete a replaced version that long (14d, 36h) after its "
                    "successor became active."
                ),
                "pattern": DURATION,
                "default": "never",
            },
            "max_changes": mapping(
                "apply refuses to update and supersede more than this.", changes
            ),
            "max_deletes": {
                **count(
                    "apply refuses to delete, retire and withdraw more.", 0, at_most
                ),
                "default": 3,
            },
            "ids": {
                **scalar(
                    "What a new id waits for beside its approval: that the service "
                    "does not tell that it is not delivered; or nothing."
                ),
                "enum": ["deliverable", "approved"],
                "default": "deliverable",
            },
            "uses": scalars(
                "Folders of source code: an id that stands there is not deleted."
            ),
        },
    )


def _code() -> Schema:
    entry = mapping(
        "A module that sends.",
        {
            "language": choice("The language.", LANGUAGES),
            "provider": {**scalar("The provider it sends through."), **KEYS},
            "path": scalar("Where it lies, from this folder; in the repository."),
            "ids": {
                **choice("Where the module has its ids from.", list(IdSource)),
                "default": IdSource.EMBEDDED,
            },
            "package": {
                **scalar("Its package or namespace, where the language has one."),
                "pattern": f"^{PACKAGE.pattern}$",
            },
        },
        required=["language", "provider", "path"],
    )
    return {
        "type": "array",
        "items": entry,
        "description": "The modules that `smsform code` keeps fresh.",
    }


def _notify() -> Schema:
    entry = mapping(
        "Somebody who is told.",
        {
            "to": {
                **scalar("The variable with the address, as env:SMSFORM_NOTIFY_OPS."),
                "pattern": f"^env:{VARIABLE.pattern}$",
            },
            "on": {
                "type": "array",
                "items": choice("What is told.", list(News)),
                "description": "Of what; default: failed, rejected, approved.",
            },
            "providers": scalars("Of which providers; default: all."),
            "language": choice("In which language; default: the run's.", LANGS),
        },
        required=["to"],
    )
    return {
        "type": "array",
        "items": entry,
        "description": "Who is told of verdicts, where they are.",
    }


def _prices() -> Schema:
    each = {"pattern": AMOUNT}
    return mapping(
        "What one segment costs, for previews.",
        {
            "currency": {
                **scalar("As ISO 4217 calls it."),
                "pattern": "^[A-Z]{3}$",
                "default": "CNY",
            },
            "domestic": {**scalar("A domestic message."), **each},
            "marketing": {**scalar("Domestic marketing; default: domestic."), **each},
            "international": {**scalar("A message abroad, to any country."), **each},
        },
    )


def _provider(specs: Specs) -> Schema:
    """A provider; ``type`` decides which keys it may have."""
    return {
        "type": "object",
        "description": "An account at a service.",
        "required": ["type"],
        "properties": {"type": _type(specs)},
        "allOf": [
            {
                "if": {
                    "required": ["type"],
                    "properties": {"type": {"const": type}},
                },
                "then": {
                    "properties": {"type": _type(specs), **_keys(spec)},
                    "additionalProperties": False,
                },
            }
            for type, spec in specs.items()
        ],
    }


def _type(specs: Specs) -> Schema:
    return choice("The service.", specs)


def _keys(spec: ProviderSpec) -> dict[str, Schema]:
    known = {
        "region": scalar("Where signatures and templates live."),
        "endpoint": scalar(
            "emulator, or a host or URL; default: the service's own. Plain http on "
            "loopback only."
        ),
        "site": choice(
            "Which of the service's sites; they have separate accounts.",
            sorted(spec.sites),
        ),
        "profile": scalar("A profile in the official tools' own files."),
        "credentials_env": scalar(
            "SHOP_PROD: read the variables of that prefix, and nothing else."
        ),
        "expect_account": scalar("Refuse to work on another account than this one."),
        "sign_method": scalar("How requests are signed."),
        "http_method": {
            **choice("How requests are sent.", ("GET", "POST")),
            "default": "POST",
        },
        "language": scalar("The language of the service's error texts."),
        "timeout": {**count("Seconds for one call.", 1, 600), "default": 30},
        "account": mapping(
            "What this account may do, where it differs from what services say.",
            {name: limit(each) for name, each in spec.limits.items()},
        ),
        "emulator": _emulator(spec),
    }
    return {
        **{name: {} for name in sorted(spec.options)},
        **known,
        **{name: _told(known, key) for name, key in spec.options.items()},
    }


def _told(known: Mapping[str, Schema], key: Key) -> Schema:
    """A key with the card's description where the card has one."""
    if key.words:
        return choice(key.meaning, key.words)
    return {**known.get(key.name, {}), "description": key.meaning}


def _emulator(spec: ProviderSpec) -> Schema:
    """Emulator settings; only the emulator knows their values, editors show the
    meanings."""
    settings = spec.settings()
    if not settings:
        return {"type": ["object", "null"], "description": "The emulator's settings."}
    return mapping(
        "The emulator's settings.",
        {
            name: {"description": each.meaning, "default": _plain(each.default)}
            for name, each in settings.items()
        },
    )


def _plain(default: object) -> object:
    return list(default) if isinstance(default, tuple) else default
