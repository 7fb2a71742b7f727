"""Entries that exist at a service to the definitions a person would have written.

    entries -> sift -> picks -> join -> units -> settle -> drafts -> YAML

The rooms: ``selection`` says which entries become definitions, ``joining`` which
entries of several accounts become one (``shapes`` compares texts without their names).
``proposal`` makes the definitions, with ``keys`` and ``parameters`` for names,
``merging`` for what differs and ``extension`` for what is defined already. ``proof``
reads them back and rejects those that would change an entry, ``settling`` separates
entries that cannot share a definition. ``layout`` writes new files, ``amendment`` adds
to existing ones.
"""

from smsform.drafts.joining import alone, join
from smsform.drafts.layout import documents
from smsform.drafts.reading import TargetProject
from smsform.drafts.selection import sift
from smsform.drafts.settling import Settled, settle
from smsform.drafts.surroundings import Surroundings
from smsform.drafts.values import (
    Cause,
    ChosenEntry,
    Draft,
    SkippedEntry,
    SkipReason,
    Unit,
)

__all__ = [
    "Cause",
    "ChosenEntry",
    "Draft",
    "Settled",
    "SkipReason",
    "SkippedEntry",
    "Surroundings",
    "TargetProject",
    "Unit",
    "alone",
    "documents",
    "join",
    "settle",
    "sift",
]
