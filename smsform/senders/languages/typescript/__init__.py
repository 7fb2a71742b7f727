"""TypeScript: an interface a template, each of its values required."""

from __future__ import annotations

from smsform.senders.languages.script import card

LANGUAGE = card("typescript", ".ts")
