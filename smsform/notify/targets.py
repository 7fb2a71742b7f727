"""The request for each kind of target, and reading its reply; pure.

Chats get their plainest message: text whose markup ``inert`` has made harmless. Limits
are counted as the services count them, in bytes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from smsform.notify import webhook
from smsform.notify.address import Sort, Target
from smsform.notify.message import Notification
from smsform.transport import Reply, Request
from smsform.words import LANGUAGES, Language, say, say_in

Body = dict[str, Any]
MOST = 20  # entries of a message that people read


def _unsigned(target: Target, body: Body, now: float) -> tuple[str, Body]:
    return target.url, body


class Way(NamedTuple):
    """How one kind of target is told, with the document that says so.

    ``write`` makes a body with so many entries; its ``weight`` is at most ``limit``
    bytes. ``sign`` adds the proof of who sends it; ``refused`` reads a JSON reply: ""
    when it was accepted, None for an undocumented reply.
    """

    write: Callable[[Notification, int], Body]
    limit: int
    weight: Callable[[Body], int]
    source: str
    read: str
    refused: Callable[[Mapping[str, Any]], str | None]
    sign: Callable[[Target, Body, float], tuple[str, Body]] = _unsigned
    most: int = MOST


def fitted(message: Notification, way: Way) -> Body:
    """The body with as many entries as fit, and the number of the others."""
    for count in range(min(len(message.news), way.most), -1, -1):
        body = way.write(message, count)
        if way.weight(body) <= way.limit:
            return body
    raise AssertionError("a message without entries fits everywhere")


def request(target: Target, message: Notification, now: float) -> Request:
    """The request to *target*, made at *now* in unix seconds."""
    way = WAYS[target.sort]
    url, body = way.sign(target, fitted(message, way), now)
    headers = {"Content-Type": "application/json; charset=utf-8", **target.headers}
    return Request("POST", url, headers, _bytes(body))


def refused(target: Target, reply: Reply) -> str:
    """Why *target* did not take the message, as a sentence; "" where it did."""
    if 300 <= reply.status < 400:
        return say("notify.redirect", status=reply.status)
    if not 200 <= reply.status < 300:
        return say("notify.status", status=reply.status)
    if target.sort is Sort.WEBHOOK:
        return ""
    if target.sort is Sort.SLACK:
        taken = reply.body.strip() == b"ok"
        return "" if taken else say("notify.garbage")
    try:
        found = json.loads(reply.body)
    except ValueError:
        found = None
    why = WAYS[target.sort].refused(found) if isinstance(found, dict) else None
    return say("notify.garbage") if why is None else why


def _bytes(body: Body) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _whole(body: Body) -> int:
    return len(_bytes(body))


# -- WeCom ---------------------------------------------------------------------------


def _wecom(message: Notification, count: int) -> Body:
    """Plain text: WeCom's Markdown has another limit, and other clients do not show it.

    ``<@userid>`` is a mention in plain text, too.
    """
    return {"msgtype": "text", "text": {"content": message.text(count)}}


# -- DingTalk ------------------------------------------------------------------------


def _dingtalk(message: Notification, count: int) -> Body:
    """Plain text with an empty ``at``: then an ``@`` in the text mentions nobody."""
    return {
        "msgtype": "text",
        "text": {"content": message.text(count)},
        "at": {"isAtAll": False},
    }


def dingtalk_signature(secret: str, milliseconds: int) -> str:
    """HMAC-SHA256 of time and secret, with the secret as key, in Base64."""
    text = f"{milliseconds}\n{secret}".encode()
    return _base64(hmac.digest(secret.encode(), text, hashlib.sha256))


def _dingtalk_signed(target: Target, body: Body, now: float) -> tuple[str, Body]:
    if not target.secret:
        return target.url, body
    at = int(now * 1000)
    sign = quote(dingtalk_signature(target.secret, at), safe="")
    joint = "&" if "?" in target.url else "?"
    return f"{target.url}{joint}timestamp={at}&sign={sign}", body


# -- Feishu --------------------------------------------------------------------------

_LOCALES = {Language.ZH: "zh_cn", Language.EN: "en_us"}


def _feishu(message: Notification, count: int) -> Body:
    """Rich text of plain pieces: in a plain message ``<at …>`` is a mention."""
    text = message.text(count, title=False, link=False).strip("\n")
    lines = [[{"tag": "text", "text": text}]] if text else []
    if message.link:
        label = say_in(message.language, "notify.link")
        lines.append([{"tag": "a", "text": label, "href": message.link}])
    shown = {"title": message.title, "content": lines}
    post = {_LOCALES[message.language]: shown}
    return {"msg_type": "post", "content": {"post": post}}


def feishu_signature(secret: str, seconds: int) -> str:
    """HMAC-SHA256 of an empty text, with time and secret as key, in Base64."""
    key = f"{seconds}\n{secret}".encode()
    return _base64(hmac.digest(key, b"", hashlib.sha256))


def _feishu_signed(target: Target, body: Body, now: float) -> tuple[str, Body]:
    if not target.secret:
        return target.url, body
    at = int(now)
    sign = feishu_signature(target.secret, at)
    return target.url, {"timestamp": str(at), "sign": sign, **body}


# -- Slack ---------------------------------------------------------------------------


def _slack(message: Notification, count: int) -> Body:
    """Blocks of plain text, which Slack does not read as its Markdown.

    ``text`` is what notifications show: there ``&``, ``<`` and ``>`` would be markup.
    """
    sections = [message.title]
    for heading, entries, todo in message.groups(count):
        sections += [heading, *entries, *([todo] if todo else [])]
    if message.test or message.rest(count):
        sections.append(message.text(count, title=False, link=False).strip("\n"))
    if message.rest(count):
        sections[-1] = message.rest(count)
    blocks: list[Body] = [
        {
            "type": "section",
            "text": {"type": "plain_text", "text": each, "emoji": False},
        }
        for each in sections
    ]
    if message.link:
        label = say_in(message.language, "notify.link")
        text = f"<{message.link.replace('&', '&amp;')}|{label}>"
        marked = {"type": "mrkdwn", "text": text, "verbatim": True}
        blocks.append({"type": "section", "text": marked})
    return {
        "text": message.title,
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": blocks,
    }


def _heaviest(body: Body) -> int:
    """The bytes of the longest text; one of 3,000 characters has at least as many."""
    return max(len(each["text"]["text"].encode()) for each in body["blocks"])


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _errcode(reply: Mapping[str, Any]) -> str | None:
    return _coded(reply, ("errcode",), "errmsg")


def _code(reply: Mapping[str, Any]) -> str | None:
    return _coded(reply, ("code", "StatusCode"), "msg")


def _coded(reply: Mapping[str, Any], names: tuple[str, ...], text: str) -> str | None:
    code = next((reply[name] for name in names if name in reply), None)
    if type(code) is not int:
        return None
    words = str(reply.get(text, ""))[:200]
    return say("notify.refused", code=code, text=words) if code else ""


def _taken(reply: Mapping[str, Any]) -> str | None:
    return ""


WAYS: Mapping[Sort, Way] = {
    Sort.WECOM: Way(
        _wecom, 2048, lambda body: len(body["text"]["content"].encode()),
        "developer.work.weixin.qq.com/document/path/91770", "2026-11-29", _errcode,
    ),
    Sort.DINGTALK: Way(
        _dingtalk, 20_000, _whole,
        "open.dingtalk.com/document/robots/custom-robot-access", "2026-11-29",
        _errcode, _dingtalk_signed,
    ),
    # A body of 20 KB, its signature included.
    Sort.FEISHU: Way(
        _feishu, 19_000, _whole,
        "open.feishu.cn/document/client-docs/bot-v3/add-custom-bot", "2026-11-29",
        _code, _feishu_signed,
    ),
    Sort.SLACK: Way(
        _slack, 3000, _heaviest,
        "docs.slack.dev/reference/block-kit/blocks/section-block", "2026-11-29",
        _taken,
    ),
    Sort.WEBHOOK: Way(
        webhook.body, 200_000, _whole, "docs/notify.md", "2026-11-29", _taken,
        most=webhook.MOST,
    ),
}  # fmt: skip

assert set(LANGUAGES.values()) == set(_LOCALES)
