"""The pytest plugin: ``sms_emulator``, off until a test asks for it.

    [tool.pytest.ini_options]
    smsform_project = "sms"   # the folder with smsform.yaml; default: pytest's root

Where that option is set, the emulators' demo keys are in the environment from the
start, because some SDKs read it when they are imported; else from the first test on
that asks for the fixture.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from smsform.testing.emulators import Emulators

OPTION = "smsform_project"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the project is."""
    parser.addini(OPTION, "the folder with smsform.yaml, for sms_emulator", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Put demo keys into the environment of those who use the plugin."""
    if config.getini(OPTION):
        give_keys(os.environ)


def give_keys(environ: MutableMapping[str, str]) -> None:
    """The demo keys of every service, under the names their SDKs look for."""
    from smsform.registry import specs

    for spec in specs().values():
        names = re.findall(r"[A-Z][A-Z0-9_]{4,}", spec.variables)
        environ.update(zip(names, (spec.demo.id, spec.demo.secret), strict=False))


@pytest.fixture
def sms_emulator(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Emulators]:
    """The project's providers on free ports: approved, at noon in Beijing, empty.

    Says what is wrong in the language of the locale, as the command does.
    """
    from smsform import words

    usual = words.spoken()
    words.speak(words.preferred(os.environ))
    keys: dict[str, str] = {}
    give_keys(keys)
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    root = Path(pytestconfig.rootpath, pytestconfig.getini(OPTION))
    try:
        emulators = _opened(root)
        yield emulators
        emulators.close()
    finally:
        words.speak(usual)


def _opened(root: Path) -> Emulators:
    """The emulators of the project; the test fails with what is wrong with it."""
    from smsform.errors import DefinitionError, SmsformError
    from smsform.testing.emulators import Emulators

    try:
        return Emulators(root)
    except DefinitionError as error:
        from smsform.report.problems import as_text

        said = as_text(error.problems)
    except SmsformError as error:
        said = "\n".join(filter(None, (error.message(), error.hint())))
    pytest.fail(said, pytrace=False)


@pytest.fixture
def sms_redirect(sms_emulator: Emulators, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python SDKs reach the emulators whatever address they have; others nobody."""
    from smsform.testing.redirect import adapter, redirected

    send = redirected(adapter().send, sms_emulator.services())
    monkeypatch.setattr(adapter(), "send", send)
