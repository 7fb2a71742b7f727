"""Nothing from outside reaches a terminal raw: not from files, services or arguments.

Each test plants characters that steer terminals or hide text, runs every command in
every form, and looks at each character that came out; of Markdown and HTML at the tags.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

import forge
from conformance.project import Project, Result
from projects import UNGATED
from smsform.emulation import reviewer
from smsform.model import Kind, Review
from smsform.plan.file import fingerprint
from smsform.registry import specs

SPEC = specs()[UNGATED]
EVIDENCE_KEY = SPEC.evidence(Kind.SIGNATURE)[0]
# Colour, window title, CSI in one byte, bell, carriage return, overrides, isolates,
# zero width, a line separator, a tag, a byte order mark; then markup.
STEERING = (
    "\x1b[31m\x1b]0;owned\x07\x9b2J\r\n\x08\u202egnp\u2066\u200b\u2028\U000e0041\ufeff"
)
MARKUP = "<script>alert(1)</script> **[x](javascript:1)** | `rm -rf /` {0} {brand} %s"
HOSTILE = f"a{STEERING}{MARKUP}z"
# YAML files may hold these and no control characters.
HIDDEN = "甲\u202e乙\u2066\u200b\U000e0041" + MARKUP
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}

READING = (
    ("validate",),
    ("validate", "--format", "json"),
    ("validate", "--format", "sarif"),
    ("validate", "--format", "github"),
    ("preview",),
    ("preview", "--format", "json"),
    ("preview", "--format", "markdown"),
    ("preview", "--format", "html"),
    ("plan", "--show-unmanaged"),
    ("plan", "--show-unmanaged", "--prune", "--format", "json"),
    ("plan", "--show-unmanaged", "--prune", "--format", "markdown"),
    ("status",),
    ("status", "--format", "markdown"),
    ("status", "--format", "json"),
    ("ids",),
    ("ids", "--format", "env"),
    ("state", "list"),
    ("state", "list", "--format", "json"),
    ("doctor",),
    ("doctor", "--format", "json"),
    ("emulate", "log"),
    ("emulate", "log", "--format", "json"),
    ("apply", "--auto-approve"),
    ("apply", "--auto-approve", "--format", "json"),
    ("apply", "--auto-approve", "--format", "markdown"),
)


def raw(text: str) -> list[str]:
    """The characters of *text* that must not reach a terminal."""
    return [
        f"{character!a} in {text[max(0, at - 30) : at + 10]!a}"
        for at, character in enumerate(text)
        if character != "\n" and unicodedata.category(character) in FORBIDDEN
    ]


def harmless(result: Result, json_expected: object = False) -> Result:
    """*result*, after a look at every character of it."""
    assert raw(result.out) == []
    assert raw(result.err) == []
    if json_expected and result.out:
        json.loads(result.out.encode())
    return result


def shown(said: str) -> list[str]:
    """The escapes in *said*, as ``\\x1b``."""
    return re.findall(r"\\(?:x..|u....|U........)", said)


def everything(project: Project, *more: tuple[str, ...]) -> str:
    """All that the commands print; each must be harmless, and JSON valid."""
    said = ""
    for command in (*READING, *more):
        result = harmless(project("-v", *command), {"json", "sarif"} & {*command})
        if "markdown" in command and result.out:
            forge.harmless(result.out)
        assert "<script>alert" not in result.out or "html" not in command
        said += result.out + result.err
    return said


def submitted(folder: Path, type: str) -> Project:
    """A project with a template that was submitted."""
    project = Project(folder, type)
    project.templates["a"] = {
        "type": "notification",
        "content": "您的订单已发货。",
        "signature": "shop",
    }
    project.write()
    assert project.apply().code == 0
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a template that was submitted."""
    return submitted(tmp_path, SPEC.type)


def test_the_test_would_notice(project):
    """The detector finds what is planted, and the commands do print planted text."""
    assert len(raw(HOSTILE)) == len(STEERING) - len("[31m]0;owned2J\ngnp")
    project("emulate", "fault", "p", "refuse", "--code", "X.PLANTED", "--times", "99")
    assert "X.PLANTED" in everything(project)


@pytest.mark.parametrize("field", ["name", "content", "remark", "type", "signature"])
def test_hidden_characters_in_definitions(field, project):
    """Bidi overrides and zero-width characters are escaped wherever they are shown."""
    project.templates["a"][field] = HIDDEN
    project.templates["b"] = {**project.templates["a"], "lint_ignore": ["SF204"]}
    project.write()
    assert "\\u202e" in everything(project, ("preview", "a"))


