"""Leading calls to a service from this process to its emulator.

For SDKs whose address cannot be set from outside, as the services' Python SDKs: they
use requests, some a copy of their own, and in their asynchronous halves aiohttp and
httpx (SDKs of 2026-11).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import requests

from smsform.emulation.service import Service
from smsform.words import say

Method = Callable[..., Any]


class Patch(NamedTuple):
    """The method *name* of *owner* as it is while calls are led elsewhere."""

    owner: type
    name: str
    method: Method


class Guide:
    """Knows which hosts are led where, and which are refused."""

    def __init__(self, services: Iterable[tuple[Service, str]]) -> None:
        self._services = list(services)

    def endpoint(self, host: str, refused: type[Exception]) -> str:
        """The emulator's endpoint for a service's *host*; "" for other hosts.

        Raises *refused* for any other host of a service: a test talks to nobody
        outside.
        """
        host = host.lower()
        for app, endpoint in self._services:
            if app.is_host(host):
                return endpoint
        domains = [domain for app, _ in self._services for domain in app.domains]
        if any(host.endswith(f".{domain}") for domain in domains):
            raise refused(say("testing.elsewhere", host=host))
        return ""


def patches(services: Iterable[tuple[Service, str]]) -> Iterable[Patch]:
    """What to replace so that every client in this process reaches the emulators."""
    guide = Guide(services)
    for name, module in tuple(sys.modules.items()):
        if name.endswith("requests.adapters") and hasattr(module, "HTTPAdapter"):
            yield _requests(guide, module.HTTPAdapter)
    if find_spec("aiohttp"):
        yield _aiohttp(guide)
    if find_spec("httpx"):
        yield from _httpx(guide)


def _requests(guide: Guide, adapter: Any) -> Patch:
    """For the class that every request of requests, or of a copy, goes through."""
    send: Method = adapter.send

    def sent(self: object, request: requests.PreparedRequest, **how: Any) -> object:
        parts = urlsplit(request.url or "")
        host = parts.hostname or ""
        if endpoint := guide.endpoint(host, requests.ConnectionError):
            request = request.copy()
            request.url = urlunsplit(("http", endpoint, *parts[2:]))
            request.headers.setdefault("Host", parts.netloc)
        return send(self, request, **how)

    return Patch(adapter, "send", sent)


def _aiohttp(guide: Guide) -> Patch:
    aiohttp = import_module("aiohttp")
    send: Method = aiohttp.ClientSession._request

    async def sent(self: Any, method: str, url: Any, **how: Any) -> object:
        whole = self._build_url(url)
        host = whole.host or ""
        if endpoint := guide.endpoint(host, aiohttp.ClientConnectionError):
            address, _, port = endpoint.rpartition(":")
            url = whole.with_scheme("http").with_host(address).with_port(int(port))
            how["headers"] = {"Host": whole.authority, **dict(how.get("headers") or {})}
        return await send(self, method, url, **how)

    return Patch(aiohttp.ClientSession, "_request", sent)


def _httpx(guide: Guide) -> Iterable[Patch]:
    httpx = import_module("httpx")

    def led(request: Any) -> Any:
        if endpoint := guide.endpoint(request.url.host, httpx.ConnectError):
            address, _, port = endpoint.rpartition(":")
            request.url = request.url.copy_with(
                scheme="http", host=address, port=int(port)
            )
        return request

    for owner, name in (
        (httpx.HTTPTransport, "handle_request"),
        (httpx.AsyncHTTPTransport, "handle_async_request"),
    ):
        send: Method = getattr(owner, name)

        def sent(self: object, request: Any, send: Method = send) -> object:
            return send(self, led(request))

        yield Patch(owner, name, sent)
