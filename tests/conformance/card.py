"""What a card must say, asked in words: every answer is what to mend.

``complaints(card)`` is empty for a card the rest of the suite can begin with.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from smsform.card import ProviderSpec
from smsform.clock import SystemClock
from smsform.emulation.store import Store
from smsform.errors import ConfigError, Position
from smsform.model import (
    Address,
    Desired,
    Evidence,
    Kind,
    Parameter,
    Placeholder,
    Signature,
    Template,
    TemplateType,
)
from smsform.provider import Connection, Context, Credentials, Form, ProviderConfig

HERE = Position("card.yaml", 1, 1)
VERBS = {"read", "create", "update", "delete"}
GATES = {"": "nothing", "applied": "applied for", "approved": "approved"}
DATE = re.compile(r"20\d\d(-\d\d){0,2}")
TEXT = ("您的取件码是", Placeholder("code"), "，请在", Placeholder("place"), "领取。")
NAMES = ("code", "place")


def complaints(card: ProviderSpec) -> list[str]:
    """Everything that is wrong with *card*."""
    found = [*_kinds(card), *_facts(card), *_keys(card)]
    # Behaviour is asked only of a card that is well formed.
    return found or [*_texts(card), *_emulator(card), *_account(card)]


def _kinds(card: ProviderSpec) -> Iterator[str]:
    for kind in Kind:
        if kind not in card.kinds:
            yield f"kinds: nothing is said of a {kind}"
            continue
        each, where = card.kinds[kind], f"kinds[{kind}]"
        if not each.delivered:
            yield f"{where}.delivered: name the attributes that reach a phone"
        if each.name not in (*each.delivered, *each.review_only, each.name):
            yield f"{where}.name: say which attribute holds the name"
        if both := set(each.delivered) & set(each.review_only):
            yield f"{where}: {sorted(both)} cannot be delivered and review-only"
        if strange := each.unreadable - set(card.attributes(kind)):
            yield f"{where}.unreadable: {sorted(strange)} is in neither list"
        if missing := VERBS - each.pace.keys():
            yield f"{where}.pace: how often may one {sorted(missing)}?"
        if any(pace.calls < 1 or pace.seconds <= 0 for pace in each.pace.values()):
            yield f"{where}.pace: at least one call in more than no seconds"
        for limit in filter(None, (each.quota, each.daily)):
            if limit not in card.limits:
                yield f"{where}: {limit!r} is not one of the card's limits"
    template = card.kinds.get(Kind.TEMPLATE)
    if template and template.text not in template.delivered:
        yield "kinds[template].text: name the delivered attribute that is the message"


def _facts(card: ProviderSpec) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", card.type):
        yield f"type: {card.type!r} must be a word in small letters"
    if not card.title:
        yield "title: what is the service called in reports?"
    for name in ("gate", "gate_abroad"):
        if getattr(card, name) not in GATES:
            yield f"{name}: one of {sorted(GATES)}, what a signature must be before"
    if not card.sites or not card.sites <= {"domestic", "international"}:
        yield "sites: domestic, international, or both"
    if not card.variables:
        yield "variables: which environment variables hold a key?"
    for name, limit in card.limits.items():
        if not limit.meaning or not limit.source or not DATE.match(limit.read):
            yield f"limits[{name}]: what it means, the source, the date it was read"
    for rule in card.rules():
        if not re.fullmatch(r"SF[0-9]{3}", rule.id):
            yield f"rules: {rule.id!r} is no id like SF501"
        if not rule.source or not DATE.match(rule.read):
            yield f"rules: {rule.id} needs its source and the date it was read"


def _keys(card: ProviderSpec) -> Iterator[str]:
    for kind in Kind:
        if kind not in card.keys:
            yield f"keys: nothing is said of a {kind}; {{}} for no key"
    for where, keys in (
        *((f"keys[{kind}]", card.keys.get(kind, {})) for kind in Kind),
        ("options", card.options),
    ):
        for name, key in keys.items():
            if key.name != name:
                yield f"{where}: {name!r} and {key.name!r} are one key, use by_name()"
            if not key.meaning:
                yield f"{where}[{name}]: say in English what it is for; editors show it"
    native = card.keys.get(Kind.TEMPLATE, {}).get("native")
    if native is None or native.form is not Form.TEXT:
        yield "keys[template]: a text called native, or import cannot be faithful"
    if card.starter:
        unknown = set(card.starter.papers) - set(card.keys.get(Kind.SIGNATURE, {}))
        if unknown:
            yield f"starter: {sorted(unknown)} are no keys of a signature"


def _template() -> Template:
    params = tuple(Parameter(name, "1", HERE) for name in NAMES)
    return Template(
        key="pickup",
        name="取件通知",
        type=TemplateType.NOTIFICATION,
        content=TEXT,
        source="您的取件码是{{ code }}，请在{{ place }}领取。",
        params=params,
        signature="shop",
        at=HERE,
        content_at=HERE,
    )


def _texts(card: ProviderSpec) -> Iterator[str]:
    native = card.native(_template())
    order = card.order(native)
    if len(order) != len(NAMES):
        yield f"order: found {list(order)} in {native!r}, where there are two variables"
        return
    filled = card.fill(native, ["1024", "东门"])
    if not ("1024" in filled and "东门" in filled and filled.startswith("您的取件码")):
        yield f"fill: values are lost in {filled!r}"
    elif card.order(filled):
        yield f"fill: {filled!r} still has variables"
    config = ProviderConfig("p", card.type)
    context = Context(
        config,
        Evidence.unread,
        {"shop": "示例"},
    )
    entries: tuple[Template | Signature, ...] = (
        _template(),
        Signature(key="shop", name="示例", at=HERE),
    )
    for kind, entry in zip((Kind.TEMPLATE, Kind.SIGNATURE), entries, strict=True):
        made = card.desired(Address("p", kind, entry.key), entry, context)
        if not isinstance(made, Desired):
            yield f"desired: a Desired for a {kind}"
            continue
        spec = card.kinds[kind]
        if strange := made.delivered.keys() - set(spec.delivered):
            yield f"desired: {sorted(strange)} of a {kind} is not delivered on the card"
        if strange := made.review_only.keys() - set(spec.review_only):
            yield f"desired: {sorted(strange)} of a {kind} is not review-only there"
        if kind is Kind.TEMPLATE and made.delivered.get(spec.text) != native:
            yield f"desired: {spec.text} is what native() says"


def _emulator(card: ProviderSpec) -> Iterator[str]:
    config = ProviderConfig("p", card.type, endpoint="emulator")
    service = card.emulator(Store(None), SystemClock(), config)
    for setting in ("review", "normalise"):
        if setting not in service.table:
            yield f"emulator: the setting {setting!r}, by which tests drive it"
    if not card.demo.id or not card.demo.secret:
        yield "demo: a key pair that the emulator takes"
    try:
        strange = ProviderConfig("p", card.type, emulator={"no such setting": 1})
        card.emulator(Store(None), SystemClock(), strange)
    except ConfigError:
        pass
    else:
        yield "emulator: a setting that does not exist is a ConfigError"


def _account(card: ProviderSpec) -> Iterator[str]:
    config = ProviderConfig("p", card.type)
    connection = Connection(
        config, {}, Path("/nowhere"), SystemClock(), credentials=Credentials("i", "s")
    )
    account = card.connect(connection)
    if account.identity().type != card.type:
        yield f"connect: the account says it is of {account.identity().type!r}"
    verbs = ("read", "fetch", "ready", "create", "update", "delete", "diagnose")
    for verb in verbs:
        if not inspect.ismethod(getattr(account, verb, None)):
            yield f"connect: an account that can {verb}"
    if account.identity().endpoint in ("", "emulator"):
        yield "connect: identity() says the host it would call"
