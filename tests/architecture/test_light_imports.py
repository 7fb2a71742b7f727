"""Nothing heavy is loaded before it is used: start-up time is part of the product."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"deepdiff", "jinja2", "requests", "sqlite3", "urllib3", "wsgiref", "yaml"}


def loaded_by(statement: str) -> set[str]:
    """The top-level names a fresh interpreter has loaded after *statement*."""
    report = "import sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{report}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
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
    names = loaded_by("from smsform.registry import specs; assert specs()")
    assert names & HEAVY == set()


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
