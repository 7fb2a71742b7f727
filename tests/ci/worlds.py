"""A project in git at a forge, an account at an emulator, and who acts on them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from jobs import Ran, machine, run_github, run_gitlab
from recorder import Forge, GitLab

from conformance.project import facts
from projects import UNGATED, demo_keys
from smsform.clock import SystemClock
from smsform.emulation import reviewer
from smsform.emulation.messages import Answer, Operation
from smsform.emulation.server import Server
from smsform.emulation.store import Entry, Store
from smsform.model import Kind, Review
from smsform.provider import ProviderConfig
from smsform.registry import specs

SPEC = specs()[UNGATED]
CREATE = facts(UNGATED)["create"]
STATE = "smsform.state.json"
PUSH = {"github": "Push the state", "gitlab": "# The state, after a failure"}
LINKS = {
    "github": "https://forge.example/sms/texts/actions/runs/4711",
    "gitlab": "https://forge.example/sms/texts/-/jobs/4711",
}
PROJECT = """\
smsform: 1
definitions: ["*.texts.yaml"]
providers:
  cloud: {{type: {type}, region: ap-guangzhou, endpoint: "http://127.0.0.1:{port}"}}
"""
TEXTS = """\
templates:
  {key}:
    name: {key}
    type: verification
    remark: 用户登录时发送，变量为验证码，例如183029
    content: "{{{{ code }}}}{text}"
    params: {{code: {{sample: "183029"}}}}
