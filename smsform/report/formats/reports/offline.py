"""Reports that need no account: problems, previews, rules, codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from smsform.errors import Problem, SmsformError
    from smsform.plan.written import WrittenPlan
    from smsform.preview import Preview
    from smsform.report.explanations import Explained
    from smsform.rule import Rule


@dataclass(frozen=True)
class ProblemsReport:
    """Problems of the project in ``folder``, or the ``failure`` that prevented the
    check.

    ``most`` is how many of them a person is shown; None is the usual number.
    """

    kind: ClassVar[str] = "problems"
    problems: Sequence[Problem]
    folder: Path
    failure: SmsformError | None = None
    most: int | None = None


@dataclass(frozen=True)
class PreviewReport:
    """Previews, rendered one by one, and problems by template key.

    The page also has a ``title``, a ``plan``, and the path ``live`` that tells the
    ``version`` of the files.
    """

    kind: ClassVar[str] = "preview"
    previews: Iterable[Preview]
    problems: Mapping[str, Sequence[Problem]]
    title: str = ""
    plan: WrittenPlan | None = None
    live: str = ""
    version: str = ""


@dataclass(frozen=True)
class RulesReport:
    """Rules, listed or ``explained``."""

    kind: ClassVar[str] = "rules"
    rules: Sequence[Rule]
    explained: bool = False


@dataclass(frozen=True)
class ExplanationsReport:
    """Explanations; ``asked`` has them by code, where codes were asked for."""

    kind: ClassVar[str] = "explanations"
    shown: Sequence[Explained]
    asked: Mapping[str, Sequence[Explained]] | None = None
