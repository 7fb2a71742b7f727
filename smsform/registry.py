"""Finding the services: packages under ``smsform.providers``, and extensions.

An extension is any installed distribution with an entry point in the group
``smsform.providers``: the name is the type, the object its ProviderSpec. No service is
named here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING

import smsform.providers
from smsform.errors import ConfigError
from smsform.words import say

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

    from smsform.card import ProviderSpec

GROUP = "smsform.providers"


@cache
def specs() -> Mapping[str, ProviderSpec]:
    """Every service's card by type, in alphabetical order; each is loaded on use.

    ConfigError for a card that is broken, when it is used.
    """
    return _Specs()


def built_in() -> Mapping[str, ProviderSpec]:
    """The cards of the services in this very package, by type."""
    return {type: _own(type) for type in sorted(_built_in())}


def ships(type: str) -> bool:
    """Whether that service is part of this package."""
    return type in _built_in()


@cache
def _built_in() -> frozenset[str]:
    with os.scandir(smsform.providers.__path__[0]) as found:
        folders = [each for each in found if each.is_dir()]
    return frozenset(
        each.name for each in folders if os.path.exists(f"{each.path}/__init__.py")
    )


@cache
def _own(type: str) -> ProviderSpec:
    spec: ProviderSpec = import_module(f"smsform.providers.{type}").SPEC
    return spec


class _Specs(Mapping[str, "ProviderSpec"]):
    """Reads installed extensions only for a type that is not built in, or for all
    types.

    Reading what is installed takes longer than everything else before a command.
    """

    def __init__(self) -> None:
        self._built_in = _built_in()
        self._loaded: dict[str, ProviderSpec] = {}

    @cached_property
    def _extensions(self) -> Mapping[str, EntryPoint]:
        return _advertised(self._built_in)

    def __getitem__(self, type: str) -> ProviderSpec:
        if type in self._built_in:
            return _own(type)
        if type not in self._loaded:
            self._loaded[type] = _load(self._extensions[type])
        return self._loaded[type]

    def __contains__(self, type: object) -> bool:
        return type in self._built_in or type in self._extensions

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._built_in, *self._extensions}))

    def __len__(self) -> int:
        return len(self._built_in) + len(self._extensions)


def _advertised(built_in: frozenset[str]) -> dict[str, EntryPoint]:
    """Every extension by type; ConfigError where two distributions have one type."""
    found: dict[str, EntryPoint] = {}
    for distribution in _distributions():
        try:
            points = distribution.entry_points.select(group=GROUP)
        except Exception as error:  # whatever is in the file
            raise _wrong(distribution, "unreadable", what=_said(error)) from None
        for point in points:
            if point.name in built_in:
                raise _wrong(distribution, "taken", type=point.name)
            if point.name in found:
                other = _called(found[point.name].dist)
                raise _wrong(
                    distribution, "twice", "todo_one", type=point.name, other=other
                )
            found[point.name] = point
    return found


def _distributions() -> Iterator[Distribution]:
    """The distributions with that group; of two with one name the first, as for
    imports."""
    from importlib.metadata import distributions

    seen = set()
    for distribution in distributions():
        try:
            text = distribution.read_text("entry_points.txt") or ""
        except ValueError:  # not UTF-8: whatever it is, it is no extension
            continue
        if GROUP in text and (name := _called(distribution)) not in seen:
            seen.add(name)
            yield distribution


def _load(point: EntryPoint) -> ProviderSpec:
    """The card an entry point names; ConfigError for anything else."""
    from smsform.card import ProviderSpec

    try:
        spec = point.load()
    except (Exception, SystemExit) as error:  # it is somebody else's code
        what = _said(error)
        raise _wrong(point.dist, "broken", type=point.name, what=what) from None
    if not isinstance(spec, ProviderSpec) or spec.type != point.name:
        what = getattr(spec, "type", type(spec).__name__)
        raise _wrong(point.dist, "no_card", type=point.name, what=what)
    return spec


def _wrong(
    distribution: Distribution | None, sentence: str, todo: str = "todo", **fields: str
) -> ConfigError:
    what = say(f"registry.{sentence}", **fields)
    return ConfigError(_called(distribution), what, say(f"registry.{todo}"))


def _called(distribution: Distribution | None) -> str:
    """The distribution's name, for the person who has to uninstall it."""
    name = distribution.metadata["Name"] if distribution else None
    return str(name or distribution)


def _said(error: BaseException) -> str:
    """The error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())
