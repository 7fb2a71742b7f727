"""Every error smsform raises on purpose, one tree.

SmsformError
├── DefinitionError         problems in the YAML, all of them at once
├── ConfigError             smsform.yaml, a flag or the environment is wrong
│   └── WrongUsage          and only the command line can be at fault
├── WrongDirective          a `moved` or `adopt` block is contradicted
├── CredentialsMissing      no key was found, or a file with keys is damaged
├── StateError              the state file is damaged, newer, foreign or unwritable
│   └── StateLocked         somebody else holds the lock
├── StalePlan               the plan file does not fit any more, or was altered
│   ├── PlanMoved           the plan changed while its question was open
│   └── NotReviewed         it has changes that no reviewed plan had
├── UnsafePlan              more changes or deletions than the policy allows
├── ForeignAccount          nothing that is remembered exists there
└── ProviderError           a call to a service
    ├── Refused             the service said no: code, message, request id
    ├── Unreachable         nothing was executed, or a read failed
    ├── Unclear             a write was sent and nobody knows what became of it
    └── Unexpected          a reply that does not have the documented shape

The raiser gives fields; the class words them; only ``cli`` prints them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from smsform.errors.problem import Level as Level
from smsform.errors.problem import Position as Position
from smsform.errors.problem import Problem as Problem
from smsform.words import counted, say

if TYPE_CHECKING:
    from collections.abc import Sequence


class SmsformError(Exception):
    """The root of all errors; ``exit_code`` is the exit code of the process."""

    exit_code: ClassVar[int] = 1

    def message(self) -> str:
        """What happened and where, in one line."""
        return str(self)

    def hint(self) -> str:
        """What to do next; may be empty."""
        return ""


class DefinitionError(SmsformError):
    """The definitions have errors; holds every problem found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = tuple(problems)

    def message(self) -> str:
        errors = sum(problem.level is Level.ERROR for problem in self.problems)
        return say("errors.definitions", errors=counted("problems.error", errors))


class ConfigError(SmsformError):
    """Something outside the definitions is wrong: *where* it is, *what*, *todo*."""

    def __init__(self, where: str, what: str, todo: str = "") -> None:
        super().__init__(where, what)
        self.where, self.what, self.todo = where, what, todo

    def message(self) -> str:
        return say("errors.config", where=self.where, what=self.what)

    def hint(self) -> str:
        return self.todo


class WrongUsage(ConfigError):
    """The command line itself is wrong; exit code 64, as for click's usage errors."""

    exit_code = 64


class WrongDirective(SmsformError):
    """A `moved` or `adopt` block that cannot be followed; *sentence* says why."""

    def __init__(self, at: Position, sentence: str, **fields: object) -> None:
        super().__init__(sentence)
        self.at, self.sentence, self.fields = at, sentence, fields

    def message(self) -> str:
        what = say(f"errors.{self.sentence}", **self.fields)
        return say("errors.config", where=self.at, what=what)

    def hint(self) -> str:
        return say(f"errors.{self.sentence}_hint", **self.fields)


class CredentialsMissing(SmsformError):
    """No key for *provider*; *looked* lists the places tried, in order."""

    def __init__(self, provider: str, looked: Sequence[str], variables: str) -> None:
        super().__init__(provider)
        self.provider, self.looked, self.variables = provider, tuple(looked), variables

    def message(self) -> str:
        looked = ", ".join(self.looked)
        return say("errors.credentials", provider=self.provider, looked=looked)

    def hint(self) -> str:
        return say("errors.credentials_hint", variables=self.variables)


class StateError(SmsformError):
    """The state file cannot be used; ``kind`` names a sentence of the catalogue."""

    def __init__(self, kind: str, **fields: object) -> None:
        super().__init__(kind)
        self.kind, self.fields = kind, fields

    def message(self) -> str:
        return say(f"errors.state_{self.kind}", **self.fields)

    def hint(self) -> str:
        if "todo" in self.fields:
            return str(self.fields["todo"])
        return say(f"errors.state_{self.kind}_hint", **self.fields)


class StateLocked(StateError):
    """Another process works on this state file."""

    exit_code = 6


