"""Modules whose ids come from outside: from the environment or from a file."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from scripts import LANGUAGES, Job, told
from sender_cases import DIGITS, service
from sender_worlds import World, demo_keys
from workshops import Case

from smsform.cli import run
from smsform.senders.model import IdSource

PROVIDERS = sorted(DIGITS)
pytestmark = pytest.mark.judge


def case_of(world: World, provider: str, ids: IdSource) -> Case:
    """A module, and a call with more than one value."""
    sends = world.sends(provider, DIGITS[provider])
    send = next(each for each in sends if len(each.values) > 1)
    sender = world.sender(provider, ids)
    return Case(f"{provider}_{ids}", sender, service(provider).templates, [send])


def printed(world: World, format: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What `smsform ids` prints."""
    capsys.readouterr()
    root = str(world.project.config.root)
    assert run(["-C", root, "ids", "--format", format]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_of_the_environment(
    language: str,
    provider: str,
    world: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What `ids --format env` prints sends; another order is an error before it."""
    lines = shlex.split(printed(world, "env", capsys), comments=True)
    env = {**demo_keys(world.project), **dict(line.split("=", 1) for line in lines)}
    case = case_of(world, provider, IdSource.ENV)
    send = case.sends[0]
    at = {"endpoint": f"http://127.0.0.1:{world.ports[provider]}"}
    order = f"{send.function.variable}_PARAMS"
    turned = ",".join(reversed(env[order].split(",")))
    wrong = [{**env, order: each} for each in (turned, env[order] + ",more", "")]
    needed = (order, send.function.variable, send.function.signer)
    less = [{n: v for n, v in env.items() if n != name} for name in needed]
    world.forget()
    jobs = [Job(at, each) for each in (env, *wrong, *less)]
    first, *others = told(language, tmp_path, case, jobs)
    assert first.get("ok") is True, first
    assert world.received(provider) == {send.number: send.expected}
    assert world.count(provider) == 1
    assert [each.get("error") for each in others] == ["InvalidValue"] * 6
    assert all(order in each["text"] for each in others[:3])
    named = (send.function.variable, send.function.variable, send.function.signer)
    for each, name in zip(others[3:], named, strict=True):
        assert f"{name}: is not set" in each["text"]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_of_a_file(
    language: str,
    provider: str,
    world: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What `ids` prints sends; another order is an error before the call."""
    document = json.loads(printed(world, "json", capsys))
    case = case_of(world, provider, IdSource.JSON)
    send = case.sends[0]
    files = [tmp_path / f"ids-{n}.json" for n in range(3)]
    files[0].write_text(json.dumps(document), encoding="utf-8")
    templates = document["providers"][provider]["template"]
    templates[send.function.key]["parameters"].reverse()
    files[1].write_text(json.dumps(document), encoding="utf-8")
    del templates[send.function.key]
    files[2].write_text(json.dumps(document), encoding="utf-8")
    endpoint = f"http://127.0.0.1:{world.ports[provider]}"
    env = demo_keys(world.project)
    jobs = [Job({"endpoint": endpoint, "ids": str(file)}, env) for file in files]
    world.forget()
    sent, turned, gone = told(language, tmp_path, case, jobs)
    assert sent.get("ok") is True, sent
    assert world.received(provider) == {send.number: send.expected}
    assert world.count(provider) == 1
    assert (turned.get("error"), gone.get("error")) == ("InvalidValue",) * 2
    assert "another order" in turned["text"]
    assert "is not in the file of ids" in gone["text"]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_emulated_ids_call_loopback_only(
    language: str, provider: str, world: World, tmp_path: Path
) -> None:
    """Neither the service nor a host of one's own: an error, and nothing is called."""
    case = case_of(world, provider, IdSource.EMBEDDED)
    env = demo_keys(world.project)
    hosts = ("", "sms.example.com", "127.0.0.1.example.com", "localhost.example")
    jobs = [Job({"endpoint": each}, env) for each in hosts]
    for host, answer in zip(hosts, told(language, tmp_path, case, jobs), strict=True):
        assert "endpoint must be loopback" in answer["text"], host
