"""The pages' tours: real commands with their output, run in the example or beside it.

Ids are the emulator's and always the same. Every tour begins in the morning in Beijing,
so that reviewers are at work and no day ends meanwhile; times are replaced by one, so
that it is the same on every day.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from smsform.emulation import store_path
from smsform.emulation.clock import VirtualClock
from smsform.emulation.store import Store

ROOT = Path(__file__).parents[2]
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d")
NOON = "2026-11-21 12:00+00:00"
DAY = 86400.0
MORNING = 1.5 * 3600  # UTC


class Step(NamedTuple):
    """Words in both languages, then commands with their output.

    The commands look for nothing that is worded, so that they are the same in both.
    """

    words: Mapping[str, str]
    commands: tuple[str, ...]


BEFORE = "smsform apply --auto-approve --wait"  # the README's first command

SUPERSEDE = Step(
    {
        "en": "An approved text is edited. The plan supersedes it at both; the old ids stay "
        "in use:",
        "zh": "修改一条已通过的文本。计划会在两家各提交一个新版本，旧的 ID 继续使用：",
    },
    ("sed -i 's/到账，详询/到账。详询/' templates/orders.yaml", "smsform plan"),
)
STEPS = (
    Step(
        {
            "en": "Before anything is sent, see what is wrong and what the recipient reads. "
            "A verification text of Alibaba Cloud has one variable, so this one is "
            "worded for it:",
            "zh": "提交之前，先看有没有问题、收信人会读到什么。阿里云的验证码文本只能有一个变量，"
            "所以这条为它另写了一种说法：",
        },
        ("smsform validate", "smsform preview login_code"),
    ),
    Step(
        {
            "en": "Both services have it after the first command; their emulated reviewers "
            "approve at the second look. `status` says so, `ids` hands out what passed:",
            "zh": "第一条命令之后两家都已收到；模拟的审核员在第二次查看时通过。`status` 会说明，"
            "`ids` 只给出已通过的：",
        },
        (
            "smsform plan | tail -1",
            "smsform status 2>/dev/null | grep -E 'shop |login_code'",
            "smsform ids --format env | grep _LOGIN_CODE",
        ),
    ),
    SUPERSEDE._replace(
        commands=(
            *SUPERSEDE.commands,
            "smsform apply --auto-approve | grep '^±.*[0-9]$' | sort",
            "smsform ids --format env | grep REFUND",
        )
    ),
    Step(
        {
            "en": "Once a new version is approved its id is handed out; the old one can go:",
            "zh": "新版本一通过，给出的就是它的 ID；旧的可以删除了：",
        },
        (
            "smsform status --wait 2>/dev/null | grep refund",
            "smsform plan",
            "smsform apply --auto-approve --retire tencent/template.refund_done "
            "--retire aliyun/template.refund_done | grep '^-.*[0-9]$' | sort",
        ),
    ),
    Step(
        {
            "en": "Reviewers disagree: one service approves, the other says no, and the note "
            "is where you look:",
            "zh": "审核员意见不一：一家通过，另一家不通过，审核意见就在你会看的地方：",
        },
        (
            "sed -i 's/点前领取/点前来领取/' templates/orders.yaml",
            "smsform apply --auto-approve | grep '^±.*[0-9]$' | sort",
            "smsform emulate review tencent/template.pickup_ready "
            '--reject "请在备注中说明取件地点"',
            "smsform emulate review aliyun/template.pickup_ready --approve",
            "smsform plan --detailed-exitcode; echo exit $?",
            "smsform status 2>/dev/null | grep pickup_ready",
        ),
    ),
    Step(
        {
            "en": "The state file is lost. Nothing is submitted twice:",
            "zh": "状态文件丢了。什么也不会重复提交：",
        },
        ("rm .smsform/emulator.state.json", "smsform plan | tail -1"),
    ),
)


# What a project begins with that copies from an account of some years.
ACCOUNT = """\
smsform: 1
providers:
  tencent: {type: tencent, region: ap-guangzhou, endpoint: emulator}
