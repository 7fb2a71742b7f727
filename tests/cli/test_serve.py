"""``preview --serve``: over real HTTP on loopback, while files are being saved."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from projects import SERVICE, write
from smsform.cli import Exit, run, serve
from smsform.cli.serve import PLACES, VERSION, Live, digest, served

PROJECT = {
    "smsform.yaml": f"smsform: 1\nproviders: {{cloud: {{type: {SERVICE}}}}}\n",
    "templates/login.yaml": """\
templates:
  login:
    type: verification
    content: "{{ code }}为您的登录验证码。"
    params: {code: {sample: "183029"}}
""",
}


class Answer:
    """One answer of the server, read to its end."""

    def __init__(self, url: str, path: str = "/", method: str = "GET", **named: str):
        place = url.removeprefix("http://").rstrip("/")
        with closing(http.client.HTTPConnection(place, timeout=10)) as connection:
            headers = {name.capitalize(): value for name, value in named.items()}
            connection.request(method, path, headers=headers)
            reply = connection.getresponse()
            self.status, self.headers = reply.status, reply.headers
            self.text = reply.read().decode()


@pytest.fixture
def live() -> Live:
    """A page that says which version it is of, of files that never change."""
    return Live(lambda: "one", lambda version: f"<p>{version}")


@pytest.fixture
def url(live: Live) -> Iterator[str]:
    """Where *live* is served during a test."""
    with served(live, "127.0.0.1", 0) as url:
        yield url


def within(seconds: float, true: Callable[[], bool]) -> None:
    """Fail unless *true* comes true in time."""
    over = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < over
        time.sleep(0.02)


# ---------------------------------------------------------------- what is served


def test_the_page_and_its_version_and_nothing_else(url: str) -> None:
    """Two paths; the files beside the definitions are out of reach."""
    assert Answer(url).text == "<p>one"
    assert Answer(url, "/?search=code").status == 200
    assert Answer(url, VERSION).text == "one"
    for path in (
        "/smsform.yaml",
        "/../etc/passwd",
        "//",
        f"{VERSION}/",
        "/favicon.ico",
    ):
        assert Answer(url, path).status == (200 if path == "//" else 404)


def test_answers_are_kept_by_nobody(url: str) -> None:
    """A browser asks again each time, and shows the page in no other one."""
    for path in ("/", VERSION, "/nothing"):
        headers = Answer(url, path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert Answer(url).headers["Content-Type"] == "text/html; charset=utf-8"


def test_it_is_only_read(url: str) -> None:
    """HEAD is GET without the body; whatever would write is refused."""
    head = Answer(url, method="HEAD")
    assert (head.status, head.text) == (200, "")
    assert head.headers["Content-Length"] == str(len("<p>one"))
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        refused = Answer(url, method=method)
        assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("LOCALHOST:7310", 200), ("127.0.0.1:1", 200), ("[::1]", 200),
     ("evil.example", 403), ("127.0.0.1.evil.example", 403), ("", 403), ("[::1", 403),
     ("0.0.0.0", 403), ("evil.example@localhost:1:2", 403)],
)  # fmt: skip
def test_a_foreign_name_that_leads_here_is_not_answered(
    url: str, host: str, status: int
) -> None:
    """Else a page on the web could read the texts through its own name."""
    for path in ("/", VERSION):
        assert Answer(url, path, host=host).status == status


def test_a_client_that_hangs_keeps_nobody_waiting(url: str) -> None:
    """Half a request, and silence: others are served meanwhile."""
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as hanging:
        hanging.sendall(b"GET / HT")
        assert Answer(url, VERSION).text == "one"


def test_clients_that_hang_lock_nobody_out(url: str) -> None:
    """Of too many the oldest is sent away, so that who asks now is answered now."""
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    with ExitStack() as hanging:
        clients = []
        for _ in range(PLACES + 20):
            client = socket.create_connection((host, int(port)), timeout=5)
            hanging.enter_context(client).sendall(b"GET / HT")
            clients.append(client)
        assert Answer(url, VERSION).text == "one"
        assert clients[0].recv(1) == b""
    within(5, lambda: is_served(url))


def test_a_request_has_a_time_in_all(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then does not keep a connection open."""
    monkeypatch.setattr(serve, "PATIENCE", 0.4)
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as slow:
        began = time.monotonic()
        with contextlib.suppress(OSError):
            while not is_ended(slow):
                slow.sendall(b"G")
        assert time.monotonic() - began < 3


