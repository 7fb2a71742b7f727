"""What the services' own samples show: send, status, statistics, add a template.

Each through the official SDKs of Python, Node, Java and Go, as the samples do but for
endpoint, scheme, keys and SmsType.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from witnesses import NODE, Account, LineProcess, NodeProcess, NodeSdk

from smsform.clock import SystemClock
from smsform.emulation import outbox
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.hours import BEIJING
from smsform.provider import ProviderConfig
from smsform.registry import specs
from toolchains import SENDERS, java_libraries, lacking, shared, skip_or_fail, tool

pytestmark = pytest.mark.judge

Call = Callable[..., Mapping[str, Any]]
Compiled = Callable[[str], list[str]]
LANGUAGES = ["python", "node", "java", "go"]
NOW_COMES = {"delivery": {"after": 0}, "review": "immediate", "pace": False}
SEEDS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "tencent": (
        {"SignName": "示例商城"},
        {"TemplateId": 1110, "TemplateName": "c", "SmsType": 3,
         "TemplateContent": "{1}为您的登录验证码。"},
    ),
    "aliyun": (
        {"SignName": "示例商城"},
        {"TemplateCode": "SMS_1110", "TemplateName": "c", "TemplateType": 0,
         "TemplateContent": "${code}为您的登录验证码。"},
    ),
}  # fmt: skip


@pytest.fixture
def served(store: Store) -> Iterator[Callable[[str], int]]:
    """Serve a service; its port."""
    with ExitStack() as opened:

        def serve(type: str) -> int:
            config = ProviderConfig(
                type, type, region="ap-guangzhou", emulator=NOW_COMES
            )
            app = specs()[type].emulator(store, SystemClock(), config)
            app.seed(SEEDS[type])
            return opened.enter_context(Server(app)).port

        yield serve


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    """What a test started, ended with it."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """The command of a language's program with both SDKs; compiled by the first."""
    builders = {"java": java, "go": go}

    def build(language: str) -> list[str]:
        folder = shared(tmp_path_factory)
        # The jars are those of generated code, whose tests take the same lock.
        with FileLock(folder / f"{language}.lock"):
            return builders[language](folder / language)

    return build


def java(folder: Path) -> list[str]:
    """Compile the program of the Java SDKs."""
    if why := lacking("javac", "java", "mvn"):
        skip_or_fail(why)
    folder.mkdir(exist_ok=True)
    jars = os.pathsep.join(str(jar) for jar in java_libraries(folder))
    classes = folder.with_name("java-sdks")
    if not classes.is_dir():
        source = SENDERS / "java" / "Sdks.java"
        tool(
            ["javac", "--release", "8", "-Xlint:all,-options", "-Werror",
             "-encoding", "UTF-8", "-cp", jars, "-d", str(classes), str(source)],
            folder,
        )  # fmt: skip
    return ["java", "-cp", f"{jars}{os.pathsep}{classes}", "Sdks"]


def go(folder: Path) -> list[str]:
    """Compile the program of the Go SDKs."""
    if why := lacking("go"):
        skip_or_fail(why)
    program = folder.with_name("go-sdks")
    if not program.exists():
        tool(["go", "build", "-o", str(program), "./sdks"], SENDERS / "go")
    return [str(program)]


def driven(command: list[str], type: str, port: int, closing: ExitStack) -> Call:
    """A compiled program, as a function."""
    demo = specs()[type].demo
    process = LineProcess(*command, type, f"127.0.0.1:{port}", demo.id, demo.secret)
    closing.callback(process.close)

    def call(action: str, **params: Any) -> Mapping[str, Any]:
        told = process.ask(action, params)
        assert "error" not in told, told
        response: Mapping[str, Any] = told["response"]
        return response

    return call


def node() -> None:
    """Skip where Node or its packages are missing."""
    if not shutil.which("node") or not (NODE / "node_modules").is_dir():
        pytest.skip("the Node SDKs need node, and npm ci in tests/node")


def tencent(language: str, port: int, closing: ExitStack, compiled: Compiled) -> Call:
    """The official SDK of a language, as a function."""
    demo = specs()["tencent"].demo
    if language == "python":
        from tencent.official import Sdk

        return lambda action, **params: Sdk(port).typed(action, params)
    if language != "node":
        return driven(compiled(language), "tencent", port, closing)
    node()
    account = Account(port, demo.id, demo.secret)
    process = NodeSdk(account, "TC3-HMAC-SHA256", "POST")
    closing.callback(process.close)
    return lambda action, **params: process.call(action, **params).reply


