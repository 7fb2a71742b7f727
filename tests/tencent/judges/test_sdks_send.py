"""What the service's own samples show: send, status, statistics, add a template.

Each through the official SDKs of Python, Node, Java and Go, as the samples do but for
endpoint, scheme, keys and SmsType.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

import pytest
from witnesses import Account, NodeSdk

from sdk_programs import LANGUAGES, Call, compiled, driven, need_node, served
from smsform.emulation import outbox
from smsform.emulation.store import Store
from smsform.hours import BEIJING
from smsform.providers.tencent import SPEC
from tencent.official import Sdk

pytestmark = pytest.mark.judge

SEEDS: Sequence[Mapping[str, Any]] = (
    {"SignName": "示例商城"},
    {
        "TemplateId": 1110,
        "TemplateName": "c",
        "SmsType": 3,
        "TemplateContent": "{1}为您的登录验证码。",
    },
)


@contextmanager
def calling(
    language: str, store: Store, factory: pytest.TempPathFactory
) -> Iterator[Call]:
    """The official SDK of a language, as a function."""
    with ExitStack() as opened:
        port = opened.enter_context(served(SPEC.type, store, SEEDS))
        if language in ("java", "go"):
            program = compiled(language, factory)
            yield opened.enter_context(driven(program, SPEC.type, port))
            return
        if language == "python":
            yield lambda action, **params: Sdk(port).typed(action, params)
            return
        need_node()
        account = Account(port, SPEC.demo.id, SPEC.demo.secret)
        process = NodeSdk(account, "TC3-HMAC-SHA256", "POST")
        opened.callback(process.close)
        yield lambda action, **params: process.call(action, **params).reply


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_four_samples(
    store: Store, language: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SendSms, PullSmsSendStatusByPhoneNumber, SendStatusStatistics, AddSmsTemplate."""
    with calling(language, store, tmp_path_factory) as call:
        application, number = "1400006666", "+8613800138000"
        [status] = call(
            "SendSms",
            PhoneNumberSet=[number],
            SmsSdkAppId=application,
            TemplateId="1110",
            SignName="示例商城",
            TemplateParamSet=["004711"],
            SessionContext="s",
        )["SendStatusSet"]
        assert (status["Code"], status["Fee"]) == ("Ok", 1)
        [receipt] = call(
            "PullSmsSendStatusByPhoneNumber",
            BeginTime=int(time.time()) - 60,
            Offset=0,
            Limit=10,
            PhoneNumber=number,
            SmsSdkAppId=application,
        )["PullSmsSendStatusSet"]
        assert receipt["SerialNo"] == status["SerialNo"]
        [pulled] = call("PullSmsSendStatus", Limit=10, SmsSdkAppId=application)[
            "PullSmsSendStatusSet"
        ]
        assert pulled["ReportStatus"] == "SUCCESS"
        hour = datetime.now(BEIJING).strftime("%Y%m%d")
        counted = call(
            "SendStatusStatistics",
            BeginTime=f"{hour}00",
            EndTime=f"{hour}23",
            SmsSdkAppId=application,
            Limit=5,
            Offset=0,
        )["SendStatusStatistics"]
        assert counted["RequestSuccessCount"] == 1
        added = call(
            "AddSmsTemplate",
            TemplateName="模板",
            TemplateContent="{1}为您的登录验证码。",
            SmsType=3,
            International=0,
            Remark="登录时发送",
        )["AddTemplateStatus"]
        assert added["TemplateId"]
        assert [each.text for each in outbox.accepted(store)] == [
            "【示例商城】004711为您的登录验证码。"
        ]
