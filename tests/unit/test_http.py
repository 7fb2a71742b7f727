"""The way to a service: when a call is made, how often, and how it ends."""

from __future__ import annotations

import contextlib
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
)

from scripted import JumpingClock, Script, everything_about, reply
from smsform.errors import (
    ConfigError,
    ProviderError,
    Refused,
    Scope,
    Unclear,
    Unexpected,
    Unreachable,
)
from smsform.http import Abandoned, Channel, Reply, Request, base_url, deadline
from smsform.http.endpoint import proxies, trusted_certificates
from smsform.http.network import LARGEST_REPLY, fetch
from smsform.http.pacer import MARGIN, Pacer, Turn

SECRET = "planted-secret-9f2c"
HOST = "sms.example.com"
PACE = (20, 1.0)


def new_connection(cause: Exception | None = None) -> requests.ConnectionError:
    """A connection that never came about, as requests wraps it."""
    reason = NewConnectionError(None, SECRET)  # type: ignore[arg-type]
    reason.__cause__ = cause
    return requests.ConnectionError(MaxRetryError(None, SECRET, reason))  # type: ignore[arg-type]


NOT_SENT = [
    new_connection(ConnectionRefusedError(111, SECRET)),
    new_connection(socket.gaierror(-2, SECRET)),
    requests.ConnectTimeout(MaxRetryError(None, SECRET, ConnectTimeoutError(SECRET))),  # type: ignore[arg-type]
    requests.exceptions.ProxyError(SECRET),
    requests.exceptions.SSLError(ssl.SSLCertVerificationError(1, SECRET)),
    requests.exceptions.InvalidHeader(SECRET),
]
SENT = [
    requests.ReadTimeout(SECRET),
    requests.ConnectionError(ProtocolError(SECRET, ConnectionResetError(104, SECRET))),
    requests.exceptions.ChunkedEncodingError(SECRET),
    requests.exceptions.ContentDecodingError(SECRET),
    requests.exceptions.SSLError(ssl.SSLEOFError(8, SECRET)),
    reply(SECRET, 500),
    reply(SECRET, 503),
    reply(b"x" * (LARGEST_REPLY + 1)),
]


class Line:
    """A channel over a script, with its clock and what it reported."""

    def __init__(self, *outcomes: Exception | requests.Response) -> None:
        self.clock, self.script = JumpingClock(), Script(*outcomes)
        self.records: list[tuple[str, str, str, float]] = []
        self.channel = Channel(
            "shop",
            f"https://{HOST}",
            self.clock,
            environ={},
            adapter=self.script,
            on_call=lambda *record: self.records.append(record),
            chance=lambda: 1.0,
        )

    def call(self, *, repeatable: bool, error: ProviderError | None = None) -> str:
        """Make a call whose reply is read as its status, or as *error*."""

        def read(answer: Reply) -> tuple[str, str]:
            if error is not None and b"fine" not in answer.body:
                raise error
            return str(answer.status), "id-1"

        def build() -> Request:
            headers = {"Authorization": SECRET}
            return Request("POST", f"https://{HOST}/", headers, SECRET.encode())

        return self.channel.call(
            "Do", build, read, repeatable=repeatable, pace=(1000, 1.0)
        )


def said(outcome: object) -> str:
    """A name for a parametrised outcome."""
    return f"{type(outcome).__name__}-{getattr(outcome, 'status_code', '')}"


@pytest.mark.parametrize("outcome", NOT_SENT, ids=said)
def test_a_write_that_was_not_sent_is_unreachable_and_not_repeated(
    outcome: Exception,
) -> None:
    """Refused, unresolved, no proxy, no trust: surely nothing was executed."""
    line = Line(outcome)
    with pytest.raises(Unreachable) as caught:
        line.call(repeatable=False)
    assert len(line.script.requests) == 1
    assert SECRET not in everything_about(caught.value)


@pytest.mark.parametrize("outcome", SENT, ids=said)
def test_a_write_without_a_usable_answer_is_unclear_and_not_repeated(
    outcome: Exception | requests.Response,
) -> None:
    """Once it was sent, nobody knows; sending again might do it twice."""
    line = Line(outcome)
    with pytest.raises(Unclear) as caught:
        line.call(repeatable=False)
    assert len(line.script.requests) == 1
    assert SECRET not in everything_about(caught.value)


