"""The API gateway in front of the actions: route, authenticate, pace, wrap.

Order of checks [I]: product, method, size; region, version, action; signature and
time; pace; parameters; then the account's and the action's own rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from msgspec.structs import replace

from smsform.clock import Clock
from smsform.emulation import calls, pushes
from smsform.emulation.messages import (
    Answer,
    HttpReply,
    HttpRequest,
    Lenience,
    Operation,
    Refusal,
    as_json,
)
from smsform.emulation.service import Service
from smsform.emulation.settings import Settings
from smsform.emulation.store import Entry, Place, Store
from smsform.later import Later
from smsform.model import Review
from smsform.pattern import pattern
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator import (
    envelope,
    keys,
    parameters,
    signs,
    templates,
)
from smsform.providers.tencent.emulator.account import STATUS, Account
from smsform.providers.tencent.emulator.envelope import Envelope
from smsform.providers.tencent.emulator.sending_settings import (
    LEAVING,
    MOST_RECEIPTS,
    RETRIES,
)
from smsform.providers.tencent.emulator.settings import RATES, TABLE
from smsform.providers.tencent.emulator.texts import GatewayRefusal, refusal

Action = Callable[[Account, parameters.Parameters], Answer]

_SENDING = "smsform.providers.tencent.emulator.sending"
# What accounts verified as a person may do, too.
SENDING: Mapping[str, Action] = {
    wire.SEND: Later(f"{_SENDING}.send", "send"),
    wire.SEND_ABROAD: Later(f"{_SENDING}.send", "send_abroad"),
    wire.PULL: Later(f"{_SENDING}.receipts", "pull"),
    wire.PULL_BY_NUMBER: Later(f"{_SENDING}.receipts", "pull_by_number"),
    wire.PULL_REPLIES: Later(f"{_SENDING}.replies", "pull"),
    wire.PULL_REPLIES_BY_NUMBER: Later(f"{_SENDING}.replies", "pull_by_number"),
    wire.DESCRIBE_RECORDS: Later(f"{_SENDING}.receipts", "records"),
    wire.SEND_STATISTICS: Later(f"{_SENDING}.statistics", "sent"),
    wire.CALLBACK_STATISTICS: Later(f"{_SENDING}.statistics", "received"),
    wire.PACKAGES: Later(f"{_SENDING}.statistics", "packages"),
    wire.DESCRIBE_NUMBERS: Later(f"{_SENDING}.numbers", "describe_numbers"),
    wire.REPORT_CONVERSION: Later(f"{_SENDING}.numbers", "report_conversion"),
}
ACTIONS: Mapping[str, Action] = {
    wire.ADD_TEMPLATE: templates.add,
    wire.MODIFY_TEMPLATE: templates.modify,
    wire.DELETE_TEMPLATE: templates.delete,
    wire.DESCRIBE_TEMPLATES: templates.describe_list,
    wire.ADD_SIGN: signs.add,
    wire.MODIFY_SIGN: signs.modify,
    wire.DELETE_SIGN: signs.delete,
    wire.DESCRIBE_SIGNS: signs.describe_list,
    **SENDING,
}
REGION = "ap-guangzhou"  # of seeds that name no region

_REGION = pattern(r"[a-z]{2}-[a-z]+(?:-[a-z0-9]+)*")


class Gateway(Service):
    """The emulated service of one provider."""

    table = TABLE
    reviews = frozenset(map(Review, STATUS))
    retries = RETRIES
    bundles: ClassVar[Mapping[str, int]] = {pushes.RECEIPT: MOST_RECEIPTS}
    leaving = LEAVING
    domains = frozenset({"tencentcloudapi.com"})

    def __init__(
        self,
        provider: str,
        store: Store,
        clock: Clock,
        given: Settings,
        *,
        site: str = "domestic",
        region: str = "",
    ) -> None:
        super().__init__(provider, store, clock, given)
        self._international_site = site == "international"
        self._region = region or REGION

    def receive(self, request: HttpRequest) -> Operation:
        """Route by envelope, authenticate, read the parameters.

        A body that cannot be read is refused by ``run``: pace comes before that.
        """
        opened = envelope.open_envelope(request)
        region, action = self._route(opened)
        key, lenience = self._authenticate(request, opened, action)
        params: parameters.Parameters = {}
        broken = None
        try:
            params = self._read(request, opened, action)
        except Refusal as error:
            broken = error
        return Operation(
            action=action,
            place=Place(self.provider, key.account, region),
            params=params,
            peer=request.peer,
            traits={
                "key": key,
                "broken": broken,
                "form": opened.form is not None,
                "old": opened.version == wire.OLD_VERSION,
            },
            lenience=lenience,
        )

    def is_host(self, name: str) -> bool:
        """Any host of the vendor's API; a call for another product is refused as
        there."""
        return re.fullmatch(wire.API_HOST, name) is not None

    def asked(self, request: HttpRequest) -> str:
        """The action in the header, the form or the query."""
        return envelope.action_of(request)

    def _route(self, opened: Envelope) -> tuple[str, str]:
        prefix = "X-TC-" if opened.tc3 else ""
        if opened.version is None:
            raise refusal("MissingParameter", name=f"{prefix}Version")
        old = opened.version == wire.OLD_VERSION and self.settings["old_version"]
        region = opened.region
        if region is None and not old:  # 2019-07-11 took none
            raise refusal("MissingParameter", name=f"{prefix}Region")
        if region is not None and not _REGION.fullmatch(region):
            raise refusal("InvalidParameterValue")
        if region is not None and region not in self._names("regions"):
            raise refusal("UnsupportedRegion", region=region)
        if opened.version != wire.VERSION and not old:
            raise refusal("NoSuchVersion", version=opened.version)
        if opened.action is None:
            raise refusal("MissingParameter", name=f"{prefix}Action")
        if opened.action not in (_old_actions() if old else ACTIONS):
            raise refusal("InvalidAction", action=opened.action)
        return region or self._region, opened.action

    def _names(self, setting: str) -> tuple[str, ...]:
        value = self.settings[setting]
        assert isinstance(value, tuple)
        return value

    def _authenticate(
        self, request: HttpRequest, opened: Envelope, action: str
    ) -> tuple[keys.AccessKey, Sequence[Lenience]]:
        now = self.clock.now()
        claim = envelope.claim(request, opened)
        key = keys.find_key(self.store, self.provider, claim.secret_id)
        envelope.check_time(opened, self.times)
        lenience = envelope.verify(claim, key.secret)
        keys.check_key(key, opened.token, action, request, now)
        if self.settings["sub_account"] and key == keys.DEMO:
            key = replace(key, main=False)
        return key, lenience

    def _read(
        self, request: HttpRequest, opened: Envelope, action: str
    ) -> parameters.Parameters:
        if opened.form is None:
            params = parameters.from_json(request.body)
        else:
            params = parameters.unflatten(opened.form)
        if opened.version != wire.OLD_VERSION:
            return params
        from smsform.providers.tencent.emulator import old_version

        return old_version.asked(action, params)

    def admit(self, operation: Operation) -> None:
        """At most RATES calls of an action in any second, counted per account."""
        if not self.settings["pace"]:
            return
        place, action, now = operation.place, operation.action, self.clock.now()
        limit = RATES.get(action)
        if limit is None:
            return
        count = calls.recent(self.store, place, action, now, 1.0)
        if count >= limit:
            code = str(self.settings["throttle_code"])
            raise refusal(code, times=count + 1, limit=limit)

    def run(self, operation: Operation) -> Answer:
        """Check parameters, then the account, then do the action."""
        if isinstance(broken := operation.traits["broken"], Refusal):
            raise broken
        strings_pass = bool(
            operation.traits["form"] or self.settings["numeric_strings"]
        )
        params = parameters.check(
            operation.action, operation.params, strings_pass=strings_pass
        )
        key = operation.traits["key"]
        assert isinstance(key, keys.AccessKey)
        account = Account(
            store=self.store,
            place=operation.place,
            settings=self.settings,
            schedule=self.schedule,
            now=self.clock.now(),
            peer=operation.peer,
            main=key.main,
            international_site=self._international_site,
        )
        account.check(enterprise=operation.action not in SENDING)
        return ACTIONS[operation.action](account, params)

    def succeed(
        self, outcome: Answer | None, operation: Operation, request_id: str
    ) -> HttpReply:
        """``{"Response": {payload, "RequestId"}}``."""
        payload = outcome.payload if outcome else {}
        assert isinstance(payload, dict)
        if operation.traits["old"]:
            from smsform.providers.tencent.emulator import old_version

            payload = old_version.answered(operation.action, payload)
        return HttpReply(as_json({"Response": {**payload, "RequestId": request_id}}))

    def fail(
        self, refusal: Refusal, request: HttpRequest, request_id: str
    ) -> HttpReply:
        """``{"Response": {"Error", "RequestId"}}``, HTTP 200 as for a success."""
        message = refusal.message
        if isinstance(refusal, GatewayRefusal) and envelope.language(request) == "zh":
            message = refusal.in_chinese
        error = {"Code": refusal.code, "Message": message}
        return HttpReply(
            as_json({"Response": {"Error": error, "RequestId": request_id}})
        )

    def refusal(self, code: str, action: str) -> Refusal:
        """What a fault asks for; without a code it is the throttle's."""
        if code:
            return refusal(code, action=action)
        limit = RATES.get(action, 0)
        throttle = str(self.settings["throttle_code"])
        return refusal(throttle, times=limit + 1, limit=limit)

    def seed(self, items: Iterable[Mapping[str, object]]) -> int:
        """Store entries in the demo account; returns how many."""
        from smsform.providers.tencent.emulator import seeds

        place = Place(self.provider, keys.ACCOUNT, self._region)
        now = self.clock.now()
        return self.store.add_many(seeds.entry(item, place, now) for item in items)

    def locate(self, id: str) -> Entry | None:
        """The entry with that number."""
        entry = self.store.entry(int(id)) if id.isdecimal() and len(id) < 19 else None
        return entry if entry and entry.provider == self.provider else None

    def body(self, kind: str, items: Sequence[Entry | int]) -> bytes:
        """Receipts in an array, replies one by one; verdicts are never pushed here."""
        from smsform.emulation import outbox, uplink
        from smsform.providers.tencent.emulator.sending import pushed

        if kind == pushes.RECEIPT:
            return pushed.receipts(outbox.by_id(self.store, items))
        [reply] = uplink.by_id(self.store, items)
        return pushed.reply(reply)

    def received(self, status: int, body: bytes) -> bool:
        """HTTP 200, and ``{"result": 0}`` in the body."""
        from smsform.providers.tencent.emulator.sending import pushed

        return pushed.received(status, body)


def _old_actions() -> frozenset[str]:
    from smsform.providers.tencent.emulator.old_version import ACTIONS

    return ACTIONS
