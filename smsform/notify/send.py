"""Sending one notification to one target: one call, limited in time."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.errors import ConfigError
from smsform.http.network import send, session
from smsform.notify import mail, targets
from smsform.notify.address import Target
from smsform.notify.message import Notification
from smsform.transport import NoReply
from smsform.words import say

SECONDS = 10.0  # for the whole call


def deliver(
    target: Target, message: Notification, environ: Mapping[str, str], now: float
) -> str:
    """Send to *target*; returns why that failed, without its address, or "".

    No redirect is followed and nothing is repeated: the next run sends what is left.
    """
    return target.hide(_deliver(target, message, environ, now))


def _deliver(
    target: Target, message: Notification, environ: Mapping[str, str], now: float
) -> str:
    if target.mail is not None:
        letter = mail.letter(message, target.mail, now)
        return mail.send(letter, target.mail, environ, SECONDS)
    request = targets.request(target, message, now)
    try:
        with session(target.url, environ) as opened:
            reply = send(opened, request, (SECONDS, SECONDS))
    except ConfigError as error:  # a wrong proxy setting, which is not quoted
        return error.message()
    except ValueError:
        return say("http.malformed")
    if isinstance(reply, NoReply):
        return reply.text
    return targets.refused(target, reply)
