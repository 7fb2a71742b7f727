"""What each command may load, by room: whoever makes a small project slower sees it.

A room is a package of ours; those of a service count once for all services. A command
may load less than its list, never more: what is new here has to be worth its time in
every run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

EXAMPLE = Path(__file__).parents[2] / "templates.example"
REPORT = """\
import os, sys
end = os._exit
def tell(code):
    sys.stderr.write("\\n" + " ".join(sys.modules))
    end(code)
os._exit = tell
from smsform.__main__ import main
main()
"""
NETWORK = {"http.client", "requests", "ssl", "urllib.request", "urllib3"}
SELDOM = {"configparser", "email", "importlib.metadata", "tomllib", "xml"}
WHOLE = ("rules", "explain", "doctor")  # they look for extensions, and at clocks


class Loads(NamedTuple):
    """Packages of others, and rooms of ours beyond ``BASE``."""

    others: str
    rooms: str


# What only a refusal, a retry, a page, an old form of a call or an extension needs.
LATE = {
    "_strptime",
    "base64",
    "difflib",
    "html",
    "locale",  # by gettext, for a word of click's own
    "pkgutil",
    "random",
    "shlex",
    "shutil",
    "wsgiref",
}
EVERY_DAY = ("ids", "state list")

# What reads a project: smsform.yaml, the cards of its services, its definitions.
BASE = """\
    card cli config definitions delivery directives documents errors evidence
    later links loopback model pattern prices project provider providers providers.*
    redaction registry regular report report.formats stopping version words
"""
STATE = "emulation hours state"
RULES = "providers.*.rules rejections rule segments validate"
# An account at the emulator: its service's client and the chassis, but no network.
ACCOUNT = """\
    account apply clock transport emulation http plan providers.*.emulator segments
"""
ALLOWED = {
    "--help": Loads("click", "cli pattern version words"),
    "cache": Loads("click", "cache project"),
    "schema plan": Loads(
        "click", "apply clock hours plan report.schemas state waiting"
    ),
    "rules": Loads("click", f"{RULES} hours"),
    "explain LimitExceeded": Loads("click", "explanation providers.*.explained hours"),
    "validate --no-cache": Loads("click", f"{RULES} {STATE}"),
    "preview": Loads(
        "click jinja2 markupsafe", f"{RULES} hours preview report.markdown"
    ),
    "ids": Loads("click", STATE),
    "uses ids": Loads("click pathspec typing_extensions", f"{STATE} plan uses"),
    "state list": Loads("click", STATE),
    "plan": Loads("click", f"{ACCOUNT} {STATE} {RULES} cache report.markdown"),
    "status": Loads("click", f"{ACCOUNT} {STATE} report.markdown waiting"),
    "doctor": Loads(
        "click",
        f"{ACCOUNT} {STATE} {RULES} explanation preview providers.*.sending sending",
    ),
}

# What values are made of; it takes the second where that is installed.
VALUES = {"msgspec", "typing_extensions"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, all of it submitted and read."""
    root = tmp_path_factory.mktemp("loaded") / "example"
    ignored = shutil.ignore_patterns(".smsform", "*.state.json")
    shutil.copytree(EXAMPLE, root, ignore=ignored)
    for command in ("apply --auto-approve", "status", "status", "plan"):
        loaded_by(command, root)
    return root


def loaded_by(command: str, root: Path) -> set[str]:
    """Every module a run of *command* ends with."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *command.split()],
        cwd=root,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stderr.splitlines()[-1].split())


def rooms_of(names: set[str]) -> set[str]:
    """The rooms of *names*: two steps deep at a service and in reports."""
    found = set()
    for name in names:
        _, *steps = name.split(".")
        if not name.startswith("smsform.") or steps[-1].startswith("_"):
            continue
        if steps[0] == "providers" and len(steps) > 2:
            steps = ["providers", "*", *steps[2:3]]
            room = ".".join(steps)
            found.add(room if is_room(name) else "providers.*")
        elif steps[0] == "providers":
            found.add("providers.*" if len(steps) == 2 else "providers")
        elif steps[0] == "report" and len(steps) > 2:
            found.add(".".join(steps[:2]))
        else:
            found.add(steps[0])
    return found


def is_room(name: str) -> bool:
    """Whether the third step of a module's name is a folder of the service."""
    steps = name.split(".")[:4]
    return (EXAMPLE.parent / Path(*steps)).is_dir()


@pytest.mark.parametrize("command", ALLOWED)
def test_a_command_loads_no_more_than_its_rooms(command: str, project: Path) -> None:
    """Rooms of ours, packages of others, and of the standard library no network."""
    names = loaded_by(command, project)
    bare = loaded_by("--version", project)
    others = {name.split(".")[0] for name in names} - sys.stdlib_module_names
    others = {name for name in others if name[0] != "_"} - {"cython_runtime"}
    known = {name.split(".")[0] for name in bare} | {"smsform"} | VALUES
    allowed = ALLOWED[command]
    assert others - known <= set(allowed.others.split())
    assert rooms_of(names) <= set(f"{BASE} {allowed.rooms}".split())
    assert not names & NETWORK
    if not command.startswith(WHOLE):
        assert not names & SELDOM
    if command in EVERY_DAY:
        assert not names & LATE


def test_a_validate_without_memory_loads_no_digests(project: Path) -> None:
    """OpenSSL, which these bring along, takes as long to load as ten rooms of ours.

    Nor JSON, which is for those who asked for it.
    """
    late = {"hashlib", "hmac", "json"}
    assert not loaded_by("validate --no-cache", project) & late


def test_runs_that_read_a_state_load_nothing_that_writes_one(project: Path) -> None:
    """Nor what finds ids with two owners before that."""
    assert "json" not in loaded_by("ids", project)
    for command in EVERY_DAY:
        names = loaded_by(command, project)
        assert "smsform.state.parse" in names
        assert "smsform.state.writing" not in names


def test_a_second_validate_reads_no_definition(project: Path) -> None:
    """What was found is remembered, so that nothing of YAML and no rule is loaded."""
    loaded_by("validate", project)
    names = loaded_by("validate", project)
    assert "yaml" not in names
    rooms = "cache cli documents errors project regular report report.formats"
    assert rooms_of(names) <= set(f"{rooms} pattern stopping version words".split())


def test_the_first_pages_are_asked_for_before_what_compares_is_loaded() -> None:
    """Reading over a network takes longest; what is not needed for it can wait."""
    late = "smsform.plan.build smsform.plan.matching smsform.report.plan requests"
    code = "import sys, smsform.cli.plan_; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    names = set(done.stdout.split())
    assert "smsform.project.ahead" in names
    assert not names & set(late.split())
