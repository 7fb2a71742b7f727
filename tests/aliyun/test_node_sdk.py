"""Alibaba Cloud's official Node SDK takes the emulator for the service.

It shares no line with us: it signs, encodes and reads replies on its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from sdk_processes import NODE, NodeProcess
from smsform.clock import SystemClock
from smsform.emulation import faults
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.reviewer import judge
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.model import Review
from smsform.provider import ProviderConfig
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import emulator

SIGN: dict[str, Any] = {
    "SignName": "示例商城",
    "SignSource": 0,
    "QualificationId": 4001,
    "ThirdParty": False,
    "Remark": "公司 & 简称：100% a+b*c~",
    "MoreData": ["a b.png"],
}
TEMPLATE: dict[str, Any] = {
    "TemplateName": "登录验证码",
    "TemplateType": 0,
    "RelatedSignName": "示例商城",
    "TemplateContent": "${code}为您的登录验证码，请勿告诉他人。",
    "TemplateRule": '{"code":"numberCaptcha"}',
}
NAME = {"SignName": "示例商城"}


class Summon:
    """An emulator, and the SDK ready to call it with the demo key or another."""

    def __init__(self, port: int, algorithm: str | None, opened: ExitStack) -> None:
        self._port, self._algorithm, self._opened = port, algorithm, opened

    def __call__(
        self,
        key: str = wire.DEMO_ACCESS_KEY_ID,
        secret: str = wire.DEMO_ACCESS_KEY_SECRET,
    ) -> NodeProcess:
        setup = {
            "port": self._port,
            "accessKeyId": key,
            "accessKeySecret": secret,
            "signatureAlgorithm": self._algorithm,
        }
        process = NodeProcess("aliyun.mjs", setup)
        self._opened.callback(process.close)
        return process


@pytest.fixture(params=[None, "v2"], ids=["ACS3-HMAC-SHA256", "HMAC-SHA1"])
def summon(request: pytest.FixtureRequest, store: Store) -> Iterator[Summon]:
    """The SDK with either signature; skips where Node or the SDK is missing."""
    if not shutil.which("node"):
        pytest.skip("the Node SDK needs node")
    if not (NODE / "node_modules" / "@alicloud").is_dir():
        pytest.skip("the Node SDK is not installed: run npm ci in tests/node")
    config = ProviderConfig(
        name="judged",
        type="aliyun",
        endpoint="emulator",
        emulator={"pace": False, "review": "manual"},
    )
    with ExitStack() as opened:
        server = serve(emulator(store, SystemClock(), config))
        opened.callback(server.stop)
        yield Summon(server.port, request.param, opened)


def verdict(store: Store, review: Review, note: str = "") -> None:
    """Judge everything there is."""
    for entry in store.everything():
        judge(store, entry.id, review, 1_700_000_000.0, note)


def refused(client: NodeProcess, action: str, **params: object) -> tuple[str, str, int]:
    """The exception's class, code and status; the code of a refusal with HTTP 200."""
    answer = client.ask(action, params)
    if error := answer.get("error"):
        assert error["requestId"]
        return error["name"], error["code"], error["status"]
    return "", answer["response"]["Code"], 200


