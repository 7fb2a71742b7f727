"""Random projects and random edits of them, for what remembers things between runs and
for what works on files apart."""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from mutations import mutated
from smsform.cache import Cache
from smsform.documents import files
from smsform.documents.document import Document
from smsform.errors import Problem
from smsform.model import Kind
from smsform.project.desired import parallel
from smsform.project.parallel import division, spread
from smsform.project.validation import parts
from smsform.project.validation.result import Validated
from smsform.project.validation.validated import validated
from smsform.registry import built_in

TYPES = tuple(built_in())
FILES = ("signatures.yaml", "a.yaml", "b.yaml", "c.yaml")
Project = dict[str, Any]  # file -> its definitions, or bytes

# Few of each, so that files run into each other.
keys = st.sampled_from(["one", "two", "three", "four", "five", "six"])
names = st.sampled_from(["登录", "通知", "物流", "取件", "会员"])
providers = st.none() | st.lists(st.sampled_from(TYPES), min_size=1, unique=True)
texts = st.sampled_from(
    [
        "{{ code }}为您的登录验证码，请勿告诉他人。",
        "您的订单{{ code }}已发货。",
        "您的订单已发货！！",
        "您的订单已发货。",
        "请联系威信客服。",
        "{1}为您的验证码。",
        "{{ lost }}已到。",
        "Your code is {{ code }}.",
        "",
        "您的订单{{ code }}已发货 😀",
    ]
)
signatures = st.fixed_dictionaries(
    {"name": names},
    optional={
        "international": st.booleans(),
        "providers": providers,
        "remark": st.just("公司"),
        "unknown": st.just("x"),
        TYPES[0]: st.sampled_from([{}, {"proof_image": "gone.png"}]),
    },
)
templates = st.fixed_dictionaries(
    {"content": texts, "type": st.sampled_from(["verification", "notification", "x"])},
    optional={
        "name": names,
        "signature": keys,
        "international": st.booleans(),
        "providers": providers,
        "remark": st.sampled_from(["", "登录时发送", "x" * 9]),
        "params": st.sampled_from(
            [
                {"code": {"sample": "183029", "kind": "code"}},
                {"code": {"sample": " 12 "}},
                {"code": {"sample": "1"}, "two": {}},
            ]
        ),
        "lint_ignore": st.sampled_from([["SF221"], ["SF999"], ["SF231"]]),
        TYPES[0]: st.sampled_from([{"native": "您的订单已发货。"}, {"x": "y"}]),
        "samples": st.just({"long": {"code": "999999"}}),
    },
)
blocks = st.sampled_from(
    [
        {"moved": [{"from": "old", "to": "one"}]},
        {"moved": "x"},
        {"adopt": [{"address": f"{TYPES[0]}/template.one", "id": "1"}]},
        {"unheard": 1},
    ]
)
documents = st.builds(
    lambda signed, sent, more: {"signatures": signed, "templates": sent, **more},
    st.dictionaries(keys, signatures, max_size=2),
    st.dictionaries(keys, templates, max_size=4),
    st.just({}) | st.just({}) | st.just({}) | blocks,
)
plain = st.builds(
    lambda sent: {"templates": sent}, st.dictionaries(keys, templates, max_size=4)
)


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """A definition file: often of templates alone, seldom broken."""
    document = draw(plain | plain | plain | documents)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return draw(mutated(text)) if draw(st.integers(0, 9)) == 0 else text.encode()


def config(quota: int, strict: bool) -> bytes:
    """Every service of ours, at its emulator; *quota* where a service has one."""
    accounts = {}
    for type, spec in built_in().items():
        limit = spec.kinds[Kind.TEMPLATE].quota
        account = {limit: quota} if limit in spec.limits else {}
        accounts[type] = {"type": type, "endpoint": "emulator", "account": account}
    document = {
        "smsform": 1,
        "definitions": ["*.yaml"],
        "providers": accounts,
        "lint": {"strict": strict},
    }
    return json.dumps(document).encode()


edits = st.one_of(
    st.tuples(st.sampled_from(FILES[1:]), contents()),
    st.tuples(st.sampled_from(FILES), contents()),
    st.tuples(st.just("d.yaml"), st.none() | contents()),
    st.tuples(
        st.just("smsform.yaml"), st.builds(config, st.integers(0, 9), st.booleans())
    ),
    st.tuples(st.just("gone.png"), st.none() | st.just(b"\x89PNG\r\n\x1a\n")),
    st.tuples(st.just("smsform.state.json"), st.none() | st.just(b"{}")),
)


def begin(root: Path, begun: Iterable[bytes], settings: bytes) -> None:
    """Write a project's definition files, as they are in *begun*, and its settings."""
    for name, data in zip(FILES, begun, strict=True):
        write(root, name, data)
    write(root, "smsform.yaml", settings)


def write(root: Path, name: str, data: bytes | None) -> None:
    """Put a file there, or take it away."""
    if data is None:
        (root / name).unlink(missing_ok=True)
    else:
        (root / name).write_bytes(data)


HOW = ("workers", "no fork", "killed")  # how files are worked on apart
HERE = os.getpid()
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked")


def in_parts(patched: pytest.MonkeyPatch, how: str = "workers") -> None:
    """From now on every file is a part, for two workers; see HOW."""
    patched.setattr(division, "LEAST", 0)
    patched.setattr(division, "SMALLEST", 1)
    patched.setattr(division, "PARTS_EACH", 10_000)
    patched.setattr(spread, "processors", lambda: 2)
    patched.setattr(os, "fork", fork_beside_threads)
    if how == "no fork":

        def refused() -> int:
            raise OSError(11, "Resource temporarily unavailable")

        patched.setattr(os, "fork", refused)
    if how == "killed":
        patched.setattr(parts, "problems_of", deadly(parts.problems_of, 3))
        patched.setattr(parallel, "summaries_of", deadly(parallel.summaries_of, 3))


def found(root: Path, strict: bool, cache: Cache | None = None) -> Validated:
    """What is found; smsform.yaml itself is right."""
    return validated(root, strict, cache, {"HOME": "/nowhere"})


def fork_beside_threads(fork: Callable[[], int] = os.fork) -> int:
    """A fork without Python's warning: a test may run beside those of its runner."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return fork()


def children() -> set[int]:
    """Processes this one has started and not waited for; Linux only.

    The runner's and other tests' are among them, so a test compares before and after.
    """
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may end meanwhile
            # What follows the name, which may hold anything: state, parent.
            _, parent, *_ = path.read_text().rpartition(")")[2].split()
            if int(parent) == os.getpid():
                found.add(int(path.parent.name))
    return found


def pipes() -> set[str]:
    """The pipes this process holds, by their names; Linux only."""
    found = set()
    for path in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # others may close theirs meanwhile
            if (name := os.readlink(path)).startswith("pipe:"):
                found.add(name)
    return found


def deadly(work: Callable[..., Any], most: int) -> Callable[..., Any]:
    """*work* of which a worker does not survive the call after *most*."""
    calls = 0

    def called(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > most and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*arguments, **named)

    return called


def noted_reads(patched: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that this process reads as YAML from now on."""
    names: list[str] = []
    read = files.read

    def noted(path: Path, file: str, problems: list[Problem]) -> Document | None:
        names.append(path.name)
        return read(path, file, problems)

    patched.setattr(files, "read", noted)
    return names
