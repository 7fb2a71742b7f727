"""TypeScript: an interface for each template, with required values."""

from __future__ import annotations

from smsform.senders.languages.script import card

LANGUAGE = card("typescript", ".ts")
