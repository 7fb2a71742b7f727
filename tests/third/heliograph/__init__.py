"""Heliograph, a made-up service that lives outside smsform: its card.

REST paths, JSON, an HMAC header, statuses of HTTP for errors, lists by cursor; a
template waits for no signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.card import ProviderSpec
from smsform.clock import Clock
from smsform.model import Kind, Review
from smsform.provider import (
    Connection,
    Credentials,
    Form,
    Key,
    KindSpec,
    Provider,
    ProviderConfig,
    by_name,
)

from . import convert, wire
from .limits import LIMITS, PACE

if TYPE_CHECKING:
    from smsform.emulation.service import Service
    from smsform.emulation.store import Store

EDITABLE = frozenset({Review.IN_REVIEW, Review.REJECTED})


def _connect(connection: Connection) -> Provider:
    from .provider import open_account

    return open_account(connection)


def _emulator(store: Store, clock: Clock, config: ProviderConfig) -> Service:
    from .emulator import Heliostat

    return Heliostat(config.name, store, clock, config.emulator)


SPEC = ProviderSpec(
    type="heliograph",
    title="Heliograph",
    kinds={
        Kind.SIGNATURE: KindSpec(
            name="name",
            delivered=("name",),
            review_only=("remark", "purpose"),
            unreadable=frozenset(),
            edits=EDITABLE,
            deletes=frozenset(),
            pace=PACE,
            removable=False,
        ),
        Kind.TEMPLATE: KindSpec(
            name="name",
            delivered=("text", "category"),
            review_only=("remark", "sender"),
            unreadable=frozenset(),
            edits=EDITABLE,
            deletes=frozenset(Review),
            pace=PACE,
            text="text",
            quota="max_templates",
        ),
    },
    gate="",
    positional=False,
    limits=LIMITS,
    keys={
        Kind.SIGNATURE: by_name(
            Key("purpose", Form.TEXT, "What the name is used for.")
        ),
        Kind.TEMPLATE: by_name(
            Key("native", Form.TEXT, "The text as Heliograph has it, with #name#.")
        ),
    },
    options={},
    sites=frozenset({"domestic"}),
    variables="HELIOGRAPH_KEY_ID and HELIOGRAPH_KEY_SECRET",
    rules=lambda: (),
    native=convert.native,
    order=convert.order,
    fill=convert.fill,
    desired=convert.desired,
    told=convert.told,
    connect=_connect,
    emulator=_emulator,
    demo=Credentials(wire.DEMO_ID, wire.DEMO_SECRET, source="emulator"),
)
