"""The pages say what is so: commands, keys, generated parts, links, two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generate import PAGES, README, ROOT, named, parts_of, regenerated

from smsform.model import PARAMETER_KINDS, TemplateType
from smsform.plan import Action
from smsform.provider import ProviderConfig
from smsform.registry import built_in

TEXT = README.read_text(encoding="utf-8")
LONGEST = 350  # lines of the README: more of them are not read
# click words its help differently from version to version; .ci/run compares that part.
UNSTEADY = "help"
GENERATED = [
    pytest.param(page, name, id=f"{page.relative_to(ROOT)}:{name}")
    for page in PAGES
    for name in named(page)
    if name != UNSTEADY
]
TRANSLATED = sorted((ROOT / "docs" / "zh").glob("*.md"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """What forges make of its headings: letters and digits, blanks as dashes."""
    heads = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {head.replace(" ", "-") for head in kept}


@pytest.mark.parametrize("name", ["try", "test"])
def test_each_command_is_one_line_to_paste(name: str) -> None:
    """A command stands alone in its block and makes the environment it needs."""
    block = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)```", TEXT, re.DOTALL)
    assert block
    [line] = block[1].splitlines()
    assert line.startswith("python3 -m venv .venv && ")


def test_the_readme_is_short() -> None:
    """What is longer stands in docs/."""
    assert len(TEXT.splitlines()) <= LONGEST


@pytest.mark.parametrize(("page", "name"), GENERATED)
def test_generated_parts_are_fresh(page: Path, name: str) -> None:
    """What the code knows better is as the code has it."""
    text, parts = page.read_text(encoding="utf-8"), parts_of(page)
    assert regenerated(text, {name: parts[name]}) == text


def test_every_part_has_its_place() -> None:
    """Nothing is generated that no page shows."""
    assert {name for page in PAGES for name in named(page)} == set(parts_of(README))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file of the project and a heading in it."""
    for target in LINK.findall(prose(page)):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert file.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(file), target


def test_every_page_is_reached_from_the_readme() -> None:
    """A page without a link to it is not found."""
    linked = {target.partition("#")[0] for target in LINK.findall(prose(README))}
    pages = {str(page.relative_to(ROOT)) for page in PAGES} - {"README.md"}
    assert sorted(pages - linked) == []


def original(page: Path) -> Path:
    """The English page that *page* translates."""
    return README if page.name == README.name else ROOT / "docs" / page.name


def shape(page: Path) -> list[str]:
    """Headings by level, rows of tables by columns, and code but for its comments.

    Of a console what was typed, for what was printed is in the page's language.
    """
    found = []
    language, inside = "", False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            inside, language = not inside, line[3:] if not inside else ""
            found.append(line)
        elif inside and (language != "console" or line.startswith("$ ")):
            found.append(re.sub(r"\s+# .*", "", line))
        elif not inside and line.startswith("#"):
            found.append(line.partition(" ")[0])
        elif not inside and line.startswith("|"):
            found.append(f"{line.count('|')} columns")
        elif line.startswith("<!-- "):
            found.append(line)
    return found


@pytest.mark.parametrize("page", TRANSLATED, ids=lambda page: page.name)
def test_a_translation_is_in_step(page: Path) -> None:
    """Headings, tables and code are those of the English page."""
    assert shape(page) == shape(original(page))


def test_what_a_newcomer_reads_is_in_two_languages() -> None:
    """README and guide."""
    assert {page.name for page in TRANSLATED} >= {"README.md", "guide.md"}


def page(name: str) -> str:
    """The text of a page below docs/."""
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_every_key_is_explained() -> None:
    """Nothing a project may write is missing from the reference."""
    keys = {*ProviderConfig.__struct_fields__} - {"name", "options"}
    for spec in built_in().values():
        keys |= spec.options.keys() | spec.limits.keys()
        for of_kind in spec.keys.values():
            keys |= {f"{spec.type}.{key}" for key in of_kind}
    words = {*keys, *PARAMETER_KINDS, *TemplateType}
    reference = page("yaml")
    assert [word for word in sorted(words) if f"`{word}`" not in reference] == []


def test_every_action_is_explained() -> None:
    """The plan table and the notes under it name whatever a plan can say."""
    named = [action for action in Action if action is not Action.NONE]
    explained = page("plan")
    assert [action for action in named if action not in explained] == []
