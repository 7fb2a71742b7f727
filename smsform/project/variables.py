"""The names of environment variables, made from addresses."""

from __future__ import annotations

import re

from smsform.model import Address


def variable(address: Address) -> str:
    """The environment variable of an address; other characters become ``_`` or hex."""
    text = f"{address.provider}_{address.kind}_{address.key}".upper()
    name = re.sub(r"[^A-Z0-9_]", _spelt, text)
    return f"_{name}" if name[0].isdigit() else name


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"U{code:X}" if code > 127 else "_"
