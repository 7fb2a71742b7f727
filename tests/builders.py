"""One call, defaults, override what matters: a made-up service and its entries."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from smsform.card import ProviderSpec as Spec
from smsform.directives import NO_DIRECTIVES
from smsform.emulation.outbox import OutboxMessage
from smsform.errors import Position
from smsform.model import (
    Address,
    Desired,
    Existing,
    Identity,
    Kind,
    Reading,
    Review,
)
from smsform.plan import (
    NO_USES,
    Options,
    PlanSettings,
    ProviderPlan,
)
from smsform.plan.build import provider_plan
from smsform.plan.reconcile import reconcile
from smsform.provider import Credentials, KindSpec, Limit, Pace, ProviderConfig
from smsform.state import Block, Origin, Record, Version

NOW = 1_800_000_000.0
HERE = Position("templates.yaml", 1, 1)
PACE = dict.fromkeys(("read", "create", "update", "delete"), Pace(2, 1.0))
EDITABLE = frozenset({Review.IN_REVIEW, Review.REJECTED})


def a_kind(**changes: Any) -> KindSpec:
    """Templates of a service that edits pending entries and hides type and remark."""
    kind = KindSpec(
        name="Name",
        delivered=("Text", "Type"),
        review_only=("Remark",),
        unreadable=frozenset({"Type", "Remark"}),
        edits=EDITABLE,
        deletes=frozenset(Review),
        pace=PACE,
        text="Text",
        quota="max_entries",
    )
    return replace(kind, **changes)


def a_spec(**changes: Any) -> Spec:
    """The card of a made-up service."""

    def unused(*_: Any) -> Any:
        raise AssertionError("a plan opens nothing")

    signatures = a_kind(
        delivered=("Name",),
        review_only=("Remark",),
        removable=False,
        text="",
        unreadable=frozenset({"Remark"}),
    )
    spec = Spec(
        type="made_up",
        title="Made-up SMS",
        kinds={Kind.SIGNATURE: signatures, Kind.TEMPLATE: a_kind()},
        gate="applied",
        limits={"max_entries": Limit(5, "entries", "us", "2026")},
        keys={kind: {} for kind in Kind},
        options={},
        sites=frozenset(),
        variables="",
        rules=unused,
        native=unused,
        order=lambda text: (),
        fill=lambda text, values: text,
        desired=unused,
        told=unused,
        connect=unused,
        emulator=unused,
        demo=Credentials("", ""),
    )
    return replace(spec, **changes)


def at(key: str = "login", kind: Kind = Kind.TEMPLATE) -> Address:
    """An address at the made-up service."""
    return Address("shop", kind, key)


def a_desired(key: str = "login", text: str = "new", **changes: Any) -> Desired:
    """A wanted template."""
    desired = Desired(
        address=at(key),
        name=key,
        international=False,
        delivered={"Text": text, "Type": 3},
        at=HERE,
        review_only={"Remark": "why"},
    )
    return replace(desired, **changes)


def an_entry(
    id: str = "1", text: str = "new", review: Review = Review.APPROVED, **changes: Any
) -> Existing:
    """A template as the service shows it."""
    entry = Existing(
        Kind.TEMPLATE, id, "login", review, {"Text": text}, created=int(id)
    )
    return replace(entry, **changes)


def a_version(id: str = "1", text: str = "new", **changes: Any) -> Version:
    """A template we remember as submitted."""
    version = Version(
        id,
        Origin.SUBMITTED,
        "login",
        Review.IN_REVIEW,
        {"Text": text, "Type": 3, "Remark": "why"},
    )
    return replace(version, **changes)


def a_block(**records: Record | Version) -> Block:
    """What is remembered of templates, by key."""
    return Block(
        Identity("made_up"),
        {
            (Kind.TEMPLATE, key): Record((each,)) if isinstance(each, Version) else each
            for key, each in records.items()
        },
    )


def plan_of(
    *desired: Desired,
    entries: tuple[Existing, ...] = (),
    block: Block | None = None,
    spec: Spec | None = None,
    retire_after: float | None = None,
    listed: bool = True,
    **options: Any,
) -> ProviderPlan:
    """Reconcile and plan at the made-up service."""
    spec, block = spec or a_spec(), block or a_block()
    wanted = {each.address: each for each in desired}
    reading = Reading(entries, listed)
    now = options.pop("now", NOW)
    settings = PlanSettings(
        retire_after,
        options.pop("directives", NO_DIRECTIVES),
        options.pop("elsewhere", frozenset()),
        in_use=options.pop("in_use", NO_USES),
    )
    fresh = reconcile("shop", block, reading, wanted, spec, now)
    return provider_plan(
        ProviderConfig("shop", "made_up"),
        spec,
        block.identity,
        wanted,
        reading,
        fresh,
        Options(now=now, **options),
        settings,
    )


def a_message(**changes: Any) -> OutboxMessage:
    """An accepted message of a made-up service."""
    message = OutboxMessage(
        provider="cloud",
        account="1",
        application="",
        serial="s1",
        number="+8613800138000",
        place="CN",
        international=0,
        type="verification",
        signature="示例商城",
        template="1110",
        name="登录验证码",
        text="【示例商城】4711为您的登录验证码。",
        masked="【示例商城】4**1为您的登录验证码。",
        segments=1,
        sent=1.0,
        receipt="DELIVERED",
        delivered=1,
    )
    return message._replace(**changes)
