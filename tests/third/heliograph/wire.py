"""Heliograph on the wire: paths, words, and how a request is signed."""

from __future__ import annotations

import hashlib
import hmac

HOST = "api.heliograph.example"
TEMPLATES, SENDERS = "/v1/templates", "/v1/senders"
PREFIXES = {TEMPLATES: "tpl-", SENDERS: "snd-"}  # of ids
PAGE = 100  # entries of a list, at most

PENDING, APPROVED, LIMITED = "pending", "approved", "limited"
REJECTED, WITHDRAWN = "rejected", "withdrawn"
CATEGORIES = ("verification", "notification", "marketing")

AUTHORIZATION = "Heliograph {id}:{signature}"
TIME = "X-Heliograph-Time"  # unix seconds
WINDOW = 120  # seconds these may be off

DEMO_ID, DEMO_SECRET = "heliograph-demo-key-0001", "heliographDemoSecret"


def action(method: str, path: str, id: str = "") -> str:
    """What a call is named in logs: ``PUT /v1/templates/{id}``."""
    return f"{method} {path}" + ("/{id}" if id else "")


def signature(secret: str, method: str, target: str, time: str, body: bytes) -> str:
    """HMAC-SHA256 over four lines, hex; *target* is the path with its query."""
    digest = hashlib.sha256(body).hexdigest()
    text = "\n".join((method, target, time, digest))
    return hmac.digest(secret.encode(), text.encode(), "sha256").hex()
