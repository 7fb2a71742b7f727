"""``smsform code``: modules that send, in the languages of the official SDKs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from smsform.cli import Exit, completion
from smsform.cli.options import checked_project
from smsform.config.code import PACKAGE, CodeTarget
from smsform.errors import WrongUsage
from smsform.project.generated import Freshness, allowed, freshness, write
from smsform.project.senders import module
from smsform.report.terminal import safe
from smsform.senders.language import LANGUAGES
from smsform.senders.model import IdSource
from smsform.words import say


@click.command("code")
@click.option(
    "--language", type=click.Choice(list(LANGUAGES)), help="The language of the module."
)
@click.option(
    "--provider",
    metavar="NAME",
    shell_complete=completion.providers,
    help="The provider it sends through.",
)
@click.option(
    "-o",
    "path",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Where it is written: inside the repository.",
)
@click.option(
    "--ids",
    type=click.Choice([each.value for each in IdSource]),
    default=IdSource.EMBEDDED.value,
    help="Ids in the module, from the environment, or from a JSON file.",
)
@click.option(
    "--package",
    metavar="NAME",
    default="",
    help="The package or namespace, where the language has one.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail when a file is not what the project says.",
)
@click.pass_obj
def command(
    settings: dict[str, Any],
    language: str | None,
    provider: str | None,
    path: Path | None,
    ids: str,
    package: str,
    check: bool,
) -> int:
    """Generate modules that send: one function a template, ids and order inside.

    Without options every module under `code:` in smsform.yaml is refreshed. Only
    templates with an approved id are in it; the others are named on stderr.

    \b
    Examples:
      smsform code --language python --provider cloud -o app/sms.py
      smsform code
      smsform code --check
    """
    project = checked_project(settings)
    given = (language, provider, path)
    if any(given) and not all(given):
        raise WrongUsage(
            "code", say("senders.all_three"), say("senders.all_three_hint")
        )
    if package and not PACKAGE.fullmatch(package):
        raise WrongUsage("--package", say("senders.package", found=safe(package)))
    targets: Sequence[CodeTarget] = project.config.code
    folder = project.config.root
    if language and provider and path:
        project.providers((provider,))
        targets = [CodeTarget(language, provider, str(path), IdSource(ids), package)]
        folder = Path()
    if not targets:
        raise WrongUsage("code", say("senders.nothing"), say("senders.nothing_hint"))
    state = project.state()
    made = []
    for target in targets:  # all before the first is written
        file = allowed(project.config.root, folder.absolute() / target.path)
        found = module(project, state, target)
        made.append((target, file, found, freshness(file, found.text)))
    told = set()
    stale = 0
    for target, file, found, fresh in made:
        for omitted in found.omitted:
            if omitted not in told:
                told.add(omitted)
                click.echo(
                    say(
                        "senders.omitted",
                        address=safe(str(omitted.address)),
                        why=omitted.why,
                    ),
                    err=True,
                )
        if fresh is not Freshness.FRESH:
            stale += 1
            if not check:
                write(file, found.text)
        word = "check" if check else "done"
        line = say(f"senders.{word}_{fresh.value}", path=safe(target.path))
        click.echo(line, err=True)
    return Exit.ERROR if check and stale else Exit.FINE