@pytest.mark.parametrize("place", ["key", "parameter", "sample", "case", "unknown"])
def test_hidden_characters_in_keys_and_samples(place, project):
    """A key nobody can see is refused visibly."""
    template = project.templates["a"]
    template["content"] = "您的订单{{ code }}已发货。"
    template["params"] = {"code": {"sample": "1"}}
    if place == "key":
        project.templates[HIDDEN] = dict(template)
    elif place == "parameter":
        template["params"] = {HIDDEN: {"sample": "1"}}
    elif place == "sample":
        template["params"] = {"code": {"sample": HIDDEN, "description": HIDDEN}}
    elif place == "case":
        template["samples"] = {HIDDEN: {"code": HIDDEN}}
    else:
        template[HIDDEN] = HIDDEN
    project.write()
    assert "\\u202e" in everything(project)


def test_control_characters_written_as_escapes(project):
    """YAML can write what a YAML file may not hold."""
    text = json.dumps({"templates": {"a": {"name": HOSTILE, "content": HOSTILE}}})
    (project.root / "definitions.yaml").write_text(text)
    assert everything(project)


@pytest.mark.parametrize(
    "change",
    [
        {"providers": {HIDDEN: {"type": SPEC.type, "region": "r"}}},
        {"providers": {"p": {"type": HIDDEN}}},
        {"providers": {"p": {"type": SPEC.type, "region": HIDDEN}}},
        {"providers": {"p": {"type": SPEC.type, "endpoint": HIDDEN}}},
        {"providers": {"p": {"type": SPEC.type, "profile": HIDDEN}}},
        {"vars": {HIDDEN: HIDDEN}, "definitions": [HIDDEN], "state": HIDDEN},
        {"evidence": HIDDEN, HIDDEN: HIDDEN},
    ],
)
def test_hidden_characters_in_the_configuration(change, project):
    """Provider names, regions, endpoints, paths: refused or shown escaped."""
    path = project.root / "smsform.yaml"
    config = {**yaml.safe_load(path.read_text()), **change}
    for entry in config["providers"].values():
        entry.setdefault("endpoint", "emulator")
    path.write_text(yaml.safe_dump(config, allow_unicode=True))
    assert everything(project)


def test_a_file_and_a_folder_with_hostile_names(project, tmp_path):
    """Paths are shown in messages, too; those of evidence as well."""
    name = f"{STEERING}.yaml".replace("/", "")
    (project.root / name).write_text("templates: {b: 1}\n")
    project.signatures["shop"][SPEC.type][EVIDENCE_KEY] = f"{HIDDEN}.png"
    project.write()
    assert "\\u202e" in everything(project)
    elsewhere = tmp_path / STEERING
    elsewhere.mkdir()
    project.root = elsewhere
    assert everything(project, ("plan", "-o", str(elsewhere / "x" / "y")))


def test_a_reviewer_with_a_hostile_note(project):
    """Names and notes at the service are somebody else's words."""
    for entry in project.store.everything():
        now = project.clock.now()
        reviewer.judge(project.store, entry.id, Review.REJECTED, now, HOSTILE)
        project.store.change(entry.id, name=HOSTILE)
    project.store.add(project.entries()[0]._replace(id=0, text=HOSTILE))
    said = everything(project, ("state", "show", "p/template.a"))
    assert "rejected" in said
    assert "\\x1b" in said
    assert "<script>" in said  # shown as it is: a terminal is no browser


def test_texts_of_the_service_that_are_hostile(project):
    """One that drifted, and one that nobody here knows."""
    project.approve_all()
    for entry in project.entries():
        project.store.change(entry.id, text=HOSTILE)
        project.store.add(entry._replace(id=0, name=HOSTILE))
    said = everything(project)
    assert "drift" in said
    assert "\\x1b" in said


def hostile_state(project: Project) -> dict[str, Any]:
    """The state with hostile text in every field that takes any."""
    document = json.loads(project.state_path.read_text())
    block = document["providers"]["p"]
    record = block["entries"]["template.a"]
    version = record["versions"][0]
    version |= {"name": HOSTILE, "at": HOSTILE, "by": HOSTILE, "commit": HOSTILE}
    version |= {"parameters": [HOSTILE], "submitted": {HOSTILE: HOSTILE}}
    version["assumed"] = [HOSTILE]
    record |= {"active": version["id"], "active_since": HOSTILE}
    block["entries"][f"template.{HOSTILE}"] = {
        "versions": [{**version, "id": "99", "review": "approved"}],
        "active": "99",
    }
    block["intents"][f"signature.{HOSTILE}"] = {
        "action": HOSTILE,
        "name": HOSTILE,
        "at": HOSTILE,
        "known": [HOSTILE],
    }
    return document