class StalePlan(SmsformError):
    """A plan file that must not be applied: altered, or the account has changed."""

    exit_code = 5

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def message(self) -> str:
        return say("errors.stale_plan", what=self.what)

    def hint(self) -> str:
        return say("errors.stale_plan_hint")


class PlanMoved(StalePlan):
    """The plan changed while the person was asked about it."""

    def message(self) -> str:
        return say("errors.plan_moved")

    def hint(self) -> str:
        return say("errors.plan_moved_hint")


class NotReviewed(StalePlan):
    """A plan with more than was reviewed; *what* is the digest of all of it."""

    def message(self) -> str:
        return say("errors.not_reviewed")

    def hint(self) -> str:
        return say("errors.not_reviewed_hint", digest=self.what)


class UnsafePlan(SmsformError):
    """A run that would exceed ``max_changes`` or ``max_deletes``; *flag* allows it."""

    def __init__(
        self, provider: str, what: str, count: int, limit: int, flag: str
    ) -> None:
        super().__init__(provider, what, count, limit)
        self.provider, self.what, self.count = provider, what, count
        self.limit, self.flag = limit, flag

    def message(self) -> str:
        return say(
            "errors.unsafe_plan",
            provider=self.provider,
            what=self.what,
            count=self.count,
            limit=self.limit,
        )

    def hint(self) -> str:
        return say("errors.unsafe_plan_hint", flag=self.flag, count=self.count)


class ForeignAccount(SmsformError):
    """Nothing the state file knows exists at the provider: probably another account."""

    def __init__(self, provider: str, count: int) -> None:
        super().__init__(provider, count)
        self.provider, self.count = provider, count

    def message(self) -> str:
        return say("errors.foreign_account", provider=self.provider, count=self.count)

    def hint(self) -> str:
        return say("errors.foreign_account_hint", provider=self.provider)


class ProviderError(SmsformError):
    """A call went wrong; *action* is the service's own name of it."""

    sentence: str

    def __init__(
        self, provider: str, action: str, text: str, request_id: str = ""
    ) -> None:
        super().__init__(provider, action, text)
        self.provider, self.action = provider, action
        self.text, self.request_id = text, request_id

    def message(self) -> str:
        line = self._told()
        if self.request_id:
            line += say("errors.request_id", request_id=self.request_id)
        return line

    def hint(self) -> str:
        return say(f"errors.{self.sentence}_hint")

    def _told(self) -> str:
        where = {"provider": self.provider, "action": self.action}
        return say(f"errors.{self.sentence}", **where, text=self.text)


class Scope(StrEnum):
    """What a refusal is about; decides whether the run goes on."""

    ENTRY = "entry"  # this entry only
    ACCOUNT = "account"  # quota, arrears, permission: ends submissions of the kind
    THROTTLE = "throttle"  # too fast: wait and repeat
    GONE = "gone"  # no such entry
    STATE = "state"  # its review state does not allow this now
    NAME_TAKEN = "name_taken"  # the service wants unique names
    LISTING = "listing"  # this key may not list, only read by id


class Refused(ProviderError):
    """The service refused the call. *advice* is what a person does about *code*.

    *wait* is how many seconds the service asked to wait.
    """

    def __init__(
        self,
        provider: str,
        action: str,
        text: str,
        request_id: str = "",
        *,
        code: str,
        scope: Scope = Scope.ENTRY,
        advice: str = "",
        wait: float = 0.0,
    ) -> None:
        super().__init__(provider, action, text, request_id)
        self.code, self.scope, self.advice, self.wait = code, scope, advice, wait

    def _told(self) -> str:
        where = {"provider": self.provider, "action": self.action}
        return say("errors.refused", **where, code=self.code, text=self.text)

    def hint(self) -> str:
        return self.advice


class Unreachable(ProviderError):
    """The call was not executed, or it was a read and failed."""

    sentence = "unreachable"


class Unclear(ProviderError):
    """A write was sent; whether it took effect is unknown.

    *code* is what the service answered, if it did; ``strange``: no document lists it.
    """

    def __init__(self, *given: str, code: str = "", strange: bool = False) -> None:
        super().__init__(*given)
        self.code = code
        self.sentence = "strange" if strange else "unclear"


class Unexpected(ProviderError):
    """A reply to a read without its payload: the service changed, or its document is
    wrong."""

    sentence = "unexpected"
