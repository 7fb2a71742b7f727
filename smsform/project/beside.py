"""What a provider's plan goes by beside definitions, reading and its own state."""

from __future__ import annotations

from smsform.model import Kind
from smsform.plan import Beside
from smsform.project.compose import Project
from smsform.state import Block, State


def beside(project: Project, name: str, block: Block, state: State) -> Beside:
    """The policy, and what other providers own: they may be at the same account."""
    elsewhere: set[tuple[Kind, str]] = set()
    for other in project.config.providers.keys() & state.blocks.keys() - {name}:
        if not state.blocks[other].identity.contradiction(block.identity):
            elsewhere |= state.blocks[other].owners().keys()
    return Beside(project.config.policy.retire_after, elsewhere=frozenset(elsewhere))
