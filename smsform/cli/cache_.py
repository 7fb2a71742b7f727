"""``smsform cache``: show where it lies and how large it is, or clear it."""

from __future__ import annotations

import os
from typing import Any

import click

from smsform.cli import Exit
from smsform.words import say

MIB = 2**20


@click.command("cache")
@click.option("--clear", is_flag=True, help="Drop all that is kept.")
@click.pass_obj
def command(settings: dict[str, Any], clear: bool) -> int:
    """Show where the cache lies and how much is in it, or clear it.

    `validate` and `plan` keep there what they worked out, for the next run; nothing
    else reads it. SMSFORM_CACHE is another folder, outside of projects, or "off".

    \b
    Examples:
      smsform cache
      smsform cache --clear
    """
    from smsform.project.validation.validated import cache_for
    from smsform.report.terminal import safe

    cache = cache_for(settings["directory"], os.environ)
    if cache is None:
        click.echo(say("cache.none"), err=True)
        return Exit.FINE
    count, size = cache.size()
    sentence = "cache.size"
    if clear:
        cache.clear()
        sentence = "cache.cleared"
    fields = {"count": count, "size": f"{size / MIB:.1f}"}
    click.echo(say(sentence, folder=safe(str(cache.folder)), **fields))
    return Exit.FINE
