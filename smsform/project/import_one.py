"""Importing one entry: a person says which entry an address owns."""

from __future__ import annotations

from smsform.errors import ConfigError
from smsform.model import Address, Desired, Existing
from smsform.plan import Action, Change, Reason
from smsform.plan.active import move_active
from smsform.plan.taking import Owning
from smsform.project.accounts import open_account, same_block
from smsform.project.addresses import known_addresses, one_address
from smsform.project.connections import TellCall
from smsform.project.desired.attributes import desired_of
from smsform.project.workspace import Workspace, load_state, locked, open_store
from smsform.state import Block, Origin
from smsform.words import say


def import_one(
    project: Workspace, address: str, id: str, on_call: TellCall = None
) -> Address:
    """Make *address* the owner of the entry with *id*."""
    project.checked()
    store = open_store(project)
    with locked(store):
        state = load_state(project, store)
        at = one_address(address, known_addresses(project, state))
        project.providers([at.provider])
        desired = desired_of(project, at.provider)
        if at not in desired:
            what = say("cli.import_undefined", address=address)
            raise ConfigError("import", what, say("cli.import_undefined_hint"))
        account = open_account(project, at.provider, on_call)
        block = same_block(project, at.provider, state, account)
        found = account.provider.fetch(at.kind, [id])
        _check(at, id, found, desired[at], block)
        entry, want = found[0], desired[at]
        now = account.clock.now()
        slot = (at.kind, at.key)
        owner = block.owners().get((at.kind, id))
        source = Address(at.provider, *owner) if owner and owner != slot else None
        step = Change(
            at,
            Action.ADOPT,
            Reason.CLAIMED,
            id=id,
            entry=entry,
            desired=want,
            moved_from=source,
        )
        owning = Owning(block)
        owning.take(step, account.spec, now)
        block = owning.block
        entries = {(each.kind, each.id): each for each in found}
        block = move_active(at.provider, block, entries, {at: want}, account.spec, now)
        store.save(state.with_block(at.provider, block))
    return at


def _check(
    at: Address, id: str, found: tuple[Existing, ...], want: Desired, block: Block
) -> None:
    if not found:
        what = say("cli.import_missing", provider=at.provider, kind=at.kind, id=id)
        raise ConfigError("import", what)
    if not found[0].serves(want.international):
        what = say("cli.import_market", id=id, address=at)
        raise ConfigError("import", what)
    owner = block.owners().get((at.kind, id))
    if owner is None or owner == (at.kind, at.key):
        return
    version = block.record(owner).version(id)
    if version is None or version.origin is not Origin.ADOPTED:
        other = Address(at.provider, *owner)
        hint = say("cli.import_owned_hint", owner=other, address=at)
        raise ConfigError("import", say("cli.import_owned", id=id, owner=other), hint)
