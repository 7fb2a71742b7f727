"""A call ends in time, however slowly its answer trickles in.

The time-outs of sockets count each silence: a byte a second, or one interim reply after
the other, keeps them content for ever. So at the deadline the connection is cut.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_thread = threading.local()  # the call under way in each thread


class Deadline:
    """A call with so many seconds; ``over`` once it was cut off."""

    def __init__(self) -> None:
        self.over = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def uses(self, connection: socket.socket | None) -> None:
        """It goes by that socket."""
        with self._lock:
            self._socket = connection
            if self.over:
                self._cut()

    def pass_by(self) -> None:
        """The time is over: whoever reads finds the connection ended."""
        with self._lock:
            self.over = True
            self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError, ValueError):  # past TLS, which would say good-bye
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


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


class _Watched:
    """A connection that tells the call under way which socket it uses."""

    sock: socket.socket | None

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        self._tell()

    def putrequest(self, *arguments: Any, **options: Any) -> None:
        self._tell()  # one that was kept open
        super().putrequest(*arguments, **options)  # type: ignore[misc]

    def _tell(self) -> None:
        call: Deadline | None = getattr(_thread, "call", None)
        if call is not None:
            call.uses(self.sock)


class _Http(_Watched, HTTPConnection):
    pass


class _Https(_Watched, HTTPSConnection):
    pass


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
