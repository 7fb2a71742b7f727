"""A program that lives long keeps nothing open of what it asked the API before.

Garbage is not collected meanwhile: what only the collector closes stays open for as
long as it pleases, and a process may have a thousand files.
"""

from __future__ import annotations

import gc
import os
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conformance.project import Project as Emulated
from projects import demo_keys
from smsform import Project
from smsform.clock import SystemClock
from smsform.emulation import faults
from smsform.emulation.faults import ANY, Fault, FaultKind
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.errors import Refused
from smsform.http import channel
from smsform.project.connections import clock_of
from smsform.project.dispatch import dispatch
from smsform.project.open_sends import OpenSends
from smsform.registry import specs
from smsform.waiting import WaitTiming

OPEN = Path("/proc/self/fd")
NOTHING: tuple[int, Counter[str]] = (0, Counter())
PATIENCE = 5.0  # seconds for a server to see that its clients are gone

pytestmark = pytest.mark.skipif(not OPEN.exists(), reason="no list of what is open")


USES: dict[str, Callable[[Project], object]] = {
    "validate": Project.validate,
    "preview": lambda project: list(project.preview()),
    "plan": Project.plan,
    "plan, and what it tells": lambda project: project.unsafe(project.plan().plan),
    "apply": Project.apply,
    "status": Project.status,
    "wait": lambda project: project.wait(timing=WaitTiming(1.0, 0.0)),
    "check_up": Project.check_up,
    "shapes": Project.shapes,
    "ids": Project.ids,
    "state": Project.state,
    "remembered": Project.remembered,
    "import_all": lambda project: project.import_all(dry_run=True),
    "import_equal": Project.import_equal,
    "clock": lambda project: clock_of(project, "p").now(),
}


@pytest.fixture(params=sorted(specs()))
def emulated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Emulated]:
    """A project of every type with a template, applied."""
    project = Emulated(tmp_path, request.param)
    text = {"name": "收货", "type": "notification", "signature": "shop"}
    project.templates = {"a": {**text, "content": "您的订单已发货", "remark": "x"}}
    project.write()
    project.admit()
    assert project.apply().code == 0
    project.approve_all()
    yield project
    project.store.close()


@pytest.fixture
def _no_collection() -> Iterator[None]:
    """The collector is on, as everywhere, and its turn does not come."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.set_threshold(0)
    yield
    gc.set_threshold(*thresholds)


def held() -> tuple[int, Counter[str]]:
    """How many threads there are; what is open, and how many of each."""
    found: Counter[str] = Counter()
    for each in os.listdir(OPEN):
        try:
            found[os.readlink(OPEN / each).partition(":[")[0]] += 1
        except FileNotFoundError:
            continue  # the list itself
    return threading.active_count(), found


def grown(use: Callable[[], object]) -> tuple[int, Counter[str]]:
    """How many threads, and what, some uses leave open that one does not."""
    use()
    threads, before = held()
    for _ in range(3):
        use()
    until = time.monotonic() + PATIENCE
    while True:
        now, found = held()
        more = (max(now - threads, 0), found - before)
        if not any(more) or time.monotonic() > until:
            return more
        time.sleep(0.01)


@pytest.mark.usefixtures("_no_collection")
def test_at_an_emulator_in_this_process(emulated: Emulated):
    """Every method, again and again: no file, no thread more than after the first."""
    left = {}
    for name, use in USES.items():
        left[name] = grown(lambda use=use: use(Project.load(emulated.root)))
    for kind in FaultKind:

        def faulty(kind: FaultKind = kind) -> None:
            count, new = len(emulated.templates), dict(emulated.templates["a"])
            new |= {"name": f"收货{count}", "content": f"您的第{count}个订单已发货"}
            emulated.templates[f"a{count}"] = new
            emulated.write()
            for action in (ANY, emulated.create_action):
                faults.plant(emulated.store, Fault("p", kind, action, times=9))
                Project.load(emulated.root).apply()

        left[kind] = grown(faulty)
    assert left == dict.fromkeys(left, NOTHING)


@pytest.mark.usefixtures("_no_collection")
def test_over_a_network(emulated: Emulated, monkeypatch):
    """The same with sockets, also where calls are refused, some as too fast."""
    for name, value in demo_keys(emulated.type).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(channel, "_chance", lambda: 0.0)
    config = Project.load(emulated.root).config.providers["p"]
    service = specs()[emulated.type].emulator(emulated.store, emulated.clock, config)
    left = {}
    with serve(service) as server:
        emulated.options = {**emulated.options, "endpoint": server.url}
        emulated.write()
        for name in ("plan", "apply"):
            left[name] = grown(lambda use=USES[name]: use(Project.load(emulated.root)))
        for kind in (FaultKind.THROTTLE, FaultKind.REFUSE):

            def faulty(kind: FaultKind = kind) -> None:
                faults.plant(emulated.store, Fault("p", kind))
                Project.load(emulated.root).plan()

            left[kind] = grown(faulty)
    assert left == dict.fromkeys(left, NOTHING)


def test_a_store_that_nobody_has_is_closed(tmp_path: Path):
    """Its log is written into its file, as by closing it."""
    path = tmp_path / "emulator.sqlite"
    store = Store(path)
    assert len(os.listdir(tmp_path)) > 1
    del store
    assert os.listdir(tmp_path) == [path.name]


class Refusing:
    """A service that refuses to send."""

    def receipts(self, number: str, since: float) -> tuple[()]:
        """Nothing was sent."""
        return ()

    def send(self, outgoing: object) -> None:
        """No."""
        raise Refused("p", "Send", "no", code="No")


@pytest.mark.usefixtures("_no_collection")
def test_a_refused_send_keeps_nothing(tmp_path: Path):
    """Not even while somebody has its outcome."""
    account: Any = SimpleNamespace(
        service=Refusing(), clock=SystemClock(), sending=None
    )
    service = weakref.ref(account.service)
    message: Any = SimpleNamespace(address="p/a", fixed=(), outgoing=lambda *_: None)
    sends = OpenSends(tmp_path)
    sent = dispatch(account, message, ["+8613800138000"], sends)
    assert isinstance(sent.error, Refused)
    del account
    assert service() is None
