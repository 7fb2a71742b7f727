"""The official SDKs as the emulator's clients, and what the tests send with them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import requests
from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi import utils_models as openapi
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest, RpcRequest
from darabonba.runtime import RuntimeOptions

from smsform.clock import Clock
from smsform.emulation.adapter import EmulatorAdapter
from smsform.emulation.reviewer import judge
from smsform.emulation.service import Service
from smsform.emulation.store import Store
from smsform.model import Review
from smsform.provider import ProviderConfig
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import emulator

PROVIDER = "shop"
NEW_METHODS = (None, "v2")  # ACS3-HMAC-SHA256 and RPC HMAC-SHA1

SIGN: Mapping[str, Any] = {
    "SignName": "示例商城",
    "SignSource": wire.COMPANY,
    "QualificationId": 4001,
    "ThirdParty": False,
    "Remark": "公司全称为示例商城有限公司 a+b*c~",
    "MoreData": ["1234/a b.png"],
}
TEMPLATE: Mapping[str, Any] = {
    "TemplateName": "登录验证码",
    "TemplateType": wire.VERIFICATION,
    "TemplateContent": "${code}为您的登录验证码，请勿告诉他人。",
    "TemplateRule": '{"code":"numberCaptcha"}',
    "RelatedSignName": SIGN["SignName"],
    "Remark": "用户登录时发送",
}
NOTICE: Mapping[str, Any] = {
    **TEMPLATE,
    "TemplateName": "取件通知",
    "TemplateType": wire.NOTIFICATION,
    "TemplateContent": "您的包裹已到${place}，取件码${code}。",
    "TemplateRule": '{"place":"address","code":"pick_up_code"}',
}
OLD_TEMPLATE: Mapping[str, Any] = {
    name: TEMPLATE[name]
    for name in ("TemplateName", "TemplateType", "TemplateContent", "Remark")
}
FILES = [{"FileContents": "aW1hZ2U=", "FileSuffix": "png"}]
OLD_SIGN: Mapping[str, Any] = {
    "SignName": "示例商城",
    "SignSource": 1,
    "Remark": "公司简称",
    "SignFileList": FILES,
}


class Refused(NamedTuple):
    """How an SDK told a refusal: the class of its exception ("" for HTTP 200)."""

    code: str
    exception: str
    status: int
    request_id: str


@dataclass(frozen=True)
class Sdk:
    """How alibabacloud_dysmsapi20170525 is set up for one call."""

    port: int
    key: str = wire.DEMO_ACCESS_KEY_ID
    secret: str = wire.DEMO_ACCESS_KEY_SECRET
    token: str | None = None
    algorithm: str | None = None  # its signature_algorithm: None is ACS3
    version: str = wire.VERSION
    http_method: str = "POST"
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)
    as_form: bool = False  # the parameters in the body

    def client(self) -> Client:
        """The SDK's own client."""
        return Client(
            openapi.Config(
                access_key_id=self.key,
                access_key_secret=self.secret,
                security_token=self.token,
                endpoint=f"127.0.0.1:{self.port}",
                protocol="http",
                signature_algorithm=self.algorithm,
            )
        )

    def typed(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """The reply's body through the SDK's generated request and response classes."""
        request = getattr(models, f"{action}Request")().from_map(dict(params))
        snake = re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower()
        reply = getattr(self.client(), snake)(request)
        return dict(reply.body.to_map())

    def call(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """The reply's body through the SDK's generic call, whatever is sent."""
        how = openapi.Params(
            action=action,
            version=self.version,
            protocol="HTTPS",
            pathname=self.path,
            method=self.http_method,
            auth_type="AK",
            style="RPC",
            req_body_type="formData",
            body_type="json",
        )
        texts = {name: _text(value) for name, value in params.items()}
        request = openapi.OpenApiRequest(
            query={**({} if self.as_form else texts), **self.queries},
            body=texts if self.as_form else None,
            headers=dict(self.headers),
        )
        reply = self.client().call_api(how, request, RuntimeOptions())
        return dict(reply["body"])

    def typed_async(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """As ``typed`` does it, by the asynchronous half of the SDK."""

        async def ask() -> Any:
            request = getattr(models, f"{action}Request")().from_map(dict(params))
            snake = re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower()
            return await getattr(self.client(), f"{snake}_async")(request)

        return dict(asyncio.run(ask()).body.to_map())

    def refusal(self, action: str, params: Mapping[str, Any]) -> Refused:
        """How the call was refused; the code is empty when it was not."""
        try:
            body = self.call(action, params)
        except AlibabaCloudException as error:
            return Refused(
                str(error.code),
                type(error).__name__,
                int(error.statusCode),
                str(error.data["RequestId"]),
            )
        code = str(body["Code"])
        return Refused("" if code == wire.OK else code, "", 200, body["RequestId"])

    def refused(self, action: str, params: Mapping[str, Any]) -> str:
        """The code of the refusal; "" when the call went through."""
        return self.refusal(action, params).code


def _text(value: Any) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


@dataclass(frozen=True)
class OldSdk:
    """aliyun-python-sdk-core: the typed requests it has, CommonRequest for others."""

    port: int
    key: str = wire.DEMO_ACCESS_KEY_ID
    secret: str = wire.DEMO_ACCESS_KEY_SECRET

    def call(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """The reply's body; ServerException as the SDK raises it."""
        client = AcsClient(self.key, self.secret, wire.REGION, auto_retry=False)
        request = self._typed(action, params) or self._common(action, params)
        request.set_protocol_type("http")
        return dict(json.loads(client.do_action_with_exception(request)))

    def _typed(self, action: str, params: Mapping[str, Any]) -> RpcRequest | None:
        name = f"{action}Request"
        try:
            module = __import__(
                f"aliyunsdkdysmsapi.request.v20170525.{name}", fromlist=[name]
            )
        except ModuleNotFoundError:
            return None
        request = getattr(module, name)()
        request.set_endpoint(f"127.0.0.1:{self.port}")
        for field_name, value in params.items():
            plural = "s" if isinstance(value, list) else ""
            getattr(request, f"set_{field_name}{plural}")(value)
        return request

    def _common(self, action: str, params: Mapping[str, Any]) -> CommonRequest:
        request = CommonRequest()
        request.set_domain(f"127.0.0.1:{self.port}")
        request.set_version(wire.VERSION)
        request.set_action_name(action)
        request.set_method("POST")
        for name, value in params.items():
            request.add_query_param(name, _text(value))
        return request

    def refusal(self, action: str, params: Mapping[str, Any]) -> Refused:
        """How the call was refused; the code is empty when it was not."""
        try:
            body = self.call(action, params)
        except ServerException as error:
            return Refused(
                str(error.get_error_code()),
                type(error).__name__,
                int(error.get_http_status()),
                str(error.get_request_id()),
            )
        code = str(body["Code"])
        return Refused("" if code == wire.OK else code, "", 200, body["RequestId"])


Emulate = Callable[..., Sdk]  # settings -> the SDK, ready to call that emulator


def build(store: Store, clock: Clock, region: str = "", **settings: Any) -> Service:
    """An emulator without pace and with a reviewer who waits, unless told otherwise."""
    config = ProviderConfig(
        name=PROVIDER,
        type="aliyun",
        region=region,
        endpoint="emulator",
        emulator={"pace": False, "review": "manual", **settings},
    )
    return emulator(store, clock, config)


@dataclass(frozen=True)
class Direct:
    """A caller in this process over the adapter, for what needs virtual time."""

    app: Service
    host: str = wire.HOST

    def send(self, action: str, params: Mapping[str, Any], **more: str) -> Any:
        """The HTTP answer to a call signed with HMAC-SHA1 at the emulator's time."""
        now = self.app.clock.now()
        count = self.app.store.rows("SELECT count(*) FROM call")[0][0]
        query = {
            "Action": action,
            "Version": wire.VERSION,
            "Format": "json",
            "Timestamp": utc(now),
            "SignatureNonce": f"n{count}-{now}",
            "SignatureMethod": "HMAC-SHA1",
            "SignatureVersion": "1.0",
            "AccessKeyId": wire.DEMO_ACCESS_KEY_ID,
            **{name: _text(value) for name, value in params.items()},
            **more,
        }
        query = {name: value for name, value in query.items() if value}
        query["Signature"] = wire.signature_v1(
            wire.DEMO_ACCESS_KEY_SECRET, method="POST", params=query
        )
        with requests.Session() as session:
            session.mount("https://", EmulatorAdapter(self.app))
            return session.post(f"https://{self.host}/", params=query, timeout=30)

    def call(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """What the reply's JSON says, a refusal included."""
        return dict(self.send(action, params).json())


def utc(time: float) -> str:
    """A time as signatures spell it."""
    return datetime.fromtimestamp(time, UTC).strftime(wire.UTC_DATE)


def approve(store: Store, note: str = "") -> None:
    """Let everything pass; with a *note*, fail."""
    verdict = Review.REJECTED if note else Review.APPROVED
    for entry in store.everything():
        judge(store, entry.id, verdict, 1_700_000_000.0, note)


def names(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """TemplateName of each row."""
    return [str(row["TemplateName"]) for row in rows]
