"""Sending the notifications that runs recorded; the state remembers who was told."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from smsform.clock import SystemClock
from smsform.errors import ConfigError, StateError
from smsform.notices import News, Wish
from smsform.notify import decide
from smsform.notify.address import Target, target_of
from smsform.notify.decide import Untold
from smsform.notify.link import link, repository
from smsform.notify.message import Notification
from smsform.notify.send import deliver
from smsform.project.workspace import Workspace, load_state, locked, open_store
from smsform.words import LANGUAGES, say, spoken


class Telling(StrEnum):
    """The result of telling one target."""

    SENT = "sent"
    NOTHING = "nothing"  # there was nothing to tell
    UNSET = "unset"  # its variable has no address
    FAILED = "failed"  # the target did not accept it; the next run tries again
    UNSAVED = "unsaved"  # told, but that could not be written down


class Notified(NamedTuple):
    """The result for one target; its address is not in it.

    ``variable`` names the environment variable with the address. ``sort`` is the kind
    of target, "" where that is not known; ``number`` how many notices it was told, or
    was not; ``why`` is the reason, as a sentence.
    """

    variable: str
    sort: str
    result: Telling
    number: int = 0
    why: str = ""


def notify(
    project: Workspace,
    environ: Mapping[str, str] | None = None,
    only: Sequence[str] = (),
    *,
    test: bool = False,
) -> tuple[Notified, ...]:
    """Tell every target what it has not been told; with *test*, that this is a test.

    *only* names variables. StateLocked while another run has the state. What a target
    took is written down before the next one is told.
    """
    environ = os.environ if environ is None else environ
    targets = _targets(project, only)
    if test:
        found = (_Teller(project, environ, wishes) for wishes in targets.values())
        return tuple(teller.test() for teller in found)
    if not targets:
        return ()
    store = open_store(project)
    results = []
    with locked(store):
        state = load_state(project, store)
        for variable, wishes in targets.items():
            news = decide.untold(state, variable)
            result = _Teller(project, environ, wishes).tell(news)
            if result.result is Telling.SENT:
                state = decide.told(state, variable, frozenset(news))
                try:
                    store.save(state)
                except StateError as error:
                    why = error.message()
                    result = result._replace(result=Telling.UNSAVED, why=why)
            results.append(result)
    return tuple(results)


def _targets(project: Workspace, only: Sequence[str]) -> dict[str, list[Wish]]:
    """The entries of ``notify`` by variable: one target gets one message."""
    found: dict[str, list[Wish]] = {}
    for wish in project.config.notify:
        if not only or wish.variable in only:
            found.setdefault(wish.variable, []).append(wish)
    return found


class _Teller:
    """Tells one target."""

    def __init__(
        self, project: Workspace, environ: Mapping[str, str], wishes: Sequence[Wish]
    ) -> None:
        self.project, self.environ, self.wishes = project, environ, wishes
        self.variable = wishes[0].variable

    def tell(self, news: tuple[Untold, ...]) -> Notified:
        """Send one message with all of *news*; none when there is none."""
        if not news:
            return Notified(self.variable, "", Telling.NOTHING)
        return self._send(self._message(news), len(news))

    def test(self) -> Notified:
        """One message that is a test."""
        on = frozenset[News]().union(*(wish.on for wish in self.wishes))
        return self._send(self._message((), [each for each in News if each in on]), 1)

    def _message(
        self, news: Sequence[Untold], test: Sequence[News] = ()
    ) -> Notification:
        config = self.project.config
        named = next((wish.language for wish in self.wishes if wish.language), "")
        return Notification(
            repository(self.environ) or config.root.resolve().name,
            news,
            LANGUAGES[named] if named else spoken(),
            link(self.environ),
            [name for name, each in config.providers.items() if each.emulated],
            test,
        )

    def _send(self, message: Notification, count: int) -> Notified:
        text = self.environ.get(self.variable, "").strip()
        if not text:
            return Notified(self.variable, "", Telling.UNSET, count)
        target: Target | None = None
        try:
            target = target_of(self.variable, text)
            why = deliver(target, message, self.environ, SystemClock().now())
        except ConfigError as error:
            why = say("errors.hint", what=error.what, hint=error.hint())
        sort = target.sort if target else ""
        result = Telling.FAILED if why else Telling.SENT
        return Notified(self.variable, sort, result, count, why)
