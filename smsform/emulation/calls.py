"""The call log: what was asked, of whom, and what became of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from smsform.emulation.store import Place, Store

OK = "ok"
LONGEST_NAME = 64  # characters of an action nobody knows


class LoggedCall(NamedTuple):
    """One call that arrived, at ``at`` on the emulator's clock.

    ``outcome`` is "ok", an error code, or "" when a fault kept it from running.
    ``fingerprint`` is equal for equal parameters, so repeated submissions show.
    ``admitted`` calls count for the pace. ``entry`` is the id it was about, if one.
    ``lenience`` are words of that enumeration, with blanks between them.
    """

    at: float
    provider: str
    account: str
    region: str
    action: str
    entry: int | None
    fingerprint: str
    outcome: str
    fault: str
    admitted: bool
    lenience: str = ""


_COLUMNS = ", ".join(LoggedCall._fields)
_PLACES = ", ".join("?" * len(LoggedCall._fields))
_INSERT = f"INSERT INTO call ({_COLUMNS}) VALUES ({_PLACES})"
_SORTED = json.JSONEncoder(sort_keys=True, default=str)


def logged_name(name: str) -> str:
    """The name of an action nobody has checked yet, as the log may keep it."""
    return re.sub(r"\W", "", name, flags=re.ASCII)[:LONGEST_NAME]


def fingerprint(params: Mapping[str, object]) -> str:
    """Sixteen hex digits that stand for *params*."""
    text = _SORTED.encode(params)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def record(store: Store, call: LoggedCall) -> None:
    """Write one line of the log."""
    store.execute(_INSERT, call)
    if call.admitted:
        store.pace.add((call.provider, call.account, call.action), call.at)


def recorded(store: Store, provider: str | None = None) -> list[LoggedCall]:
    """The log in order, of one provider or of all."""
    where, values = ("WHERE provider = ?", (provider,)) if provider else ("", ())
    sql = f"SELECT {_COLUMNS} FROM call {where} ORDER BY number"
    return [
        call._replace(admitted=bool(call.admitted))
        for call in map(LoggedCall._make, store.rows(sql, values))
    ]


def succeeded(
    store: Store, place: Place, actions: Collection[str], since: float, now: float
) -> list[float]:
    """When calls of *actions* went through for the account from *since* to *now*."""
    marks = ", ".join("?" * len(actions))
    rows = store.rows(
        "SELECT at FROM call WHERE provider = ? AND account = ?"
        f" AND action IN ({marks}) AND at >= ? AND at <= ? AND outcome = ?"
        " ORDER BY at",
        (place.provider, place.account, *actions, since, now, OK),
    )
    return [float(str(at)) for (at,) in rows]


def recent(store: Store, place: Place, action: str, now: float, seconds: float) -> int:
    """How many calls of *action* the account made in the last *seconds*.

    Calls in the future are left out: another process may be on a virtual clock.
    """
    name, since = (place.provider, place.account, action), now - seconds
    pace = store.pace.at(store.version())
    found = pace.count(name, since, now)
    if found is not None:
        return found
    rows = store.rows(
        "SELECT at FROM call WHERE provider = ? AND account = ? AND action = ?"
        " AND at > ? AND admitted = 1",
        (*name, since),
    )
    pace.keep(name, since, (float(str(at)) for (at,) in rows))
    return pace.count(name, since, now) or 0
