"""Recording verdicts that a service pushed, without asking it; pure.

An entry that no report is about stays as it was last seen. A report may come twice,
late, or about somebody else's entry: then it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from smsform.model import Existing, Kind, Reading, Review
from smsform.plan.equality import similar
from smsform.provider import PushedReport
from smsform.state import Block, Origin, Record, Version
from smsform.state.memory import Slot

Verdicts = Mapping[tuple[Kind, str], PushedReport]  # by kind and id

# Only entries that wait for a verdict get one; otherwise a report is a duplicate, or
# older than what was read or submitted since.
AWAITED = frozenset({Review.IN_REVIEW, Review.APPROVED_INACTIVE, Review.UNKNOWN})


class Ingested(NamedTuple):
    """The result of some reports: our entries with their verdicts.

    ``block`` records which reports were ``taken``. ``strange`` reports are about
    entries that are not ours, ``old`` ones say nothing new.
    """

    block: Block
    reading: Reading
    taken: tuple[PushedReport, ...]
    strange: tuple[PushedReport, ...]
    old: tuple[PushedReport, ...]


def ingest_reports(block: Block, reports: Sequence[PushedReport]) -> Ingested:
    """Apply *reports*, the oldest first, to what *block* remembers."""
    owners = block.owners()
    ours: dict[tuple[Kind, str], list[PushedReport]] = {}
    strange, old = [], []
    for report in reports:
        if (report.kind, report.id) in owners:
            ours.setdefault((report.kind, report.id), []).append(report)
        else:
            strange.append(report)
    verdicts = {}
    for key, told in ours.items():
        version = block.record(owners[key]).version(key[1])
        fresh = _fresh(version, told) if version else []
        if fresh:
            # Each submission has one verdict: the last report's.
            verdicts[key] = fresh[-1]
        old += told[:-1] if fresh and fresh[-1] is told[-1] else told
    return Ingested(
        _marked(block, verdicts),
        Reading(tuple(_entries(block, verdicts)), listed=False),
        tuple(verdicts.values()),
        tuple(strange),
        tuple(old),
    )


def _fresh(version: Version, told: Sequence[PushedReport]) -> list[PushedReport]:
    """The reports with a verdict on what was submitted last."""
    if version.gone or version.review not in AWAITED:
        return []
    marks = [report.mark for report in told]
    start = 0
    if version.reported and version.reported in marks:
        start = len(marks) - marks[::-1].index(version.reported)
    return [
        report
        for report in told[start:]
        if report.review not in (Review.IN_REVIEW, version.review)
        and _speaks_of(report, version)
    ]


def _speaks_of(report: PushedReport, version: Version) -> bool:
    """Whether *report* shows what we submitted last; others' submissions are
    unknown."""
    sent = version.submitted if version.origin is Origin.SUBMITTED else {}
    return all(
        similar(value, sent[name])
        for name, value in report.shown.items()
        if name in sent
    )


def _entries(block: Block, verdicts: Verdicts) -> Iterator[Existing]:
    """Every entry of ours that exists; its market is not remembered."""
    for (kind, _), record in block.records.items():
        for version in record.versions:
            if version.gone:
                continue
            told = verdicts.get((kind, version.id))
            yield Existing(
                kind,
                version.id,
                version.name,
                told.review if told else version.review,
                {},
                international=None,
                note=told.note if told else version.note,
                created=_since(version),
            )


def _since(version: Version) -> int:
    try:
        return int(datetime.fromisoformat(version.at).timestamp())
    except ValueError:
        return 0


def _marked(block: Block, verdicts: Verdicts) -> Block:
    owners = block.owners()
    changed: dict[Slot, Record] = {}
    for key, report in verdicts.items():
        slot = owners[key]
        record = changed.get(slot, block.record(slot))
        version = record.version(report.id)
        if version is not None and report.mark:
            version = replace(version, reported=report.mark)
            changed[slot] = record.with_version(version)
    return block.with_records(changed)
