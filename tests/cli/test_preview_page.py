"""``smsform preview --format html``, ``-o`` and ``--plan``, as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.project import facts
from projects import UNGATED
from smsform.cli import run

CONFIG = f"""\
smsform: 1
providers: {{mainland: {{type: {UNGATED}, region: ap-guangzhou, endpoint: emulator}}}}
"""
PAPERS = facts(UNGATED)["signature"]
SIGNATURES = json.dumps(
    {
        "signatures": {
            "shop": {
                "name": "示例商城",
                "remark": "示例商城有限公司",
                UNGATED: PAPERS,
            }
        }
    }
)
TEMPLATES = """\
templates:
  pickup:
    name: 取件通知
    type: notification
    signature: shop
    content: 您的包裹已到前台，请于今日领取。
    remark: 包裹送达时发送，例如：您的包裹已到前台，请于今日领取。
"""
NOTE = "请在备注中说明取件地点"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template at an emulator, not submitted yet."""
    (tmp_path / "smsform.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "s.yaml").write_text(SIGNATURES, "utf-8")
    (tmp_path / "t.yaml").write_text(TEMPLATES, "utf-8")
    (tmp_path / "license.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def page(*arguments: str) -> str:
    """What ``preview --format html`` writes."""
    assert run(["preview", "--format", "html", *arguments, "-o", "page.html"]) == 0
    return Path("page.html").read_text("utf-8")


@pytest.mark.parametrize("layout", ["text", "json", "html"])
def test_a_file_gets_what_the_terminal_gets(
    project: Path, capsys: pytest.CaptureFixture[str], layout: str
) -> None:
    """``-o`` says where it went, on stderr, and prints nothing else."""
    assert run(["preview", "--format", layout]) == 0
    shown = capsys.readouterr().out
    assert run(["preview", "--format", layout, "-o", "out"]) == 0
    assert capsys.readouterr() == ("", "written to out\n")
    assert (project / "out").read_text("utf-8") == shown
    assert "您的包裹已到前台" in shown


def test_a_file_that_cannot_be_written_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which one and why, in one line."""
    assert run(["preview", "--format", "html", "-o", "no/where.html"]) == 1
    assert (
        capsys.readouterr().err == "Error: no/where.html: No such file or directory\n"
    )


def test_a_saved_plan_is_shown(project: Path) -> None:
    """What it creates; nothing else is known of where reviews stand."""
    assert run(["plan", "-o", "plan.json"]) == 0
    html = page("--plan", "plan.json")
    assert ' action_create changed">' in html
    assert "template.pickup" in html
    assert "signature.shop" in html  # a panel for what is no template


@pytest.mark.parametrize("form", ["saved", "reported"])
def test_files_that_go_along_are_shown(
    project: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Name, size and the beginning of the hash, as in the text of the plan."""
    assert run(["plan", "-o", "plan.json"]) == 0
    told = "with the file license.png: 72 bytes, sha256 "
    text = capsys.readouterr().out
    assert told in text
    if form == "reported":
        assert run(["plan", "--format", "json"]) == 0
        Path("plan.json").write_text(capsys.readouterr().out, "utf-8")
    begin = text.partition(told)[2][:12]
    html = page("--plan", "plan.json").partition("<footer>")[0]
    assert f'data-name="license.png" data-size=72 data-sha256="{begin}"' in html
    assert f"{told}{begin}…</p>" in html
    assert html.count("with the file") == 1
    (project / "license.png").unlink()
    assert run(["plan", "-o", "plan.json"]) == 0
    assert "with the file" not in page("--plan", "plan.json").partition("<footer>")[0]


@pytest.mark.parametrize("form", ["saved", "reported"])
def test_what_a_reviewer_said_stands_beside_the_new_text(
    project: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """In both forms of a plan; the before and after differ by one character."""
    assert run(["apply", "--auto-approve", "--wait"]) in (0, 4)
    address = "mainland/template.pickup"
    run(["emulate", "review", address, "--reject", NOTE])
    (project / "t.yaml").write_text(TEMPLATES.replace("到前台", "至前台"), "utf-8")
    capsys.readouterr()
    if form == "saved":
        assert run(["plan", "-o", "plan.json"]) == 0
    else:
        assert run(["plan", "--format", "json"]) == 0
        Path("plan.json").write_text(capsys.readouterr().out, "utf-8")
    html = page("--plan", "plan.json")
    assert ' action_update review_rejected changed"' in html
    assert NOTE in html
    assert "<del>到</del>" in html
    assert "<ins>至</ins>" in html


def test_a_plan_is_shown_of_what_was_asked_for(project: Path) -> None:
    """Templates that were left out do not come back as the plan's other entries."""
    other = TEMPLATES.removeprefix("templates:\n").replace("pickup:", "other:")
    other = other.replace("件", "货").replace("前台", "东门")
    (project / "t.yaml").write_text(TEMPLATES + other, "utf-8")
    assert run(["plan", "-o", "plan.json"]) == 0
    assert "template.other" in page("--plan", "plan.json")
    html = page("pickup", "--plan", "plan.json")
    assert "template.pickup" in html
    assert "template.other" not in html
    assert "signature.shop" in html


def test_a_reported_plan_tells_what_it_would_cost(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Segments before and after, and who could not be read."""
    assert run(["apply", "--auto-approve", "--wait"]) == 0
    longer = TEMPLATES.replace("到前台，", "到前台，" + "请带好您的有效证件，" * 6)
    (project / "t.yaml").write_text(longer, "utf-8")
    capsys.readouterr()
    assert run(["plan", "--format", "json"]) == 0
    Path("plan.json").write_text(capsys.readouterr().out, "utf-8")
    assert "segments: 1 → 2" in page("--plan", "plan.json")
    run(["emulate", "fault", "mainland", "unavailable", "--times", "50"])
    capsys.readouterr()
    assert run(["plan", "--format", "json"]) == 1
    Path("plan.json").write_text(capsys.readouterr().out, "utf-8")
    assert "nothing is known of it: mainland" in page("--plan", "plan.json")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"digest": "0"}, "its digest does not fit"),
        ({"smsform_plan": 99}, "format 99"),
        ({"smsform_plan": None, "x": 1}, "format None"),
        ({"smsform_plan_report": 1, "providers": {"a": {"lines": [{}]}}}, "not a plan"),
        ({"smsform_plan_report": 1, "providers": {"a": {"lines": []}}}, "not a plan"),
    ],
)
def test_a_plan_that_is_none_is_refused(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, object],
    why: str,
) -> None:
    """In one line: nothing half read is ever shown to a reviewer."""
    assert run(["plan", "-o", "plan.json"]) == 0
    document = json.loads(Path("plan.json").read_text("utf-8"))
    Path("plan.json").write_text(json.dumps({**document, **change}), "utf-8")
    capsys.readouterr()
    assert run(["preview", "--format", "html", "--plan", "plan.json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert why in err


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"segments": [0, 1]', '"segments": [0, 1e999]'),
        ('"drift": []', '"drift": [{"attribute": "", "submitted": [], "shown": {}}]'),
    ],
)
def test_a_plan_with_values_that_are_none_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], was: str, becomes: str
) -> None:
    """Anybody may have written it: what JSON can hold and a plan cannot is no plan."""
    assert run(["plan", "--format", "json"]) == 0
    text = json.dumps(json.loads(capsys.readouterr().out))
    assert was in text
    Path("plan.json").write_text(text.replace(was, becomes), "utf-8")
    assert run(["preview", "--format", "html", "--plan", "plan.json"]) == 1
    assert "not a plan" in capsys.readouterr().err


def test_a_plan_needs_a_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not silently left out of a text."""
    assert run(["preview", "--plan", "plan.json"]) == 64
    assert "--format html" in capsys.readouterr().err


def test_only_problems_of_what_is_shown_stand_on_the_page(project: Path) -> None:
    """Another template's are left out where one was asked for, and come with all."""
    other = "  other: {type: notification, signature: shop, content: 已到了！！}\n"
    (project / "t.yaml").write_text(TEMPLATES + other, "utf-8")
    assert "t.yaml:8:" not in page("pickup")
    assert "t.yaml:8:" in page()
    assert "Problems that belong to no template" not in page().partition("<footer>")[0]
