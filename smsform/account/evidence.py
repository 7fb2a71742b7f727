"""The bytes of a file that is submitted, if it still is the one that was planned."""

from __future__ import annotations

import hashlib
from pathlib import Path

from smsform.errors import Unreachable
from smsform.model import Evidence
from smsform.regular import MIB, read_regular
from smsform.words import say

LARGEST = 64 * MIB  # of a proof; the services take less


def content_of(evidence: Evidence, provider: str, action: str) -> bytes:
    """The content of *evidence*; Unreachable, nothing was sent, if it is another now.

    *provider* and *action* say in the error what it was for.
    """
    try:
        content = read_regular(Path(evidence.path), LARGEST)
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != evidence.sha256:
        text = say("provider.evidence", path=evidence.path)
        raise Unreachable(provider, action, text)
    return content
