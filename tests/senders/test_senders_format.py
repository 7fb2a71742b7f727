"""What is generated is formatted: each language's own tool has nothing to change."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from sender_cases import DIGITS, checking, function, made_up, service
from sender_worlds import World
from workshops import HERE, NODE, WORKSHOPS, Case, Workshop

from smsform.senders.model import Argument, IdSource, ValueCheck, ValueType
from toolchains import skip_or_fail, tool

JAVA = [
    flag
    for part in ("api", "code", "file", "parser", "tree", "util")
    for flag in (
        "--add-exports",
        f"jdk.compiler/com.sun.tools.javac.{part}=ALL-UNNAMED",
    )
]


def cases(language: str, world: World) -> list[Case]:
    """Modules of both services, with ids from anywhere; with what is seldom as well."""
    found = []
    for provider, ids in product(sorted(DIGITS), IdSource):
        spec = service(provider)
        if language in spec.languages:
            name = f"{provider}_{ids}"
            sender = world.sender(provider, ids)
            found.append(Case(name, sender, spec.templates))
            money = Argument("one", "one", ValueCheck(links=True), ValueType.DECIMAL)
            odd = function(
                provider,
                "odd",
                money,
                Argument("two", "two", form=ValueType.INTEGER),
                deprecated='use "other"',
                signature="好" * 40,
            )
            plain = function(provider, "plain", sample="好")
            found.append(
                Case(
                    f"odd_{name}",
                    made_up(provider, (odd, plain), ids=ids),
                    spec.templates,
                )
            )
            found.append(checking(provider)._replace(name=f"checks_{name}"))
            empty = made_up(provider, (), ids=ids)
            found.append(Case(f"empty_{name}", empty, spec.templates))
    return found


@pytest.mark.parametrize("language", ["python", "typescript", "node", "java", "go"])
def test_formatters_have_nothing_to_change(
    language: str, world: World, tmp_path: Path, workshop: Callable[[str], Workshop]
) -> None:
    """ruff, prettier, google-java-format and gofmt, as they are without settings."""
    made = WORKSHOPS[language](tmp_path)
    if why := made.unavailable():
        skip_or_fail(why)
    paths = []
    for case in cases(language, world):
        made.write(case)
        paths.append(str(made.path(case)))
    if language == "python":
        tool(["ruff", "format", "--isolated", "--check", *paths], tmp_path)
        tool(["ruff", "check", "--isolated", "--select", "E,F,I", *paths], tmp_path)
    elif language == "go":
        assert tool(["gofmt", "-l", *paths], tmp_path) == ""
    elif language == "java":
        jar = workshop("java").formatter  # type: ignore[attr-defined]
        tool(
            [
                "java",
                *JAVA,
                "-jar",
                str(jar),
                "--skip-javadoc-formatting",
                "--dry-run",
                "--set-exit-if-changed",
                *paths,
            ],
            tmp_path,
        )
    else:
        prettier = NODE / "node_modules" / ".bin" / "prettier"
        tool([str(prettier), "--no-config", "--check", *paths], HERE)


@pytest.mark.parametrize("language", ["python", "typescript", "node", "java", "go"])
def test_the_same_project_is_the_same_text(language: str, world: World) -> None:
    """Nothing of the machine, the time or the run is in a module."""
    from smsform.senders.language import language as card
    from smsform.senders.render import module

    for case in cases(language, world):
        made = WORKSHOPS[language].__new__(WORKSHOPS[language])
        names = {"package": "shop", "stem": "Sms"}
        one, other = (
            module(case.sender, card(language), case.templates, names) for _ in "ab"
        )
        assert one == other
        assert made is not None
