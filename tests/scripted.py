"""A network that does what a script says: a requests adapter; a clock that jumps."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from threading import Lock
from typing import Any

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

Outcome = Exception | requests.Response


class JumpingClock:
    """Time that passes only when somebody sleeps; remembers every pause."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self._now, self.pauses = now, []
        self._lock = Lock()

    pauses: list[float]

    def now(self) -> float:
        """The time on this clock."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Jump forward."""
        assert seconds >= 0
        with self._lock:
            self.pauses.append(seconds)
            self._now += seconds

    def move(self, seconds: float) -> None:
        """Set it forward, or back, without a pause."""
        with self._lock:
            self._now += seconds


class Script(BaseAdapter):
    """Answers each request with the next outcome, the last one for ever after."""

    def __init__(self, *outcomes: Outcome) -> None:
        super().__init__()
        self._outcomes = list(outcomes)
        self.requests: list[requests.PreparedRequest] = []
        self.options: list[dict[str, Any]] = []

    def send(self, request: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        """Record the request; return or raise what comes next."""
        self.requests.append(request)
        self.options.append(options)
        many = len(self._outcomes) > 1
        outcome = self._outcomes.pop(0) if many else self._outcomes[0]
        if isinstance(outcome, Exception):
            outcome.request = request  # type: ignore[attr-defined]
            raise outcome
        outcome.raw = unread(outcome.content)
        return outcome

    def close(self) -> None:
        """Nothing is open."""


class Function(BaseAdapter):
    """Answers each request with what a function makes of it; used by many threads."""

    def __init__(self, answer: Callable[[requests.PreparedRequest], Any]) -> None:
        super().__init__()
        self._answer = answer
        self.requests: list[requests.PreparedRequest] = []

    def send(self, request: Any, **_: Any) -> requests.Response:  # type: ignore[override]
        """Answer a request with JSON."""
        self.requests.append(request)
        return reply(self._answer(request))

    def close(self) -> None:
        """Nothing is open."""


def reply(document: object, status: int = 200) -> requests.Response:
    """A response with a JSON body; bytes are taken as they are."""
    response = requests.Response()
    response.status_code = status
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    response.raw = unread(body)
    return response


def unread(body: bytes) -> HTTPResponse:
    """A body as it comes from the network."""
    return HTTPResponse(BytesIO(body), preload_content=False)


def everything_about(error: BaseException) -> str:
    """Each text an error and whatever it drags along could show to anyone."""
    import traceback

    seen: set[int] = set()
    texts = ["".join(traceback.format_exception(error))]
    waiting: list[object] = [error]
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        texts.append(f"{item!r} {item!s}")
        if isinstance(item, BaseException):
            waiting += [item.__cause__, item.__context__, *item.args]
            waiting += vars(item).values()
            if hasattr(item, "message"):
                texts += [item.message(), item.hint()]
    return "\n".join(texts)
