"""Counting recent calls: remembered or read anew, the number is that of the log."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from smsform.emulation import calls
from smsform.emulation.calls import LoggedCall
from smsform.emulation.store import Place, Store

HERE = Place("p", "a", "r")
ACTIONS = ("Send", "Add")
times = st.integers(0, 40).map(lambda tenths: 1000 + tenths / 10)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["ours", "another's", "taken back"]),
            times,
            st.sampled_from(ACTIONS),
            st.booleans(),
        ),
        st.tuples(st.just("reset")),
        st.tuples(
            st.just("count"),
            times,
            st.sampled_from(ACTIONS),
            st.sampled_from([0.5, 1.0, 2.0]),
        ),
    ),
    max_size=25,
)


def call(at: float, action: str, admitted: bool) -> LoggedCall:
    """A line of the log."""
    return LoggedCall(at, *HERE, action, None, "", calls.OK, "", admitted)


@given(steps=steps)
def test_the_count_is_that_of_the_log(steps: list[tuple[object, ...]]) -> None:
    """Whoever wrote, on a clock that goes back and forth, undone or not."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "emulator.sqlite"
        store, another = Store(path), Store(path)
        log: list[LoggedCall] = []
        for kind, *given in steps:
            if kind == "reset":
                store.reset()
                log.clear()
            elif kind == "count":
                now, action, seconds = given
                expected = [
                    each
                    for each in log
                    if each.action == action
                    and each.admitted
                    and now - seconds < each.at <= now
                ]
                found = calls.recent(store, HERE, action, now, seconds)
                assert found == len(expected)
            elif kind == "taken back":
                with suppress(LookupError), store.transaction():
                    calls.record(store, call(*given))
                    raise LookupError
            else:
                by = store if kind == "ours" else another
                calls.record(by, call(*given))
                log.append(call(*given))
        store.close()
        another.close()
