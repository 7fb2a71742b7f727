"""The emulator in this very process, in place of the network.

A client sees what it would see on a socket: no reply from a dropped connection or an
answer that comes too late, and the same message for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.emulation.in_process import Dropped, Late, answer
from smsform.http import NoReply, Reply, Request, headers_of
from smsform.words import say

if TYPE_CHECKING:
    from smsform.emulation.service import Service


class InProcess:
    """A transport to *app*, one of our emulators."""

    def __init__(self, app: Service) -> None:
        self._app = app

    def send(self, request: Request, timeout: tuple[float, float]) -> Reply | NoReply:
        """Call the app; time passes on its clock."""
        headers = headers_of(request)
        if headers is None:
            return NoReply(say("http.malformed"), executed=False)
        _, seconds = timeout
        try:
            status, fields, body = answer(
                self._app, request.method, request.url, headers, request.body, seconds
            )
        except Late:
            return NoReply(say("http.read_timeout", seconds=seconds))
        except Dropped:
            return NoReply(say("http.broken"))
        return Reply(status, body, dict(fields))

    def close(self) -> None:
        """Nothing is open."""
