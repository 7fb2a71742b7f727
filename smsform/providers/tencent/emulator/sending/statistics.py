"""Counts of an application's messages by hour in Beijing, and the account's package."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from smsform.emulation import package, traffic
from smsform.emulation.messages import Answer
from smsform.emulation.traffic import HourlyCount
from smsform.hours import BEIJING
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.account import Account, Item
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.sending import judge
from smsform.providers.tencent.emulator.sending_settings import GROUPS, OTHER_GROUP
from smsform.providers.tencent.emulator.texts import refusal

HOUR = "%Y%m%d%H"
LONGEST = 32 * 24  # hours CallbackStatusStatistics covers: document of the action
PACKAGE_ID, BOUGHT = 1_000_876_572, 1


def sent(account: Account, params: Parameters) -> Answer:
    """SendStatusStatistics: numbers asked for, accepted, and parts billed."""
    found = _counts(account, params)
    accepted = [count for count in found if count.accepted]
    return Answer(
        {
            wire.PAYLOAD[wire.SEND_STATISTICS]: {
                "FeeCount": sum(count.segments for count in accepted),
                "RequestCount": sum(count.messages for count in found),
                "RequestSuccessCount": sum(count.messages for count in accepted),
            }
        }
    )


def received(account: Account, params: Parameters) -> Answer:
    """CallbackStatusStatistics: receipts by cause, in the hour of sending."""
    found = [each for each in _counts(account, params, LONGEST) if each.accepted]
    told = [count for count in found if count.receipt]
    failed = [count for count in told if not count.delivered]
    groups: Counter[str] = Counter()
    for count in failed:
        groups[GROUPS.get(count.receipt, OTHER_GROUP)] += count.messages
    summary: Item = {
        "CallbackCount": sum(count.messages for count in told),
        "RequestSuccessCount": sum(count.messages for count in found),
        "CallbackFailCount": sum(count.messages for count in failed),
        "CallbackSuccessCount": sum(c.messages for c in told if c.delivered),
    }
    summary |= {name: groups[name] for name in {*GROUPS.values(), OTHER_GROUP}}
    return Answer({wire.PAYLOAD[wire.CALLBACK_STATISTICS]: summary})


def packages(account: Account, params: Parameters) -> Answer:
    """SmsPackagesStatistics: one package, bought for this year and the next.

    It is shown when it was valid in the hours asked for [I].
    """
    first, last = _hours(account, params)
    limit, offset = params["Limit"], params["Offset"]
    start = datetime(datetime.fromtimestamp(account.now, BEIJING).year, 1, 1)
    start = start.replace(tzinfo=BEIJING)
    end = start.replace(year=start.year + 2)
    shown = traffic.hour(start.timestamp()) <= last and first < traffic.hour(
        end.timestamp()
    )
    item: Item = {
        "PackageCreateTime": int(start.timestamp()),
        "PackageEffectiveTime": int(start.timestamp()),
        "PackageExpiredTime": int(end.timestamp()) - 1,
        "PackageAmount": account.settings["package"],
        "PackageType": BOUGHT,
        "PackageId": PACKAGE_ID,
        "CurrentUsage": package.used(account.store, account.place),
    }
    page = [item][offset : offset + limit] if shown else []
    return Answer({wire.PAYLOAD[wire.PACKAGES]: page})


def _counts(
    account: Account, params: Parameters, longest: int | None = None
) -> list[HourlyCount]:
    first, last = _hours(account, params)
    if longest and last - first >= longest:
        raise refusal("InvalidParameterValue.EndTimeVerifyFail")
    return traffic.counts(
        account.store,
        account.place,
        first,
        last,
        account.now,
        application=params["SmsSdkAppId"],
    )


def _hours(account: Account, params: Parameters) -> tuple[int, int]:
    """The hours asked for; Limit and Offset are documented as 0 and not looked at."""
    judge.check_application(account, params["SmsSdkAppId"])
    if params["Limit"] < 0:
        raise refusal("InvalidParameterValue.LimitVerifyFail")
    if params["Offset"] < 0:
        raise refusal("InvalidParameterValue.OffsetVerifyFail")
    first = _hour(params["BeginTime"], "InvalidParameterValue.BeginTimeVerifyFail")
    last = _hour(params["EndTime"], "InvalidParameterValue.EndTimeVerifyFail")
    if last < first:
        raise refusal("InvalidParameterValue.EndTimeVerifyFail")
    return first, last


def _hour(text: str, wrong: str) -> int:
    try:
        if len(text) != 10 or not text.isascii() or not text.isdigit():
            raise ValueError(text)
        read = datetime.strptime(text, HOUR).replace(tzinfo=BEIJING)
        return traffic.hour(read.timestamp())
    except (ValueError, OverflowError) as error:
        raise refusal(wrong) from error
