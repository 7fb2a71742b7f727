"""The schema of definition files, for completion and hover in editors."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.card import ProviderSpec
from smsform.definitions.parameters import MAX_LENGTH
from smsform.model import PARAMETER_KINDS, Kind, TemplateType
from smsform.registry import specs as registered
from smsform.report.schemas.shapes import Schema
from smsform.report.schemas.written import (
    KEYS,
    NAMES,
    blocks,
    choice,
    count,
    mapping,
    named,
    own,
    root,
    rule_ids,
    sample,
    scalar,
    scalars,
    switch,
)

Specs = Mapping[str, ProviderSpec]

_BOTH = {
    "remark": scalar("For the reviewers: when it is sent, with a filled-in example."),
    "international": switch("For numbers outside the mainland.", default=False),
    "providers": scalars("Names of the providers that should have it; default: all."),
    "protect": switch("Never deleted.", default=False),
    "lint_ignore": rule_ids("Rules silenced here, as [SF214]."),
}


_MOVED = mapping(
    "What `from` owned goes to `to`; a bare key is a template, else signature.KEY.",
    {"from": scalar("The key that is gone."), "to": scalar("The key it became.")},
    required=["from", "to"],
)
_ADDRESS = scalar("PROVIDER/template.KEY or PROVIDER/signature.KEY.")
_ADOPT = (
    mapping(
        "The entry with this id is the address's own.",
        {"address": _ADDRESS, "id": scalar("Its id at the service.")},
        required=["address", "id"],
    ),
    mapping(
        "The entry with this id is somebody else's.",
        {"address": _ADDRESS, "not": scalar("Its id at the service.")},
        required=["address", "not"],
    ),
)


def definitions() -> Schema:
    """The schema for every service there is."""
    return described(registered())


def described(specs: Specs) -> Schema:
    """The schema with the keys of these types."""
    files = mapping(
        "",
        {
            "signatures": named("By a key of your choice.", KEYS, _signature(specs)),
            "templates": named("By a key of your choice.", KEYS, _template(specs)),
            "moved": blocks("Keys that were renamed, so that ids stay.", _MOVED),
            "adopt": blocks("Entries of the service, and whose they are.", *_ADOPT),
        },
    )
    return root(
        "definitions",
        "smsform definitions",
        "Signatures and templates, or both.",
        files,
    )


def _signature(specs: Specs) -> Schema:
    name = scalar("The name as recipients read it, without brackets; default: the key.")
    keys = {"name": name, **_BOTH, **_own(specs, Kind.SIGNATURE)}
    return mapping("A signature. One that says only a name is looked up.", keys)


def _template(specs: Specs) -> Schema:
    natives = [type for type in specs if "native" in specs[type].keys[Kind.TEMPLATE]]
    return mapping(
        "A template.",
        {
            "name": scalar("The provider's name for it; default: the key."),
            "type": choice("What sort of message it is.", TemplateType),
            "signature": scalar("The key of its signature."),
            "deprecated": scalar("What applications should ask for instead."),
            "content": scalar(
                "The text, with {{ name }} for a parameter or one of vars; nothing "
                "else of Jinja2."
            ),
            "params": named("Their order is their position.", NAMES, _parameter(specs)),
            "samples": named(
                "Further cases that reviewers should see, by a name.",
                {"not": {"const": "sample"}},
                named("Parameter -> value.", {}, sample("Taken as written.")),
            ),
            **_BOTH,
            **_own(specs, Kind.TEMPLATE),
        },
        required=["type"],
        anyOf=[
            {"required": ["content"]},
            *(
                {
                    "required": [type],
                    "properties": {type: {"required": ["native"]}},
                }
                for type in natives
            ),
        ],
    )


def _parameter(specs: Specs) -> Schema:
    natives = {
        type: scalar(f"Its name in the native text for {spec.title}.")
        for type, spec in specs.items()
    }
    return mapping(
        "A parameter.",
        {
            "sample": sample("What reviewers and preview see; taken as written."),
            "kind": {**choice("What it holds.", PARAMETER_KINDS), "default": "text"},
            "max_length": count("Characters its value may have.", 1, MAX_LENGTH),
            "description": scalar("For people."),
            **natives,
        },
        required=["sample"],
    )


def _own(specs: Specs, kind: Kind) -> dict[str, Schema]:
    """One key for each type, with that service's own keys."""
    return {
        type: mapping(
            f"What only {spec.title} wants.",
            {name: own(key) for name, key in sorted(spec.keys[kind].items())},
        )
        for type, spec in specs.items()
    }
