"""Import a whole account: read it, draft definitions, own the entries, write files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from smsform.drafts import (
    Draft,
    SkippedEntry,
    Surroundings,
    TargetProject,
    documents,
    propose,
    prove,
    sift,
)
from smsform.drafts.adoption import adopt
from smsform.drafts.values import FAILED
from smsform.errors import ConfigError, WrongUsage
from smsform.model import Existing, Kind
from smsform.plan import reconcile
from smsform.project.accounts import (
    OpenedAccount,
    open_account,
    same_block,
)
from smsform.project.connections import OnCall
from smsform.project.desired import desired_of
from smsform.project.new_files import check_new, default_folder, write_new
from smsform.project.workspace import (
    Workspace,
    load_state,
    locked,
    open_store,
)
from smsform.state import Block, State
from smsform.words import say


@dataclass(slots=True)
class Imported:
    """What was found at all ``providers`` so far, and the state that would own it.

    ``left`` are entries that got no definition, with their provider; ``texts`` are the
    files by path from the project's folder.
    """

    state: State
    providers: Sequence[str]
    drafts: list[Draft] = field(default_factory=list)
    left: list[tuple[str, SkippedEntry]] = field(default_factory=list)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether an entry that should have got a definition has none."""
        return any(left.why in FAILED for _, left in self.left)


def import_all(
    project: Workspace,
    providers: Sequence[str] = (),
    ids: Sequence[str] = (),
    kinds: Collection[Kind] = tuple(Kind),
    output: str | None = None,
    dry_run: bool = False,
    on_call: OnCall = None,
) -> Imported:
    """Write definitions for what exists and own it; with *dry_run* write nothing."""
    project.checked()
    names = project.providers(providers)
    if ids and len(names) > 1:
        raise WrongUsage("--id", say("import_all.which_provider"))
    store = open_store(project)
    with nullcontext() if dry_run else locked(store):
        before = load_state(project, store)
        found = Imported(before, names)
        for name in names:
            account = open_account(project, name, on_call)
            _collect(project, account, found, ids, kinds)
        found.texts = texts = _files(project, found.drafts, output)
        check_new(project.config, texts)
        if texts and not dry_run:
            try:
                # First who owns what: a file without it would look like work to submit.
                store.save(found.state)
                write_new(project.config.root, texts)
            except BaseException:
                store.save(before)
                raise
    return found


def _collect(
    project: Workspace,
    account: OpenedAccount,
    found: Imported,
    ids: Sequence[str],
    kinds: Collection[Kind],
) -> None:
    """Add one provider's drafts, and its block with what they own."""
    name, spec = account.config.name, account.spec
    block = same_block(project, name, found.state, account)
    desired = desired_of(project, name)
    known = {
        kind: (*each, *(ids if kind in kinds else ()))
        for kind, each in block.known().items()
    }
    reading = account.provider.read(known)
    if not reading.listed and not ids:
        what = say("import_all.not_listed")
        raise ConfigError(f"providers.{name}", what, say("import_all.not_listed_hint"))
    now = account.clock.now()
    block = reconcile(name, block, reading, desired, spec, now).block
    chosen = _in_full(account, block, _chosen(name, reading.entries, ids, kinds))
    picks, left = sift(chosen, block, desired, spec)
    surroundings = Surroundings.around(
        name,
        spec,
        project.definitions,
        _owned(block, found.drafts),
        project.config.vars,
        project.config.providers,
    )
    ground = TargetProject(project.config, project.specs, project.definitions)
    drafts, wanted, lost = prove(propose(picks, surroundings), ground)
    found.left += [(name, each) for each in (*left, *lost)]
    found.drafts += drafts
    if drafts:
        block = adopt(name, block, drafts, wanted, spec, now)
        found.state = found.state.with_block(name, block)


def _in_full(
    account: OpenedAccount, block: Block, entries: Sequence[Existing]
) -> list[Existing]:
    """The entries nobody owns read by id, where lists do not show all of them."""
    found, owners = list(entries), block.owners()
    for kind, card in account.spec.kinds.items():
        free = [
            each.id
            for each in entries
            if each.kind is kind and (kind, each.id) not in owners
        ]
        if card.sparse and free:
            seen = {each.id: each for each in account.provider.fetch(kind, free)}
            found = [
                seen.get(each.id, each) if each.kind is kind else each for each in found
            ]
    return found


def _owned(block: Block, drafts: Sequence[Draft]) -> set[tuple[Kind, str]]:
    """Keys that are taken although no definition has them."""
    drafted = {(draft.kind, draft.definition.key) for draft in drafts}
    return drafted | set(block.records) | set(block.intents)


def _chosen(
    provider: str,
    entries: Sequence[Existing],
    ids: Sequence[str],
    kinds: Collection[Kind],
) -> list[Existing]:
    """The entries asked for; ConfigError when an id names none, or two."""
    found = [entry for entry in entries if entry.kind in kinds]
    if not ids:
        return found
    found = [entry for entry in found if entry.id in ids]
    counts = Counter(entry.id for entry in found)
    if missing := [id for id in ids if id not in counts]:
        what = say("import_all.no_id", provider=provider, ids=", ".join(missing))
        raise ConfigError("--id", what)
    if twice := [id for id, count in counts.items() if count > 1]:
        what = say("import_all.two_kinds", ids=", ".join(twice))
        raise ConfigError("--id", what, say("import_all.two_kinds_hint"))
    return found


def _files(
    project: Workspace, drafts: Sequence[Draft], output: str | None
) -> dict[str, str]:
    """Path from the project's folder -> YAML."""
    if not drafts:
        return {}
    titles = project.titles()
    if output is not None:
        output = _inside(project.config.root, output)
        if output.endswith((".yaml", ".yml")):
            return {output: documents(drafts, titles, together=True)[""]}
    texts: dict[str, str] = {}
    names = list(dict.fromkeys(draft.provider for draft in drafts))
    for name in names:
        mine = [draft for draft in drafts if draft.provider == name]
        inside = documents(mine, titles, together=False)
        if output is None:
            folder = default_folder(project.config, name, inside)
        else:
            folder = output if len(names) == 1 else f"{output}/{name}"
        texts |= {
            f"{folder}/{file}".removeprefix("./"): inside[file] for file in inside
        }
    return texts


def _inside(root: Path, output: str) -> str:
    """*output* as a path from the project's folder, with ``/``."""
    path = Path(output)
    if path.is_absolute() and path.is_relative_to(root.resolve()):
        path = path.relative_to(root.resolve())
    return path.as_posix()