def aliyun(language: str, port: int, closing: ExitStack, compiled: Compiled) -> Call:
    """The same for the other service."""
    demo = specs()["aliyun"].demo
    if language == "python":
        import alibabacloud_dysmsapi20170525.client as sdk
        from alibabacloud_dysmsapi20170525 import models
        from alibabacloud_tea_openapi.models import Config

        client = sdk.Client(Config(
            access_key_id=demo.id, access_key_secret=demo.secret, protocol="http",
            endpoint=f"127.0.0.1:{port}",
        ))  # fmt: skip
        verbs = {"SendSms": client.send_sms, "QuerySendDetails":
                 client.query_send_details, "QuerySendStatistics":
                 client.query_send_statistics, "CreateSmsTemplate":
                 client.create_sms_template}  # fmt: skip

        def call(action: str, **params: Any) -> Mapping[str, Any]:
            request = getattr(models, f"{action}Request")().from_map(params)
            body: Mapping[str, Any] = verbs[action](request).body.to_map()
            return body

        return call
    if language != "node":
        return driven(compiled(language), "aliyun", port, closing)
    node()
    setup = {"port": port, "accessKeyId": demo.id, "accessKeySecret": demo.secret,
             "signatureAlgorithm": None}  # fmt: skip
    process = NodeProcess("aliyun.mjs", setup)
    closing.callback(process.close)
    return lambda action, **params: process.ask(action, params)["response"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tencents_four_samples(
    served: Callable[[str], int],
    store: Store,
    closing: ExitStack,
    language: str,
    compiled: Compiled,
) -> None:
    """SendSms, PullSmsSendStatusByPhoneNumber, SendStatusStatistics, AddSmsTemplate."""
    call = tencent(language, served("tencent"), closing, compiled)
    application, number = "1400006666", "+8613800138000"
    [status] = call(
        "SendSms", PhoneNumberSet=[number], SmsSdkAppId=application, TemplateId="1110",
        SignName="示例商城", TemplateParamSet=["004711"], SessionContext="s",
    )["SendStatusSet"]  # fmt: skip
    assert (status["Code"], status["Fee"]) == ("Ok", 1)
    [receipt] = call(
        "PullSmsSendStatusByPhoneNumber", BeginTime=int(time.time()) - 60, Offset=0,
        Limit=10, PhoneNumber=number, SmsSdkAppId=application,
    )["PullSmsSendStatusSet"]  # fmt: skip
    assert receipt["SerialNo"] == status["SerialNo"]
    [pulled] = call("PullSmsSendStatus", Limit=10, SmsSdkAppId=application)[
        "PullSmsSendStatusSet"
    ]
    assert pulled["ReportStatus"] == "SUCCESS"
    hour = datetime.now(BEIJING).strftime("%Y%m%d")
    counted = call(
        "SendStatusStatistics", BeginTime=f"{hour}00", EndTime=f"{hour}23",
        SmsSdkAppId=application, Limit=5, Offset=0,
    )["SendStatusStatistics"]  # fmt: skip
    assert counted["RequestSuccessCount"] == 1
    added = call(
        "AddSmsTemplate", TemplateName="模板", TemplateContent="{1}为您的登录验证码。",
        SmsType=3, International=0, Remark="登录时发送",
    )["AddTemplateStatus"]  # fmt: skip
    assert added["TemplateId"]
    assert [each.text for each in outbox.accepted(store)] == [
        "【示例商城】004711为您的登录验证码。"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_alibabas_four_samples(
    served: Callable[[str], int],
    store: Store,
    closing: ExitStack,
    language: str,
    compiled: Compiled,
) -> None:
    """SendSms, QuerySendDetails, QuerySendStatistics, CreateSmsTemplate."""
    call = aliyun(language, served("aliyun"), closing, compiled)
    today = datetime.now(BEIJING).strftime("%Y%m%d")
    sent = call(
        "SendSms", PhoneNumbers="13800138000", SignName="示例商城",
        TemplateCode="SMS_1110", TemplateParam=json.dumps({"code": "004711"}),
        OutId="o",
    )  # fmt: skip
    assert sent["Code"] == "OK"
    details = call(
        "QuerySendDetails", PhoneNumber="13800138000", SendDate=today, PageSize=10,
        CurrentPage=1, BizId=sent["BizId"],
    )  # fmt: skip
    [row] = details["SmsSendDetailDTOs"]["SmsSendDetailDTO"]
    assert (row["SendStatus"], row["ErrCode"]) == (3, "DELIVERED")
    counted = call(
        "QuerySendStatistics", IsGlobe=1, StartDate=today, EndDate=today, PageIndex=1,
        PageSize=10,
    )  # fmt: skip
    [day] = counted["Data"]["TargetList"]
    assert (day["TotalCount"], day["RespondedSuccessCount"]) == (1, 1)
    added = call(
        "CreateSmsTemplate", TemplateName="模板", TemplateType=0,
        TemplateContent="${code}为您的登录验证码。", RelatedSignName="示例商城",
        TemplateRule='{"code":"numberCaptcha"}', Remark="登录时发送",
    )  # fmt: skip
    assert added["TemplateCode"].startswith("SMS_")
    assert [each.text for each in outbox.accepted(store)] == [
        "【示例商城】004711为您的登录验证码。"
    ]