@pytest.mark.parametrize("outcome", [*NOT_SENT, *SENT], ids=said)
def test_a_read_is_repeated_a_few_times_and_then_unreachable(
    outcome: Exception | requests.Response,
) -> None:
    """A read may be repeated after any fault, with growing pauses, not for ever."""
    line = Line(outcome)
    with pytest.raises(Unreachable) as caught:
        line.call(repeatable=True)
    assert len(line.script.requests) == 4
    assert line.clock.pauses == [1.0, 2.0, 4.0]
    assert SECRET not in everything_about(caught.value)
    assert SECRET not in repr(line.records)


@pytest.mark.parametrize("outcome", [*NOT_SENT, *SENT], ids=said)
def test_a_read_succeeds_when_the_fault_passes(
    outcome: Exception | requests.Response,
) -> None:
    """One fault costs a pause and nothing else."""
    line = Line(outcome, reply("fine"))
    assert line.call(repeatable=True) == "200"
    assert len(line.script.requests) == 2


@pytest.mark.parametrize("repeatable", [True, False])
def test_throttling_is_waited_out_for_every_call(repeatable: bool) -> None:
    """A throttled write was not executed, so it is sent again as well."""
    throttled = Refused("shop", "Do", "slow", code="X", scope=Scope.THROTTLE)
    line = Line(*[reply("slow")] * 5, reply("fine"))
    assert line.call(repeatable=repeatable, error=throttled) == "200"
    assert line.clock.pauses == [1.0, 2.0, 4.0, 8.0, 16.0]


@pytest.mark.parametrize(
    ("wait", "pauses"),
    [(0.5, [1.0, 2.0, 4.0]), (3.0, [3.0, 3.0, 4.0]), (86400.0, [60.0] * 3)],
)
def test_a_service_that_asks_for_a_pause_gets_it(
    wait: float, pauses: list[float]
) -> None:
    """Where it is longer than ours, but never more than a minute."""
    throttled = Refused("p", "Do", "slow", code="X", scope=Scope.THROTTLE, wait=wait)
    line = Line(*[reply("slow")] * 3, reply("fine"))
    assert line.call(repeatable=False, error=throttled) == "200"
    assert line.clock.pauses == pauses


def test_throttling_without_end_is_an_error() -> None:
    """Eight tries, then the refusal comes through."""
    throttled = Refused("shop", "Do", "slow", code="X", scope=Scope.THROTTLE)
    line = Line(reply("slow"))
    with pytest.raises(Refused):
        line.call(repeatable=False, error=throttled)
    assert len(line.script.requests) == 8


@pytest.mark.parametrize(
    "error",
    [Refused("shop", "Do", "no", code="X"), Unexpected("shop", "Do", "odd")],
    ids=said,
)
def test_an_answer_is_never_asked_for_again(error: ProviderError) -> None:
    """A refusal and a strange reply come through at once, also for reads."""
    line = Line(reply("no"))
    with pytest.raises(type(error)):
        line.call(repeatable=True, error=error)
    assert len(line.script.requests) == 1


def test_every_attempt_is_reported_once_without_what_was_sent() -> None:
    """-v shows action, outcome, request id and duration of each attempt."""
    line = Line(reply(SECRET, 502), reply("fine"))
    line.call(repeatable=True)
    assert [record[:3] for record in line.records] == [
        ("Do", "HTTP status 502", ""),
        ("Do", "ok", "id-1"),
    ]
    assert SECRET not in repr(line.records)


def test_redirects_are_read_as_they_are_and_time_outs_are_set() -> None:
    """A redirect would carry the signature elsewhere."""
    line = Line(reply(b"", 302))
    assert line.call(repeatable=True) == "302"
    assert line.script.options[0]["timeout"] == (10.0, 30.0)
    assert line.script.options[0]["verify"] is True


def test_nothing_shows_a_request_or_a_reply() -> None:
    """repr of either names no header, no address, no body."""
    request = Request("GET", f"https://h/?{SECRET}", {"X": SECRET}, SECRET.encode())
    assert SECRET not in repr(request)
    assert SECRET not in repr(Reply(200, SECRET.encode()))


@pytest.mark.parametrize("value", ["键", "a\nb", "a\r\nX: y"])
def test_a_header_that_http_cannot_carry_is_not_sent(value: str) -> None:
    """The library's own exception would quote the header."""
    line = Line(reply("fine"))
    with pytest.raises(Unreachable) as caught:
        line.channel.call(
            "Do",
            lambda: Request("POST", f"https://{HOST}/", {"Token": SECRET + value}),
            lambda answer: ("", ""),
            repeatable=False,
            pace=PACE,
        )
    assert not line.script.requests
    assert SECRET not in everything_about(caught.value)


