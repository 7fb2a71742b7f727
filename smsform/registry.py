"""Finds the packages under ``smsform.providers``; names none of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import smsform.providers

if TYPE_CHECKING:
    from smsform.provider import ProviderSpec


@cache
def specs() -> Mapping[str, ProviderSpec]:
    """Every provider type's card, by type, in alphabetical order."""
    found = sorted(module.name for module in iter_modules(smsform.providers.__path__))
    return {name: import_module(f"smsform.providers.{name}").SPEC for name in found}
