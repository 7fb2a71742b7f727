"""``smsform preview``, as it is called."""

from __future__ import annotations

import json
import re
from html import escape
from io import StringIO
from pathlib import Path

import pytest

from projects import UNGATED
from smsform.cli import run
from smsform.report.terminal import width

CONFIG = f"""\
smsform: 1
vars: {{brand: 示例商城}}
providers:
  mainland: {{type: {UNGATED}, region: ap-guangzhou, endpoint: emulator}}
  abroad:
    {{type: {UNGATED}, region: ap-singapore, endpoint: emulator, credentials_env: HK}}
"""
TEMPLATES = """\
signatures:
  shop: {name: 示例商城}
templates:
  login:
    name: 登录验证码
    type: verification
    signature: shop
    content: "{{ code }}为您的登录验证码，请勿告诉他人。"
    params: {code: {sample: "183029", kind: code}}
    remark: 用户登录时发送，例如：183029为您的登录验证码，请勿告诉他人。
    providers: [mainland]
  parcel:
    type: notification
    signature: shop
    content: 您的包裹已到前台，请于今日领取。
    remark: 包裹送达时发送，例如：您的包裹已到前台，请于今日领取。
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two templates, one for one provider only; an 80-column terminal."""
    (tmp_path / "smsform.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "t.yaml").write_text(TEMPLATES, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def test_a_template_is_shown_as_its_recipient_reads_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole output, as a person gets it."""
    assert run(["preview", "login"]) == 0
    assert capsys.readouterr() == (
        "login  登录验证码\n"
        "  verification, domestic · t.yaml:4:3\n"
        "  mainland: {1}为您的登录验证码，请勿告诉他人。\n"
        "    by position: code\n"
        "\n"
        "  sample · 1 segment, 28 of 70 characters\n"
        "  ╭────────────────────────────────────────────────────╮\n"
        "  │ 【示例商城】183029为您的登录验证码，请勿告诉他人。 │\n"
        "  ╰────────────────────────────────────────────────────╯\n",
        "",
    )


def test_all_templates_are_shown_without_a_key(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order of the files, a blank line between; twice the same key is once."""
    assert run(["preview"]) == 0
    out = capsys.readouterr().out
    assert out.index("login  登录验证码\n") < out.index("\n\nparcel  parcel\n")
    assert run(["preview", "parcel", "login", "login"]) == 0
    assert capsys.readouterr().out == out


def test_a_provider_narrows_it_down(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what goes there, and only its text."""
    assert run(["preview", "--provider", "abroad"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("parcel  parcel\n")
    assert "abroad: 您的包裹" in out
    assert "mainland" not in out
    assert err == ""
    assert run(["preview", "login", "--provider", "abroad"]) == 0
    assert capsys.readouterr() == ("", "no templates to show\n")


def test_json_is_for_programs(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One document with everything the text shows."""
    assert run(["preview", "--format", "json", "--provider", "mainland"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["smsform_preview"] == 1
    login, parcel = document["templates"]
    assert login["messages"][0]["pieces"] == [
        {"text": "【示例商城】", "parameter": ""},
        {"text": "183029", "parameter": "code"},
        {"text": "为您的登录验证码，请勿告诉他人。", "parameter": ""},
    ]
    assert parcel["natives"][0]["providers"] == ["mainland"]


def test_an_unknown_key_or_provider_is_answered_with_what_there_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip of the finger costs one look."""
    assert run(["preview", "lgin"]) == 1
    err = capsys.readouterr().err
    assert "there is no template lgin" in err
    assert "did you mean login?" in err
    assert run(["preview", "mystery"]) == 1
    assert "known: login, parcel" in capsys.readouterr().err
    assert run(["preview", "--provider", "x"]) == 64
    assert "known: mainland, abroad" in capsys.readouterr().err


def test_what_the_rules_say_stands_with_the_text(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reviewer sees both at once; problems alone are no failure of a preview."""
    broken = TEMPLATES.replace('"{{ code }}为', '"{{ code }}！！为')
    broken = broken.replace("例如：183029为", "例如：183029！！为")
    (project / "t.yaml").write_text(broken, "utf-8")
    assert run(["preview", "login"]) == 0
    out = capsys.readouterr().out
    assert "│ 【示例商城】183029！！为" in out
    assert "\n\n  t.yaml:8:14: " in out
    assert run(["preview", "parcel"]) == 0
    assert "t.yaml:8:14" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("{{ code }}", "{{ code | upper }}", "cannot be rendered: its text has errors"),
        ("{{ code }}", "{{ kode }}", "cannot be rendered: 'kode' is undefined"),
    ],
)
def test_a_text_that_cannot_be_rendered_is_told_and_the_others_shown(
    project: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, shown: str
) -> None:
    """The exit code says that something is missing; its problem stands below."""
    (project / "t.yaml").write_text(TEMPLATES.replace(old, new), "utf-8")
    assert run(["preview"]) == 1
    out, _ = capsys.readouterr()
    assert f"  {shown}\n" in out
    assert "t.yaml:8:" in out
    assert "│ 【示例商城】您的包裹已到前台" in out


def test_a_template_that_cannot_be_read_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its problems when it is asked for by name, else that something may lack."""
    broken = TEMPLATES.replace("type: verification", "type: [verification]")
    (project / "t.yaml").write_text(broken, "utf-8")
    assert run(["preview"]) == 1
    out, err = capsys.readouterr()
    assert "parcel" in out
    assert err.endswith("templates may lack here: run `smsform validate`\n")
    assert run(["preview", "login"]) == 1
    assert "t.yaml:6:11: error SF113: " in capsys.readouterr().err
    assert run(["preview", "parcel"]) == 0


def test_hostile_text_is_shown_as_those_very_characters(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names and samples cannot reach the terminal raw, in no format."""
    hostile = TEMPLATES.replace("name: 登录验证码", r'name: "a\u202e</script>`ls`"')
    hostile = hostile.replace('"183029"', r'"\u200b{{ x }}\u2066"')
    (project / "t.yaml").write_text(hostile, "utf-8")
    for arguments in ([], ["--format", "json"]):
        assert run(["preview", "login", *arguments]) == 0
        out = capsys.readouterr().out
        assert r"a\u202e</script>`ls`" in out
        assert r"\u200b{{ x }}\u2066" in out
        assert not set(out) & set("\u202e\u200b\u2066")


def test_codes_for_terminals_are_shown_and_complained_about(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An escape in YAML reaches the value: it is seen beside the error, not dropped."""
    written = r"</script><img src=x onerror=alert(1)> | ```\e[31mred\e[0m"
    (project / "t.yaml").write_text(TEMPLATES.replace("183029", written), "utf-8")
    shown = written.replace(r"\e", r"\x1b")
    page = project / "preview.html"
    run(["preview", "login", "--format", "html", "-o", str(page)])
    assert escape(shown) in page.read_text("utf-8")
    capsys.readouterr()
    run(["--color", "never", "preview", "login"])
    out = capsys.readouterr().out
    assert shown in re.sub(r" *│\n *│ ", "", out)
    assert "t.yaml:9:29: error SF102: the character U+001B must not stand here" in out
    assert "\x1b" not in out
    assert run(["plan"]) == 1


def test_colour_marks_the_values(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On request also without a terminal."""
    assert run(["--color", "always", "preview", "login"]) == 0
    assert "\x1b[4m\x1b[36m183029\x1b[39m\x1b[24m" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal(
    project: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Headings, boxes, arrows and problems; a file has whole lines."""
    long = TEMPLATES.replace("请于今日领取。\n", f"请于今日领取{'，谢谢' * 30}。\n", 1)
    long = long.replace(
        "signature: shop\n    content: 您的",
        "signature: shop_of_somebody_else_far_away\n    content: 您的",
    )
    (project / "t.yaml").write_text(long, "utf-8")
    monkeypatch.setenv("COLUMNS", "50")
    terminal = StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdout", terminal)
    call = ["--color", "never", "--lang", language, "preview", "parcel"]
    assert run(call) == 0
    lines = terminal.getvalue().splitlines()
    assert max(map(width, lines)) == 50
    assert any("↑" in line for line in lines)
    assert run([*call, "-o", "out"]) == 0
    written = (project / "out").read_text("utf-8").splitlines()
    assert max(width(line) for line in written if "SF" in line) > 50