def test_a_hostile_state_file(project):
    """Every field that takes any text."""
    project.state_path.write_text(json.dumps(hostile_state(project)))
    assert "\\x1b" in everything(
        project,
        ("state", "show", f"p/template.{HOSTILE}"),
        ("state", "mv", f"p/template.{HOSTILE}", f"p/template.{HOSTILE}b"),
        ("state", "rm", f"p/template.{HOSTILE}c"),
    )


@pytest.mark.parametrize("field", ["id", "origin", "review", "provider", "region"])
def test_a_hostile_state_file_that_is_refused(field, project):
    """The refusal quotes what is wrong, harmlessly."""
    document = json.loads(project.state_path.read_text())
    block = document["providers"]["p"]
    if field == "provider":
        document["providers"][HOSTILE] = block
    elif field == "region":
        block["identity"]["region"] = HOSTILE
    else:
        block["entries"]["template.a"]["versions"][0][field] = HOSTILE
    project.state_path.write_text(json.dumps(document))
    assert everything(project)


@pytest.mark.parametrize("field", ["address", "provider", "region", "format", "after"])
def test_a_hostile_plan_file(field, project):
    """With a digest that fits: it is no secret."""
    project.templates["a"]["content"] = "您的订单已送达。"
    project.write()
    path = project.root / "plan.json"
    assert project("plan", "-o", str(path)).code == 0
    document = json.loads(path.read_text())
    (change,) = document["changes"]
    if field == "address":
        change["address"] = f"p/template.{HOSTILE}"
    elif field == "provider":
        document["providers"][HOSTILE] = document["providers"]["p"]
    elif field == "region":
        document["providers"]["p"]["region"] = HOSTILE
    elif field == "format":
        document["smsform_plan"] = HOSTILE
    else:
        change["after"] = {HOSTILE: HOSTILE}
    document["digest"] = fingerprint(document)
    path.write_text(json.dumps(document))
    result = harmless(project("-v", "apply", "--detailed-exitcode", str(path)))
    assert result.code == 5


ARGUMENTS: tuple[tuple[str, ...], ...] = (
    (HOSTILE,),
    ("plan", f"--{HOSTILE}"),
    ("plan", "--target", HOSTILE),
    ("plan", "--provider", HOSTILE),
    ("plan", "--format", HOSTILE),
    ("plan", "--allow-changes", HOSTILE),
    ("plan", "-o", f"nowhere/{HOSTILE}"),
    ("apply", f"nowhere/{HOSTILE}"),
    ("apply", "--resubmit", f"p/template.{HOSTILE}"),
    ("preview", HOSTILE),
    ("preview", "--provider", HOSTILE),
    ("rules", HOSTILE),
    ("ids", "--require", f"p/template.{HOSTILE}"),
    ("import", f"p/template.{HOSTILE}", HOSTILE),
    ("import", "p/template.a", HOSTILE),
    ("state", "rm", HOSTILE),
    ("state", "mv", f"p/template.{HOSTILE}", f"p/signature.{HOSTILE}"),
    ("state", "unlock", HOSTILE),
    ("doctor", "--provider", HOSTILE),
    ("emulate", "review", HOSTILE, "--approve"),
    ("emulate", "review", f"p/template.{HOSTILE}", "--approve"),
    ("emulate", "review", "p/template.a", "--reject", HOSTILE),
    ("emulate", "review", "p/template.a", "--reject", "\udcff"),
    ("emulate", "fault", HOSTILE, "refuse"),
    ("emulate", "fault", "p", HOSTILE),
    ("emulate", "fault", "p", "refuse", "--code", HOSTILE, "--action", HOSTILE),
    ("emulate", "seed", f"nowhere/{HOSTILE}"),
    ("emulate", "--store", f"nowhere/{HOSTILE}", "log"),
    ("emulate", "--host", HOSTILE),
    ("emulate", "--review", HOSTILE),
)


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda a: ascii(" ".join(a))[:40])
def test_hostile_arguments(arguments, project):
    """An error names what was typed; the terminal is not steered by it."""
    here = f"{project.root}/"
    result = harmless(project(*(a.replace("nowhere/", here) for a in arguments)))
    assert result.out + result.err


