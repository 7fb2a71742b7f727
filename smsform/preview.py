"""Definitions to what recipients read and services get; offline, frozen values.

A message is rendered by Jinja2's sandbox from the text as written. Our language is a
part of Jinja2's, so this second reader checks the first. Jinja2 costs more to import
than all of smsform, so only rendering imports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from smsform import segments
from smsform.model import Signature, Template
from smsform.prices import Price, Prices, price
from smsform.segments import Segments
from smsform.words import say

if TYPE_CHECKING:
    import jinja2

    from smsform.card import ProviderSpec
    from smsform.config import Config
    from smsform.definitions import Definitions


class Piece(NamedTuple):
    """A part of a message; ``parameter`` is whose value it is, "" for fixed text."""

    text: str
    parameter: str = ""


class Native(Struct, frozen=True):
    """The text that providers of one type get, and its parameters in their order.

    ``verbatim``: the definition states this very text for the type. ``positional``:
    senders give values in that order, not by name.
    """

    type: str
    providers: tuple[str, ...]
    text: str
    parameters: tuple[str, ...]
    verbatim: bool = False
    positional: bool = True


class Message(Struct, frozen=True):
    """One sample case as the recipient reads it, the signature's prefix included.

    ``cuts`` are the offsets in the text where the second and further segments begin.
    When no character may be split there can be one more segment (``packed``) than plain
    arithmetic gives, which is what is billed. ``outside_gsm7`` are the characters that
    make an international message UCS-2; ``providers`` those that deliver it so;
    ``price`` is None where none is configured.
    """

    case: str
    providers: tuple[str, ...]
    pieces: tuple[Piece, ...]
    length: Segments
    cuts: tuple[int, ...] = ()
    outside_gsm7: str = ""
    price: Price | None = None

    @property
    def text(self) -> str:
        """The whole message."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def packed(self) -> int:
        """The segments it takes when no character is split."""
        return len(self.cuts) + 1


class Preview(Struct, frozen=True):
    """A template as its author and its reviewer should see it.

    ``failure`` says why there are no messages; "" when there are.
    """

    template: Template
    signature: Signature | None
    natives: tuple[Native, ...]
    messages: tuple[Message, ...]
    failure: str = ""

    @property
    def longest(self) -> Message | None:
        """The message with the most units, the first of several."""
        return max(self.messages, key=lambda m: m.length.units, default=None)


class RenderingFailed(Exception):
    """Jinja2 does not render a text; its own words say why."""


def preview(
    template: Template,
    definitions: Definitions,
    config: Config,
    specs: Mapping[str, ProviderSpec],
    providers: Sequence[str],
) -> Preview:
    """Show *template* as *providers*, which are names of *config*, deliver it."""
    signature = definitions.signatures.get(template.signature or "")
    natives = _natives(template, config, specs, providers)
    try:
        messages = tuple(
            _message(
                case, names, read(values), template, signature, config.prices, astral
            )
            for case, values in template.sample_values().items()
            for names, astral, read in _readings(template, config, specs, natives)
        )
    except RenderingFailed as error:
        return Preview(template, signature, natives, (), failure=str(error))
    return Preview(template, signature, natives, messages)


def _natives(
    template: Template,
    config: Config,
    specs: Mapping[str, ProviderSpec],
    providers: Sequence[str],
) -> tuple[Native, ...]:
    """What would be submitted, the providers of one type together."""
    by_type: dict[str, list[str]] = {}
    for name in providers:
        by_type.setdefault(config.providers[name].type, []).append(name)
    return tuple(
        Native(
            type=type,
            providers=tuple(names),
            text=(text := specs[type].native(template)),
            parameters=tuple(
                [p.name for p in template.positions(type, text, specs[type].order)]
            ),
            verbatim="native" in template.overrides.get(type, {}),
            positional=specs[type].positional,
        )
        for type, names in by_type.items()
    )


_Reading = Callable[[Mapping[str, str]], tuple[Piece, ...]]


def _readings(
    template: Template,
    config: Config,
    specs: Mapping[str, ProviderSpec],
    natives: Sequence[Native],
) -> Iterator[tuple[tuple[str, ...], int, _Reading]]:
    """The providers of each text, the units an emoji counts there, and a renderer.

    A text stated verbatim is filled by position, as the service does it.
    """
    defined = [native for native in natives if not native.verbatim]
    for astral, names in _alike(defined, config, specs):
        yield names, astral, partial(_read_content, template, config.vars)
    for native in natives:
        if native.verbatim:
            read = partial(_fill, specs[native.type].fill, native)
            for astral, names in _alike([native], config, specs):
                yield names, astral, read


