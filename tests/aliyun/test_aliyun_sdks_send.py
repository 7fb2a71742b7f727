"""What the service's own samples show: send, status, statistics, add a template.

Each through the official SDKs of Python, Node, Java and Go, as the samples do but for
endpoint, scheme and keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

import pytest
from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.models import Config

from sdk_processes import NodeProcess
from sdk_programs import LANGUAGES, Call, compiled, driven, need_node, served
from smsform.emulation import outbox
from smsform.emulation.store import Store
from smsform.hours import BEIJING
from smsform.providers.aliyun import SPEC

pytestmark = pytest.mark.judge

SEEDS: Sequence[Mapping[str, Any]] = (
    {"SignName": "示例商城"},
    {
        "TemplateCode": "SMS_1110",
        "TemplateName": "c",
        "TemplateType": 0,
        "TemplateContent": "${code}为您的登录验证码。",
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
            yield python_sdk(port)
            return
        need_node()
        setup = {
            "port": port,
            "accessKeyId": SPEC.demo.id,
            "accessKeySecret": SPEC.demo.secret,
            "signatureAlgorithm": None,
        }
        process = NodeProcess("aliyun.mjs", setup)
        opened.callback(process.close)
        yield lambda action, **params: process.ask(action, params)["response"]


def python_sdk(port: int) -> Call:
    """The official SDK of Python, as a function."""
    client = Client(
        Config(
            access_key_id=SPEC.demo.id,
            access_key_secret=SPEC.demo.secret,
            protocol="http",
            endpoint=f"127.0.0.1:{port}",
        )
    )
    verbs = {
        "SendSms": client.send_sms,
        "QuerySendDetails": client.query_send_details,
        "QuerySendStatistics": client.query_send_statistics,
        "CreateSmsTemplate": client.create_sms_template,
    }

    def call(action: str, **params: Any) -> Mapping[str, Any]:
        request = getattr(models, f"{action}Request")().from_map(params)
        body: Mapping[str, Any] = verbs[action](request).body.to_map()
        return body

    return call


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_four_samples(
    store: Store, language: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SendSms, QuerySendDetails, QuerySendStatistics, CreateSmsTemplate."""
    with calling(language, store, tmp_path_factory) as call:
        today = datetime.now(BEIJING).strftime("%Y%m%d")
        sent = call(
            "SendSms",
            PhoneNumbers="13800138000",
            SignName="示例商城",
            TemplateCode="SMS_1110",
            TemplateParam=json.dumps({"code": "004711"}),
            OutId="o",
        )
        assert sent["Code"] == "OK"
        details = call(
            "QuerySendDetails",
            PhoneNumber="13800138000",
            SendDate=today,
            PageSize=10,
            CurrentPage=1,
            BizId=sent["BizId"],
        )
        [row] = details["SmsSendDetailDTOs"]["SmsSendDetailDTO"]
        assert (row["SendStatus"], row["ErrCode"]) == (3, "DELIVERED")
        counted = call(
            "QuerySendStatistics",
            IsGlobe=1,
            StartDate=today,
            EndDate=today,
            PageIndex=1,
            PageSize=10,
        )
        [day] = counted["Data"]["TargetList"]
        assert (day["TotalCount"], day["RespondedSuccessCount"]) == (1, 1)
        added = call(
            "CreateSmsTemplate",
            TemplateName="模板",
            TemplateType=0,
            TemplateContent="${code}为您的登录验证码。",
            RelatedSignName="示例商城",
            TemplateRule='{"code":"numberCaptcha"}',
            Remark="登录时发送",
        )
        assert added["TemplateCode"].startswith("SMS_")
        assert [each.text for each in outbox.accepted(store)] == [
            "【示例商城】004711为您的登录验证码。"
        ]
