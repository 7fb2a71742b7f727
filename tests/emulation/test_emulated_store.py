"""The store: safe between threads and processes, and against a kill."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsform.emulation import calls, nonces, outbox
from smsform.emulation.database import LONG_LOG
from smsform.emulation.schema import FORMAT, SCHEMA
from smsform.emulation.store import Entry, Place, Store
from smsform.errors import ConfigError

SHELF = Place("shop", "1", "ap-guangzhou")

WRITER = """
import os
import sys
from pathlib import Path
from smsform.emulation.clock import VirtualClock
from smsform.emulation.store import Entry, Store
store = Store(Path(sys.argv[1]))
clock = VirtualClock(store)
for number in range(int(sys.argv[2])):
    with store.transaction():
        new = Entry(0, "shop", "1", "ap-guangzhou", "template", 0, "n", "t", "x")
        id = store.add(new)
        clock.sleep(1.0)
    print(id, flush=True)
os._exit(0)  # as the command line ends, without closing anything
"""


def entry(number: int = 0, international: int | None = 0) -> Entry:
    """A template on the shelf."""
    return Entry(0, *SHELF, "template", international, str(number), "", "approved")


def writer(path: Path, count: int) -> subprocess.Popen[str]:
    """Another process that adds *count* entries, printing each id it has committed."""
    command = [sys.executable, "-c", WRITER, str(path), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_long_log_is_not_read_by_every_run(tmp_path: Path) -> None:
    """A run that never closed the store leaves its log; the next one empties it."""
    path = tmp_path / "emulator.sqlite"
    log = path.with_name("emulator.sqlite-wal")
    with writer(path, 200) as other:
        printed, _ = other.communicate(timeout=60)
    assert log.stat().st_size > LONG_LOG
    store = Store(path)
    assert not log.stat().st_size
    assert [each.id for each in store.everything()] == [*map(int, printed.split())]


def test_processes_and_threads_lose_nothing(tmp_path: Path) -> None:
    """Two processes and four threads add at once: every id is given once, all stay."""
    path = tmp_path / "store" / "emulator.sqlite"
    others = [writer(path, 40) for _ in range(2)]
    store = Store(path)
    with ThreadPoolExecutor(4) as pool:
        ours = list(pool.map(lambda n: store.add(entry(n)), range(80)))
    printed = [process.communicate(timeout=60)[0].split() for process in others]
    ids = ours + [int(id) for ids in printed for id in ids]
    assert len(ids) == len(set(ids)) == 160
    assert {each.id for each in store.everything()} == set(ids)
    assert store.recall("clock", "offset") == 80.0
    store.close()


def test_a_killed_process_loses_nothing_it_has_answered(tmp_path: Path) -> None:
    """After SIGKILL the store opens, holds every printed id, and takes new entries."""
    path = tmp_path / "emulator.sqlite"
    process = writer(path, 100_000)
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().split("\n")[:-1]
    process.wait(timeout=60)
    process.stdout.close()
    store = Store(path)
    kept = {each.id for each in store.everything()}
    assert {*told, *map(int, rest)} <= kept
    assert len(kept) - len(told) - len(rest) <= 1  # committed, killed before printing
    assert store.add(entry()) == max(kept) + 1
    store.close()


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    """What raises inside leaves no trace, not even in the middle of a joined one."""

    def fail() -> None:
        with store.transaction():
            store.add(entry())
            with store.transaction():
                store.add(entry())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.everything() == []


def test_ids_are_never_given_twice(store: Store) -> None:
    """Neither a deletion nor a reset frees an id."""
    first = store.add(entry())
    store.remove(first)
    second = store.add(entry())
    store.reset()
    assert [second, store.add(entry())] == [first + 1, first + 2]


def test_each_service_counts_for_itself(store: Store) -> None:
    """What one is sent meanwhile leaves no gap in the ids of the other."""
    given = [store.add(entry(), above=above) for above in (9_000_000, 10, 9_000_000)]
    assert given == [9_000_001, 11, 9_000_002]


def test_an_id_that_is_taken_is_passed_over(store: Store) -> None:
    """Seeded, it moves its own series up and makes no other stumble."""
    assert store.add(entry()._replace(id=11)) == 11
    assert store.add(entry(), above=10) == 12
    assert store.add_many([entry()._replace(id=40), entry()], above=10) == 2
    assert store.add(entry(), above=10) == 42


def test_a_nonce_counts_once_and_is_forgotten_in_time(store: Store) -> None:
    """In its scope, for as long as asked; one of the future stays."""
    assert nonces.spend(store, "key", "n", 1000.0, 60.0)
    assert not nonces.spend(store, "key", "n", 1060.0, 60.0)
    assert nonces.spend(store, "other", "n", 1060.0, 60.0)
    assert not nonces.spend(store, "other", "n", 0.0, 60.0)
    assert nonces.spend(store, "key", "n", 1061.0, 60.0)


def test_an_older_store_is_brought_up_to_date(tmp_path: Path) -> None:
    """A store of format 1 gains the tables it lacks and keeps its entries."""
    path = tmp_path / "emulator.sqlite"
    store = Store(path)
    id = store.add(entry())
    for table in ("nonce", "push"):
        store.execute(f"DROP TABLE {table}")
    store.execute("PRAGMA user_version = 1")
    store.close()
    store = Store(path)
    assert [each.id for each in store.everything()] == [id]
    assert nonces.spend(store, "key", "n", 0.0, 60.0)
    store.close()


@given(
    markets=st.lists(st.sampled_from([0, 1, None]), max_size=40),
    limit=st.integers(1, 12),
    newest=st.booleans(),
    removed=st.sets(st.integers(0, 39), max_size=5),
    market=st.sampled_from([0, 1, None]),
)
def test_pages_together_are_the_list(
    markets: list[int | None],
    limit: int,
    newest: bool,
    removed: set[int],
    market: int | None,
) -> None:
    """However pages are cut, and whatever was removed between two readings."""
    store = Store(None)
    ids = [store.add(entry(n, market)) for n, market in enumerate(markets)]

    def pages() -> list[int]:
        found: list[int] = []
        for offset in range(0, len(ids) + 1, limit):
            found += store.page(
                SHELF,
                "template",
                market,
                limit=limit,
                offset=offset,
                newest_first=newest,
            )
        return found

    def expected() -> list[int]:
        serving = {0, 1, None} if market is None else {market, None}
        left = [e.id for e in store.everything() if e.international in serving]
        return left[::-1] if newest else left

    assert pages() == expected()
    for number in removed & set(range(len(ids))):
        store.remove(ids[number])
    assert pages() == expected()
    store.close()


@pytest.mark.parametrize("content", [b"not a database", b"\0" * 4096])
def test_a_file_that_is_no_store_is_a_clear_error(
    tmp_path: Path, content: bytes
) -> None:
    """The error names the file; the file is left alone."""
    path = tmp_path / "emulator.sqlite"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as raised:
        Store(path)
    assert str(path) in raised.value.message()
    assert path.read_bytes() == content


def test_an_older_store_gets_the_columns_it_lacks(tmp_path: Path) -> None:
    """The log of format 3 did not say what was overlooked."""
    path = tmp_path / "emulator.sqlite"
    store = Store(path)
    store.execute("ALTER TABLE call DROP COLUMN lenience")
    store.execute("PRAGMA user_version = 3")
    store.close()
    for _ in range(2):  # and once is enough
        store = Store(path)
        calls.record(
            store, calls.LoggedCall(1.0, *SHELF, "List", None, "", "ok", "", True)
        )
        store.close()
    store = Store(path)
    assert [call.lenience for call in calls.recorded(store)] == ["", ""]
    store.close()


@pytest.mark.parametrize("version", range(1, FORMAT))
def test_whatever_a_store_of_an_older_format_lacks_is_made(
    tmp_path: Path, version: int
) -> None:
    """Every column that is no key or index could be missing; what is there stays."""
    path = tmp_path / "emulator.sqlite"
    store = Store(path)
    id = store.add(entry(1, None))
    for column in ("masked", "extend", "segments", "receipt", "pulled"):
        if column == "pulled":  # an index knows it
            store.execute("DROP INDEX message_queue")
        store.execute(f"ALTER TABLE message DROP COLUMN {column}")
    store.execute(f"PRAGMA user_version = {version}")
    store.close()
    store = Store(path)
    assert [each.id for each in store.everything()] == [id]
    assert outbox.accepted(store) == []
    assert store.rows("PRAGMA user_version") == [(FORMAT,)]
    store.close()


def test_a_changed_schema_is_a_new_format() -> None:
    """Or a store that lacks what is new would be taken for one that has it."""
    digest = hashlib.sha256(SCHEMA.partition("PRAGMA")[0].encode()).hexdigest()[:12]
    assert {FORMAT: digest} == {7: "7bd21c82c227"}


def test_a_store_that_is_damaged_later_is_a_clear_error(tmp_path: Path) -> None:
    """Somebody else's program changed it: the error names the file."""
    path = tmp_path / "emulator.sqlite"
    store = Store(path)
    store.execute("ALTER TABLE message DROP COLUMN masked")
    with pytest.raises(ConfigError, match="no such column") as raised:
        outbox.accepted(store)
    assert str(path) in raised.value.message()
    store.close()


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """A later format is not guessed at."""
    path = tmp_path / "emulator.sqlite"
    store = Store(path)
    store.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(ConfigError, match=r"emulator\.sqlite"):
        Store(path)
