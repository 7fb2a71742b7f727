"""``smsform doctor``: what is wrong is named, with what to do; what is fine is said."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.project import Project
from projects import UNGATED, demo_keys
from smsform.emulation.server import serve
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.registry import specs

SECRET = "planted-secret-of-the-doctor-test"
ID = "AKIDplantedplantedplanted7x3q"
SPEC = specs()[UNGATED]
NAMES = tuple(demo_keys(UNGATED))  # of the variables that hold a key


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one provider, ``p``, at the emulator."""
    return Project(tmp_path, SPEC.type)


def configure(project: Project, **provider: Any) -> None:
    """Change the provider's entry in smsform.yaml; None takes a key out."""
    path = project.root / "smsform.yaml"
    config = yaml.safe_load(path.read_text())
    entry = {**config["providers"]["p"], **provider}
    config["providers"]["p"] = {k: v for k, v in entry.items() if v is not None}
    path.write_text(yaml.safe_dump(config, allow_unicode=True))


def checks(project: Project, code: int = 0) -> dict[str, dict[str, str]]:
    """The doctor's checks by topic, the last of each; the text says the same."""
    result = project("doctor", "--format", "json")
    assert result.code == code, result.out + result.err
    document = result.json
    assert document["smsform_doctor"] == 1
    assert (document["summary"]["fail"] > 0) == bool(code)
    text = project("doctor")
    assert text.code == code
    for check in document["checks"]:
        assert check["found"]
        assert check["health"] == "ok" or check["todo"]
        assert check["todo"] in text.out or check["topic"] == "clock"
    return {check["topic"]: check for check in document["checks"]}


class Behind:
    """A clock that lags *seconds* behind; nobody sleeps by it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def now(self) -> float:
        """The wall clock, late."""
        return time.time() - self._seconds

    def sleep(self, seconds: float) -> None:
        """Nothing here waits."""
        raise AssertionError


@pytest.fixture
def served(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serve an emulator whose clock lags, and let the project use it by address."""
    servers = []

    def start(seconds: float) -> None:
        config = ProviderConfig("p", SPEC.type, region="ap-guangzhou")
        service = SPEC.emulator(Store(None), Behind(seconds), config)
        service.wall = Behind(seconds)  # that of the machine it runs on, too
        servers.append(serve(service))
        address = servers[0].url.partition("://")[2]
        configure(project, endpoint=address, emulator=None)
        for name, value in demo_keys(SPEC.type).items():
            monkeypatch.setenv(name, value)

    yield start
    for server in servers:
        server.stop()


def test_all_is_well_at_the_emulator(project):
    """Every topic is there, every check is fine, and nothing was submitted."""
    found = checks(project)
    assert set(found) == {
        "versions",
        "project",
        "state",
        "lock",
        "evidence",
        "limits",
        "endpoint",
        "account",
        "quota",
        "credentials",
        "clock",
        "package",
    }
    assert {check["health"] for check in found.values()} == {"ok"}
    assert "emulator" in found["endpoint"]["found"]
    assert not project.store.everything()


@pytest.mark.parametrize(("seconds", "health"), [(100, "warn"), (3600, "fail")])
def test_a_clock_that_is_off_is_measured(seconds, health, project, served):
    """By the Date of the reply, a refusal's too; within two seconds."""
    served(seconds)
    found = checks(project, code=int(health == "fail"))
    clock = found["clock"]
    assert clock["health"] == health
    measured = int(clock["found"].split()[0])
    assert abs(measured - seconds) <= 2
    assert "ahead" in clock["found"]
    assert (found["account"]["health"] == "fail") is (health == "fail")


def test_an_address_of_this_machine_is_told_from_the_service(project, served):
    """Who thinks to be at production and is not, or the other way round, sees it."""
    served(0)
    found = checks(project)
    assert "on this machine" in found["endpoint"]["found"]
    assert NAMES[0] in found["credentials"]["found"]


def test_without_a_key_the_places_looked_at_are_named(project):
    """Nothing is called without one."""
    configure(project, endpoint=None, emulator=None)
    found = checks(project, code=1)
    assert NAMES[0] in found["credentials"]["found"]
    assert "clock" not in found


def test_nobody_answers(project, monkeypatch):
    """An unreachable endpoint is a failure; of a real key only the end is shown."""
    configure(project, endpoint="127.0.0.1:9", emulator=None)
    for name, value in zip(NAMES, (ID, SECRET), strict=True):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("smsform.clock.SystemClock.sleep", lambda *_: None)
    found = checks(project, code=1)
    assert "no connection" in found["account"]["found"]
    assert found["clock"]["health"] == "warn"
    assert "…7x3q" in found["credentials"]["found"]
    for format in ("text", "json"):
        result = project("-v", "doctor", "--format", format)
        said = result.out + result.err
        assert SECRET not in said
        assert ID[:-4] not in said


