"""Adding lines to definition files that exist; pure.

    drafts, files -> new texts, each read back -> those that say just what they should

A file is a person's: lines are added, and nothing else in it changes. Where that cannot
be done safely (an alias, a definition without a line of its own) the draft is given up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.config import Config
from smsform.definitions.entries import Entries
from smsform.documents.document import Document
from smsform.documents.insertion import Addition, added
from smsform.drafts.layout import key_of, quoted
from smsform.drafts.parameters import NOWHERE
from smsform.drafts.values import Draft
from smsform.errors import Level
from smsform.model import Definition, Kind, Template

BEHIND_CONTENT = ("params", "samples", "remark", "protect", "lint_ignore")


def amend(
    drafts: Sequence[Draft],
    config: Config,
    specs: Mapping[str, ProviderSpec],
    read: Callable[[str], str],
) -> tuple[dict[str, str], list[Draft]]:
    """The new texts of files, by path, and the drafts that cannot be written there.

    *read* returns a file's text by its path.
    """
    files: dict[str, list[Draft]] = {}
    for draft in drafts:
        files.setdefault(draft.definition.at.file, []).append(draft)
    texts, failed = {}, []
    for file, mine in files.items():
        source = read(file)
        while mine:
            text = added(source, [each for draft in mine for each in _additions(draft)])
            wrong = _wrong(mine, source, text, config, specs)
            if not wrong:
                texts[file] = text
                break
            failed += wrong
            mine = [draft for draft in mine if draft not in wrong]
    return texts, failed


def _additions(draft: Draft) -> Iterator[Addition]:
    """The keys and values that *draft* adds to its definition."""
    base, now = draft.unit.base, draft.definition
    assert base is not None
    path = (f"{draft.kind}s", now.key)
    if now.providers is not None:
        for name in now.providers[len(base.providers or ()) :]:
            yield Addition((*path, "providers"), "", key_of(name))
    if not isinstance(now, Template) or not isinstance(base, Template):
        return
    for type, keys in now.overrides.items():
        native = quoted(str(keys.get("native", "")))
        if type not in base.overrides:
            value = f"{{native: {native}}}"
            yield Addition(path, type, value, BEHIND_CONTENT)
        elif keys != base.overrides[type]:
            yield Addition((*path, type), "native", native)
    for before, param in zip(base.params, now.params, strict=True):
        for type, own in param.native.items():
            if type not in before.native:
                yield Addition((*path, "params", param.name), type, quoted(own))


def _wrong(
    drafts: Sequence[Draft],
    before: str,
    after: str,
    config: Config,
    specs: Mapping[str, ProviderSpec],
) -> list[Draft]:
    """The drafts whose file would not say just what it should.

    All of them, when the rest of the file would change. Positions and the order of keys
    are no difference.
    """
    was, now = _definitions(before, config, specs), _definitions(after, config, specs)
    wanted = {(draft.kind, draft.key): _bare(draft.definition) for draft in drafts}
    if now is None or was is None:
        return [*drafts]
    wrong = [
        draft
        for draft in drafts
        if now.get((draft.kind, draft.key)) != wanted[draft.kind, draft.key]
    ]
    if wrong:
        return wrong
    return [] if now == {**was, **wanted} else [*drafts]


def _definitions(
    text: str, config: Config, specs: Mapping[str, ProviderSpec]
) -> dict[tuple[Kind, str], Definition] | None:
    """What a file says; None where it cannot be read without an error."""
    entries = Entries(config, specs, [])
    document = Document("", text, entries.problems)
    if not entries.read(document):
        return None
    if any(problem.level is Level.ERROR for problem in entries.problems):
        return None
    found: dict[tuple[Kind, str], Definition] = {}
    found |= {
        (Kind.SIGNATURE, k): _bare(each) for k, each in entries.signatures.items()
    }
    found |= {(Kind.TEMPLATE, k): _bare(each) for k, each in entries.templates.items()}
    return found


def _bare(definition: Definition) -> Definition:
    """*definition* without where it stands."""
    if not isinstance(definition, Template):
        return replace(definition, at=NOWHERE, places={})
    params = tuple(replace(each, at=NOWHERE) for each in definition.params)
    return replace(
        definition,
        at=NOWHERE,
        content_at=NOWHERE,
        params=params,
        samples_at={},
        places={},
    )
