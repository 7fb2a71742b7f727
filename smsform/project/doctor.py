"""The checks of ``doctor``: the project's own files, then every account."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from msgspec.structs import replace

from smsform.card import ProviderSpec
from smsform.errors import CredentialsMissing, SmsformError
from smsform.model import Check, Health, Identity, Reading
from smsform.project import own_checks
from smsform.project.accounts import OpenedAccount, open_account, same_block
from smsform.project.connections import TellCall
from smsform.project.counts import package_check
from smsform.project.delivery_checks import check_delivery
from smsform.project.own_checks import failed
from smsform.project.workspace import Workspace, open_store
from smsform.provider import ProviderConfig
from smsform.state import Block, State
from smsform.words import say

PATIENCE = 10.0  # seconds for a call: a person is waiting for the answer


def check_up(
    project: Workspace, only: Sequence[str] = (), on_call: TellCall = None
) -> dict[str, list[Check]]:
    """The checks of the project (key ""), then of each provider."""
    patient = {
        name: replace(each, timeout=min(each.timeout, PATIENCE))
        for name, each in project.config.providers.items()
    }
    project = replace(project, config=replace(project.config, providers=patient))
    names, store = project.providers(only), open_store(project)
    state, checks = own_checks.remembered(project, store)
    project_checks = [own_checks.defined(project), *checks, *own_checks.locks(store)]
    project_checks += own_checks.evidence(project, names)
    sections = {"": [*project_checks, *own_checks.told(project, state, os.environ)]}
    for name in names:
        sections[name] = list(_provider(project, name, state, on_call))
    return sections


def _provider(
    project: Workspace, name: str, state: State, on_call: TellCall
) -> Iterator[Check]:
    """The checks of one provider, from its configuration to its replies."""
    config, spec = project.config.providers[name], project.spec(name)
    yield _limits(config, spec)
    try:
        account = open_account(project, name, on_call)
    except CredentialsMissing as error:
        yield failed("credentials", error)
        return
    except SmsformError as error:
        yield failed("account", error)
        return
    yield _endpoint(config, account.provider.identity())
    block = state.blocks.get(name, Block(Identity(config.type)))
    try:
        same_block(project, name, state, account)
    except SmsformError as error:
        yield failed("state", error)
    failure, reading = None, None
    try:
        reading = account.provider.read(block.known())
        yield from _held(account, reading)
    except SmsformError as error:
        failure = failed("account", error)
        yield failure
    if failure is None and (check := package_check(project, name, on_call)):
        yield check
    for check in account.provider.diagnose():
        # Several calls refused for one cause: its advice is given once.
        if failure is None or check.health is Health.OK or check.todo != failure.todo:
            yield check
    if reading is not None:  # last: a key that may not ask about delivery is no fault
        yield from check_delivery(
            name, account.provider, spec, block, reading, account.clock.now()
        )


def _endpoint(config: ProviderConfig, identity: Identity) -> Check:
    """Emulator or real, and where exactly."""
    from smsform.loopback import is_loopback

    host = urlsplit(f"//{identity.endpoint}").hostname or ""
    sentence = "endpoint_custom" if config.endpoint else "endpoint_real"
    if config.emulated:
        sentence = "endpoint_emulated"
    elif is_loopback(host):
        sentence = "endpoint_here"
    return Check("endpoint", Health.OK, say(f"doctor.{sentence}", **identity._asdict()))


def _limits(config: ProviderConfig, spec: ProviderSpec) -> Check:
    """The limits that rules and plan use: as documented, or as the account
    overrides."""
    changed, same = [], []
    for name, limit in spec.limits.items():
        value = spec.limit(config, name)
        fields = {
            "name": name,
            "value": _shown(value),
            "default": _shown(limit.default),
        }
        if value == limit.default:
            same.append(say("doctor.limit", **fields))
        else:
            changed.append(say("doctor.limit_set", **fields))
    parts = [say("doctor.limits_set", values=", ".join(changed))] if changed else []
    parts += [say("doctor.limits", values=", ".join(same))] if same else []
    return Check("limits", Health.OK, say("report.semicolon").join(parts))


def _shown(value: object) -> str:
    if isinstance(value, tuple | list | set | frozenset):
        return f"[{', '.join(map(str, value))}]"
    return str(value)


def _held(account: OpenedAccount, reading: Reading) -> Iterator[Check]:
    """How many entries the account holds, of how many, and whether its key may list."""
    config, spec = account.config, account.spec
    held = Counter(entry.kind for entry in reading.entries)
    counts = say("report.comma").join(
        say("doctor.held", kind=kind, count=held[kind]) for kind in spec.kinds
    )
    yield Check("account", Health.OK, say("doctor.account", counts=counts))
    if config.expect_account and not account.provider.identity().account:
        found = say("doctor.account_expected", account=config.expect_account)
        todo = say("doctor.account_expected_todo")
        yield Check("account", Health.WARN, found, todo)
    if not reading.listed:
        found, todo = say("doctor.unlisted"), say("doctor.unlisted_todo")
        yield Check("listing", Health.WARN, found, todo)
        return
    for kind, each in spec.kinds.items():
        limit = spec.limit(config, each.quota) if each.quota else None
        if isinstance(limit, int):
            full = held[kind] >= limit
            found = say("doctor.quota", held=held[kind], limit=limit, kind=kind)
            todo = say("doctor.quota_full_todo", name=each.quota) if full else ""
            yield Check("quota", Health.WARN if full else Health.OK, found, todo)
