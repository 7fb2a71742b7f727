"""The content of a file that is submitted, checked against the one that was planned."""

from __future__ import annotations

import hashlib
from pathlib import Path

from smsform.errors import Unreachable
from smsform.model import Evidence
from smsform.regular import MIB, read_regular
from smsform.words import say

LARGEST = 64 * MIB  # of a proof; the services take less


def content_of(evidence: Evidence, provider: str, action: str) -> bytes:
    """The bytes of *evidence*; Unreachable (nothing was sent) when the file has
    changed.

    *provider* and *action* are the call that the error names.
    """
    try:
        content = read_regular(Path(evidence.path), LARGEST)
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != evidence.sha256:
        text = say("provider.evidence", path=evidence.path)
        raise Unreachable(provider, action, text)
    return content
