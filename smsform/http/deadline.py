"""Ending a call in time, however slowly its answer arrives.

The time-outs of sockets measure each silence: a byte a second, or one interim reply
after the other, never reaches them. So at the deadline the connection is cut.
"""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager, suppress
from heapq import heappop, heappush
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError

_thread = threading.local()  # ``call``: the one under way in each thread


def _under_way() -> Deadline | None:
    call: Deadline | None = getattr(_thread, "call", None)
    return call


class Deadline:
    """A call with a time limit: ``over`` once it was cut off, ``sent`` once its request
    began to go out."""

    def __init__(self) -> None:
        self.over = self.sent = self._ended = False
        self._sent_at = time.monotonic()
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def uses(self, connection: socket.socket | None, *, sent: bool = False) -> None:
        """The call uses this socket; *sent* with its request, not yet for a proxy or
        TLS."""
        with self._lock:
            # A copy: when the socket is wrapped for TLS, the original is detached.
            self._release()
            self._socket = _copy(connection)
            self.sent = self.sent or (sent and not self.over)
            if self.over:
                self._shut_down()

    def sending(self) -> None:
        """Note that the rest of the request is handed to its socket now.

        Noted before that, not after: after it this thread may wait for its turn as long
        as an answer takes, and the quickest answer, which all others are compared with,
        would seem quicker than it was.
        """
        self._sent_at = time.monotonic()

    def seconds(self) -> float:
        """Seconds since the last part of the request was handed to its socket."""
        return time.monotonic() - self._sent_at

    def cut_off(self) -> None:
        """The time is over: cut the connection, so that the reader sees its end."""
        with self._lock:
            if not self._ended:
                self.over = True
                self._shut_down()

    def end(self) -> None:
        """The call has ended; nothing is cut any more."""
        with self._lock:
            self._ended = True
            self._release()

    def _shut_down(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # it has ended already
                self._socket.shutdown(socket.SHUT_RDWR)

    def _release(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _copy(connection: socket.socket | None) -> socket.socket | None:
    """Another handle of the same connection, below TLS; None when it is closed."""
    if connection is None or connection.fileno() < 0:
        return None
    return socket.socket(fileno=os.dup(connection.fileno()))


class _Watch:
    """Cuts off the calls whose time is over, in one thread for all of them.

    To start a thread for each would take as long as to send its request.
    """

    def __init__(self) -> None:
        # When it is over, a number that keeps the order, and the call, which may have
        # ended long before.
        self._calls: list[tuple[float, int, Deadline]] = []
        self._number = itertools.count()
        self._sooner = threading.Condition()
        self._thread: threading.Thread | None = None

    def add(self, call: Deadline, seconds: float) -> None:
        """Cut *call* off in so many seconds."""
        with self._sooner:
            due = time.monotonic() + seconds
            heappush(self._calls, (due, next(self._number), call))
            if self._thread is None or not self._thread.is_alive():  # after a fork
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._calls[0][2] is call:
                self._sooner.notify()

    def _run(self) -> None:
        while True:
            with self._sooner:
                left = self._calls[0][0] - time.monotonic() if self._calls else None
                if left is None or left > 0:
                    self._sooner.wait(left)
                    continue
                _, _, call = heappop(self._calls)
            call.cut_off()


_watch = _Watch()


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Cut off the call that is made in the block, in this thread, after *seconds*."""
    call = Deadline()
    _thread.call = call
    _watch.add(call, seconds)
    try:
        yield call
    finally:
        _thread.call = None
        call.end()


class _Http(HTTPConnection):
    """A connection that tells the call under way which socket it uses."""

    _pieces: bytearray | None = None  # a request while its head and body are joined

    def _new_conn(self) -> socket.socket:
        # Name resolution has no time-out, and each address of a name has its own.
        try:
            opened = _within(self.timeout, super()._new_conn)
        except FutureTimeout:
            text = f"{self.host}: not connected after {self.timeout} s"
            raise ConnectTimeoutError(self, text) from None
        self._tell(opened)  # a proxy's greeting and TLS come next
        return opened

    def _tunnel(self) -> None:
        super()._tunnel()
        call = _under_way()
        # A connection that was cut may look like a normal end.
        if call is not None and call.over:
            raise ConnectTimeoutError(self, f"{self.host}: cut off")

    def request(self, *arguments: Any, **options: Any) -> None:
        """Send head and body in one piece: the service is woken up once."""
        self._pieces = bytearray()
        try:
            super().request(*arguments, **options)
        finally:
            whole, self._pieces = self._pieces, None
        self.send(whole)

    def putrequest(self, *arguments: Any, **options: Any) -> None:
        self._tell(self.sock, sent=True)  # perhaps one that was kept open
        super().putrequest(*arguments, **options)

    def send(self, data: Any) -> None:
        if self._pieces is not None:
            self._pieces += data
            return
        if self.sock is None:
            self.connect()  # its time is none of the answer's
        if call := _under_way():
            call.sending()
        super().send(data)

    @staticmethod
    def _tell(used: socket.socket | None, *, sent: bool = False) -> None:
        if call := _under_way():
            call.uses(used, sent=sent)


class _Https(_Http, HTTPSConnection):
    """The same with TLS."""


def _within(seconds: Any, connect: Callable[[], socket.socket]) -> socket.socket:
    """The socket that *connect* opens; FutureTimeout after *seconds*, and closed
    then."""
    found: Future[socket.socket] = Future()

    def run() -> None:
        try:
            opened = connect()
        except Exception as error:  # raised again in the thread that waits
            if found.set_running_or_notify_cancel():
                found.set_exception(error)
        else:
            if found.set_running_or_notify_cancel():
                found.set_result(opened)
            else:
                opened.close()

    threading.Thread(target=run, daemon=True).start()
    try:
        return found.result(seconds if isinstance(seconds, int | float) else None)
    except FutureTimeout:
        if found.cancel():
            raise
        return found.result()  # it came just in time


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


POOLS = {"http": _HttpPool, "https": _HttpsPool}  # of connections that can be cut
