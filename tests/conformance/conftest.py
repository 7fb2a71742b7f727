"""Every conformance test runs for every provider type the registry finds."""

from __future__ import annotations

import pytest

from conformance.project import Project
from smsform.registry import specs


@pytest.fixture(params=sorted(specs()))
def project(request, tmp_path) -> Project:
    """A fresh project with one provider of the type at hand, ready for templates."""
    project = Project(tmp_path, request.param, {"review": "manual"})
    project.admit()
    return project
