"""What counts as this machine."""

from __future__ import annotations

import pytest

from smsform.loopback import is_loopback


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.9", "::1"])
def test_this_machine_goes_by_its_name_and_every_loopback_address(host: str) -> None:
    """127.0.0.0/8 and ::1 are loopback (RFC 6890)."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "0.0.0.0", "::", "192.168.0.1", "localhost.example.com", "127.0.0.1.nip.io"],
)
def test_another_machine_is_not_taken_for_this_one(host: str) -> None:
    """A name that only begins like this machine's may lead anywhere."""
    assert not is_loopback(host)
