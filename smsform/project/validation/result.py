"""The result of a validation."""

from __future__ import annotations

from typing import NamedTuple

from smsform.errors.problem import Problem


class Validated(NamedTuple):
    """The problems found, and the number of definitions."""

    problems: tuple[Problem, ...]
    definitions: int