def _alike(
    natives: Sequence[Native], config: Config, specs: Mapping[str, ProviderSpec]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The providers of *natives*, grouped by what an emoji counts there."""
    found: dict[int, list[str]] = {}
    for native in natives:
        for name in native.providers:
            astral = specs[native.type].astral(config.providers[name])
            found.setdefault(astral, []).append(name)
    for astral, names in found.items():
        yield astral, tuple(names)


def _read_content(
    template: Template, constants: Mapping[str, str], values: Mapping[str, str]
) -> tuple[Piece, ...]:
    """The text as Jinja2 renders it; it must be what is submitted."""
    source = template.source.strip()
    if source and not template.content:
        raise RenderingFailed(say("preview.unreadable"))
    pieces = render(source, constants, values)
    submitted = (p if isinstance(p, str) else values[p.name] for p in template.content)
    if "".join(submitted) != "".join(piece.text for piece in pieces):
        raise RenderingFailed(say("preview.read_otherwise"))
    return pieces


def _message(
    case: str,
    providers: tuple[str, ...],
    body: tuple[Piece, ...],
    template: Template,
    signature: Signature | None,
    prices: Prices,
    astral: int,
) -> Message:
    international = template.international
    pieces = body
    if signature:
        pieces = (Piece(segments.prefix(signature.name, international)), *body)
    text = "".join(piece.text for piece in pieces)
    length = segments.count(text, international, astral)
    return Message(
        case=case,
        providers=providers,
        pieces=pieces,
        length=length,
        cuts=segments.cuts(text, length, astral),
        outside_gsm7=segments.outside_gsm7(text) if international else "",
        price=price(prices, template, length.segments),
    )


# Marks a value until the text is split again; no valid text has NUL.
_MARKER = re.compile("\x00(\\d+)\x00")


def _fill(
    fill: Callable[[str, Sequence[str]], str],
    native: Native,
    values: Mapping[str, str],
) -> tuple[Piece, ...]:
    """Fill *values* into a native text, recording which part belongs to whom."""
    if "\0" in native.text:
        raise RenderingFailed(say("preview.unreadable"))
    markers = [f"\x00{n}\x00" for n in range(len(native.parameters))]
    parts = _MARKER.split(fill(native.text, markers))
    pieces = []
    for fixed, n in zip_longest(parts[::2], parts[1::2]):
        pieces.append(Piece(fixed))
        if n is not None:
            name = native.parameters[int(n)]
            pieces.append(Piece(values[name], name))
    return tuple(piece for piece in pieces if piece.text)


class _Value(str):
    """A sample that still has its parameter's name when it comes out of Jinja2."""

    parameter: str

    @classmethod
    def of(cls, parameter: str, text: str) -> _Value:
        value = cls(text)
        value.parameter = parameter
        return value

    def __str__(self) -> str:
        return self  # Jinja2 calls str() on values: the result keeps its class


def render(
    source: str, constants: Mapping[str, str], values: Mapping[str, str]
) -> tuple[Piece, ...]:
    """Render *source* in Jinja2's sandbox; RenderingFailed when that is refused."""
    names = {name: _Value.of(name, value) for name, value in values.items()}
    try:
        return tuple(
            Piece(part, part.parameter if isinstance(part, _Value) else "")
            for part in _compiled(source).generate({**constants, **names})
        )
    except Exception as error:  # whatever Jinja2 raises, this text caused it
        raise RenderingFailed(str(error).partition("\n")[0]) from error


@lru_cache(maxsize=4096)  # 14 MiB; a served page renders edited texts alone
def _compiled(source: str) -> jinja2.Template:
    # Jinja2 would make every line break a line feed; in a constant it stays.
    return _environment().from_string(source.replace("\r", r"{{ '\r' }}"))


@cache
def _environment() -> jinja2.Environment:
    """A sandbox in which an undefined name is an error and nothing is predefined."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    for names in (environment.globals, environment.filters, environment.tests):
        names.clear()
    return environment
