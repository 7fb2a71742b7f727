"""Moving versions in the state: from an address to another, or all of a provider."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from msgspec.structs import replace

from smsform.emulation import store_path
from smsform.errors import ConfigError
from smsform.model import Address, Identity
from smsform.project.addresses import one_address
from smsform.project.suggest import near_address
from smsform.project.workspace import Workspace, locked, open_store
from smsform.state import Block, Record, State
from smsform.words import say


def owners(state: State) -> Iterable[Address]:
    """Every address with a version or an open submission."""
    for provider, block in state.blocks.items():
        for slot in {**block.records, **block.intents}:
            yield Address(provider, *slot)


def check_owns(state: State, at: Address) -> None:
    """ConfigError for an address that has nothing in the state file."""
    known = {*owners(state)}
    if at not in known:
        hint = near_address(str(at), known) or say("state.see_list")
        raise ConfigError("state", say("cli.no_state", address=at), hint)


def move(project: Workspace, origin: str, target: str) -> tuple[str, str]:
    """Move versions from *origin* to *target*; returns both names in full.

    *origin* is an address, or a provider all of which moves. A *target* that is a key
    alone stays at the provider and of the kind. ConfigError where something is there
    already, or where the ids would mean nothing.
    """
    store = open_store(project)
    with locked(store):
        state = store.load()
        if origin in state.blocks:
            store.save(_renamed(project, state, origin, target))
            if project.config.providers[target].emulated:
                _rename_emulated(project, origin, target)
            return origin, target
        source = one_address(origin, {*owners(state)})
        check_owns(state, source)
        if "/" in target:
            there = one_address(target, ())
        else:
            there = source._replace(key=target.removeprefix(f"{source.kind}."))
        store.save(_moved(project, state, source, there))
        return str(source), str(there)


def _renamed(project: Workspace, state: State, origin: str, target: str) -> State:
    """The state with the block of provider *origin* under the name *target*."""
    project.providers([target])
    known = [at for at in owners(state) if at.provider == origin]
    for at in known:
        _check_target(project, state, at, at._replace(provider=target))
    blocks = dict(state.blocks)
    blocks[target] = blocks.pop(origin)
    return State(blocks)


def _rename_emulated(project: Workspace, origin: str, target: str) -> None:
    """Rename the provider in the emulator's store; its ids mean nothing elsewhere."""
    from smsform.emulation.renaming import rename
    from smsform.emulation.store import Store

    path = store_path(project.config.root)
    if path.exists():
        store = Store(path)
        rename(store, origin, target)
        store.close()


def _moved(project: Workspace, state: State, source: Address, target: Address) -> State:
    """The state with what *source* owns at *target*."""
    if source.kind is not target.kind:
        raise ConfigError("state", say("cli.mv_kind", origin=source, address=target))
    _check_target(project, state, source, target)
    old, slot = state.blocks[source.provider], (source.kind, source.key)
    record, intent = old.record(slot), old.intents.get(slot)
    emptied = old.with_record(slot, Record()).with_intent(slot, None)
    emptied, retired = emptied.without_retired(slot), old.retired.get(slot, ())
    state = state.with_block(source.provider, emptied)
    new = state.blocks.get(target.provider, Block(old.identity))
    slot = (target.kind, target.key)
    new = new.with_record(slot, record).with_intent(slot, intent)
    if retired:
        before = new.retired.get(slot, ())
        new = replace(new, retired={**new.retired, slot: before + retired})
    return state.with_block(target.provider, new)


def _check_target(
    project: Workspace, state: State, source: Address, target: Address
) -> None:
    """Raise ConfigError for a place the ids of *source* must not go to."""
    if target in owners(state):
        raise ConfigError("state", say("cli.mv_exists", address=target))
    project.providers([target.provider])
    if source.provider == target.provider:
        return
    for was, now in product(*[_places(project, state, at) for at in (source, target)]):
        field = was.contradiction(now)
        if field == "endpoint":
            raise ConfigError("state", say("state.other_world", origin=source))
        if field:
            what = say(
                "state.other_place",
                origin=source,
                address=target,
                field=field,
                was=getattr(was, field),
                now=getattr(now, field),
            )
            raise ConfigError("state", what, say("state.other_place_hint"))


def _places(project: Workspace, state: State, at: Address) -> list[Identity]:
    """Where the provider of *at* is, by smsform.yaml and by the state file.

    For a provider that smsform.yaml lacks, the state says whether it was emulated.
    """
    remembered = state.blocks.get(at.provider, Block(Identity(""))).identity
    config = project.config.providers.get(at.provider)
    if config is None:
        return [remembered.filled(Identity("", endpoint="service"))]
    said = Identity(
        config.type,
        config.site,
        config.region,
        "emulator" if config.emulated else "service",
        config.expect_account,
    )
    return [said, remembered]
