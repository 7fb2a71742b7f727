"""The template and signature actions, one method each.

A request is signed over the very bytes that are sent. A reply becomes its payload or an
error: a code that the table lists as a refusal is Refused; any other answer to a write
leaves open whether it was done, so it is Unclear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from smsform.account.chain import Keys
from smsform.account.health import CallHistory
from smsform.clock import Clock
from smsform.errors import ProviderError, Refused, Unreachable
from smsform.errors.answers import Answer, shown_text
from smsform.http import Channel, Reply, Request, always
from smsform.provider import Credentials, ProviderConfig
from smsform.providers.tencent import codes, wire
from smsform.providers.tencent.limits import PACE, reading_pace
from smsform.providers.tencent.signing import CallStyle, signed
from smsform.providers.tencent.sites import REGIONS
from smsform.version import __version__
from smsform.words import say

T = TypeVar("T")
Fields = Mapping[str, object]

LANGUAGE = "en-US"  # of the service's messages
AGENT = f"smsform/{__version__}"
LISTS = frozenset({wire.DESCRIBE_TEMPLATES, wire.DESCRIBE_SIGNS})
READS = LISTS | {
    wire.DESCRIBE_RECORDS,
    wire.PULL_BY_NUMBER,
    wire.SEND_STATISTICS,
    wire.CALLBACK_STATISTICS,
    wire.PACKAGES,
}
ID = {
    wire.ADD_TEMPLATE: "TemplateId",
    wire.DESCRIBE_TEMPLATES: "TemplateId",
    wire.ADD_SIGN: "SignId",
    wire.DESCRIBE_SIGNS: "SignId",
}
# A list that is left out may be an empty one, which no document says, or a reply that
# lost its payload: taking that for empty would submit everything again. So many replies
# that agree are believed.
BARE = 3


class Client:
    """Calls of one account in one region."""

    def __init__(
        self, config: ProviderConfig, keys: Keys, channel: Channel, clock: Clock
    ) -> None:
        self.provider, self.region = config.name, region(config)
        self._line = CallStyle(
            channel.base, config.http_method or "POST", config.sign_method or wire.TC3
        )
        self._language = config.language or LANGUAGE
        self._keys, self._channel, self._clock = keys, channel, clock
        self._pace = {**PACE, **dict.fromkeys(LISTS, reading_pace(config))}
        self.seen = CallHistory()

    def add_template(self, fields: Fields) -> str:
        """Apply for a template; its id."""
        return self._call(wire.ADD_TEMPLATE, fields, self._id, once=True)

    def modify_template(self, id: str, fields: Fields) -> None:
        """Replace a pending or rejected template; its review starts again."""
        self._call(
            wire.MODIFY_TEMPLATE, {"TemplateId": _number(id), **fields}, self._done
        )

    def delete_template(self, id: str) -> None:
        """Delete a template for good."""
        self._call(wire.DELETE_TEMPLATE, {"TemplateId": _number(id)}, self._done)

    def describe_templates(
        self,
        market: int,
        *,
        ids: Sequence[str] = (),
        offset: int = 0,
        wanted: Callable[[], bool] = always,
    ) -> tuple[Fields, ...]:
        """A page of the list, or the templates with these ids (at most 100)."""
        fields = _selection(market, "TemplateIdSet", ids, offset)
        return self._call(wire.DESCRIBE_TEMPLATES, fields, self._items, wanted)

    def add_sign(self, fields: Fields) -> str:
        """Apply for a signature; its id."""
        return self._call(wire.ADD_SIGN, fields, self._id, once=True)

    def modify_sign(self, id: str, fields: Fields) -> None:
        """Replace a pending or rejected signature; its review starts again."""
        self._call(wire.MODIFY_SIGN, {"SignId": _number(id), **fields}, self._done)

    def delete_sign(self, id: str) -> None:
        """Delete a signature for good."""
        self._call(wire.DELETE_SIGN, {"SignId": _number(id)}, self._done)

    def describe_signs(
        self,
        market: int,
        *,
        ids: Sequence[str] = (),
        offset: int = 0,
        wanted: Callable[[], bool] = always,
    ) -> tuple[Fields, ...]:
        """A page of the list, or the signatures with these ids (at most 100)."""
        fields = _selection(market, "SignIdSet", ids, offset)
        return self._call(wire.DESCRIBE_SIGNS, fields, self._items, wanted)

    def ready(self, action: str) -> None:
        """Wait until the pace lets a call of *action* go at once."""
        self._channel.ready(action, self._pace[action])

    def key(self) -> Credentials:
        """The key pair used now."""
        return self._keys()

    def answer(self, action: str, request_id: str = "") -> Answer:
        """Where an answer to *action* comes from, to say what is wrong with it."""
        return Answer(self.provider, action, action in READS, request_id)

    def _call(
        self,
        action: str,
        fields: Fields,
        take: Callable[[str, object], T | None],
        wanted: Callable[[], bool] = always,
        once: bool = False,
    ) -> T:
        def build() -> Request:
            return signed(self._line, self._common(action), fields, self._keys())

        bare = 0  # replies without the payload

        def read(reply: Reply) -> tuple[T, str]:
            nonlocal bare
            response, request_id = self._response(action, reply)
            bare += wire.PAYLOAD[action] not in response
            text = say("http.not_json")
            if action in READS and 0 < bare < BARE:
                raise Unreachable(self.provider, action, text, request_id)
            value = take(action, response.get(wire.PAYLOAD[action]))
            if value is None:
                raise self.answer(action, request_id).unusable(text)
            return value, request_id

        return self._channel.call(
            action,
            build,
            read,
            repeatable=action in READS,
            pace=self._pace[action],
            wanted=wanted,
            once=once,
        )

    def _common(self, action: str) -> dict[str, str]:
        return {
            "Action": action,
            "Version": wire.VERSION,
            "Timestamp": str(int(self._clock.now())),
            "Region": self.region,
            "Language": self._language,
            "RequestClient": AGENT,
        }

    def _response(self, action: str, reply: Reply) -> tuple[Fields, str]:
        """The object inside the envelope and the request id; raises the error
        otherwise."""
        self.seen.reply(reply.header("Date"), self._clock.now())
        response = _envelope(reply.body)
        if response is None:
            sentence = "http.not_json" if reply.status == 200 else "http.status"
            raise self.answer(action).unusable(say(sentence, status=reply.status))
        request_id = shown_text(response.get("RequestId"))
        answer = self.answer(action, request_id)
        if response.get("Error") is not None:
            error = self._error(answer, response["Error"])
            if error is not None:
                raise error
            return {wire.PAYLOAD[action]: None}, request_id
        if reply.status != 200:
            raise answer.unusable(say("http.status", status=reply.status))
        return response, request_id

    def _error(self, answer: Answer, told: object) -> ProviderError | None:
        """The error for an error envelope; None where it says that a list is empty."""
        fields = told if isinstance(told, dict) else {}
        code, message = (
            shown_text(fields.get("Code")),
            shown_text(fields.get("Message")),
        )
        if answer.read and code in codes.NOTHING_THERE:
            return None
        error = answer.error(code, message, codes.meaning(code))
        if isinstance(error, Refused):
            self.seen.refused(error)
        return error

    def _id(self, action: str, payload: object) -> str | None:
        id = payload.get(ID[action]) if isinstance(payload, dict) else None
        text = str(id) if isinstance(id, str | int) else ""
        return text if is_id(text) else None

    def _done(self, action: str, payload: object) -> bool | None:
        return True if isinstance(payload, dict) else None

    def _items(self, action: str, payload: object) -> tuple[Fields, ...] | None:
        """The list; absent, null and empty are the same to the service."""
        if payload is None:
            return ()
        if not isinstance(payload, list):
            return None
        key = ID[action]
        whole = all(
            isinstance(item, dict) and isinstance(item.get(key), (str, int))
            for item in payload
        )
        return tuple(payload) if whole else None


def region(config: ProviderConfig) -> str:
    """The region calls go to: the configured one, else the usual one of the site."""
    return config.region or REGIONS[config.site]


def is_id(text: str) -> bool:
    """Whether *text* can be an id: these are positive numbers."""
    return text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) < 20


def _number(id: str) -> int | str:
    return int(id) if is_id(id) else id  # the service refuses what is no id


def _selection(market: int, key: str, ids: Sequence[str], offset: int) -> Fields:
    # Limit is always there: with the default 0 the template list shows nothing.
    fields = {"International": market, "Limit": wire.PAGE, "Offset": offset}
    return {**fields, key: [int(id) for id in ids]} if ids else fields


def _envelope(body: bytes) -> dict[str, object] | None:
    try:
        document = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return None
    response = document.get("Response") if isinstance(document, dict) else None
    return response if isinstance(response, dict) else None
