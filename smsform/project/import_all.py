"""Importing accounts: read them, draft definitions, own the entries, write files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext

from msgspec import Struct, field

from smsform.drafts import (
    ChosenEntry,
    Draft,
    SkippedEntry,
    Surroundings,
    TargetProject,
    alone,
    documents,
    join,
    settle,
    sift,
)
from smsform.drafts.adoption import adopt
from smsform.drafts.amendment import amend
from smsform.drafts.values import FAILED
from smsform.errors import ConfigError, WrongUsage
from smsform.model import Address, Desired, Existing, Kind
from smsform.plan.reconcile import reconcile
from smsform.project.accounts import (
    OpenedAccount,
    open_account,
    same_block,
)
from smsform.project.connections import TellCall
from smsform.project.desired.attributes import desired_of, evidence_of
from smsform.project.new_files import (
    check_new,
    default_folder,
    inside,
    missing,
    relative,
    text_of,
    write,
)
from smsform.project.workspace import (
    Workspace,
    load_state,
    locked,
    open_store,
)
from smsform.state import Block, State
from smsform.words import say

TOGETHER = "imported"  # the folder of definitions that several accounts share


class Imported(Struct):
    """The result for all ``providers``, and the state that owns the entries.

    ``left`` are entries that got no definition, with their provider; ``texts`` are new
    files by path from the project's folder, ``amended`` existing files with their new
    text.
    """

    state: State
    providers: Sequence[str]
    drafts: Sequence[Draft] = ()
    left: Sequence[tuple[str, SkippedEntry]] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    amended: Mapping[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether an entry that should have got a definition has none."""
        return any(left.why in FAILED for _, left in self.left)


class _Here(Struct):
    """One provider as it was read: its block, its desired entries, and the picks."""

    account: OpenedAccount
    block: Block
    desired: Mapping[Address, Desired]
    picks: list[ChosenEntry]
    now: float


def import_all(
    project: Workspace,
    providers: Sequence[str] = (),
    ids: Sequence[str] = (),
    kinds: Collection[Kind] = tuple(Kind),
    output: str | None = None,
    dry_run: bool = False,
    separate: bool = False,
    on_call: TellCall = None,
) -> Imported:
    """Write definitions for what exists and own it; with *dry_run* write nothing.

    Entries of one text at several accounts, or of a text that is defined already, share
    a definition, unless *separate*.
    """
    project.checked()
    names = project.providers(providers)
    if ids and len(names) > 1:
        raise WrongUsage("--id", say("import_all.which_provider"))
    store = open_store(project)
    with nullcontext() if dry_run else locked(store):
        before = load_state(project, store)
        left: list[tuple[str, SkippedEntry]] = []
        here = {}
        for name in names:
            account = open_account(project, name, on_call)
            here[name] = _read(
                project, account, before, ids, kinds, left, joining=not separate
            )
        found = _settled(project, here, before, separate)
        found.left = (*left, *found.left)
        found.texts = _files(project, found.drafts, output)
        check_new(project.config, found.texts)
        if found.drafts and not dry_run:
            try:
                # The ownership first: definitions without it would look like work to
                # submit.
                store.save(found.state)
                write(project.config.root, found.texts, found.amended)
            except BaseException:
                store.save(before)
                raise
    return found


def _read(
    project: Workspace,
    account: OpenedAccount,
    state: State,
    ids: Sequence[str],
    kinds: Collection[Kind],
    left: list[tuple[str, SkippedEntry]],
    joining: bool,
) -> _Here:
    """One provider's block and picks; adds what is *left*."""
    name, spec = account.config.name, account.spec
    block = same_block(project, name, state, account)
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
    claims = project.definitions.directives.claims
    picks, here = sift(name, chosen, block, desired, spec, claims, joining)
    left += [(name, each) for each in here]
    return _Here(account, block, desired, picks, now)


def _settled(
    project: Workspace, here: Mapping[str, _Here], state: State, separate: bool
) -> Imported:
    """The drafts of all that was read, and the state that owns their entries."""
    config, definitions = project.config, project.definitions
    taken = {slot for each in here.values() for slot in _taken(each.block)}
    around = Surroundings.around(config, project.specs, definitions, taken)
    ground = TargetProject(config, project.specs, definitions, evidence_of(config))
    picks = {name: each.picks for name, each in here.items()}

    def owned(provider: str, kind: Kind, key: str) -> bool:
        return (kind, key) in _taken(here[provider].block)

    units = (
        alone(pick for mine in picks.values() for pick in mine)
        if separate
        else join(picks, around, definitions, owned)
    )
    settled = settle(
        units,
        around,
        ground,
        {name: {} if separate else each.desired for name, each in here.items()},
        lambda drafts: amend(drafts, config, project.specs, text_of),
    )
    for name, each in here.items():
        mine = [draft for draft in settled.drafts if draft.pick(name)]
        if mine:
            block = adopt(
                name, each.block, mine, settled.wanted, each.account.spec, each.now
            )
            state = state.with_block(name, block)
    amended = {relative(config.root, path): t for path, t in settled.amended.items()}
    return Imported(state, [*here], settled.drafts, settled.left, amended=amended)


def _taken(block: Block) -> Collection[tuple[Kind, str]]:
    """Keys that own something there, or whose submission may still appear."""
    return block.records.keys() | block.intents.keys()


def _in_full(
    account: OpenedAccount, block: Block, entries: Sequence[Existing]
) -> list[Existing]:
    """The unowned entries read by id, where lists do not show all of an entry."""
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


def _chosen(
    provider: str,
    entries: Sequence[Existing],
    ids: Sequence[str],
    kinds: Collection[Kind],
) -> list[Existing]:
    """The entries that were asked for; ConfigError when an id names none, or two."""
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
    """Path from the project's folder -> YAML, of what was not defined before."""
    drafts = [draft for draft in drafts if draft.is_new]
    if not drafts:
        return {}
    titles = project.titles()
    if output is not None:
        output = inside(project.config.root, output)
        if output.endswith((".yaml", ".yml")):
            return {output: documents(drafts, titles, together=True)[""]}
    # Each provider has a folder of its own, unless a draft is of several.
    shared = any(len(draft.unit.picks) > 1 for draft in drafts)
    folders: dict[str, list[Draft]] = {}
    for draft in drafts:
        folder = TOGETHER if shared else draft.unit.picks[0].provider
        folders.setdefault(folder, []).append(draft)
    texts: dict[str, str] = {}
    for name, mine in folders.items():
        named = documents(mine, titles, together=False)
        if output is None:
            for file in missing(project.config, named):
                if file not in texts:
                    texts[file] = named.pop(file)
            folder = default_folder(project.config, name, named)
        else:
            folder = output if len(folders) == 1 else f"{output}/{name}"
        texts |= {f"{folder}/{file}".removeprefix("./"): named[file] for file in named}
    return texts
