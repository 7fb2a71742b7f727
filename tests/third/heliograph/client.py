"""Calls of one account: signed, paced, and their replies told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from smsform.account.chain import Keys
from smsform.account.health import CallHistory
from smsform.clock import Clock
from smsform.errors import ProviderError, Refused, Scope
from smsform.errors.answers import Answer, Code
from smsform.http import Channel, Reply, Request
from smsform.provider import Accepted, Credentials

from . import wire
from .limits import PACE

T = TypeVar("T")
Fields = Mapping[str, Any]

VERBS = {"GET": "read", "POST": "create", "PUT": "update", "DELETE": "delete"}
# What surely was not done. Any other code leaves open whether a write happened.
REFUSALS = {
    "bad_key": Scope.ACCOUNT,
    "bad_text": Scope.ENTRY,
    "bad_request": Scope.ENTRY,
    "not_found": Scope.GONE,
    "settled": Scope.STATE,
    "slow_down": Scope.THROTTLE,
    "quota_exceeded": Scope.ACCOUNT,
}


class Client:
    """One method a verb; *path* says of which kind."""

    def __init__(
        self, provider: str, keys: Keys, channel: Channel, clock: Clock
    ) -> None:
        self.provider, self.key = provider, keys
        self._channel, self._clock = channel, clock
        self.seen = CallHistory()

    def ready(self, path: str) -> None:
        """Wait until a creation may go at once."""
        self._channel.ready(wire.action("POST", path), PACE["create"])

    def create(self, path: str, fields: Fields) -> Accepted:
        """Submit a new entry."""
        return self._call("POST", path, "", fields, _accepted)

    def replace(self, path: str, id: str, fields: Fields) -> Accepted:
        """Submit an entry anew."""
        return self._call("PUT", path, id, fields, _accepted)

    def delete(self, path: str, id: str) -> None:
        """Delete an entry."""
        self._call("DELETE", path, id, None, _id)

    def get(self, path: str, id: str) -> Fields | None:
        """One entry; None when there is none."""
        try:
            return self._call("GET", path, id, None, lambda d: d if _id(d) else None)
        except Refused as refused:
            if refused.scope is Scope.GONE:
                return None
            raise

    def list(self, path: str) -> list[Fields]:
        """Every entry, a page after the other: each says where the next begins."""
        found: list[Fields] = []
        after: str | None = ""
        while after is not None:
            query = f"?after={after}" if after else ""
            items, after = self._call("GET", path, "", None, _page, query)
            found += items
        return found

    def _call(
        self,
        method: str,
        path: str,
        id: str,
        fields: Fields | None,
        take: Callable[[Fields], T | None],
        query: str = "",
    ) -> T:
        action = wire.action(method, path, id)
        target = path + (f"/{id}" if id else "") + query
        body = b"" if fields is None else json.dumps(fields).encode()

        def build() -> Request:
            return _signed(method, self._channel.base, target, body, self.key(), time())

        def time() -> str:
            return str(int(self._clock.now()))

        def read(reply: Reply) -> tuple[T, str]:
            self.seen.reply(reply.headers.get("Date", ""), self._clock.now())
            request_id = reply.headers.get("X-Request-Id", "")
            document = _object(reply.body)
            if reply.status >= 400:
                raise self._refused(action, reply, document, request_id)
            value = take(document)
            if value is None:
                answer = self._answer(action, request_id)
                raise answer.unusable("no such reply is known")
            return value, request_id

        pace = PACE[VERBS[method]]
        repeatable = method == "GET"
        once = method == "POST"  # apply looks before it submits again
        return self._channel.call(
            action, build, read, repeatable=repeatable, pace=pace, once=once
        )

    def _refused(
        self, action: str, reply: Reply, document: Fields, request_id: str
    ) -> ProviderError:
        error = document.get("error")
        told = error if isinstance(error, dict) else {}
        code, text = str(told.get("code", "")), str(told.get("message", ""))
        answer = self._answer(action, request_id)
        scope = REFUSALS.get(code)
        if scope is None:
            return answer.unusable(f"HTTP {reply.status} {code}")
        wait = reply.headers.get("Retry-After", "")
        seconds = float(wait) if wait.isdecimal() else 0.0
        found = answer.error(code, text, Code(scope, ""), seconds)
        if isinstance(found, Refused):
            self.seen.refused(found)
        return found

    def _answer(self, action: str, request_id: str) -> Answer:
        return Answer(self.provider, action, action.startswith("GET "), request_id)


def _signed(
    method: str, base: str, target: str, body: bytes, key: Credentials, time: str
) -> Request:
    signature = wire.signature(key.secret, method, target, time, body)
    headers = {
        "Authorization": wire.AUTHORIZATION.format(id=key.id, signature=signature),
        "Content-Type": "application/json",
        wire.TIME: time,
    }
    return Request(method, base + target, headers, body)


def _object(body: bytes) -> Fields:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _id(document: Fields) -> str | None:
    id = document.get("id")
    return id if isinstance(id, str) and id else None


def _accepted(document: Fields) -> Accepted | None:
    id = _id(document)
    return Accepted(id, str(document.get("submitted", ""))) if id else None


def _page(document: Fields) -> tuple[list[Fields], str | None] | None:
    items, after = document.get("items"), document.get("next")
    if not isinstance(items, list) or not isinstance(after, str | None):
        return None
    whole = all(isinstance(item, dict) and _id(item) for item in items)
    return (items, after) if whole else None
