"""The modules that every language builds: the world's, and one of all checks."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sender_worlds import Send, World
from workshops import Case

from smsform.registry import built_in, specs
from smsform.senders.model import Argument, Function, Sender, SenderSpec, ValueCheck

DIGITS = {name: 10 + number for number, name in enumerate(sorted(built_in()))}
VECTORS = Path(__file__).parent / "vectors.json"


class Vector(NamedTuple):
    """A value and what its check says; ``fault`` "" lets it pass."""

    check: ValueCheck
    value: str
    fault: str


@cache
def vectors() -> tuple[Vector, ...]:
    """The table, which every language runs."""
    found = json.loads(VECTORS.read_text(encoding="utf-8"))
    return tuple(
        Vector(ValueCheck(**found["checks"][name]), value, fault)
        for name, value, fault in found["values"]
    )


def service(provider: str) -> SenderSpec:
    """The part of the only service that a provider of that type has."""
    senders = specs()[provider].senders
    assert senders is not None
    return senders()


def made_up(provider: str, functions: tuple[Function, ...], **more: object) -> Sender:
    """A sender of these functions, through *provider*, for loopback only."""
    spec = service(provider)
    host, region = spec.reached("domestic", "")
    settings = {
        name: (variable, "1400006666") for name, variable in spec.settings.items()
    }
    made = Sender(
        provider,
        spec.title,
        functions,
        spec.keys,
        spec.options,
        spec.numbers,
        host,
        region,
        settings,
        emulated=True,
        unproxied=spec.unproxied,
    )
    return made._replace(**more)  # type: ignore[arg-type]


def function(provider: str, key: str, *arguments: Argument, **more: str) -> Function:
    """A function of a template that is approved somewhere."""
    made = Function(
        key,
        f"{provider}/template.{key}",
        "1110",
        "示例商城",
        "{1}",
        arguments,
        title=key,
        variable=f"SHOP_TEMPLATE_{key.upper()}",
        signer="SHOP_SIGNATURE_SHOP",
        signature_key="shop",
    )
    return made._replace(**more)


def checking(provider: str) -> Case:
    """A template for every check of the table, and a call for every value."""
    checks = list(dict.fromkeys(each.check for each in vectors()))
    functions = {
        check: function(provider, f"check_{n}", Argument("value", "value", check))
        for n, check in enumerate(checks)
    }
    sends = [
        Send(functions[each.check], {"value": each.value}, "+8613800138000")
        for each in vectors()
    ]
    sender = made_up(provider, tuple(functions.values()))
    return Case(f"checks_{provider}", sender, service(provider).templates, sends)


def cases_of(world: World, language: str) -> list[Case]:
    """Everything that a language's program can do."""
    found = []
    for provider in world.providers:
        spec = service(world.project.config.providers[provider].type)
        if language not in spec.languages:
            continue
        sends = world.sends(provider, DIGITS[provider])
        sender = world.sender(provider)
        found.append(Case(f"world_{provider}", sender, spec.templates, sends))
        lost = [s._replace(number=s.number[:-1] + "9") for s in sends[:1] * 3]
        lost = [s._replace(number=f"{s.number[:-2]}{n}9") for n, s in enumerate(lost)]
        found.append(Case(f"lost_{provider}", sender, spec.templates, lost))
        domestic = next(each for each in sends if each.number.startswith("+86"))
        abroad = [domestic._replace(number="+85251234567")]
        refused = Case(f"refused_{provider}", sender, spec.templates, abroad, True)
        found += [refused, checking(provider)]
    return found
