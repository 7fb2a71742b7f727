"""What an account's replies tell a person who asks why it does not work.

The clock: a signature is refused when its time is too far from the service's, so the
Date header of any reply, a refusal's too, says how far off this machine is, to the
second.
"""

from __future__ import annotations

from smsform.errors import Refused, Scope
from smsform.model import Check, Health
from smsform.provider import Credentials
from smsform.words import say

SHOWN = 4  # characters of a key's id that are shown: enough to tell keys apart
LONG = 16  # characters an id has at least when some are shown
DRIFT = 30  # seconds of clock difference that are never reported


class CallHistory:
    """What the calls of an account have shown so far."""

    def __init__(self) -> None:
        self.refusals: dict[str, Check] = {}  # by code
        self._dated: tuple[str, float] | None = None

    def reply(self, date: str, now: float) -> None:
        """Remember the Date header of a reply that came at *now*, in unix seconds."""
        if date:
            self._dated = date, now

    def refused(self, refused: Refused) -> None:
        """Remember a refusal; of each code the latest one is kept.

        Not the error itself: it is raised, then holds the frames of the call, and these
        the client that holds this.
        """
        self.refusals[refused.code] = of_refusal(refused)

    def skew(self) -> int | None:
        """Seconds this machine's clock is ahead of the service's; None: not known."""
        if self._dated is None:
            return None
        date, now = self._dated
        try:
            from email.utils import parsedate_to_datetime

            return round(now - parsedate_to_datetime(date).timestamp())
        except (ValueError, OverflowError):
            return None


def of_key(key: Credentials) -> Check:
    """Where the key comes from, and the end of its id."""
    if key.source == "emulator":
        return Check("credentials", Health.OK, say("doctor.key_demo"))
    end = key.id[-SHOWN:] if len(key.id) >= LONG else ""
    sentence = "doctor.key_temporary" if key.token else "doctor.key"
    return Check("credentials", Health.OK, say(sentence, source=key.source, end=end))


def of_clock(skew: int | None, window: int) -> Check:
    """Whether this machine's clock is within *window* seconds of the service's."""
    if skew is None:
        found, todo = say("doctor.clock_unknown"), say("doctor.clock_unknown_todo")
        return Check("clock", Health.WARN, found, todo)
    if abs(skew) <= DRIFT:
        return Check("clock", Health.OK, say("doctor.clock", seconds=max(abs(skew), 1)))
    sentence = "doctor.clock_ahead" if skew > 0 else "doctor.clock_behind"
    found = say(sentence, seconds=abs(skew), limit=window)
    health = Health.FAIL if abs(skew) > window else Health.WARN
    return Check("clock", health, found, say("doctor.clock_todo"))


def of_refusal(refused: Refused) -> Check:
    """A check that shows a refusal with its advice; a temporary one is not a
    failure."""
    passing = refused.scope in (Scope.LISTING, Scope.THROTTLE)
    health = Health.WARN if passing else Health.FAIL
    return Check("refusal", health, refused.message(), refused.advice)
