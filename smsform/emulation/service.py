"""An emulated service: receive, admit, run, reply, with faults.

A service subclasses ``Service`` and defines how a request is read and authenticated,
what its actions do and how a reply looks; everything else is shared.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from smsform.clock import Clock, SystemClock
from smsform.emulation import FOLDER, calls, faults, pushes, reviewer, settings
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.messages import (
    Answer,
    Answered,
    Dropped,
    HttpReply,
    HttpRequest,
    Operation,
    Refusal,
)
from smsform.emulation.outbox_page import answer as show_outbox
from smsform.emulation.reviewer import Schedule
from smsform.emulation.settings import Setting, Settings
from smsform.emulation.store import Entry, Place, Store
from smsform.model import Review


class Service(ABC):
    """One provider's emulator; thread-safe, also beside others on its store.

    ``settings`` are read again for every call, because a person may change them in the
    store while a server runs. ConfigError for a setting that does not exist.
    """

    table: ClassVar[Mapping[str, Setting]]
    reviews: ClassVar[frozenset[Review]]  # the states an entry can be in here
    retries: ClassVar[Sequence[float]] = ()  # seconds until a push is tried again
    bundles: ClassVar[Mapping[str, int]] = {}  # kind of push -> how many fit into one
    # Hosts below these are the service's.
    domains: ClassVar[frozenset[str]] = frozenset()
    # Replies from a phone that stop messages.
    leaving = frozenset({"R", "TD", "T", "退订"})
    wall: Clock = SystemClock()
    # Has somebody else tell what is due; a server does: who is told may himself be
    # waiting for the answer to a call.
    announce: Callable[[], None] | None = None

    def __init__(
        self, provider: str, store: Store, clock: Clock, given: Settings
    ) -> None:
        self.provider, self.store, self.clock = provider, store, clock
        self._given = given
        self._noted: Mapping[str, str] | None = None
        self.settings: Settings = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the settings again that `emulate set` changed since the last call."""
        noted = self.store.noted(settings.scope(self.provider))
        if noted != self._noted:
            given = settings.overlay(self._given, noted)
            self.settings = settings.read(self.table, given, self.provider)
            self._noted = noted
            schedule = self.settings["review"]
            assert isinstance(schedule, Schedule)
            self._schedule = reviewer.scripted(schedule, self.folder.parent)
            for setting in pushes.LISTENERS.values():
                target = self.settings.get(setting)
                if target is not None and "://" not in str(target):
                    pushes.file_below(self.folder, str(target))

    @property
    def folder(self) -> Path:
        """The folder of its files: the project's, or one beside the store.

        A store in memory uses the folder below the current one.
        """
        beside = self.store.path.parent if self.store.path else Path()
        return beside if beside.name == FOLDER else beside / FOLDER

    @property
    def schedule(self) -> Schedule:
        """When verdicts fall by themselves."""
        effective = self.settings.get("effective_after")
        assert effective is None or isinstance(effective, float)
        return self._schedule._replace(effective_after=effective)

    @property
    def times(self) -> tuple[float, float]:
        """Times that a signature may carry: by the emulator's clock or by the wall
        clock.

        Official SDKs know the wall clock only, whatever time it is here.
        """
        return self.clock.now(), self.wall.now()

    # The vendor's part

    @abstractmethod
    def receive(self, request: HttpRequest) -> Operation:
        """Find the action and authenticate; Refusal when either fails."""

    @abstractmethod
    def admit(self, operation: Operation) -> None:
        """Enforce the rate limit; Refusal when the call comes too early."""

    @abstractmethod
    def run(self, operation: Operation) -> Answer:
        """Carry out one action; Refusal with the service's own code."""

    @abstractmethod
    def succeed(
        self, outcome: Answer | None, operation: Operation, request_id: str
    ) -> HttpReply:
        """The reply to a call that ran; None gives one without its payload."""

    @abstractmethod
    def fail(
        self, refusal: Refusal, request: HttpRequest, request_id: str
    ) -> HttpReply:
        """The answer to a refused call."""

    @abstractmethod
    def refusal(self, code: str, action: str) -> Refusal:
        """The refusal a fault asks for; an empty *code* means throttled."""

    @abstractmethod
    def seed(self, items: Iterable[Mapping[str, object]]) -> int:
        """Store entries without the rules of submission; returns how many."""

    @abstractmethod
    def locate(self, id: str) -> Entry | None:
        """The entry that has *id* in the service's own spelling, None for none."""

    def is_host(self, name: str) -> bool:
        """Whether the service is documented to answer at the host *name*."""
        return False

    def asked(self, request: HttpRequest) -> str:
        """The action a request names, as far as it can be read; "" for none."""
        return ""

    def body(self, kind: str, items: Sequence[Entry | int]) -> bytes:
        """The body that pushes *items*: an entry's verdict, or receipts or replies by
        id.

        Called only for a service that has a setting of ``pushes.LISTENERS``.
        """
        raise NotImplementedError

    def received(self, status: int, body: bytes) -> bool:
        """Whether this answer to a push means that it arrived."""
        return status == HTTPStatus.OK

    # The chassis' part

    def respond(
        self, request: HttpRequest, wait: Callable[[float], None] | None = None
    ) -> Answered:
        """Answer one request; Dropped when the connection is to end instead.

        *wait* is given the seconds by which an answer is to come late; without it the
        service's clock sleeps.
        """
        reply = show_outbox(self.store, self.clock, request)
        reply = reply or self.answer(request, wait or self.clock.sleep)
        return reply.sent_at(self.clock.now())

    def answer(self, request: HttpRequest, wait: Callable[[float], None]) -> HttpReply:
        """Answer one request in one transaction; faults apply before or after it."""
        request_id = str(uuid4())
        with self.store.transaction():
            self.refresh()
            try:
                operation = self.receive(request)
            except Refusal as refusal:
                self._record(None, refusal.code, asked=self.asked(request))
                return self.fail(refusal, request, request_id)
            fault = faults.due(self.store, self.provider, operation.action)
            reply = self._execute(operation, fault, request, request_id)
            ears = pushes.LISTENERS.items()
            deaf = [kind for kind, name in ears if self.settings.get(name) is None]
            pushes.drop(self.store, self.provider, deaf)
        if len(deaf) < len(pushes.LISTENERS):
            (self.announce or self.tell)()
        return _spoil(reply, fault, wait)

    def tick(self) -> None:
        """Do what falls due by time alone; servers call it now and then."""
        if all(
            self.settings.get(setting) is None for setting in pushes.LISTENERS.values()
        ):
            return
        with self.store.transaction():
            self.refresh()
            for entry in self.store.under(self.provider, Review.IN_REVIEW):
                reviewer.settle(self.store, self.schedule, entry, self.clock.now())
        self.tell()

    def tell(self) -> None:
        """Push what is due: verdicts, receipts and replies."""
        for kind, setting in pushes.LISTENERS.items():
            target = self.settings.get(setting)
            if target is not None:
                pushes.tell(self, kind, str(target), self.folder)

    def _execute(
        self,
        operation: Operation,
        fault: Fault | None,
        request: HttpRequest,
        id: str,
    ) -> HttpReply:
        kind = fault.kind if fault else None
        admitted = False
        try:
            if fault and kind in (FaultKind.THROTTLE, FaultKind.REFUSE):
                raise self.refusal(fault.code, operation.action)
            if kind in faults.BEFORE:
                self._record(operation, "", fault)
                return HttpReply(b"")
            self.admit(operation)
            admitted = True
            outcome = self.run(operation)
        except Refusal as refusal:
            self._record(operation, refusal.code, fault, admitted=admitted)
            return self.fail(refusal, request, id)
        self._record(operation, calls.OK, fault, admitted=True, entry=outcome.entry)
        whole = None if kind is FaultKind.NO_PAYLOAD else outcome
        return self.succeed(whole, operation, id)

    def _record(
        self,
        operation: Operation | None,
        outcome: str,
        fault: Fault | None = None,
        *,
        admitted: bool = False,
        entry: int | None = None,
        asked: str = "",
    ) -> None:
        place = operation.place if operation else Place(self.provider, "", "")
        calls.record(
            self.store,
            calls.LoggedCall(
                self.clock.now(),
                *place,
                action=operation.action if operation else calls.logged_name(asked),
                entry=entry,
                fingerprint=calls.fingerprint(operation.params) if operation else "",
                outcome=outcome,
                fault=fault.kind if fault else "",
                admitted=admitted,
                lenience=" ".join(operation.lenience if operation else ()),
            ),
        )


def _spoil(
    reply: HttpReply, fault: Fault | None, wait: Callable[[float], None]
) -> HttpReply:
    """The reply as it leaves, after the transaction: late, damaged, or not at all."""
    if fault is None:
        return reply
    if fault.kind in faults.DROP:
        raise Dropped
    if fault.kind in faults.STATUS:
        page = f"<html><h1>{fault.status}</h1></html>".encode()
        return HttpReply(page, fault.status, "text/html")
    if fault.kind is FaultKind.SLOW:
        wait(fault.seconds)
    if fault.kind is FaultKind.WRONG_TYPE:
        return HttpReply(reply.body, reply.status, "text/html; charset=utf-8")
    if fault.kind is FaultKind.NOT_JSON:
        return HttpReply(b"<html>busy</html>", reply.status, reply.content_type)
    return reply
