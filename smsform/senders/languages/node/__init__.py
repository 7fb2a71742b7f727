"""Node.js with CommonJS: an object of values, checked for missing and unknown ones."""

from __future__ import annotations

from smsform.senders.languages.script import card

LANGUAGE = card("node", ".js")
