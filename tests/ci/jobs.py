"""The jobs of the CI files, carried out as a runner would: their shell as it stands."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

EXAMPLE = Path(__file__).parents[2] / "templates.example"
WORKFLOWS = EXAMPLE / ".github" / "workflows"
GITLAB = EXAMPLE / ".gitlab-ci.yml"
INSTALL = 'pip install "smsform @ git+$SMSFORM_SOURCE"'
PATIENCE = 120  # seconds a step may take

Job = dict[str, Any]


class Ran(NamedTuple):
    """What became of a job: 0 or the first exit code that was another, and its log."""

    code: int
    log: str


def read(path: Path) -> dict[str, Any]:
    """A CI file; YAML 1.1 reads the key ``on`` as true, which is put right."""
    document: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: each for key, each in document.items()}


def github_job(name: str) -> tuple[Job, Mapping[str, str]]:
    """The job of that name in either workflow, and what ``env`` says above it."""
    for path in WORKFLOWS.iterdir():
        workflow = read(path)
        if name in workflow["jobs"]:
            return workflow["jobs"][name], workflow["env"]
    raise LookupError(name)


def run_github(
    name: str,
    folder: Path,
    env: Mapping[str, str],
    context: Mapping[str, str],
    *,
    before: str = "",
) -> Ran:
    """Run the job's steps in *folder*, up to the one called *before*.

    *context* answers the names in the expressions of ``env``; a secret that nobody set
    is empty.
    """
    job, outer = github_job(name)
    code, log = 0, ""
    for step in job["steps"]:
        if before and step.get("name") == before:
            break
        always = "always()" in str(step.get("if", ""))
        if "run" not in step or step["run"] == INSTALL or (code and not always):
            continue
        own = {
            key: _fill(str(value), context)
            for key, value in step.get("env", {}).items()
        }
        arguments = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
        ran = _run([*arguments, step["run"]], folder, {**outer, **own, **env})
        code, log = code or ran.code, log + ran.log
    return Ran(code, log)


def _fill(text: str, context: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        names = match[1].split(" || ")
        found = [
            context.get(name, "") if name.startswith("secrets.") else context[name]
            for name in names
        ]
        return next(filter(None, found), "")

    return re.sub(r"\$\{\{ ([\w.]+(?: \|\| [\w.]+)*) \}\}", value, text)


def run_gitlab(
    name: str, folder: Path, env: Mapping[str, str], *, before: str = ""
) -> Ran:
    """Run the job's script in *folder*, up to the part that begins with *before*."""
    document = read(GITLAB)
    job = document[name]
    parts = [*document["default"]["before_script"], *job["script"]]
    assert parts.pop(0) == INSTALL
    if before:
        parts = parts[: next(n for n, part in enumerate(parts) if before in part)]
    outer = {**document["variables"], **job.get("variables", {})}
    values = {
        key: each["value"] if isinstance(each, dict) else each
        for key, each in outer.items()
    }
    given = {**values, **env}
    ran = _run(_shell(parts), folder, given)
    if before or "after_script" not in job:
        return ran
    end = "canceled" if ran.code < 0 else "failed" if ran.code else "success"
    parts = [part.replace(INSTALL, ":") for part in job["after_script"]]
    after = _run(_shell(parts), folder, {**given, "CI_JOB_STATUS": end})
    return Ran(ran.code, ran.log + after.log)


def _shell(parts: Sequence[str]) -> list[str]:
    return ["bash", "-c", "\n".join(["set -eo pipefail", *parts])]


def _run(command: list[str], folder: Path, env: Mapping[str, str]) -> Ran:
    done = subprocess.run(
        command,
        cwd=folder,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    return Ran(done.returncode, done.stdout)


def machine(bin: Path, home: Path) -> dict[str, str]:
    """The environment of a runner's machine, with *bin* first on its path."""
    return {
        "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "CI": "true",
        "TMPDIR": str(home),
        "NO_PROXY": "127.0.0.1",
        "GIT_CONFIG_NOSYSTEM": "1",
    }
