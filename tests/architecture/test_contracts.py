"""The house stands: floors, rooms, names and what each of them may import."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import smsform
from smsform.registry import built_in, specs

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "smsform"
MODULES = sorted(PACKAGE.rglob("*.py"))
COMMON = {"cloud"}  # a word of a service's name that says nothing
WRITTEN = {".py", ".json", ".jsonl", ".mjs", ".go", ".java", ".cs", ".php", ".h", ".md"}


def by_path(path: Path) -> str:
    """A test's id: the module's path below the checkout."""
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path) -> Iterator[tuple[str, str]]:
    """Every name that *path* imports, with the module it is from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", each.name) for each in node.names)


@pytest.mark.parametrize("room", ["smsform.config", "smsform.definitions"])
def test_a_project_is_loaded_in_one_place(room: str) -> None:
    """Nobody else reads smsform.yaml or definition files."""
    found = [by_path(path) for path in MODULES if (room, "load") in imports_of(path)]
    assert found == ["smsform/project/workspace.py"]


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every line of *path* with its number."""
    yield from enumerate(path.read_text(encoding="utf-8").splitlines(), 1)


def test_imports_keep_the_contracts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every contract of pyproject.toml holds, among them that no room is unplaced."""
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    status = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize("type", specs())
def test_a_service_is_named_in_its_own_folder_only(type: str) -> None:
    """A third service touches one new folder: the core and its suite name none."""
    own = PACKAGE / "providers" / type
    outside = [path for path in MODULES if own not in path.parents]
    named = re.compile(type, re.IGNORECASE)
    found = [
        f"{by_path(path)}:{number}: {line.strip()}"
        for path in outside
        for number, line in words_of(path)
        if named.search(line)
    ]
    assert found == []


# Tests that name a service though they are not beside its own, each for a reason.
NAMING_TESTS = {
    "tests/docs/tour.py": "the README's tour is run with the services it shows",
    "tests/docs/test_api.py": "runs docs/api.md, whose example is one project",
    "tests/docs/test_testing_page.py": "runs docs/testing.md with an official SDK",
    "tests/node": "one installation for every service's official Node SDK",
    "tests/senders/go": "one build with every service's official SDK",
    "tests/senders/java": "one build with every service's official SDK",
    "tests/senders/declarations": "what the SDKs declare where none can be installed",
    "tests/data/segments.jsonl": "known answers, each with the document it is from",
    "tests/data/yaml_cases.jsonl": "known answers, each with the text it is from",
}


@pytest.mark.parametrize("type", built_in())
def test_tests_of_what_is_the_same_everywhere_name_no_service(type: str) -> None:
    """They go over the registry; what holds for one service is in its own folder."""
    names = {type, *re.findall("[a-z]{5,}", built_in()[type].title.lower())} - COMMON
    named = re.compile("|".join(sorted(names)), re.IGNORECASE)
    folders = {each for each in built_in() if (ROOT / "tests" / each).is_dir()}
    found = {
        next((each for each in NAMING_TESTS if by_path(path).startswith(each)), "")
        or by_path(path)
        for path in sorted((ROOT / "tests").rglob("*"))
        if path.suffix in WRITTEN
        and not {"node_modules", "__pycache__"} & {*path.parts}
        and path.relative_to(ROOT / "tests").parts[0] not in folders
        and named.search(path.read_text(encoding="utf-8"))
    }
    assert found - NAMING_TESTS.keys() == set()


def test_no_reason_to_name_a_service_outlives_its_test() -> None:
    """Every entry of the list is a file or folder that does."""
    gone = [each for each in NAMING_TESTS if not (ROOT / each).exists()]
    assert gone == []


def test_a_service_from_outside_is_named_nowhere_in_here() -> None:
    """Whoever writes one touches no line of ours, of our tests or of our documents."""
    outside = {type: spec for type, spec in specs().items() if type not in built_in()}
    assert outside
    for type, spec in outside.items():
        own = Path(inspect.getfile(spec.desired)).parent
        found = [
            by_path(path)
            for path in written()
            if own not in path.parents
            and type in path.read_text(encoding="utf-8", errors="replace").lower()
        ]
        assert found == []


def written() -> list[Path]:
    """What people wrote: code, tests, documents, settings."""
    found = [ROOT / "pyproject.toml", *ROOT.glob("*.md"), *(ROOT / ".ci").iterdir()]
    for folder in ("smsform", "tests", "templates.example"):
        for suffix in ("*.py", "*.json", "*.yaml", "*.md"):
            found += (ROOT / folder).rglob(suffix)
    return [path for path in found if "node_modules" not in path.parts]


@pytest.mark.parametrize("path", MODULES, ids=by_path)
def test_every_public_name_says_what_it_is_for(path: Path) -> None:
    """Modules, classes and functions people may call have a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
    ]
    bare = [node.name for node in public if not ast.get_docstring(node)]
    assert bare == []
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("path", MODULES, ids=by_path)
def test_modules_stay_small(path: Path) -> None:
    """A module over 300 lines is two rooms."""
    assert len(list(words_of(path))) <= 300


def test_the_changelog_speaks_of_this_version() -> None:
    """The newest heading of CHANGELOG.md is the version of the package."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d[^]]*)\]", changelog, re.MULTILINE)
    assert versions[0] == smsform.__version__


def test_the_version_is_a_literal() -> None:
    """Reading it needs no metadata: ``--version`` starts as fast as click does."""
    tree = ast.parse((PACKAGE / "version.py").read_text(encoding="utf-8"))
    values = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == "__version__" for t in node.targets)
    ]
    assert [type(value) for value in values] == [ast.Constant]