"""


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    author = ["-c", "user.name=author", "-c", "user.email=author@example.org"]
    return subprocess.run(
        ["git", *author, *arguments],
        cwd=folder,
        check=True,
        encoding="utf-8",
        capture_output=True,
    ).stdout.strip()


def _parent(process: int) -> int:
    status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    return int(status.rpartition(")")[2].split()[1])


class World:
    """One project in git at a forge, one account at a served emulator."""

    def __init__(self, root: Path, forge: Forge, bin: Path) -> None:
        self.root, self.forge, self._bin = root, forge, bin
        self.store = Store(None)
        config = ProviderConfig(
            name="cloud",
            type=SPEC.type,
            endpoint="emulator",
            region="ap-guangzhou",
            emulator={"pace": False, "review": "manual"},
        )
        self.service = SPEC.emulator(self.store, SystemClock(), config)
        self.service.seed([{"kind": "signature", "name": "示例商城"}])
        self.server = Server(self.service)
        self._clones = 0
        self.told = ""  # the address of who is told of verdicts
        (root / "home").mkdir()
        git(root, "init", "-q", "--bare", "-b", "main", "texts.git")
        self.remote = root / "texts.git"
        git(self.remote, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(root, "clone", "-q", f"file://{self.remote}", "author")
        self.author = root / "author"
        self.write(
            "smsform.yaml", PROJECT.format(type=SPEC.type, port=self.server.port)
        )
        git(self.author, "checkout", "-q", "-B", "main")
        self.commit("main", "begin")

    # What people do

    def write(self, name: str, text: str) -> None:
        """Put a file into the author's clone."""
        (self.author / name).write_text(text, encoding="utf-8")

    def text(
        self, key: str, text: str = "为您的登录验证码，如非本人操作请忽略。"
    ) -> None:
        """Define a template called *key*."""
        self.write(f"{key}.texts.yaml", TEXTS.format(key=key, text=text))

    def commit(self, branch: str, message: str) -> str:
        """Commit and push the author's files; the commit."""
        git(self.author, "add", "-A")
        git(self.author, "commit", "-qm", message)
        git(self.author, "push", "-qf", "origin", f"HEAD:{branch}")
        return git(self.author, "rev-parse", "HEAD")

    def propose(self, number: int, *keys: str, **texts: str) -> str:
        """A pull request on top of main with these templates; its commit."""
        git(self.author, "fetch", "-q")
        git(self.author, "checkout", "-q", "-B", f"pr-{number}", "origin/main")
        for key in keys:
            self.text(key)
        for key, text in texts.items():
            self.text(key, text)
        return self.commit(f"pr-{number}", f"pull request {number}")

    def tells(self, address: str) -> None:
        """The forge has that address, and main the line that turns telling on."""
        self.told = address
        text = (self.author / "smsform.yaml").read_text(encoding="utf-8")
        self.write("smsform.yaml", f"{text}notify: [{{to: env:SMSFORM_NOTIFY_OPS}}]\n")
        self.commit("main", "tell people")

    def merge(self, number: int) -> str:
        """Merge a pull request; the new commit on main."""
        git(self.author, "fetch", "-q")
        git(self.author, "checkout", "-q", "-B", "main", "origin/main")
        git(self.author, "merge", "-q", "--no-ff", "-m", "merge", f"origin/pr-{number}")
        git(self.author, "push", "-q", "origin", "main")
        self.forge.merged.append(number)
        self.forge.closed.append(number)
        return self.head

    # What runners do

    def plan(self, number: int) -> Ran:
        """The job of a pull request's last commit."""
        folder = self.checkout(git(self.remote, "rev-parse", f"pr-{number}"))
        return self._run("plan", folder, number=number)

    def apply(self, commit: str, *, approve: str = "", dies: bool = False) -> Ran:
        """The job of a commit on main; *dies* before anything is pushed."""
        folder = self.checkout(commit)
        return self._run("apply", folder, approve=approve, dies=dies)

    def run(self, job: str) -> Ran:
        """Another job, on main."""
        return self._run(job, self.checkout(self.head))

    def reviewed(self, number: int, *keys: str, **texts: str) -> str:
        """A pull request that was planned and merged; the new commit on main."""
        self.propose(number, *keys, **texts)
        planned = self.plan(number)
        assert planned.code == 0, planned.log
        return self.merge(number)

    def checkout(self, commit: str) -> Path:
        """A clone as the runner makes it: one commit deep, on no branch."""
        self._clones += 1
        folder = self.root / f"clone-{self._clones}"
        git(self.root, "init", "-q", folder.name)
        git(folder, "remote", "add", "origin", f"file://{self.remote}")
        git(folder, "fetch", "-q", "--depth=1", "origin", commit)
        git(folder, "checkout", "-q", "--detach", "FETCH_HEAD")
        return folder

    def kill(self) -> None:
        """The apply under way dies, as for want of memory; its job goes on."""
        os.kill(self._applying, signal.SIGKILL)

    def cancel(self) -> None:
        """The runner of the apply under way ends the job.

        GitHub's interrupts the process that it began, GitLab's kills them all.
        """
        processes = [self._applying]
        while (parent := _parent(processes[-1])) != os.getpid():
            processes.append(parent)
        if isinstance(self.forge, GitLab):
            for process in reversed(processes):
                os.kill(process, signal.SIGKILL)
        else:
            os.kill(processes[-1], signal.SIGINT)

    @property
    def _applying(self) -> int:
        lock = self.root / f"clone-{self._clones}" / f"{STATE}.lock"
        return int(json.loads(lock.read_text(encoding="utf-8"))["pid"])

    def _run(
        self,
        job: str,
        folder: Path,
        *,
        number: int = 0,
        approve: str = "",
        dies: bool = False,
    ) -> Ran:
        env = machine(self._bin, self.root / "home")
        key = demo_keys(SPEC.type)
        token = self.forge.token
        if isinstance(self.forge, GitLab):
            env |= key | {
                "CI_API_V4_URL": self.forge.url,
                "CI_PROJECT_ID": "1",
                "CI_PROJECT_URL": f"file://{self.root}/texts",
                "CI_COMMIT_BRANCH": "main",
                "CI_DEFAULT_BRANCH": "main",
                "CI_MERGE_REQUEST_IID": str(number),
                "SMSFORM_APPROVE": approve,
                "SMSFORM_GITLAB_TOKEN": token,
                "SMSFORM_NOTIFY_OPS": self.told,
                "CI_JOB_URL": LINKS["gitlab"],
                "CI_PROJECT_PATH": "sms/texts",
            }
            return run_gitlab(job, folder, env, before=PUSH["gitlab"] if dies else "")
        temp = self.root / "temp" / folder.name
        temp.mkdir(parents=True)
        env |= {
            "GITHUB_API_URL": self.forge.url,
            "GITHUB_REPOSITORY": "sms/texts",
            "GITHUB_REF_NAME": "main",
            "RUNNER_TEMP": str(temp),
            "GITHUB_SERVER_URL": "https://forge.example",
            "GITHUB_RUN_ID": "4711",
            "GITHUB_SHA": git(folder, "rev-parse", "HEAD"),
            "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
        }
        context = {f"secrets.{name}": value for name, value in key.items()} | {
            "secrets.SMSFORM_NOTIFY_OPS": self.told,
            "github.token": token,
            "inputs.approve": approve,
            "github.server_url": "https://forge.example",
            "github.event.pull_request.number": str(number),
        }
        before = PUSH["github"] if dies else ""
        ran = run_github(job, folder, env, context, before=before)
        summary = temp / "summary.md"
        told = summary.read_text(encoding="utf-8") if summary.exists() else ""
        return Ran(ran.code, ran.log + told)

    # What there is then

    @property
    def _entries(self) -> list[Entry]:
        return [each for each in self.store.everything() if each.kind == Kind.TEMPLATE]

    @property
    def head(self) -> str:
        """The last commit on main."""
        return git(self.remote, "rev-parse", "main")

    @property
    def submitted(self) -> Counter[str]:
        """How many entries the account has of each name, whatever became of them."""
        return Counter(entry.name for entry in self._entries)

    @property
    def state(self) -> dict[str, list[str]]:
        """The ids that main's state file has, by key."""
        document: Any = json.loads(git(self.remote, "show", f"main:{STATE}"))
        entries = document["providers"]["cloud"]["entries"]
        return {
            name.removeprefix("template."): [each["id"] for each in entry["versions"]]
            for name, entry in entries.items()
        }

    @property
    def owned(self) -> bool:
        """Whether the state file has each entry of the account, once, and no other."""
        found = {entry.name: [str(entry.id)] for entry in self._entries}
        return self.state == found

    def judge(self, name: str, review: Review) -> None:
        """The reviewer's verdict on the entries of that name."""
        for entry in self._entries:
            if entry.name == name:
                reviewer.judge(self.store, entry.id, review, SystemClock().now())

    def edit(self, name: str, text: str) -> None:
        """The service changes an entry's text by itself."""
        for entry in self._entries:
            if entry.name == name:
                self.store.change(entry.id, text=text)

    def on_submission(self, happen: Callable[[], None], nth: int = 1) -> None:
        """Let something happen once, when that template arrives."""
        run, come = self.service.run, count(1)

        def running(operation: Operation) -> Answer:
            if operation.action == CREATE and next(come) == nth:
                happen()
            return run(operation)

        self.service.run = running  # type: ignore[method-assign]
