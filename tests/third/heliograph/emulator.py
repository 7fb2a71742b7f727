"""Heliograph from the other side, and as strict as a made-up service can be."""

from __future__ import annotations

import hmac
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import ClassVar
from urllib.parse import parse_qs

from smsform.emulation import calls, reviewer, settings
from smsform.emulation.messages import (
    Answer,
    HttpReply,
    HttpRequest,
    Operation,
    Refusal,
    as_json,
)
from smsform.emulation.service import Service
from smsform.emulation.settings import Setting
from smsform.emulation.store import Entry, Place
from smsform.model import Kind, Review

from . import wire

KINDS = {wire.TEMPLATES: Kind.TEMPLATE, wire.SENDERS: Kind.SIGNATURE}
PATHS = {kind: path for path, kind in KINDS.items()}
STATUS: Mapping[str, str] = {
    Review.IN_REVIEW: wire.PENDING,
    Review.APPROVED: wire.APPROVED,
    Review.APPROVED_INACTIVE: wire.LIMITED,
    Review.REJECTED: wire.REJECTED,
    Review.CANCELLED: wire.WITHDRAWN,
    Review.UNKNOWN: "escalated",
}
CODES = {
    "bad_key": 401,
    "quota_exceeded": 402,
    "not_found": 404,
    "settled": 409,
    "bad_request": 400,
    "bad_text": 422,
    "slow_down": 429,
}
NAMED = {"GET": (False, True), "POST": (False,), "PUT": (True,), "DELETE": (True,)}
OPEN = (Review.IN_REVIEW, Review.REJECTED)
FIELDS = {
    Kind.TEMPLATE: ("text", "category", "remark", "sender"),
    Kind.SIGNATURE: ("remark", "purpose"),
}
OWN = ("category", "remark", "sender", "purpose")
ACCOUNT, RATE, QUOTA = "helio", {"GET": 10}, 500  # calls of an action a second: else 3

_TARGET = re.compile(r"(/v1/(?:templates|senders))(?:/([a-z]{3}-\d{1,12}))?")
_AUTHORIZATION = re.compile(r"Heliograph (\S+):([0-9a-f]{64})")


def refusal(code: str) -> Refusal:
    """The refusal with that code."""
    return Refusal(code, code.replace("_", " "))


