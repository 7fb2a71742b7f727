"""Sending one request: what came back, or why nothing did.

Nothing is raised, because the exceptions of the HTTP library carry the request with
its headers; a NoReply says what happened in our words and whether anything was sent.
"""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

import requests
from msgspec.structs import replace
from requests.adapters import BaseAdapter
from urllib3.exceptions import HTTPError, NewConnectionError

from smsform.errors import ConfigError
from smsform.http.adapter import BoundedAdapter
from smsform.http.deadline import deadline
from smsform.http.endpoint import proxies, trusted_certificates
from smsform.transport import NoReply, Reply, Request, headers_of
from smsform.words import say

LARGEST_REPLY = 8 * 1024 * 1024  # bytes, decompressed; 100 entries have some 100 KB
POOL = 16  # connections kept open

MALFORMED = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
)


class Network:
    """Sends requests to *base* over the network; *adapter* replaces its sockets.

    Proxy and certificates are as *environ* says.
    """

    def __init__(
        self, base: str, environ: Mapping[str, str], adapter: BaseAdapter | None = None
    ) -> None:
        self._session = session(base, environ, adapter)

    def send(self, request: Request, timeout: tuple[float, float]) -> Reply | NoReply:
        """Send once, follow nothing, and read a reply of bounded size."""
        return send(self._session, request, timeout)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()


def session(
    base: str, environ: Mapping[str, str], adapter: BaseAdapter | None = None
) -> requests.Session:
    """A session for *base*: connections kept, proxy and certificates as *environ* says.

    *adapter* replaces the network.
    """
    opened = requests.Session()
    opened.trust_env = False  # the environment's settings were passed in as arguments
    opened.proxies = proxies(base, environ)
    opened.verify = trusted_certificates(environ)
    for scheme in ("https://", "http://"):
        opened.mount(scheme, adapter or BoundedAdapter(pool_maxsize=POOL))
    # Its debug lines show the address, which holds the key's id in a signed GET.
    logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)
    return opened


def send(
    session: requests.Session, request: Request, timeout: tuple[float, float]
) -> Reply | NoReply:
    """Send once, follow nothing, and read a reply of bounded size.

    *timeout* is for connecting and for the whole call, in seconds.
    """
    adapter = session.get_adapter(request.url)
    if not isinstance(adapter, BoundedAdapter):
        return _send(session, adapter, request, timeout)  # no sockets to be cut
    with deadline(timeout[1]) as call:
        reply = _send(session, adapter, request, timeout)
    if call.over:
        # A connection that was cut may look like a normal end.
        sentence = "http.read_timeout" if call.sent else "http.connect_timeout"
        text = say(sentence, host=_host(request.url), seconds=timeout[1])
        return NoReply(text, executed=call.sent)
    return replace(reply, seconds=call.seconds()) if isinstance(reply, Reply) else reply


def _send(
    session: requests.Session,
    adapter: BaseAdapter,
    request: Request,
    timeout: tuple[float, float],
) -> Reply | NoReply:
    headers = headers_of(request)
    if headers is None:
        return NoReply(say("http.malformed"), executed=False)
    try:
        # Bypasses the session's send, which handles cookies, redirects and hooks.
        with adapter.send(
            _prepared(request, headers),
            stream=True,
            timeout=timeout,
            verify=True if session.verify is None else session.verify,
            proxies=session.proxies,
        ) as response:
            body = response.raw.read(LARGEST_REPLY + 1, decode_content=True)
            if len(body) > LARGEST_REPLY:
                return NoReply(say("http.too_large", limit=LARGEST_REPLY))
            return Reply(response.status_code, body, response.headers)
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        return _fault(error, _host(request.url), timeout)


def _prepared(request: Request, headers: Mapping[str, str]) -> requests.PreparedRequest:
    """The request as adapters take it."""
    address, mark, query = request.url.partition("?")
    prepared = _addressed(request.method, address).copy()
    prepared.url = f"{prepared.url}{mark}{query}"
    prepared.headers.update(headers)
    prepared.prepare_body(request.body, None)
    return prepared


@lru_cache(maxsize=64)
def _addressed(method: str, address: str) -> requests.PreparedRequest:
    """What calls of one address have in common: it is read, and checked, once."""
    prepared = requests.PreparedRequest()
    prepared.prepare_method(method)
    prepared.prepare_url(address, None)
    prepared.prepare_headers({})
    prepared.prepare_auth(None)  # of somebody whom the address names
    return prepared


def fetch(request: Request, environ: Mapping[str, str], seconds: float) -> Reply | None:
    """One call outside any account, not paced and not repeated; None when it failed."""
    try:
        with session(request.url, environ) as opened:
            reply = send(opened, request, (seconds, seconds))
    except (ValueError, ConfigError):  # the address or the proxy is invalid
        return None
    return reply if isinstance(reply, Reply) else None


def _host(url: str) -> str:
    """Who is called, as texts name it; nothing of an address without a host."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def _fault(error: Exception, host: str, timeout: tuple[float, float]) -> NoReply:
    causes = tuple(_causes(error))

    def caused_by(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    connecting, reading = timeout
    if isinstance(error, requests.exceptions.ProxyError):
        return NoReply(say("http.proxy", host=host), executed=False)
    if isinstance(error, requests.ConnectTimeout):
        text = say("http.connect_timeout", host=host, seconds=connecting)
        return NoReply(text, executed=False)
    if caused_by(NewConnectionError):
        sentence = "http.name" if caused_by(socket.gaierror) else "http.connect"
        return NoReply(say(sentence, host=host), executed=False)
    if caused_by(ssl.SSLCertVerificationError):
        return NoReply(say("http.certificate", host=host), executed=False)
    if isinstance(error, MALFORMED):
        return NoReply(say("http.malformed"), executed=False)
    if isinstance(error, requests.ReadTimeout):
        return NoReply(say("http.read_timeout", seconds=reading))
    return NoReply(say("http.broken"))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """*error* and all errors it wraps; each once."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            reason = getattr(item, "reason", None)
            waiting += [item.__cause__, item.__context__, reason, *item.args]
