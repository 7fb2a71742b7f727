"""Version 2019-07-11, as the official SDK still speaks it beside today's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20190711 import models, sms_client
from tencentcloud.sms.v20210111 import sms_client as today

from smsform.emulation import outbox, uplink
from smsform.emulation.server import Server
from smsform.emulation.service import Service
from smsform.emulation.store import Store
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator import old_version
from smsform.testing.emulators import NOON, HeldClock
from tencent.official import build
from tencent.test_emulated_tencent_sending import SEEDS

APP = {"SmsSdkAppid": "1400006666"}
HOURS = {
    **APP,
    "StartDateTime": 2026030400,
    "EndDataTime": 2099010100,
    "Limit": 0,
    "Offset": 0,
}
NUMBER, BARE = "+8613800138000", "13800138000"
pytestmark = pytest.mark.judge


@pytest.fixture
def clock() -> HeldClock:
    """Noon in Beijing."""
    return HeldClock(NOON)


@pytest.fixture
def app(store: Store, clock: HeldClock) -> Service:
    """An emulator that knows that version."""
    found = build(store, clock, old_version=True)
    found.seed(SEEDS)
    return found


@pytest.fixture
def client(app: Service) -> Iterator[sms_client.SmsClient]:
    """The SDK's client of that version, which names no region."""
    with Server(app) as server:
        http = HttpProfile(protocol="http", endpoint=f"127.0.0.1:{server.port}")
        key = Credential(wire.DEMO_SECRET_ID, wire.DEMO_SECRET_KEY)
        made = sms_client.SmsClient(key, "", ClientProfile(httpProfile=http))
        yield made
        made.request.conn._session.close()


def ask(client: sms_client.SmsClient, action: str, **params: Any) -> Any:
    """The reply, as the class that the SDK has for it."""
    request = getattr(models, f"{action}Request")()
    request._deserialize(params)
    return getattr(client, action)(request)


def everything(item: Any) -> dict[str, Any]:
    """Every field of a reply's class; None where the service says nothing of it."""
    return {name[1:]: value for name, value in vars(item).items()}


def test_a_message_its_receipt_its_reply_and_its_counts(
    client: sms_client.SmsClient, app: Service, clock: HeldClock
) -> None:
    """No field of that version's answers is left empty, and none is of today's."""
    sent = ask(
        client,
        "SendSms",
        **APP,
        PhoneNumberSet=[BARE],
        TemplateID="1110",
        Sign="示例商城",
        TemplateParamSet=["4711", "5"],
    )
    [status] = sent.SendStatusSet
    assert (status.Code, status.PhoneNumber) == ("Ok", NUMBER)

    clock.sleep(10)
    [message] = outbox.accepted(app.store)
    uplink.hear(app, message, "好的")
    since = {"SendDateTime": int(NOON) - 60, "EndDateTime": int(NOON) + 60}
    page = {**APP, "Limit": 10}
    of_number = {**page, **since, "Offset": 0, "PhoneNumber": NUMBER}
    for action, more in {
        "PullSmsSendStatus": page,
        "PullSmsSendStatusByPhoneNumber": of_number,
    }.items():
        [receipt] = ask(client, action, **more).PullSmsSendStatusSet
        assert everything(receipt) == {
            "UserReceiveTime": "2026-03-04 12:00:03",
            "UserReceiveUnixTime": int(NOON) + 3,
            "NationCode": "86",
            "PurePhoneNumber": NUMBER,
            "PhoneNumber": BARE,
            "SerialNo": status.SerialNo,
            "ReportStatus": "SUCCESS",
            "Description": "DELIVRD",
        }
    for action, more in {
        "PullSmsReplyStatus": page,
        "PullSmsReplyStatusByPhoneNumber": of_number,
    }.items():
        [reply] = ask(client, action, **more).PullSmsReplyStatusSet
        assert everything(reply) == {
            "ExtendCode": "",
            "NationCode": "86",
            "PhoneNumber": NUMBER,
            "Sign": "示例商城",
            "ReplyContent": "好的",
            "ReplyTime": "2026-03-04 12:00:10",
            "ReplyUnixTime": int(NOON) + 10,
        }

    counted = ask(client, "SendStatusStatistics", **HOURS).SendStatusStatistics
    assert everything(counted) == {
        "FeeCount": 1,
        "RequestCount": 1,
        "RequestSuccessCount": 1,
    }
    called = ask(
        client, "CallbackStatusStatistics", **{**HOURS, "EndDataTime": 2026030423}
    )
    assert called.CallbackStatusStatistics.CallbackSuccessCount == 1
    found = ask(client, "SmsPackagesStatistics", **APP, Limit=10, Offset=0)
    [package] = found.SmsPackagesStatisticsSet
    assert all(value is not None for value in everything(package).values())
    assert package.PackageEffectiveTime == "2026-01-01 00:00:00"
    assert package.CurrentUsage == 1


def test_what_came_later_is_unknown(client: sms_client.SmsClient) -> None:
    """Actions of today's version alone."""
    theirs = {name for name in vars(type(client)) if name[0].isupper()}
    assert theirs == old_version.ACTIONS
    later = {name for name in vars(today.SmsClient) if name[0].isupper()} - theirs
    for action in later:
        with pytest.raises(TencentCloudSDKException) as raised:
            client.call_json(action, {})
        assert raised.value.code == "InvalidAction"
