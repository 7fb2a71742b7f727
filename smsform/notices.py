"""Notifications of verdicts, failures and long reviews, as the state keeps them.

A notice is written into the state together with what it is about, and lists who has not
been told yet. So whatever happens to a run, the next one knows what is left to send.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from smsform.model import Kind


class News(StrEnum):
    """What a notification can be about, the most urgent first."""

    FAILED = "failed"
    REJECTED = "rejected"
    WAITING_LONG = "waiting_long"
    APPROVED = "approved"


class Notice(Struct, frozen=True):
    """One event of a definition to tell people.

    ``id`` is the version it is about, "" where a submission made none. ``at`` is when
    it was seen, ISO 8601 UTC; for a long review, since when it runs. ``why`` are the
    words of the reviewer, or why it failed. ``to`` are the targets that have not been
    told yet, by their variables. A notice that is not ``due`` is not sent: it records
    since when a resubmitted version is in review.
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
        """The key of a notice: there is one of each news per version, or per
        definition."""
        return self.news, self.kind, self.id or f".{self.key}"

    @property
    def lasting(self) -> bool:
        """Whether it is kept when all are told, so that later runs do not repeat it."""
        return self.news in (News.FAILED, News.WAITING_LONG)


class Wish(Struct, frozen=True):
    """An entry of ``notify`` in smsform.yaml: who is told of which news.

    ``variable`` names the environment variable with the address, ``language`` is "en",
    "zh", or "" for the language of the run.
    """

    variable: str
    on: frozenset[News]
    providers: tuple[str, ...]
    language: str = ""
