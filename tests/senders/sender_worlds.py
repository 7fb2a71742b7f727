"""A project with everything approved, its emulators on sockets, and what it sends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from smsform import Project
from smsform.cli import run
from smsform.emulation import outbox, store_path
from smsform.emulation.faults import Fault, FaultKind, plant
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.preview import preview
from smsform.project.senders import sender
from smsform.project.workspace import load_state, open_store
from smsform.senders.model import Function, IdSource, Sender
from smsform.state import State

EXAMPLE = Path(__file__).parents[2] / "templates.example"
NOON = datetime(2026, 11, 27, 4, tzinfo=UTC).timestamp()  # in Beijing; a working day

# What a language, a shell, JSON or a page could take for its own.
HOSTILE = (
    '"', "'", "*/", "/*", "//", "#{x}", "${x}", "$x", "`id`", "\\", "\\u0041", "\\n",
    '"""', "'''", "?>", "<?php", "??/", "%s", "<b>", "&amp;", "{0}", "{{x}}", "{1}",
    "好", "é", "\u2028", "\u2029", "\t.", "\x85", "\n", "\r\n",
)  # fmt: skip
HOSTILE_TEMPLATE = {
    "hostile": {
        "name": '*/ """ ${x} `id` \\u0041',
        "type": "notification",
        "international": True,
        "signature": "shop_abroad",
        "content": '{{ order }} "*/ \'\\u0041\' """ `id` $x ?> 好 /* {{ note }} \\',
        "params": {
            "order": {"sample": "A1", "max_length": 20, "description": "*/ ${x} \\"},
            "note": {"sample": '"*/ \\', "max_length": 20, "description": '"""'},
        },
        "remark": "变量一为订单号，变量二为备注。",
    }
}


class Send(NamedTuple):
    """One call of a generated function: values by the definition's names."""

    function: Function
    values: Mapping[str, str]
    number: str
    expected: str = ""  # what the recipient reads, or "" where nothing goes out


class Noon:
    """A clock that stands still: what is forbidden at night is not looked at here."""

    def now(self) -> float:
        return NOON

    def monotonic(self) -> float:
        return NOON

    def sleep(self, seconds: float) -> None:
        """Time does not pass."""


class World(NamedTuple):
    """A project, its state, and where each provider's emulator listens."""

    project: Project
    state: State
    store: Store
    ports: Mapping[str, int]

    @property
    def providers(self) -> list[str]:
        return list(self.project.config.providers)

    def sender(self, provider: str, ids: IdSource = IdSource.EMBEDDED) -> Sender:
        """What is generated for one provider; every template is in it."""
        made, omitted = sender(self.project, self.state, provider, ids)
        assert omitted == ()
        return made

    def sends(self, provider: str, digits: int) -> list[Send]:
        """Every template with every sample; *digits* begins the numbers."""
        found = []
        for function in self.sender(provider).functions:
            template = self.project.definitions.templates[function.key]
            if function.key in HOSTILE_TEMPLATE:  # most cannot stand in a definition
                odd = {f"odd-{n}": values_of(v) for n, v in enumerate(HOSTILE)}
                template = replace(template, samples={**template.samples, **odd})
            shown = preview(
                template,
                self.project.definitions,
                self.project.config,
                self.project.specs,
                [provider],
            )
            texts = {message.case: message.text for message in shown.messages}
            for case, values in template.sample_values().items():
                serial = f"{digits}{len(found):04d}"
                number = f"+8613{serial.zfill(9)}"
                if template.international:
                    number = f"+85251{serial.zfill(6)[-6:]}"
                needed = {a.name: values[a.name] for a in function.arguments}
                found.append(Send(function, needed, number, texts[case]))
        return found

    def received(self, provider: str) -> dict[str, str]:
        """The outbox: number -> text."""
        found = outbox.select(self.store, "provider = ? AND refusal = ''", [provider])
        return {message.number: message.text for message in found}

    def count(self, provider: str) -> int:
        """How many messages were accepted since the last ``forget``."""
        where = "provider = ? AND refusal = ''"
        return len(outbox.select(self.store, where, [provider]))

    def forget(self) -> None:
        """Let all that was sent never have been, limits included."""
        self.store.execute("DELETE FROM message", ())

    def drop_after(self, provider: str, nth: int) -> None:
        """The *nth* send from now is done, and its reply is lost."""
        plant(self.store, Fault(provider, FaultKind.DROP_AFTER, "SendSms", nth))


def values_of(odd: str) -> Mapping[str, str]:
    """Values of the hostile template that hold *odd*."""
    return {"order": f"x{odd}", "note": f"{odd}x{odd}y"}


@contextmanager
def example_world(folder: Path) -> Iterator[World]:
    """The example project, applied and approved, with both emulators listening."""
    root = shutil.copytree(
        EXAMPLE, folder / "project", ignore=shutil.ignore_patterns(".smsform")
    )
    hostile = json.dumps({"templates": HOSTILE_TEMPLATE}, ensure_ascii=False)
    (root / "templates" / "hostile.yaml").write_text(hostile, encoding="utf-8")
    for _ in range(2):
        code = run(["-C", str(root), "--quiet", "apply", "--auto-approve", "--wait"])
    assert code == 0
    project = Project.load(root)
    state = load_state(project, open_store(project))
    store = Store(store_path(root))
    servers = {}
    for name, config in project.config.providers.items():
        app = project.spec(name).emulator(store, Noon(), config)
        servers[name] = serve(app)
    try:
        ports = {name: server.port for name, server in servers.items()}
        yield World(project, state, store, ports)
    finally:
        for server in servers.values():
            server.stop()


def demo_keys(project: Project) -> dict[str, str]:
    """The environment in which a generated module finds the emulators' keys."""
    found = {}
    for name in project.config.providers:
        spec = project.spec(name)
        assert spec.senders is not None
        keys = spec.senders().keys
        found |= {keys.id: spec.demo.id, keys.secret: spec.demo.secret}
    return found
