"""What is compared of every definition file, as a line of JSON for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from smsform.definitions import Definitions
from smsform.model import Address, Desired, Kind
from smsform.plan.wants import compared
from smsform.project.validation.remembered import written
from smsform.project.workspace import Workspace

Lines = Mapping[str, bytes]  # of each file: its keys; by provider what is compared


class WantedMemo(NamedTuple):
    """What was wanted of each provider, and the files it was read from.

    ``files`` are the definition files with the digest of their bytes, ``afresh`` those
    that are read every time. ``names`` are the signatures' by key: services may compare
    them in a template. ``verbatim``: some text is, or was, stated in a service's own
    form.
    """

    files: Mapping[str, str]
    afresh: Sequence[str]
    names: Mapping[str, str]
    verbatim: bool


def names_in(definitions: Definitions) -> dict[str, str]:
    """The names of signatures, by key."""
    return {key: each.name for key, each in definitions.signatures.items()}


def lines_of(
    project: Workspace,
    definitions: Definitions,
    wanted: Mapping[str, Mapping[Address, Desired]],
    files: Mapping[str, Path],
) -> tuple[dict[str, bytes], list[str]]:
    """A line for each of *files*, and those of them that must be read every time.

    *wanted* is what each provider should have of the *definitions*.
    """
    name_at = {str(path): name for name, path in files.items()}
    lines: dict[str, dict[str, Any]] = {name: {"keys": [], "of": {}} for name in files}
    afresh = {each.at.file for each in definitions.signatures.values()}
    for key, each in definitions.templates.items():
        if name := name_at.get(each.at.file):
            lines[name]["keys"].append(key)
    for provider, entries in wanted.items():
        card = project.spec(provider).kinds
        delivered = {kind: each.delivered for kind, each in card.items()}
        for address, want in entries.items():
            name = name_at.get(want.at.file)
            if want.evidence:
                afresh.add(want.at.file)
            if name and address.kind is Kind.TEMPLATE:
                values, abroad, protect = compared(delivered, want)
                row = [address.key, abroad, protect, *values]
                lines[name]["of"].setdefault(provider, []).append(row)
    written_lines = {name: written(line) for name, line in lines.items()}
    return written_lines, [name_at[each] for each in afresh if each in name_at]
