"""Every rule asked about every definition; offline."""

from __future__ import annotations

from dataclasses import replace

from smsform.errors import Problem, StateError
from smsform.model import Kind
from smsform.project.workspace import Workspace, open_store
from smsform.validate import check


def validate(project: Workspace, strict: bool = False) -> tuple[Problem, ...]:
    """The project's problems, in the order of the files.

    With *strict* warnings are errors.
    """
    config = project.config
    problems = check(
        project.definitions,
        replace(config, strict=config.strict or strict),
        project.specs,
        _approved(project),
    )
    return tuple(problems)


def _approved(project: Workspace) -> set[tuple[str, str]]:
    """Provider and text of what was approved when last seen, by the state file.

    Only texts stated verbatim are looked up there, so without one it is not read.
    """
    if not any(
        "native" in keys
        for template in project.definitions.templates.values()
        for keys in template.overrides.values()
    ):
        return set()
    try:
        blocks = open_store(project).load().blocks
    except StateError:  # every other command says so; here it only costs the excuse
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
