"""Functions that are imported when first called: each has to be there.

No type checker follows such a name, so this does.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest

from smsform.later import Later
from smsform.registry import built_in


def gateways() -> Iterator[tuple[str, Later]]:
    """Every such action of every built-in service, by the service's type."""
    for type in built_in():
        gateway = import_module(f"smsform.providers.{type}.emulator.gateway")
        for table in vars(gateway).values():
            if isinstance(table, dict):
                yield from (
                    (type, each) for each in table.values() if isinstance(each, Later)
                )


@pytest.mark.parametrize(("type", "action"), [*gateways()], ids=str)
def test_an_action_is_a_function_of_its_service(type: str, action: Later) -> None:
    """And it is called by the name under which it was written."""
    found = action.function
    assert repr(action) == f"{found.__module__}.{found.__qualname__}"
    assert found.__module__.startswith(f"smsform.providers.{type}.emulator.")
