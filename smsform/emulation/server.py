"""An emulator on a socket: a threaded HTTP/1.1 server on loopback."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from socketserver import ThreadingTCPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from smsform.emulation.bodies import Unreadable, read_body
from smsform.emulation.guard import is_stranger
from smsform.emulation.messages import Dropped
from smsform.emulation.service import Service
from smsform.words import say

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

Headers = Mapping[str, Sequence[str]]  # name in lower case -> values as they came

IDLE = 120.0  # seconds a silent connection is kept
TICK = 1.0  # seconds between two looks at what falls due by time


class Server:
    """An emulator on ``http://host:port``, serving until it is stopped.

    It serves in threads of its own. Port 0 takes a free one; OSError when the port is
    taken.
    """

    def __init__(self, app: Service, host: str = "127.0.0.1", port: int = 0) -> None:
        self._http = _Http(app, host, port)
        self._thread = Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        self._over = Event()
        self._ticker = Thread(target=self._tick, args=(app,), daemon=True)
        self._ticker.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """``http://host:port``, for clients."""
        host = str(self._http.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def stop(self) -> None:
        """Finish the calls in flight, close every connection."""
        self._over.set()
        self._ticker.join()
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()

    def _tick(self, app: Service) -> None:
        while not self._over.wait(TICK):
            app.tick()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve(app: Service, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Serve *app*; end it with ``stop``, or use it in a ``with``."""
    return Server(app, host, port)


class _Http(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, app: Service, host: str, port: int) -> None:
        self.app = app
        self._open: set[socket.socket] = set()
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that are kept alive."""
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are everyday life here."""


class _Connection(BaseHTTPRequestHandler):
    """A keep-alive connection; every method goes to the app unchanged."""

    server: _Http
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65536  # status, headers and body are sent in one piece
    timeout = IDLE

    def _serve(self) -> None:
        # An absolute URL, when a client takes the emulator for a proxy.
        target = urlsplit(self.path)
        path = unquote(target.path) or "/"
        headers: dict[str, list[str]] = {}
        for name, value in self.headers.items():
            headers.setdefault(name.lower(), []).append(value)
        if self._is_stranger(headers, path):
            return self._turn_away()
        lengths = headers.get("content-length", [])
        codings = headers.get("transfer-encoding", [])
        try:
            body = read_body(self.rfile, lengths, codings)
        except Unreadable as error:
            return self.send_error(error.status)
        environ = self._environ(headers, path, target.query, body)
        try:
            chunks = self.server.app(environ, self._start_response)
        except Dropped:
            self.close_connection = True
            return None
        self.end_headers()
        for chunk in chunks:
            self.wfile.write(chunk)
        return None

    def handle_expect_100(self) -> bool:
        """Answer ``Expect: 100-continue`` at once: such a client waits before the
        body."""
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def _is_stranger(self, headers: Headers, path: str) -> bool:
        if len(headers.get("host", [])) != 1:
            return True
        last = {name: values[-1] for name, values in headers.items()}
        return is_stranger(last, path, self.server.app.is_host)

    def _turn_away(self) -> None:
        body = say("emulation.stranger").encode()
        self.send_response_only(HTTPStatus.FORBIDDEN)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _environ(
        self, headers: Headers, path: str, query: str, body: bytes
    ) -> WSGIEnvironment:
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": headers.get("content-type", [""])[0],
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
        }
        for name, values in headers.items():
            key = name.upper().replace("-", "_")
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                environ[f"HTTP_{key}"] = values[-1]
        return environ

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Any:
        code, _, phrase = status.partition(" ")
        self.send_response_only(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = _serve

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the call log is in the store."""
