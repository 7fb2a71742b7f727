"""The state file for people and machines: who owns which ids, open submissions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from smsform.model import Address
from smsform.report.readable import readable_json
from smsform.report.terminal import safe, table
from smsform.state import Record, State
from smsform.state.codec import record_out
from smsform.words import named, say

FORMAT = 1


def listed(state: State, columns: int = 0) -> str:
    """A line for each version, the active one with a star; then open submissions."""
    rows = []
    for at, record in _records(state):
        for version in record.versions:
            mark = "*" if version.id == record.active else " "
            gone = say("state.gone") if version.gone else named(version.review)
            rows.append([safe(str(at)), mark, safe(version.id), gone])
    for at, _ in _records(state):
        intent = state.blocks[at.provider].intents.get((at.kind, at.key))
        if intent is not None:
            since = say("state.open_since", at=intent.at)
            rows.append([safe(str(at)), "?", safe(named(intent.action)), safe(since)])
    return table(rows, columns=columns) if rows else ""


def listed_json(state: State) -> str:
    """Every address as in ``shown``."""
    entries = {str(at): _out(state, at, record) for at, record in _records(state)}
    return readable_json({"smsform_state_list": FORMAT, "addresses": entries})


def shown(state: State, at: Address) -> str:
    """One address as JSON: its record, and its open submission if there is one."""
    record = state.blocks[at.provider].record((at.kind, at.key))
    return readable_json({"smsform_state_show": FORMAT, **_out(state, at, record)})


def _out(state: State, at: Address, record: Record) -> dict[str, object]:
    intent = state.blocks[at.provider].intents.get((at.kind, at.key))
    opened = {} if intent is None else {"intent": asdict(intent)}
    out = record_out(record)
    for version, said in zip(record.versions, out["versions"], strict=True):
        # Attributes that could not be read back when it became ours.
        if version.assumed:
            said["unverified"] = version.origin
    return {**out, **opened}


def _records(state: State) -> Iterator[tuple[Address, Record]]:
    """Every address of the state, sorted, with its record; also those with only an
    intent."""
    for provider, block in sorted(state.blocks.items()):
        for slot in sorted({**block.records, **block.intents}):
            yield Address(provider, *slot), block.record(slot)
