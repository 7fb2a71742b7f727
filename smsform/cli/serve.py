"""``preview --serve``: one page over HTTP, rendered anew with every save.

The browser asks for ``VERSION`` again and again; the answer is a digest of every file
the page is made from. The page carries the digest it was made from and loads itself
again when the two differ, so a save is never missed, whenever it happens, and never
counted twice.
"""

from __future__ import annotations

import gc
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from time import monotonic, sleep
from typing import Any

import click

from smsform.cli.failure import show
from smsform.documents import walk
from smsform.errors import ConfigError
from smsform.loopback import is_loopback, names_this_machine
from smsform.stopping import until_stopped
from smsform.words import say

VERSION = "/version"
PATIENCE = 10.0  # seconds a client has from its first byte to the end of the answer
PLACES = 128  # clients at a time; a browser takes two or three
SETTLING = 0.03  # seconds between two looks at files that are being saved
LOOKS = 10
HEADERS = {  # for every answer: never kept, never inside another page
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Render = Callable[[str], str]  # a version -> the page that carries it


def digest(root: Path, more: Iterable[Path] = ()) -> str:
    """A digest of all the YAML below *root* and of the files *more*, names included.

    It covers their contents, not their times, which are too coarse to tell two saves
    apart. smsform.yaml is among them. A file that cannot be read, or a pipe, which may
    never end, counts by its name alone.
    """
    found = sha256()
    names = (walk.CONFIG, *walk.find(root, {}))
    for path in (*(root / name for name in names), *more):
        try:
            data = sha256(path.read_bytes()).digest() if path.is_file() else b""
        except OSError:
            data = b""
        found.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape") + data)
    return found.hexdigest()


class Live:
    """The page as of the newest save; requests come in many threads, one renders."""

    def __init__(self, look: Callable[[], str], render: Render) -> None:
        self._look, self._render = look, render
        self._lock = threading.Lock()
        self._version = ""
        self._page = b""

    def version(self) -> str:
        """The digest of the files now; while they are being saved, that of the end."""
        seen = self._look()
        if seen != self._version:
            seen = self._settled(seen)
        return seen

    def page(self) -> bytes:
        """The page of this moment, in UTF-8."""
        with self._lock:
            for _ in range(LOOKS):
                version = self.version()
                # Equal: nothing was saved while the page was rendered.
                if version == self._version:
                    break
                self._page = self._render(version).encode(errors="replace")
                self._version = version
            return self._page

    def _settled(self, seen: str) -> str:
        """The digest once two looks agree: an editor may empty a file, then fill it."""
        for _ in range(LOOKS):
            sleep(SETTLING)
            before, seen = seen, self._look()
            if before == seen:
                break
        return seen


def serve(live: Live, host: str, port: int) -> None:
    """Serve until a signal comes; ConfigError where nothing can listen there."""
    if not is_loopback(host):
        show(ConfigError("--host", say("serve.open", host=host)), "serve.warning")
    gc.enable()  # off for batch runs; this one lasts
    with until_stopped() as over, served(live, host, port) as url:
        click.echo(say("serve.serving", url=url))
        sys.stdout.flush()
        click.echo(say("serve.stop"), err=True)
        while not over.wait(0.5):  # a bounded wait, so that Windows sees Ctrl-C
            pass


@contextmanager
def served(live: Live, host: str, port: int) -> Iterator[str]:
    """Serve *live* in threads during the block; yields its URL. Port 0 takes a free
    one.

    On loopback a request is answered only if its Host header names this machine: a site
    whose name was made to resolve to it (DNS rebinding) gets nothing.
    """
    try:
        server = _Http(live, host, port)
    except (OSError, OverflowError) as error:
        what = say("serve.port_taken", host=host, port=port, what=error)
        raise ConfigError("--port", what, say("serve.port_taken_hint")) from error
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Http(ThreadingTCPServer):
    """A thread for every client: one that hangs keeps nobody waiting.

    Each has ``PATIENCE`` seconds in all, however slowly it sends. Of more than
    ``PLACES`` clients the oldest is disconnected: a real browser is done by then.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, live: Live, host: str, port: int) -> None:
        self.live, self.guarded = live, is_loopback(host)
        # Client -> when its time ends, oldest first.
        self._clients: dict[socket.socket, float] = {}
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Connection)

    @property
    def url(self) -> str:
        host, port = map(str, self.server_address[:2])
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread; where there are too many, hang up on the oldest."""
        if len(self._clients) >= PLACES:
            self._hang_up(next(iter(tuple(self._clients)), None))
        self._clients[request] = monotonic() + PATIENCE
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close an answered or abandoned connection, which makes room for the next
        one."""
        self._clients.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Close the connections whose time is over; called several times a second."""
        now = monotonic()
        for client, until in tuple(self._clients.items()):
            if until < now:
                self._hang_up(client)

    def _hang_up(self, client: socket.socket | None) -> None:
        if client is not None:
            self._clients.pop(client, None)
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)  # ends the read its thread is in

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that hang up; show any other error."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    """One request, one answer, then the connection is closed."""

    server: _Http
    timeout = PATIENCE

    def do_GET(self) -> None:
        """Answer with the page or its version; HEAD gets no body."""
        host = self.headers.get("Host", "")
        if self.server.guarded and not names_this_machine(host):
            what = say("serve.stranger", url=self.server.url)
            return self._answer(HTTPStatus.FORBIDDEN, what.encode())
        match self.path.partition("?")[0]:
            case "/":
                page = self.server.live.page()
                self._answer(HTTPStatus.OK, page, "text/html")
            case path if path == VERSION:
                version = self.server.live.version()
                self._answer(HTTPStatus.OK, version.encode())
            case _:
                self._answer(HTTPStatus.NOT_FOUND, b"")

    do_HEAD = do_GET

    def _refuse(self) -> None:
        self._answer(HTTPStatus.METHOD_NOT_ALLOWED, b"")

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _refuse

    def _answer(
        self, status: HTTPStatus, body: bytes, kind: str = "text/plain"
    ) -> None:
        self.send_response(status)
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        """What answers call this server."""
        return "smsform"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the page asks several times a second."""
