"""Lists kept in memory: they show what the file holds, whoever wrote, undone or not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from smsform.emulation import listing
from smsform.emulation.entry import Entry, Place
from smsform.emulation.renaming import rename
from smsform.emulation.reviewer import Schedule
from smsform.emulation.store import Store
from smsform.model import Kind, Review

HERE = Place("p", "a", "r")
NEVER = Schedule()
numbers = st.integers(0, 3)
markets = st.sampled_from([None, 0, 1])
states = st.sampled_from([Review.APPROVED, Review.REJECTED, Review.IN_REVIEW])
steps = st.lists(
    st.tuples(
        st.sampled_from(["ours", "ours", "ours", "another's", "taken back"]),
        st.one_of(
            st.tuples(st.just("add"), markets, states),
            st.tuples(st.just("add"), markets, states),
            st.tuples(st.just("judge"), numbers, states),
            st.tuples(st.just("move"), numbers, markets),
            st.tuples(st.just("replace"), numbers, markets),
            st.tuples(st.just("remove"), numbers),
            st.tuples(st.just("rename")),
            st.tuples(st.just("reset")),
        ),
    ),
    min_size=2,
    max_size=20,
)


def row(entry: Entry) -> list[object]:
    """All of an entry but how often it was listed."""
    return list(entry._replace(reads=0))


def write(store: Store, what: object, *given: object) -> None:
    """Change something; a number means one of the entries, if there are any."""
    if what == "add":
        market, review = given
        new = Entry(0, *HERE, Kind.TEMPLATE, None, "n", "t", str(review))
        assert market is None or isinstance(market, int)
        store.add(new._replace(international=market))
    elif what == "rename":
        rename(store, "p", "q")
        rename(store, "q", "p")
    elif what == "reset":
        store.reset()
    else:
        number, *rest = given
        assert isinstance(number, int)
        held = store.everything()
        for entry in [held[number % len(held)]] if held else []:
            if what == "judge":
                store.change(entry.id, review=rest[0])
            elif what == "move":
                store.change(entry.id, international=rest[0])
            elif what == "replace":
                market = rest[0]
                assert market is None or isinstance(market, int)
                new = entry._replace(international=market, text=f"{entry.text}+")
                store.replace(new)
            else:
                store.remove(entry.id)


def shown(store: Store, market: int | None) -> list[object]:
    """A whole list, as JSON."""
    ids = store.page(HERE, Kind.TEMPLATE, market, limit=99, offset=0)
    with store.transaction():
        rows = listing.rows(store, NEVER, 0.0, ids, row)
    return [json.decode(each) for each in rows]


@given(steps=steps)
def test_a_list_shows_what_the_file_holds(
    steps: list[tuple[str, tuple[object, ...]]],
) -> None:
    """Ids, rows and counts, after every step."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "emulator.sqlite"
        store, another = Store(path), Store(path)
        for who, step in steps:
            writer = another if who == "another's" else store
            with suppress(KeyError), writer.transaction():
                write(writer, *step)
                if who == "taken back":
                    shown(store, None)  # what is seen meanwhile is taken back, too
                    raise KeyError
            held = store.everything()
            assert store.count(HERE, Kind.TEMPLATE) == len(held)
            for market in (None, 0, 1):
                serving = {None, 0, 1} if market is None else {None, market}
                expected = [e for e in held[::-1] if e.international in serving]
                assert shown(store, market) == [row(each) for each in expected]
        store.close()
        another.close()


def test_a_row_is_made_once(store: Store) -> None:
    """Of an entry at rest; one in review is made and counted with every list."""
    made: list[int] = []

    def noted(entry: Entry) -> int:
        made.append(entry.id)
        return entry.id

    rest, open_ = (
        store.add(Entry(0, *HERE, Kind.TEMPLATE, 0, "n", "t", review))
        for review in (Review.APPROVED, Review.IN_REVIEW)
    )
    for _ in range(3):
        rows = listing.rows(store, NEVER, 0.0, [rest, open_], noted)
        assert list(map(json.decode, rows)) == [rest, open_]
    assert made == [rest, open_, open_, open_]
    found = store.entry(open_)
    assert found
    assert found.reads == 3


def test_an_entry_moves_to_the_list_of_another_market(store: Store) -> None:
    """It leaves the one it was in, however it was changed."""
    id = store.add(Entry(0, *HERE, Kind.TEMPLATE, 0, "n", "t", Review.APPROVED))
    assert [len(shown(store, market)) for market in (0, 1)] == [1, 0]
    store.change(id, international=1)
    assert [len(shown(store, market)) for market in (0, 1)] == [0, 1]
    entry = store.entry(id)
    assert entry
    store.replace(entry._replace(international=None))
    assert [len(shown(store, market)) for market in (0, 1)] == [1, 1]
