"""Accounts of several services with entries in them, and a project that imports them.

An entry is said in our words; what the service is told comes from its card and from
`seeds` in conformance.json: ``types`` and ``abroad_types``, what it calls the types of
a template; ``abroad``, what marks the other market; ``told``, which of its attributes
hold the remark and the name of the signature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from conformance.project import facts
from smsform.card import ProviderSpec
from smsform.emulation import store_path
from smsform.emulation.clock import VirtualClock
from smsform.emulation.store import Store
from smsform.errors import Position
from smsform.model import (
    Existing,
    Kind,
    Parameter,
    Placeholder,
    Review,
    Template,
    TemplateType,
    Text,
)
from smsform.plan import Action
from smsform.plan.equality import Owned, equal
from smsform.project.api import Project
from smsform.project.desired.attributes import desired_of
from smsform.provider import ProviderConfig
from smsform.registry import specs

HERE = Position("accounts", 1, 1)
SIGNED = "示例商城"


class Row(NamedTuple):
    """A template as people know it; variables are called *names*, in their order.

    ``turned`` counts positions the other way round; ``carries`` puts the signature in
    the text. Remark and signature are told where the service tells them.
    """

    text: Sequence[str]  # what stands between the variables
    names: Sequence[str] = ()
    name: str = "通知"
    type: TemplateType = TemplateType.NOTIFICATION
    abroad: bool = False
    review: Review = Review.APPROVED
    remark: str = "下单后发送"
    signature: str = SIGNED
    turned: bool = False
    carries: bool = False

    @property
    def content(self) -> Text:
        """The text with its variables."""
        head = f"【{SIGNED}】" if self.carries else ""
        parts: list[Any] = [head + self.text[0]]
        for name, part in zip(self.names, self.text[1:], strict=False):
            parts += [Placeholder(name), part]
        return tuple(filter(None, parts))


def native(row: Row, spec: ProviderSpec) -> str:
    """The text as the service has it."""
    used = [part.name for part in row.content if isinstance(part, Placeholder)]
    names = list(dict.fromkeys(used))
    params = [Parameter(name, "1", HERE) for name in names]
    if row.turned:
        params.reverse()
    return spec.native(
        Template("k", "n", row.type, row.content, "", HERE, HERE, params=tuple(params))
    )


@dataclass
class World:
    """A project at *root* whose *providers*, name -> type, are emulators."""

    root: Path
    providers: Mapping[str, str]
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        path = store_path(self.root)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.store = Store(path)
        self.clock = VirtualClock(self.store)
        config = {
            "smsform": 1,
            "providers": {
                name: {
                    "type": type,
                    "region": "ap-guangzhou",
                    "endpoint": "emulator",
                    "emulator": {"review": "manual"},
                }
                for name, type in self.providers.items()
            },
        }
        text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
        (self.root / "smsform.yaml").write_text(text, "utf-8")

    def spec(self, provider: str) -> ProviderSpec:
        """The card of a provider's service."""
        return specs()[self.providers[provider]]

    def seed(self, provider: str, *items: Mapping[str, Any]) -> None:
        """Put items there past every rule."""
        config = ProviderConfig(
            provider,
            self.providers[provider],
            "ap-guangzhou",
            "emulator",
            emulator={"review": "manual"},
        )
        self.spec(provider).emulator(self.store, self.clock, config).seed(items)

    def sign(self, provider: str, name: str = SIGNED, review: str = "approved") -> None:
        """Put a domestic signature there."""
        item = {"kind": "signature", "name": name, "review": review}
        self.seed(provider, item)

    def fill(self, provider: str, rows: Sequence[Row]) -> None:
        """Put the *rows* there."""
        known = facts(self.providers[provider])["seeds"]
        spec, items = self.spec(provider), []
        for row in rows:
            types = known.get("abroad_types" if row.abroad else "types")
            own = dict((types or known.get("types", {})).get(row.type, {}))
            own |= known["abroad"] if row.abroad else {}
            own |= dict(zip(known.get("told", ()), (row.remark, row.signature)))  # noqa: B905
            items.append(
                {
                    "kind": "template",
                    "name": row.name,
                    "text": native(row, spec),
                    "review": row.review,
                    "note": "不行",
                    **own,
                }
            )
        self.seed(provider, *items)

    def texts(self, provider: str) -> list[str]:
        """The texts of the templates that the service holds, in order."""
        found = self.store.everything()
        return sorted(
            each.text
            for each in found
            if each.kind == Kind.TEMPLATE and each.provider == provider
        )

    @property
    def project(self) -> Project:
        """The project, as its files are now."""
        return Project.load(self.root, {})

    def files(self) -> dict[str, bytes]:
        """The definition files."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*.yaml"))
            if path.name != "smsform.yaml"
        }

    def close(self) -> None:
        """Nothing is read any more."""
        self.store.close()


def wrong(world: World) -> list[str]:
    """What the law of import forbids: everything to do, every text that is another."""
    project, found = world.project, []
    planned = project.plan()
    for part in planned.plan.providers:
        name, spec = part.provider, world.spec(part.provider)
        if part.error is not None:
            found.append(f"{name}: {part.error.message()}")
            continue
        found += [
            f"{line.address}: {line.action} {line.reason}"
            for line in part.lines
            if line.action is not Action.NONE
        ]
        found += [f"{name}: {each.id} is nobody's" for each in part.unmanaged]
        found += [f"{address} is an orphan" for address in part.orphans]
    state = project.state()
    for name in world.providers:
        block = state.blocks.get(name)
        spec = world.spec(name)
        shown = entries(world, name)
        said = []
        for at, want in desired_of(project, name).items():
            kind = spec.kinds[at.kind]
            record = block.record((at.kind, at.key)) if block else None
            owned = [
                Owned(each, shown[at.kind, each.id])
                for each in (record.versions if record else ())
            ]
            if not any(equal(kind, each, want) for each in owned):
                found.append(f"{at}: nothing of it is equal")
            if at.kind is Kind.TEMPLATE:
                said += [want.delivered[kind.text]] * len(owned)
        if sorted(map(str, said)) != world.texts(name):
            found.append(f"{name}: {sorted(map(str, said))}, not {world.texts(name)}")
    return found


def entries(world: World, provider: str) -> dict[tuple[Kind, str], Existing]:
    """What the service shows, by kind and id."""
    from smsform.project.accounts import open_account

    account = open_account(world.project, provider, None)
    reading = account.provider.read({})
    return {(each.kind, each.id): each for each in reading.entries}
