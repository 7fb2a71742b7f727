"""A service in memory, with other teams, reviewers and carriers; and one project at it.

Plan, apply and state are the real ones; only the service is made up. Its cards are cut
from those of the registered services, so that both kinds of service are lived in: those
that edit and delete what is being reviewed, and those that do not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from builders import HERE, NOW, a_kind, a_spec
from smsform.apply.ledger import Ledger
from smsform.apply.run import Run
from smsform.card import ProviderSpec
from smsform.delivery import Deliverable, Delivery
from smsform.directives import Claim, Directives, Move
from smsform.errors import Unclear
from smsform.model import Address, Desired, Existing, Identity, Kind, Reading, Review
from smsform.plan import Options, PlanSettings, ProviderPlan
from smsform.plan.active import undecided
from smsform.plan.build import provider_plan
from smsform.plan.reconcile import by_id, reconcile
from smsform.project.plan_settings import moving
from smsform.provider import Accepted, ProviderConfig
from smsform.registry import specs
from smsform.state import Author, Block, State
from smsform.state.published import published
from smsform.state.steps import Step

DAY = 86400.0
STEPS = 4  # days that applications get to fetch a new id
US, TEAM = "us", "team"
IDENTITY = Identity("made_up")


def card(type: str) -> ProviderSpec:
    """A card that edits and deletes in the review states in which *type* does."""
    real = specs()[type].kinds[Kind.TEMPLATE]
    kind = a_kind(edits=real.edits, deletes=real.deletes, quota="")
    return a_spec(kinds={**a_spec().kinds, Kind.TEMPLATE: kind})


def address(key: str) -> Address:
    """A template's address."""
    return Address("shop", Kind.TEMPLATE, key)


class World:
    """The service: entries, who made them, whether they arrive; a clock of days."""

    def __init__(self, type: str) -> None:
        self.spec = card(type)
        self.kind = self.spec.kinds[Kind.TEMPLATE]
        self.entries: dict[str, Existing] = {}
        self.by: dict[str, str] = {}
        self.arrives: dict[str, Deliverable] = {}
        self.day = 0
        self.ticks = 0
        self.silent = 0  # so many creations from now on get no answer
        self.slept = 0.0

    # -- what a provider does ----------------------------------------------------------

    def identity(self) -> Identity:
        """Somewhere."""
        return IDENTITY

    def read(self, known: Any) -> Reading:
        """Everything; delivery is told by whoever asks."""
        return Reading(tuple(self.entries.values()))

    def fetch(self, kind: Kind, ids: Any) -> tuple[Existing, ...]:
        """By id."""
        return tuple(self.entries[id] for id in ids if id in self.entries)

    def ready(self, kind: Kind) -> None:
        """Always."""

    def create(self, want: Desired, name: str) -> Accepted:
        """A new entry of ours, whether its answer arrives or not."""
        id = self.add(name, str(want.delivered["Text"]), want.international)
        if self.silent:
            self.silent -= 1
            raise Unclear("shop", "Add", "reset")
        return Accepted(id, self.entries[id].order)

    def update(self, id: str, want: Desired, name: str) -> Accepted:
        """In place; its review starts again."""
        self.resubmit(id, str(want.delivered["Text"]), name)
        return Accepted(id, self.entries[id].order)

    def delete(self, kind: Kind, id: str) -> None:
        """For good."""
        del self.entries[id]

    def diagnose(self) -> tuple[()]:
        """Nothing."""
        return ()

    # -- what others do ----------------------------------------------------------------

    def add(
        self, name: str, text: str, international: bool | None = False, by: str = US
    ) -> str:
        """An entry in review."""
        self.ticks += 1
        id = str(1000 + self.ticks)
        self.entries[id] = Existing(
            Kind.TEMPLATE,
            id,
            name,
            Review.IN_REVIEW,
            {"Text": text},
            international,
            created=self.ticks,
            order=str(self.ticks),
        )
        self.by[id], self.arrives[id] = by, Deliverable.NOT_YET
        return id

    def resubmit(self, id: str, text: str, name: str = "") -> None:
        """Submit an entry again with another text."""
        self.ticks += 1
        entry = self.entries[id]
        self.entries[id] = replace(
            entry,
            name=name or entry.name,
            review=Review.IN_REVIEW,
            attributes={"Text": text},
            order=str(self.ticks),
        )

    def judge(self, id: str, review: Review) -> None:
        """Give a verdict."""
        self.entries[id] = replace(self.entries[id], review=review)

    def text(self, id: str) -> object:
        """What an entry says."""
        return self.entries[id].attributes["Text"]

    def approved(self, id: str) -> bool:
        """Whether it exists and may be sent."""
        return id in self.entries and self.entries[id].review is Review.APPROVED

    def now(self) -> float:
        """Unix seconds; what a run sleeps does not reach the next day."""
        return NOW + self.day * DAY + self.slept

    def sleep(self, seconds: float) -> None:
        """A run waits."""
        self.slept += seconds


