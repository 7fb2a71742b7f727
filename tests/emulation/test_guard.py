"""A served emulator answers programs on this machine, and no page on the web."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from smsform.emulation.calls import recorded
from smsform.emulation.guard import is_stranger
from smsform.emulation.server import Server
from smsform.emulation.service import Service
from smsform.emulation.store import Store
from smsform.loopback import host_name, names_this_machine

HERE = {"host": "127.0.0.1:7300"}


@pytest.mark.parametrize(
    ("headers", "path", "strange"),
    [
        (HERE, "/", False),
        ({"host": "localhost"}, "/", False),
        ({"host": "sms.localhost:7300"}, "/", False),
        ({"host": "[::1]:7300"}, "/", False),
        ({"host": "http://127.0.0.1:7300"}, "/", False),  # as tccli has it
        ({"host": "127.0.0.1:7300/v3"}, "/", False),  # as apigw_endpoint has it
        ({"host": "api.example.com"}, "/", False),
        ({"host": "API.example.com:80"}, "/", False),
        ({"host": "api.example.com"}, "/_smsform/messages", True),
        ({"host": "api.example.com"}, "/_smsform", True),
        (HERE, "/_smsform/messages", False),
        ({}, "/", True),
        ({"host": ""}, "/", True),
        ({"host": "evil.example"}, "/", True),
        ({"host": "127.0.0.1.evil.example"}, "/", True),
        ({"host": "127.0.0.1@evil.example"}, "/", True),
        ({"host": "api.example.com.evil.example"}, "/", True),
        ({"host": "192.168.1.7:7300"}, "/", True),
        ({**HERE, "origin": "http://127.0.0.1:7300"}, "/_smsform/", False),
        ({**HERE, "sec-fetch-site": "same-origin"}, "/_smsform/", False),
        ({**HERE, "sec-fetch-site": "none"}, "/_smsform/", False),
        ({**HERE, "origin": "http://127.0.0.1:3000"}, "/", True),
        ({**HERE, "origin": "https://evil.example"}, "/", True),
        ({**HERE, "origin": "null"}, "/", True),
        ({**HERE, "sec-fetch-site": "cross-site"}, "/_smsform/", True),
        ({**HERE, "sec-fetch-site": "same-site"}, "/", True),
    ],
)
def test_who_is_a_stranger(
    headers: Mapping[str, str], path: str, *, strange: bool
) -> None:
    """By the Host a request names, and by what a browser adds to it."""
    documented = "api.example.com".__eq__
    assert is_stranger(headers, path, documented) is strange


def test_a_host_is_named_in_many_ways() -> None:
    """With a port, a scheme or a path; what is none of these has no name."""
    for header in ("LOCALHOST", "localhost:1", "http://localhost/x"):
        assert host_name(header) == "localhost"
    for header in ("", ":80", "a b", "[::1", "user@localhost", "localhost:x"):
        assert host_name(header) == ""
        assert not names_this_machine(header)


@pytest.fixture
def port(app: Service) -> Iterator[int]:
    """Where an emulator is served."""
    with Server(app) as server:
        yield server.port


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example"},
        {"Origin": "https://page.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_page_is_turned_away(
    port: int, store: Store, headers: Mapping[str, str]
) -> None:
    """Before anything is read or done: nothing reaches the service or its log."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as client:
        client.request("POST", "/", b"{}", headers)
        reply = client.getresponse()
        assert reply.status == 403
        assert reply.headers["Access-Control-Allow-Origin"] is None
        assert b"no web page" in reply.read()
    assert recorded(store) == []


def test_two_hosts_are_none(port: int) -> None:
    """Which one counts is nobody's guess."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as client:
        client.putrequest("POST", "/")  # adds the right one
        client.putheader("Host", "127.0.0.1")
        client.endheaders()
        assert client.getresponse().status == 403
