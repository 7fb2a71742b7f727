"""What every test gets: no network beyond this machine, a clean environment."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Generator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from smsform.cli import choose_language
from smsform.registry import built_in

# Services that live outside the package; their entry points are found from there.
sys.path.append(str(Path(__file__).parent / "third"))

# Set by .ci/run: a judge that cannot be driven there is a failure and no skip.
JUDGES_MUST_RUN = os.environ.get("SMSFORM_CI") == "1"

# What a process and the test runner need; keys, proxies and our own settings go.
KEPT = (
    "PATH",
    "LANG",
    "LC_",
    "TZ",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "PYTHON",
    "CI",
    "COV_",
    "COVERAGE_",
    "HYPOTHESIS_",
    "PYTEST_",
    "VIRTUAL_ENV",
)

ROLE_VARIABLES = [  # where a service's machines and its token service are
    name
    for type in built_in()
    if find_spec(f"smsform.providers.{type}.roles")
    for name in import_module(f"smsform.providers.{type}.roles").ADDRESS_VARIABLES
]

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=50, deadline=None, derandomize=True, database=None
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class Outside(RuntimeError):
    """A test tried to leave this machine; no OSError, so that no code handles it."""


def _refuse_outside(family: int, host: object) -> None:
    if family == getattr(socket, "AF_UNIX", None) or host in ("localhost", "", None):
        return
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        inside = ipaddress.ip_address(name).is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise Outside(f"a test tried to reach {name}")


class _GuardedSocket(socket.socket):
    def connect(self, address: Any) -> None:
        _refuse_outside(self.family, address[0])
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        _refuse_outside(self.family, address[0])
        return super().connect_ex(address)


def pytest_configure() -> None:
    """Put the guard in place before any test module is imported."""
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        _refuse_outside(socket.AF_UNSPEC, host)
        return resolve(host, *rest, **named)

    socket.socket = _GuardedSocket  # type: ignore[misc]
    socket.getaddrinfo = getaddrinfo


@pytest.fixture(autouse=True)
def clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Drop every variable a test did not set; return the home, an empty folder."""
    for name in os.environ:
        if not name.upper().startswith(KEPT):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANGUAGE", "en")  # whatever the locale of who runs the tests
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ROLE_VARIABLES:  # an empty address: there is no such role
        monkeypatch.setenv(name, "")
    return home


@pytest.fixture(autouse=True)
def english(clean_environment: Path) -> None:
    """Begin in English: the language is the process's, and a test may choose one."""
    choose_language([])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped judge into a failure where judges must run."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if JUDGES_MUST_RUN and skipped and item.get_closest_marker("judge"):
        report.outcome = "failed"
        report.longrepr = f"a judge was skipped: {report.longrepr}"
    return report
