"""docs/code.md, as somebody follows it: every program is built, and run where it may.

The modules come from a project whose endpoint is an emulator on a socket, so that the
programs are those of the page to the letter, with keys in the environment.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from filelock import FileLock
from sender_worlds import World, demo_keys, example_world
from workshops import HERE, NODE, Java, TypeScript
from workshops_declared import DECLARED

from smsform.cli import run
from toolchains import java_libraries, lacking, shared, skip_or_fail, tool

PAGE = (Path(__file__).parents[2] / "docs" / "code.md").read_text(encoding="utf-8")
PROGRAMS = dict(re.findall(r"\n## [^\n]*\n.*?```(\w+)\n(.*?)```", PAGE, re.DOTALL))
PROVIDER = re.findall(r"--provider (\w+)", PAGE)[0]
NUMBER = "+8613800138000"
pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The example's project, approved, in a repository; its provider is on a socket."""
    with example_world(tmp_path_factory.mktemp("page")) as made:
        root = made.project.config.root
        (root / ".git").mkdir()
        path = root / "smsform.yaml"
        text = path.read_text(encoding="utf-8")
        there = f"endpoint: http://127.0.0.1:{made.ports[PROVIDER]}"
        emulated = r"endpoint: emulator[^\n]*"
        before, at, after = text.partition(f"  {PROVIDER}:\n")
        after = re.sub(emulated, there, after, count=1)
        path.write_text(f"{before}{at}{after}", encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            for name, value in demo_keys(made.project).items():
                patch.setenv(name, value)
            command = ["-C", str(root), "apply", "--auto-approve"]
            assert run(command) == 0  # takes what is approved there for its own
        yield made


def code(world: World, language: str, path: str, package: str = "") -> Path:
    """The folder with the generated module at *path*, empty but for that."""
    folder = world.project.config.root / f"shop-{language}"
    more = ["--package", package] if package else []
    command = ["code", "--language", language, "--provider", PROVIDER, *more]
    assert (
        run(["-C", str(world.project.config.root), *command, "-o", str(folder / path)])
        == 0
    )
    return folder


def needs(*programs: str) -> None:
    """Skip, or fail in CI, where one of them is not here."""
    if why := lacking(*programs):
        skip_or_fail(why)


def environment(world: World) -> Mapping[str, str]:
    """Where the program finds its keys; nothing else is said to it."""
    found = {**os.environ, **demo_keys(world.project)}
    return {name: value for name, value in found.items() if name != "PYTHONPATH"}


def sent(world: World, command: list[str], folder: Path, said: str) -> None:
    """The program ends by itself, says *said*, and its one message arrived."""
    world.forget()
    printed = tool(command, folder, environment(world))
    assert said in printed, printed
    assert list(world.received(PROVIDER)) == [NUMBER]
    [text] = world.received(PROVIDER).values()
    assert "004711" in text


def test_the_page_has_a_program_for_every_language(world: World) -> None:
    """And for no other."""
    spec = world.project.spec(PROVIDER)
    assert spec.senders is not None
    marks = {"node": "javascript"}
    assert {marks.get(each, each) for each in spec.senders().languages} == set(PROGRAMS)


def test_python(world: World) -> None:
    """Strictly typed, but for what the SDK lacks."""
    folder = code(world, "python", "app/sms.py")
    (folder / "main.py").write_text(PROGRAMS["python"], encoding="utf-8")
    tool(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "main.py",
            "--cache-dir=.cache",
            "--disable-error-code=import-untyped",
        ],
        folder,
    )
    sent(world, [sys.executable, "main.py"], folder, "True Ok ")


def node_folder(folder: Path) -> None:
    """The folder has what npm would install."""
    if not (NODE / "node_modules" / "typescript").is_dir():
        skip_or_fail("run npm ci in tests/node")
    needs("node")
    (folder / "node_modules").symlink_to(NODE / "node_modules")


