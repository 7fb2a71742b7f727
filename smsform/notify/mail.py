"""Notifications by mail: one plain text message, given to one server.

smtplib has no limit for a whole call; ``deadline`` adds it.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Mapping
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from smsform.http.deadline import Deadline, deadline
from smsform.http.endpoint import trusted_certificates
from smsform.loopback import is_loopback
from smsform.notify.address import Mailbox
from smsform.notify.message import Notification
from smsform.words import say

MOST = 100  # entries
AS_WRITTEN = SMTP.clone(refold_source="none")


def letter(message: Notification, box: Mailbox, now: float) -> EmailMessage:
    """The mail; its id depends on the news alone, so a repeated mail is recognised."""
    mail = EmailMessage(policy=AS_WRITTEN)
    mail["From"], mail["To"] = box.sender, ", ".join(box.to)
    mail.set_raw("Subject", _subject(message.title))
    mail["Date"] = formatdate(now)
    unique = message.id if not message.test else f"{message.id}.{int(now * 1000)}"
    mail["Message-ID"] = f"<{unique}@{box.sender.rpartition('@')[2]}>"
    # RFC 3834: no automatic reply from people on holiday.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text(min(len(message.news), MOST), title=False).strip())
    return mail


def _subject(title: str) -> str:
    """The value of a Subject header, folded; encoded words only, unless it is ASCII.

    When a header mixes both, older Pythons lose the blanks between them.
    """
    line = " ".join(title.split())  # a line break would begin another header
    return line if line.isascii() else Header(line, "utf-8", 78, "Subject").encode()


class _Server(smtplib.SMTP):
    """An SMTP connection that ``call`` can cut; TLS from the start with a *context*."""

    def __init__(
        self, box: Mailbox, seconds: float, call: Deadline, context: ssl.SSLContext
    ) -> None:
        self._call, self._context, self._tls = call, context, box.tls
        super().__init__(box.host, box.port, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = socket.create_connection((host, port), timeout)
        self._call.uses(found)
        if self._tls:
            found = self._context.wrap_socket(found, server_hostname=host)
            self._call.uses(found)
        return found


def send(
    mail: EmailMessage, box: Mailbox, environ: Mapping[str, str], seconds: float
) -> str:
    """Send *mail* once; returns why that failed, or "".

    Without TLS nothing is sent, except to this machine.
    """
    bundle = trusted_certificates(environ)
    cafile = bundle if isinstance(bundle, str) else None
    context = ssl.create_default_context(cafile=cafile)
    try:
        with deadline(seconds) as call, _Server(box, seconds, call, context) as server:
            server.ehlo()
            here = is_loopback(box.host)
            if not box.tls and (not here or server.has_extn("starttls")):
                server.starttls(context=context)
                call.uses(server.sock)
                server.ehlo()
            if box.user:
                server.login(box.user, box.password)
            lost = server.send_message(mail, box.sender, box.to)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(error.recipients)
    except smtplib.SMTPResponseException as error:
        return _words(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError, ValueError):
        return say("notify.mail_broken")
    return _refused(lost)


def _refused(recipients: Mapping[str, tuple[int, bytes]]) -> str:
    """The answer to the first recipient that the server refused."""
    for code, text in recipients.values():
        return _words(code, text)
    return ""


def _words(code: int, text: bytes | str) -> str:
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return say("notify.mail_refused", code=code, text=shown[:200])
