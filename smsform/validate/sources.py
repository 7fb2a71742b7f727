"""The sources of the rules that name no service, and their date."""

from __future__ import annotations

OURS = "our own judgement"
READ = "2026-11-21"
