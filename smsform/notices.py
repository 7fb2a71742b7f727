"""What people are told of: verdicts, failures, reviews that take long.

A notice is written into the state together with what it is about, and says who has not
been told yet. So whatever happens to a run, the next one knows what is still to tell.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from smsform.model import Kind


class News(StrEnum):
    """What can be told, the most urgent first."""

    FAILED = "failed"
    REJECTED = "rejected"
    WAITING_LONG = "waiting_long"
    APPROVED = "approved"


class Notice(NamedTuple):
    """Something to tell of a definition.

    ``id`` is the version it is about, "" where a submission made none. ``at`` is when
    it was seen, ISO 8601 UTC; of a review that takes long, since when it runs. ``why``
    are the words of the reviewer, or why it failed. ``to`` are the targets that have
    not been told yet, by their variables. One that is not ``due`` tells nothing: it
    remembers since when something submitted again is in review.
    """

    news: News
    kind: Kind
    key: str
    id: str = ""
    at: str = ""
    why: str = ""
    to: tuple[str, ...] = ()
    due: bool = True

    @property
    def about(self) -> tuple[News, Kind, str]:
        """What there is one notice of: the version, or else the definition."""
        return self.news, self.kind, self.id or f".{self.key}"

    @property
    def lasting(self) -> bool:
        """Whether it is kept when all are told, so that the next run is silent."""
        return self.news in (News.FAILED, News.WAITING_LONG)


class Wish(NamedTuple):
    """Who wants to be told: an entry of ``notify`` in smsform.yaml.

    ``variable`` has the address, ``language`` is "en", "zh", or "" for the run's.
    """

    variable: str
    on: frozenset[News]
    providers: tuple[str, ...]
    language: str = ""
