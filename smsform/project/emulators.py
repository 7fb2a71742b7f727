"""The emulators of a project, or of every service where there is no project."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from smsform.config import Config
from smsform.documents.nodes import plain_value
from smsform.emulation import settings, state_path
from smsform.errors import ConfigError
from smsform.model import Address
from smsform.project.addresses import matching, one_address
from smsform.project.workspace import Workspace
from smsform.provider import ProviderConfig
from smsform.registry import specs
from smsform.state import FileState, State
from smsform.words import say

if TYPE_CHECKING:
    from smsform.clock import Clock
    from smsform.emulation.service import Service
    from smsform.emulation.store import Entry, Store


def find_config(root: Path) -> Config | None:
    """The smsform.yaml in *root*; None when there is none."""
    if not (root / "smsform.yaml").exists():
        return None
    return Workspace.load(root).config


def emulated(config: Config | None) -> list[ProviderConfig]:
    """The configured providers; without a project, one of each type."""
    if config is not None:
        return list(config.providers.values())
    return [ProviderConfig(name=type, type=type) for type in specs()]


def make_service(store: Store, clock: Clock, config: ProviderConfig) -> Service:
    """The emulator of one provider."""
    return specs()[config.type].emulator(store, clock, config)


def change_setting(
    store: Store, clock: Clock, config: ProviderConfig, name: str, text: str | None
) -> None:
    """Override a setting of smsform.yaml, in running servers as well.

    *text* is its value as YAML writes it; None removes the override. ConfigError for a
    name or a value that the emulator does not have; then nothing is changed.
    """
    try:
        value = None if text is None else plain_value(text)
    except ValueError as error:
        what = say("emulation.bad_setting", name=name, value=text)
        raise ConfigError(config.name, what, str(error)) from error
    with store.transaction():
        store.note(settings.scope(config.name), name, value)
        # Reads all settings, so that a wrong value raises here.
        service = make_service(store, clock, config)
        if name not in service.table:
            settings.read(service.table, {name: value}, config.name)


def locate(
    config: Config | None, store: Store, clock: Clock, text: str
) -> tuple[Service, Entry] | None:
    """The entry that an address or an id means, and its service.

    None for a text that is neither; ConfigError where there is no such entry.
    """
    provider, id = None, text
    states = [FileState(path).load() for path in _state_paths(config)]
    if at := _address(text, {at for state in states for at in state.addresses()}):
        provider, id = at.provider, _newest(states, at)
    for each in emulated(config):
        if provider in (None, each.name):
            service = make_service(store, clock, each)
            if (found := service.locate(id)) is not None:
                return service, found
    if provider is None and not text.isdecimal():
        return None
    raise ConfigError("entry", say("emulation.no_entry", id=text))


def _state_paths(config: Config | None) -> list[Path]:
    return [state_path(config.root), config.state] if config else []


def _address(text: str, known: Collection[Address]) -> Address | None:
    """The address that *text* is or means; None where it may be an id."""
    if "/" in text or matching(text, known):
        return one_address(text, known)
    return None


def _newest(states: Iterable[State], address: Address) -> str:
    """The id of the newest version an address owns, by the state files."""
    for state in states:
        block = state.blocks.get(address.provider)
        record = block.record((address.kind, address.key)) if block else None
        if record is not None and record.versions:
            return record.versions[-1].id
    what = say("emulation.no_address", address=address)
    hint = "emulation.no_address_hint"
    raise ConfigError("entry", what, say(hint))