# -- pace


@given(
    calls=st.integers(1, 5),
    seconds=st.sampled_from([0.5, 1.0, 30.0]),
    gaps=st.lists(st.floats(0, 2), min_size=1, max_size=40),
)
def test_no_window_ever_holds_more_calls_than_allowed(
    calls: int, seconds: float, gaps: list[float]
) -> None:
    """Whatever the time between calls: never more than N in any window."""
    clock = JumpingClock()
    pacer = Pacer(calls, seconds, clock)
    starts = []
    for gap in gaps:
        with pacer.turn():
            starts.append(clock.now())
        clock.sleep(gap)
    for first, later in zip(starts, starts[calls:], strict=False):
        assert later - first > seconds


def test_the_first_burst_goes_at_once() -> None:
    """Twenty calls cost no waiting, the next one waits for the window to pass."""
    clock = JumpingClock()
    pacer = Pacer(20, 1.0, clock)
    for _ in range(20):
        with pacer.turn():
            pass
    assert clock.pauses == []
    with pacer.turn():
        pass
    assert 1.0 < sum(clock.pauses) <= 1.02


def test_waiting_for_a_slot_takes_none() -> None:
    """After that the call goes at once, and the wait is not made twice."""
    clock = JumpingClock()
    pacer = Pacer(1, 30.0, clock)
    pacer.ready()
    with pacer.turn():
        pass
    assert clock.pauses == []
    pacer.ready()
    pacer.ready()
    with pacer.turn():
        pass
    assert sum(clock.pauses) == pytest.approx(30 * MARGIN)


class Calls(NamedTuple):
    """Calls over a network: the pause before each, its ways there and back; seconds."""

    gaps: list[float]
    there: list[float]
    back: list[float]


delays = st.floats(0, 3)
some_calls = st.integers(1, 30).flatmap(
    lambda n: st.builds(Calls, *[st.lists(delays, min_size=n, max_size=n)] * 3)
)


@given(
    calls=st.integers(1, 5), seconds=st.sampled_from([0.5, 1.0, 30.0]), made=some_calls
)
def test_no_window_of_the_service_ever_sees_more_than_allowed(
    calls: int, seconds: float, made: Calls
) -> None:
    """Whatever each call takes there and back, once one took the shortest time."""
    clock, shortest = JumpingClock(), 0.25
    pacer = Pacer(calls, seconds, clock)
    under_way: list[tuple[float, float, ExitStack, Turn]] = []
    starts, arrivals = [], []

    def end_one() -> None:
        under_way.sort(key=itemgetter(0))
        ends, start, stack, turn = under_way.pop(0)
        clock.move(max(ends - clock.now(), 0))
        turn.answered(clock.now() - start)
        stack.close()

    def make_one(there: float, back: float) -> None:
        while under_way and (len(under_way) == calls or under_way[0][0] <= clock.now()):
            end_one()
        stack = ExitStack()
        turn = stack.enter_context(pacer.turn())
        start = clock.now()
        starts.append(start)
        arrivals.append(start + shortest + there)
        under_way.append((arrivals[-1] + shortest + back, start, stack, turn))

    make_one(0, 0)
    end_one()
    for gap, there, back in zip(*made, strict=True):
        clock.move(gap)
        make_one(there, back)
    while under_way:
        end_one()
    for moments in (starts, sorted(arrivals)):
        for first, later in zip(moments, moments[calls:], strict=False):
            assert later - first >= seconds - 1e-6  # as exact as such a clock is


def test_pace_alone_decides_where_every_answer_takes_as_long() -> None:
    """Two calls a second are made, though each is answered after most of one."""
    clock = JumpingClock()
    pacer, began, starts = Pacer(2, 1.0, clock), clock.now(), []
    for _ in range(5):
        with pacer.turn() as first, pacer.turn() as second:
            starts += [clock.now() - began] * 2
            clock.sleep(0.9)
            first.answered(0.9)
            second.answered(0.9)
    assert starts[::2] == pytest.approx([n * MARGIN for n in range(5)])


