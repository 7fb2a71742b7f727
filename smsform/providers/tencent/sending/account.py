"""The methods of sending on top of the client: send, receipts, the queue, counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from smsform.clock import Clock
from smsform.errors import Refused, Unreachable
from smsform.hours import BEIJING
from smsform.provider import Connection, ProviderConfig
from smsform.providers.tencent import codes, wire
from smsform.providers.tencent.access import access
from smsform.providers.tencent.sending import receipts
from smsform.providers.tencent.sending.client import Item, SendingClient
from smsform.sending import Count, NumberAnswer, Outgoing, Package, Receipt, Span
from smsform.sending.fields import text_of, whole
from smsform.words import tell

FURTHEST = 72 * 3600.0  # seconds of DescribeSendRecordList
FURTHEST_PULL = 7 * 24 * 3600.0  # and of PullSmsSendStatusByPhoneNumber
SLACK = 60.0  # seconds between a question and its call
MOST_RECORDS = 1000
MOST_PAGES = 40  # of packages; nobody has so many
OLDEST_PACKAGE = 3 * 366 * 24 * 3600.0  # seconds; a package is good for two years
HOUR = 3600.0
# The fields of CallbackStatusStatistics with reasons, and our words for them.
FAILURES = {
    "InternalErrorCount": "internal",
    "InvalidNumberCount": "invalid number",
    "ShutdownErrorCount": "shutdown",
    "BlackListCount": "black list",
    "FrequencyLimitCount": "frequency",
}


def open_sending(connection: Connection) -> TencentSending:
    """Open an account for sending; makes no call unless the keys come from a role."""
    config, keys, channel = access(connection)
    client = SendingClient(config, keys, channel, connection.clock)
    return TencentSending(client, config, connection.clock)


class TencentSending:
    """An account opened for sending, in one region, with one SMS application."""

    def __init__(
        self, client: SendingClient, config: ProviderConfig, clock: Clock
    ) -> None:
        self._client, self._clock = client, clock
        self._application = str(config.options.get("sms_sdk_app_id", ""))

    def send(self, outgoing: Outgoing) -> tuple[NumberAnswer, ...]:
        """SendSms: the answer for each number, in the order they were given."""
        fields: dict[str, object] = {
            "PhoneNumberSet": list(outgoing.numbers),
            "SmsSdkAppId": self._application,
            "TemplateId": outgoing.template,
            "TemplateParamSet": [value for _, value in outgoing.values],
            "SessionContext": outgoing.token,
        }
        more = {
            "SignName": outgoing.signature,
            "ExtendCode": outgoing.extend_code,
            "SenderId": outgoing.sender_id,
        }
        items = self._client.send(fields | {k: v for k, v in more.items() if v})
        by_number = {receipts.number_of(item): item for item in items}
        return tuple(
            _answer(number, by_number.get(number)) for number in outgoing.numbers
        )

    def receipts(self, number: str, since: float) -> tuple[Receipt, ...]:
        """The records of a number; where these are refused or too short, the pull by
        number. Refused where they are too short, and the pull is refused."""
        if self._clock.now() - since > FURTHEST + SLACK:
            try:
                return self._pulled(number, since)
            except Refused as refused:
                refused.advice = tell(
                    "support has to enable it; without it `--since 72h`"
                )
                raise
        try:
            return tuple(self._records(number, since))
        except Refused as refused:
            with suppress(Refused):
                return self._pulled(number, since)
            raise refused

    def traces(self, number: str, since: float) -> tuple[Receipt, ...]:
        """Records, and the pull by number, which has the token and does not always
        answer."""
        found: tuple[Receipt, ...] = ()
        with suppress(Refused, Unreachable):
            found = self._pulled(number, since)
        return (*found, *self._records(number, since))

    def pull(self) -> tuple[Receipt, ...]:
        """The next hundred receipts of the queue, which forgets them."""
        fields = {"Limit": wire.PAGE, "SmsSdkAppId": self._application}
        return tuple(map(receipts.pulled, self._client.pull(fields)))

    def pulled(self, body: bytes) -> tuple[Receipt, ...]:
        """The receipts in the body of such a reply."""
        try:
            response = json.loads(body)["Response"]
            items = response[wire.PAYLOAD[wire.PULL]]
        except (ValueError, LookupError, TypeError, RecursionError):  # another reply
            return ()
        items = items if isinstance(items, list) else []
        return tuple(receipts.pulled(item) for item in items if isinstance(item, dict))

    def counts(
        self, span: Span, international: bool | None, hourly: bool
    ) -> tuple[Count, ...]:
        """Both statistics for every hour or day; the service does not distinguish
        markets."""
        return tuple(self._count(each) for each in _parts(span, hourly))

    def packages(self) -> tuple[Package, ...]:
        """Every package of the last years."""
        now = self._clock.now()
        found: list[Package] = []
        for page in range(MOST_PAGES):
            fields = {
                "SmsSdkAppId": self._application,
                "BeginTime": _hour(now - OLDEST_PACKAGE),
                "EndTime": _hour(now - HOUR),
                "Limit": wire.PACKAGES_PAGE,
                "Offset": page * wire.PACKAGES_PAGE,
            }
            items = self._client.packages(fields)
            found += map(receipts.package, items)
            if len(items) < wire.PACKAGES_PAGE:
                break
        return tuple(found)

    def _records(self, number: str, since: float) -> Iterator[Receipt]:
        now = self._clock.now()
        for offset in range(0, MOST_RECORDS, wire.RECORDS_PAGE):
            fields = {
                "PhoneNumber": number,
                "SmsSdkAppId": self._application,
                "BeginTime": int(max(since, now - FURTHEST + SLACK)),
                "Limit": wire.RECORDS_PAGE,
                "Offset": offset,
            }
            items = self._client.records(fields)
            yield from map(receipts.recorded, items)
            if len(items) < wire.RECORDS_PAGE:
                return

    def _pulled(self, number: str, since: float) -> tuple[Receipt, ...]:
        now = self._clock.now()
        fields = {
            "PhoneNumber": number,
            "SmsSdkAppId": self._application,
            "BeginTime": int(max(since, now - FURTHEST_PULL + SLACK)),
            "Offset": 0,
            "Limit": wire.PAGE,
        }
        return tuple(map(receipts.pulled, self._client.statuses(fields)))

    def _count(self, span: Span) -> Count:
        # Both ends are hours that count, the document of SendStatusStatistics says.
        fields = {
            "SmsSdkAppId": self._application,
            "BeginTime": _hour(span.begin),
            "EndTime": _hour(span.end - HOUR),
            "Limit": 0,
            "Offset": 0,
        }
        sent, back = (
            self._client.send_counts(fields),
            self._client.callback_counts(fields),
        )
        number = whole
        return Count(
            span=span,
            international=None,
            requests=number(sent.get("RequestCount")),
            accepted=number(sent.get("RequestSuccessCount")),
            segments=number(sent.get("FeeCount")),
            delivered=number(back.get("CallbackSuccessCount")),
            failed=number(back.get("CallbackFailCount")),
            failures={
                name: number(back.get(field)) for field, name in FAILURES.items()
            },
        )


def _answer(number: str, item: Item | None) -> NumberAnswer:
    """The answer for one number; UNKNOWN when the reply leaves it out."""
    if item is None:
        return NumberAnswer(number, accepted=None)
    code = text_of(item, "Code")
    serial = text_of(item, "SerialNo")
    known = codes.meaning(code)
    accepted: bool | None = code == wire.SENT
    if not accepted and (known is None or known.scope is codes.UNCLEAR):
        accepted = None
    return NumberAnswer(
        number,
        accepted,
        serial,
        whole(item.get("Fee")),
        code,
        text_of(item, "Message"),
        known.advice if known else "",
    )


def _parts(span: Span, hourly: bool) -> Iterator[Span]:
    """The hours, or the days in Beijing, of *span*."""
    step = HOUR if hourly else 24 * HOUR
    begin = span.begin
    while begin < span.end:
        yield Span(begin, min(begin + step, span.end))
        begin += step


def _hour(moment: float) -> str:
    """An hour as the service spells it, in Beijing."""
    return datetime.fromtimestamp(moment, BEIJING).strftime("%Y%m%d%H")
