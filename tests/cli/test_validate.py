"""``smsform validate``, as it is called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from projects import UNGATED
from smsform.cli import run

CONFIG = f"""\
smsform: 1
providers:
  cloud: {{type: {UNGATED}, region: ap-guangzhou, endpoint: emulator}}
"""
FINE = """\
signatures:
  shop: {name: 示例商城}
templates:
  login:
    type: verification
    signature: shop
    content: "{{ code }}为您的登录验证码，请勿告诉他人。"
    params: {code: {sample: "183029", kind: code}}
    remark: 用户登录时发送，例如：183029为您的登录验证码，请勿告诉他人。
"""
EXAMPLE = Path(__file__).parents[2] / "templates.example"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without problems; the current folder."""
    (tmp_path / "smsform.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "t.yaml").write_text(FINE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_fine_project_prints_nothing_to_stdout(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Silence is data; the good news goes to stderr."""
    assert run(["validate"]) == 0
    assert capsys.readouterr() == ("", "2 definitions, no problems\n")


def test_errors_are_printed_with_their_place_and_exit_1(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where, how bad, which rule, what, what to do; then the count."""
    (project / "t.yaml").write_text(FINE.replace("content:", "contnt:"), "utf-8")
    assert run(["validate"]) == 1
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].startswith("t.yaml:7:5: error SF112: ")
    assert lines[1].startswith("    ")
    assert "content" in out
    assert lines[-1].startswith("1 error")
    assert err == ""


def test_warnings_are_fatal_only_when_strict(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A warning is printed either way; --strict and lint.strict make it an error."""
    text = "\n".join(line for line in FINE.splitlines() if "remark" not in line)
    (project / "t.yaml").write_text(text, "utf-8")
    assert run(["validate"]) == 0
    assert "t.yaml:4:3: warning SF221: " in capsys.readouterr().out
    assert run(["validate", "--strict"]) == 1
    assert "t.yaml:4:3: error SF221: " in capsys.readouterr().out
    (project / "smsform.yaml").write_text(CONFIG + "lint: {strict: true}\n", "utf-8")
    assert run(["validate"]) == 1


def test_json_is_printed_whatever_is_found(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also for a fine project, also when smsform.yaml itself has errors."""
    assert run(["validate", "--format", "json"]) == 0
    empty = {"error": 0, "warning": 0, "info": 0}
    assert json.loads(capsys.readouterr().out) == {
        "smsform_problems": 1,
        "problems": [],
        "summary": empty,
    }
    (project / "smsform.yaml").write_text(CONFIG + "proivders: {}\n", "utf-8")
    assert run(["validate", "--format", "json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["line"]) == ("smsform.yaml", 4)


def test_a_missing_project_is_one_line_and_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to check is an error, not a project without problems."""
    assert run(["-C", str(tmp_path), "validate"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: ")
    assert "smsform.yaml" in err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf",
        b"- 1",
        b"a: [",
        b"{",
        b"\t",
        b"templates: 1",
        b"templates: {a: 1}",
        b"templates: {a: {content: {b: c}}}",
        b"&a [*a]",
        b"templates: &a {b: *a}",
        b"? [a]\n: b",
        b"--- 1\n--- 2",
        b"templates: {a: {type: [], content: [], params: [], samples: 1}}",
        b'templates: {"a\x1b[31m\xe2\x80\xae</script>`ls`": {type: x}}',
        b"signatures: {s: {name: {}, TYPE: 3, providers: {}}}",
        b"a: !!python/object/apply:os.system [ls]",
        b"[" * 5000,
        b"%YAML 9",
        b"x: " + b"9" * 5000,
        b'templates: {a: {type: marketing, TYPE: {native: "\\x005\\x00{1}"},'
        b' params: {p: {sample: "\\x000\\x00", TYPE: "x"}}}}',
        b"templates: {a: {type: marketing, content: '{{ {{ }} }} {1}'}}",
        b"templates: {a: {type: marketing, TYPE: {native: '{x}{99999999999}'}}}",
    ],
)
@pytest.mark.parametrize("file", ["smsform.yaml", "t.yaml"])
@pytest.mark.parametrize("command", ["validate", "preview"])
def test_no_input_makes_a_traceback(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    file: str,
    content: bytes,
) -> None:
    """Damaged and hostile files end in problems, an exit code, and harmless output."""
    (project / file).write_bytes(content.replace(b"TYPE", UNGATED.encode()))
    assert run([command]) in (0, 1)
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert not set(out + err) & set("\x1b\u202e\x00")


def test_hostile_names_are_shown_as_those_very_characters(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a file calls itself cannot reach the terminal raw."""
    definition = r'templates: {"a\e[31m\u202e</script>`ls`": {type: x}}'
    (project / "t.yaml").write_text(definition, "utf-8")
    assert run(["--color", "always", "validate"]) == 1
    out = capsys.readouterr().out
    assert r"a\x1b[31m\u202e</script>`ls`" in out
    assert "\x1b[31ma" not in out
    assert "\u202e" not in out


def test_colour_is_by_choice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No terminal, no colour; --color always colours all the same."""
    (project / "t.yaml").write_text("templates: 1", "utf-8")
    assert run(["validate"]) == 1
    assert "\x1b" not in capsys.readouterr().out
    assert run(["--color", "always", "validate"]) == 1
    assert "\x1b[31merror" in capsys.readouterr().out


def test_the_example_has_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    """What people copy is clean, even when warnings count."""
    assert run(["-C", str(EXAMPLE), "validate", "--strict"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("command", "allowed"), [("validate", ""), ("preview", "jinja2"), ("rules", "")]
)
def test_offline_commands_load_no_client(command: str, allowed: str) -> None:
    """Start-up is part of the product: only preview pays for rendering."""
    script = (
        "import sys; from smsform.cli import run; "
        f"assert run(['-C', {str(EXAMPLE)!r}, {command!r}]) == 0; "
        "heavy = {'requests', 'urllib3', 'deepdiff', 'sqlite3', 'wsgiref', 'jinja2'}; "
        "print('\\n' + ','.join(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1].split(",") == [allowed]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--quiet", "state", "list"],
        ["state", "--quiet", "list"],
        ["state", "list", "--quiet"],
    ],
)
def test_quiet_stands_before_or_behind_the_command(
    arguments: list[str], project: Path
) -> None:
    """Nobody has to remember which side of the command it belongs to."""
    assert run(arguments) == 0


@pytest.mark.parametrize(
    "arguments", [["-C", "x"], ["-v"], ["--color", "never"], ["--", "--quiet"]]
)
def test_an_option_of_all_commands_stands_first(
    arguments: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind the command it is refused, and the message says where it goes."""
    assert run(["validate", *arguments]) == 64
    told = f"{arguments[0]} stands before the command"
    assert (told in capsys.readouterr().err) is (arguments[0] != "--")


@pytest.mark.parametrize(
    "text", ["", "zzz", "signature.login", "p/zzz", "p/x.zzz", "zzz*", "*/login"]
)
@pytest.mark.parametrize(
    "command",
    [
        ["state", "show", "@"],
        ["state", "rm", "@"],
        ["state", "mv", "@", "p/template.b"],
        ["import", "@", "1"],
        ["plan", "--target", "@"],
        ["ids", "--require", "@"],
    ],
    ids=" ".join,
)
def test_what_is_no_address_is_wrong_usage(
    command: list[str], text: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The right form is named, or what there is; the project has few addresses."""
    assert run([text if word == "@" else word for word in command]) == 64
    told = capsys.readouterr().err
    ways = ("PROVIDER/template.KEY", "there are", "did you mean")
    assert any(way in told for way in ways)
    assert "did you mean" not in told or "login" in text


def test_as_many_problems_are_shown_as_asked_for(project, capsys):
    """The rest is counted; a document for programs has all of them."""
    lines = [f"  t{n}: {{type: other, content: 您好}}" for n in range(9)]
    (project / "many.yaml").write_text("\n".join(["templates:", *lines]), "utf-8")
    assert run(["validate", "--format", "json", "--max-problems", "2"]) == 1
    found = len(json.loads(capsys.readouterr().out)["problems"])
    assert run(["validate", "--max-problems", "2"]) == 1
    told = capsys.readouterr().out
    assert told.count("many.yaml:") == 2
    assert f"{found - 2} more problems are not shown" in told
    assert run(["validate", "--max-problems", str(found)]) == 1
    assert "are not shown" not in capsys.readouterr().out
    assert run(["validate", "--max-problems", "0"]) == 64