def test_the_state_is_where_it_lies(project):
    """An emulated provider's part has a place of its own."""
    assert "emulator.state.json: not there yet" in checks(project)["state"]["found"]
    project.apply()
    assert "emulator.state.json: addresses: " in checks(project)["state"]["found"]
    configure(project, endpoint=None)
    found = project("doctor", "--format", "json").json["checks"]
    [state] = [each["found"] for each in found if each["topic"] == "state"][:1]
    assert "smsform.state.json" in state
    assert "emulator" not in state


def test_a_project_without_providers_is_a_warning(project):
    """All is fine, and nothing would ever be submitted."""
    (project.root / "smsform.yaml").write_text("smsform: 1\n", "utf-8")
    found = checks(project)["project"]
    assert (found["health"], "providers" in found["todo"]) == ("warn", True)


def test_a_full_account_is_a_warning(project):
    """At the quota the next submission is refused; what frees a slot is said."""
    configure(project, account={"max_templates": 2})
    project("emulate", "seed", "--generate", "2")
    quota = checks(project)["quota"]
    assert quota["found"] == "templates: 2 of 2"
    assert (quota["health"], "max_templates" in quota["todo"]) == ("warn", True)


def test_a_block_of_another_place_fails(project):
    """The state file remembers where its ids are from."""
    version = {"id": "1", "origin": "submitted", "review": "approved"}
    block = {
        "identity": {"type": SPEC.type, "region": "ap-other"},
        "entries": {"template.a": {"versions": [version]}},
        "intents": {"template.b": {"action": "create"}},
    }
    document = {"smsform": 1, "providers": {"p": block}}
    project.state_path.write_text(json.dumps(document))
    result = project("doctor")
    assert result.code == 1
    assert "(region)" in result.out
    assert "submissions without an answer: p/template.b" in result.out


def test_a_lock_is_shown_with_its_owner(project):
    """And how to break it; doctor itself takes none."""
    lock = project.root / "smsform.state.json.lock"
    said = {"id": "abc", "owner": "eve", "host": "elsewhere", "pid": "7", "since": "t"}
    lock.write_text(json.dumps(said))
    found = checks(project)["lock"]
    assert "eve on elsewhere, process 7" in found["found"]
    assert "state unlock abc" in found["todo"]
    assert json.loads(lock.read_text()) == said


@pytest.mark.parametrize(
    ("file", "text", "topic"),
    [
        ("smsform.yaml", "smsform: [\n", "project"),
        ("smsform.yaml", None, "project"),
        ("definitions.yaml", "templates: {a: 1}\n", "project"),
        ("smsform.state.json", "{", "state"),
    ],
)
def test_what_is_broken_is_a_failed_check(file, text, topic, project):
    """A doctor does not fall ill: one line of what is wrong, and the rest goes on."""
    path = project.root / file
    path.unlink(missing_ok=True)
    if text is not None:
        path.write_text(text)
    assert checks(project, code=1)[topic]["health"] == "fail"


def test_missing_evidence_is_a_warning(project):
    """A file is needed only to submit."""
    (project.root / "license.png").unlink()
    found = checks(project)["evidence"]
    assert found["health"] == "warn"
    assert "license.png" in found["found"]


def test_one_provider_can_be_asked_about(project):
    """Another name is an error of usage with the known ones."""
    assert project("doctor", "--provider", "p").code == 0
    result = project("doctor", "--provider", "q")
    assert result.code == 64
    assert "known: p" in result.err


def test_variables_of_notify(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set or not, an address or none, what waits; nothing of the address is shown."""
    project.more["notify"] = [{"to": "env:TELL_OPS"}]
    project.write()
    monkeypatch.delenv("TELL_OPS", raising=False)
    check = checks(project)["notify"]
    assert (check["health"], "TELL_OPS" in check["found"]) == ("ok", True)
    project.apply()
    project.approve_all()
    project("status")
    check = checks(project)["notify"]
    assert (check["health"], "1" in check["found"]) == ("warn", True)
    host = "https://hooks.slack.com/services/T0/B0/" + SECRET
    monkeypatch.setenv("TELL_OPS", host)
    check = checks(project)["notify"]
    assert (check["health"], "Slack" in check["found"]) == ("ok", True)
    monkeypatch.setenv("TELL_OPS", "http://example.com/" + SECRET)
    check = checks(project, 1)["notify"]
    assert check["health"] == "fail"
    assert SECRET not in str(check)
    assert "example.com/" not in check["found"]
