"""The template and signature actions, one method each.

A request is signed over the very bytes that are sent. A reply becomes its payload or an
error: a code that the table lists as a refusal is Refused; any other answer to a write
leaves open whether it was done, so it is Unclear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

import msgspec

from smsform.account.chain import Keys
from smsform.account.health import CallHistory
from smsform.account.listing import Fields, Page
from smsform.clock import Clock
from smsform.errors import ProviderError, Refused, Scope
from smsform.errors.answers import Answer, shown_text
from smsform.http import Channel, Reply, Request, always
from smsform.model import Value
from smsform.provider import Accepted, Credentials, ProviderConfig
from smsform.providers.aliyun import codes, replies, wire
from smsform.providers.aliyun.limits import paces
from smsform.providers.aliyun.signing import Call, CallStyle, signed
from smsform.words import say

T = TypeVar("T")
Params = Mapping[str, Value]

READS = frozenset({
    wire.GET_TEMPLATE, wire.LIST_TEMPLATES, wire.GET_SIGN, wire.LIST_SIGNS,
    wire.USABLE_TEMPLATES, *wire.PAPERS, wire.PERMIT_MATERIAL, wire.PERMIT_RECORD,
    wire.SEND_DETAILS, wire.SEND_STATISTICS,
})  # fmt: skip
CREATES = frozenset({wire.CREATE_TEMPLATE, wire.CREATE_SIGN})


class Client:
    """Calls of one account. A signature is called by its name, which is its id."""

    def __init__(
        self, config: ProviderConfig, keys: Keys, channel: Channel, clock: Clock
    ) -> None:
        self.provider = config.name
        self._line = CallStyle(
            channel.base, config.http_method or "POST", config.sign_method or wire.ACS3
        )
        self._keys, self._channel, self._clock = keys, channel, clock
        self._pace = paces(config.account)
        self.seen = CallHistory()

    def create_template(self, fields: Params) -> Accepted:
        """Apply for a template; its code and its order."""
        return self._call(wire.CREATE_TEMPLATE, fields, replies.accepted, once=True)

    def update_template(self, code: str, fields: Params) -> Accepted:
        """Replace a rejected template; its review starts again, as a new order."""
        sent = {**fields, "TemplateCode": code}
        return Accepted(code, self._call(wire.UPDATE_TEMPLATE, sent, replies.order))

    def get_template(self, code: str) -> Fields | None:
        """All the service shows of a template; None when there is none."""
        return self._get(wire.GET_TEMPLATE, code)

    def delete_template(self, code: str) -> None:
        """Delete a template for good."""
        self._call(wire.DELETE_TEMPLATE, {"TemplateCode": code}, replies.done)

    def list_templates(
        self, page: int, wanted: Callable[[], bool] = always
    ) -> Page[Fields]:
        """A page of the list; the first is 1."""
        return self._list(wire.LIST_TEMPLATES, page, wanted)

    def usable_template(self, code: str) -> Fields | None:
        """A template's row of GetSmsTemplateList: whether it can be sent."""

        def row(action: str, reply: Fields) -> tuple[Fields, ...] | None:
            data = reply.get("Data")
            items = data.get("List") if isinstance(data, Mapping) else None
            if not isinstance(items, list):
                return None
            rows = [item for item in items if isinstance(item, Mapping)]
            return tuple(item for item in rows if item.get("TemplateCode") == code)

        fields: Params = {"TemplateCode": code, "PageIndex": 1, "PageSize": wire.PAGE}
        found = self._call(wire.USABLE_TEMPLATES, fields, row)
        return found[0] if found else None

    def papers(self, action: str, fields: Mapping[str, str]) -> tuple[Fields, ...]:
        """The papers that one action of wire.PAPERS returns; () for none."""

        def rows(action: str, reply: Fields) -> tuple[Fields, ...] | None:
            data = reply.get("Data") or []
            items = data if isinstance(data, list) else [data]
            found = tuple(item for item in items if isinstance(item, Mapping))
            return found if len(found) == len(items) else None

        return self._call(action, fields, rows)

    def permit(self, action: str) -> Fields:
        """Permission to upload one file, as the service gives it."""

        def model(action: str, reply: Fields) -> Fields | None:
            found = reply.get("Model")
            return found if isinstance(found, Mapping) else None

        return self._call(action, wire.PERMIT_PARAMETERS[action], model)

    def create_sign(self, fields: Params) -> Accepted:
        """Apply for a signature; its name and its order."""
        return self._call(wire.CREATE_SIGN, fields, replies.accepted, once=True)

    def update_sign(self, name: str, fields: Params) -> Accepted:
        """Replace all of a signature but its name; its review starts again."""
        sent = {**fields, "SignName": name}
        return Accepted(name, self._call(wire.UPDATE_SIGN, sent, replies.order))

    def get_sign(self, name: str) -> Fields | None:
        """All the service shows of a signature; None when there is none."""
        return self._get(wire.GET_SIGN, name)

    def delete_sign(self, name: str) -> None:
        """Delete a signature for good."""
        self._call(wire.DELETE_SIGN, {"SignName": name}, replies.done)

    def list_signs(
        self, page: int, wanted: Callable[[], bool] = always
    ) -> Page[Fields]:
        """A page of the list; the first is 1."""
        return self._list(wire.LIST_SIGNS, page, wanted)

    def ready(self, action: str) -> None:
        """Wait until the pace lets a call of *action* go at once."""
        self._channel.ready(action, self._pace[action])

    def now(self) -> float:
        """The time at the account, unix seconds."""
        return self._clock.now()

    def key(self) -> Credentials:
        """The key pair used now."""
        return self._keys()

    def _get(self, action: str, id: str) -> Fields | None:
        def whole(action: str, reply: Fields) -> Fields | None:
            return reply if replies.id_of(action, reply) == id else None

        try:
            return self._call(action, {replies.ID[action]: id}, whole)
        except Refused as refused:
            if refused.scope is Scope.GONE:
                return None
            raise

    def _list(self, action: str, page: int, wanted: Callable[[], bool]) -> Page[Fields]:
        fields = {"PageIndex": page, "PageSize": wire.PAGE}
        return self._call(action, fields, replies.page, wanted)

    def _call(
        self,
        action: str,
        fields: Params,
        take: Callable[[str, Fields], T | None],
        wanted: Callable[[], bool] = always,
        once: bool = False,
    ) -> T:
        sent = {name: _spelled(value) for name, value in fields.items()}

        def build() -> Request:
            date = datetime.fromtimestamp(self._clock.now(), UTC)
            call = Call(action, date.strftime(wire.UTC_DATE), uuid4().hex)
            return signed(self._line, call, sent, self._keys())

        def read(reply: Reply) -> tuple[T, str]:
            response, request_id = self._response(action, reply)
            value = take(action, response)
            if value is None:
                answer = self._answer(action, request_id)
                raise answer.unusable(say("http.not_json"))
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

    def _response(self, action: str, reply: Reply) -> tuple[Fields, str]:
        """The payload of a success and the request id; raises the error otherwise."""
        self.seen.reply(reply.header("Date"), self._clock.now())
        response = _object(reply.body)
        if response is None:
            sentence = "http.not_json" if reply.status == 200 else "http.status"
            raise self._answer(action).unusable(say(sentence, status=reply.status))
        request_id = shown_text(response.get("RequestId"))
        code = shown_text(response.get("Code"))
        answer = self._answer(action, request_id)
        if code and code != wire.OK:
            raise self._error(answer, code, reply, shown_text(response.get("Message")))
        if reply.status != 200:
            raise answer.unusable(say("http.status", status=reply.status))
        if not code:
            raise answer.unusable(say("http.not_json"))
        return response, request_id

    def _error(
        self, answer: Answer, code: str, reply: Reply, message: str
    ) -> ProviderError:
        """The error for a code other than OK, the gateway's or the service's."""
        known = codes.meaning(code, reply.status)
        if known and known.scope is Scope.GONE and answer.action in CREATES:
            # A creation is about no entry of its own that could be gone.
            known = known._replace(scope=Scope.ENTRY)
        error = answer.error(code, message, known, _wish(reply))
        if isinstance(error, Refused):
            self.seen.refused(error)
        return error

    def _answer(self, action: str, request_id: str = "") -> Answer:
        return Answer(self.provider, action, action in READS, request_id)


def _spelled(value: Value) -> str:
    """A value as the gateway reads it; true and false are in lower case."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wish(reply: Reply) -> float:
    """Seconds the gateway asks to wait; it counts in milliseconds. 0 for nonsense."""
    return (replies.number(reply.header(wire.RETRY_AFTER)) or 0) / 1000


def _object(body: bytes) -> Fields | None:
    try:
        document = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None
