"""Ending a call in time, however slowly its answer arrives.

The time-outs of sockets measure each silence: a byte a second, or one interim reply
after the other, never reaches them. So at the deadline the connection is cut.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError

_thread = threading.local()  # the call under way in each thread


class Deadline:
    """A call with a time limit: ``over`` once cut off, ``sent`` once its request went
    out."""

    def __init__(self) -> None:
        self.over = self.sent = False
        self._sent_at = time.monotonic()
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def uses(self, connection: socket.socket | None, *, sent: bool = False) -> None:
        """The call uses this socket; *sent* with its request, not yet for a proxy or
        TLS."""
        with self._lock:
            # A copy: wrapping the socket for TLS takes its number away.
            self._forget()
            self._socket = _copy(connection)
            self.sent = self.sent or (sent and not self.over)
            if self.over:
                self._cut()

    def went(self) -> None:
        """Note that all of the request so far was given to its socket."""
        self._sent_at = time.monotonic()

    def seconds(self) -> float:
        """Seconds since the end of the request was sent."""
        return time.monotonic() - self._sent_at

    def pass_by(self) -> None:
        """The time is over: cut the connection, so that the reader sees its end."""
        with self._lock:
            self.over = True
            self._cut()

    def end(self) -> None:
        """The call has ended; nothing is cut any more."""
        with self._lock:
            self._forget()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # it has ended already
                self._socket.shutdown(socket.SHUT_RDWR)

    def _forget(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _copy(connection: socket.socket | None) -> socket.socket | None:
    """Another handle of the same connection, below TLS; None when it is closed."""
    if connection is None or connection.fileno() < 0:
        return None
    return socket.socket(fileno=os.dup(connection.fileno()))


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Cut off the call that is made in the block, in this thread, after *seconds*."""
    call = Deadline()
    timer = threading.Timer(seconds, call.pass_by)
    timer.daemon = True
    _thread.call = call
    timer.start()
    try:
        yield call
    finally:
        timer.cancel()
        _thread.call = None
        call.end()


class _Http(HTTPConnection):
    """A connection that tells the call under way which socket it uses."""

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
        call: Deadline | None = getattr(_thread, "call", None)
        # A connection that was cut may look like a normal end.
        if call is not None and call.over:
            raise ConnectTimeoutError(self, f"{self.host}: cut off")

    def putrequest(self, *arguments: Any, **options: Any) -> None:
        self._tell(self.sock, sent=True)  # perhaps one that was kept open
        super().putrequest(*arguments, **options)

    def send(self, data: Any) -> None:
        super().send(data)
        call: Deadline | None = getattr(_thread, "call", None)
        if call is not None:
            call.went()

    @staticmethod
    def _tell(used: socket.socket | None, *, sent: bool = False) -> None:
        call: Deadline | None = getattr(_thread, "call", None)
        if call is not None:
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


_POOLS = {"http": _HttpPool, "https": _HttpsPool}


class BoundedAdapter(HTTPAdapter):
    """The network, by connections that ``deadline`` can cut."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Open pools of ours."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """The same behind a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager
