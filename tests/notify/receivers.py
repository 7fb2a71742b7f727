"""Receivers on this machine that take what the chats document, and nothing else.

Written from the vendors' pages (their addresses are in ``smsform.notify.targets``), not
from our code: signatures are worked out as the pages' own Python samples do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from jsonschema import Draft202012Validator

from smsform.report.schemas import schema

TOKEN = "tok3n-0f-the-h00k-4711"
SECRET = "SEC0a1b2c3d4e5f60718293"
PASSWORD = "pa55-w0rd-9182"
VARIABLE = "SMSFORM_NOTIFY_OPS"


class Call(NamedTuple):
    """A request as it arrived."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


def wecom(call: Call) -> str:
    """The text of a message of a WeCom robot; ValueError for what it would refuse."""
    demand(call.path == "/cgi-bin/webhook/send", "path")
    demand(call.query == {"key": [TOKEN]}, "invalid webhook url")
    demand(set(call.body) == {"msgtype", "text"}, "keys")
    demand(call.body["msgtype"] == "text", "msgtype")
    demand(set(call.body["text"]) == {"content"}, "mentions")
    content = call.body["text"]["content"]
    demand(0 < len(content.encode("utf-8")) <= 2048, "content exceed max length")
    return str(content)


def dingtalk(call: Call) -> str:
    """The same of DingTalk, signed."""
    demand(call.path == "/robot/send", "path")
    demand(call.query["access_token"] == [TOKEN], "token is not exist")
    timestamp = call.query["timestamp"][0]
    demand(abs(time.time() * 1000 - int(timestamp)) < 3_600_000, "invalid timestamp")
    string = f"{timestamp}\n{SECRET}"
    code = hmac.new(SECRET.encode(), string.encode(), digestmod=hashlib.sha256).digest()
    demand(call.query["sign"] == [base64.b64encode(code).decode()], "sign not match")
    demand(set(call.query) == {"access_token", "timestamp", "sign"}, "query")
    demand(call.body["msgtype"] == "text", "msgtype")
    demand(call.body["at"] == {"isAtAll": False}, "mentions")
    demand(len(json.dumps(call.body, ensure_ascii=False).encode()) <= 20_000, "size")
    return str(call.body["text"]["content"])


def feishu(call: Call) -> str:
    """The same of Feishu, signed."""
    demand(call.path == f"/open-apis/bot/v2/hook/{TOKEN}", "path")
    demand(call.query == {}, "query")
    timestamp = call.body["timestamp"]
    demand(abs(time.time() - int(timestamp)) < 3600, "timestamp is not within one hour")
    key = f"{timestamp}\n{SECRET}"
    code = hmac.new(key.encode("utf-8"), digestmod=hashlib.sha256).digest()
    demand(call.body["sign"] == base64.b64encode(code).decode("utf-8"), "sign")
    demand(call.body["msg_type"] == "post", "msg_type")
    [(locale, post)] = call.body["content"]["post"].items()
    demand(locale in ("zh_cn", "en_us"), "locale")
    demand(len(json.dumps(call.body, ensure_ascii=False).encode()) <= 20_000, "size")
    pieces = [piece for line in post["content"] for piece in line]
    demand({piece["tag"] for piece in pieces} <= {"text", "a"}, "tags")
    demand(not any(piece.get("un_escape") for piece in pieces), "un_escape")
    links = [piece["href"] for piece in pieces if piece["tag"] == "a"]
    texts = [piece["text"] for piece in pieces if piece["tag"] == "text"]
    return "\n".join([post["title"], *texts, *links])


def slack(call: Call) -> str:
    """The same of Slack."""
    demand(call.path == f"/services/T000/B000/{TOKEN}", "no_service")
    blocks = call.body["blocks"]
    demand(0 < len(blocks) <= 50, "invalid_blocks")
    demand(call.body["mrkdwn"] is False, "mrkdwn")
    text = call.body["text"].replace("&amp;", "").replace("&lt;", "")
    demand(not set("<>&") & set(text.replace("&gt;", "")), "text is markup")
    found = []
    for block in blocks:
        demand(block["type"] == "section", "invalid_blocks")
        demand(0 < len(block["text"]["text"]) <= 3000, "invalid_blocks")
        if block["text"]["type"] == "mrkdwn":
            demand(block["text"]["verbatim"] is True, "verbatim")
            demand(block["text"]["text"].startswith("<http"), "a link alone")
        found.append(block["text"]["text"])
    return "\n".join(found)


def webhook(call: Call) -> str:
    """Any other: what our schema says."""
    demand(call.path == f"/hook/{TOKEN}", "path")
    basic = base64.b64encode(f"ops:{PASSWORD}".encode()).decode()
    demand(call.headers["Authorization"] == f"Basic {basic}", "login")
    Draft202012Validator(schema("news")).validate(call.body)
    return str(call.body["text"])


