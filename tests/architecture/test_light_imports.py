"""Nothing heavy is loaded before it is used: start-up time is part of the product."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"deepdiff", "jinja2", "requests", "sqlite3", "urllib3", "wsgiref", "yaml"}


def loaded_by(statement: str, whole: bool = False) -> set[str]:
    """The names a fresh interpreter has loaded after *statement*; *whole* or their
    first part."""
    name = "name" if whole else "name.split('.')[0]"
    report = f"import sys; print(*sorted({{{name} for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{report}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def third_party(names: set[str]) -> set[str]:
    """The names that are not the standard library's."""
    return {name for name in names - sys.stdlib_module_names if name[0] != "_"}


def test_values_and_card_load_nothing_heavy() -> None:
    """``smsform.model`` and ``smsform.provider`` bring no library with them."""
    names = loaded_by("import smsform.model, smsform.provider")
    assert names & HEAVY == set()


def test_the_cards_of_all_services_load_nothing_heavy() -> None:
    """Knowing every service costs no client, no emulator and no rule."""
    names = loaded_by("from smsform.registry import specs; dict(specs())")
    assert names & HEAVY == set()


def test_extensions_are_looked_for_only_when_one_may_be_meant() -> None:
    """Reading what is installed takes longer than a start; a service of ours needs
    none of it."""
    ours = "from smsform.registry import built_in, specs; "
    used = f"{ours}[specs()[type] for type in built_in() if type in specs()]"
    assert "importlib.metadata" not in loaded_by(used, whole=True)
    assert "importlib.metadata" in loaded_by(f"{ours}'x' in specs()", whole=True)


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_answering_about_itself_needs_click_alone(option: str) -> None:
    """``smsform --version`` and ``--help`` load click and ours, nothing else."""
    bare = third_party(loaded_by("pass"))
    statement = f"from smsform.cli import run; assert run([{option!r}]) == 0"
    assert third_party(loaded_by(statement)) - bare == {"click", "smsform"}


def test_the_package_itself_is_nearly_free() -> None:
    """``import smsform`` loads nothing but the package."""
    assert third_party(loaded_by("import smsform")) - third_party(
        loaded_by("pass")
    ) == {"smsform"}