def test_typescript(world: World) -> None:
    """Compiled as the tests of every module are."""
    folder = code(world, "typescript", "sms.ts")
    node_folder(folder)
    (folder / "program.ts").write_text(PROGRAMS["typescript"], encoding="utf-8")
    TypeScript(folder).compile([])
    sent(world, ["node", "program.js"], folder, "true Ok")


def test_node(world: World) -> None:
    """Run as it stands."""
    folder = code(world, "node", "sms.js")
    node_folder(folder)
    (folder / "main.js").write_text(PROGRAMS["javascript"], encoding="utf-8")
    sent(world, ["node", "main.js"], folder, "code: 'Ok'")


def test_java(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With every warning an error; the program ends although the SDK keeps threads."""
    needs("javac", "java", "mvn")
    folder = code(world, "java", "com/example/Sms.java", "com.example")
    (folder / "Demo.java").write_text(PROGRAMS["java"], encoding="utf-8")
    common = shared(tmp_path_factory) / "java"
    common.mkdir(exist_ok=True)
    with FileLock(common.with_suffix(".lock")):  # of the other tests of Java
        libraries = java_libraries(common)
    jars = [j for j in libraries if "google-java-format" not in j.name]
    java = Java(folder)
    java.jars = os.pathsep.join(map(str, jars))
    java.javac(["com/example/Sms.java", "Demo.java"])
    path = f"{java.jars}{os.pathsep}out"
    sent(world, ["java", "-cp", path, "Demo"], folder, "true Ok")


def test_go(world: World) -> None:
    """As a module of its own, with the SDK's versions of the other tests."""
    needs("go")
    folder = code(world, "go", "internal/sms/sms.go", "sms")
    (folder / "program.go").write_text(PROGRAMS["go"], encoding="utf-8")
    shutil.copy(HERE / "go" / "go.sum", folder)
    needed = (HERE / "go" / "go.mod").read_text(encoding="utf-8")
    module = needed.replace("module senders", "module example.com/shop", 1)
    (folder / "go.mod").write_text(module, encoding="utf-8")
    tool(["go", "vet", "./..."], folder)
    tool(["go", "build", "-o", "program", "."], folder)
    sent(world, ["./program"], folder, "true [{")


def test_php(world: World) -> None:
    """With the declared SDK where Composer would put the real one."""
    needs("php")
    folder = code(world, "php", "Sms.php")
    (folder / "vendor").mkdir()
    required = "".join(
        f"require '{each}';\n" for each in sorted((DECLARED / "php").glob("*.php"))
    )
    (folder / "vendor" / "autoload.php").write_text(f"<?php\n{required}")
    (folder / "main.php").write_text(PROGRAMS["php"], encoding="utf-8")
    tool(["php", "-l", "main.php"], folder)
    command = ["php", "-d", "display_errors=stderr", "main.php"]
    sent(world, command, folder, "ok Ok")


def test_csharp(world: World) -> None:
    """Compiled with the declared SDK; every warning is an error."""
    needs("mcs", "mono")
    folder = code(world, "csharp", "Sms.cs")
    (folder / "Demo.cs").write_text(PROGRAMS["csharp"], encoding="utf-8")
    declared = map(str, sorted((DECLARED / "csharp").glob("*.cs")))
    tool(
        [
            "mcs",
            "-langversion:6",
            "-warn:4",
            "-warnaserror",
            "-out:program.exe",
            "Demo.cs",
            "Sms.cs",
            *declared,
        ],
        folder,
    )


def test_cpp(world: World) -> None:
    """Compiled with the declared SDK; every warning is an error."""
    needs("g++")
    folder = code(world, "cpp", "sms.h")
    (folder / "main.cpp").write_text(PROGRAMS["cpp"], encoding="utf-8")
    tool(
        [
            "g++",
            "-std=c++17",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-fsyntax-only",
            "-I.",
            f"-I{DECLARED / 'cpp'}",
            "main.cpp",
        ],
        folder,
    )
