"""What an account's replies tell a person who asks why it does not work.

The clock: a signature is refused when its time is more than 300 s from the service's
(``wire.WINDOW``), so the Date header of any reply, a refusal's too, says how far off
this machine is, to the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from smsform.errors import Scope
from smsform.model import Check, Health
from smsform.providers.tencent import codes, wire
from smsform.providers.tencent.client import Client
from smsform.words import say

SHOWN = 4  # characters of a key's id; they tell a person's keys apart and open nothing
LONG = 16  # characters an id has at least when some are shown
DRIFT = 30  # seconds nobody needs to care about


def checks(client: Client) -> Iterator[Check]:
    """The key, the clock, and every refusal the table of codes explains."""
    yield _key(client)
    yield _clock(client)
    for code, refused in sorted(client.refusals.items()):
        if code in codes.MARKET_CLOSED:
            found = say("doctor.market_closed", code=code)
            yield Check("market", Health.OK, found)
        else:
            passing = refused.scope in (Scope.LISTING, Scope.THROTTLE)
            health = Health.WARN if passing else Health.FAIL
            yield Check("refusal", health, refused.message(), refused.advice)


def _key(client: Client) -> Check:
    key = client.key()
    if key.source == "emulator":
        return Check("credentials", Health.OK, say("doctor.key_demo"))
    end = key.id[-SHOWN:] if len(key.id) >= LONG else ""
    sentence = "doctor.key_temporary" if key.token else "doctor.key"
    return Check("credentials", Health.OK, say(sentence, source=key.source, end=end))


def _clock(client: Client) -> Check:
    theirs = None
    if client.dated is not None:
        try:
            theirs = parsedate_to_datetime(client.dated[0]).timestamp()
        except (ValueError, OverflowError):
            theirs = None
    if client.dated is None or theirs is None:
        return Check(
            "clock", Health.WARN, say("doctor.clock_unknown"), say("doctor.clock_todo")
        )
    skew = round(client.dated[1] - theirs)
    if abs(skew) <= DRIFT:
        return Check("clock", Health.OK, say("doctor.clock", seconds=max(abs(skew), 1)))
    sentence = "doctor.clock_ahead" if skew > 0 else "doctor.clock_behind"
    found = say(sentence, seconds=abs(skew), limit=wire.WINDOW)
    health = Health.FAIL if abs(skew) > wire.WINDOW else Health.WARN
    return Check("clock", health, found, say("doctor.clock_todo"))
