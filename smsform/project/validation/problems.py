"""What the rules say of definitions; offline."""

from __future__ import annotations

from msgspec.structs import replace

from smsform.definitions import Definitions
from smsform.errors import Problem, StateError
from smsform.model import Kind
from smsform.project.workspace import Workspace, open_store
from smsform.validate import check


def problems_of(
    project: Workspace,
    strict: bool = False,
    definitions: Definitions | None = None,
    comparing: bool = True,
) -> tuple[Problem, ...]:
    """The problems of the project, or of some *definitions*, in the order of the files.

    With *strict* warnings are errors. Without *comparing* the rules that compare
    templates are not asked, because there are more templates than these.
    """
    config = project.config
    definitions = definitions or project.definitions
    return check(
        definitions,
        replace(config, strict=config.strict or strict),
        project.specs,
        _approved(project) if definitions.verbatim else (),
        comparing,
    )


def _approved(project: Workspace) -> set[tuple[str, str]]:
    """Provider and text of what was approved when last seen, by the state file.

    The state is read only when a definition states a text verbatim.
    """
    try:
        blocks = open_store(project).load().blocks
    except StateError:  # other commands report it; here it costs an excuse only
        return set()
    return {
        (name, str(version.submitted.get(project.spec(name).kinds[kind].text)))
        for name in project.config.providers
        if name in blocks
        for (kind, _), record in blocks[name].records.items()
        if kind is Kind.TEMPLATE
        for version in record.versions
        if version.usable
    }
