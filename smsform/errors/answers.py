"""What an answer that is no success means for a run, at any service.

A service says which of its codes are known and what these are about. Which error that
makes of a read and of a write is the same everywhere, and is told here.
"""

from __future__ import annotations

from typing import NamedTuple

from smsform.errors import (
    ProviderError,
    Refused,
    Scope,
    Unclear,
    Unexpected,
    Unreachable,
)
from smsform.words import tell

LONGEST_TEXT = 500  # characters of a message from outside that are shown


class Code(NamedTuple):
    """What an error code is about, and what a person does about it, in English.

    Without a ``scope`` it leaves open whether anything was done.
    """

    scope: Scope | None
    advice: str


class Answer(NamedTuple):
    """An answer of an account to an action, and the id its request was given.

    ``read``: the action changes nothing, so it can be asked again.
    """

    provider: str
    action: str
    read: bool
    request_id: str = ""

    def unusable(self, text: str) -> ProviderError:
        """The error for a reply that says nothing of use; *text* describes it."""
        kind = Unexpected if self.read else Unclear
        return kind(self.provider, self.action, text, self.request_id)

    def error(
        self, code: str, message: str, known: Code | None, wait: float = 0.0
    ) -> ProviderError:
        """The error for a *code*, known or not; *wait* is what the service asks for, in
        seconds.

        Refused: nothing was done; an unknown code of a read says no more than that.
        Unreachable: a read failed inside the service. Unclear: a write may have been
        done.
        """
        if known is None and code and self.read:
            known = Code(Scope.ENTRY, "")
        if known is not None and known.scope is not None:
            return Refused(
                self.provider,
                self.action,
                message,
                self.request_id,
                code=code,
                scope=known.scope,
                advice=tell(known.advice),
                wait=wait,
            )
        text = f"{code}: {message}"
        if not self.read:
            strange = known is None
            where = self.provider, self.action, text, self.request_id
            return Unclear(*where, code=code, strange=strange)
        if known is not None:
            return Unreachable(self.provider, self.action, text, self.request_id)
        return self.unusable(text)


def shown_text(value: object) -> str:
    """A text or a number of a reply as text, not too long to be shown; else nothing."""
    return str(value)[:LONGEST_TEXT] if isinstance(value, str | int) else ""
