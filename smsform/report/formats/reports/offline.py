"""Reports that need no account: problems, previews, rules, codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
    from smsform.errors import Problem, SmsformError
    from smsform.plan.written import WrittenPlan
    from smsform.preview import Preview
    from smsform.report.explanations import Explained
    from smsform.rule import Rule


class ProblemsReport(Struct, frozen=True):
    """Problems of the project in ``folder``, or the ``failure`` that prevented the
    check.

    ``most`` is how many of them a person is shown; None is the usual number.
    """

    kind: ClassVar[str] = "problems"
    problems: Sequence[Problem]
    folder: Path
    failure: SmsformError | None = None
    most: int | None = None


class PreviewReport(Struct, frozen=True):
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


class RulesReport(Struct, frozen=True):
    """Rules, listed or ``explained``."""

    kind: ClassVar[str] = "rules"
    rules: Sequence[Rule]
    explained: bool = False


class ExplanationsReport(Struct, frozen=True):
    """Explanations; ``asked`` has them by code, where codes were asked for."""

    kind: ClassVar[str] = "explanations"
    shown: Sequence[Explained]
    asked: Mapping[str, Sequence[Explained]] | None = None
