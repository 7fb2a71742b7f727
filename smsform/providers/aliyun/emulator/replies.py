"""How answers look: JSON or XML, and the two layers of errors.

A list becomes one XML element an item, named as the list; the root is the action's
name and ``Response``, or ``Error`` for the gateway's refusals. The XML examples of the
documents show the former, the latter is [I], 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from msgspec import json

from smsform.emulation.messages import HttpReply, HttpRequest, Refusal, as_json
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.texts import GatewayRefusal

JSON, XML = "application/json;charset=utf-8", "text/xml;charset=utf-8"
TROUBLESHOOT = "https://api.aliyun.com/troubleshoot"

# XML 1.0 cannot hold these characters, not even as references.
_UNSPEAKABLE = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def success(
    action: str, payload: Mapping[str, object] | None, request_id: str, *, xml: bool
) -> HttpReply:
    """The payload beside Code, Message and RequestId; None: those alone."""
    common = {"RequestId": request_id, "Code": wire.OK, "Message": "OK"}
    body = {**common, **(payload or {})}
    return _reply(f"{action}Response", body, request_id, xml=xml)


def failure(
    refusal: Refusal,
    action: str,
    request: HttpRequest,
    request_id: str,
    *,
    xml: bool,
) -> HttpReply:
    """HTTP 4xx or 5xx with HostId and Recommend, or HTTP 200 with a bad Code."""
    body: dict[str, object] = {
        "RequestId": request_id,
        "Message": refusal.message,
        "Code": refusal.code,
    }
    if not isinstance(refusal, GatewayRefusal):
        return _reply(f"{action}Response", body, request_id, xml=xml)
    query = f"q={refusal.code}&product=Dysmsapi&requestId={request_id}"
    body["Recommend"] = f"{TROUBLESHOOT}?{query}"
    body["HostId"] = request.headers.get("host", wire.HOST)
    wait = str(refusal.retry_after) if refusal.retry_after else ""
    return _reply("Error", body, request_id, xml=xml, status=refusal.status, wait=wait)


def _reply(
    root: str,
    body: Mapping[str, object],
    request_id: str,
    *,
    xml: bool,
    status: int = 200,
    wait: str = "",
) -> HttpReply:
    headers = [
        ("X-Acs-Request-Id", request_id),
        ("X-Acs-Trace-Id", uuid4().hex),
    ]
    if wait:
        headers.append((wire.RETRY_AFTER, wait))
    if xml:
        plain = json.decode(as_json(body))  # rows of lists are JSON already
        text = f"<?xml version='1.0' encoding='UTF-8'?>{_element(root, plain)}"
        content = _UNSPEAKABLE.sub("\ufffd", text).encode()
    else:
        content = as_json(body)
    return HttpReply(content, status, XML if xml else JSON, headers)


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, Mapping):
        inner = "".join(_element(key, each) for key, each in value.items())
    elif isinstance(value, bool):
        inner = str(value).lower()
    else:
        from xml.sax.saxutils import escape

        inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"
