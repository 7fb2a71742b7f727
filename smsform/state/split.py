"""The state in two files: ids of an emulator stay out of what production reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from smsform.errors import StateLocked
from smsform.state.file import StateStore
from smsform.state.memory import State

if TYPE_CHECKING:
    from smsform.state.glimpse import Glimpse
    from smsform.state.lock import Condition
    from smsform.state.steps import Step


class SplitState:
    """The committed file, and a second file for emulated providers.

    Ids of an emulator must never reach the file that production reads. *names* are the
    emulated providers, *others* those at their service: blocks of these in the
    emulators' file are neither read nor changed. A provider that is neither has its
    block where it was.
    """

    def __init__(
        self,
        committed: StateStore,
        emulated: StateStore,
        names: Collection[str],
        others: Collection[str] = (),
    ) -> None:
        self._committed, self._emulated = committed, emulated
        self._names, self._others = frozenset(names), frozenset(others)
        self._apart = self._names  # providers whose blocks are in the emulators' file
        self._kept: tuple[State, State] | None = None  # the content of each file

    def load(self) -> State:
        """Both parts as one state."""
        self._kept = (self._committed.load(), self._emulated.load())
        committed, emulated = (state.blocks for state in self._kept)
        strange = emulated.keys() - committed.keys() - self._others
        self._apart = self._names | strange
        ours = {n: b for n, b in committed.items() if n not in self._apart}
        return State(ours | {n: b for n, b in emulated.items() if n in self._apart})

    def glimpse(self, providers: Collection[str]) -> Mapping[str, Glimpse]:
        """What a look at the committed file tells of providers at their service."""
        found = self._committed.glimpse(providers)
        return {name: each for name, each in found.items() if name not in self._names}

    def save(self, state: State) -> None:
        """Save each part to its file, beside what else that file holds.

        That is known from the last ``load``: both belong under one lock.
        """
        if self._kept is None:
            self.load()
        assert self._kept is not None
        committed, emulated = self._kept
        self._kept = None  # after a failed save the content is unknown
        committed = self._saved(self._committed, committed, state, emulated=False)
        emulated = self._saved(self._emulated, emulated, state, emulated=True)
        self._kept = committed, emulated

    def _saved(
        self, store: StateStore, kept: State, state: State, *, emulated: bool
    ) -> State:
        """The content of *store* with its part of *state*."""
        foreign, ours = (
            {n: b for n, b in each.blocks.items() if (n in self._apart) is side}
            for each, side in ((kept, not emulated), (state, emulated))
        )
        after = State(foreign | ours)
        if store.behind() or after != kept:
            store.save(after)
        return after

    def add(self, step: Step) -> bool:
        """Save a step in the file of its provider."""
        apart = step.provider in self._apart
        return (self._emulated if apart else self._committed).add(step)

    def behind(self) -> bool:
        """Whether one of them has to be saved."""
        return self._committed.behind() or self._emulated.behind()

    def lock(self) -> None:
        """Lock both files, or none."""
        self._committed.lock()
        try:
            self._emulated.lock()
        except BaseException:
            self._committed.unlock()
            raise

    def locks(self) -> tuple[tuple[Path, Condition], ...]:
        """Every lock file, and who holds it."""
        return (*self._committed.locks(), *self._emulated.locks())

    def unlock(self, id: str = "") -> bool:
        """Unlock both files; with *id*, break the lock of that run. Whether there was
        one."""
        if not id:
            self._emulated.unlock()
            return self._committed.unlock()
        holders = [each.holder for _, each in self.locks() if each.holder]
        runs = {each.id: (each.owner, each.host, each.pid) for each in holders}
        ids = [each for each, run in runs.items() if run == runs.get(id)] or [id]
        found, other = False, None
        for store, each in product((self._committed, self._emulated), ids):
            try:
                found = store.unlock(each) or found
            except StateLocked as locked:
                other = locked
        if other is not None and not found:
            raise other
        return found
