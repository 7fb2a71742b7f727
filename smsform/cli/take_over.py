"""Import a whole account: read it, draft definitions, own the entries, write files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from smsform.cli import Exit
from smsform.cli.options import on_call
from smsform.drafts import (
    Draft,
    Ground,
    Left,
    Surroundings,
    documents,
    propose,
    prove,
    sift,
)
from smsform.drafts.adoption import adopt
from smsform.drafts.values import COUNTED, FAILED, Why
from smsform.errors import ConfigError
from smsform.model import Existing, Kind
from smsform.plan import reconcile
from smsform.project.accounts import Account, desired_of, open_account, same_block
from smsform.project.compose import (
    Project,
    load_state,
    locked,
    open_project,
    open_store,
)
from smsform.project.new_files import check_new, default_folder, write_new
from smsform.report.terminal import safe
from smsform.state import Block, State
from smsform.words import counted, say


@dataclass(slots=True)
class Haul:
    """What was found at all providers so far, and the state that would own it."""

    state: State
    drafts: list[Draft] = field(default_factory=list)
    left: list[tuple[str, Left]] = field(default_factory=list)


def take_over(
    settings: dict[str, Any],
    providers: Sequence[str],
    ids: Sequence[str],
    kinds: Collection[Kind],
    output: str | None,
    dry_run: bool,
) -> int:
    """Write definitions for what exists and own it; the exit code."""
    project = open_project(settings)
    names = project.providers(providers)
    if ids and len(names) > 1:
        raise click.UsageError(say("take_over.which_provider"))
    store = open_store(project)
    with nullcontext() if dry_run else locked(store):
        before = load_state(project, store)
        haul = Haul(before)
        for name in names:
            account = open_account(project, name, on_call(settings))
            _collect(project, account, haul, ids, kinds)
        texts = _files(project, haul.drafts, output)
        check_new(project.config, texts)
        if dry_run:
            for path, text in texts.items():
                click.echo(f"--- # {path}\n{text}", nl=False)
        elif texts:
            try:
                # First who owns what: a file without it would look like work to submit.
                store.save(haul.state)
                write_new(project.config.root, texts)
            except BaseException:
                store.save(before)
                raise
    _tell(names, haul, texts, dry_run)
    failed = any(left.why in FAILED for _, left in haul.left)
    return Exit.ERROR if failed else Exit.FINE


def _collect(
    project: Project,
    account: Account,
    haul: Haul,
    ids: Sequence[str],
    kinds: Collection[Kind],
) -> None:
    """Add one provider's drafts, and its block with what they own."""
    name, spec = account.config.name, account.spec
    block = same_block(project, name, haul.state, account)
    desired = desired_of(project, name)
    known = {
        kind: (*each, *(ids if kind in kinds else ()))
        for kind, each in block.known().items()
    }
    reading = account.provider.read(known)
    if not reading.listed and not ids:
        what = say("take_over.not_listed")
        raise ConfigError(f"providers.{name}", what, say("take_over.not_listed_hint"))
    now = account.clock.now()
    block = reconcile(name, block, reading, desired, spec, now).block
    chosen = _in_full(account, block, _chosen(name, reading.entries, ids, kinds))
    picks, left = sift(chosen, block, desired, spec)
    surroundings = Surroundings.around(
        name, spec, project.definitions, _owned(block, haul.drafts),
        project.config.vars, project.config.providers,
    )  # fmt: skip
    ground = Ground(project.config, project.specs, project.definitions)
    drafts, wanted, lost = prove(propose(picks, surroundings), ground)
    haul.left += [(name, each) for each in (*left, *lost)]
    haul.drafts += drafts
    if drafts:
        block = adopt(name, block, drafts, wanted, spec, now)
        haul.state = haul.state.with_block(name, block)


def _in_full(
    account: Account, block: Block, entries: Sequence[Existing]
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
        what = say("take_over.no_id", provider=provider, ids=", ".join(missing))
        raise ConfigError("--id", what)
    if twice := [id for id, count in counts.items() if count > 1]:
        what = say("take_over.two_kinds", ids=", ".join(twice))
        raise ConfigError("--id", what, say("take_over.two_kinds_hint"))
    return found


def _files(
    project: Project, drafts: Sequence[Draft], output: str | None
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


# --- what is said about it ----------------------------------------------------------


def _tell(
    names: Sequence[str], haul: Haul, texts: Mapping[str, str], dry_run: bool
) -> None:
    """Say on stderr what became of every entry."""

    def line(sentence: str, **fields: object) -> None:
        click.echo(safe(say(f"take_over.{sentence}", **fields)), err=True)

    for name in names:
        mine = [draft for draft in haul.drafts if draft.provider == name]
        kinds = Counter(draft.kind for draft in mine)
        counts = Counter(left.why for where, left in haul.left if where == name)
        line(
            "would_import" if dry_run else "imported", provider=name,
            signatures=counted("take_over.signatures", kinds[Kind.SIGNATURE]),
            templates=counted("take_over.templates", kinds[Kind.TEMPLATE]),
        )  # fmt: skip
        if beside := sum(len(draft.beside) for draft in mine):
            click.echo(counted("take_over.beside", beside), err=True)
        for why in COUNTED:
            if counts[why]:
                line(f"count_{why}", count=counts[why])
    for where, left in haul.left:
        if left.why not in COUNTED:
            _tell_left(line, where, left)
    if texts and not dry_run:
        line("written", paths=", ".join(texts))
        line("next")


def _tell_left(line: Any, provider: str, left: Left) -> None:
    entry = left.entry
    address = f"{provider}/{left.what}" if left.why is Why.SUBMITTED else left.what
    why = say(f"take_over.why_{left.why}", what=address, id=entry.id)
    line(
        "left", provider=provider, kind=entry.kind, id=entry.id, name=entry.name,
        why=why,
    )  # fmt: skip
