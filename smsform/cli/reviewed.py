"""``--reviewed``: a plan goes on only when each of its changes was reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsform.errors import ConfigError, NotReviewed

if TYPE_CHECKING:
    from smsform.plan import Plan

reviewed_option = click.option(
    "--reviewed",
    multiple=True,
    metavar="FILE|DIGEST",
    help="Stop unless every change was reviewed: it is in FILE, which holds plans in "
    "Markdown, or the whole plan has DIGEST, as a stopped run names it. May be "
    "repeated.",
)


def insist(plan: Plan, given: Iterable[str], write: Callable[[Plan], str]) -> None:
    """Raise NotReviewed when *plan* has more than the plans in *given*.

    The rest is printed first, as *write* shows it.
    """
    from smsform.plan.reviewed import LENGTH, beyond, digest, stamped

    digests: set[str] = set()
    known: set[str] = set()
    for each in given:
        if re.fullmatch(rf"[0-9a-f]{{{LENGTH}}}", each):
            digests.add(each)
        else:
            known.update(stamped(_text(Path(each))))
    rest = beyond(plan, known)
    if rest.lines and digest(plan) not in digests:
        click.echo(write(rest), err=True, color=True)
        raise NotReviewed(digest(plan))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ConfigError(str(path), error.strerror or str(error)) from None
