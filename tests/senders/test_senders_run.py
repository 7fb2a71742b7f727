"""Generated modules at work, in every language that runs: against the emulators."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

import pytest
from sender_cases import DIGITS, service, vectors
from sender_worlds import World, demo_keys
from workshops import WORKSHOPS, Workshop
from workshops_declared import DECLARED_WORKSHOPS

Build = Callable[[str], Workshop]
ALL = {**WORKSHOPS, **DECLARED_WORKSHOPS}
RUNNING = [name for name, each in ALL.items() if each.runs]
PROVIDERS = sorted(DIGITS)
PAIRS = [(name, p) for name in ALL for p in PROVIDERS if name in service(p).languages]
pytestmark = pytest.mark.judge


def closed() -> str:
    """An endpoint at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("language", RUNNING)
def test_every_sample_arrives_as_the_preview_shows_it(
    language: str, provider: str, world: World, workshop: Build
) -> None:
    """Every template with every sample: the outbox equals the preview."""
    built = workshop(language)
    sends = world.sends(provider, DIGITS[provider])
    endpoint = f"http://127.0.0.1:{world.ports[provider]}"
    world.forget()
    told = built.run(f"world_{provider}", endpoint, demo_keys(world.project))
    assert [each.get("text") for each in told] == [None] * len(sends)
    refused = [s.values for s, each in zip(sends, told, strict=True) if not each["ok"]]
    assert refused == []
    assert world.received(provider) == {each.number: each.expected for each in sends}


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("language", RUNNING)
def test_a_lost_reply_is_an_error_and_nothing_is_sent_again(
    language: str, provider: str, world: World, workshop: Build
) -> None:
    """The connection ends after the service has acted, on a connection used before."""
    built = workshop(language)
    world.forget()
    world.drop_after(provider, 3)
    endpoint = f"http://127.0.0.1:{world.ports[provider]}"
    told = built.run(f"lost_{provider}", endpoint, demo_keys(world.project))
    assert [each.get("ok") for each in told] == [True, True, None]
    assert told[2]["error"] == "SendFailed"
    assert told[2]["unclear"] is True, told[2]
    assert world.count(provider) == 3


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("language", RUNNING)
def test_a_refused_number_can_be_an_error_that_says_why(
    language: str, provider: str, world: World, workshop: Build
) -> None:
    """A template for the mainland, a number abroad: the service's code is in it."""
    built = workshop(language)
    world.forget()
    endpoint = f"http://127.0.0.1:{world.ports[provider]}"
    [told] = built.run(f"refused_{provider}", endpoint, demo_keys(world.project))
    assert told["error"] == "NotAccepted"
    assert re.search(r": 1 refused: [A-Za-z]+\.\w+", told["text"]), told["text"]
    assert world.count(provider) == 0


@pytest.mark.parametrize(("language", "provider"), PAIRS)
def test_the_table_of_checks(
    language: str, provider: str, world: World, workshop: Build
) -> None:
    """What may not be sent is refused; the rest meets a closed port.

    There the SDK's own error holds the request: no number and no value of it is in the
    error a caller sees, in its causes or in what it is made of.
    """
    built = workshop(language)
    told = built.run(f"checks_{provider}", closed(), demo_keys(world.project))
    expected = ["InvalidValue" if v.fault else "SendFailed" for v in vectors()]
    got = [each["error"] for each in told]
    wrong = [
        (vector.value, answer)
        for vector, answer, want in zip(vectors(), told, expected, strict=True)
        if answer["error"] != want
    ]
    assert wrong == []
    assert got == expected
    for vector, answer in zip(vectors(), told, strict=True):
        text = answer["text"]
        assert "13800138000" not in text
        assert "SignName" not in text
        if not vector.fault:
            assert answer["unclear"] is True
        if len(vector.value.strip()) > 3 and re.search(r"[^a-z]", vector.value):
            assert vector.value not in text