def test_shell_variables_are_safe_for_any_key_and_id(project):
    """``eval`` of ``ids --format env`` sets variables and runs nothing."""
    document = json.loads(project.state_path.read_text())
    entries = document["providers"]["p"]["entries"] = {}
    keys = ("a", "1a", "a-b", "登录", "$(touch x)", "a=b;touch x #", "'`", "ß", "\n")
    for number, key in enumerate(keys):
        id = f"{number}'; touch x; '$(touch x)`touch x`"
        version = {"id": id, "origin": "submitted", "review": "approved"}
        entries[f"template.{key}"] = {"versions": [version], "active": id}
    project.state_path.write_text(json.dumps(document))
    text = harmless(project("ids", "--format", "env")).out
    names = [line.partition("=")[0] for line in text.splitlines() if line[0] != "#"]
    ids = [name for name in names if not name.endswith("_PARAMS")]
    assert len(set(ids)) == len(keys)
    assert len(names) == len(set(names)) == 2 * len(keys)
    assert all(re.fullmatch(r"[A-Z_][A-Z0-9_]*", name) for name in names)
    script = f"set -eu\n{text}\nprintf '%s\\0' " + " ".join(f'"${n}"' for n in names)
    done = subprocess.run(
        ["sh", "-c", script], cwd=project.root, capture_output=True, check=True
    )
    wanted = {version["id"] for e in entries.values() for version in e["versions"]}
    assert set(done.stdout.decode().split("\0")) - {""} == wanted
    assert not (project.root / "x").exists()
    assert all(shlex.split(line, comments=True) for line in text.splitlines()[1:])


def test_two_keys_that_are_one_variable_are_refused(project):
    """The second would silently win, and messages would go out with its text."""
    document = json.loads(project.state_path.read_text())
    entries = document["providers"]["p"]["entries"] = {}
    for key in ("a-b", "A_b"):
        version = {"id": key, "origin": "submitted", "review": "approved"}
        entries[f"template.{key}"] = {"versions": [version], "active": key}
    project.state_path.write_text(json.dumps(document))
    refused = harmless(project("ids", "--format", "env"))
    assert (refused.code, refused.out) == (1, "")
    assert "p/template.A_b and p/template.a-b" in refused.err
    assert project("ids").code == 0


EVIDENCE = {
    "up": "../outside.png",
    "up and in again": "../evidence/../../outside.png",
    "absolute": "/etc/hostname",
    "a link": "link.png",
    "a link to a folder": "folder/outside.png",
}


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_does_not_leave_its_folder(name, project):
    """Neither by .. nor by a full path nor through a link; nothing is submitted."""
    evidence = project.root / "evidence"
    evidence.mkdir()
    outside = project.root / "outside.png"
    outside.write_bytes((project.root / "license.png").read_bytes())
    (evidence / "link.png").symlink_to(outside)
    (evidence / "folder").symlink_to(project.root)
    path = project.root / "smsform.yaml"
    path.write_text(path.read_text() + "evidence: evidence\n")
    project.signatures["new"] = {
        **project.signatures["shop"],
        "name": "示例新店",
        SPEC.type: {
            **project.signatures["shop"][SPEC.type],
            EVIDENCE_KEY: EVIDENCE[name],
        },
    }
    document = {"signatures": project.signatures, "templates": project.templates}
    text = yaml.safe_dump(document, allow_unicode=True)
    (project.root / "definitions.yaml").write_text(text)
    before = len(project.store.everything())
    for command in ("plan", "doctor", "apply"):
        flags = ["--auto-approve"] if command == "apply" else []
        result = harmless(project(command, *flags))
        assert result.code == 1
        assert "out of the evidence folder" in result.out + result.err
    assert len(project.store.everything()) == before


@pytest.mark.parametrize(
    "name", ["loop.png", f"{'x' * 300}.png", "license.png/x.png", "folder.png"]
)
def test_evidence_that_is_no_file_is_missing(name, project):
    """A link in a circle, a name too long, a file taken for a folder, a folder."""
    (project.root / "loop.png").symlink_to("loop.png")
    (project.root / "folder.png").mkdir()
    project.signatures["shop"][SPEC.type][EVIDENCE_KEY] = name
    project.signatures["shop"]["name"] = "示例新店"
    project.write()
    result = harmless(project("plan"))
    assert result.code == 0
    assert "evidence file is missing" in result.out
