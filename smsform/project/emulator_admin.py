"""Operating emulators by hand: seeds, verdicts, replies, faults.

All of it goes through the store, so it reaches running servers and the emulators inside
other commands alike. Errors are ConfigError, each with what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from smsform.emulation.faults import ANY, Fault, FaultKind
from smsform.errors import ConfigError, Position
from smsform.model import Kind, Parameter, Placeholder, Template, TemplateType
from smsform.project.emulators import (
    change_setting,
    emulated,
    find_config,
    locate,
    make_service,
)
from smsform.registry import specs
from smsform.words import say

if TYPE_CHECKING:
    from smsform.config import Config
    from smsform.emulation.calls import LoggedCall
    from smsform.emulation.clock import VirtualClock
    from smsform.emulation.outbox import OutboxMessage
    from smsform.emulation.store import Entry, Store
    from smsform.model import Review
    from smsform.provider import ProviderConfig

__all__ = ["ANY", "MEMORY", "EmulatorAdmin", "FaultKind", "numbers_sent_to"]

MEMORY = "memory"  # in place of a path: nothing is kept
LATEST = 32_503_680_000  # the year 3000; the virtual clock stops before calendars end


HERE = Position("", 0, 0)  # of made-up definitions, which stand in no file


def _template(number: int) -> Template:
    """A verification text whose number tells it from others."""
    text = ("您的验证码是", Placeholder("code"), f"，序号{number}，请勿告诉他人。")
    params = (Parameter("code", "183029", HERE),)
    key = f"template_{number}"
    kind = TemplateType.VERIFICATION
    return Template(key, key, kind, text, "", HERE, HERE, params=params)


class EmulatorAdmin:
    """The emulators of the project in *root*; of every service where there is none.

    *named* is a path of a store or ``MEMORY``; None is the project's own store.
    """

    def __init__(self, root: Path, named: str | None = None) -> None:
        self._root, self._named = root, named

    @cached_property
    def config(self) -> Config | None:
        """What smsform.yaml says; None where there is no project."""
        return find_config(self._root)

    @cached_property
    def providers(self) -> Mapping[str, ProviderConfig]:
        """Every provider by its name; without a project, one of each type."""
        return {config.name: config for config in emulated(self.config)}

    @cached_property
    def store(self) -> Store:
        """The store, opened; ConfigError where nothing says where it is."""
        from smsform.emulation.store import Store

        return Store(self.path(or_memory=False))

    @cached_property
    def clock(self) -> VirtualClock:
        """The virtual time that the store keeps."""
        from smsform.emulation.clock import VirtualClock

        return VirtualClock(self.store)

    def path(self, *, or_memory: bool) -> Path | None:
        """Where the store is; None in memory, or *or_memory* without a project."""
        from smsform.emulation import store_path

        if self._named is not None:
            return None if self._named == MEMORY else Path(self._named)
        if self.config is not None:
            return store_path(self.config.root)
        if or_memory:
            return None
        hint = say("emulation.no_project_hint")
        raise ConfigError("--store", say("emulation.no_project"), hint)

    def provider(self, name: str | None) -> ProviderConfig:
        """The provider called *name*; None means the only one."""
        hint = say("emulation.providers", names=", ".join(self.providers))
        if name is None and len(self.providers) > 1:
            raise ConfigError("--provider", say("emulation.which_provider"), hint)
        name = name or next(iter(self.providers))
        if name not in self.providers:
            raise ConfigError("provider", say("emulation.no_provider", name=name), hint)
        return self.providers[name]

    def plant(
        self,
        provider: str,
        kind: FaultKind,
        *,
        action: str,
        nth: int,
        times: int,
        code: str,
        status: int,
        seconds: float,
    ) -> Fault:
        """Let calls of *action* go wrong: *times* of them, from the *nth* on.

        *code* is what REFUSE answers, *status* what UNAVAILABLE does, *seconds* how
        late SLOW is.
        """
        from smsform.emulation.faults import plant

        name = self.provider(provider).name
        fault = Fault(name, kind, action, nth, times, code, status, seconds)
        plant(self.store, fault)
        return fault

    def seed(self, items: Iterable[Mapping[str, object]], provider: str | None) -> int:
        """Store entries without the rules of submission; returns how many.

        An item is what the service's list shows, or {kind, name, text, review, …}.
        """
        service = make_service(self.store, self.clock, self.provider(provider))
        return service.seed(items)

    def generate(self, count: int, provider: str | None) -> int:
        """Store *count* approved templates with one variable; returns how many.

        Each text is numbered, and spelled as its service wants it.
        """
        native = specs()[self.provider(provider).type].native
        items = (
            {
                "kind": Kind.TEMPLATE,
                "name": f"template_{number}",
                "text": native(_template(number)),
            }
            for number in range(1, count + 1)
        )
        return self.seed(items, provider)

    def reset(self) -> None:
        """Forget every entry, fault, call, message, setting, and the virtual time."""
        self.store.reset()

    def calls(self, provider: str | None) -> list[LoggedCall]:
        """The calls that arrived, in order; of every provider for None."""
        from smsform.emulation.calls import recorded

        return recorded(self.store, provider)

    def judge(self, entry: str, review: Review, note: str) -> Entry | None:
        """Give a verdict on the entry that an address or an id means.

        None for a text that is neither; ConfigError where there is no such entry, or
        its service does not know such a verdict.
        """
        from smsform.emulation.reviewer import judge

        located = locate(self.config, self.store, self.clock, entry)
        if located is None:
            return None
        service, found = located
        if review not in service.reviews:
            raise ConfigError("entry", say("emulation.no_review", review=review))
        judge(self.store, found.id, review, self.clock.now(), note)
        service.tell()
        return found

    def change_setting(self, provider: str, name: str, text: str | None) -> None:
        """Change a setting from now on, *text* as in YAML; None takes it back."""
        change_setting(self.store, self.clock, self.provider(provider), name, text)

    def advance(self, time: str) -> float:
        """Let *time* (90s, 5m, 2h, 14d) pass on the virtual clock; returns its new
        time.

        In unix seconds; ConfigError for what is no duration, or leads too far.
        """
        from smsform.emulation.durations import duration

        try:
            seconds = duration(time)
        except ValueError as error:
            raise ConfigError("TIME", str(error)) from error
        if self.clock.now() + seconds > LATEST:
            raise ConfigError("TIME", say("emulation.too_late"))
        self.clock.sleep(seconds)
        return self.clock.now()

    def messages(
        self, number: str | None, limit: int | None = None
    ) -> list[OutboxMessage]:
        """The accepted messages, newest first: to *number* only, at most *limit*."""
        from smsform.emulation import outbox

        to = self._number(number, "--to") if number is not None else None
        if limit is None:
            return outbox.accepted(self.store, number=to)
        return outbox.accepted(self.store, number=to, limit=limit)

    def clear(self, number: str | None, newest: int) -> int:
        """Hide the messages to *number*, or all, up to the id *newest*; returns how
        many."""
        from smsform.emulation import outbox

        to = self._number(number, "--to") if number is not None else None
        return outbox.clear(self.store, number=to, newest=newest)

    def reply(
        self, number: str, text: str, provider: str | None
    ) -> tuple[OutboxMessage, bool]:
        """Let a phone reply to its last message; returns that, and whether it opted
        out.

        Only messages of *provider* count where one is named.
        """
        from smsform.emulation import uplink

        to = self._number(number, "NUMBER")
        found = [
            message
            for message in self.messages(to)
            if provider in (None, message.provider)
            and message.provider in self.providers
        ]
        if not found:
            what, hint = (
                say("emulation.no_message_to"),
                say("emulation.no_message_hint"),
            )
            raise ConfigError("NUMBER", what, hint)
        config = self.providers[found[0].provider]
        service = make_service(self.store, self.clock, config)
        return found[0], uplink.hear(service, found[0], text)

    def _number(self, text: str, where: str) -> str:
        """A phone number as the outbox has it, E.164; ConfigError at *where* for
        none."""
        from smsform.emulation import numbers

        number = numbers.read(text, bare_abroad=True)
        if number is None:
            raise ConfigError(where, say("emulation.no_number"))
        return number.text


def numbers_sent_to(root: Path) -> list[str]:
    """The numbers in the outbox of the project at *root*; creates no store."""
    from smsform.emulation import outbox, store_path
    from smsform.emulation.store import Store

    path = store_path(root)
    if not path.exists():
        return []
    store = Store(path)
    try:
        return [message.number for message in outbox.accepted(store)]
    finally:
        store.close()