@pytest.mark.parametrize(
    ("took", "window"), [(0.2, MARGIN), (0.7, MARGIN + 0.5), (0.1, MARGIN)]
)
def test_a_late_answer_may_mean_a_late_arrival(took: float, window: float) -> None:
    """What it took longer than the quickest may have passed on the way there."""
    clock = JumpingClock()
    pacer = Pacer(1, 1.0, clock)
    for seconds in (0.2, took):
        with pacer.turn() as turn:
            sent = clock.now()
            clock.sleep(seconds)
            turn.answered(seconds)
    with pacer.turn():
        assert clock.now() - sent == pytest.approx(window)


def test_a_call_without_an_answer_counts_from_its_end() -> None:
    """The service may have seen it just then, so the window starts there."""
    clock = JumpingClock()
    pacer = Pacer(1, 1.0, clock)
    with pacer.turn():
        clock.sleep(5)
    ended = clock.now()
    with pacer.turn():
        assert clock.now() - ended > 1.0


def test_throttling_slows_every_call_of_the_action() -> None:
    """While one refused as too fast waits, no other one starts."""
    line = Line(reply("slow"), reply("fine"))
    throttled = Refused("shop", "Do", "slow", code="X", scope=Scope.THROTTLE, wait=5.0)
    began, sleep, sent = line.clock.now(), line.clock.sleep, []

    def meanwhile(seconds: float) -> None:
        line.clock.sleep = sleep  # type: ignore[method-assign]
        line.call(repeatable=True)
        sent.append(line.clock.now() - began)
        sleep(seconds)

    line.clock.sleep = meanwhile  # type: ignore[method-assign]
    line.call(repeatable=True, error=throttled)
    assert sent == [5.0]
    assert line.clock.pauses == [5.0, 5.0]


@pytest.mark.parametrize("workers", [2, 8])
def test_threads_share_one_pace(workers: int) -> None:
    """Many threads together keep the window one thread would keep."""
    clock, starts = JumpingClock(), []
    pacer = Pacer(3, 1.0, clock)

    def call(_: int) -> None:
        with pacer.turn():
            starts.append(clock.now())

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(call, range(30)))
    starts.sort()
    assert len(starts) == 30
    assert all(b - a > 1.0 for a, b in zip(starts, starts[3:], strict=False))
    assert sum(clock.pauses) < 10 * 1.02


def test_a_clock_set_back_does_not_hang_the_run() -> None:
    """An hour back costs one window, not an hour."""
    clock = JumpingClock()
    pacer = Pacer(1, 1.0, clock)
    with pacer.turn():
        pass
    clock.move(-3600)
    with pacer.turn():
        pass
    assert 1.0 < sum(clock.pauses) <= 1.02


def test_a_call_nobody_wants_any_more_is_not_made() -> None:
    """It leaves the queue soon and its slot to others."""
    clock = JumpingClock()
    pacer = Pacer(1, 60.0, clock)
    with pacer.turn():
        pass
    with pytest.raises(Abandoned), pacer.turn(lambda: len(clock.pauses) < 3):
        pytest.fail("it was made")
    assert sum(clock.pauses) < 1
    with pacer.turn():
        assert 60 < clock.now() - 1_700_000_000 < 61


def test_an_account_nobody_looks_at_any_more_sends_nothing() -> None:
    """A call that waits for its turn is dropped with the account it belongs to."""
    script = Script(reply("fine"))
    clock = JumpingClock()
    channel = Channel(
        "shop",
        f"https://{HOST}",
        clock,
        environ={},
        adapter=script,
        wanted=lambda: not clock.pauses,
    )

    def call() -> str:
        return channel.call(
            "Do",
            lambda: Request("POST", f"https://{HOST}/", {}),
            lambda answer: ("done", ""),
            repeatable=True,
            pace=(1, 60.0),
        )

    assert call() == "done"
    with pytest.raises(Abandoned):
        call()
    assert len(script.requests) == 1
    assert sum(clock.pauses) < 1


def test_actions_have_a_pace_of_their_own() -> None:
    """A slow action does not hold up another one."""
    line = Line(reply("fine"))
    for action in ("A", "B", "C"):
        line.channel.call(
            action,
            lambda: Request("POST", f"https://{HOST}/", {}),
            lambda answer: ("", ""),
            repeatable=True,
            pace=(1, 60.0),
        )
    assert line.clock.pauses == []


# -- endpoints, proxies


