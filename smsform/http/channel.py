"""One account's way to its service: when a call is made, how often, how it ends.

    call -> pace -> build and sign -> send -> read --> value
      ^                                        |
      +---- back-off: throttled, or a read ----+

Knows no service. The caller builds a signed request for every attempt and reads the
reply; the error a call ends with depends on what is known about it:

    nothing was sent          Unreachable
    sent, no usable answer    Unreachable for a read, Unclear for a write
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from msgspec.structs import replace

from smsform.clock import Awaited, Clock, let_pass
from smsform.errors import ProviderError, Refused, Scope, Unclear, Unreachable
from smsform.http.pacer import Pacer, Turn, always
from smsform.redaction import Secrets
from smsform.transport import NoReply, Reply, Request, Transport
from smsform.words import say

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

T = TypeVar("T")
OnCall = Callable[[str, str, str, float], None]  # action, outcome, request id, seconds
OnReply = Callable[[str, bytes], None]  # action, body

CONNECT_TIMEOUT = 10.0  # seconds, unless the time-out of the account is shorter
TRIES_FAULT = 4  # of a read
TRIES_THROTTLED = 8  # tries of a throttled call, whatever it is
LONGEST_PAUSE = 16.0  # seconds
LONGEST_WISH = 60.0  # seconds; a service that asks for a longer wait gets this one


class Channel:
    """Calls to one account: paced, repeated where that is safe, and recorded.

    *base* is ``scheme://host[:port]``, *timeout* in seconds; *transport* replaces the
    network, *adapter* its sockets alone. *on_call* hears of every attempt, one at a
    time, and *on_reply* gets the body of every reply with its action. *secrets* are
    removed from every reply before anybody reads it.
    """

    def __init__(
        self,
        provider: str,
        base: str,
        clock: Clock,
        *,
        environ: Mapping[str, str],
        timeout: float = 30.0,
        adapter: BaseAdapter | None = None,
        transport: Transport | None = None,
        on_call: OnCall | None = None,
        on_reply: OnReply | None = None,
        wanted: Callable[[], bool] | None = None,
        secrets: Secrets | None = None,
        chance: Callable[[], float] | None = None,
    ) -> None:
        self.provider, self.base = provider, base
        self._clock, self._chance, self._on_call = clock, chance or _chance, on_call
        self._on_reply = on_reply
        self._wanted = wanted
        self._secrets = secrets or Secrets()
        self._timeout = (min(timeout, CONNECT_TIMEOUT), timeout)
        self._transport = transport or _network(base, environ, adapter)
        self._pacers: dict[str, Pacer] = {}
        self._lock = Lock()

    def call(
        self,
        action: str,
        build: Callable[[], Request],
        read: Callable[[Reply], tuple[T, str]],
        *,
        repeatable: bool,
        pace: tuple[int, float],
        wanted: Callable[[], bool] = always,
        once: bool = False,
    ) -> T:
        """Make a call and return its value.

        *pace* is how many calls of this action may happen in how many seconds. *build*
        signs a request, anew for each attempt; *read* gives the value and the
        request id of a reply, or raises a ProviderError. Throttling (a refusal with
        that scope) is waited out for every call but one that is made *once*, and no
        other of the action starts meanwhile; other faults only where *repeatable*.
        """
        pacer = self._pacer(action, pace)
        tries = 0
        while True:
            with pacer.turn(self._while_wanted(wanted)) as turn:
                outcome = self._attempt(action, build(), read, repeatable, turn)
            if not isinstance(outcome, ProviderError):
                return outcome
            tries += 1
            if once or tries >= _tries(outcome, repeatable):
                try:
                    raise outcome
                finally:
                    # Otherwise the error holds this frame, which holds the error.
                    del outcome
            pause = min(2.0 ** (tries - 1), LONGEST_PAUSE) * (0.5 + self._chance() / 2)
            pause, awaited = max(pause, _wish(outcome)), Awaited.UNANSWERED
            if isinstance(outcome, Refused):
                awaited = Awaited.THROTTLED
                pacer.rest(pause)
            let_pass(self._clock, pause, awaited)

    def ready(self, action: str, pace: tuple[int, float]) -> None:
        """Wait until a call of this action may go at once; makes none."""
        self._pacer(action, pace).ready()

    @property
    def host(self) -> str:
        """The Host header of a call: with the port, unless it is the default."""
        return urlsplit(self.base).netloc

    def _while_wanted(self, wanted: Callable[[], bool]) -> Callable[[], bool]:
        """*wanted* and the channel's own condition: False once the answer is not
        needed."""
        account = self._wanted
        return wanted if account is None else lambda: account() and wanted()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _pacer(self, action: str, pace: tuple[int, float]) -> Pacer:
        with self._lock:
            if action not in self._pacers:
                self._pacers[action] = Pacer(*pace, self._clock)
            return self._pacers[action]

    def _attempt(
        self,
        action: str,
        request: Request,
        read: Callable[[Reply], tuple[T, str]],
        repeatable: bool,
        turn: Turn,
    ) -> T | ProviderError:
        started = self._clock.now()
        reply = self._transport.send(request, self._timeout)
        if isinstance(reply, Reply):
            turn.answered(reply.seconds)
        if isinstance(reply, Reply) and reply.status >= 500:
            reply = NoReply(say("http.status", status=reply.status))
        result: T | ProviderError
        if isinstance(reply, NoReply):
            kind = Unclear if reply.executed and not repeatable else Unreachable
            result, request_id = kind(self.provider, action, reply.text), ""
        else:
            try:
                body = self._secrets.hide_in(reply.body)
                if self._on_reply:
                    with self._lock:
                        self._on_reply(action, body)
                result, request_id = read(replace(reply, body=body))
            except ProviderError as error:
                # Without its traceback, whose frames hold the error and keep our
                # connections open until garbage is collected.
                result, request_id = error.with_traceback(None), error.request_id
        self._record(action, result, request_id, self._clock.now() - started)
        return result

    def _record(
        self, action: str, result: object, request_id: str, seconds: float
    ) -> None:
        outcome = "ok"
        if isinstance(result, Refused):
            outcome = result.code
        elif isinstance(result, ProviderError):
            outcome = result.text
        if self._on_call:
            with self._lock:
                self._on_call(action, outcome, request_id, seconds)


def _chance() -> float:
    """A share by which pauses differ: runs that were refused together come apart."""
    from random import random

    return random()


def _network(
    base: str, environ: Mapping[str, str], adapter: BaseAdapter | None
) -> Transport:
    # What speaks HTTP takes longer to load than a small project to plan.
    from smsform.http.network import Network

    return Network(base, environ, adapter)


def _tries(error: ProviderError, repeatable: bool) -> int:
    if isinstance(error, Refused) and error.scope is Scope.THROTTLE:
        return TRIES_THROTTLED
    return TRIES_FAULT if repeatable and isinstance(error, Unreachable) else 1


def _wish(error: ProviderError) -> float:
    """The seconds to wait that the service asked for."""
    return min(error.wait, LONGEST_WISH) if isinstance(error, Refused) else 0.0