class Heliostat(Service):
    """The emulated service of one provider."""

    table: ClassVar[Mapping[str, Setting]] = {
        "review": Setting({"after_reads": 2}, settings.review, "when an entry passes"),
        "normalise": Setting(False, settings.switch, "texts are kept in NFKC"),
        "pace": Setting(True, settings.switch, "keep the rates"),
    }
    reviews = frozenset(map(Review, STATUS))

    def receive(self, request: HttpRequest) -> Operation:
        """Check the signature, then find out what is meant."""
        target = request.path + (f"?{request.query}" if request.query else "")
        time = request.headers.get(wire.TIME.lower(), "")
        claim = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
        proof = wire.signature(
            wire.DEMO_SECRET, request.method, target, time, request.body
        )
        signed = claim and hmac.compare_digest(claim[2], proof)
        if not claim or not signed or claim[1] != wire.DEMO_ID or not time.isdecimal():
            raise refusal("bad_key")
        if abs(int(time) - self.clock.now()) > wire.WINDOW:
            raise refusal("bad_key")
        match = _TARGET.fullmatch(request.path)
        if not match or bool(match[2]) not in NAMED.get(request.method, ()):
            raise refusal("not_found")
        return Operation(
            wire.action(request.method, match[1], match[2] or ""),
            Place(self.provider, ACCOUNT, ""),
            {"id": match[2] or "", "query": request.query, **_body(request)},
            traits={"method": request.method, "kind": KINDS[match[1]]},
        )

    def admit(self, operation: Operation) -> None:
        """So many calls of an action a second."""
        place, action, now = operation.place, operation.action, self.clock.now()
        limit = RATE.get(str(operation.traits["method"]), 3)
        if self.settings["pace"] and (
            calls.recent(self.store, place, action, now, 1.0) >= limit
        ):
            raise refusal("slow_down")

    def run(self, operation: Operation) -> Answer:
        """Do what the method says."""
        method, kind = operation.traits["method"], Kind(str(operation.traits["kind"]))
        params, place = operation.params, operation.place
        if method == "POST":
            if self.store.count(place, kind) >= QUOTA:
                raise refusal("quota_exceeded")
            entry = self._submission(place, kind, params)
            entry = entry._replace(id=self.store.add(entry))
            return Answer(_item(entry), entry.id)
        if method == "GET" and not params["id"]:
            return Answer(self._page(place, kind, str(params["query"])))
        entry = self._find(place, kind, str(params["id"]))
        if method == "PUT":
            if entry.review not in OPEN:
                raise refusal("settled")
            entry = self._submission(place, kind, params)._replace(id=entry.id)
            self.store.replace(entry)
        elif method == "DELETE":
            self.store.remove(entry.id)
        return Answer(_item(entry), entry.id)

    def succeed(
        self, outcome: Answer | None, operation: Operation, request_id: str
    ) -> HttpReply:
        """The entry, or the page."""
        payload = outcome.payload if outcome else {}
        headers = [("X-Request-Id", request_id)]
        created = operation.traits["method"] == "POST"
        return HttpReply(as_json(payload), 201 if created else 200, headers=headers)

    def fail(
        self, refusal: Refusal, request: HttpRequest, request_id: str
    ) -> HttpReply:
        """The error under the status that belongs to it."""
        error = {"code": refusal.code, "message": refusal.message}
        headers = [("X-Request-Id", request_id)]
        if refusal.code == "slow_down":
            headers.append(("Retry-After", "1"))
        status = CODES.get(refusal.code, 400)
        return HttpReply(as_json({"error": error}), status, headers=headers)

    def refusal(self, code: str, action: str) -> Refusal:
        """What a fault asks for."""
        return refusal(code or "slow_down")

    def seed(self, items: Iterable[Mapping[str, object]]) -> int:
        """Entries past the rules; approved notifications unless they say otherwise."""
        place, now = Place(self.provider, ACCOUNT, ""), self.clock.now()
        return self.store.add_many(
            Entry(
                0,
                *place,
                kind=str(item.get("kind", Kind.TEMPLATE)),
                international=int(item.get("abroad") is True),
                name=str(item["name"]),
                text=str(item.get("text", "")),
                review=str(item.get("review", Review.APPROVED)),
                note=str(item.get("note", "")),
                created=now,
                data=as_json(
                    {
                        "category": "notification",
                        **{name: item[name] for name in OWN if name in item},
                    }
                ).decode(),
            )
            for item in items
        )

    def locate(self, id: str) -> Entry | None:
        """The entry with that id."""
        number = id.rpartition("-")[2]
        entry = self.store.entry(int(number)) if number.isdecimal() else None
        return entry if entry and entry.provider == self.provider else None

    def _page(self, place: Place, kind: Kind, query: str) -> dict[str, object]:
        [after] = parse_qs(query).get("after", ["0"])
        if not after.isdecimal():
            raise refusal("bad_request")
        entries = [
            entry
            for entry in self.store.everything()
            if entry[1:5] == (*place, kind) and entry.id > int(after)
        ]
        shown = [self._settled(entry, listed=True) for entry in entries[: wire.PAGE]]
        more = str(shown[-1].id) if len(entries) > wire.PAGE else None
        return {"items": [_item(entry) for entry in shown], "next": more}

    def _find(self, place: Place, kind: Kind, id: str) -> Entry:
        prefix, _, number = id.partition("-")
        entry = self.store.find(place, kind, int(number))
        if entry is None or f"{prefix}-" != wire.PREFIXES[PATHS[kind]]:
            raise refusal("not_found")
        return self._settled(entry)

    def _settled(self, entry: Entry, *, listed: bool = False) -> Entry:
        now = self.clock.now()
        return reviewer.settle(self.store, self.schedule, entry, now, listed=listed)

    def _submission(
        self, place: Place, kind: Kind, params: Mapping[str, object]
    ) -> Entry:
        given = {name: params.get(name) for name in ("name", *FIELDS[kind])}
        texts = {name: value for name, value in given.items() if isinstance(value, str)}
        if texts.keys() != given.keys() or not texts["name"]:
            raise refusal("bad_request")
        if texts.get("category", wire.CATEGORIES[0]) not in wire.CATEGORIES:
            raise refusal("bad_request")
        text = texts.pop("text", "")
        if kind is Kind.TEMPLATE and not text.strip():
            raise refusal("bad_text")
        if self.settings["normalise"]:
            text = unicodedata.normalize("NFKC", text)
        return Entry(
            0,
            *place,
            kind=kind,
            international=int(params.get("abroad") is True),
            name=texts.pop("name"),
            text=text,
            review=Review.IN_REVIEW,
            created=self.clock.now(),
            data=json.dumps(texts, ensure_ascii=False),
        )


def _body(request: HttpRequest) -> Mapping[str, object]:
    if not request.body:
        return {}
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise refusal("bad_request") from None
    if not isinstance(body, dict) or body.keys() & {"id", "query"}:
        raise refusal("bad_request")
    return body


def _item(entry: Entry) -> dict[str, object]:
    own = dict.fromkeys(FIELDS[Kind(entry.kind)], "") | entry.fields
    if entry.kind == Kind.TEMPLATE:
        own["text"] = entry.text
    return {
        "id": f"{wire.PREFIXES[PATHS[Kind(entry.kind)]]}{entry.id}",
        "name": entry.name,
        "status": STATUS[entry.review],
        "reason": entry.note,
        "abroad": bool(entry.international),
        "submitted": int(entry.created),
        **own,
    }
