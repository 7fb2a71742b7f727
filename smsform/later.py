"""Functions whose module is imported when they are first called.

A table of what can be asked for names all of it, a run of the command line asks for
one or two, and to import a module takes a fifth of a millisecond at least.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import Any


class Later:
    """The function called *name* in *module*, which is imported with the first call."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __repr__(self) -> str:
        """The function in full."""
        return f"{self._module}.{self._name}"

    @cached_property
    def function(self) -> Any:
        """The function itself; its module is imported now."""
        return getattr(import_module(self._module), self._name)

    def __call__(self, *given: Any) -> Any:
        """Call the function."""
        return self.function(*given)
