"""The API gateway in front of the actions: route, authenticate, pace, wrap.

Order of checks [I]: method and path; version and action; key, time, signature, nonce
and token; pace; what its policy permits the key; whether the action is in service;
parameters; then the account's and the action's own rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from smsform.clock import Clock
from smsform.emulation import calls, nonces, pushes
from smsform.emulation.messages import (
    Answer,
    HttpReply,
    HttpRequest,
    Operation,
    Refusal,
)
from smsform.emulation.service import Service
from smsform.emulation.settings import Settings
from smsform.emulation.store import Entry, Place, Store
from smsform.later import Later
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import (
    envelope,
    keys,
    parameters,
    replies,
    signs,
    storage,
    templates,
)
from smsform.providers.aliyun.emulator.account import FIRST_ID, Account, template_id
from smsform.providers.aliyun.emulator.envelope import Envelope
from smsform.providers.aliyun.emulator.sending_settings import LEAVING, MOST_PUSHED
from smsform.providers.aliyun.emulator.settings import LENIENCE, RATES, RETRIES, TABLE
from smsform.providers.aliyun.emulator.texts import missing, refusal, throttled

Action = Callable[[Account, parameters.Parameters], Answer]
WithFiles = Callable[[Account, parameters.Parameters, list[dict[str, str]]], Answer]

_ROOM = "smsform.providers.aliyun.emulator"
_SENDING = f"{_ROOM}.sending"
ACTIONS: Mapping[str, Action] = {
    wire.CREATE_TEMPLATE: templates.create,
    wire.UPDATE_TEMPLATE: templates.update,
    wire.GET_TEMPLATE: templates.get,
    wire.DELETE_TEMPLATE: templates.delete,
    wire.LIST_TEMPLATES: templates.query_list,
    wire.USABLE_TEMPLATES: Later(f"{_ROOM}.delivery", "query_usable"),
    wire.PERMIT_MATERIAL: storage.permit_material,
    wire.PERMIT_RECORD: storage.permit_record,
    wire.CREATE_SIGN: signs.create,
    wire.UPDATE_SIGN: signs.update,
    wire.GET_SIGN: signs.get,
    wire.DELETE_SIGN: signs.delete,
    wire.LIST_SIGNS: signs.query_list,
    wire.QUERY_LETTERS: Later(f"{_ROOM}.papers", "query_letters"),
    wire.QUERY_TRADEMARKS: Later(f"{_ROOM}.papers", "query_trademarks"),
    wire.QUERY_QUALIFICATION: Later(f"{_ROOM}.papers", "query_qualification"),
    wire.QUERY_APP_RECORDS: Later(f"{_ROOM}.papers", "query_app_records"),
    wire.OLD_ADD_TEMPLATE: Later(f"{_ROOM}.deprecated_actions", "add_template"),
    wire.OLD_MODIFY_TEMPLATE: Later(f"{_ROOM}.deprecated_actions", "modify_template"),
    wire.OLD_QUERY_TEMPLATE: Later(f"{_ROOM}.deprecated_actions", "query_template"),
    wire.OLD_QUERY_SIGN: Later(f"{_ROOM}.deprecated_actions", "query_sign"),
    wire.SEND: Later(f"{_SENDING}.send", "send"),
    wire.SEND_BATCH: Later(f"{_SENDING}.batch", "send"),
    wire.SEND_DETAILS: Later(f"{_SENDING}.records", "details"),
    wire.SEND_STATISTICS: Later(f"{_SENDING}.records", "statistics"),
}
WITH_FILES: Mapping[str, WithFiles] = {
    wire.OLD_ADD_SIGN: Later(f"{_ROOM}.deprecated_actions", "add_sign"),
    wire.OLD_MODIFY_SIGN: Later(f"{_ROOM}.deprecated_actions", "modify_sign"),
}
# Announced to be switched off, but not yet: document directory, read 2026-11-21.
STILL_SERVED = frozenset({wire.OLD_QUERY_SIGN})
# Real actions (client.py of SDK 4.6.0) that this emulator does not do.
ELSEWHERE = frozenset({
    "TagResources", "UntagResources", "ListTagResources",
    "SubmitSmsQualification", "CreateSmsTrademark",
    "CreateSmsAppIcpRecord", "CreateSmsAuthorizationLetter",
})  # fmt: skip
# Regions with entries of their own [I]; all others share the central one's.
APART = frozenset({"ap-southeast-1", "ap-southeast-5", "eu-central-1", "us-east-1"})
HOSTS = {host: region for region, host in wire.REGION_HOSTS.items()}


class Gateway(Service):
    """The emulated service of one provider."""

    table = TABLE
    reviews = frozenset(Review)
    retries = RETRIES
    bundles = dict.fromkeys((pushes.RECEIPT, pushes.REPLY), MOST_PUSHED)
    leaving = LEAVING
    domains = frozenset({"aliyuncs.com"})

    def __init__(
        self, provider: str, store: Store, clock: Clock, given: Settings, *, region: str
    ) -> None:
        super().__init__(provider, store, clock, given)
        self._region = region

    def _place(self, account: str, host: str = "") -> Place:
        """The place of a call's entries: by its host, else the provider's region."""
        name = host.partition(":")[0].lower()
        region = wire.REGION if name == wire.HOST else HOSTS.get(name, self._region)
        return Place(self.provider, account, region if region in APART else wire.REGION)

    def receive(self, request: HttpRequest) -> Operation:
        """Route by envelope and authenticate; the parameters stay texts."""
        if storage.is_post(request):
            return storage.receive(request, self._place(keys.ACCOUNT))
        opened = envelope.open_envelope(request)
        action = _route(request, opened)
        key = self._authenticate(request, opened)
        return Operation(
            action=action,
            place=self._place(key.account, request.headers.get("host", "")),
            params=opened.params,
            peer=request.peer,
            traits={
                "key": key,
                "xml": envelope.wants_xml(request),
                "host": request.headers.get("host", ""),
            },
        )

    def is_host(self, name: str) -> bool:
        """The central host or a region's."""
        return re.fullmatch(wire.API_HOST, name) is not None

    def asked(self, request: HttpRequest) -> str:
        """The action in the header, the form or the query."""
        if storage.is_post(request):
            return wire.POST_OBJECT
        return envelope.action_of(request)

    def _authenticate(self, request: HttpRequest, opened: Envelope) -> keys.AccessKey:
        now = self.clock.now()
        claim = envelope.claim(request, opened)
        key = keys.find_key(self.store, self.provider, claim.key_id)
        envelope.check_time(opened, self.times)
        envelope.verify(claim, key.secret)
        scope = f"{self.provider}:{key.id}"
        kept = 2 * wire.WINDOW  # a timestamp may be early by one, and be valid for two
        made = self.wall.now()  # the emulator's clock may pass a day in a second
        if not nonces.spend(self.store, scope, str(opened.nonce), made, kept):
            raise refusal("SignatureNonceUsed")
        keys.check_token(key, opened.token, now)
        return key

    def admit(self, operation: Operation) -> None:
        """At most RATES calls of an action a second, and the pause between templates.

        That the pause is enforced, and how, is [I]: the documents recommend it.
        """
        if not self.settings["pace"]:
            return
        place, action, now = operation.place, operation.action, self.clock.now()
        limit = RATES.get(action)
        if limit and calls.recent(self.store, place, action, now, 1.0) >= limit:
            raise self._throttled(1.0)
        pause = self.settings["pause"]
        assert isinstance(pause, float)
        if action in templates.CREATIONS and pause:
            since = now - pause + LENIENCE
            made = calls.succeeded(self.store, place, templates.CREATIONS, since, now)
            if made:
                raise self._throttled(made[-1] + pause - now)

    def _throttled(self, seconds: float) -> Refusal:
        wait = max(1, round(seconds * 1000)) if self.settings["retry_after"] else 0
        return throttled(str(self.settings["throttle_code"]), wait)

    def run(self, operation: Operation) -> Answer:
        """Check permission, service, parameters and account, then run the action."""
        if operation.action == wire.POST_OBJECT:
            return storage.store_object(self.store, operation, self.clock.now())
        action, key = operation.action, operation.traits["key"]
        assert isinstance(key, keys.AccessKey)
        if action in key.denied:
            raise refusal("isp.RAM_PERMISSION_DENY")
        retired = action in wire.RETIRED - STILL_SERVED
        if retired and not self.settings["old_actions"]:
            raise refusal(wire.OFFLINE)
        given = {name: str(value) for name, value in operation.params.items()}
        params = parameters.check(action, given)
        account = Account(
            store=self.store,
            place=operation.place,
            settings=self.settings,
            schedule=self.schedule,
            now=self.clock.now(),
            peer=operation.peer,
            host=str(operation.traits["host"]),
        )
        account.check()
        if action in WITH_FILES:
            return WITH_FILES[action](account, params, parameters.files(given))
        return ACTIONS[action](account, params)

    def succeed(
        self, outcome: Answer | None, operation: Operation, request_id: str
    ) -> HttpReply:
        """The payload beside Code, Message and RequestId."""
        if operation.action == wire.POST_OBJECT:
            return storage.stored(outcome, request_id.upper())
        payload = outcome.payload if outcome else None
        assert payload is None or isinstance(payload, dict)
        return replies.success(
            operation.action,
            payload,
            request_id.upper(),
            xml=bool(operation.traits["xml"]),
        )

    def fail(
        self, refusal: Refusal, request: HttpRequest, request_id: str
    ) -> HttpReply:
        """The gateway's refusals with their HTTP status, the backend's with 200."""
        if storage.is_post(request):
            return storage.denied(refusal, request_id.upper())
        xml = envelope.wants_xml(request)
        action = envelope.action_of(request)
        return replies.failure(refusal, action, request, request_id.upper(), xml=xml)

    def refusal(self, code: str, action: str) -> Refusal:
        """What a fault asks for; without a code it is the throttle's."""
        if action == wire.POST_OBJECT:
            return storage.Denied(code or "QpsLimitExceeded", "Refused on demand.")
        if not code:
            return self._throttled(1.0)
        if code.startswith("Throttling"):
            return throttled(code, 1000 if self.settings["retry_after"] else 0)
        return refusal(code, action=action)

    def seed(self, items: Iterable[Mapping[str, object]]) -> int:
        """Store entries in the demo account; returns how many."""
        from smsform.providers.aliyun.emulator import seeds

        place, now = self._place(keys.ACCOUNT), self.clock.now()
        return self.store.add_many(
            (seeds.entry(item, place, now) for item in items), above=FIRST_ID
        )

    def locate(self, id: str) -> Entry | None:
        """The template with that code or number, or the signature with that name."""
        place = self._place(keys.ACCOUNT)
        number = int(id) if id.isdecimal() and len(id) < 19 else template_id(id)
        if number is not None:
            entry = self.store.entry(number)
            return entry if entry and entry.provider == self.provider else None
        return next(iter(self.store.named(place, Kind.SIGNATURE, id)), None)

    def body(self, kind: str, items: Sequence[Entry | int]) -> bytes:
        """The report on a verdict; receipts, or replies, in an array."""
        from smsform.emulation import outbox, uplink
        from smsform.providers.aliyun.emulator import reports
        from smsform.providers.aliyun.emulator.sending import pushed

        if kind == pushes.RECEIPT:
            return pushed.receipts(outbox.by_id(self.store, items))
        if kind == pushes.REPLY:
            return pushed.replies(uplink.by_id(self.store, items))
        [entry] = items
        assert isinstance(entry, Entry)
        return reports.report(entry)

    def received(self, status: int, body: bytes) -> bool:
        """HTTP 200, and ``{"code": 0}`` in the body."""
        from smsform.providers.aliyun.emulator import reports

        return reports.received(status, body)


def _route(request: HttpRequest, opened: Envelope) -> str:
    if not opened.version:
        raise missing("Version")
    if opened.version != wire.VERSION:
        raise refusal("InvalidVersion")
    action = opened.action
    if not action:
        raise missing("Action")
    if action in ELSEWHERE:
        raise refusal("UnsupportedOperation", action=action)
    if action not in ACTIONS and action not in WITH_FILES:
        raise refusal("InvalidAction.NotFound", action=action)
    if request.method == "GET" and action in wire.POST_ONLY:
        raise refusal("UnsupportedHTTPMethod")
    return action
