"""Mail over TLS: from the start, or asked for; never to a server nobody vouches for."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from notify.receivers import PASSWORD, VARIABLE, Post
from smsform.notices import News
from smsform.notify import mail
from smsform.notify.address import target_of
from smsform.notify.message import Notification
from smsform.notify.send import deliver
from smsform.words import Language

MESSAGE = Notification("shop", (), Language.EN, test=(News.FAILED,))
QUERY = "from=sms@example.com&to=ops@example.com"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS, and the file of who vouches for it."""
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("localhost").configure_cert(context)
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    issuer.cert_pem.write_to_path(str(path))
    return context, path


def free_port() -> int:
    """One that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(post: Post, **how: Any) -> Iterator[int]:
    """A mail server by TLS."""
    controller = Controller(post, hostname="localhost", port=free_port(), **how)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def told(address: str, path: Path | None) -> str:
    """Why a message was not taken at that address."""
    environ = {"REQUESTS_CA_BUNDLE": str(path)} if path else {}
    return deliver(target_of(VARIABLE, address), MESSAGE, environ, time.time())


def test_tls_from_the_start(authority: tuple[ssl.SSLContext, Path]):
    """smtps:// goes by it, and nowhere without a certificate that holds."""
    context, path = authority
    post = Post()
    with serving(post, ssl_context=context) as port:
        address = f"smtps://localhost:{port}?{QUERY}"
        assert told(address, path) == ""
        assert "mail server" in told(address, None)
    assert len(post.taken) == 1


def test_tls_that_is_asked_for_comes_before_the_password(
    authority: tuple[ssl.SSLContext, Path],
):
    """smtp:// takes STARTTLS where it is offered; then user and password go."""
    context, path = authority
    post, seen = Post(), []

    def login(server: Any, session: Any, envelope: Any, way: str, data: Any) -> Any:
        seen.append((session.ssl is not None, data.password.decode()))
        right = data.password == PASSWORD.encode()
        return AuthResult(success=right, handled=right)  # else it answers 535

    how = {"tls_context": context, "authenticator": login, "auth_required": True}
    with serving(post, **how) as port:
        address = f"smtp://ops:{{}}@localhost:{port}?{QUERY}"
        assert told(address.format(PASSWORD), path) == ""
        wrong = told(address.format("wr0ng-passw0rd"), path)
        assert "535" in wrong
        assert "wr0ng" not in wrong
        assert "mail server" in told(address.format(PASSWORD), None)
    assert set(seen) == {(True, PASSWORD), (True, "wr0ng-passw0rd")}
    assert len(post.taken) == 1


def test_a_server_that_trickles_is_left_in_time():
    """A byte now and then is no answer: each silence is short, all of it is not."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def trickle() -> None:
            connection, _ = server.accept()
            with connection:
                while not over.wait(0.1):
                    try:
                        connection.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=trickle)
        thread.start()
        box = target_of("X", f"smtp://127.0.0.1:{server.getsockname()[1]}?{QUERY}").mail
        assert box is not None
        begun = time.monotonic()
        why = mail.send(mail.letter(MESSAGE, box, 0.0), box, {}, 0.5)
        taken = time.monotonic() - begun
        over.set()
        thread.join()
    assert "mail server" in why
    assert taken < 5