@pytest.mark.judge
def test_signature_and_template_live(summon: Summon, store: Store) -> None:
    """Create, get, list, reject, update, approve and delete: each as documented."""
    client = summon()

    def ask(action: str, **params: object) -> dict[str, Any]:
        return dict(client.ask(action, params)["response"])

    assert ask(wire.CREATE_SIGN, **SIGN)["Code"] == "OK"
    got = ask(wire.GET_SIGN, **NAME)
    assert (got["SignStatus"], got["Remark"]) == (0, SIGN["Remark"])
    assert got["FileUrlList"] == SIGN["MoreData"]
    verdict(store, Review.REJECTED, "资质不符")
    [row] = ask(wire.LIST_SIGNS, PageIndex=1, PageSize=50)["SmsSignList"]
    assert row["Reason"]["RejectInfo"] == "资质不符"
    assert ask(wire.UPDATE_SIGN, **SIGN)["Code"] == "OK"
    verdict(store, Review.APPROVED)

    code = ask(wire.CREATE_TEMPLATE, **TEMPLATE)["TemplateCode"]
    got = ask(wire.GET_TEMPLATE, TemplateCode=code)
    assert (got["TemplateStatus"], got["TemplateType"]) == ("0", "0")
    assert got["TemplateContent"] == TEMPLATE["TemplateContent"]
    judge(store, int(code[4:]), Review.REJECTED, 1_700_000_000.0, "请补充说明")
    [row] = ask(wire.LIST_TEMPLATES)["SmsTemplateList"]
    assert (row["AuditStatus"], row["OuterTemplateType"]) == (
        "AUDIT_STATE_NOT_PASS",
        0,
    )
    updated = ask(wire.UPDATE_TEMPLATE, **TEMPLATE, TemplateCode=code)
    assert updated["TemplateCode"] == code
    verdict(store, Review.APPROVED)
    assert ask(wire.GET_TEMPLATE, TemplateCode=code)["TemplateStatus"] == "1"
    assert ask(wire.DELETE_TEMPLATE, TemplateCode=code)["TemplateCode"] == code
    assert ask(wire.DELETE_SIGN, **NAME)["Code"] == "OK"
    assert ask(wire.LIST_TEMPLATES)["TotalCount"] == 0


@pytest.mark.judge
def test_mistakes_arrive_as_the_sdks_own_errors(summon: Summon, store: Store) -> None:
    """The gateway's with their status, the backend's as HTTP 200 with a Code."""
    client = summon()
    pending = {**TEMPLATE, "TemplateCode": "SMS_1"}
    table: list[tuple[str, dict[str, Any], tuple[str, str, int]]] = [
        (wire.GET_SIGN, NAME, ("ClientError", "SignatureNotFound", 404)),
        (wire.CREATE_TEMPLATE, TEMPLATE, ("ClientError", "SmsSignatureNotFound", 404)),
        (wire.UPDATE_TEMPLATE, pending, ("ClientError", "TemplateNotFound", 404)),
        (wire.LIST_SIGNS, {"PageSize": 51}, ("ClientError", "InvalidPageSize", 400)),
        (wire.DELETE_SIGN, NAME, ("", "isv.SMS_SIGNATURE_ILLEGAL", 200)),
        (
            wire.CREATE_SIGN,
            {**SIGN, "SignName": "1234"},
            ("ClientError", "InvalidSignName", 400),
        ),
        (wire.CREATE_SIGN, SIGN, ("", "OK", 200)),
        (wire.CREATE_SIGN, SIGN, ("ClientError", "SignName.Exists", 400)),
        (wire.UPDATE_SIGN, SIGN, ("", "isv.ERROR_SIGN_NOT_MODIFY", 200)),
        (wire.DELETE_SIGN, NAME, ("", "isv.ERROR_SIGN_NOT_DELETE", 200)),
        (wire.CREATE_TEMPLATE, TEMPLATE, ("ClientError", "AssocSignUnapproved", 400)),
    ]
    told = [(each[0], each[1], refused(client, each[0], **each[1])) for each in table]
    assert told == table


@pytest.mark.judge
def test_only_the_right_key_opens(summon: Summon) -> None:
    """A wrong secret and an unknown key have each their code."""
    wrong = refused(summon(secret="another"), wire.LIST_SIGNS)
    assert wrong == ("ClientError", "SignatureDoesNotMatch", 400)
    nobody = refused(summon(key="LTAInobody"), wire.LIST_SIGNS)
    assert nobody == ("ClientError", "InvalidAccessKeyId.NotFound", 404)


@pytest.mark.judge
def test_too_fast_says_how_long_to_wait(summon: Summon, store: Store) -> None:
    """x-acs-retry-after makes it a ThrottlingError, in milliseconds."""
    faults.plant(store, Fault("judged", FaultKind.THROTTLE))
    faults.plant(store, Fault("judged", FaultKind.REFUSE, code="InternalError"))
    client = summon()
    error = client.ask(wire.LIST_SIGNS, {})["error"]
    told = (error["name"], error["code"], error["retryAfter"])
    assert told == ("ThrottlingError", "Throttling.User", 1000)
    assert refused(client, wire.LIST_SIGNS) == ("ServerError", "InternalError", 500)
