"""Whatever goes wrong with a send: never two messages, never "sent" for none.

A case is one call with one fault, to some numbers, with the records as they are then.
The judge knows the outbox: how many messages of that call each number got.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest

from conformance.project import Project, facts
from conformance.sendable import SENDING, a_project, actions, sent
from smsform.emulation import outbox
from smsform.emulation.faults import FaultKind, planted
from smsform.emulation.messages import Operation
from smsform.emulation.service import Service
from smsform.errors import SmsformError
from smsform.project.dispatch import (
    SendingAccountOpened,
    dispatch,
    open_for_sending,
    reported,
)
from smsform.project.message import PreparedMessage, find_address, prepare
from smsform.project.open_sends import OpenSends
from smsform.project.workspace import Workspace, load_state, open_store
from smsform.sending import Outgoing

THROTTLE_AFTER = "throttle-after"  # it was sent, and the answer says: too fast
KNOWN_REFUSAL = "known-refusal"  # a code that the service documents
FAULTS = [None, *FaultKind, THROTTLE_AFTER, KNOWN_REFUSAL]
NUMBERS = (1, 3)
RECORDS = ("readable", "refused", "failing", "late")
TRAFFIC = ("quiet", "sent before", "sent meanwhile")
NOT_TO_BE_TOLD = ("refused", "failing")


class World:
    """One project, its message, and the account it is sent with."""

    def __init__(self, root: Path, type: str) -> None:
        self.project: Project = a_project(root, type)
        self.actions = actions(type)
        self.numbers = (f"+8613{n:09d}" for n in count(700_000_000))
        opened = Workspace.load(root)
        state = load_state(opened, open_store(opened))
        self.message: PreparedMessage = prepare(
            opened, state, find_address(opened, "shipped")
        )
        self.opened = opened
        self.sends = OpenSends(root)

    def account(self) -> SendingAccountOpened:
        """Open it anew: connections and pace are those of a process."""
        return open_for_sending(self.opened, "p")

    def other_send(self, account: SendingAccountOpened, number: str) -> None:
        """Somebody else sends the same text to the same number."""
        outgoing: Outgoing = self.message.outgoing([number], "somebody-else")
        account.service.send(outgoing)

    def count_of(self, number: str, token: str) -> int:
        """How many messages of that call the number got."""
        messages = outbox.accepted(self.project.store, number=number)
        return sum(message.context == token for message in messages)


@pytest.fixture(params=SENDING, scope="module")
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> World:
    """A world for all cases of one service: each has numbers of its own."""
    return World(tmp_path_factory.mktemp("faults"), request.param)


def late_throttle(action: str, real: Any) -> Callable[..., Any]:
    """Carry the call out, then answer that there were too many."""

    def execute(self: Service, operation: Operation, *rest: Any) -> Any:
        reply = real(self, operation, *rest)
        if operation.action != action:
            return reply
        request, id = rest[1:]
        return self.fail(self.refusal("", action), request, id)

    return execute


def test_no_fault_sends_twice_or_claims_what_was_not_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every fault, numbers, records, traffic; `unknown` only where nobody can tell."""
    wrong: list[str] = []
    outcomes: Counter[tuple[str, str]] = Counter()
    cases = list(product(FAULTS, NUMBERS, RECORDS, TRAFFIC))
    for fault, many, records, traffic in cases:
        with monkeypatch.context() as patch:
            case = f"{fault}, {many} numbers, records {records}, {traffic}"
            for each in judge(world, patch, fault, many, records, traffic, outcomes):
                wrong.append(f"{case}: {each}")
        world.project.store.execute("DELETE FROM fault")
        world.sends.path.unlink(missing_ok=True)
    told = ", ".join(f"{what} {how}: {n}" for (what, how), n in outcomes.items())
    print(f"\n{world.project.type}: {len(cases)} cases, {len(wrong)} wrong; {told}")
    assert len(cases) >= 300
    assert not wrong, "\n".join(wrong[:20])


