"""``smsform explain``: what a code of a service means; offline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import completion
from smsform.cli.output import format_option, show

if TYPE_CHECKING:
    from smsform.report.explanations import Explained


@click.command("explain")
@click.argument("codes", metavar="[CODE]…", nargs=-1, shell_complete=completion.codes)
@click.option(
    "--type",
    "type_",
    metavar="TYPE",
    shell_complete=completion.types,
    help="Only codes of this type of provider.",
)
@format_option("explanations")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.pass_obj
def command(
    settings: dict[str, Any],
    codes: tuple[str, ...],
    type_: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Say what a code of a service means, and who can do what about it.

    Codes of templates, signatures, keys, sending, receipts, pushes, and of interfaces
    that are gone. Without a CODE all of them are listed.

    \b
    Examples:
      smsform explain LimitExceeded.PhoneNumberDailyLimit
      smsform explain MK:0004 1014 --json
    """
    from smsform.explanation import find
    from smsform.report.formats.reports.offline import ExplanationsReport

    known = list(_known(type_))
    asked: dict[str, list[Explained]] = {}
    for code in codes:
        fitting = set(find(code, [each.explanation for each in known]))
        if not fitting:
            raise _unknown(code, known)
        asked[code] = [each for each in known if each.explanation in fitting]
    shown = [each for found in asked.values() for each in found] if codes else known
    report = ExplanationsReport(shown, asked if codes else None)
    show(report, "json" if as_json else form, settings)


def _known(type: str | None) -> Iterator[Explained]:
    """Every explanation of every service, or of one type; WrongUsage for an unknown
    type."""
    from smsform.errors import WrongUsage
    from smsform.project.suggest import near
    from smsform.registry import specs
    from smsform.report.explanations import Explained
    from smsform.words import say

    if type is not None and type not in specs():
        what = say("explain.no_type", type=type)
        hint = near(type, specs()) or say("cli.known", known=", ".join(specs()))
        raise WrongUsage("--type", what, hint)
    for spec in specs().values():
        if type in (None, spec.type):
            for each in spec.explanations():
                yield Explained(spec.type, spec.title, each)


def _unknown(code: str, known: list[Explained]) -> Exception:
    """The error for a code that no service lists, with the ones most like it."""
    from smsform.errors import ConfigError
    from smsform.explanation import near
    from smsform.words import say

    names = near(code, [each.explanation for each in known])
    hint = say("cli.near", near=", ".join(names)) if names else say("explain.all")
    return ConfigError("explain", say("explain.no_code", code=code), hint)
