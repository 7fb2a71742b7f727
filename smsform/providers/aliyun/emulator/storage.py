"""The storage of files for reviewers: permission to upload one, and the upload.

The permission is a policy and its signature (GetOSSInfoForUploadFile and
GetSmsOcrOssInfo: SDK 4.6.0, document 2833114); the upload is OSS's PostObject (document
31988), all read 2026-11-29. Of a file only size and hash are stored. How long a
permission lasts, and that the key of an ICP record is prescribed, are [I]: the latter
is what the beginning of the policy in the SDK's example says.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import uuid4

from smsform.emulation.messages import (
    Answer,
    HttpReply,
    HttpRequest,
    Operation,
    Refusal,
)
from smsform.emulation.store import Place, Store
from smsform.loopback import names_this_machine
from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.account import Account
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.texts import invalid

# The service's own key to its storage; opens nothing but this one.
KEY_ID = "LTAIsmsformEmulatorStore0"
_SECRET = b"smsformEmulatorStoreSecret0000"
BUCKET = "smsform-emulator"
LIFE = 3600.0  # seconds

_BOUNDARY = pattern(r'multipart/form-data;.*\bboundary="?([^";]{1,70})"?', re.I)
_NAME = pattern(rb'(?:^|;)\s*name="([^"\r\n]*)"', re.I)
_STATUS: Mapping[str, HTTPStatus] = {
    "AccessDenied": HTTPStatus.FORBIDDEN,
    "InvalidAccessKeyId": HTTPStatus.FORBIDDEN,
    "SignatureDoesNotMatch": HTTPStatus.FORBIDDEN,
    "QpsLimitExceeded": HTTPStatus.SERVICE_UNAVAILABLE,
}


class Post(NamedTuple):
    """The fields of a form as it came, and the content of its ``file``."""

    fields: Mapping[str, str]
    file: bytes


class Denied(Refusal):
    """A refusal by the storage, in XML."""


# --- leave --------------------------------------------------------------------------


def permit_material(account: Account, params: Parameters) -> Answer:
    """GetOSSInfoForUploadFile: permission for a file of a signature or template."""
    if params.get("BizType", "fcMediaSms") != "fcMediaSms":
        raise invalid("BizType")  # [I]
    return Answer(
        {"Success": True, "Model": _leave(account, ["starts-with", "$key", ""])}
    )


def permit_record(account: Account, params: Parameters) -> Answer:
    """GetSmsOcrOssInfo: permission for a picture of an ICP record, its key
    prescribed."""
    if params.get("TaskType", "ICP_DOMAIN") != "ICP_DOMAIN":
        raise invalid("TaskType")  # [I]
    key = f"{account.place.account}/{uuid4().hex}"
    model = _leave(account, {"bucket": BUCKET}, ["eq", "$key", key])
    return Answer({"Success": True, "Model": {**model, "Bucket": BUCKET}})


def _leave(account: Account, *conditions: object) -> dict[str, str]:
    expires = account.now + LIFE
    until = datetime.fromtimestamp(expires, UTC).isoformat(timespec="milliseconds")
    size = ["content-length-range", 0, wire.LARGEST_UPLOAD]
    document = {
        "expiration": until.replace("+00:00", "Z"),
        "conditions": [size, *conditions],
    }
    policy = base64.b64encode(json.dumps(document, separators=(",", ":")).encode())
    return {
        "AccessKeyId": KEY_ID,
        "Policy": policy.decode(),
        "Signature": _signed(policy.decode()),
        # Whatever host was called: a file never leaves this machine.
        "Host": f"http://{account.host}" if names_this_machine(account.host) else HERE,
        "StartPath": account.place.account,
        "ExpireTime": str(int(expires)),
    }


HERE = "http://localhost"


def _signed(policy: str) -> str:
    return base64.b64encode(hmac.digest(_SECRET, policy.encode(), "sha1")).decode()


# --- the post -----------------------------------------------------------------------


def is_post(request: HttpRequest) -> bool:
    """Whether a request is a form with a file; no action of the service is."""
    return request.headers.get("content-type", "").lower().startswith("multipart/")


def read_post(request: HttpRequest) -> Post:
    """The form in a request; Denied when it is malformed."""
    found = _BOUNDARY.match(request.headers.get("content-type", ""))
    if request.method != "POST" or not found:
        raise _malformed()
    line = b"\r\n--" + found[1].encode("latin-1", "replace")
    before, *parts = (b"\r\n" + request.body).split(line)
    if before or not parts or not parts[-1].startswith(b"--"):
        raise _malformed()
    fields: dict[str, str] = {}
    for part in parts[:-1]:
        head, gap, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head.replace(b"\r\n", b";"))
        if not gap or not name:
            raise _malformed()
        key = name[1].decode("utf-8", "replace")
        if key == "file":  # fields after the file are ignored, as by OSS
            return Post(fields, content)
        fields[key] = content.decode("utf-8", "replace")
    raise Denied(
        "IncorrectNumberOfFilesInPOSTRequest",
        "POST requires exactly one file upload per request.",
    )


def _malformed() -> Denied:
    return Denied(
        "MalformedPOSTRequest",
        "The body of your POST request is not well-formed multipart/form-data.",
    )


def receive(request: HttpRequest, place: Place) -> Operation:
    """A form with a file; its policy decides, whoever sends it."""
    post = read_post(request)
    return Operation(wire.POST_OBJECT, place, {}, traits={"post": post})


def store_object(store: Store, operation: Operation, now: float) -> Answer:
    """PostObject: store size and hash of a file that satisfies the policy."""
    post, provider = operation.traits["post"], operation.place.provider
    assert isinstance(post, Post)
    fields = {name.lower(): value for name, value in post.fields.items()}
    if not fields.get("key"):
        raise Denied("InvalidArgument", "Bucket POST must contain a field named 'key'.")
    if fields.get("ossaccesskeyid") != KEY_ID:
        raise Denied(
            "InvalidAccessKeyId",
            "The OSS Access Key Id you provided does not exist in our records.",
        )
    policy, signature = fields.get("policy", ""), fields.get("signature", "")
    if not hmac.compare_digest(signature.encode(), _signed(policy).encode()):
        raise Denied(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you "
            f"provided. Check your key and signing method. {policy} {signature}",
        )
    _check_policy(policy, fields, len(post.file), now)
    kept = {"size": len(post.file), "sha256": hashlib.sha256(post.file).hexdigest()}
    store.note(_scope(provider), fields["key"], kept)
    return Answer({"key": fields["key"], "status": fields.get("success_action_status")})


def _check_policy(
    policy: str, fields: Mapping[str, str], size: int, now: float
) -> None:
    document = json.loads(base64.b64decode(policy))  # ours: its signature says so
    until = datetime.fromisoformat(document["expiration"])
    if until.timestamp() < now:
        raise Denied("AccessDenied", "Invalid according to Policy: Policy expired.")
    for condition in document["conditions"]:
        if not _holds(condition, fields, size):
            shown = json.dumps(condition)
            raise Denied(
                "AccessDenied",
                f"Invalid according to Policy: Policy Condition failed: {shown}",
            )


def _holds(condition: Any, fields: Mapping[str, str], size: int) -> bool:
    match condition:
        case ["content-length-range", least, most]:
            return bool(least <= size <= most)
        case ["eq", name, value]:
            return fields.get(str(name)[1:].lower()) == str(value)
        case ["starts-with", name, value]:
            given = fields.get(str(name)[1:].lower(), "")
            return str(given).startswith(str(value))
        case {"bucket": bucket}:
            return bool(bucket == BUCKET)
    return False


def stored(outcome: Answer | None, request_id: str) -> HttpReply:
    """The reply to a form: as its fields ask, else 204 without a body."""
    from html import escape

    told = outcome.payload if outcome else None
    payload = told if isinstance(told, dict) else {}
    headers = [("x-oss-request-id", request_id)]
    if payload.get("status") == "201":
        key = escape(str(payload["key"]))
        body = f"<PostResponse><Bucket>{BUCKET}</Bucket><Key>{key}</Key></PostResponse>"
        return HttpReply(body.encode(), HTTPStatus.CREATED, "application/xml", headers)
    status = HTTPStatus.OK if payload.get("status") == "200" else HTTPStatus.NO_CONTENT
    return HttpReply(b"", status, "application/xml", headers)


def denied(refusal: Refusal, request_id: str) -> HttpReply:
    """A refusal in XML."""
    from html import escape

    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error>'
        f"<Code>{escape(refusal.code)}</Code><Message>{escape(refusal.message)}</Message>"
        f"<RequestId>{request_id}</RequestId><HostId>{BUCKET}</HostId></Error>"
    )
    status = _STATUS.get(refusal.code, HTTPStatus.BAD_REQUEST)
    headers = [("x-oss-request-id", request_id)]
    return HttpReply(body.encode(), status, "application/xml", headers)


# --- what is stored -----------------------------------------------------------------


def _scope(provider: str) -> str:
    return f"storage:{provider}"


def objects(store: Store, provider: str) -> Mapping[str, Mapping[str, object]]:
    """Everything stored: key -> size and sha256."""
    found = store.noted(_scope(provider))
    return {key: json.loads(kept) for key, kept in found.items()}


def is_there(account: Account, keys: Sequence[object]) -> bool:
    """Whether files were stored; ones uploaded elsewhere (the console) may exist
    [I]."""
    own = f"{account.place.account}/"
    asked = [str(key) for key in keys if str(key).startswith(own)]
    known = objects(account.store, account.place.provider) if asked else {}
    return all(key in known for key in asked)
