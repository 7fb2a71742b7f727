"""How requests reaches the network here: by connections that a deadline can cut.

Hundreds of calls go to one host, so what they have in common is worked out once. Of a
reply only what somebody looks at is made: no cookies, no history, no encoding.
"""

from __future__ import annotations

from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse

from smsform.http.deadline import POOLS


class BoundedAdapter(HTTPAdapter):
    """The network, by connections that ``deadline`` can cut."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Have the pools made of connections that can be cut."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = POOLS
        self._known: dict[tuple[object, ...], Any] = {}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """The same behind a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: Any,
        proxies: Any = None,
        cert: Any = None,
    ) -> Any:
        """The pool of the request's host; requests is asked for the first call only."""
        url = request.url or ""
        host = url[: url.find("/", len("https://"))]  # a prepared URL has a path
        key = (host, verify, cert, *(proxies or {}).items())
        if key not in self._known:
            self._known[key] = super().get_connection_with_tls_context(
                request, verify, proxies, cert
            )
        return self._known[key]

    def request_url(self, request: PreparedRequest, proxies: Any) -> str:
        """Path and query, except for a proxy that is asked for the whole address."""
        return super().request_url(request, proxies) if proxies else request.path_url

    def build_response(self, req: PreparedRequest, resp: BaseHTTPResponse) -> Response:
        """The reply, its body unread."""
        reply = Response()
        reply.request, reply.raw, reply.status_code = req, resp, resp.status
        reply.headers = CaseInsensitiveDict(resp.headers)
        return reply

    def close(self) -> None:
        """Close the connections; a later call opens others."""
        self._known.clear()
        super().close()
