"""The pytest plugin: the fixture ``sms_emulator``, which nothing else turns on.

    [tool.pytest.ini_options]
    smsform_project = "sms"   # the folder with smsform.yaml; default: pytest's root

With that option set, the emulators' demo keys are in the environment from the start,
because some SDKs read it when they are imported; otherwise from the first test that
asks for the fixture.
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
    """Add the option for the project's folder."""
    parser.addini(OPTION, "the folder with smsform.yaml, for sms_emulator", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Put demo keys into the environment where the plugin is used."""
    if config.getini(OPTION):
        give_keys(os.environ)


def give_keys(environ: MutableMapping[str, str]) -> None:
    """Set the demo keys of every service, under the names its SDKs read."""
    from smsform.registry import specs

    for spec in specs().values():
        names = re.findall(r"[A-Z][A-Z0-9_]{4,}", spec.variables)
        environ.update(zip(names, (spec.demo.id, spec.demo.secret), strict=False))


@pytest.fixture
def sms_emulator(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Emulators]:
    """The project's providers on free ports: approved, at noon in Beijing, empty.

    Errors are in the language of the locale, as the command's.
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
    """The emulators of the project; the test fails when the project is wrong."""
    from smsform.errors import DefinitionError, SmsformError
    from smsform.testing.emulators import Emulators
    from smsform.words import say

    if not Path(root, "smsform.yaml").is_file():
        pytest.fail(say("testing.no_project", path=root, option=OPTION), pytrace=False)
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
    """Python SDKs reach the emulators under any address; other hosts are refused."""
    from smsform.testing.redirect import patches

    for patch in list(patches(sms_emulator.services())):
        monkeypatch.setattr(patch.owner, patch.name, patch.method)
