"""``smsform preview``: messages as their recipients read them; offline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsform.cli import completion
from smsform.cli.comment import comment_options, frame_of
from smsform.cli.output import format_of, format_option, show
from smsform.report.formats import TABLE

if TYPE_CHECKING:
    from smsform.plan.written import WrittenPlan
    from smsform.preview import Preview
    from smsform.project.previews import Previews
    from smsform.report.formats.reports.offline import PreviewReport

HOST = "127.0.0.1"
PORT = 7310
PAGE = "html"  # what is served


@click.command()
@click.argument("keys", metavar="[KEY]…", nargs=-1, shell_complete=completion.templates)
@format_option("preview")
@click.option(
    "--provider",
    metavar="NAME",
    shell_complete=completion.providers,
    help="Only templates and texts of this provider.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=Path,
    help="Write to FILE, not to stdout; .html, .md and .json choose the format.",
)
@click.option(
    "--plan",
    "plan",
    metavar="FILE",
    type=Path,
    help="With html: show what this plan changes, and where reviews stand.",
)
@comment_options
@click.option(
    "--serve",
    "live",
    is_flag=True,
    help="Serve the HTML page on this machine; it follows every save.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help=f"Where to serve it; 0 takes a free one. Default: {PORT}.",
)
@click.option(
    "--host",
    metavar="ADDRESS",
    help="Serve it to others as well, at this address. Default: this machine alone.",
)
@click.pass_obj
def command(
    settings: dict[str, Any],
    keys: tuple[str, ...],
    form: str,
    max_chars: int | None,
    marker: str | None,
    provider: str | None,
    output: Path | None,
    plan: Path | None,
    live: bool,
    port: int | None,
    host: str | None,
) -> int:
    """Show each sample as its recipient reads it; needs no account.

    Beside it: the text the service gets, the segments that will be billed and where
    they are cut, and what the rules say. KEY is a template's key; all are shown
    without one. The exit code is 1 when a template cannot be shown, else 0.

    \b
    Examples:
      smsform preview
      smsform preview login_code pickup
      smsform preview --provider cloud --format json > preview.json
      smsform preview -o preview.html
      smsform preview --plan reviewed.json -o preview.html
      smsform preview --serve
    """
    from smsform.project.api import Project
    from smsform.words import counted, say

    form = format_of("preview", form, output)
    frame = frame_of("preview", form, max_chars, marker)
    _check_serving(live, form, output, port=port, host=host)
    _check_plan(plan, live or TABLE[form].page)
    if live:
        where = host or HOST, PORT if port is None else port
        _serve(settings, keys, provider, plan, *where)
        return 0
    project = Project.load(settings["directory"])
    if output is not None:
        from smsform.project.own_files import spare_own

        spare_own(project, output)
    found = project.preview(*keys, provider=provider)
    failures: list[str] = []  # one a preview, "" for a fine one

    def previews() -> Iterator[Preview]:
        for each in found:
            failures.append(each.failure)
            yield each

    show(_report(found, previews(), plan), form, settings, frame, output)
    if not failures:
        click.echo(say("preview.no_templates"), err=True)
    lacking = () if keys else found.elsewhere
    if lacking:
        errors = counted("problems.error", len(lacking))
        click.echo(say("preview.elsewhere", errors=errors), err=True)
    return int(bool(lacking) or any(failures))


def _report(
    found: Previews,
    previews: Iterable[Preview],
    plan: Path | None,
    live: str = "",
    version: str = "",
) -> PreviewReport:
    from smsform.report.formats.reports.offline import PreviewReport

    return PreviewReport(
        previews,
        found.problems,
        found.title,
        _planned(found, plan) if plan else None,
        live,
        version,
    )


def _planned(found: Previews, plan: Path) -> WrittenPlan:
    """The *plan* in a file, but for templates and providers not asked for."""
    from smsform.model import Kind
    from smsform.plan.written import WrittenPlan, read_plan

    read = read_plan(plan)
    templates = {template.key for template in found.templates}
    hidden = found.project.definitions.templates.keys() - templates
    others = found.project.config.providers.keys() - set(found.providers)
    lines = tuple(
        line
        for line in read.lines
        if line.address.provider not in others
        and (line.address.kind is not Kind.TEMPLATE or line.address.key not in hidden)
    )
    return WrittenPlan(lines, tuple(name for name in read.unread if name not in others))


def _serve(
    settings: Mapping[str, Any],
    keys: tuple[str, ...],
    provider: str | None,
    plan: Path | None,
    host: str,
    port: int,
) -> None:
    """Serve the page, or what is wrong with the project, until Ctrl-C."""
    from smsform.cli.serve import VERSION, Live, digest, serve
    from smsform.errors import SmsformError
    from smsform.project.api import Project
    from smsform.report.formats import Appearance, written
    from smsform.report.page import as_error_html
    from smsform.report.terminal import PLAIN

    root = settings["directory"]

    def render(version: str) -> str:
        try:
            found = Project.load(root).preview(*keys, provider=provider)
            report = _report(found, found, plan, VERSION, version)
            return "\n".join(written(report, PAGE, Appearance(PLAIN)))
        except SmsformError as error:
            title = root.resolve().name
            return as_error_html(error, title=title, live=VERSION, version=version)

    serve(Live(lambda: digest(root, [plan] if plan else ()), render), host, port)


def _check_serving(
    live: bool, form: str, output: Path | None, **only: int | str | None
) -> None:
    """WrongUsage for options that have nothing to do with each other."""
    from smsform.errors import WrongUsage
    from smsform.words import say

    if not live and (given := [f"--{key}" for key in only if only[key] is not None]):
        what = say("serve.needs_serve", flags=", ".join(given))
        raise WrongUsage("preview", what)
    if live and (output or not (TABLE[form].page or TABLE[form].live)):
        flag = "-o" if output else f"--format {form}"
        raise WrongUsage("preview", say("serve.alone", flags=flag))


def _check_plan(plan: Path | None, page: bool) -> None:
    """WrongUsage for a plan where there is no page to show it on."""
    from smsform.errors import WrongUsage
    from smsform.words import say

    if plan and not page:
        raise WrongUsage("preview", say("preview.plan_on_page"))
