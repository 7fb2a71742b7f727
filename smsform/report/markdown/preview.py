"""Previews as Markdown: a message quoted, its segments, what the service gets."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, repeat

from msgspec.structs import replace

from smsform.errors import Level, Problem
from smsform.preview import Message, Native, Preview
from smsform.report import problems as problem_report
from smsform.report.billing import billed
from smsform.report.markdown.folding import Section, bullets, fit
from smsform.report.markdown.frame import Frame
from smsform.report.markdown.markup import (
    bold,
    broken,
    code,
    item,
    lines,
    outside,
    prose,
)
from smsform.report.preview import (
    Among,
    forced,
    length,
    market,
    once,
    unsigned,
)
from smsform.report.problems import said
from smsform.words import counted, named, say


def as_markdown(
    shown: Iterable[Preview], problems: Mapping[str, Sequence[Problem]], frame: Frame
) -> str:
    """Every template, those with errors first; *problems* by template key.

    Problems under other keys belong to no template shown: they may be why one is
    missing.
    """
    elsewhere = bullets(f"<p>{prose(say('page.elsewhere'))}</p>")
    section = Section("", "", "<p>{}</p>")
    left = {key: problem_report.once(found) for key, found in problems.items()}
    found = list(chain.from_iterable(left.values()))
    for each in shown:
        ours = left.pop(each.template.key, [])
        section.add(_rank(each, ours), partial(_template, each, ours))
    for problem in chain.from_iterable(left.values()):
        elsewhere.add(0, partial(_problem, problem))
    number = counted("markdown.templates", len(section.entries))
    summary = say("report.comma").join([number, problem_report.counted(found)])
    return fit(frame, f"<h3>{prose(summary)}</h3>", [elsewhere, section])


def _rank(shown: Preview, problems: Sequence[Problem]) -> int:
    levels = {problem.level for problem in problems}
    if shown.failure or Level.ERROR in levels:
        return 0
    return 1 if Level.WARNING in levels else 2


def _template(shown: Preview, problems: Sequence[Problem]) -> str:
    """One template, from its key to its problems."""
    shown = replace(shown, messages=once(shown.messages))
    template, among = shown.template, Among.of(shown.messages)
    where = say(f"preview.{market(shown)}")
    about = say("report.comma").join([named(template.type), where])
    return "\n".join(
        [
            f"<h4>{code(template.key)} {code(template.name)}</h4>",
            f"<p>{prose(about)} · {code(str(template.at))}</p>",
            *(f"<p>{prose(each)}</p>" for each in _warnings(shown)),
            *chain.from_iterable(
                _case(shown, message, among) for message in shown.messages
            ),
            *(f"<p>{_native(native)}</p>" for native in shown.natives if native.text),
            *_problems(problems),
        ]
    )


def _warnings(shown: Preview) -> Iterator[str]:
    if not shown.natives:
        yield say("preview.nowhere")
    if not shown.signature:
        yield unsigned(shown, outside)
    if shown.failure:
        yield say("preview.failure", why=outside(shown.failure))


def _native(native: Native) -> str:
    """The text that its providers get, and the order of its parameters."""
    text = f"{code(', '.join(native.providers))}: {code(native.text)}"
    if not (native.parameters and native.positional):
        return text
    names = outside(", ".join(native.parameters))
    return lines([text, prose(say("preview.parameters", names=names))])


def _case(shown: Preview, message: Message, among: Among) -> Iterator[str]:
    """The cost of a case, and the message."""
    count = billed(message)
    parts = [bold(code(message.case))]
    if among.providers_differ:
        parts.append(code(", ".join(message.providers)))
    count = bold(count) if message.length.segments > 1 else count
    parts.append(say("report.comma").join([count, length(shown, message)]))
    if cost := message.price:
        price = say("preview.price", amount=cost.figure, currency=cost.currency)
        parts.append(prose(price))
    if message is among.longest:
        parts.append(prose(say("preview.longest")))
    yield f"<p>{' · '.join(parts)}</p>"
    if costly := forced(message, outside):
        yield f"<p>{prose(costly)}</p>"
    yield f"<blockquote>{_quoted(message)}</blockquote>"


def _quoted(message: Message) -> str:
    """The message with its line breaks, values bold, each segment in its own code."""
    segments: list[str] = []
    pieces = message.pieces
    names = chain.from_iterable(repeat(p.parameter, len(p.text)) for p in pieces)
    cells = [
        (bisect(message.cuts, offset), name, character)
        for offset, (name, character) in enumerate(
            zip(names, message.text, strict=True)
        )
    ]
    for number, segment in groupby(cells, key=lambda cell: cell[0]):
        runs = groupby(segment, key=lambda cell: cell[1])
        texts = ((name, "".join(cell[2] for cell in run)) for name, run in runs)
        html = "".join(
            bold(broken(text)) if name else broken(text) for name, text in texts
        )
        cut = prose(say("markdown.segment", number=number + 1))
        segments.append(f"{f' <sup>{cut}</sup> ' if number else ''}<code>{html}</code>")
    return "".join(segments)


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield "<ul>"
    yield from map(_problem, problems)
    if problems:
        yield "</ul>"


def _problem(problem: Problem) -> str:
    head = bold(prose(f"{named(problem.level)} {outside(problem.rule)}"))
    what = f"{head} {code(str(problem.at))}: {code(said(problem))}"
    return item(lines([what, code(problem.hint)]))
