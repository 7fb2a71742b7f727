"""Settings of the emulator on papers of signatures: which exist, and their last
days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from smsform.emulation import settings as kinds
from smsform.emulation.settings import Setting
from smsform.words import say

LAST_DAY = "2099-12-31"
STATES: Mapping[str, str] = {  # of a qualification, by the setting's word
    "": "PASSED",
    "approved": "PASSED",
    "third_party": "PASSED",
    "pending": "INT",
    "refused": "FAILED",
    "lacking": "NOT_FINISH",
    "cancelled": "CANCELED",
}
GOOD_QUALIFICATIONS = frozenset({"", "approved", "third_party"})
TERMS = ("letters", "trademarks", "qualifications")


def ids(of: Callable[[object], object]) -> Callable[[object], object]:
    """A mapping of id -> value, or None for: every id there is."""

    def read(value: object) -> Mapping[int, object] | None:
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise ValueError(say("emulation.expects_mapping"))
        return {kinds.count(id): of(each) for id, each in value.items()}

    return read


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(say("emulation.expects_day")) from None


def _terms(value: object) -> Mapping[str, object]:
    """Last days by kind of paper, then by id."""
    if not isinstance(value, Mapping):
        raise ValueError(say("emulation.expects_mapping"))
    read = kinds.choice(*TERMS)
    return {read(kind): ids(_day)(each) for kind, each in value.items()}


TABLE: Mapping[str, Setting] = {
    "qualifications": Setting(
        None, ids(kinds.choice(*filter(None, STATES))),
        "qualification id -> pending, approved, refused, lacking (papers), cancelled,"
        " third_party (approved for others' names); none given: all there and fitting",
    ),
    "letters": Setting(
        None, ids(str),
        "authorization letter id -> the signature it is for; none given: all fit",
    ),
    "trademarks": Setting(
        None, ids(str), "trademark id -> its name; none given: all there",
    ),
    "app_records": Setting(
        None, ids(str), "app ICP record id -> its name; none given: all there",
    ),
    "terms": Setting(
        {}, _terms,
        "last day of papers: {letters: {1: 2026-12-31}, trademarks: …, qualifications:"
        " …}; others hold until 2099",
    ),
}  # fmt: skip