def is_ended(client: socket.socket) -> bool:
    """Whether the other side hung up, after a moment."""
    client.settimeout(0.05)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False


def is_served(url: str) -> bool:
    """Whether there is an answer, and not a closed door."""
    try:
        return Answer(url, VERSION).text == "one"
    except ConnectionError:
        return False


# ------------------------------------------------------- what a version stands for


def test_every_file_of_the_project_counts(tmp_path: Path) -> None:
    """An edit, a new file, a deleted one and a renamed one; the plan file as well."""
    root, plan = write(tmp_path / "project", PROJECT), tmp_path / "plan.json"
    seen = [digest(root, [plan])]

    def is_new() -> bool:
        seen.append(digest(root, [plan]))
        return seen[-1] not in seen[:-1]

    assert not is_new()
    templates = root / "templates"
    (templates / "login.yaml").write_text("templates: {}\n", encoding="utf-8")
    assert is_new()
    (templates / "new.yml").write_text("", encoding="utf-8")
    assert is_new()
    (templates / "new.yml").rename(templates / "other.yml")
    assert is_new()
    (templates / "login.yaml").unlink()
    assert is_new()
    (root / "smsform.yaml").unlink()
    assert is_new()
    plan.write_text("{}", encoding="utf-8")
    assert is_new()
    (root / "notes.txt").write_text("nothing of ours", encoding="utf-8")
    assert not is_new()