@pytest.mark.parametrize(
    ("endpoint", "base"),
    [
        ("sms.example.com", "https://sms.example.com"),
        ("SMS.Example.com:8443", "https://sms.example.com:8443"),
        ("https://sms.example.com:443/", "https://sms.example.com"),
        ("127.0.0.1:9001", "http://127.0.0.1:9001"),
        ("localhost:9001", "http://localhost:9001"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("https://127.0.0.1:9001", "https://127.0.0.1:9001"),
        ("[::1]:9001", "http://[::1]:9001"),
    ],
)
def test_an_endpoint_is_a_host_or_a_url(endpoint: str, base: str) -> None:
    """Plain http is chosen on this machine only; default ports are dropped."""
    assert base_url("shop", endpoint) == base


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://sms.example.com",
        "http://10.0.0.1:9001",
        "ftp://127.0.0.1",
        "https://sms.example.com/path",
        "https://user:secret@sms.example.com",
        "sms.example.com:99999",
        "sms.example.com:0",
        "sms example.com",
        "",
        "https://",
        "sms.example.com?x=1",
        "127.0.0.1.example.com@evil",
        "http://localhost.example.com",
        "短信.example.com",
        "a\nb",
    ],
)
def test_another_endpoint_is_refused_without_quoting_it(endpoint: str) -> None:
    """It might hold a password; the message names the key instead."""
    with pytest.raises(ConfigError) as caught:
        base_url("shop", endpoint)
    assert caught.value.where == "providers.shop.endpoint"
    assert "secret" not in everything_about(caught.value)


PROXY = "http://user:secret@proxy.example.com:3128"


@pytest.mark.parametrize(
    ("url", "environ", "expected"),
    [
        ("https://sms.example.com", {"https_proxy": PROXY}, {"https": PROXY}),
        ("https://sms.example.com", {"HTTPS_PROXY": PROXY}, {"https": PROXY}),
        ("https://sms.example.com", {"all_proxy": PROXY}, {"https": PROXY}),
        ("https://sms.example.com", {"http_proxy": PROXY}, {}),
        (
            "https://sms.example.com",
            {"https_proxy": PROXY, "no_proxy": "example.com"},
            {},
        ),
        ("https://127.0.0.1:9001", {"https_proxy": PROXY}, {}),
        ("http://localhost:9001", {"all_proxy": PROXY}, {}),
        ("http://[::1]:9001", {"all_proxy": PROXY}, {}),
    ],
)
def test_the_proxy_of_the_environment_is_for_others_not_for_this_machine(
    url: str, environ: dict[str, str], expected: dict[str, str]
) -> None:
    """https_proxy and no_proxy count; loopback never goes through a proxy."""
    assert proxies(url, environ) == expected


def test_the_environment_may_name_trusted_certificates() -> None:
    """As behind a proxy that opens TLS."""
    assert trusted_certificates({}) is True
    assert trusted_certificates({"REQUESTS_CA_BUNDLE": "/ca.pem"}) == "/ca.pem"


# -- on a real socket


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    """A server that counts requests; each path behaves in its own way."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.seen.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
            if self.path == "/later":
                time.sleep(0.1)
            if self.path == "/drop":
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header(
                "Content-Length", "9" if self.path == "/short" else str(len(body))
            )
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = self.path == "/short"

        def log_message(self, *_: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def on_socket(port: int, path: str, *, repeatable: bool = False) -> str:
    """Post ``body`` to a server on this machine; the reply's text."""
    base = f"http://127.0.0.1:{port}"
    channel = Channel("shop", base, JumpingClock(), environ={"https_proxy": PROXY})
    try:
        return channel.call(
            "Do",
            lambda: Request("POST", base + path, {"X-Key": "k"}, b"body"),
            lambda answer: (f"{answer.status} {answer.body.decode()}", ""),
            repeatable=repeatable,
            pace=PACE,
        )
    finally:
        channel.close()


def test_a_call_over_a_socket_sends_the_bytes_it_was_given(
    server: http.server.ThreadingHTTPServer,
) -> None:
    """Headers and body arrive as built; a redirect is not followed."""
    assert on_socket(server.server_port, "/echo") == "200 body"
    assert on_socket(server.server_port, "/away") == "302 body"
    seen = server.seen  # type: ignore[attr-defined]
    assert [path for path, _, _ in seen] == ["/echo", "/away"]
    assert seen[0][2] == b"body"
    assert seen[0][1]["X-Key"] == "k"


