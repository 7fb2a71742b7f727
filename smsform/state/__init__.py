"""What smsform remembers between runs: ids, submissions, open intents.

The provider is the truth; losing the state loses only what the provider cannot tell.
"""

from smsform.state.file import FileState, StateStore
from smsform.state.memory import Author, Block, Intent, Origin, Record, State, Version
from smsform.state.split import SplitState

__all__ = [
    "Author",
    "Block",
    "FileState",
    "Intent",
    "Origin",
    "Record",
    "SplitState",
    "State",
    "StateStore",
    "Version",
]
