"""The skeleton as it will be used: copied into the package, under its contracts."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smsform.registry import built_in, specs

ROOT = Path(__file__).parents[2]
SUITE = ("test_card", "test_story", "test_saved_plans")
IGNORED = shutil.ignore_patterns("__pycache__", ".hypothesis")
[SPEC] = [spec for type, spec in specs().items() if type not in built_in()]
SKELETON = Path(inspect.getfile(SPEC.desired)).parent


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the skeleton below providers/, and no extension installed."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "smsform", root / "smsform", ignore=IGNORED)
    shutil.copy(ROOT / "pyproject.toml", root)
    inside = root / "smsform" / "providers" / SPEC.type
    shutil.copytree(SKELETON, inside, ignore=IGNORED)
    tests = root / "tests"
    shutil.copytree(ROOT / "tests" / "conformance", tests / "conformance")
    for path in (ROOT / "tests").glob("*.py"):
        shutil.copy(path, tests)
    for type in built_in():
        facts = ROOT / "tests" / type / "conformance.json"
        (tests / type).mkdir()
        shutil.copy(facts, tests / type)
    return root


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A Python module's command in the checkout, which is what it imports."""
    environ = {**os.environ, "PYTHONPATH": str(checkout), "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=checkout,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_it_is_built_in_there(checkout: Path) -> None:
    """It is found by lying there: no other file was touched."""
    done = run(checkout, "smsform", "schema", "project")
    assert done.returncode == 0, done.stderr
    assert f'"{SPEC.type}"' in done.stdout


def test_it_keeps_the_contracts_of_a_service(checkout: Path) -> None:
    """The wire imports nothing, client and emulator nothing of each other."""
    code = "from importlinter.cli import lint_imports as l; raise SystemExit(l())"
    (checkout / "contracts.py").write_text(code)
    done = run(checkout, "contracts")
    assert done.returncode == 0, done.stdout


def test_it_passes_the_suite_there(checkout: Path) -> None:
    """The quick half of the conformance tests; the rest it passes as an extension."""
    files = [f"tests/conformance/{name}.py" for name in SUITE]
    chosen = ("-q", "-k", SPEC.type, "-p", "no:cacheprovider", "-p", "no:randomly")
    done = run(checkout, "pytest", *chosen, *files)
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