def demand(holds: bool, what: str) -> None:
    """Refuse the call unless that holds."""
    if not holds:
        raise ValueError(what)


ERRCODE = b'{"errcode":0,"errmsg":"ok"}'


class Vendor(NamedTuple):
    """How a service is called, reads a message, and answers."""

    address: str
    read: Callable[[Call], str]
    taken: bytes
    refusal: bytes


VENDORS = {
    "wecom": Vendor(
        f"wecom+http://{{host}}/cgi-bin/webhook/send?key={TOKEN}",
        wecom,
        ERRCODE,
        b'{"errcode":93000,"errmsg":"invalid webhook url"}',
    ),
    "dingtalk": Vendor(
        f"dingtalk+http://{{host}}/robot/send?access_token={TOKEN}&secret={SECRET}",
        dingtalk,
        ERRCODE,
        b'{"errcode":310000,"errmsg":"sign not match"}',
    ),
    "feishu": Vendor(
        f"feishu+http://{{host}}/open-apis/bot/v2/hook/{TOKEN}?secret={SECRET}",
        feishu,
        b'{"code":0,"data":{},"msg":"success"}',
        b'{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}',
    ),
    "slack": Vendor(
        f"slack+http://{{host}}/services/T000/B000/{TOKEN}",
        slack,
        b"ok",
        b"no_service",
    ),
    "webhook": Vendor(
        f"http://ops:{PASSWORD}@{{host}}/hook/{TOKEN}",
        webhook,
        b"",
        b"",
    ),
}


@dataclass
class Receiver:
    """A service: ``taken`` are the texts it showed, ``wrong`` what it had to refuse.

    ``answers`` come first, one a call: a status, "garbage", "nothing" (the connection
    ends), "silence" (it stays open), "redirect", "refusal"; then all is well.
    """

    vendor: Vendor
    answers: list[object] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    host: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """What goes into the variable."""
        return self.vendor.address.format(host=self.host)

    def answer(self, call: Call) -> tuple[int, bytes] | None:
        """Take a call, or do as was said; None ends the connection."""
        self.calls.append(call)
        first = self.answers.pop(0) if self.answers else "fine"
        if first == "silence":
            self.over.wait(30)
        if first in ("nothing", "silence"):
            return None
        if first == "garbage":
            return 200, b'<html>{"errcode": "ok"'
        if first == "refusal":
            return 200, self.vendor.refusal
        if isinstance(first, int):
            return first, b'{"errcode":45009,"errmsg":"api freq out of limit"}'
        if first == "redirect":
            return 307, b""
        try:
            text = self.vendor.read(call)
        except Exception as error:
            self.wrong.append(f"{type(error).__name__}: {error}")
            return 400, self.vendor.refusal
        self.taken.append(text)
        return 200, self.vendor.taken


@contextmanager
def receiving(sort: str) -> Iterator[Receiver]:
    """A receiver of that sort, served until the block ends."""
    receiver = Receiver(VENDORS[sort])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(size))
            call = Call(
                parts.path, parse_qs(parts.query), dict(self.headers.items()), body
            )
            answer = receiver.answer(call)
            self.close_connection = True
            if answer is None:
                return
            self.send_response(answer[0])
            if answer[0] == 307:
                self.send_header("Location", f"http://{receiver.host}/elsewhere")
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Post:
    """A mail server; ``taken`` are the mails, ``answers`` come first, one a mail."""

    answers: list[object] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    host: str = ""

    @property
    def address(self) -> str:
        """What goes into the variable."""
        return f"smtp://{self.host}?from=sms@example.com&to=ops@example.com"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail, or do as was said."""
        import email.policy

        first = self.answers.pop(0) if self.answers else "fine"
        if first == "nothing":
            server.transport.abort()
        if first == "garbage":
            return "you are welcome"
        if first != "fine":
            return "451 4.7.1 try again later"
        self.mails.append(envelope.content)
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if envelope.rcpt_tos != ["ops@example.com"] or mail.is_multipart():
            self.wrong.append(str(mail))
        self.taken.append(f"{mail['Subject']}\n{mail.get_content()}")
        return "250 OK"


@contextmanager
def posting() -> Iterator[Post]:
    """A mail server, until the block ends."""
    import socket

    post = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    post.host = f"127.0.0.1:{port}"
    try:
        yield post
    finally:
        controller.stop()


SORTS = (*VENDORS, "mail")


@contextmanager
def target(sort: str) -> Iterator[Receiver | Post]:
    """A receiver of any sort."""
    with posting() if sort == "mail" else receiving(sort) as found:
        yield found
