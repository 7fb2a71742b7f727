"""The cache: sealed entries in the user's folder, and nothing else counts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.cache import VARIABLE, Cache, opened, place
from smsform.cache.store import ABANDONED, BEGUN
from smsform.errors import ConfigError

KEY = b"k" * 32


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty one."""
    return Cache(tmp_path / "cache", KEY)


def entry_of(cache: Cache) -> Path:
    """The file of the only entry."""
    (found,) = cache.folder.iterdir()
    return found


@given(st.text(), st.binary())
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes
) -> None:
    """Byte for byte, under its own name and no other."""
    cache = Cache(tmp_path_factory.mktemp("cache"), KEY)
    cache.put(name, data)
    assert cache.get(name) == data
    assert cache.get(f"{name}x") is None


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-1],
    "longer": lambda data: data + b"x",
    "another seal": lambda data: b"0" * 64 + data[64:],
    "other content": lambda data: data.replace(b"right", b"wrong"),
    "noise": lambda data: os.urandom(len(data)),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_none(
    cache: Cache, damage: Callable[[bytes], bytes]
) -> None:
    """Whatever is in the file; the next run replaces it."""
    cache.put("n", b"right")
    path = entry_of(cache)
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get("n") is None
    cache.put("n", b"again")
    assert cache.get("n") == b"again"


def test_an_entry_of_another_key_or_name_is_none(cache: Cache) -> None:
    """A cache that a CI job restores was filled on another machine."""
    other = Cache(cache.folder, b"o" * 32)
    other.put("n", b"theirs")
    assert cache.get("n") is None
    cache.put("a", b"of a")
    cache.put("b", b"of b")
    a, b = (cache._path(name) for name in "ab")
    b.write_bytes(a.read_bytes())
    assert cache.get("b") is None


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_and_folders_are_no_entries(cache: Cache, tmp_path: Path) -> None:
    """What a link leads to is neither read nor written to nor removed."""
    cache.put("n", b"right")
    path, target = entry_of(cache), tmp_path / "target"
    path.rename(target)
    path.symlink_to(target)
    kept = target.read_bytes()
    assert cache.get("n") is None
    cache.put("n", b"again")
    assert not path.is_symlink()
    assert cache.get("n") == b"again"
    assert target.read_bytes() == kept
    path.unlink()
    path.mkdir()
    assert cache.get("n") is None
    cache.put("n", b"once more")  # in vain, and without an error
    cache.clear()


def test_the_oldest_entries_go(tmp_path: Path) -> None:
    """There is room for so many bytes; what a killed run left goes, too."""
    cache = Cache(tmp_path, KEY, most=500)
    for number in range(10):
        cache.put(f"n{number}", b"x" * 100)
        os.utime(cache._path(f"n{number}"), (number, number))
    cache.put("last", b"x" * 100)
    assert cache.size()[1] <= 500
    assert cache.get("last") == b"x" * 100
    assert cache.get("n0") is None
    left, at = tmp_path / f"a.1{BEGUN}", time.time() - 2 * ABANDONED
    left.write_bytes(b"half")
    os.utime(left, (at, at))
    cache.put("last", b"")
    assert not left.exists()
    cache.clear()
    assert cache.size() == (0, 0)


def test_an_entry_that_another_run_drops_meanwhile_hides_no_other(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is left is cleared, not only what was listed before it."""
    for number in range(5):
        cache.put(f"n{number}", b"")
    listed = [each.name for each in os.scandir(cache.folder)]
    unlink = Path.unlink

    def with_the_next(path: Path) -> None:
        place = listed.index(path.name)
        for name in listed[place : place + 2]:
            unlink(path.with_name(name), missing_ok=True)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", with_the_next)
        cache.clear()
    assert cache.size() == (0, 0)


def test_two_runs_at_once_leave_whole_entries(tmp_path: Path) -> None:
    """Each writes a file of its own and puts it in its place in one step."""
    writer = (
        "import sys; from pathlib import Path; from smsform.cache import Cache\n"
        f"cache = Cache(Path(sys.argv[1]), {KEY!r})\n"
        "for n in range(200): cache.put('n', sys.argv[2].encode() * 50_000)\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", writer, str(tmp_path), each])
        for each in "ab"
    ]
    cache, seen = Cache(tmp_path, KEY), set()
    while any(run.poll() is None for run in runs):
        seen.add(cache.get("n"))
    assert [run.returncode for run in runs] == [0, 0]
    assert seen - {None} <= {b"a" * 50_000, b"b" * 50_000}
    assert cache.get("n") is not None
    assert cache.size()[0] == 1


def test_a_killed_run_leaves_the_entry_as_it_was(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the new file takes its place."""
    cache.put("n", b"before")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            cache.put("n", b"after")
    assert cache.get("n") == b"before"


def test_a_full_disk_or_a_folder_nobody_may_write_is_no_error(tmp_path: Path) -> None:
    """A cache is only a cache."""
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "below", KEY)
    cache.put("n", b"x")
    assert cache.get("n") is None
    assert cache.size() == (0, 0)
    cache.clear()


def environ(home: Path, **more: str) -> dict[str, str]:
    """An environment with that home and nothing else."""
    return {"HOME": str(home), "LOCALAPPDATA": str(home), **more}


def test_it_lies_in_the_users_own_folders(tmp_path: Path) -> None:
    """Entries and key apart; XDG's variables move them, relative ones do not count."""
    root = tmp_path / "project"
    found = place(environ(tmp_path / "home"), root, root)
    assert found
    assert found.folder.is_relative_to(tmp_path / "home")
    assert found.key.is_relative_to(tmp_path / "home")
    assert not found.key.is_relative_to(found.folder)
    assert place({"HOME": "", "LOCALAPPDATA": ""}, root, root) is None
    assert place({"HOME": "relative"}, root, root) is None
    assert place(environ(tmp_path, SMSFORM_CACHE="off"), root, root) is None
    moved = place(environ(tmp_path, SMSFORM_CACHE=str(tmp_path / "c")), root, root)
    assert moved
    assert moved.folder == tmp_path / "c"


def test_one_inside_the_project_or_its_repository_is_refused(tmp_path: Path) -> None:
    """By name and by link; a home that is the project has none at all."""
    repository = tmp_path / "repository"
    root = repository / "project"
    root.mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(root)
    for inside in (root / "c", repository / "c", root / ".." / "c", link / "c"):
        with pytest.raises(ConfigError) as refused:
            place({**environ(tmp_path), VARIABLE: str(inside)}, root, repository)
        assert VARIABLE in refused.value.message()
    assert place(environ(root), root, repository) is None
    assert place(environ(repository), root, repository) is not None


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_a_key_that_others_can_read_is_none(tmp_path: Path) -> None:
    """It seals what this user worked out on this machine."""
    root = tmp_path / "project"
    first = opened(environ(tmp_path), root, root)
    assert first
    first.put("n", b"x")
    again = opened(environ(tmp_path), root, root)
    assert again
    assert again.get("n") == b"x"
    found = place(environ(tmp_path), root, root)
    assert found
    assert found.key.stat().st_mode & 0o777 == 0o600
    found.key.chmod(0o644)
    assert opened(environ(tmp_path), root, root) is None
    found.key.chmod(0o600)
    found.key.write_bytes(b"short")
    assert opened(environ(tmp_path), root, root) is None
