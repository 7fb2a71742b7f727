"""What is built once: a world, and in every language one program for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cases import cases_of
from workshops import WORKSHOPS, Workshop, skip_or_fail
from worlds import World, example_world


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
            made = WORKSHOPS[name](tmp_path_factory.mktemp(name))
            if why := made.unavailable():
                skip_or_fail(why)
            made.build(cases_of(world, name))
            built[name] = made
        return built[name]

    return build


@pytest.fixture(scope="session")
def tools() -> Path:
    """Where what builds need lies between the tests of one run."""
    return Path(__file__).parent
