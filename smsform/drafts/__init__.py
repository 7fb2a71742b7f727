"""Entries that exist to the definitions a person would have written for them.

    entries -> sift -> picks -> (keys, names, parameters) -> drafts -> YAML -> read back

The rooms: ``selection`` says which entries become definitions, ``keys`` and
``parameters`` find the names, ``proposal`` makes the definitions, ``layout`` writes
them, ``proof`` reads them back and lets none pass that would change anything.
"""

from smsform.drafts.layout import documents
from smsform.drafts.proof import TargetProject, prove
from smsform.drafts.proposal import propose
from smsform.drafts.selection import sift
from smsform.drafts.surroundings import Surroundings
from smsform.drafts.values import Draft, SkippedEntry, SkipReason

__all__ = [
    "Draft",
    "SkipReason",
    "SkippedEntry",
    "Surroundings",
    "TargetProject",
    "documents",
    "propose",
    "prove",
    "sift",
]  # fmt: skip
