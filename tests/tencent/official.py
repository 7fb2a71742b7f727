"""The official SDK as the emulator's client, and what the tests send with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models, sms_client

from smsform.clock import Clock
from smsform.emulation.adapter import EmulatorAdapter
from smsform.emulation.service import Service
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent import SPEC, wire

PROVIDER = "shop"

SIGN: Mapping[str, Any] = {
    "SignName": "示例商城",
    "SignType": 0,
    "DocumentType": 1,
    "International": 0,
    "SignPurpose": 0,
    "ProofImage": "aW1hZ2U=",
    "QualificationId": 4001,
}
TEMPLATE: Mapping[str, Any] = {
    "TemplateName": "登录验证码",
    "TemplateContent": "{1}为您的登录验证码，请勿告诉他人。",
    "SmsType": 3,
    "International": 0,
    "Remark": "用户登录时发送",
}


Emulate = Callable[..., "Sdk"]  # settings -> the SDK, ready to call that emulator


@dataclass(frozen=True)
class Sdk:
    """How the official SDK is set up for one call."""

    port: int
    secret_id: str = wire.DEMO_SECRET_ID
    secret_key: str = wire.DEMO_SECRET_KEY
    token: str | None = None
    region: str | None = "ap-guangzhou"
    version: str = wire.VERSION
    sign_method: str = wire.TC3
    http_method: str = "POST"
    language: str = "en-US"
    host: str = ""  # another Host: then the emulator is called as a proxy
    path: str = ""  # of a gateway in front
    unsigned: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    @contextmanager
    def opened(self) -> Iterator[sms_client.SmsClient]:
        """The SDK's own client; its connections are closed at the end."""
        here = f"127.0.0.1:{self.port}"
        http = HttpProfile(
            protocol="http",
            endpoint=self.host or here,
            reqMethod=self.http_method,
            proxy=here if self.host else None,
        )
        http.apigw_endpoint = here + self.path if self.path else None
        profile = ClientProfile(
            signMethod=self.sign_method,
            httpProfile=http,
            language=self.language,
        )
        profile.unsignedPayload = self.unsigned
        key = Credential(self.secret_id, self.secret_key, self.token)
        client = sms_client.SmsClient(key, self.region, profile)
        client._apiVersion = self.version
        try:
            yield client
        finally:
            client.request.conn._session.close()

    def call(self, action: str, params: Any) -> dict[str, Any]:
        """What is inside Response; TencentCloudSDKException as the SDK raises it."""
        with self.opened() as client:
            reply = client.call_json(action, params, options=dict(self.options))
            return dict(reply["Response"])

    def typed(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """The same through the SDK's generated request and response classes."""
        request = getattr(models, f"{action}Request")()
        request._deserialize(dict(params))
        with self.opened() as client:
            reply = getattr(client, action)(request)
            return dict(json.loads(reply.to_json_string()))

    def refused(self, action: str, params: Any) -> str:
        """The code of the refusal; "" when the call went through."""
        try:
            self.call(action, params)
        except TencentCloudSDKException as error:
            return str(error.code)
        return ""


def build(store: Store, clock: Clock, **settings: Any) -> Service:
    """An emulator without pace and with a reviewer who waits, unless told otherwise."""
    config = ProviderConfig(
        name=PROVIDER,
        type=SPEC.type,
        region="ap-guangzhou",
        endpoint="emulator",
        emulator={"pace": False, "review": "manual", **settings},
    )
    return SPEC.emulator(store, clock, config)


@dataclass(frozen=True)
class Direct:
    """A caller in this process over the adapter, for what needs virtual time."""

    app: Service
    version: str = wire.VERSION
    timeout: float | None = None

    def call(
        self,
        action: str,
        params: Mapping[str, Any],
        region: str | None = "ap-guangzhou",
    ) -> dict[str, Any]:
        """What is inside Response, an error included."""
        response = self.send(action, params, region)
        return dict(response.json()["Response"])

    def send(
        self,
        action: str,
        params: Mapping[str, Any],
        region: str | None = "ap-guangzhou",
    ) -> requests.Response:
        """The whole HTTP answer."""
        with requests.Session() as session:
            session.mount("https://", EmulatorAdapter(self.app))
            return session.send(
                self.request(action, params, region), timeout=self.timeout
            )

    def request(
        self,
        action: str,
        params: Mapping[str, Any],
        region: str | None,
        url: str = f"https://{wire.HOST}/",
    ) -> requests.PreparedRequest:
        """A request signed with TC3 at the emulator's time."""
        body = json.dumps(params).encode()
        now, host = int(self.app.clock.now()), urlsplit(url).netloc
        signed = [("content-type", "application/json"), ("host", host)]
        signature = wire.signature(
            wire.DEMO_SECRET_KEY,
            method="POST",
            query="",
            payload=body,
            headers=signed,
            timestamp=now,
        )
        scope = f"{wire.DEMO_SECRET_ID}/{wire.utc_date(now)}/sms/tc3_request"
        headers = {
            "Content-Type": "application/json",
            "X-TC-Action": action,
            "X-TC-Version": self.version,
            "X-TC-Timestamp": str(now),
            "X-TC-Language": "en-US",
            "Authorization": f"{wire.TC3} Credential={scope}, "
            f"SignedHeaders=content-type;host, Signature={signature}",
        }
        if region is not None:
            headers["X-TC-Region"] = region
        return requests.Request("POST", url, headers, data=body).prepare()
