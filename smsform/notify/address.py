"""A notification address, as an environment variable holds it, to a target; pure.

    https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…    as the chat shows it
    https://oapi.dingtalk.com/robot/send?access_token=…&secret=SEC…
    feishu+https://gateway.example.com/…                      by another host
    smtps://user:password@smtp.example.com?from=…&to=…        mail
    https://user:password@ops.example.com/sms                 any other: a webhook

No part of an address is ever shown, not even in an error about it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from enum import StrEnum
from urllib.parse import (
    SplitResult,
    parse_qs,
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urlsplit,
)

from msgspec import field

from smsform.errors import ConfigError
from smsform.loopback import is_loopback
from smsform.redaction import HIDDEN, Confidential, Secrets
from smsform.words import say


class Sort(StrEnum):
    """The kind of target at an address."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    SLACK = "slack"
    MAIL = "mail"
    WEBHOOK = "webhook"


HOSTS = {
    "qyapi.weixin.qq.com": Sort.WECOM,
    "oapi.dingtalk.com": Sort.DINGTALK,
    "open.feishu.cn": Sort.FEISHU,
    "open.larksuite.com": Sort.FEISHU,
    "hooks.slack.com": Sort.SLACK,
    "hooks.slack-gov.com": Sort.SLACK,
}
SIGNED = (Sort.DINGTALK, Sort.FEISHU)  # here `secret` signs the message and is not sent
PORTS = {"smtp": 587, "smtps": 465}
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


class Mailbox(Confidential, frozen=True):
    """A mail server, the sender and the recipients of a mail to it.

    ``tls``: TLS from the start; otherwise STARTTLS, on this machine only if offered.
    """

    host: str
    port: int
    tls: bool
    user: str
    password: str
    sender: str
    to: tuple[str, ...]


class Target(Confidential, frozen=True):
    """Where to send; its repr shows nothing. ``secret`` signs, ``mail`` is for mail."""

    sort: Sort
    url: str
    secret: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    mail: Mailbox | None = None
    parts: tuple[str, ...] = ()

    def hide(self, text: str) -> str:
        """*text* without any part of the address, the host included."""
        secrets = Secrets()
        secrets.learn(*self.parts)
        text = secrets.hide(text)
        host = urlsplit(self.url).netloc
        return text.replace(host, HIDDEN) if host else text


def target_of(variable: str, text: str) -> Target:
    """Read what *variable* holds, *text*; ConfigError where that is no address."""
    try:
        return _target(text.strip())
    except _Wrong as wrong:
        what, todo = say(f"notify.{wrong}"), say(f"notify.{wrong}_todo")
    raise ConfigError(variable, what, todo)


class _Wrong(Exception):
    """The address is invalid; the argument names the sentence that says why."""


def _target(text: str) -> Target:
    if not (text.isascii() and text.isprintable()) or " " in text or len(text) > 2000:
        raise _Wrong("no_address")
    named, plus, rest = text.partition("+")
    sort = Sort(named) if plus and named in list(Sort) else None
    try:
        url = urlsplit(rest if sort else text)
        port = url.port
    except ValueError:
        raise _Wrong("no_address") from None
    if not url.hostname:
        raise _Wrong("no_address")
    parts = tuple(_parts(text, url))
    here = is_loopback(url.hostname)
    if url.scheme in PORTS and sort in (None, Sort.MAIL):
        mail = _mailbox(url, port or PORTS[url.scheme])
        netloc = f"{mail.host}:{mail.port}"
        return Target(Sort.MAIL, f"{url.scheme}://{netloc}", mail=mail, parts=parts)
    if url.scheme not in ("http", "https") or sort is Sort.MAIL:
        raise _Wrong("no_address")
    if url.scheme == "http" and not here:
        raise _Wrong("clear")
    sort = sort or HOSTS.get(url.hostname, Sort.WEBHOOK)
    secret, query = "", url.query
    if sort in SIGNED:
        given = parse_qsl(url.query, keep_blank_values=True)
        secret = next((value for key, value in given if key == "secret"), "")
        query = urlencode([each for each in given if each[0] != "secret"])
    bare = url._replace(netloc=url.netloc.rpartition("@")[2], query=query, fragment="")
    return Target(sort, bare.geturl(), secret, _login(url), parts=parts)


def _login(url: SplitResult) -> Mapping[str, str]:
    """The header for a user and a password in the address (RFC 7617)."""
    if url.username is None:
        return {}
    pair = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _mailbox(url: SplitResult, port: int) -> Mailbox:
    given = parse_qs(url.query)
    user, password = unquote(url.username or ""), unquote(url.password or "")
    sender = given.get("from", [user])[0]
    to = tuple(each for value in given.get("to", []) for each in value.split(","))
    if not to or not all(_MAILBOX.fullmatch(each) for each in (sender, *to)):
        raise _Wrong("no_recipient")
    host = url.hostname or ""
    return Mailbox(host, port, url.scheme == "smtps", user, password, sender, to)


def _parts(text: str, url: SplitResult) -> Iterator[str]:
    """Every part of an address that must not be shown, as written and decoded."""
    yield text
    yield url.geturl()
    values = [value for _, value in parse_qsl(url.query, keep_blank_values=True)]
    found = [
        *url.path.split("/"),
        url.path,
        url.query,
        url.fragment,
        url.netloc,
        url.hostname or "",
        url.username or "",
        url.password or "",
        *values,
    ]
    for each in found:
        yield each
        yield unquote(each)
        yield quote(each)
