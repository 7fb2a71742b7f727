"""SMS signatures and templates as code: plan, review, apply.

    from smsform import Project

What a project can do is documented at ``Project``; it is loaded when it is asked for,
because ``smsform --version`` imports this, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.version import __version__

if TYPE_CHECKING:
    from smsform.project.api import Project as Project
    from smsform.project.planning import Choice as Choice

__all__ = ["Choice", "Project", "__version__"]


def __getattr__(name: str) -> object:
    """Import ``Project`` or ``Choice`` on first use; AttributeError for another
    name."""
    if name == "Project":
        from smsform.project.api import Project

        return Project
    if name == "Choice":
        from smsform.project.planning import Choice

        return Choice
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