"""
HELD = """\
{"kind": "signature", "name": "示例商城"}
{"name": "登录验证码", "text": "{1}为您的登录验证码，请于{2}分钟内填写。"}
{"name": "取件通知", "text": "您的包裹已到{1}，取件码{2}，请当日领取。"}
"""
COPYING = (
    Step(
        {
            "en": "An account that was kept by hand becomes YAML:",
            "zh": "一个一直靠手工维护的账号变成 YAML：",
        },
        ("smsform import", "cat tencent/signatures.yaml tencent/verification.yaml"),
    ),
    Step(
        {
            "en": "Name the other account. Its rules then hold as well:",
            "zh": "写上另一个账号。它的规则随即生效：",
        },
        (
            "echo '  aliyun: {type: aliyun, endpoint: emulator}' >> smsform.yaml",
            "smsform validate",
        ),
    ),
    Step(
        {
            "en": "Give that service its own wording, where texts are used, and the "
            "papers it wants of the signature; nothing changes where the texts are from:",
            "zh": "给那一家单独的说法，写明应用场景，以及它要的签名材料；文本原来所在的一家什么也不变：",
        },
        (
            """sed -i '/content:/a\\    aliyun: {apply_scene: 会员登录, native: """
            """"${code}为您的登录验证码，请于5分钟内填写。"}' tencent/verification.yaml""",
            """sed -i '/content:/a\\    aliyun: {apply_scene: 会员取件}' """
            """tencent/notification.yaml""",
            """sed -i '/name:/a\\    aliyun: {sign_source: company, """
            """qualification_id: 2004393}' tencent/signatures.yaml""",
            "smsform validate",
            "smsform plan | grep -v '^  '",
        ),
    ),
)


def tour(language: str = "en") -> Iterator[str]:
    """The tour of the example, in Markdown."""
    with example() as project:
        yield from walk(STEPS, project, language)


def glance(language: str = "en") -> Iterator[str]:
    """One edit of the example and its plan, in Markdown."""
    with example() as project:
        [_, *lines] = walk((SUPERSEDE,), project, language)
        yield from lines[2:-1]


@contextmanager
def example() -> Iterator[Path]:
    """The example as the README's first command leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "templates.example"
        left_out = shutil.ignore_patterns(".smsform")
        shutil.copytree(ROOT / "templates.example", project, ignore=left_out)
        begin(project)
        run(BEFORE, project)
        yield project


def copying(language: str = "en") -> Iterator[str]:
    """How the texts of one service come to the other, in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "smsform.yaml").write_text(ACCOUNT, encoding="utf-8")
        (project / "held.jsonl").write_text(HELD, encoding="utf-8")
        begin(project)
        run("smsform emulate seed held.jsonl", project)
        yield from walk(COPYING, project, language)


# The text is turned round, and with it the parameters.
EDIT = (
    "sed -i -e 's/content:.*/content: "
    '"请在{{ minutes }}分钟内填写登录验证码{{ code }}，切勿转发。"/\' '
    "-e '/ code: {/{h;d}' -e '/ minutes: {/G' tencent/verification.yaml"
)


def comment() -> Iterator[str]:
    """What a pull request's comment says of one edit; shown as the forge shows it."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "smsform.yaml").write_text(ACCOUNT, encoding="utf-8")
        (project / "held.jsonl").write_text(HELD, encoding="utf-8")
        begin(project)
        run(f"smsform emulate seed held.jsonl; smsform import; {EDIT}", project)
        shown = run("smsform plan --format markdown 2>/dev/null", project)
        yield from (line for line in shown.split("\n") if not line.startswith("<!--"))


def begin(project: Path) -> None:
    """Let the emulators' virtual time of *project* be the next morning, 09:30."""
    clock = VirtualClock(store := Store(store_path(project)))
    clock.sleep((MORNING - clock.now()) % DAY)
    store.close()


def walk(steps: Iterable[Step], project: Path, language: str) -> Iterator[str]:
    """The *steps* with what each command prints in *project*."""
    for step in steps:
        yield from ["", step.words[language], "", "```console"]
        for command in step.commands:
            yield f"$ {command}"
            yield from run(command, project, language).splitlines()
        yield "```"
    yield ""


def run(command: str, project: Path, language: str = "en") -> str:
    """What a person would see of *command*, stdout and stderr, times replaced."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {
        "PATH": path,
        "HOME": str(project),
        "TZ": "UTC",
        "NO_COLOR": "1",
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
    }
    if language == "zh":
        env["LC_MESSAGES"] = "zh_CN.UTF-8"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=project,
        env=env,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    return MOMENT.sub(NOON, done.stdout)
