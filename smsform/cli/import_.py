"""``smsform import``: definitions for what exists, or one entry for an address."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import Exit, completion
from smsform.cli.options import on_call, project_of, provider_option, style_of
from smsform.cli.output import format_option, is_live, show
from smsform.model import Kind
from smsform.report.plan import sign
from smsform.report.terminal import safe
from smsform.words import counted, say

if TYPE_CHECKING:
    from smsform.drafts import SkippedEntry
    from smsform.project.api import Project
    from smsform.project.import_all import Imported


@click.command("import")
@click.argument("address", required=False, shell_complete=completion.addresses)
@click.argument("id", required=False)
@provider_option
@click.option(
    "--id",
    "ids",
    multiple=True,
    metavar="ID",
    help="Only the entry with this id; may be repeated.",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    help="Only signatures, or only templates.",
)
@click.option(
    "-o",
    "output",
    metavar="FOLDER|FILE",
    help="Where in the project; default: a folder called like the provider.",
)
@click.option(
    "--equal",
    is_flag=True,
    help="Own the entries that have the texts of definitions; submit nothing.",
)
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Texts of a table: CSV, JSON, INSERT statements; asks no service.",
)
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="COLUMN=KEY",
    help="With --from: which column is content, name, key, type, signature, remark or "
    "international.",
)
@click.option(
    "--separate",
    is_flag=True,
    help="Give every entry a definition of its own, whatever its text.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Print the YAML and what would be shared; write nothing.",
)
@format_option("imported")
@click.pass_obj
def command(
    settings: dict[str, Any],
    address: str | None,
    id: str | None,
    providers: tuple[str, ...],
    ids: tuple[str, ...],
    kind: str | None,
    output: str | None,
    equal: bool,
    table: Path | None,
    pairs: tuple[str, ...],
    separate: bool,
    dry_run: bool,
    form: str,
) -> int:
    """Write definitions for what exists, and own it.

    Every entry nobody owns becomes YAML in new files; the state file remembers it, and
    the next plan has nothing to submit. Comments say "please check" where the service
    does not tell. Nothing is sent.

    Entries of several accounts that have one text, names of variables aside, share a
    definition, and so does what is defined already: the lines it needs are added to its
    file, nothing else in it changes. With --separate nothing is shared.

    With ADDRESS and ID one entry becomes that address's own. This settles what `plan`
    calls ambiguous; the definition must exist.

    With --equal the definitions are there already: each owns the entry that has its
    text, whatever that is called. What a person must choose is listed with its ids.

    With --from the texts come from a table elsewhere. Variables like {code}, ${code},
    #code# and {1} become {{ code }}, a signature in the text is split off, types are
    guessed where the table has no word for them. Nothing is owned; rows that cannot be
    read are listed.

    \b
    Examples:
      smsform import --dry-run
      smsform import
      smsform import --provider cloud -o templates/cloud
      smsform import --kind template --id 1110 --id 1111 -o login.yaml
      smsform import login_code 1110
      smsform import --equal
      smsform import --from sms_template.csv --map 模板文本=content
    """
    if pairs and table is None:
        raise click.UsageError(say("tables.map_alone"))
    if table is not None:
        if address or id or ids or kind or equal or separate or not is_live(form):
            raise click.UsageError(say("tables.alone"))
        return _table(settings, table, pairs, providers, output, dry_run)
    if equal:
        if address or id or ids or kind or output or dry_run or separate:
            raise click.UsageError(say("cli.import_equal"))
        return _equal(settings, providers)
    if address is None:
        from smsform.report.formats.reports.memory import ImportReport

        project = project_of(settings)
        found = project.import_all(
            providers=providers,
            ids=ids,
            kinds=[Kind(kind)] if kind else None,
            output=output,
            dry_run=dry_run,
            separate=separate,
            on_call=on_call(settings),
        )
        show(ImportReport(found, dry_run), form, settings)
        _tell(found, dry_run, _kept(project, found))
        return Exit.ERROR if found.failed else Exit.FINE
    if id is None:
        raise click.UsageError(say("cli.import_no_id"))
    if providers or ids or kind or output or dry_run or separate:
        raise click.UsageError(say("cli.import_one"))
    at = project_of(settings).import_one(address, id, on_call=on_call(settings))
    click.echo(say("cli.imported", address=safe(str(at)), id=safe(id)), err=True)
    return Exit.FINE


def _table(
    settings: dict[str, Any],
    path: Path,
    pairs: tuple[str, ...],
    providers: tuple[str, ...],
    output: str | None,
    dry_run: bool,
) -> int:
    """Write the definitions of a table; say how it was read and which rows were
    left."""
    from smsform.report.tables import as_yaml, told

    if bad := [pair for pair in pairs if "=" not in pair]:
        raise click.UsageError(say("tables.bad_map", given=safe(bad[0])))
    mapping = dict(pair.rpartition("=")[::2] for pair in pairs)
    found = project_of(settings).import_table(
        path, mapping=mapping, providers=providers, output=output, dry_run=dry_run
    )
    if dry_run:
        for piece in as_yaml(found):
            click.echo(piece)
    for line in told(found, dry_run):
        click.echo(line, err=True)
    return Exit.ERROR if found.failed else Exit.FINE


def _equal(settings: dict[str, Any], providers: tuple[str, ...]) -> int:
    """Let addresses own entries of equal text; list what a person must choose from."""
    from smsform.report.outcome import line
    from smsform.report.reasons import reason

    project = project_of(settings)
    found = project.import_equal(providers=providers, on_call=on_call(settings))
    style = style_of(settings)
    for outcome in found.outcomes:
        click.echo(line(outcome, style), color=True)
    for part, change in found.choices:
        address = safe(str(change.address))
        text = f"{sign(change, style)} {address}: {reason(part, change)}"
        click.echo(text, color=True)
    if not found.outcomes and not found.choices:
        click.echo(say("cli.import_nothing_equal"), err=True)
    fell_short = any(outcome.fell_short for outcome in found.outcomes)
    return Exit.ERROR if fell_short else Exit.FINE


def _kept(project: Project, found: Imported) -> str:
    """The state file in git that records the ownership; "" when all is emulated."""
    config = project.config
    if all(config.providers[name].emulated for name in found.providers):
        return ""
    return config.state.name


def _tell(found: Imported, dry_run: bool, kept: str) -> None:
    """Say on stderr what was done with every entry."""
    from smsform.drafts.values import COUNTED
    from smsform.report.imports import guessed, shared

    def line(sentence: str, **fields: object) -> None:
        click.echo(safe(say(f"import_all.{sentence}", **fields)), err=True)

    def count(sentence: str, number: int) -> None:
        if number:
            click.echo(counted(f"import_all.{sentence}", number), err=True)

    if not found.providers:
        why = say("report.no_providers")
        click.echo(say("report.summary_nothing", counts=why), err=True)
    for name in found.providers:
        mine = [pick for draft in found.drafts if (pick := draft.pick(name))]
        kinds = Counter(pick.entry.kind for pick in mine)
        counts = Counter(left.why for where, left in found.left if where == name)
        line(
            "would_import" if dry_run else "imported",
            provider=name,
            signatures=counted("import_all.signatures", kinds[Kind.SIGNATURE]),
            templates=counted("import_all.templates", kinds[Kind.TEMPLATE]),
        )
        count("beside", sum(len(pick.beside) for pick in mine))
        for why in COUNTED:
            if counts[why]:
                line(f"count_{why}", count=counts[why])
    count("joined", len(shared(found)))
    count("guessed", guessed(found))
    for where, left in found.left:
        if left.why not in COUNTED:
            _tell_left(line, where, left)
    if dry_run:
        return
    if found.amended:
        line("amended", paths=", ".join(found.amended))
    if found.texts:
        line("written", paths=", ".join(found.texts))
    if found.drafts:
        if kept:
            line("commit", path=kept)
        if found.texts:
            line("next" if guessed(found) else "next_sure")


def _tell_left(line: Any, provider: str, left: SkippedEntry) -> None:
    from smsform.drafts import SkipReason

    entry, sentence = left.entry, f"why_{left.why}"
    if left.why is SkipReason.CLAIMED and not left.what:
        sentence = "why_claimed_theirs"
    address = (
        f"{provider}/{left.what}" if left.why is SkipReason.SUBMITTED else left.what
    )
    why = say(f"import_all.{sentence}", what=address, id=entry.id)
    line(
        "left",
        provider=provider,
        kind=entry.kind,
        id=entry.id,
        name=entry.name,
        why=why,
    )
