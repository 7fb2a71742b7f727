"""The official SDKs of Python, Node, Java and Go, each as a function that makes a call.

The programs of compiled languages have the SDKs of every service; the first test that
wants one compiles it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from sdk_processes import NODE, LineProcess
from smsform.clock import SystemClock
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.registry import specs
from toolchains import SENDERS, java_libraries, lacking, shared, skip_or_fail, tool

Call = Callable[..., Mapping[str, Any]]
Compiled = Callable[[str], list[str]]
LANGUAGES = ["python", "node", "java", "go"]
AT_ONCE = {"delivery": {"after": 0}, "review": "immediate", "pace": False}


@contextmanager
def served(
    type: str, store: Store, seeds: Sequence[Mapping[str, Any]]
) -> Iterator[int]:
    """Serve a service's emulator with *seeds*, which answers at once; its port."""
    config = ProviderConfig(type, type, region="ap-guangzhou", emulator=AT_ONCE)
    app = specs()[type].emulator(store, SystemClock(), config)
    app.seed(seeds)
    with Server(app) as server:
        yield server.port


def compiled(language: str, factory: pytest.TempPathFactory) -> list[str]:
    """The command of a language's program; compiled by the first that asks."""
    folder = shared(factory)
    # The jars are those of generated code, whose tests take the same lock.
    with FileLock(folder / f"{language}.lock"):
        return {"java": java, "go": go}[language](folder / language)


def java(folder: Path) -> list[str]:
    """Compile the program of the Java SDKs."""
    if why := lacking("javac", "java", "mvn"):
        skip_or_fail(why)
    folder.mkdir(exist_ok=True)
    jars = os.pathsep.join(str(jar) for jar in java_libraries(folder))
    classes = folder.with_name("java-sdks")
    if not classes.is_dir():
        source = SENDERS / "java" / "Sdks.java"
        tool(
            [
                "javac",
                "--release",
                "8",
                "-Xlint:all,-options",
                "-Werror",
                "-encoding",
                "UTF-8",
                "-cp",
                jars,
                "-d",
                str(classes),
                str(source),
            ],
            folder,
        )
    return ["java", "-cp", f"{jars}{os.pathsep}{classes}", "Sdks"]


def go(folder: Path) -> list[str]:
    """Compile the program of the Go SDKs."""
    if why := lacking("go"):
        skip_or_fail(why)
    program = folder.with_name("go-sdks")
    if not program.exists():
        tool(["go", "build", "-o", str(program), "./sdks"], SENDERS / "go")
    return [str(program)]


@contextmanager
def driven(command: list[str], type: str, port: int) -> Iterator[Call]:
    """A compiled program, as a function; it ends with the block."""
    demo = specs()[type].demo
    process = LineProcess(*command, type, f"127.0.0.1:{port}", demo.id, demo.secret)

    def call(action: str, **params: Any) -> Mapping[str, Any]:
        told = process.ask(action, params)
        assert "error" not in told, told
        response: Mapping[str, Any] = told["response"]
        return response

    with closing(process):
        yield call


def need_node() -> None:
    """Skip where Node or its packages are missing."""
    if not shutil.which("node") or not (NODE / "node_modules").is_dir():
        pytest.skip("the Node SDKs need node, and npm ci in tests/node")
