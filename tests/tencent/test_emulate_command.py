"""``smsform emulate``: serving, and playing reviewer and network by hand."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from smsform.cli import Exit, run
from smsform.emulation import state_path, store_path
from smsform.emulation.store import Store
from smsform.model import Identity, Kind, Review
from smsform.providers.tencent import wire
from smsform.state import Block, FileState, Origin, Record, State, Version
from tencent.official import SIGN, TEMPLATE, Sdk

PROJECT = """\
smsform: 1
providers:
  shop: {type: tencent, region: ap-guangzhou, endpoint: emulator}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one emulated provider, as the current folder."""
    (tmp_path / "smsform.yaml").write_text(PROJECT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def entries(project: Path) -> dict[str, tuple[str, str]]:
    """Name -> review and note, from the project's store."""
    store = Store(store_path(project))
    found = {each.name: (each.review, each.note) for each in store.everything()}
    store.close()
    return found


def seed(project: Path, *items: object) -> int:
    """Put *items* there with the command; its exit code."""
    path = project / "seed.jsonl"
    lines = [json.dumps(item, ensure_ascii=False) for item in items]
    path.write_text("\n".join(lines), encoding="utf-8")
    return run(["emulate", "seed", str(path)])


@pytest.mark.judge
def test_a_served_emulator_is_driven_from_another_process(project: Path) -> None:
    """It says where it listens, takes verdicts and faults while it runs, ends clean."""
    command = [sys.executable, "-m", "smsform", "emulate", "--port", "0", "--no-pace"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        name, url, *_, id, _, _, key = process.stdout.readline().split()
        assert (name, id, key) == ("shop", wire.DEMO_SECRET_ID, wire.DEMO_SECRET_KEY)
        sdk = Sdk(int(url.rpartition(":")[2]))
        sign = sdk.call(wire.ADD_SIGN, SIGN)["AddSignStatus"]["SignId"]
        template = sdk.call(wire.ADD_TEMPLATE, TEMPLATE)["AddTemplateStatus"]
        assert run(["emulate", "review", str(sign), "--approve"]) == Exit.FINE
        reject = ["emulate", "review", template["TemplateId"], "--reject", "无样例"]
        assert run(reject) == Exit.FINE
        [item] = sdk.call(wire.DESCRIBE_TEMPLATES, {"International": 0, "Limit": 1})[
            "DescribeTemplateStatusSet"
        ]
        assert (item["StatusCode"], item["ReviewReply"]) == (-1, "无样例")
        fault = ["emulate", "fault", "shop", "refuse", "--code", "InternalError"]
        assert run([*fault, "--action", wire.DESCRIBE_SIGNS]) == Exit.FINE
        assert sdk.refused(wire.DESCRIBE_SIGNS, {"International": 0}) == "InternalError"
        assert sdk.refused(wire.DESCRIBE_SIGNS, {"International": 0}) == ""
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_seeds_come_in_the_services_shape_or_ours(project: Path) -> None:
    """Both spellings end as the same kind of entry, past every rule."""
    own = {
        "TemplateName": "自己的",
        "TemplateContent": "【坏】{7}",
        "StatusCode": -1,
        "ReviewReply": "格式",
        "International": 3,
        "CreateTime": 1_600_000_000,
    }
    ours = {"kind": "signature", "name": "示例商城", "review": "in_review"}
    assert seed(project, own, ours) == Exit.FINE
    assert entries(project) == {
        "自己的": ("rejected", "格式"),
        "示例商城": ("in_review", ""),
    }
    assert run(["emulate", "seed", "--generate", "300"]) == Exit.FINE
    assert len(entries(project)) == 302
    assert run(["emulate", "reset"]) == Exit.FINE
    assert entries(project) == {}


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"text": "x"}, "name"),
        ({"name": "x", "review": "maybe"}, "maybe"),
        ({"name": "x", "StatusCode": 7}, "7"),
        ([1], "object"),
        ({"name": "x", "review": "cancelled"}, "cancelled"),
        ({"name": "x", "id": "one"}, "one"),
    ],
)
def test_a_bad_seed_is_refused_whole(
    project: Path, item: object, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of the file is kept, and the message says what is wrong."""
    assert seed(project, {"name": "good"}, item) == Exit.ERROR
    assert words in capsys.readouterr().err
    assert entries(project) == {}


@pytest.mark.parametrize(
    ("written", "words"),
    [(b'[{"name": "\xff"}]', "UTF-8"), (b'[{"name": "\\ud800"}]', "surrogates")],
)
def test_a_seed_that_is_no_text_is_refused(
    written: bytes, words: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In another encoding, or with half a character."""
    (project / "odd.json").write_bytes(written)
    assert run(["emulate", "seed", "odd.json"]) == Exit.ERROR
    assert words in capsys.readouterr().err
    assert entries(project) == {}


def test_an_address_means_its_newest_version(project: Path) -> None:
    """The id comes from the emulated state, which never is the committed file."""
    run(["emulate", "seed", "--generate", "2"])
    versions = tuple(
        Version(id, Origin.SUBMITTED, "n", Review.IN_REVIEW, {})
        for id in ("1100001", "1100002")
    )
    records = {(Kind.TEMPLATE, "login"): Record(versions)}
    identity = Identity("tencent", endpoint="emulator")
    FileState(state_path(project)).save(State({"shop": Block(identity, records)}))
    assert run(["emulate", "review", "shop/template.login", "--approve-inactive"]) == 0
    assert entries(project) == {
        "template_1": ("approved", ""),
        "template_2": ("approved_inactive", ""),
    }


def test_a_verdict_the_service_does_not_have_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This service cannot cancel a review, so nobody can by hand."""
    seed(project, {"name": "自己的", "review": "in_review", "id": 7})
    assert run(["emulate", "review", "7", "--cancel"]) == Exit.ERROR
    assert "cancelled" in capsys.readouterr().err
    assert entries(project) == {"自己的": ("in_review", "")}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--host", "0.0.0.0"], Exit.ERROR, "--host"),
        (["--review", "never"], Exit.ERROR, "after_reads"),
        (["--store", "smsform.yaml"], Exit.ERROR, "smsform.yaml"),
        (["review", "999", "--approve"], Exit.ERROR, "999"),
        (["review", "shop/template.x", "--approve"], Exit.ERROR, "shop/template.x"),
        (["review", "9", "--approve", "--reject", "x"], Exit.USAGE, "--approve"),
        (["review", "9"], Exit.USAGE, "--approve"),
        (["review", "9", "--cancel", "--reject", "x"], Exit.USAGE, "--cancel"),
        (["review", "x", "--approve"], Exit.USAGE, "x"),
        (["fault", "nobody", "throttle"], Exit.ERROR, "shop"),
        (["fault", "shop", "earthquake"], Exit.USAGE, "earthquake"),
        (["seed"], Exit.USAGE, "JSON"),
    ],
)
def test_wrong_use_says_what_is_right(
    project: Path,
    arguments: list[str],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code and a sentence, never a traceback."""
    assert run(["emulate", *arguments]) == code
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error


def test_an_unknown_setting_is_named_with_its_neighbour(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt switch in smsform.yaml stops the emulator, with the right spelling."""
    text = PROJECT.replace("emulator}", "emulator, emulator: {uniqe_names: true}}")
    (project / "smsform.yaml").write_text(text, encoding="utf-8")
    assert run(["emulate", "--port", "0"]) == Exit.ERROR
    error = capsys.readouterr().err
    assert "uniqe_names" in error
    assert "unique_names" in error


def test_the_log_shows_what_arrived(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As JSON, one object a call, without any key or text of the request."""
    assert run(["emulate", "log", "--format", "json"]) == Exit.FINE
    log = json.loads(capsys.readouterr().out)
    assert log == {"smsform_emulate_log": 1, "calls": []}


def test_without_a_project_the_store_must_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is created in a folder that is no project."""
    monkeypatch.chdir(tmp_path)
    assert run(["emulate", "reset"]) == Exit.ERROR
    assert "--store" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert run(["emulate", "--store", "here.sqlite", "reset"]) == Exit.FINE
    assert (tmp_path / "here.sqlite").exists()
