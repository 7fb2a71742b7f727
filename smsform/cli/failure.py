"""How an error looks on stderr."""

from __future__ import annotations

import click

from smsform.errors import DefinitionError, SmsformError
from smsform.report.terminal import safe


def show(error: SmsformError) -> None:
    """Print *error* and what to do next."""
    if isinstance(error, DefinitionError):
        from smsform.report.problems import as_text

        click.echo(as_text(error.problems), err=True)
        return
    click.echo(f"Error: {safe(error.message())}", err=True)
    if hint := error.hint():
        click.echo(f"  {safe(hint)}", err=True)
