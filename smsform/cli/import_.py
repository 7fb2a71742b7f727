"""``smsform import``: definitions for what exists, or one entry for an address."""

from __future__ import annotations

from typing import Any

import click

from smsform.cli import completion
from smsform.cli.options import provider_option
from smsform.model import Kind
from smsform.words import say


@click.command("import")
@click.argument("address", required=False, shell_complete=completion.addresses)
@click.argument("id", required=False)
@provider_option
@click.option(
    "--id", "ids", multiple=True, metavar="ID",
    help="Only the entry with this id; may be repeated.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice([kind.value for kind in Kind]),
    help="Only signatures, or only templates.",
)  # fmt: skip
@click.option(
    "-o", "output", metavar="FOLDER|FILE",
    help="Where in the project; default: a folder called like the provider.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Print the YAML and write nothing.")
@click.pass_obj
def command(
    settings: dict[str, Any],
    address: str | None,
    id: str | None,
    providers: tuple[str, ...],
    ids: tuple[str, ...],
    kind: str | None,
    output: str | None,
    dry_run: bool,
) -> int:
    """Write definitions for what exists, and own it.

    Every entry nobody owns becomes YAML in new files; the state file remembers it, and
    the next plan has nothing to submit. Comments say "please check" where the service
    does not tell. Nothing is overwritten, nothing is sent.

    With ADDRESS and ID one entry becomes that address's own. This settles what `plan`
    calls ambiguous; the definition must exist.

    \b
    Examples:
      smsform import --dry-run
      smsform import --provider cloud -o templates/cloud
      smsform import --kind template --id 1110 --id 1111 -o login.yaml
      smsform import cloud/template.login_code 1110
    """
    if address is None:
        from smsform.cli.take_over import take_over

        kinds = [Kind(kind)] if kind else list(Kind)
        return take_over(settings, providers, ids, kinds, output, dry_run)
    if id is None:
        raise click.UsageError(say("cli.import_no_id"))
    if providers or ids or kind or output or dry_run:
        raise click.UsageError(say("cli.import_one"))
    from smsform.cli.take_one import take_one

    return take_one(settings, address, id)
