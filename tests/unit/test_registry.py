"""Services are found in the package and through entry points, and broken ones named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smsform import registry
from smsform.card import ProviderSpec
from smsform.cli import run
from smsform.errors import ConfigError
from smsform.registry import built_in, specs

CARD = """\
from builders import a_spec
SPEC = a_spec(type="lantern", title="Lantern")
"""


class Installed:
    """A folder on ``sys.path`` into which distributions are put."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, points: str | bytes, code: str = "") -> None:
        """A distribution called *name* with a module of that name."""
        info = self.root / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n")
        content = points if isinstance(points, bytes) else points.encode()
        (info / "entry_points.txt").write_bytes(content)
        (self.root / f"{name}.py").write_text(code)

    def provider(self, name: str, code: str, type: str = "lantern") -> None:
        """One that brings a provider of *type*."""
        self.put(name, f"[smsform.providers]\n{type} = {name}:SPEC\n", code)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installed]:
    """Nothing is remembered of what was found before, nor afterwards."""
    root = tmp_path / "site"
    root.mkdir()
    monkeypatch.syspath_prepend(str(root))
    before = set(sys.modules)
    specs.cache_clear()
    yield Installed(root)
    specs.cache_clear()
    for name in set(sys.modules) - before:
        if (root / f"{name}.py").exists():
            del sys.modules[name]


def test_an_installed_extension_is_a_type_like_any_other(installed: Installed):
    """Its card is there by name, and among all, in alphabetical order."""
    installed.provider("acme", CARD)
    assert specs()["lantern"].title == "Lantern"
    assert list(specs()) == sorted(specs())
    assert {*built_in(), "lantern"} <= set(specs())
    assert len(specs()) == len(list(specs()))
    assert "candle" not in specs()


def test_a_distribution_found_twice_counts_once(
    installed: Installed, monkeypatch: pytest.MonkeyPatch
):
    """As for imports, the first place wins."""
    installed.provider("acme", CARD)
    monkeypatch.setattr(sys, "path", [str(installed.root), *sys.path])
    assert specs()["lantern"].title == "Lantern"


BROKEN = {
    "no such module": ("import nothing_of_the_kind", "ModuleNotFoundError"),
    "no such name": ("", "AttributeError"),
    "a slip": ("SPEC = 1 / 0", "ZeroDivisionError"),
    "an end": ("raise SystemExit('bye')", "SystemExit"),
    "two lines": ("raise ValueError('a\\nb')", "ValueError: a b"),
    "no card": ("SPEC = 'lantern'", "str"),
    "another card": (CARD.replace('"lantern"', '"candle"'), "candle"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_extension_is_named(
    name: str, installed: Installed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """The distribution, the type and the cause, in two lines and without a trace."""
    code, words = BROKEN[name]
    installed.provider("acme", code)
    config = "smsform: 1\nproviders: {p: {type: lantern}}\n"
    (tmp_path / "smsform.yaml").write_text(config)
    assert run(["-C", str(tmp_path), "validate"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("Error: acme: ")
    assert "lantern" in error
    assert words in error
    assert len(error.splitlines()) == 2


def test_a_broken_extension_harms_nobody_who_does_not_use_it(
    installed: Installed, tmp_path: Path
):
    """A project with services of ours never looks at it; a list of all rules does."""
    installed.provider("acme", "SPEC = 1 / 0")
    type = next(iter(built_in()))
    config = f"smsform: 1\nproviders: {{p: {{type: {type}, endpoint: emulator}}}}\n"
    (tmp_path / "smsform.yaml").write_text(config)
    assert run(["-C", str(tmp_path), "validate"]) == 0
    assert run(["rules"]) == 1


def test_two_distributions_may_not_bring_one_type(installed: Installed):
    """Both are named; which one is meant nobody can tell."""
    installed.provider("acme", CARD)
    installed.provider("umbra", CARD)
    with pytest.raises(ConfigError) as refused:
        list(specs())
    assert {"acme", "umbra"} <= set(refused.value.message().replace(":", "").split())


def test_a_built_in_type_cannot_be_taken(installed: Installed):
    """The one of ours goes on working; whoever lists all of them is told."""
    type = next(iter(built_in()))
    installed.provider("acme", CARD, type)
    assert specs()[type] is built_in()[type]
    with pytest.raises(ConfigError, match=f"acme.*{type}"):
        list(specs())


def test_entry_points_that_cannot_be_read_are_named(installed: Installed):
    """Only of distributions that mention the group: others are not our business."""
    installed.put("acme", "[smsform.providers]\nlantern\n")
    installed.put("other", b"\xff\xfe")
    with pytest.raises(ConfigError, match="acme"):
        list(specs())


def test_the_suite_has_a_service_from_outside():
    """What the conformance suite runs with is not all in this package."""
    outside = [specs()[type] for type in specs() if type not in built_in()]
    assert outside
    assert all(isinstance(spec, ProviderSpec) for spec in outside)
    assert registry.GROUP == "smsform.providers"
