"""Entries that exist to the definitions a person would have written for them.

    entries -> sift -> picks -> join -> units -> settle -> drafts -> YAML

The rooms: ``selection`` says which entries become definitions, ``joining`` which of
several accounts become one (``shapes`` is a text with its names aside). ``proposal``
makes the definitions, with ``keys`` and ``parameters`` for names, ``merging`` for what
differs and ``extension`` for what is defined already. ``proof`` reads them back and
lets none pass that would change anything, ``settling`` takes apart what cannot share.
``layout`` writes new ones, ``amendment`` adds to a file that exists.
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
