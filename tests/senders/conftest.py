"""What is built once: a world, and in every language one program for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from filelock import FileLock
from sender_cases import cases_of
from sender_worlds import World, example_world
from workshops import WORKSHOPS, Workshop
from workshops_declared import DECLARED_WORKSHOPS

from toolchains import shared, skip_or_fail

ALL = {**WORKSHOPS, **DECLARED_WORKSHOPS}


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The example project with everything approved, emulators listening."""
    with example_world(tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest.fixture(scope="session")
def workshop(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Workshop]:
    """The program of a language, built at the first call."""
    built: dict[str, Workshop] = {}

    def build(name: str) -> Workshop:
        if name not in built:
            made = ALL[name](shared(tmp_path_factory) / name)
            if why := made.unavailable():
                skip_or_fail(why)
            # The processes of one test run build the same: the first does it for all.
            with FileLock(shared(tmp_path_factory) / f"{name}.lock"):
                made.build(cases_of(world, name))
            built[name] = made
        return built[name]

    return build
