"""Pages say "a service"; its name stands where its own facts do, and only there."""

from __future__ import annotations

import re
from pathlib import Path

from generate import PAGES, PART, ROOT

from smsform.registry import built_in
from smsform.words import Language, tell_in

# The section, as page#anchor, and why a general word would not do there.
WHAT_IT_IS = "says which services there are"
KEYS = "the variables of each service's key"
FACTS = "one row or paragraph of facts for each service"
SDKS = "its official SDK: the package, and what is known to go wrong"
SECTIONS = {
    "README.md#smsform": WHAT_IT_IS,
    "README.md#going-live": KEYS,
    "docs/accounts.md#going-live": FACTS,
    "docs/accounts.md#credentials": KEYS,
    "docs/code.md#what-every-module-does": FACTS,
    "docs/code.md#python": SDKS,
    "docs/code.md#typescript": SDKS,
    "docs/code.md#nodejs": SDKS,
    "docs/code.md#java": SDKS,
    "docs/code.md#go": SDKS,
    "docs/code.md#php": SDKS,
    "docs/code.md#c": SDKS,
    "docs/delivery.md#approved-and-delivered": FACTS,
    "docs/emulators.md#the-official-sdks": SDKS,
    "docs/emulators.md#what-it-proves-and-what-not": FACTS,
    "docs/evidence.md#files-that-are-uploaded-first": FACTS,
    "docs/plan.md#what-differs-between-services": FACTS,
    "docs/sending.md#never-twice": FACTS,
    "docs/sending.md#whether-it-arrived": FACTS,
    "docs/speed.md#how-fast": "the accounts that were measured",
    "docs/testing.md#an-example-complete": "an application that uses one SDK",
    "docs/yaml.md#smsformyaml": "keys that only one service has",
    "docs/yaml.md#definitions": "keys that only one service has",
    "docs/zh/README.md#smsform": WHAT_IT_IS,
    "docs/zh/README.md#正式使用": KEYS,
}
UNREAD = re.compile(r"^```.*?^```$|<!--.*?-->", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def names() -> re.Pattern[str]:
    """What services are called: types, titles in both languages, variables of keys."""
    found = set()
    for spec in built_in().values():
        found |= {spec.type, spec.variables.partition("_")[0]}
        for language in Language:
            title = tell_in(language, spec.title)
            found.add(title.removesuffix(" SMS").removesuffix("短信"))
    return re.compile("|".join(map(re.escape, sorted(found))), re.IGNORECASE)


def sections(page: Path) -> dict[str, str]:
    """What people wrote on *page*, by the anchor of the nearest heading above."""
    text = page.read_text(encoding="utf-8")
    written = UNREAD.sub("", PART.sub("", text))
    pieces = HEADING.split(written)
    heads = (re.sub(r"[^\w\- ]", "", head.lower()) for head in pieces[1::2])
    anchors = [head.replace(" ", "-") for head in heads]
    return dict(zip(anchors, pieces[2::2], strict=True))


def naming() -> set[str]:
    """The sections that name a service."""
    name = names()
    return {
        f"{page.relative_to(ROOT).as_posix()}#{anchor}"
        for page in PAGES
        for anchor, text in sections(page).items()
        if name.search(text) or name.search(anchor)
    }


def test_services_are_named_where_their_facts_stand() -> None:
    """What holds for every service says so; the list has no section too many."""
    assert sorted(naming()) == sorted(SECTIONS)