def test_nothing_comes_from_the_process_behind_the_callers_back(
    server: http.server.ThreadingHTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    clean_environment: Path,
) -> None:
    """A ~/.netrc would replace the signature, a proxy would see it."""
    entry = "machine 127.0.0.1 login someone password else\n"
    (clean_environment / ".netrc").write_text(entry)
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert on_socket(server.server_port, "/echo") == "200 body"
    ((_, headers, _),) = server.seen  # type: ignore[attr-defined]
    assert "Authorization" not in headers


def test_a_reply_tells_how_long_its_service_took_not_how_long_to_connect(
    server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only from when the request is sent can the service have counted the call."""
    connect = deadline._Http._new_conn

    def slowly(self: deadline._Http) -> socket.socket:
        time.sleep(0.4)
        return connect(self)

    monkeypatch.setattr(deadline._Http, "_new_conn", slowly)
    url = f"http://127.0.0.1:{server.server_port}/later"
    began = time.monotonic()
    found = fetch(Request("POST", url, {}, b"body"), {}, 5)
    took = time.monotonic() - began
    assert found is not None
    assert 0.1 <= found.seconds <= took - 0.4


def test_a_thread_that_waits_behind_sending_makes_no_answer_look_quicker(
    server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All others are judged by the quickest answer: each would seem to be late."""
    send = HTTPConnection.send

    def slowly(self: HTTPConnection, data: bytes) -> None:
        send(self, data)
        time.sleep(0.1)

    monkeypatch.setattr(HTTPConnection, "send", slowly)
    url = f"http://127.0.0.1:{server.server_port}/later"
    found = fetch(Request("POST", url, {}, b"body"), {}, 5)
    assert found is not None
    assert found.seconds >= 0.1


def test_each_call_is_cut_off_at_its_own_time() -> None:
    """Whatever the order in which calls begin; one that has ended is left alone."""
    with deadline.deadline(60) as longest, deadline.deadline(0.5) as shorter:
        with deadline.deadline(0.05) as ended:
            pass
        with deadline.deadline(0.05) as shortest:
            wait_for(lambda: shortest.over)
            assert not shorter.over
        wait_for(lambda: shorter.over)
        assert not longest.over
        assert not ended.over


def wait_for(condition: Callable[[], bool]) -> None:
    """Ten seconds at most."""
    end = time.monotonic() + 10
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    assert condition()


@pytest.mark.parametrize("path", ["/drop", "/short"])
def test_a_connection_that_breaks_leaves_a_write_unclear(
    server: http.server.ThreadingHTTPServer, path: str
) -> None:
    """The library must not send it a second time on its own either."""
    with pytest.raises(Unclear):
        on_socket(server.server_port, path)
    assert len(server.seen) == 1  # type: ignore[attr-defined]


def test_a_port_nobody_listens_on_is_unreachable_also_for_a_write() -> None:
    """A refused connection executed nothing."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Unreachable):
        on_socket(port, "/")


@pytest.mark.parametrize(
    "proxy",
    ["http://", "http://:3128", ":3128", "http://user:planted@", "http://[", "x y",
     "socks5://planted:1", "http://planted:99999", "http://a:b", "ftp://h", "://"],
)  # fmt: skip
def test_a_proxy_without_a_host_is_said_to_be_none(proxy: str) -> None:
    """The variable is named, its value is not quoted."""
    with pytest.raises(ConfigError) as caught:
        proxies(f"https://{HOST}", {"HTTPS_PROXY": proxy})
    assert caught.value.where == "HTTPS_PROXY"
    assert "planted" not in everything_about(caught.value)
    assert (
        fetch(Request("GET", f"https://{HOST}", {}), {"https_proxy": proxy}, 1) is None
    )


def test_fetch_gives_none_instead_of_an_error() -> None:
    """One call outside any account, for finding out whether something is there."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert fetch(Request("GET", f"http://127.0.0.1:{port}/", {}), {}, 1.0) is None


# -- an answer that never ends


Answer = Callable[[socket.socket], None]


def trickling(first: bytes, drop: bytes, pause: float = 0.05) -> Answer:
    """Sends *first* at once, then *drop* again and again until nobody listens."""

    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(first)
        while True:
            connection.sendall(drop)
            time.sleep(pause)

    return answer


def silent(connection: socket.socket) -> None:
    """Begins and says no more, until nobody listens."""
    connection.sendall(HEAD)
    while connection.recv(65536):
        pass


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
TRICKLES = {
    "body": trickling(HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
    "until closed": trickling(HEAD + b"\r\n", b"x"),
    "header": trickling(HEAD + b"X-A: ", b"a"),
    "headers": trickling(HEAD, b"X-A: b\r\n"),
    "chunks": trickling(CHUNKED, b"1\r\nx\r\n"),
    "a chunk's size": trickling(CHUNKED, b"0"),
    "interim": trickling(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "interim flood": trickling(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 20, 0.001),
    "silence": silent,
}


@contextlib.contextmanager
def answering(answer: Answer) -> Iterator[int]:
    """A server for one connection; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            connection.settimeout(10)
            with connection, contextlib.suppress(OSError):
                answer(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.parametrize("trickle", TRICKLES)
def test_an_answer_that_trickles_in_is_cut_off(trickle: str) -> None:
    """The whole call has the time, not each byte of it; a write is unclear then."""
    with answering(TRICKLES[trickle]) as port:
        base = f"http://127.0.0.1:{port}"
        channel = Channel("shop", base, JumpingClock(), environ={}, timeout=0.6)
        began = time.monotonic()
        with pytest.raises(Unclear, match=r"0\.6 s"):
            channel.call(
                "Do",
                lambda: Request("POST", base, {}, b"body"),
                lambda answer: ("", ""),
                repeatable=False,
                pace=PACE,
            )
        assert 0.5 < time.monotonic() - began < 3
        channel.close()


def unreachable_within(seconds: float, base: str, environ: Mapping[str, str]) -> None:
    """A write through a channel of 0.6 s ends in time, and surely was not sent."""
    channel = Channel("shop", base, JumpingClock(), environ=environ, timeout=0.6)
    began = time.monotonic()
    with pytest.raises(Unreachable, match=r"0\.6 s"):
        channel.call(
            "Do",
            lambda: Request("POST", base, {}, b"body"),
            lambda answer: ("", ""),
            repeatable=False,
            pace=PACE,
        )
    assert 0.5 < time.monotonic() - began < seconds
    channel.close()


@pytest.mark.parametrize("drop", [b"a", b"a\r\nX-A: "])
def test_a_proxy_that_trickles_is_cut_off_before_anything_is_sent(drop: bytes) -> None:
    """So a write is known not to have happened."""
    with answering(trickling(b"HTTP/1.1 200 OK\r\nX-A: ", drop)) as port:
        proxy = {"HTTPS_PROXY": f"http://127.0.0.1:{port}"}
        unreachable_within(3, "https://sms.example.com", proxy)


def test_a_tls_greeting_that_trickles_is_cut_off_before_anything_is_sent() -> None:
    """A long record of it, byte for byte."""
    with answering(trickling(b"\x16\x03\x03\x40\x00", b"\x02")) as port:
        unreachable_within(3, f"https://127.0.0.1:{port}", {})


def test_a_name_that_is_looked_up_for_ever_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library that does it knows no time-out."""
    over = threading.Event()

    def lookup(*_: object, **__: object) -> list[object]:
        over.wait(10)
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    try:
        unreachable_within(3, "https://sms.example.com", {})
    finally:
        over.set()


def test_many_small_chunks_are_read_in_time_that_grows_with_their_number() -> None:
    """Two hundred thousand of one byte each."""

    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(CHUNKED + b"1\r\nx\r\n" * 200_000 + b"0\r\n\r\n")

    with answering(answer) as port:
        reply = fetch(Request("GET", f"http://127.0.0.1:{port}/", {}), {}, 30.0)
    assert reply is not None
    assert reply.body == b"x" * 200_000


def test_what_is_in_time_is_not_cut_off() -> None:
    """Slow but whole; the connection serves the next call, with a time of its own."""

    def answer(connection: socket.socket) -> None:
        for _ in range(3):
            connection.recv(65536)
            connection.sendall(HEAD + b"Content-Length: 4\r\n\r\n")
            for letter in (b"s", b"l", b"o", b"w"):
                time.sleep(0.1)
                connection.sendall(letter)

    with answering(answer) as port:
        base = f"http://127.0.0.1:{port}"
        channel = Channel("shop", base, JumpingClock(), environ={}, timeout=0.9)
        for _ in range(3):
            told = channel.call(
                "Do",
                lambda: Request("GET", base, {}),
                lambda answer: (answer.body, ""),
                repeatable=False,
                pace=PACE,
            )
            assert told == b"slow"
        channel.close()
