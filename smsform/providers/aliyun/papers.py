"""The papers that a signature depends on: what the service tells of them.

A letter of authorization, a trademark and a qualification have a term, "2023-01-01~
2026-01-01"; a letter is VALID or not, a qualification has a review of its own. The
filing of an app has neither: no call is made for one. Docstrings and examples of SDK
4.6.0 and its npm twin, read 2026-11-29. That a paper is valid on the last day of its
term, and not after it, is [I].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from smsform.delivery import Deliverable, Delivery, Term
from smsform.errors import Refused
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.replies import number

Fields = Mapping[str, object]
Query = Callable[[str, Mapping[str, str]], Sequence[Fields]]
Rows = Mapping[tuple[str, int], Fields]  # (field of GetSmsSign, id) -> what is told

_TERM = pattern(r"\s*\d{4}-\d\d-\d\d\s*~\s*(\d{4}-\d\d-\d\d)\s*")


class Paper(NamedTuple):
    """How the service tells of one kind of paper.

    ``field`` names it in GetSmsSign; ``asked`` is the parameter for its id or, of an
    action that takes several, for a JSON list of ids. A reply has ``id``, ``term`` and,
    where there is one, ``state``; ``told`` maps the states that hinder delivery.
    """

    field: str
    action: str
    asked: str
    id: str
    term: str
    state: str = ""
    told: Mapping[str, Deliverable] = {}
    several: bool = True

    @property
    def word(self) -> str:
        """The service's name for it."""
        return self.field.removesuffix("Id")


PAPERS = (
    Paper(
        "QualificationId", wire.QUERY_QUALIFICATION, "QualificationGroupId",
        "QualificationGroupId", "EffTimeStr", "State",
        {
            "INT": Deliverable.NOT_YET,
            "FAILED": Deliverable.NO,
            "NOT_FINISH": Deliverable.NO,
            "CANCELED": Deliverable.NO,
        },
        several=False,
    ),
    Paper(
        "AuthorizationLetterId", wire.QUERY_LETTERS, "AuthorizationLetterIdList",
        "AuthorizationLetterId", "AuthorizationLetterExpDate", "Status",
        {"INVALID": Deliverable.NO},
    ),
    Paper(
        "TrademarkId", wire.QUERY_TRADEMARKS, "TrademarkIdList",
        "TrademarkId", "TrademarkEffExpDate",
    ),
)  # fmt: skip


def read_papers(signs: Iterable[Fields], query: Query) -> Rows:
    """What the service tells of the papers of *signs*, replies of GetSmsSign.

    A call for each qualification, one for all letters and one for all trademarks, where
    there are any. What a key may not read is left out.
    """
    signs = list(signs)
    found: dict[tuple[str, int], Fields] = {}
    for paper in PAPERS:
        ids = sorted({id for sign in signs if (id := _id(sign.get(paper.field)))})
        for asked in [ids] if paper.several and ids else [[id] for id in ids]:
            try:
                rows = query(paper.action, {paper.asked: _spelled(paper, asked)})
            except Refused:
                continue
            found |= {(paper.field, _id(row.get(paper.id))): row for row in rows}
    return found


def _spelled(paper: Paper, ids: Sequence[int]) -> str:
    return f"[{', '.join(map(str, ids))}]" if paper.several else str(ids[0])


def _id(value: object) -> int:
    """An id as a number; 0 for none, as the service writes it, too."""
    return number(value) or 0


def of_papers(sign: Fields, rows: Rows, today: date) -> Iterator[Delivery]:
    """The delivery by each of a signature's papers."""
    for paper in PAPERS:
        id = _id(sign.get(paper.field))
        row = rows.get((paper.field, id)) if id else None
        if row is not None:
            yield _told(paper, f"{paper.word} {id}", row, today)


def _told(paper: Paper, name: str, row: Fields, today: date) -> Delivery:
    terms = tuple(Term(name, day) for day in _last_day(row.get(paper.term)))
    state = str(row.get(paper.state) or "") if paper.state else ""
    told = paper.told.get(state)
    if told is not None:
        return Delivery(told, f"{name} {state}", terms=terms)
    if terms and date.fromisoformat(terms[0].until) < today:
        return Delivery(Deliverable.NO, f"{name} {row.get(paper.term)}", terms=terms)
    return Delivery(Deliverable.UNTOLD, terms=terms)


def _last_day(value: object) -> Iterator[str]:
    """The last day of a term; none for an unlimited one."""
    match = _TERM.fullmatch(value) if isinstance(value, str) else None
    try:
        if match and date.fromisoformat(match[1]).year < 9000:
            yield match[1]
    except ValueError:
        return
