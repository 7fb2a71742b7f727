"""Previews as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from smsform.errors import Problem
from smsform.preview import Message, Native, Preview
from smsform.prices import Price
from smsform.report import problems as problem_report
from smsform.report.readable import readable_json

FORMAT = 1


def as_json(shown: Iterable[Preview], problems: Mapping[str, Sequence[Problem]]) -> str:
    """A JSON document, format 1; *problems* by template key.

    ``cuts`` count code points of ``text``; ``units`` those of the encoding.
    """
    return readable_json(
        {
            "smsform_preview": FORMAT,
            "templates": [
                _template(preview, problems.get(preview.template.key, ()))
                for preview in shown
            ],
        }
    )


def _template(shown: Preview, problems: Sequence[Problem]) -> Mapping[str, object]:
    template, signature, longest = shown.template, shown.signature, shown.longest
    return {
        "key": template.key,
        "name": template.name,
        "type": template.type,
        "international": template.international,
        "signature": signature.name if signature else None,
        "file": template.at.file,
        "line": template.at.line,
        "natives": [_native(native) for native in shown.natives],
        "messages": [
            {**_message(message), "longest": message is longest}
            for message in shown.messages
        ],
        "failure": shown.failure,
        "problems": problem_report.as_values(problems),
    }


def _native(native: Native) -> Mapping[str, object]:
    return {
        "type": native.type,
        "providers": native.providers,
        "text": native.text,
        "parameters": native.parameters,
        "positional": native.positional,
    }


def _message(message: Message) -> Mapping[str, object]:
    return {
        "case": message.case,
        "providers": message.providers,
        "text": message.text,
        "pieces": [piece._asdict() for piece in message.pieces],
        **message.length._asdict(),
        "cuts": message.cuts,
        "outside_gsm7": message.outside_gsm7,
        "price": _price(message.price),
    }


def _price(price: Price | None) -> Mapping[str, str] | None:
    """The amount as text: many readers would read a number as a float."""
    return {"amount": price.figure, "currency": price.currency} if price else None
