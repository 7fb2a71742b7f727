"""A question of yes or no, in the language that is spoken."""

from __future__ import annotations

import click

from smsform.words import say

YES, NO = ("y", "yes", "是"), ("n", "no", "否")


def agreed(question: str, *, default: bool = False) -> bool:
    """What a person answers on a terminal; an empty line is *default*.

    click.Abort for Ctrl-C and at the end of the input.
    """
    choice = "[Y/n]" if default else "[y/N]"
    while True:
        answer: str = click.prompt(
            f"{question} {choice}", default="", show_default=False, err=True
        )
        word = answer.strip().lower()
        if not word:
            return default
        if word in (*YES, *NO):
            return word in YES
        click.echo(say("cli.yes_or_no"), err=True)
