"""Links in a clone lead an emulator nowhere: they are refused, everywhere alike."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from smsform.emulation import FOLDER, state_path, store_path
from smsform.emulation.store import Store
from smsform.errors import ConfigError


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_in_place_of_the_store_is_refused(
    tmp_path: Path, end: str, *, there: bool
) -> None:
    """Nothing is made or changed where it leads."""
    target = tmp_path / "somebody's.sqlite"
    if there:
        target.write_bytes(b"")
    (tmp_path / f"emulator.sqlite{end}").symlink_to(target)
    with pytest.raises(ConfigError, match="link"):
        Store(tmp_path / "emulator.sqlite")
    assert target.exists() is there
    assert not there or target.read_bytes() == b""


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """By the store and by the state of emulated providers."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / FOLDER).symlink_to(outside)
    for path in (store_path, state_path):
        with pytest.raises(ConfigError, match="link"):
            path(tmp_path)
    assert list(outside.iterdir()) == []


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """It gets no tables."""
    path = tmp_path / "emulator.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE photo (id INTEGER)")
    base.close()
    with pytest.raises(ConfigError, match="somebody else"):
        Store(path)
    with sqlite3.connect(path) as base:
        assert list(base.execute("SELECT name FROM sqlite_master")) == [("photo",)]
    base.close()
