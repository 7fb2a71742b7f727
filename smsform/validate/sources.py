"""Where rules that name no service are from, and when their sources were read."""

from __future__ import annotations

OURS = "our own judgement"
READ = "2026-11-21"
