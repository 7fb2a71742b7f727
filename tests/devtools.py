"""Chromium, driven over a pair of pipes: a dozen calls of the DevTools protocol.

No library is needed for it: ``--remote-debugging-pipe`` takes and gives JSON that ends
in NUL on the descriptors 3 and 4 (chromedevtools.github.io/devtools-protocol, read
2026-11-21), and no port is open meanwhile. Everything is synchronous.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    "about:blank",
)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30.0  # seconds for one answer, on a machine that is busy
KEYS = {"Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "Tab": 9}


class Browser:
    """A running Chromium; ``page`` opens a tab."""

    def __init__(self, process: subprocess.Popen[bytes], to: int, back: int) -> None:
        self.process, self._to, self._back = process, to, back
        self._number = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """Do one thing and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def receive(self) -> dict[str, Any]:
        """The next message, an answer or an event."""
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            left = max(until - time.monotonic(), 0)
            assert select.select([self._back], [], [], left)[0], "Chromium is silent"
            piece = os.read(self._back, 1 << 20)
            assert piece, f"Chromium ended: {self.process.poll()}"
            self._rest += piece
        text, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message

    def page(self) -> Page:
        """A new tab."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        return Page(self, target, attached["sessionId"])


class Page:
    """A tab; what went wrong in it is in ``errors``."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser, self._target, self._session = browser, target, session
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable")

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **params)

    def close(self) -> None:
        """Close the tab."""
        self._browser.call("Target.closeTarget", targetId=self._target)

    def show(self, place: Path | str) -> None:
        """Open a file or a URL and wait until it is loaded."""
        self._browser.events.clear()
        url = place if isinstance(place, str) else place.as_uri()
        self._call("Page.navigate", url=url)
        self._loaded()

    def reload(self) -> None:
        """Load the same again."""
        self._browser.events.clear()
        self._call("Page.reload")
        self._loaded()

    def _loaded(self) -> None:
        while not any(
            event["method"] == "Page.loadEventFired" for event in self._browser.events
        ):
            self._browser.events.append(self._browser.receive())
        self.frame()

    def frame(self) -> None:
        """Wait until what changed was painted."""
        self.run("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    def run(self, script: str) -> Any:
        """Evaluate an expression, a promise awaited, and return its value."""
        answer = self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Look at every frame until an expression is true."""
        until = time.monotonic() + PATIENCE
        while not self.run(condition):
            assert time.monotonic() < until, f"never: {condition}"
            self.frame()

    def press(self, key: str) -> None:
        """One key down and up, as a person types it."""
        fields = {
            "key": key,
            "windowsVirtualKeyCode": KEYS.get(key, ord(key[0].upper())),
        }
        text = {"text": key} if len(key) == 1 else {}
        self._call("Input.dispatchKeyEvent", type="keyDown", **fields, **text)
        self._call("Input.dispatchKeyEvent", type="keyUp", **fields)

    def type(self, text: str) -> None:
        """Write into what has the focus."""
        self._call("Input.insertText", text=text)

    def look(self, scheme: str = "light", width: int = 1280, height: int = 900) -> None:
        """The colours the system prefers, and the size of the window."""
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self._call("Emulation.setEmulatedMedia", features=media)
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        self.frame()

    def screenshot(self, path: Path) -> None:
        """What is seen, as PNG; for people who look at the page."""
        data = self._call("Page.captureScreenshot")["data"]
        path.write_bytes(base64.b64decode(data))

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Uncaught exceptions, errors on the console, what a policy refused."""
        self.run("0")
        return [event for event in self._browser.events if _is_error(event)]


def _is_error(event: dict[str, Any]) -> bool:
    method, params = event["method"], event["params"]
    return (
        method == "Runtime.exceptionThrown"
        or (method == "Runtime.consoleAPICalled" and params["type"] == "error")
        or (method == "Log.entryAdded" and params["entry"]["level"] == "error")
    )


def program() -> str | None:
    """Where a Chromium is; None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def chromium(program: str, profile: Path) -> Iterator[Browser]:
    """Start it with an empty profile, and see that it ends."""
    (theirs_in, to), (back, theirs_out) = os.pipe(), os.pipe()

    def descriptors() -> None:
        # Out of the way first: one of them may be 3 or 4 already.
        read, write = os.dup(theirs_in), os.dup(theirs_out)
        os.dup2(read, 3)
        os.dup2(write, 4)

    process = subprocess.Popen(
        [program, *FLAGS, f"--user-data-dir={profile}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=descriptors,
        close_fds=False,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    browser = Browser(process, to, back)
    try:
        yield browser
        browser.call("Browser.close")
    finally:
        os.close(to)
        os.close(back)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
