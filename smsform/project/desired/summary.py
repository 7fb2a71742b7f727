"""What a plan compares of a definition file: its summary, a line of JSON.

Nearly every address of a plan is settled, and to know that a plan needs no more of a
definition than this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.json import decode, encode

from smsform.definitions import Definitions
from smsform.model import Address, Desired, Kind
from smsform.plan.desired import Compared, compared
from smsform.project.workspace import Workspace

Summaries = Mapping[str, bytes]  # by the path of the file


class Summary(Struct):
    """The keys of a file's templates, and what is compared of those that go to each
    provider, by key."""

    keys: list[str]
    compared: dict[str, dict[str, Compared]]


class DesiredMemo(NamedTuple):
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


class Summarized(NamedTuple):
    """A memo and the summaries of its files."""

    memo: DesiredMemo
    summaries: Summaries


def names_in(definitions: Definitions) -> dict[str, str]:
    """The names of signatures, by key."""
    return {key: each.name for key, each in definitions.signatures.items()}


def summary_of(data: bytes) -> Summary:
    """The summary that these bytes are of."""
    return decode(data, type=Summary)


def summaries_of(
    project: Workspace,
    definitions: Definitions,
    desired: Mapping[str, Mapping[Address, Desired]],
    files: Mapping[str, Path],
) -> tuple[dict[str, bytes], list[str]]:
    """A summary of each of *files*, and those of them that must be read every time.

    *desired* is what each provider should have of the *definitions*. A file is read
    every time where it defines signatures, or where a definition names evidence, which
    may change without it.
    """
    name_at = {str(path): name for name, path in files.items()}
    found = {name: Summary([], {}) for name in files}
    afresh = {each.at.file for each in definitions.signatures.values()}
    for key, each in definitions.templates.items():
        if name := name_at.get(each.at.file):
            found[name].keys.append(key)
    for provider, entries in desired.items():
        card = project.spec(provider).kinds
        delivered = {kind: each.delivered for kind, each in card.items()}
        for address, want in entries.items():
            name = name_at.get(want.at.file)
            if want.evidence:
                afresh.add(want.at.file)
            if name and address.kind is Kind.TEMPLATE:
                there = found[name].compared.setdefault(provider, {})
                there[address.key] = compared(delivered, want)
    summaries = {name: encode(each) for name, each in found.items()}
    return summaries, [name_at[each] for each in afresh if each in name_at]
