"""One tree of errors, drawn where it is defined."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import smsform
from smsform import errors
from smsform.errors import SmsformError

BRANCH = re.compile(r"^((?:[│ ]   )*)(?:[├└]── )(\w+)  +\S", re.MULTILINE)


def drawn() -> Iterator[tuple[str, str]]:
    """Child and parent, as the docstring of the module has them."""
    above = ["SmsformError"]
    for indent, name in BRANCH.findall(errors.__doc__ or ""):
        depth = len(indent) // 4 + 1
        del above[depth:]
        yield name, above[-1]
        above.append(name)


def below(parent: type[SmsformError]) -> Iterator[type[SmsformError]]:
    """All classes there are."""
    for child in parent.__subclasses__():
        yield child
        yield from below(child)


def test_the_tree_is_whole() -> None:
    """What is drawn is what there is, and all of it is in one module."""
    for module in pkgutil.walk_packages(smsform.__path__, "smsform."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    ours = [each for each in below(SmsformError) if each.__module__[:7] == "smsform"]
    found = {each.__name__: each.__bases__[0].__name__ for each in ours}
    assert dict(drawn()) == found
    assert {each.__module__ for each in ours} == {errors.__name__}