@dataclass
class Definition:
    """What the YAML says of one key."""

    name: str
    text: str
    international: bool = False


class Memory:
    """A state store."""

    def __init__(self) -> None:
        self.state = State()

    def add(self, step: Step) -> bool:
        """Nothing by steps."""
        return False

    def save(self, state: State) -> None:
        """Keep it."""
        self.state = state


@dataclass
class Project:
    """Definitions, blocks and a state at a world; ``rows`` count what it did."""

    world: World
    wants: dict[str, Definition] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)
    claims: list[tuple[str, str]] = field(default_factory=list)
    block: Block = field(default_factory=lambda: Block(IDENTITY))
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    asks: str = "due"  # never, due: where it decides, or always
    told: dict[str, Deliverable] = field(default_factory=dict)  # what we heard last

    @property
    def directives(self) -> Directives:
        """The blocks as definition files would have them."""
        return Directives(
            tuple(Move(Kind.TEMPLATE, a, b, HERE) for a, b in self.moves),
            tuple(Claim(address(key), id, HERE) for key, id in self.claims),
        )

    @property
    def desired(self) -> dict[Address, Desired]:
        """What the service should have."""
        return {
            address(key): Desired(
                address(key),
                each.name,
                each.international,
                {"Text": each.text, "Type": 3},
                HERE,
                {"Remark": "why"},
            )
            for key, each in self.wants.items()
        }

    def reading(self) -> Reading:
        """Everything, with what is told of delivery where it is asked for."""
        entries = by_id(tuple(self.world.entries.values()))
        due = undecided(self.block, entries, self.desired, "shop", self.world.spec)
        owned = self.block.owners()
        shown = []
        for key, entry in entries.items():
            ask = key not in owned or entry.id in due.get(key[0], ())
            if self.asks == "always" or (self.asks == "due" and ask):
                told = self.world.arrives[entry.id]
                self.told[entry.id] = told
                entry = replace(entry, delivery=Delivery(told))
            shown.append(entry)
        return Reading(tuple(shown))

    def plan(self, prune: bool = False) -> tuple[ProviderPlan, Reading]:
        """What is to be done today."""
        world, now, reading = self.world, self.world.now(), self.reading()
        fresh = reconcile(
            "shop",
            self.block,
            reading,
            self.desired,
            world.spec,
            now,
            moving=moving(self.directives, self.block),
        )
        part = provider_plan(
            ProviderConfig("shop", "made_up"),
            world.spec,
            IDENTITY,
            self.desired,
            reading,
            fresh,
            Options(now, prune=prune),
            PlanSettings(STEPS * DAY, self.directives),
        )
        self.rows.update((line.action, line.reason) for line in part.lines)
        return part, reading

    def apply(self, part: ProviderPlan, reading: Reading) -> None:
        """Do it, and remember it."""
        memory = Memory()
        ledger = Ledger(memory, State({"shop": part.kept}), Author())  # type: ignore[arg-type]
        run = Run(part, self.world, self.world.spec, reading, ledger, self.world)
        list(run.outcomes())
        self.world.slept = 0.0
        self.block = ledger.block("shop")

    def ids(self) -> dict[str, str]:
        """Key -> id, old keys included."""
        state = State({"shop": self.block})
        found = published(state, frozenset(self.desired), self.directives)
        keys = {*self.wants, *(origin for origin, _ in self.moves)}
        return {
            each.address.key: each.version.id
            for each in found
            if each.address.key in keys
        }

    def run(self, prune: bool = False) -> list[tuple[str, str, str]]:
        """Plan and apply once: what was done, without what stays."""
        part, reading = self.plan(prune)
        self.apply(part, reading)
        return [
            (line.action, line.reason, line.address.key)
            for line in part.lines
            if line.action != "none" or line.rejected
        ]

    def own(self, key: str, *ids: str, active: str = "", since: int = 0) -> None:
        """Let the state say that *key* has these, submitted as they are shown."""
        from builders import a_version
        from smsform.plan.reconcile import iso
        from smsform.state import Record

        versions = tuple(
            a_version(
                id,
                str(self.world.text(id)),
                name=self.world.entries[id].name,
                review=self.world.entries[id].review,
                order=self.world.entries[id].order,
            )
            for id in ids
        )
        day = iso(NOW + since * DAY) if active else ""
        record = Record(versions, active, day)
        self.block = self.block.with_record((Kind.TEMPLATE, key), record)


def entry(
    world: World,
    name: str,
    text: str,
    review: Review = Review.APPROVED,
    arrives: Deliverable = Deliverable.YES,
    international: bool | None = False,
    by: str = US,
) -> str:
    """An entry that has been judged."""
    id = world.add(name, text, international, by)
    world.judge(id, review)
    world.arrives[id] = arrives
    return id
