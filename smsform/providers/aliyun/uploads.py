"""Uploading files for reviewers to the service's storage; files are known by their
hash.

The service gives a policy and a signature for one form post to its storage (OSS,
PostObject); the key of what is stored there goes into the submission. Facts: document
2833114 (how to upload for signatures and templates; which action is asked for what),
31988 (PostObject) and SDK 4.6.0, read 2026-11-29.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from smsform.account.evidence import content_of
from smsform.errors import Refused, Scope, Unexpected, Unreachable
from smsform.evidence import FILE_KINDS, kind_of_file
from smsform.http import Channel, Reply, Request
from smsform.loopback import is_loopback
from smsform.model import Evidence
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.client import Client
from smsform.providers.aliyun.limits import FILES
from smsform.redaction import HIDDEN, Confidential, Secrets
from smsform.words import say, tell

OpenChannel = Callable[[str, Secrets], Channel]

PACE = (10, 1.0)  # uploads a second; no document limits them
STORED = (200, 201, 204)  # what PostObject answers, by success_action_status
LONGEST = 1024  # bytes of an object's key (document 31988)
_CODE = pattern(r"<Code>([A-Za-z]{1,60})</Code>")
_SAID = pattern(r"<Message>([^<]{1,300})</Message>")
_REQUEST = pattern(r"<RequestId>([0-9A-Za-z-]{1,64})</RequestId>")
_ID = pattern(r"[0-9A-Za-z-]{1,64}")


class Permit(Confidential, frozen=True):
    """Permission to store one file: where, under which key, and the largest size."""

    host: str
    key: str
    most: int
    key_id: str
    policy: str
    signature: str


class Uploads:
    """The uploads of one run; a file that was stored is not sent again."""

    def __init__(self, client: Client, here: bool, open_channel: OpenChannel) -> None:
        self._client, self._here, self._open = client, here, open_channel
        self._stored: dict[tuple[str, str], str] = {}  # (action, sha256) -> key

    def keys(self, evidence: Sequence[Evidence]) -> Mapping[tuple[str, str], str]:
        """The keys of files in the storage, by attribute and sha256.

        ProviderError, with nothing submitted, when one cannot be stored.
        """
        return {
            (each.attribute, each.sha256): self._key(each)
            for each in evidence
            if each.sha256
        }

    def _key(self, evidence: Evidence) -> str:
        action = wire.PERMITS[evidence.attribute]
        known = (action, evidence.sha256)
        if known not in self._stored:
            content = content_of(evidence, self._client.provider, action)
            kind = kind_of_file(content)
            if kind not in FILES.kinds or len(content) > FILES.size:
                text = say("provider.upload_file", name=evidence.shown)
                raise Unreachable(self._client.provider, action, text)
            self._stored[known] = self._store(action, evidence.sha256, content, kind)
        return self._stored[known]

    def _store(self, action: str, sha256: str, content: bytes, kind: str) -> str:
        from smsform.http.form import form  # loaded only by those who upload

        # Our own name: the document allows neither Han nor special characters.
        name = f"{sha256[:32]}.{FILE_KINDS[kind].suffix}"
        permit = self._permit(action, name)
        if len(content) > permit.most:
            text = say("provider.upload_large", size=len(content), limit=permit.most)
            raise self._unusable(action, text)
        secrets = Secrets()
        secrets.learn(permit.key_id, permit.policy, permit.signature)
        channel = self._open(permit.host, secrets)
        fields = {
            "key": permit.key,
            "OSSAccessKeyId": permit.key_id,
            "policy": permit.policy,
            "Signature": permit.signature,
            "success_action_status": "200",
        }
        sent = form(fields, content, name, FILE_KINDS[kind].media)

        def build() -> Request:
            headers = {"Content-Type": sent.content_type}
            return Request("POST", f"{channel.base}/", headers, sent.body)

        try:  # repeating is harmless: the same bytes under the same key
            return channel.call(
                wire.POST_OBJECT,
                build,
                lambda reply: self._stored_as(permit.key, reply),
                repeatable=True,
                pace=PACE,
            )
        finally:
            channel.close()

    def _stored_as(self, key: str, reply: Reply) -> tuple[str, str]:
        """*key* and the request id of a success; raises the storage's refusal."""
        if reply.status in STORED:
            given = reply.header("x-oss-request-id")
            return key, given if _ID.fullmatch(given) else ""
        text = reply.body[:4096].decode("utf-8", "replace")
        request_id = found[1] if (found := _REQUEST.search(text)) else ""
        if 300 <= reply.status < 400:
            sentence = say("provider.upload_elsewhere", status=reply.status)
            raise self._unusable(wire.POST_OBJECT, sentence)
        code = found[1] if (found := _CODE.search(text)) else ""
        if not code:
            sentence = say("http.status", status=reply.status)
            raise self._unusable(wire.POST_OBJECT, sentence)
        said = found[1] if (found := _SAID.search(text)) else ""
        raise Refused(
            self._client.provider,
            wire.POST_OBJECT,
            said,
            request_id,
            code=code,
            scope=Scope.ENTRY,
            advice=tell("apply again; if it is refused again, upload in the console"),
        )

    def _permit(self, action: str, name: str) -> Permit:
        """The permission in a reply, read strictly: it decides where a file goes."""
        given = self._client.permit(action)
        texts = {key: str(given.get(key) or "") for key in wire.PERMIT_FIELDS}
        start, policy = texts["StartPath"].strip("/"), texts["Policy"]
        host = self._host(action, texts["Host"])
        conditions = _conditions(policy)
        wanted = f"{start}/{name}" if start else name
        key = conditions.key or wanted
        whole = policy and texts["Signature"] and texts["AccessKeyId"]
        fits = key.startswith(conditions.start) and len(key.encode()) <= LONGEST
        if not whole or not fits or not key.isprintable():
            raise self._unusable(action, say("provider.upload_permit"))
        key_id = texts["AccessKeyId"]
        if key_id == HIDDEN:  # our own key, which is hidden in every reply
            key_id = self._client.key().id
        return Permit(host, key, conditions.most, key_id, policy, texts["Signature"])

    def _host(self, action: str, given: str) -> str:
        """``scheme://host[:port]`` of the storage: a host of the vendor's, always by
        TLS.

        Examples of documents have http there; nothing is sent by that. Only an emulator
        on this machine may name this machine.
        """
        try:
            parts = urlsplit(given if "//" in given else f"//{given}")
            name, port = (parts.hostname or "").lower(), parts.port
        except ValueError:  # an address that is none
            raise self._unusable(action, say("provider.upload_host")) from None
        bare = parts.path in ("", "/") and not (
            parts.query or parts.fragment or "@" in parts.netloc
        )
        if bare and parts.scheme in ("", "http", "https"):
            if self._here and is_loopback(name):
                return f"http://{_bracketed(name)}" + (f":{port}" if port else "")
            vendor = re.fullmatch(wire.STORAGE_HOST, name)
            if vendor and not self._here and port in (None, 80, 443):
                return f"https://{name}"
        raise self._unusable(action, say("provider.upload_host"))

    def _unusable(self, action: str, text: str) -> Unexpected:
        return Unexpected(self._client.provider, action, text)


class _Conditions(NamedTuple):
    """The conditions of a policy: the key, or how it begins; the largest size."""

    key: str = ""
    start: str = ""
    most: int = wire.LARGEST_UPLOAD


def _conditions(policy: str) -> _Conditions:
    """The conditions of a policy; unreadable ones are ignored."""
    try:
        document = json.loads(base64.b64decode(policy, validate=True))
        given = document["conditions"]
        found = _Conditions()
        for each in given if isinstance(given, list) else ():
            match each:
                case ["eq", "$key", str(key)]:
                    found = found._replace(key=key)
                case {"key": str(key)}:
                    found = found._replace(key=key)
                case ["starts-with", "$key", str(start)]:
                    found = found._replace(start=start)
                case ["content-length-range", int(), int(most)]:
                    found = found._replace(most=most)
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        return _Conditions()
    return found


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name
