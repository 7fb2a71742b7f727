"""``doctor --shapes``: what nobody described is told, what an account holds never."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from conformance import mixed
from conformance.project import Project
from smsform.model import Review
from smsform.project.in_process import InProcess
from smsform.registry import specs
from smsform.shapes import findings
from smsform.transport import NoReply, Reply

DESCRIBED = sorted(type for type, spec in specs().items() if spec.shapes())
CONTENT = (
    "13800138000",
    "+8613912345678",
    "张三",
    "您的验证码是183029，请勿泄露。",
    "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE7",
    "LTAI5tPlantedKey0Xy7Zq9w",
    "somebody@example.com",
    "https://shop.example/s?token=abcdef",
    "\x1b[31mred",
    "示例商城有限公司",
    "zhang san",
    "SMS_154950909",
    "<img src=x>",
)
FORMS = (("text",), ("json",), ("text", "--lang", "zh"))


def shapes(project: Project, form: str = "json", *flags: str) -> Any:
    """What ``doctor --shapes`` prints."""
    return project(*flags, "doctor", "--shapes", "--format", form)


@pytest.fixture(scope="module", params=DESCRIBED)
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> mixed.Mixed:
    """An account that holds entries in every state of a review."""
    return mixed.prepare(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture
def lived(prepared: mixed.Mixed, tmp_path: Path) -> Project:
    """A project with such an account."""
    return prepared.copied(tmp_path / "twin")


def altered(
    monkeypatch: pytest.MonkeyPatch, alter: Callable[[bytes], bytes]
) -> list[bytes]:
    """Let *alter* have its way with the body of every reply; these are listed."""
    answer, seen = InProcess.send, []

    def send(self: InProcess, *args: Any) -> Reply | NoReply:
        reply = answer(self, *args)
        assert isinstance(reply, Reply)
        seen.append(alter(reply.body))
        return replace(reply, body=seen[-1])

    monkeypatch.setattr(InProcess, "send", send)
    return seen


def test_the_emulator_answers_what_is_described(lived: Project) -> None:
    """Every list, every state of a review; what it marks as unknown is told so."""
    result = shapes(lived)
    assert result.code == 0, result.err
    [service] = result.json["services"]
    assert service["emulated"]
    assert len(service["actions"]) >= 2
    assert service["undescribed"] == service["not_json"] == 0
    strange = {each["strange"] for it in service["actions"] for each in it["unknown"]}
    held = {entry.review for entry in lived.store.everything()}
    assert strange == ({"value"} if Review.UNKNOWN in held else set())
    assert "Nothing unknown" in shapes(lived, "text").out or strange


def planted(document: Any, say: Callable[[], str], depth: int = 0) -> Any:
    """*document* with content in every text, under its names and beside them."""
    if isinstance(document, str):
        return say()
    if isinstance(document, list):
        return [planted(each, say, depth + 1) for each in document]
    if isinstance(document, dict):
        kept = {name: planted(each, say, depth + 1) for name, each in document.items()}
        return {**kept, say(): say(), "ExtraField": {say(): [{"Inner": say()}]}}
    return document


@pytest.mark.parametrize("kept", [True, False])
def test_no_content_of_an_account_is_printed(
    kept: bool, lived: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hostile service, or one that tells all it knows: nothing of it is repeated.

    Once what decides how a reply is read is left as it is, so that all calls are made.
    """
    rolls = random.Random(7)

    def alter(body: bytes) -> bytes:
        document = json.loads(body)
        told = planted(document, lambda: rolls.choice(CONTENT))
        return json.dumps(merged(document, told) if kept else told).encode()

    seen = altered(monkeypatch, alter)
    for form, *flags in FORMS:
        result = shapes(lived, form, *flags)
        said = result.out + result.err
        assert [text for text in CONTENT if text in said] == []
        assert "ExtraField" in result.out
        assert "Inner" in result.out
        assert not (result.code and kept), said
    assert len(seen) > 5 if kept else seen


def merged(document: Any, told: Any) -> Any:
    """*told* where *document* has nothing."""
    if isinstance(document, dict):
        return {
            **told,
            **{key: merged(each, told[key]) for key, each in document.items()},
        }
    if isinstance(document, list):
        return [merged(*pair) for pair in zip(document, told, strict=True)]
    return document


def test_the_own_names_are_not_printed(lived: Project) -> None:
    """Neither a provider's name nor an address, a path, a text or an id there."""
    config = lived.root / "smsform.yaml"
    text = config.read_text().replace("\n  p:", "\n  secret-customer:")
    config.write_text(text.replace("p/", "secret-customer/"))
    said = "".join(shapes(lived, form, *flags).out for form, *flags in FORMS)
    entries = lived.store.everything()
    own = {"secret-customer", str(lived.root), "示例商城"}
    own |= {entry.text for entry in entries} | {lived.id_of(entry) for entry in entries}
    own |= {entry.name for entry in entries}
    assert [each for each in own if each and each in said] == []


def test_a_refusal_is_told_without_its_words(lived: Project) -> None:
    """The whole of it is for `smsform doctor`; nothing of it is printed."""
    lived("emulate", "fault", "p", "throttle", "--times", "999")
    result = shapes(lived)
    assert result.code == 1
    assert result.json["services"][0]["failures"] == ["refused"]
    assert "smsform doctor" in shapes(lived, "text").out


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"null", b"[1]"])
def test_what_is_no_reply_at_all_is_counted(
    body: bytes, lived: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of a proxy, nothing, a bomb: no traceback, and said."""
    altered(monkeypatch, lambda _: body)
    result = shapes(lived)
    assert result.code == 1
    [service] = result.json["services"]
    assert service["failures"]
    assert service["not_json"] or service["actions"][0]["unknown"] or body == b"null"


@pytest.mark.parametrize("type", DESCRIBED)
def test_what_is_described_says_where_and_when(type: str) -> None:
    """And it is a shape: an empty reply has nothing unknown."""
    for shape in specs()[type].shapes().values():
        assert shape.source
        assert shape.read.startswith("20")
        assert list(findings(shape, {})) == []
