"""Faults on demand: each goes off once, at its call, and is written down."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import requests

from smsform.clock import SystemClock
from smsform.emulation import calls, faults
from smsform.emulation.clock import VirtualClock
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.providers.tencent import wire
from tencent.official import PROVIDER, SIGN, Direct, Sdk, build

Send = Callable[[], requests.Response]


def add_sign(caller: Direct, port: int | None) -> requests.Response:
    """AddSmsSign in this process, or over a socket to *port*."""
    if port is None:
        return caller.send(wire.ADD_SIGN, SIGN)
    request = caller.request(
        wire.ADD_SIGN, SIGN, "ap-guangzhou", url=f"http://127.0.0.1:{port}/"
    )
    with requests.Session() as session:
        return session.send(request, timeout=5)


def observed(send: Send) -> tuple[object, ...]:
    """What a client sees: the exception, or status, type and body without its id."""
    try:
        reply = send()
    except requests.RequestException as error:
        return (type(error),)
    body = reply.text
    if body.startswith("{"):
        inside = json.loads(body)["Response"]
        inside.pop("RequestId")
        body = json.dumps(inside, sort_keys=True)
    return reply.status_code, reply.headers["Content-Type"], body


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        *((kind, 503) for kind in FaultKind if kind != "slow"),
        *(
            (kind, 520) for kind in sorted(faults.STATUS)
        ),  # a proxy's own; HTTP has none
    ],
)
def test_a_fault_looks_the_same_in_process_and_on_a_socket(
    kind: FaultKind, status: int
) -> None:
    """Either shell shows a client the same thing, and leaves the same entries."""
    seen = []
    for on_socket in (False, True):
        store = Store(None)
        app = build(store, SystemClock())
        faults.plant(
            store, Fault(PROVIDER, kind, wire.ADD_SIGN, code="X.Y", status=status)
        )
        with Server(app) as server:
            port = server.port if on_socket else None
            caller = Direct(app)
            first = observed(lambda c=caller, p=port: add_sign(c, p))  # type: ignore[misc]
            [sign] = store.everything() or [None]
            seen.append((first, sign and sign.name))
        [fault] = faults.planted(store)
        assert (fault.seen, fault.fired) == (1, 1)
        [call] = calls.recorded(store)
        assert call.fault == kind
        executed = kind not in faults.BEFORE
        assert (call.outcome == calls.OK) is executed
        assert (sign is not None) is executed
        assert kind not in faults.STATUS or first[0] == status
    assert seen[0] == seen[1]


def test_a_fault_waits_for_its_call_and_goes_off_once(
    store: Store, clock: VirtualClock
) -> None:
    """The third AddSmsSign fails, whatever else is called before and after."""
    caller = Direct(build(store, clock))
    faults.plant(store, Fault(PROVIDER, FaultKind.THROTTLE, wire.ADD_SIGN, nth=3))
    outcomes = []
    for number in range(5):
        caller.call(wire.DESCRIBE_SIGNS, {"International": 0})
        name = f"示例商城{number}"
        reply = caller.call(wire.ADD_SIGN, {**SIGN, "SignName": name})
        outcomes.append(reply.get("Error", {}).get("Code", calls.OK))
    assert outcomes == [calls.OK, calls.OK, "RequestLimitExceeded", calls.OK, calls.OK]
    assert [call.fault for call in calls.recorded(store)].count("throttle") == 1


def test_a_submission_sent_twice_shows_in_the_log(
    store: Store, clock: VirtualClock
) -> None:
    """Equal parameters have equal fingerprints, so a duplicate can be counted."""
    caller = Direct(build(store, clock))
    faults.plant(store, Fault(PROVIDER, FaultKind.NO_PAYLOAD, wire.ADD_SIGN))
    assert set(caller.call(wire.ADD_SIGN, SIGN)) == {"RequestId"}
    caller.call(wire.ADD_SIGN, SIGN)
    caller.call(wire.ADD_SIGN, {**SIGN, "SignName": "另一商城"})
    first, second, third = calls.recorded(store)
    assert first.fingerprint == second.fingerprint != third.fingerprint
    assert [call.outcome for call in (first, second, third)] == [
        calls.OK,
        "InvalidParameterValue.SignExistAndUnapproved",
        calls.OK,
    ]
    assert (first.entry, second.entry) == (1_100_001, None)


def test_a_slow_answer_passes_virtual_time_up_to_the_timeout(
    store: Store, clock: VirtualClock
) -> None:
    """Nobody waits: the clock moves, and a client with a timeout gets ReadTimeout."""
    app = build(store, clock)
    faults.plant(store, Fault(PROVIDER, FaultKind.SLOW, seconds=40.0, times=2))
    started = clock.now()
    Direct(app, timeout=60).call(wire.DESCRIBE_SIGNS, {"International": 0})
    assert 40 <= clock.now() - started < 50
    with pytest.raises(requests.ReadTimeout):
        Direct(app, timeout=30).send(wire.ADD_SIGN, SIGN)
    assert 70 <= clock.now() - started < 80
    assert [entry.name for entry in store.everything()] == [SIGN["SignName"]]


def test_the_pace_is_kept_on_the_virtual_clock(
    store: Store, clock: VirtualClock
) -> None:
    """Twenty lists in a second pass, the next is refused, a second later it passes."""
    caller = Direct(build(store, clock, pace=True))
    asked = {"International": 0}
    codes = [
        caller.call(wire.DESCRIBE_SIGNS, asked).get("Error", {}).get("Code")
        for _ in range(21)
    ]
    assert codes == [None] * 20 + ["RequestLimitExceeded"]
    clock.sleep(1.0)
    assert "Error" not in caller.call(wire.DESCRIBE_SIGNS, asked)


@pytest.mark.parametrize("sign_method", wire.SIGN_METHODS)
def test_the_shells_answer_alike(store: Store, sign_method: str) -> None:
    """The SDK over a socket and the adapter in process read the same entries."""
    app = build(store, SystemClock())
    caller = Direct(app)
    caller.call(wire.ADD_SIGN, SIGN)
    with Server(app) as server:
        sdk = Sdk(server.port, sign_method=sign_method)
        params = {"International": 0, "Limit": 10}
        told = sdk.call(wire.DESCRIBE_SIGNS, params)
    own = caller.call(wire.DESCRIBE_SIGNS, params)
    assert told["DescribeSignListStatusSet"] == own["DescribeSignListStatusSet"]
