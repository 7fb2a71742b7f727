"""Rows of the page: its bytes, and what a reader waits for.

What a reader waits for is measured in one Chromium, both builds' pages in turn; where
there is none these rows are left out, with a line that says so.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from bench.measure import Bench
from bench.projects import write_example, write_own
from bench.rows import Row
from devtools import Browser, Page, chromium, program
from smsform.card import ProviderSpec

OPENED, SEARCHED = 20, 10  # pairs
# One that narrows down, finds nothing, and is cleared; a person takes a while to begin.
TYPED = ("第", "第7", "第77", "第77号", "第77号x", "")
PAUSE = 700  # ms from the load to the first keystroke

PAINTED = """new Promise(done => new PerformanceObserver(list => {
    const [first] = list.getEntriesByName("first-contentful-paint");
    if (first) done(first.startTime);
}).observe({type: "paint", buffered: true}))"""
PAINTED_CARD = """new Promise(done => new PerformanceObserver(list => {
    const first = list.getEntries().find(each => each.element?.closest("article"));
    if (first) done(first.startTime);
}).observe({type: "largest-contentful-paint", buffered: true}))"""
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
    builds = ours, older
    opened = _paired(OPENED, lambda page: _opened(browser, page), builds)
    typed = _paired(SEARCHED, lambda page: [sum(_answers(browser, page))], builds)
    for what, (ratio, spread), bar in (
        ("first paint", opened[0], 0.7),
        ("the first template painted", opened[1], None),
        ("a search, key by key", typed[0], 0.7),
    ):
        name = f"page of 1,000: {what} / the older build's"
        yield Row(name, ratio, bar, remark=spread)


def _paired(
    times: int, measure: Callable[[Path], list[float]], pages: tuple[Path, Path]
) -> list[tuple[float, str]]:
    """For each figure the median of the ratios within a pair, and the middle half.

    What else a machine does lasts longer than a pair, whose order changes each time.
    """
    ratios = []
    for number in range(times + 1):
        order = pages if number % 2 else pages[::-1]
        found = {page: measure(page) for page in order}
        us, them = (found[page] for page in pages)
        ratios.append([a / b for a, b in zip(us, them, strict=True)])
    rows = []
    for each in zip(*ratios[1:], strict=True):  # the first pair warms up
        low, middle, high = quantiles(each, n=4)
        rows.append((middle, f"half of them {low:.2f} to {high:.2f}"))
    return rows


def _typed(browser: Browser, page: Path) -> Row:
    """The slowest keystroke of a search in a large page."""
    runs = [_answers(browser, page) for _ in range(3)]
    slowest = max(median(each) for each in zip(*runs, strict=True))
    return Row("page of 5,000: the slowest keystroke", slowest, 100, unit="ms")


def _opened(browser: Browser, place: Path) -> list[float]:
    """Milliseconds to the first paint, and to that of a template."""
    with _new(browser, place) as page:
        return [float(page.run(script)) for script in (PAINTED, PAINTED_CARD)]


def _answers(browser: Browser, place: Path) -> list[float]:
    """Milliseconds to the answer to each keystroke."""
    with _new(browser, place) as page:
        page.run(f"new Promise(done => setTimeout(done, {PAUSE}))")
        return [float(page.run(ANSWERED % text)) for text in TYPED]


@contextmanager
def _new(browser: Browser, place: Path) -> Iterator[Page]:
    """*place* in a tab of its own."""
    page = browser.page()
    page.look()
    page.show(place)
    yield page
    page.close()
