"""Settings of an emulator: a table of them, read from YAML, options and the store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from smsform.emulation import numbers
from smsform.emulation.durations import duration as duration
from smsform.emulation.reviewer import Schedule
from smsform.errors import ConfigError
from smsform.words import say

Settings = Mapping[str, object]


class Setting(NamedTuple):
    """One setting: its default as YAML would say it, its meaning, how it is read.

    ``read`` turns the YAML value into the value used; it raises ValueError, with what
    is expected as its text.
    """

    default: object
    read: Callable[[object], object]
    meaning: str


def maybe_duration(value: object) -> float | None:
    """A duration, or None for ``never``."""
    return None if value in (None, "never") else duration(value)


def switch(value: object) -> bool:
    """True or false; YAML of this project keeps scalars as text."""
    for text, meaning in (("true", True), ("false", False)):
        if str(value).lower() == text:
            return meaning
    raise ValueError(say("emulation.expects_switch"))


def choice(*names: str) -> Callable[[object], str]:
    """One of *names*."""

    def read(value: object) -> str:
        if value in names:
            return str(value)
        raise ValueError(say("emulation.expects_choice", names=", ".join(names)))

    return read


def names(value: object) -> tuple[str, ...]:
    """A list of words."""
    if isinstance(value, list | tuple):
        return tuple(str(name) for name in value)
    raise ValueError(say("emulation.expects_names"))


def phones(value: object) -> tuple[str, ...]:
    """A list of phone numbers, spelt as senders spell them; returned as E.164."""
    found = [numbers.read(each, bare_abroad=True) for each in names(value)]
    if None in found:
        raise ValueError(say("emulation.expects_phones"))
    return tuple(each.text for each in found if each)


def maybe_names(value: object) -> tuple[str, ...] | None:
    """A list of words, or None for no list."""
    return None if value is None else names(value)


def count(value: object) -> int:
    """A whole number of at most nine digits, zero or more."""
    if not re.fullmatch("[0-9]{1,9}", str(value)):
        raise ValueError(say("emulation.expects_number"))
    return int(str(value))


def maybe_count(value: object) -> int | None:
    """A whole number, or None for ``never``."""
    return None if value in (None, "never") else count(value)


def mapping(read: Callable[[object], object]) -> Callable[[object], object]:
    """A mapping of texts to values read by *read*, or None."""

    def reading(value: object) -> Mapping[str, object] | None:
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise ValueError(say("emulation.expects_mapping"))
        return {str(name): read(each) for name, each in value.items()}

    return reading


def review(value: object) -> Schedule:
    """``immediate``, ``manual``, ``{after_reads: 2}``, ``{after: 2h}``, ``{script: F}``

    On a command line ``after_reads=2``, ``after=2h`` and ``script=F``.
    """
    if isinstance(value, str) and "=" in value:
        name, _, amount = value.partition("=")
        value = {name: amount}
    if value == "immediate":
        return Schedule(seconds=0.0)
    if value == "manual":
        return Schedule()
    if isinstance(value, Mapping) and len(value) == 1:
        [(name, amount)] = value.items()
        if name == "after":
            return Schedule(seconds=duration(amount))
        if name == "script" and isinstance(amount, str) and amount:
            return Schedule(file=amount)
        if name == "after_reads" and re.fullmatch("[1-9][0-9]{0,8}", str(amount)):
            return Schedule(reads=int(str(amount)))
    raise ValueError(say("emulation.expects_review"))


def read(table: Mapping[str, Setting], given: Settings, where: str) -> Settings:
    """Every setting with its value: the default unless *given* says otherwise.

    ConfigError for an unknown name or a value that cannot be read; *where* names the
    provider for the person who has to mend it.
    """
    for name in given:
        if name not in table:
            from difflib import get_close_matches

            near = get_close_matches(name, table, n=1)
            hint = say("emulation.unknown_setting_hint", names=", ".join(sorted(table)))
            if near:
                hint = say("cli.near", near=near[0])
            raise ConfigError(
                where,
                say("emulation.unknown_setting", name=name),
                hint,
            )
    values = {}
    for name, setting in table.items():
        try:
            values[name] = setting.read(given.get(name, setting.default))
        except ValueError as error:
            raise ConfigError(
                where,
                say("emulation.bad_setting", name=name, value=given[name]),
                str(error),
            ) from error
    return values


def scope(provider: str) -> str:
    """The scope of the store's notes that holds settings changed by hand."""
    return f"setting:{provider}"


def overlay(given: Settings, noted: Mapping[str, str]) -> Settings:
    """*given*, overridden by the settings changed by hand."""
    return {**given, **{name: json.loads(text) for name, text in noted.items()}}
