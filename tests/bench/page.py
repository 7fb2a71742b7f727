"""Rows of the page: its bytes, and what a reader waits for.

What a reader waits for is measured in one Chromium, both builds' pages in turn; where
there is none these rows are left out, with a line that says so.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.measure import Bench
from bench.projects import write_example, write_own
from bench.rows import Row
from devtools import Browser, Page, chromium, program
from smsform.card import ProviderSpec

RUNS = 5
# One that narrows down, finds nothing, and is cleared; a person takes a while to begin.
TYPED = ("第", "第7", "第77", "第77号", "第77号x", "")
PAUSE = 700  # ms from the load to the first keystroke

PAINTED = """new Promise(done => new PerformanceObserver(list => {
    const [first] = list.getEntriesByName("first-contentful-paint");
    if (first) done(first.startTime);
}).observe({type: "paint", buffered: true}))"""
# From the input to the end of the frame that answers it.
ANSWERED = """new Promise(done => {
    const query = document.getElementById("query"), began = performance.now();
    query.value = %r;
    query.dispatchEvent(new Event("input", {bubbles: true}));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""


def rows(bench: Bench, ours: str, older: str, spec: ProviderSpec) -> Iterator[Row]:
    """Every row; bars are those of a page of 1,000 templates with a plan."""
    builds = ours, older
    own = [
        write_own(bench.folder / f"page{number}", 1_000, spec)
        for number in range(len(builds))
    ]
    many = [
        write_example(bench.folder / f"pages{number}", 1_000)
        for number in range(len(builds))
    ]
    pages = [_page(bench, *each) for each in zip(builds, own, strict=True)]
    large = [_page(bench, *each) for each in zip(builds, many, strict=True)]
    for what, found in (("", pages), (" of the example's texts", large)):
        us, them = (each.stat().st_size for each in found)
        name = f"page of 1,000{what} with a plan / the older build's bytes"
        yield Row(name, us / them, 0.6)
    if (browsing := program()) is None:
        print("no chromium: the page's paint and search are left out", file=sys.stderr)
    else:
        most = write_own(bench.folder / "page5000", 5_000, spec)
        with chromium(browsing, bench.folder / "profile") as browser:
            yield from _read(browser, *pages)
            yield _typed(browser, _page(bench, ours, most, plan=False))


def _page(bench: Bench, build: str, project: Path, plan: bool = True) -> Path:
    """The page of *project* by *build*; with a *plan* it says what becomes of each."""
    at, page, options = [build, "-C", str(project)], project / "page.html", []
    if plan:
        told = project / "plan.json"
        with told.open("wb") as file:
            command = [*at, "plan", "--format", "json"]
            subprocess.run(
                command,
                stdout=file,
                stderr=subprocess.DEVNULL,
                env=bench.env,
                cwd=bench.folder,
                check=True,
            )
        options = ["--plan", str(told)]
    bench.once([*at, "preview", "--format", "html", *options, "-o", str(page)])
    return page


def _read(browser: Browser, ours: Path, older: Path) -> Iterator[Row]:
    """What somebody waits for who opens the page and searches in it."""
    rounds = [
        [_opened(browser, page) for page in (ours, older)] for _ in range(RUNS + 1)
    ]
    us, them = (
        [median(each) for each in zip(*runs, strict=True)]
        for runs in zip(*rounds[1:], strict=True)
    )
    yield Row("page of 1,000: first paint / the older build's", us[0] / them[0], 0.7)
    keys = sum(us[1:]) / sum(them[1:])
    yield Row("page of 1,000: a search, key by key / the older build's", keys, 0.7)


def _typed(browser: Browser, page: Path) -> Row:
    """The slowest keystroke of a search in a large page."""
    runs = [_opened(browser, page)[1:] for _ in range(3)]
    slowest = max(median(each) for each in zip(*runs, strict=True))
    return Row("page of 5,000: the slowest keystroke", slowest, 100, unit="ms")


def _opened(browser: Browser, place: Path) -> list[float]:
    """Milliseconds to the first paint, then to the answer to each keystroke."""
    page = browser.page()
    page.look()
    page.show(place)
    painted = float(page.run(PAINTED))
    page.run(f"new Promise(done => setTimeout(done, {PAUSE}))")
    answered = [_answered(page, text) for text in TYPED]
    page.close()
    return [painted, *answered]


def _answered(page: Page, text: str) -> float:
    return float(page.run(ANSWERED % text))
