"""The methods of sending on top of the client: send, receipts, counts.

The service has no queue to pull from (but a message queue of another product), so
receipts are asked for by number, or read from what the service pushed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from smsform.clock import Clock
from smsform.errors import Refused
from smsform.hours import BEIJING
from smsform.provider import Connection
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.access import access
from smsform.providers.aliyun.sending import receipts
from smsform.providers.aliyun.sending.client import SendingClient
from smsform.sending import Count, NumberAnswer, Outgoing, Package, Receipt, Span

FURTHEST = 30 * 24 * 3600.0  # seconds of QuerySendDetails
MOST_PAGES = 40  # nobody gets two thousand messages a day; of counts: years
MARKETS = {False: wire.STATISTICS_DOMESTIC, True: wire.STATISTICS_ABROAD}


def open_sending(connection: Connection) -> AliyunSending:
    """Open an account for sending; makes no call unless the keys come from a role."""
    config, keys, channel, _ = access(connection)
    client = SendingClient(config, keys, channel, connection.clock)
    return AliyunSending(client, connection.clock)


class AliyunSending:
    """An account opened for sending."""

    def __init__(self, client: SendingClient, clock: Clock) -> None:
        self._client, self._clock = client, clock

    def send(self, outgoing: Outgoing) -> tuple[NumberAnswer, ...]:
        """SendSms: one answer holds for all numbers, which share a BizId."""
        spelt = _bare if outgoing.international else str
        fields = {
            "PhoneNumbers": ",".join(map(spelt, outgoing.numbers)),
            "SignName": outgoing.signature,
            "TemplateCode": outgoing.template,
            "OutId": outgoing.token,
        }
        if outgoing.values:
            values = dict(outgoing.values)
            fields["TemplateParam"] = json.dumps(values, ensure_ascii=False)
        if outgoing.extend_code:
            fields["SmsUpExtendCode"] = outgoing.extend_code
        biz_id = self._client.send(fields)
        return tuple(
            NumberAnswer(number, accepted=True, serial=biz_id, code=wire.OK)
            for number in outgoing.numbers
        )

    def receipts(self, number: str, since: float) -> tuple[Receipt, ...]:
        """The messages to a number, day by day, the newest day first."""
        now = self._clock.now()
        begin = max(since, now - FURTHEST)
        found = [
            receipt
            for day in _days(begin, now)
            for receipt in self._of_day(number, day)
            if receipt.sent >= begin - 1 or not receipt.sent
        ]
        return tuple(sorted(found, key=lambda each: -each.sent))

    def traces(self, number: str, since: float) -> tuple[Receipt, ...]:
        """The same: these records show the token."""
        return self.receipts(number, since)

    def pull(self) -> tuple[Receipt, ...]:
        """Nothing: there is no queue; the card says what to do instead."""
        return ()

    def pulled(self, body: bytes) -> tuple[Receipt, ...]:
        """Nothing: there is no queue."""
        return ()

    def counts(
        self, span: Span, international: bool | None, hourly: bool
    ) -> tuple[Count, ...]:
        """A count a day and market; of both markets for None."""
        markets = [international] if international is not None else [False, True]
        return tuple(
            each for market in markets for each in self._of_market(span, market)
        )

    def packages(self) -> tuple[Package, ...]:
        """Nothing: no action tells them."""
        return ()

    def _of_day(self, number: str, day: str) -> Iterator[Receipt]:
        for page in range(1, MOST_PAGES + 1):
            fields: dict[str, int | str] = {
                "PhoneNumber": _asked(number),
                "SendDate": day,
                "PageSize": wire.PAGE,
                "CurrentPage": page,
            }
            items = self._client.details(fields).items
            yield from (receipts.detailed(item, number) for item in items)
            if len(items) < wire.PAGE:
                return

    def _of_market(self, span: Span, international: bool) -> Iterator[Count]:
        fields: dict[str, int | str] = {
            "IsGlobe": MARKETS[international],
            "StartDate": _day(span.begin),
            "EndDate": _day(span.end - 1),
            "PageSize": wire.PAGE,
        }
        for page in range(1, MOST_PAGES + 1):
            try:
                items = self._client.statistics({**fields, "PageIndex": page}).items
            except Refused as refused:
                # An account that never sent abroad may not have that market.
                if international and refused.code in NOT_ABROAD:
                    return
                raise
            for item in items:
                yield receipts.counted(item, international)
            if len(items) < wire.PAGE:
                return


NOT_ABROAD = frozenset({"isv.PRODUCT_UNSUBSCRIBE", "isv.PRODUCT_UN_SUBSCRIPT"})  # [I]


def _bare(number: str) -> str:
    """Country code and number, without a plus sign: so the service has them abroad."""
    return number.removeprefix("+")


def _asked(number: str) -> str:
    """A number as records are asked for: one of the mainland without its country."""
    return number.removeprefix("+86") if number.startswith("+86") else _bare(number)


def _days(begin: float, end: float) -> Iterator[str]:
    """The days in Beijing from *end* back to *begin*."""
    day = datetime.fromtimestamp(end, BEIJING).date()
    first = datetime.fromtimestamp(begin, BEIJING).date()
    while day >= first:
        yield day.strftime("%Y%m%d")
        day -= timedelta(days=1)


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, BEIJING).strftime("%Y%m%d")
