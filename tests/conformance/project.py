"""A project in a folder, driven through the command line like a user would."""

from __future__ import annotations

import inspect
import json
import struct
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from commands import Result, printed_in
from smsform.emulation import faults, reviewer, store_path
from smsform.emulation.clock import VirtualClock
from smsform.emulation.store import Entry, Store
from smsform.model import Review
from smsform.registry import specs

SETTINGS = {"review": "manual", "normalise": True}
ROOT = Path(__file__).parents[1]


def a_png() -> bytes:
    """The smallest picture there is: one white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00\xff\xff\xff")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", pixel)
        + chunk(b"IEND", b"")
    )


def beside(type: str, name: str) -> Any:
    """The JSON file *name* of a service, None without one.

    It lies beside the service's tests, or where its code does.
    """
    code = Path(inspect.getfile(specs()[type].connect)).parent
    found = (folder / name for folder in (ROOT / type, code))
    path = next((path for path in found if path.exists()), None)
    return json.loads(path.read_text("utf-8")) if path else None


def facts(type: str) -> Any:
    """What the suite must be told of a service; README.md says what that is."""
    return beside(type, "conformance.json")


def awkward(type: str) -> list[dict[str, Any]]:
    """An account of that service as people leave it behind, as items to seed.

    Duplicates, every review, each market, and texts that YAML, a template language or
    a person would take for something else. Empty where the service brings none.
    """
    return beside(type, "awkward.json") or []


@dataclass
class Project:
    """A folder with one provider of *type*, called ``p``, at the emulator.

    ``templates`` is what the YAML will say; ``rows`` counts the plan's lines by
    (action, reason) over the whole life.
    """

    root: Path
    type: str
    settings: dict[str, Any] = field(default_factory=lambda: dict(SETTINGS))
    policy: dict[str, Any] = field(default_factory=dict)
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    more: dict[str, Any] = field(default_factory=dict)  # of smsform.yaml
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        known = facts(self.type)
        self.create_action: str = known["create"]
        self.template: dict[str, Any] = known.get("template", {})  # keys of each
        self.marketing: dict[str, Any] = known.get("marketing", {})  # of a promotion
        self.ids: dict[str, str] = known.get("ids", {})
        self.options: dict[str, Any] = known.get("options", {})  # what sending needs
        self.volatile: list[str] = known.get("volatile", [])  # of an entry's data
        self.signatures = {"shop": {"name": "示例商城", self.type: known["signature"]}}
        (self.root / "license.png").write_bytes(a_png())
        path = store_path(self.root)
        path.parent.mkdir()
        self.store = Store(path)
        self.clock = VirtualClock(self.store)
        self.write()

    def write(self) -> None:
        """Put the definitions on disk."""
        config = {
            "smsform": 1,
            "policy": self.policy,
            "providers": {
                "p": {
                    "type": self.type,
                    "region": "ap-guangzhou",
                    "endpoint": "emulator",
                    "emulator": self.settings,
                    **self.options,
                }
            },
            **self.more,
        }
        self.dump("smsform.yaml", config)
        templates = {
            key: self._with_keys_of_type(each) for key, each in self.templates.items()
        }
        document = {"signatures": self.signatures, "templates": templates}
        self.dump("definitions.yaml", document)

    def _with_keys_of_type(self, template: dict[str, Any]) -> dict[str, Any]:
        """A template as this service wants it."""
        wanted = dict(self.template)
        if template.get("type") == "marketing":
            wanted |= self.marketing
        if not wanted or template.get("international"):
            return template
        return {**template, self.type: {**wanted, **template.get(self.type, {})}}

    def dump(self, name: str, document: object) -> None:
        """Write a YAML file of the project."""
        text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
        (self.root / name).write_text(text, encoding="utf-8")

    def __call__(self, *arguments: str) -> Result:
        """Run ``smsform -C FOLDER --quiet …``."""
        return printed_in(self.root, "--quiet", *arguments)

    def plan(self, *flags: str) -> Any:
        """The plan as JSON; its lines are counted."""
        result = self("plan", "--format", "json", *flags)
        assert result.code == 0, result.err
        part = result.json["providers"]["p"]
        assert part["error"] is None, part["error"]
        self.rows.update((line["action"], line["reason"]) for line in part["lines"])
        return part

    def apply(self, *flags: str) -> Result:
        """Apply without asking; whatever the guards say."""
        self.plan(*flags)
        free = ("--allow-changes", "99", "--allow-deletes", "99")
        return self("apply", "--auto-approve", "--format", "json", *free, *flags)

    def entries(self, kind: str = "template") -> list[Entry]:
        """What the service holds."""
        return [each for each in self.store.everything() if each.kind == kind]

    def id_of(self, entry: Entry) -> str:
        """What the service calls an entry of its emulator's store."""
        form = self.ids.get(entry.kind, "{id}")
        return form.format(id=entry.id, name=entry.name)

    def admit(self) -> None:
        """Have the signature approved first, where templates wait for that."""
        if specs()[self.type].gate != "approved":
            return
        kept, self.templates = self.templates, {}
        self.write()
        assert self.apply().code == 0
        self.approve_all()
        assert self("status").code == 0
        self.templates = kept
        self.write()
        self.rows.clear()

    def judge(self, entry: Entry, review: Review, note: str = "") -> None:
        """Give a verdict by hand."""
        reviewer.judge(self.store, entry.id, review, self.clock.now(), note)

    def approve_all(self, *reviews: Review) -> None:
        """Approve every entry in review, or in one of *reviews*."""
        for entry in self.store.everything():
            if entry.review in (reviews or (Review.IN_REVIEW,)):
                self.judge(entry, Review.APPROVED)

    def fault(self, kind: faults.FaultKind, action: str, **fields: Any) -> None:
        """Let the next call of *action* go wrong."""
        faults.plant(self.store, faults.Fault("p", kind, action, **fields))

    @property
    def state_path(self) -> Path:
        """The state file of providers at the emulator."""
        return self.root / ".smsform" / "emulator.state.json"

    def records(self) -> dict[str, Any]:
        """Address slot -> what the state file remembers of it."""
        if not self.state_path.exists():
            return {}
        block = json.loads(self.state_path.read_text())["providers"].get("p", {})
        found: dict[str, Any] = block.get("entries", {})
        return found

    def handed_out(self) -> dict[str, str]:
        """Template slot -> the id that applications get for it, once asked about."""
        assert self("status").code == 0
        found = self("ids").json["providers"].get("p", {}).get("template", {})
        return {f"template.{key}": each["id"] for key, each in found.items()}

    def active(self) -> dict[str, str]:
        """Address slot -> active id, as remembered."""
        return {
            slot: record["active"]
            for slot, record in self.records().items()
            if record.get("active")
        }
