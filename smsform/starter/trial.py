"""Asking the rules about a project that does not exist yet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from smsform.errors import Level, Problem
from smsform.model import Kind
from smsform.project.workspace import Workspace
from smsform.starter import StarterOptions, project_files
from smsform.validate import check


def signature_problems(wishes: StarterOptions) -> list[Problem]:
    """The errors that ``validate`` would find in the new project's signature."""
    with TemporaryDirectory() as folder:
        for path, data in project_files(wishes, {}).items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        new = Workspace.load(folder, {})
        return [
            problem
            for problem in check(new.definitions, new.config, new.specs)
            if problem.level is Level.ERROR
            and problem.address.rpartition("/")[2].startswith(f"{Kind.SIGNATURE}.")
        ]
