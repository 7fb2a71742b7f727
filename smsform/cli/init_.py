"""``smsform init``: a starter project, from a few answers; overwrites nothing.

Every file is written by adding to what is there: to nothing, or to the beginning of
that very file. So a run that was killed can be repeated, and nothing is ever lost.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from smsform.card import ProviderSpec
from smsform.cli import completion
from smsform.cli.asking import agreed
from smsform.cli.failure import show
from smsform.documents.files import CONFIG, inside
from smsform.drafts.layout import writable
from smsform.errors import ConfigError, WrongUsage
from smsform.project.new_files import complete
from smsform.project.repository import default_branch, repository
from smsform.project.suggest import near
from smsform.registry import specs
from smsform.report.schemas import as_json
from smsform.report.terminal import safe
from smsform.starter import StarterOptions, ignoring, project_files, repository_files
from smsform.starter.ci import SOURCE, Ci, secrets
from smsform.starter.trial import signature_problems
from smsform.words import say, tell

SIGNATURE = "示例商城"


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False, type=Path)
@click.option(
    "--provider",
    "types",
    multiple=True,
    metavar="TYPE",
    shell_complete=completion.types,
    help="A service to send texts to; may be repeated.",
)
@click.option(
    "--emulator/--real",
    "emulated",
    default=None,
    help="Begin with the built-in emulators, or with your account.",
)
@click.option(
    "--signature", metavar="NAME", help="What stands in 【】 before every text."
)
@click.option(
    "--ci",
    type=click.Choice([each.value for each in Ci]),
    help="Whose CI files to write as well.",
)
@click.option(
    "--pre-commit/--no-pre-commit",
    "hook",
    default=None,
    help="Check before every commit, by pre-commit.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take the usual answers.")
@click.pass_obj
def command(
    settings: Mapping[str, Any],
    folder: Path | None,
    types: tuple[str, ...],
    emulated: bool | None,
    signature: str | None,
    ci: str | None,
    hook: bool | None,
    yes: bool,
) -> None:
    """Write a starter project into DIR, or into this folder.

    Asks for what the options leave open. Without a terminal it asks nothing, takes
    the usual answers and needs --provider or --yes. Nothing is overwritten: where a
    file is in the way, nothing is written.

    \b
    Examples:
      smsform init
      smsform init texts --yes --signature 示例商城 --ci github
      smsform init --yes
    """
    root = settings["directory"] / (folder or "")
    if root.exists() and not root.is_dir():
        raise ConfigError(str(root), say("init.no_folder"))
    ask = not yes and sys.stdin.isatty()
    config = root / CONFIG
    if ask and config.exists():  # written last: there is a whole project already
        raise _in_the_way([config])
    services = _services(types, ask=ask, usual=yes)
    if emulated is None:
        emulated = not ask or _confirm("emulated", default=True)
    name = _signature(signature, StarterOptions(services, SIGNATURE, emulated), ask=ask)
    if ci is None:
        ci = _choose_ci() if ask else Ci.NONE
    if hook is None:
        hook = ask and _confirm("hook", default=False)
    wishes = StarterOptions(services, name, emulated, Ci(ci), hook)
    home = repository(root.resolve()) or root.resolve()
    missing = _missing(_wanted(root, wishes, home), home)
    complete(missing)
    _tell(root, missing, wishes)


def _services(
    types: Sequence[str], *, ask: bool, usual: bool
) -> tuple[ProviderSpec, ...]:
    """The cards of the services wanted; WrongUsage where nobody says which."""
    while not types and ask:
        width = max(map(len, specs()))
        for type, spec in specs().items():
            click.echo(f"  {type:{width}}  {tell(spec.title)}", err=True)
        answer = _prompt("services", ", ".join(specs()))
        types = re.findall(r"[^\s,，、]+", answer)
        try:
            return _cards(types)
        except WrongUsage as error:
            show(error)
            types = ()
    if not types and not usual:
        known = say("init.no_services_hint", known=", ".join(specs()))
        raise WrongUsage("--provider", say("init.no_services"), known)
    return _cards(types or specs())


def _cards(types: Iterable[str]) -> tuple[ProviderSpec, ...]:
    for type in types:
        if type not in specs():
            known = say("init.known", known=", ".join(specs()))
            what = say("init.unknown_service", type=safe(type))
            raise WrongUsage("--provider", what, near(type, specs()) or known)
    return tuple(specs()[type] for type in dict.fromkeys(types))


def _signature(given: str | None, wishes: StarterOptions, *, ask: bool) -> str:
    """The name of the signature; one that a service's rules refuse is asked for
    again."""
    while True:
        asking = given is None and ask
        text = _prompt("signature", SIGNATURE) if asking else given or SIGNATURE
        try:
            name = _name(text)
            for problem in signature_problems(wishes._replace(signature=name)):
                raise WrongUsage("--signature", problem.message, problem.hint)
        except WrongUsage as error:
            if not asking:
                raise
            show(error)
        else:
            return name


def _name(signature: str) -> str:
    """The name alone, without the brackets that texts show it in."""
    name = signature.strip().removeprefix("【").removesuffix("】").strip()
    if not name or "\n" in name or not writable(name):
        raise WrongUsage("--signature", say("init.signature"))
    return name


def _prompt(question: str, usual: str) -> str:
    answer: str = click.prompt(say(f"init.ask_{question}"), default=usual, err=True)
    return answer


def _confirm(question: str, *, default: bool) -> bool:
    return agreed(say(f"init.ask_{question}"), default=default)


def _choose_ci() -> str:
    choice = click.Choice([each.value for each in Ci])
    found: str = click.prompt(say("init.ask_ci"), "none", type=choice, err=True)
    return found


def _wanted(root: Path, wishes: StarterOptions, home: Path) -> Mapping[Path, bytes]:
    """Path -> the file's content; an existing .gitignore gets the lines it lacks.

    *home* is the repository, in which CI files have their place; the project's own
    folder where there is none.
    """
    schemas = {name: f"{as_json(name)}\n" for name in ("project", "definitions")}
    files = project_files(wishes, schemas)
    wanted = {root / path: data for path, data in files.items()}
    config, ignored = root / CONFIG, root / ".gitignore"
    try:
        before = _read(ignored, home)
    except OSError:  # not there, or in the way
        before = b""
    lacks = ignoring(before.decode(errors="surrogateescape"))
    wanted[ignored] = before + lacks.encode()
    folder = Path(os.path.relpath(root.resolve(), home)).as_posix()
    for path, data in repository_files(wishes, folder, default_branch(home)).items():
        wanted[home / path] = data
    # Last: it marks the project as complete.
    return wanted | {config: wanted.pop(config)}


def _read(path: Path, home: Path) -> bytes:
    """The content of a file.

    OSError for anything else, and where a link leads out of the folder *home*.
    """
    there = os.path.lexists(path)
    if inside(home, str(path.absolute())) is None or (there and not path.is_file()):
        raise OSError(path)
    return path.read_bytes() if there else b""


def _missing(wanted: Mapping[Path, bytes], home: Path) -> dict[Path, bytes]:
    """What each file lacks; ConfigError for every file with other content."""
    missing, taken = {}, []
    for path, data in wanted.items():
        try:
            before = _read(path, home)
        except OSError:  # a folder, a pipe, a link to nowhere or elsewhere
            taken.append(path)
            continue
        if not data.startswith(before):
            taken.append(path)
        elif data != before:
            missing[path] = data.removeprefix(before)
    if taken:
        raise _in_the_way(taken)
    return missing


def _in_the_way(taken: Iterable[Path]) -> ConfigError:
    paths = ", ".join(map(_shown, taken))
    return ConfigError("init", say("init.exists", paths=paths), say("init.exists_hint"))


def _shown(path: Path) -> str:
    """A path as one would type it in the current folder."""
    return safe(os.path.relpath(path))


def _tell(root: Path, written: Iterable[Path], wishes: StarterOptions) -> None:
    """Say what was written, on stdout, and what to do next, on stderr."""
    paths = sorted(map(_shown, written))
    click.echo(say("init.written" if paths else "init.nothing"))
    for path in paths:
        click.echo(f"  {path}")
    click.echo(say("init.next"), err=True)
    if root.resolve() != Path.cwd():
        click.echo(f"  cd {safe(shlex.quote(str(root)))}", err=True)
    steps = _next_steps(wishes)
    width = max(map(len, steps))
    for step, meaning in steps.items():
        click.echo(f"  {step:{width}}  {meaning}", err=True)
    if wishes.hook:
        click.echo(say("init.hook"), err=True)
    names = ", ".join(name for spec in wishes.services for name in secrets(spec))
    if not wishes.emulated:
        click.echo(say("init.keys", variables=names), err=True)
    if wishes.ci is not Ci.NONE:
        click.echo(say("init.fill_in", name=SOURCE), err=True)
        click.echo(say(f"init.secrets_{wishes.ci}", names=names), err=True)


def _next_steps(wishes: StarterOptions) -> dict[str, str]:
    """Commands, and what they are for."""
    steps = {"smsform preview --serve": say("init.next_preview")}
    if wishes.emulated:
        return steps | {"smsform apply --wait": say("init.next_emulated")}
    return steps | {
        "smsform doctor": say("init.next_key"),
        "smsform plan": say("init.next_plan"),
    }
