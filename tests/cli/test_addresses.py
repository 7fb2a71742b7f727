"""Addresses as people write them: whole, a key, a pattern; and what is offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from conformance.project import a_png, facts
from smsform.cli import Exit, run
from smsform.registry import specs

TYPE = min(specs())
TEXTS = {
    "login_code": "您的登录验证码为{{ code }}，请勿告诉他人。",
    "login_ok": "您的账号已在新设备登录，请留意。",
    "pickup": "您的包裹已到东门驿站，请当日领取。",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two emulated providers; ``pickup`` goes to the first only."""
    provider = {"type": TYPE, "endpoint": "emulator", "region": "ap-guangzhou"}
    configure(tmp_path, one=provider, two=provider)
    templates = {
        key: {
            "type": "notification",
            "name": key,
            "content": text,
            "signature": "shop",
            TYPE: facts(TYPE).get("template", {}),
        }
        for key, text in TEXTS.items()
    }
    templates["login_code"] |= {
        "type": "verification",
        "params": {"code": {"sample": "183029", "kind": "code"}},
    }
    templates["pickup"]["providers"] = ["one"]
    shop = {"name": "示例商城", "remark": "示例", TYPE: facts(TYPE)["signature"]}
    document = {"signatures": {"shop": shop}, "templates": templates}
    (tmp_path / "license.png").write_bytes(a_png())
    text = yaml.safe_dump(document, allow_unicode=True)
    (tmp_path / "texts.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(root: Path, **providers: dict[str, str]) -> None:
    """Write smsform.yaml."""
    config = {"smsform": 1, "providers": providers}
    (root / "smsform.yaml").write_text(yaml.safe_dump(config), "utf-8")


def planned(capsys: pytest.CaptureFixture[str], *flags: str) -> list[str]:
    """The addresses on the lines of a plan, and ``name:`` of each provider in it."""
    assert run(["--quiet", "plan", "--format", "json", *flags]) == Exit.FINE
    parts = json.loads(capsys.readouterr().out)["providers"]
    lines = [line["address"] for part in parts.values() for line in part["lines"]]
    return sorted([*lines, *(f"{name}:" for name in parts)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one/template.pickup", ["one/template.pickup", "one:"]),
        ("pickup", ["one/template.pickup", "one:"]),
        (
            "template.login_ok",
            ["one/template.login_ok", "one:", "two/template.login_ok", "two:"],
        ),
        (
            "*/template.login_*",
            [
                "one/template.login_code",
                "one/template.login_ok",
                "one:",
                "two/template.login_code",
                "two/template.login_ok",
                "two:",
            ],
        ),
        ("two/*login_ok", ["two/template.login_ok", "two:"]),
        ("pick*", ["one/template.pickup", "one:"]),
    ],
)
def test_a_key_or_a_pattern_means_all_it_fits(
    text: str, found: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A provider that is left out is no part of the plan, and has no heading."""
    assert planned(capsys, "--target", text) == found
    for form in ("text", "markdown"):
        assert run(["--quiet", "plan", "--format", form, "--target", text]) == Exit.FINE
        told = capsys.readouterr().out
        assert ("one (" in told or "one</code> (" in told) is ("one:" in found)
        assert ("two (" in told or "two</code> (" in told) is ("two:" in found)


def test_a_provider_left_out_is_not_asked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its key may be broken: nothing of it is wanted."""
    assert run(["-v", "plan", "--target", "two/template.login_ok"]) == Exit.FINE
    told = capsys.readouterr().err
    assert "two " in told
    assert "one " not in told


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("login_cod", "did you mean one/template.login_code, two/template.login_code"),
        ("two/template.pickup", "did you mean one/template.pickup"),
        ("tow/template.login_ok", "did you mean one/template.login_ok, two/"),
        ("nothing", "there are: one/signature.shop, one/template.login_code, "),
        ("one/template.zzz", "there are: one/signature.shop, "),
    ],
)
def test_what_is_unknown_gets_what_is_near_else_what_there_is(
    text: str, offered: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only keys make addresses near: all have the rest in common."""
    assert run(["plan", "--target", text]) == Exit.USAGE
    told = capsys.readouterr().err
    assert offered in told
    assert ("did you mean" in told) is offered.startswith("did you mean")


def test_where_one_is_wanted_several_are_an_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are listed; one that only one provider has is found by its key."""
    assert run(["--quiet", "apply", "--auto-approve", "--wait"]) == Exit.FINE
    capsys.readouterr()
    assert run(["state", "show", "login_code"]) == Exit.USAGE
    told = capsys.readouterr().err
    assert "means 2 addresses" in told
    assert "one/template.login_code, two/template.login_code" in told
    assert run(["state", "show", "pickup"]) == Exit.FINE
    [version] = json.loads(capsys.readouterr().out)["versions"]
    assert version["name"] == "pickup"
    assert run(["emulate", "review", "pickup", "--reject", "no"]) == Exit.FINE
    assert run(["emulate", "review", "login_ok", "--approve"]) == Exit.USAGE
    capsys.readouterr()
    # A pattern does what there is to do; nothing at all to do is said.
    assert run(["--quiet", "plan", "--resubmit", "*/template.*"]) == Exit.FINE
    assert "sent again, as asked" in capsys.readouterr().out
    assert run(["plan", "--resubmit", "login_*"]) == Exit.ERROR
    assert "nothing to send again at login_*" in capsys.readouterr().err


def test_a_rejection_says_what_can_be_done(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In text and Markdown, in both languages."""
    run(["--quiet", "apply", "--auto-approve", "--provider", "one"])
    run(["--quiet", "apply", "--auto-approve", "--provider", "one", "--wait"])
    run(["emulate", "review", "one/signature.shop", "--reject", "no"])
    capsys.readouterr()
    way = "smsform apply --resubmit one/signature.shop"
    for language, word in (("en", "edit the definition"), ("zh", "修改定义")):
        for form in ("text", "markdown"):
            run(["--quiet", "--lang", language, "plan", "--format", form])
            told = capsys.readouterr().out
            assert way in told
            assert word in told


def test_a_renamed_provider_is_asked_about_and_moves_whole(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also at the emulator: nothing is created again under the new name."""
    run(["--quiet", "apply", "--auto-approve", "--wait"])
    config = yaml.safe_load((project / "smsform.yaml").read_text("utf-8"))["providers"]
    configure(project, uno=config["one"], two=config["two"])
    definitions = project / "texts.yaml"
    text = definitions.read_text("utf-8").replace("- one", "- uno")
    definitions.write_text(text, "utf-8")
    capsys.readouterr()
    for command in ("plan", "apply", "ids", "status"):
        assert run(["--quiet", command]) == Exit.ERROR
        assert "`smsform state mv one NAME`" in capsys.readouterr().err
    assert run(["state", "mv", "one", "two"]) == Exit.ERROR
    assert "owns something already" in capsys.readouterr().err
    assert run(["state", "mv", "one", "three"]) == Exit.USAGE
    assert run(["state", "mv", "one", "uno"]) == Exit.FINE
    assert "one is uno now" in capsys.readouterr().err
    assert run(["--quiet", "plan", "--detailed-exitcode"]) == Exit.FINE
    assert run(["ids", "--require", "uno/template.pickup"]) == Exit.FINE


def test_a_key_alone_stays_where_it_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``state mv pickup parcel`` renames at the provider that has it."""
    run(["--quiet", "apply", "--auto-approve", "--wait", "--provider", "one"])
    capsys.readouterr()
    assert run(["state", "mv", "pickup", "parcel"]) == Exit.FINE
    moved = "one/template.pickup is one/template.parcel now"
    assert moved in capsys.readouterr().err


def test_of_a_signature_the_name_is_handed_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Senders give the name; the id stands beside it."""
    run(["--quiet", "apply", "--auto-approve", "--wait", "--provider", "one"])
    capsys.readouterr()
    assert run(["ids"]) == Exit.FINE
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document["smsform_ids"] == 2
    kinds = document["providers"]["one"]
    assert kinds["signature"]["shop"]["send"] == "示例商城"
    assert kinds["signature"]["shop"]["name"] == "示例商城"
    assert kinds["signature"]["shop"]["id"]
    pickup = kinds["template"]["pickup"]
    assert pickup["send"] == pickup["id"]
    assert "two/signature.shop: no approved id yet" in told.err
    assert run(["ids", "--format", "env"]) == Exit.FINE
    lines = capsys.readouterr().out.splitlines()
    assert "ONE_SIGNATURE_SHOP=示例商城" in lines
    assert f"ONE_TEMPLATE_PICKUP={pickup['id']}" in lines
