"""An emulator on a socket: a threaded HTTP/1.1 server on loopback."""

from __future__ import annotations

import socket
import sys
import traceback
from contextlib import suppress
from http import HTTPStatus
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from time import time
from typing import Any

from smsform.emulation.bodies import Unreadable, read_body
from smsform.emulation.guard import is_stranger
from smsform.emulation.heads import Head, read_head
from smsform.emulation.messages import (
    Answered,
    Dropped,
    HttpReply,
    HttpRequest,
    phrase,
)
from smsform.emulation.service import Service
from smsform.errors import SmsformError
from smsform.words import say

PLAIN = "text/plain; charset=utf-8"
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
        self._over, self._due = Event(), Event()
        app.announce = self._due.set
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
        self._due.set()
        self._ticker.join()
        self._http.app.announce = None
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()

    def _tick(self, app: Service) -> None:
        while True:
            self._due.wait(TICK)
            self._due.clear()
            if self._over.is_set():
                return
            try:
                app.tick()
            except Exception as error:  # the next look may be luckier
                report(error)

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
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            report(error)


class _Connection(StreamRequestHandler):
    """A keep-alive connection; every method goes to the app unchanged."""

    server: _Http
    disable_nagle_algorithm = True
    timeout = IDLE

    def handle(self) -> None:
        """Answer one request after another until either side has enough."""
        with suppress(TimeoutError):
            while self._answer_next():
                pass

    def _answer_next(self) -> bool:
        """Read and answer one request; returns whether another one may follow."""
        try:
            head = read_head(self.rfile)
            if head is None:
                return False
            if self._is_stranger(head):
                self._send(_turned_away(), last=True)
                return False
            request = self._received(head)
            answer = self.server.app.respond(request)
        except Unreadable as error:
            self._send(_refused(error.status), last=True)
            return False
        except Dropped:
            return False
        except SmsformError as error:  # a setting or a file is wrong by now
            report(error)
            self._send(_broken(error), last=True)
            return False
        again = head.keeps_open
        self._send(answer, last=not again, bare=head.method == "HEAD")
        return again

    def _is_stranger(self, head: Head) -> bool:
        if len(head.headers.get("host", ())) != 1:
            return True
        return is_stranger(head.last_values(), head.path, self.server.app.is_host)

    def _received(self, head: Head) -> HttpRequest:
        """The whole request; its body is read now."""
        if head.awaits_permission:
            self.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        lengths = head.headers.get("content-length", ())
        codings = head.headers.get("transfer-encoding", ())
        return HttpRequest(
            method=head.method,
            path=head.path,
            query=head.query,
            headers=head.last_values(),
            body=read_body(self.rfile, lengths, codings),
            peer=str(self.client_address[0]),
        )

    def _send(self, answer: Answered, *, last: bool, bare: bool = False) -> None:
        """Send head and body in one piece; no body when *bare*."""
        lines = [f"HTTP/1.1 {answer.status} {phrase(answer.status)}"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        if last:
            lines.append("Connection: close")
        head = "\r\n".join((*lines, "", "")).encode("latin-1")
        self.connection.sendall(head if bare else head + answer.body)


def _turned_away() -> Answered:
    body = say("emulation.stranger").encode()
    nosniff = ("X-Content-Type-Options", "nosniff")
    return HttpReply(body, HTTPStatus.FORBIDDEN, PLAIN, (nosniff,)).sent_at(time())


def _broken(error: SmsformError) -> Answered:
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return HttpReply(error.message().encode(), status, PLAIN).sent_at(time())


def report(error: Exception) -> None:
    """Say on stderr what kept an emulator from answering, without what it was sent."""
    if isinstance(error, SmsformError):
        shown = "".join(c if c.isprintable() else "?" for c in error.message())
        print(say("emulation.trouble", what=shown), file=sys.stderr)
        return
    traceback.print_tb(error.__traceback__)
    print(type(error).__name__, file=sys.stderr)


def _refused(status: HTTPStatus) -> Answered:
    return HttpReply(status.phrase.encode(), status, PLAIN).sent_at(time())
