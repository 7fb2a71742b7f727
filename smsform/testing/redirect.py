"""Leading calls to a service from this process to its emulator.

For SDKs that use requests, as the services' Python SDKs do: their address cannot be set
from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

from smsform.emulation.service import Service
from smsform.words import say

Send = Callable[..., requests.Response]


def adapter() -> type[HTTPAdapter]:
    """The class whose ``send`` every request of requests goes through."""
    return HTTPAdapter


def redirected(send: Send, services: Iterable[tuple[Service, str]]) -> Send:
    """An ``HTTPAdapter.send`` that leads the services' hosts to their emulators.

    ConnectionError for any other host of theirs: a test talks to nobody outside.
    """
    known = list(services)

    def sent(
        self: HTTPAdapter, request: requests.PreparedRequest, **how: Any
    ) -> requests.Response:
        parts = urlsplit(request.url or "")
        host = (parts.hostname or "").lower()
        for app, endpoint in known:
            if app.is_host(host):
                led = request.copy()
                led.url = urlunsplit(("http", endpoint, *parts[2:]))
                led.headers.setdefault("Host", parts.netloc)
                return send(self, led, **how)
        domains = [domain for app, _ in known for domain in app.domains]
        if any(host.endswith(f".{domain}") for domain in domains):
            raise requests.ConnectionError(
                say("testing.elsewhere", host=host), request=request
            )
        return send(self, request, **how)

    return sent