def judge(
    world: World,
    patch: pytest.MonkeyPatch,
    fault: FaultKind | str | None,
    many: int,
    records: str,
    traffic: str,
    outcomes: Counter[tuple[str, str]],
) -> Iterator[str]:
    """Send once with everything as the case wants it; what is wrong afterwards."""
    project, action = world.project, world.actions["send"]
    numbers = [next(world.numbers) for _ in range(many)]
    account = world.account()
    if traffic == "sent before":
        world.other_send(account, numbers[0])
        project.clock.sleep(40)
    if fault == THROTTLE_AFTER:
        spoiled = late_throttle(action, Service._execute)
        patch.setattr(Service, "_execute", spoiled)
    elif fault == KNOWN_REFUSAL:
        code = facts(project.type)["refusals"][0]
        project.fault(FaultKind.REFUSE, action, code=code)
    elif fault is not None:
        project.fault(FaultKind(fault), action, code="Unheard.Of", seconds=99)
    if records == "refused":
        project.fault(
            FaultKind.REFUSE, world.actions["records"], code="Unheard.Of", times=999
        )
    elif records == "failing":  # they were readable before the call
        after = many + 1
        project.fault(
            FaultKind.UNAVAILABLE, world.actions["records"], nth=after, times=999
        )
    elif records == "late":
        project.fault(
            FaultKind.UNAVAILABLE, world.actions["records"], nth=many + 1, times=2
        )
    if traffic == "sent meanwhile":
        real = account.service.traces
        done: list[str] = []

        def traces(number: str, since: float) -> Any:
            if not done:
                done.append(number)
                project.clock.sleep(40)
                with_nothing_wrong(world, numbers[0])
            return real(number, since)

        patch.setattr(account.service, "traces", traces)
    try:
        result = dispatch(account, world.message, numbers, world.sends)
    except SmsformError as error:
        yield f"it ended in {error.message()}"
        return
    left = [f for f in planted(project.store, "p") if f.action == action]
    if fault is not None and fault != THROTTLE_AFTER and not left[0].fired:
        yield "the fault did not happen"
    for answer in result.answers:
        n = world.count_of(answer.number, result.token)
        outcomes[("sent" if n else "unsent", str(answer.accepted))] += 1
        if n > 1:
            yield f"{n} messages"
        if answer.accepted is True and n != 1:
            yield "claimed to be sent"
        if answer.accepted is False and n:
            yield "claimed to be refused"
        if answer.accepted is None and n and records not in NOT_TO_BE_TOLD:
            yield "unknown, and the records tell"
    reported(result, world.sends)
    open_ = bool(world.sends.concerning(str(world.message.address), masked(numbers)))
    if open_ is not any(answer.accepted is None for answer in result.answers):
        yield "the memory of open sends is wrong"


def with_nothing_wrong(world: World, number: str) -> None:
    """Somebody else's send, which no fault is for."""
    faults = world.project.store.rows("SELECT id, fired, times FROM fault")
    world.project.store.execute("UPDATE fault SET fired = times")
    other = world.account()
    with suppress(SmsformError):
        world.other_send(other, number)
    for id, fired, _ in faults:
        world.project.store.execute(
            "UPDATE fault SET fired = ? WHERE id = ?", (fired, id)
        )


def masked(numbers: list[str]) -> list[str]:
    """The numbers as the memory has them."""
    from smsform.sending.numbers import mask

    return [mask(number) for number in numbers]


def test_the_judge_finds_a_sender_that_repeats(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A send that is made again after a lost reply is two messages."""
    number = next(world.numbers)
    account = world.account()
    real = account.service.send

    def twice(outgoing: Outgoing) -> Any:
        try:
            return real(outgoing)
        except SmsformError:
            world.project.clock.sleep(40)
            return real(outgoing)

    world.project.fault(FaultKind.DROP_AFTER, world.actions["send"])
    monkeypatch.setattr(account.service, "send", twice)
    result = dispatch(account, world.message, [number], world.sends)
    assert world.count_of(number, result.token) == 2
    assert len(sent(world.project)) > 1
