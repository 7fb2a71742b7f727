"""Node.js with CommonJS: an object of values, checked for what lacks and strays."""

from __future__ import annotations

from smsform.senders.languages.script import card

LANGUAGE = card("node", ".js")