def test_what_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe where a plan should be: no file yet, and a version all the same."""
    root, plan = write(tmp_path / "project", PROJECT), tmp_path / "plan.json"
    without = digest(root, [plan])
    os.mkfifo(plan)
    assert digest(root, [plan]) == without


def test_a_save_is_seen_though_time_and_size_are_the_same(tmp_path: Path) -> None:
    """A tool that keeps times, or two saves within one tick of the clock."""
    root = write(tmp_path, PROJECT)
    path = root / "templates" / "login.yaml"
    before, times = digest(root), path.stat()
    text = path.read_text(encoding="utf-8").replace("183029", "183028")
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert digest(root) != before


def test_a_page_is_rendered_once_a_version() -> None:
    """However many windows ask for it."""
    rendered: list[str] = []
    now = ["one"]

    def render(version: str) -> str:
        rendered.append(version)
        return version

    live = Live(lambda: now[0], render)
    assert [live.page(), live.page(), live.version()] == [b"one", b"one", "one"]
    now[0] = "two"
    assert [live.version(), live.page(), live.page()] == ["two", b"two", b"two"]
    assert rendered == ["one", "two"]


def test_a_save_while_the_page_is_made_is_in_it() -> None:
    """And the page carries its version: the browser does not load it a second time."""
    now = ["one"]

    def render(version: str) -> str:
        text, now[0] = f"{version} says {now[0]}", "two"
        return text

    live = Live(lambda: now[0], render)
    assert live.page() == b"two says two"
    assert live.version() == "two"


def test_a_save_in_two_steps_counts_once() -> None:
    """Some editors empty a file and fill it then: the emptiness is not told."""
    looks = iter(["one", "one", "one", "emptied", "two", "two"])
    live = Live(lambda: next(looks), lambda version: version)
    assert live.page() == b"one"
    assert live.version() == "two"


# ------------------------------------------------------------------ the command itself


class Served:
    """``smsform preview --serve`` in a process of its own, until the block ends."""

    def __init__(self, root: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "smsform", "-C", str(root), "preview", "--serve",
             "--port", "0", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        assert self.process.stdout
        self.url = self.process.stdout.readline().removeprefix("Preview: ").strip()

    def page(self) -> str:
        """The page's HTML."""
        return Answer(self.url).text

    def version(self) -> str:
        """What a page that is open asks for."""
        return Answer(self.url, VERSION).text

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """Ctrl-C; exit code and stderr."""
        self.process.send_signal(number)
        try:
            _, said = self.process.communicate(timeout=10)
        finally:
            self.process.kill()  # nothing, unless it did not end
        return self.process.returncode, said


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one template."""
    return write(tmp_path / "project", PROJECT)


@pytest.fixture
def page(project: Path) -> Iterator[Served]:
    """The project being served."""
    served = Served(project)
    yield served
    if served.process.returncode is None:
        assert served.end(signal.SIGTERM)[0] == 0


def test_a_save_is_on_the_page_within_a_second(page: Served, project: Path) -> None:
    """The version changes, and the page it changes to is of that version."""
    path = project / "templates" / "login.yaml"
    before, version = page.page(), page.version()
    assert "为您的登录验证码" in before
    assert version in before
    text = path.read_text(encoding="utf-8").replace("为您的", "是您的")
    path.write_text(text, encoding="utf-8")
    within(1.0, lambda: page.version() != version)
    after = page.page()
    assert "是您的登录验证码" in after
    assert page.version() in after


def test_a_broken_project_is_shown_until_it_is_mended(
    page: Served, project: Path
) -> None:
    """YAML that cannot be read, a project that is gone: the server stays."""
    login, config = project / "templates" / "login.yaml", project / "smsform.yaml"
    login.write_text("templates: [", encoding="utf-8")
    assert "login.yaml" in page.page()
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}\n<img>: {{", encoding="utf-8")
    broken = page.page()
    assert "smsform.yaml" in broken
    assert "<img>" not in broken
    config.unlink()
    assert page.version() in page.page()
    write(project, PROJECT)
    assert "为您的登录验证码" in page.page()


def test_ctrl_c_ends_it_cleanly(page: Served) -> None:
    """Also while a client hangs; nothing is said about it."""
    host, port = page.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as hanging:
        hanging.sendall(b"GET / HT")
        assert "为您的登录验证码" in page.page()
        code, said = page.end()
    assert code == Exit.FINE
    assert re.fullmatch(r"[^\n]*Ctrl-C[^\n]*\n", said)


def test_others_are_let_in_with_a_warning_only(project: Path) -> None:
    """Whoever asks for it gets it, and is told what it means."""
    served = Served(project, "--host", "0.0.0.0")
    try:
        answer = Answer(served.url.replace("0.0.0.0", "127.0.0.1"), host="devbox:80")
    finally:
        code, said = served.end()
    assert (answer.status, code) == (200, Exit.FINE)
    assert "Warning: --host: 0.0.0.0" in said


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--serve", "--format", "json"], Exit.USAGE, "--format json"),
        (["--serve", "-o", "page.html"], Exit.USAGE, "-o"),
        (["--port", "0"], Exit.USAGE, "--serve"),
        (["--host", "::1"], Exit.USAGE, "--serve"),
        (["--serve", "--port", "65536"], Exit.USAGE, "65536"),
        (["--serve", "--host", "192.0.2.1"], Exit.ERROR, "192.0.2.1"),
    ],
)
def test_wrong_use_says_what_is_right(
    project: Path,
    options: list[str],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing is served then."""
    assert run(["-C", str(project), "preview", *options]) == code
    assert words in capsys.readouterr().err


def test_a_port_in_use_is_said_plainly(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        serve = ["-C", str(project), "preview", "--serve", "--port", port]
        assert run(serve) == Exit.ERROR
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in said
    assert "--port" in said


def test_the_server_is_loaded_only_to_serve(project: Path) -> None:
    """A preview on the terminal starts as fast as it did without."""
    script = (
        "import sys; from smsform.cli import run; "
        f"run(['-C', {str(project)!r}, 'preview']); "
        "sys.exit('http.server' in sys.modules or 'socketserver' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert done.returncode == 0, done.stderr
