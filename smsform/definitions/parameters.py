"""The parameters of a template and its sample cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from sys import intern
from types import MappingProxyType

from smsform.documents import whole
from smsform.documents.document import NULLS, Document, Node
from smsform.documents.nearness import lacks, near, shorten
from smsform.documents.placeholder import is_name
from smsform.model import PARAMETER_KINDS, Parameter

KINDS = frozenset(PARAMETER_KINDS)
KEYS = ("sample", "kind", "max_length", "description")
MAX_LENGTH = 1000
NO_NATIVE: Mapping[str, str] = MappingProxyType({})


def read_params(
    document: Document,
    node: Node,
    constants: Mapping[str, str],
    types: Collection[str],
    native: Collection[str],
) -> tuple[Parameter, ...]:
    """The parameters in their order.

    *types* are all provider types, *native* those for which the template states its
    text verbatim.
    """
    parameters = []
    for name, entry in document.mapping(node, "params").items():
        if not is_name(name):
            document.complain("SF119", entry[3], "name", name=shorten(name))
        elif name in constants:
            document.complain("SF125", entry[3], "like_constant", name=name)
        parameters.append(_read_param(document, name, entry, types, native))
    return tuple(parameters)


def _read_param(
    document: Document,
    name: str,
    entry: Node,
    types: Collection[str],
    native: Collection[str],
) -> Parameter:
    sample, kind, length, description = "", "text", None, ""
    places: dict[str, str] = {}
    fields = document.mapping(entry, "a parameter")
    for key, node in fields.items():
        if key == "sample":
            given = document.sample(node, "sample")
            sample = given or ""
            if given is None or not whole.check(document, node, "sample"):
                document.unread.add(entry[3])
        elif key == "kind":
            kind = document.choice(node, "kind", KINDS) or kind
        elif key == "max_length":
            length = document.number(node, "max_length", 1, MAX_LENGTH)
        elif key == "description":
            description = document.text(node, "description") or ""
        elif key in types:
            if key not in native:
                document.complain("SF136", node[2], "native_alone", type=key)
            elif place := document.text(node, key):
                places[key] = place
        else:
            document.unknown(key, node, "a parameter", (*KEYS, *types))
    if "sample" not in fields:
        document.unread.add(entry[3])
        if (fields or entry[0] in ({}, *NULLS)) and lacks(
            "sample", fields, (*KEYS, *types)
        ):
            document.complain("SF129", entry[3], "no_sample", name=name)
    at = document.position(entry[3])
    return Parameter(
        intern(name), sample, at, kind, length, description, places or NO_NATIVE
    )


def read_samples(
    document: Document,
    node: Node,
    parameters: Sequence[Parameter],
) -> tuple[dict[str, dict[str, str]], dict[str, tuple[int, ...]]]:
    """Further cases by name, and where their values stand, in their order.

    Each may leave parameters at their own sample.
    """
    names = {parameter.name for parameter in parameters}
    cases: dict[str, dict[str, str]] = {}
    places: dict[str, tuple[int, ...]] = {}
    for case, entry in document.mapping(node, "samples").items():
        if case == "sample":
            document.complain("SF127", entry[3], "case_name")
        else:
            case = intern(case)
            cases[case], places[case] = _read_case(document, case, entry, names)
    return cases, places


def _read_case(
    document: Document,
    case: str,
    entry: Node,
    names: Collection[str],
) -> tuple[dict[str, str], tuple[int, ...]]:
    values: dict[str, str] = {}
    places: list[int] = []
    for name, node in document.mapping(entry, "a sample case").items():
        if name not in names:
            hint = near(name, names)
            document.complain(
                "SF127", node[3], "case_parameter", name=name, case=case, near=hint
            )
        elif (value := document.sample(node, name)) is not None and whole.check(
            document, node, name
        ):
            values[intern(name)] = value
            places.append(node[2])
    return values, tuple(places)
