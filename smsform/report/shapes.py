"""Undocumented parts of replies, as text and as JSON.

All of it may be published: of what came from outside it has only names and values that
look like a programmer's words, and types; no name of a provider, no endpoint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smsform.project.shapes import ServiceShapes
from smsform.report.readable import readable_json
from smsform.report.terminal import Style, hang, pad, safe, width
from smsform.shapes import HIDDEN, Strange, Tally, UndocumentedValue
from smsform.version import __version__
from smsform.words import say, tell

FORMAT = 1


def as_text(services: Sequence[ServiceShapes], style: Style) -> str:
    """A paragraph for each service: a line for each action, then what is unknown."""
    paragraphs = ["\n".join(_service(each, style)) for each in services]
    if any(_unknown(each) for each in services):
        paragraphs.append(say("shapes.unknown"))
    elif not any(each.failures for each in services):
        paragraphs.append(say("shapes.known"))
    return hang("\n\n".join(paragraphs), style.columns, 6)


def _service(service: ServiceShapes, style: Style) -> Iterator[str]:
    where = "shapes.emulator" if service.emulated else "shapes.service"
    fields = {"title": tell(service.spec.title), "smsform": __version__}
    yield style.bold(safe(say(where, **fields)))
    column = max(map(width, service.tallies), default=0)
    for action, tally in service.tallies.items():
        shape, found = tally.shape, tally.found()
        sentence = "shapes.compared" if found else "shapes.same"
        line = say(
            sentence, replies=tally.replies, source=shape.source, read=shape.read
        )
        yield f"  {pad(safe(action), column)}  {line}"
        for finding, replies in found:
            yield f"    {_finding(finding, replies, style)}"
    for sentence, count in (
        ("undescribed", service.undescribed),
        ("not_json", service.not_json),
    ):
        if count:
            yield f"  {style.yellow(say(f'shapes.{sentence}', count=count))}"
    for why in dict.fromkeys(service.failures):
        yield f"  {style.red(say(f'shapes.why_{why}'))}"


def _finding(finding: UndocumentedValue, replies: int, style: Style) -> str:
    what = finding.what
    if finding.strange is Strange.VALUE and what == HIDDEN:
        what = say("shapes.hidden")
    line = say(f"shapes.strange_{finding.strange}", path=finding.path, what=what)
    return f"{style.yellow(safe(line))}  {say('shapes.in_replies', count=replies)}"


def _unknown(service: ServiceShapes) -> int:
    found = sum(len(tally.found()) for tally in service.tallies.values())
    return found + service.undescribed + service.not_json


def as_json(services: Sequence[ServiceShapes]) -> str:
    """A JSON document, format 1."""
    return readable_json(
        {
            "smsform_shapes": FORMAT,
            "smsform": __version__,
            "services": [
                {
                    "type": service.spec.type,
                    "emulated": service.emulated,
                    "actions": [
                        _action(action, tally)
                        for action, tally in service.tallies.items()
                    ],
                    "undescribed": service.undescribed,
                    "not_json": service.not_json,
                    "failures": list(dict.fromkeys(service.failures)),
                }
                for service in services
            ],
        }
    )


def _action(action: str, tally: Tally) -> Mapping[str, object]:
    return {
        "action": action,
        "replies": tally.replies,
        "source": tally.shape.source,
        "read": tally.shape.read,
        "unknown": [
            {**finding._asdict(), "replies": replies}
            for finding, replies in tally.found()
        ],
    }
