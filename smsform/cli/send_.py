"""``smsform send``: an approved text to a few phones."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import WAIT, Exit, completion
from smsform.cli.asking import agreed
from smsform.cli.options import (
    checked_project,
    duration,
    on_call,
    style_of,
)
from smsform.cli.output import format_option, show
from smsform.errors import ConfigError, ProviderError, WrongUsage
from smsform.words import say

if TYPE_CHECKING:
    from smsform.project.dispatch import SendingAccountOpened, Sent
    from smsform.project.message import PreparedMessage
    from smsform.project.open_sends import OpenSends

LARGEST = 64 * 1024  # bytes of a file with numbers
INTERVAL = 2.0  # seconds between two looks of --wait; receipts take 10 to 30


@click.command("send")
@click.argument("address", shell_complete=completion.sendable)
@click.option(
    "--to",
    multiple=True,
    required=True,
    metavar="NUMBER",
    help="A phone number; may be repeated, up to ten. @FILE: one a line, -: the same "
    "from stdin; either keeps numbers out of the shell's history.",
)
@click.option(
    "--sample",
    default="sample",
    metavar="NAME",
    shell_complete=completion.samples,
    help="The sample whose values are sent.",
)
@click.option(
    "--param",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=completion.parameters,
    help="A value instead of the sample's; may be repeated.",
)
@click.option("--sender-id", metavar="ID", help="Who a message abroad is from.")
@click.option("--extend-code", metavar="CODE", help="The extension code to send with.")
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
@click.option(
    "--again",
    is_flag=True,
    help="Send although nobody knows what became of an earlier send, or it arrived.",
)
@click.option(
    WAIT,
    is_flag=True,
    help="Wait for the receipts. Ends with 0: all delivered, 3: some still under way, "
    "1: any failed or unknown.",
)
@click.option(
    "--timeout",
    type=duration,
    metavar="DURATION",
    default="2m",
    show_default=True,
    help="How long --wait waits at most.",
)
@click.option("--show-numbers", is_flag=True, help="Do not mask the numbers.")
@format_option("sending")
@click.pass_obj
def command(
    settings: dict[str, Any],
    address: str,
    to: tuple[str, ...],
    sample: str,
    param: tuple[str, ...],
    sender_id: str | None,
    extend_code: str | None,
    yes: bool,
    again: bool,
    wait: bool,
    timeout: float,
    show_numbers: bool,
    form: str,
) -> int:
    """Send one approved text to a phone, to see it there.

    What goes is the active version of ADDRESS, never another: if the definition has
    moved on since, that is said and the text that really goes is shown. Everything is
    checked before any call; then text, length and price are shown, and you are asked.

    The call is made once and never repeated. Where its outcome is unclear the service's
    records are read; what they do not tell is unknown, and the next run asks first.

    \b
    Examples:
      smsform send login_code --to +8613800138000
      smsform send login_code --to @me.txt --sample longest --wait
      echo 13800138000 | smsform send pickup --to - --param code=3-2-1007 --yes
    """
    from smsform.project.dispatch import dispatch, open_for_sending, reported
    from smsform.project.message import find_address, prepare
    from smsform.project.open_sends import OpenSends
    from smsform.report.formats.reports.messages import SendingReport
    from smsform.report.sending import shown_message
    from smsform.sending.numbers import hidden, read_all

    project = checked_project(settings)
    state = project.state()
    found = find_address(project, address)
    options = {"sender_id": sender_id, "extend_code": extend_code}
    given = {key: value for key, value in options.items() if value is not None}
    made = prepare(project, state, found, sample, dict(_params(param)), given)
    numbers = read_all(_numbers(to), made.international)
    if not yes and not sys.stdin.isatty():
        raise WrongUsage("send", say("send.no_terminal"), say("send.no_terminal_hint"))
    style = style_of(settings, err=True)
    for line in shown_message(made, len(numbers), style):
        click.echo(line, err=True, color=style.color)
    account = open_for_sending(project, found.provider, on_call(settings))
    sends = OpenSends(project.config.root)
    try:
        _ask(account, made, numbers, sends, yes, again)
        sent = dispatch(account, made, numbers, sends)
    except ProviderError as error:
        error.text = hidden(error.text, numbers)
        raise
    if wait:
        sent = _waited(account, sent, timeout)
    show(SendingReport(made, sent, wait, show_numbers), form, settings)
    sys.stdout.flush()
    reported(sent, sends)
    return _exit(sent, wait)


def _params(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """``name=value`` taken apart; a value may have further signs."""
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or not name:
            what = say("send.param_form", param=each)
            raise WrongUsage("--param", what, say("send.param_hint"))
        yield name, value


def _numbers(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(where it stands, what stands there) of every number, files and stdin read."""
    for each in given:
        if each == "-":
            yield from _lines("-", sys.stdin.buffer.read(LARGEST + 1))
        elif each.startswith("@"):
            try:
                with Path(each[1:]).open("rb") as file:
                    data = file.read(LARGEST + 1)
            except OSError as error:
                raise ConfigError("--to", f"{each[1:]}: {error.strerror}") from None
            yield from _lines(each[1:], data)
        else:
            for number in each.split(","):
                yield "--to", number


def _lines(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The numbers of a file, one a line; blank lines and comments are passed over."""
    if len(data) > LARGEST:
        raise ConfigError("--to", say("send.large", name=name))
    text = data.decode("utf-8-sig", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.partition("#")[0].strip()
        if bare:
            yield f"--to {name}:{number}", bare


def _ask(
    account: SendingAccountOpened,
    message: PreparedMessage,
    numbers: Sequence[str],
    sends: OpenSends,
    yes: bool,
    again: bool,
) -> None:
    """Ask for consent, or end the command; first say what earlier runs left unclear."""
    from smsform.project.dispatch import recall
    from smsform.report.sending import earlier
    from smsform.sending.numbers import mask

    notes = sends.concerning(str(message.address), [mask(each) for each in numbers])
    for note in notes:
        found = recall(account, note, numbers)
        for line in earlier(note, found, numbers):
            click.echo(line, err=True)
    if notes and not again and yes:
        raise ConfigError("send", say("send.again"), say("send.again_hint"))
    sentence = "send.confirm_again" if notes else "send.confirm"
    sure = yes or agreed(say(sentence, count=len(numbers)))
    if not sure:
        click.echo(say("send.declined"), err=True)
        raise click.exceptions.Exit(Exit.ERROR)
    for note in notes:
        sends.close(note.token)


def _waited(account: SendingAccountOpened, sent: Sent, timeout: float) -> Sent:
    """*sent* with its receipts, once they are there or the time is over.

    A signal ends the wait and nothing else: what was sent is still to be told.
    """
    from msgspec.structs import replace

    from smsform.project.dispatch import follow

    try:
        found = follow(account, sent, timeout, INTERVAL)
    except KeyboardInterrupt:
        click.echo(say("send.not_waited"), err=True)
        return sent
    return replace(sent, receipts={**sent.receipts, **found})


def _exit(sent: Sent, waited: bool) -> int:
    """1 for any failed or unknown, 3 for any still under way, else 0."""
    from smsform.report.sending import SendResult, result

    results = {
        result(answer, sent.receipts.get(answer.number), waited)
        for answer in sent.answers
    }
    if results & {SendResult.FAILED, SendResult.UNKNOWN}:
        return Exit.ERROR
    return Exit.PENDING if SendResult.UNDER_WAY in results else Exit.FINE
