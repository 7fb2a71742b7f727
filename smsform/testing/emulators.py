"""A project's providers as emulators: all approved, at noon in Beijing, with an
outbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from smsform.emulation import outbox, uplink
from smsform.emulation.outbox import OutboxMessage
from smsform.emulation.server import Server
from smsform.emulation.service import Service
from smsform.emulation.store import Store
from smsform.hours import BEIJING
from smsform.model import Address, Desired, Kind
from smsform.project.api import Project
from smsform.project.desired.attributes import desired_of
from smsform.provider import Connection, Credentials
from smsform.words import say

# A Wednesday: reviewers work, and marketing may be sent.
NOON = datetime(2026, 3, 4, 12, tzinfo=BEIJING).timestamp()


class HeldClock:
    """A clock that stands still until it is told to pass time."""

    def __init__(self, now: float = NOON) -> None:
        self._now = now

    def now(self) -> float:
        """The time in unix seconds."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass, without waiting."""
        self._now += max(0.0, seconds)


class Emulator(Struct, frozen=True):
    """One provider's emulator: its endpoint, its demo key, and its ids."""

    name: str
    endpoint: str  # 127.0.0.1:PORT
    scheme: str  # http
    key: Credentials
    ids: Mapping[str, str]  # a template's key -> what a sending call takes
    signatures: Mapping[str, str]  # a signature's key -> its name
    app: Service

    @property
    def url(self) -> str:
        """Scheme and endpoint."""
        return f"{self.scheme}://{self.endpoint}"


class Emulators:
    """Every provider of the project at *root*, as ``sms_emulator[name]``.

    With only one provider, its attributes are here, too. Close it at the end.
    """

    def __init__(self, root: Path | str) -> None:
        self.clock = HeldClock()
        self._store = Store(None)
        self._stack = ExitStack()
        project = Project.load(root)
        published = {each.address: each.id for each in project.ids()}
        try:
            self._emulators = {
                name: self._start(project, name, published)
                for name in project.providers()
            }
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Stop serving and delete the outbox."""
        self._stack.close()
        self._store.close()

    def __getitem__(self, name: str) -> Emulator:
        if name not in self._emulators:
            names = ", ".join(self._emulators)
            raise KeyError(say("testing.no_provider", name=name, names=names))
        return self._emulators[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._emulators)

    @property
    def endpoint(self) -> str:
        """The endpoint of the only provider; LookupError where there are several."""
        return self._only().endpoint

    @property
    def scheme(self) -> str:
        """Always http, because it is this machine."""
        return "http"

    @property
    def ids(self) -> Mapping[str, str]:
        """The only provider's template ids, by key."""
        return self._only().ids

    def _only(self) -> Emulator:
        if len(self._emulators) != 1:
            names = ", ".join(self._emulators)
            raise LookupError(say("testing.several", names=names))
        return next(iter(self._emulators.values()))

    @property
    def outbox(self) -> Sequence[OutboxMessage]:
        """The accepted messages, oldest first."""
        return outbox.accepted(self._store)[::-1]

    def advance(self, seconds: float) -> None:
        """Let time pass: receipts arrive, frequency limits end."""
        self.clock.sleep(seconds)
        for emulator in self._emulators.values():
            emulator.app.tick()

    def reply(self, number: str, text: str) -> None:
        """Let *number* reply to its last message; LookupError without one."""
        from smsform.emulation.numbers import read

        read_as = read(number, bare_abroad=True)
        found = outbox.accepted(self._store, number=read_as.text if read_as else "")
        if not found:
            raise LookupError(say("testing.no_message"))
        uplink.hear(self._emulators[found[0].provider].app, found[0], text)

    def services(self) -> Iterator[tuple[Service, str]]:
        """Every service with its endpoint, for ``redirect``."""
        for emulator in self._emulators.values():
            yield emulator.app, emulator.endpoint

    def _start(
        self, project: Project, name: str, published: Mapping[Address, str]
    ) -> Emulator:
        spec = project.spec(name)
        config = replace(
            project.config.providers[name],
            endpoint="emulator",
            emulator={"pace": False, **project.config.providers[name].emulator},
        )
        app = spec.emulator(self._store, self.clock, config)
        desired = desired_of(project, name)
        app.seed(_seed(want, published.get(at, "")) for at, want in desired.items())
        server = self._stack.enter_context(Server(app))
        names = {
            at.key: each.name
            for at, each in desired.items()
            if at.kind is Kind.SIGNATURE
        }
        ids = self._ids(project, name, app, desired)
        for (kind, key), end in project.definitions.directives.ends().items():
            known = names if kind is Kind.SIGNATURE else ids
            if end in known:  # as `smsform ids` does while a `moved` block stands
                known.setdefault(key, known[end])
        return Emulator(
            name, f"127.0.0.1:{server.port}", "http", spec.demo, ids, names, app
        )

    def _ids(
        self,
        project: Project,
        name: str,
        app: Service,
        desired: Mapping[Address, Desired],
    ) -> dict[str, str]:
        """The service's id of each template, read as any client reads it."""
        from smsform.emulation.adapter import EmulatorAdapter

        spec = project.spec(name)
        connection = Connection(
            config=project.config.providers[name],
            environ={},
            home=Path.home(),
            clock=self.clock,
            adapter=EmulatorAdapter(app),
            credentials=spec.demo,
        )
        entries = spec.connect(connection).read({}).entries
        text = spec.kinds[Kind.TEMPLATE].text
        found = {}
        for at, want in desired.items():
            if at.kind is not Kind.TEMPLATE:
                continue
            for entry in entries:
                same = entry.attributes.get(text) == want.delivered.get(text)
                named = entry.kind is Kind.TEMPLATE and entry.name == want.name
                if named and same and entry.serves(want.international):
                    found[at.key] = entry.id
        return found


def _seed(want: Desired, id: str) -> Mapping[str, object]:
    """An approved entry, with its id at the real service where it has one."""
    given: dict[str, object] = {
        "kind": want.address.kind,
        "name": want.name,
        "international": int(want.international),
        **want.delivered,
        **want.review_only,
    }
    if id and want.address.kind is Kind.TEMPLATE:
        given["id"] = id
    return given
