"""A browser for the tests of the page; they are skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools import Browser, Page, chromium, program


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests, with an empty profile."""
    found = program()
    if found is None:
        pytest.skip("the page needs chromium: apt-get install chromium fonts-noto-cjk")
    with chromium(found, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of its own for a test, as wide as a desk, light."""
    page = browser.page()
    page.look()
    yield page
    page.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    script = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not installed: run npm ci in tests/node")
    return script.read_text("utf-8")
