"""The page itself, its files, and the messages as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from http import HTTPStatus
from importlib.resources import files
from math import isfinite
from string import Template
from urllib.parse import parse_qsl

from smsform.emulation import numbers, outbox
from smsform.emulation.guard import OURS
from smsform.emulation.messages import HttpReply, HttpRequest
from smsform.emulation.outbox_json import FIRST_KEY, FORMAT, item
from smsform.emulation.store import Store
from smsform.words import Language, say, spoken

MOST = 10_000  # messages in one answer
LARGEST = 2**63  # no id is larger
TYPES = {"page.css": "text/css", "page.js": "text/javascript"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
)
# Filled in by the script of the page.
FIELDS = {name: f"{{{name}}}" for name in ("shown", "all", "count")}
WORDS = (
    "title", "search", "counted", "nothing", "empty", "under_way", "delivered",
    "failed", "more", "segments", "lost",
)  # fmt: skip


def shown(store: Store, now: float, request: HttpRequest) -> HttpReply:
    """What a path below ``/_smsform/`` answers."""
    name = request.path.removeprefix(OURS)
    if request.method not in ("GET", "HEAD"):
        return _reply(b"", "text/plain", HTTPStatus.METHOD_NOT_ALLOWED)
    if request.path == OURS.rstrip("/"):
        return HttpReply(b"", HTTPStatus.FOUND, "text/plain", [("Location", OURS)])
    if name == "":
        return _reply(_page(), "text/html")
    if name == "messages":
        return _messages(store, now, dict(parse_qsl(request.query)))
    if name in TYPES:
        return _reply(_file(name).encode(), TYPES[name])
    return _reply(b"", "text/plain", HTTPStatus.NOT_FOUND)


def _reply(body: bytes, type: str, status: int = HTTPStatus.OK) -> HttpReply:
    return HttpReply(body, status, f"{type}; charset=utf-8", HEADERS)


@cache
def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _page() -> bytes:
    words = {word: say(f"outbox.{word}", **FIELDS) for word in WORDS}
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    shown = {name: escape(text) for name, text in words.items()}
    language = "zh" if spoken() is Language.ZH else "en"
    return (
        Template(_file("page.html"))
        .substitute(shown, words=data, language=language)
        .encode()
    )


def _messages(store: Store, now: float, query: Mapping[str, str]) -> HttpReply:
    """Newest first; *since* adds the receipts that came after that time.

    ``total`` counts all there are, so that a reader notices when some are gone.
    """
    number = numbers.read(query["to"], bare_abroad=True) if "to" in query else None
    if "to" in query and number is None:
        return _reply(b"", "text/plain", HTTPStatus.BAD_REQUEST)
    try:
        after, limit = int(query.get("after", 0)), int(query.get("limit", MOST))
        since = float(query.get("since", now))
    except ValueError:
        return _reply(b"", "text/plain", HTTPStatus.BAD_REQUEST)
    if not (0 <= after < LARGEST and limit >= 0 and isfinite(since)):
        return _reply(b"", "text/plain", HTTPStatus.BAD_REQUEST)
    to = number.text if number else None
    found = outbox.accepted(store, number=to, after=after, limit=min(limit, MOST))
    told = outbox.select(
        store,
        "shown = 1 AND refusal = '' AND due > ? AND due <= ? AND id <= ? LIMIT ?",
        (since, now, after, MOST),
    )
    document = {
        FIRST_KEY: FORMAT,
        "messages": [item(message, now) for message in found],
        "receipts": [item(message, now) for message in told],
        "now": now,
        "total": outbox.count_shown(store, to),
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return _reply(body.encode("utf-8", "replace"), "application/json")
