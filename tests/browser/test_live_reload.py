"""The served page in a real browser: a save is seen, once, and errors come and go."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from devtools import Browser, Page
from projects import SERVICE, write
from smsform.cli.serve import VERSION

pytestmark = pytest.mark.judge

PROJECT = {
    "smsform.yaml": f"smsform: 1\nproviders: {{cloud: {{type: {SERVICE}}}}}\n",
    "login.yaml": """\
templates:
  login:
    type: verification
    content: "{{ code }}为您的登录验证码。"
    params: {code: {sample: "183029"}}
""",
}
SHOWN = "document.body ? document.body.innerText : ''"
# How often the page has asked for its version since it was loaded.
ASKED = f"performance.getEntriesByName(location.origin + '{VERSION}').length"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one template."""
    return write(tmp_path / "project", PROJECT)


@pytest.fixture
def served(project: Path, page: Page) -> Iterator[Page]:
    """The project's page, served and open."""
    command = [sys.executable, "-m", "smsform", "-C", str(project), "preview"]
    with subprocess.Popen(
        [*command, "--serve", "--port", "0"], stdout=subprocess.PIPE, encoding="utf-8"
    ) as server:
        assert server.stdout
        try:
            page.show(server.stdout.readline().removeprefix("Preview: ").strip())
            yield page
        finally:
            server.terminate()


def loads(browser: Browser) -> int:
    """How often a page was loaded since the events were cleared."""
    return sum(event["method"] == "Page.loadEventFired" for event in browser.events)


def follow(browser: Browser) -> float:
    """Wait until the page is loaded again; how many seconds that took."""
    began, before = time.monotonic(), loads(browser)
    while loads(browser) == before:
        browser.events.append(browser.receive())
    return time.monotonic() - began


def shows(page: Page, text: str) -> None:
    """Wait until the page shows *text*: it is loaded before all of it is drawn."""
    over = time.monotonic() + 30
    while text not in page.run(SHOWN):
        assert time.monotonic() < over, page.run(SHOWN)
        time.sleep(0.02)


def stays(page: Page) -> None:
    """Wait until the page has asked for its version three times since its load."""
    over = time.monotonic() + 30
    while page.run(ASKED) < 3:
        assert time.monotonic() < over
        time.sleep(0.05)


def save(project: Path, before: str, after: str) -> None:
    """Edit the text of the template."""
    path = project / "login.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_each_save_is_seen_within_a_second_and_once(
    served: Page, project: Path, browser: Browser
) -> None:
    """Three saves, three loads; each page goes on asking and stays as it is."""
    texts = ["为您的登录验证码", "是您的登录验证码", "是登录验证码", "是验证码"]
    shows(served, texts[0])
    browser.events.clear()
    seconds = []
    for before, after in pairwise(texts):
        save(project, before, after)
        seconds.append(follow(browser))
        shows(served, after)
        stays(served)
    assert loads(browser) == len(seconds)
    assert sorted(seconds)[1] < 1.0  # the usual case; machines that test are busy
    assert served.errors == []


def test_errors_are_shown_and_go_when_mended(
    served: Page, project: Path, browser: Browser
) -> None:
    """The page that shows an error follows saves as well."""
    save(project, "templates:", "templates: [")
    follow(browser)
    shows(served, "SF103")
    save(project, "templates: [", "templates:")
    follow(browser)
    shows(served, "为您的登录验证码")


def test_what_was_looked_for_is_looked_for_still(
    served: Page, project: Path, browser: Browser
) -> None:
    """An author who searched for one template goes on seeing that one."""
    served.run("document.getElementById('query').focus()")
    served.type("登录")
    save(project, "为您的", "是您的")
    follow(browser)
    assert served.run("document.getElementById('query').value") == "登录"
