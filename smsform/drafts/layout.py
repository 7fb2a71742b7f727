"""Drafts to YAML, laid out as a person would; pure.

One block for each entry, texts in double quotes on one line, each parameter on one
line, and quotes elsewhere only where YAML needs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from smsform.drafts.values import Draft
from smsform.model import Definition, Kind, Parameter, Signature, Template, Text
from smsform.words import say

# What a definition file cannot hold, not even as an escape.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
# Plain scalars that every YAML reader takes for text: they begin with a letter and have
# no sign inside that could end them.
_PLAIN = re.compile(r"[^\W\d_](?:[\w（）()·，。！？、；/.+-]| (?=[\w（(]))*")
_TAKEN = re.compile(r"y|n|yes|no|on|off|true|false|null|inf|nan", re.I)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def writable(text: str) -> bool:
    """Whether a definition file can hold *text*."""
    return not _UNWRITABLE.search(text)


def quoted(text: str) -> str:
    """*text* in double quotes as YAML reads it, invisible characters escaped."""
    if text.isprintable() and "\\" not in text and '"' not in text:
        return f'"{text}"'
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    if known := _ESCAPES.get(character):
        return known
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def scalar(text: str) -> str:
    """*text* unquoted where that is safe, else in double quotes."""
    plain = text.isprintable() and _PLAIN.fullmatch(text)
    return text if plain and not _TAKEN.fullmatch(text) else quoted(text)


def one_line(text: str) -> str:
    """*text* on one line, as a comment may show it."""
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    return character if character.isprintable() else _character(character)


def source(text: Text) -> str:
    """A text as it stands under ``content``."""
    return "".join(
        part if isinstance(part, str) else f"{{{{ {part.name} }}}}" for part in text
    )


class Written(Protocol):
    """A definition to be written, with the guesses and comments that go with it."""

    @property
    def definition(self) -> Definition:
        """What is defined."""

    @property
    def check(self) -> tuple[str, ...]:
        """The keys whose values are guessed; a person should check them."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Comments, one line each."""


def documents(
    drafts: Sequence[Draft], titles: Mapping[str, str], together: bool
) -> dict[str, str]:
    """File name -> YAML: a file for signatures and for every type of template.

    *titles* are those of the services by provider; *together* makes it one file, called
    "".
    """

    def head(drafts: Sequence[Draft]) -> str:
        providers = dict.fromkeys(
            pick.provider for draft in drafts for pick in draft.unit.picks
        )
        whence = ", ".join(f"{name} ({titles[name]})" for name in providers)
        return say("drafts.head", whence=whence)

    return laid_out(drafts, head, say("drafts.head_check"), together)


AnyWritten = TypeVar("AnyWritten", bound=Written)


def laid_out(
    drafts: Sequence[AnyWritten],
    head: Callable[[Sequence[AnyWritten]], str],
    check: str,
    together: bool,
) -> dict[str, str]:
    """File name -> YAML, as ``documents``, for any drafts.

    *head* writes the comment at a file's top, *check* stands where a value is guessed.
    """
    files: dict[str, list[AnyWritten]] = {}
    for draft in drafts:
        files.setdefault("" if together else _file(draft), []).append(draft)
    return {name: _document(each, head(each), check) for name, each in files.items()}


def _file(draft: Written) -> str:
    if isinstance(draft.definition, Signature):
        return "signatures.yaml"
    return f"{draft.definition.type}.yaml"


def kind_of(draft: Written) -> Kind:
    """What *draft* defines."""
    is_signature = isinstance(draft.definition, Signature)
    return Kind.SIGNATURE if is_signature else Kind.TEMPLATE


def _document(drafts: Sequence[Written], head: str, check: str) -> str:
    lines = [f"# {line}" for line in head.splitlines()]
    if any(draft.check for draft in drafts):
        lines += [f"# {line}" for line in check.splitlines()]
    if any(kind_of(draft) is Kind.SIGNATURE for draft in drafts):
        lines += [f"# {line}" for line in say("drafts.head_signature").splitlines()]
    ordered = sorted(drafts, key=lambda draft: list(Kind).index(kind_of(draft)))
    for kind, group in groupby(ordered, key=kind_of):
        lines.append(f"{kind}s:")
        for number, draft in enumerate(group):
            if number and kind is Kind.TEMPLATE:
                lines.append("")
            lines += block(draft)
    return "\n".join(lines) + "\n"


def block(draft: Written) -> list[str]:
    """The lines of one definition, indented as in a file."""
    comments = list(draft.notes)
    if draft.check:
        comments.append(say("drafts.check", what=", ".join(draft.check)))
    lines = [f"  {key_of(draft.definition.key)}:"]
    lines += [f"    # {comment}" for comment in comments]
    if isinstance(draft.definition, Signature):
        lines += _signature(draft.definition)
    else:
        lines += _template(draft.definition)
    return lines


def _signature(signature: Signature) -> Iterator[str]:
    yield f"    name: {scalar(signature.name)}"
    yield from _shared(signature)


def _template(template: Template) -> Iterator[str]:
    yield f"    name: {scalar(template.name)}"
    yield f"    type: {template.type}"
    yield from _shared(template)
    if template.signature:
        yield f"    signature: {key_of(template.signature)}"
    stated = {
        type: str(keys["native"])
        for type, keys in template.overrides.items()
        if "native" in keys
    }
    if template.content or not stated:
        yield f"    content: {quoted(source(template.content))}"
    for type, keys in template.overrides.items():
        yield f"    {type}: {{{', '.join(f'{k}: {_own(v)}' for k, v in keys.items())}}}"
    if template.params:
        yield "    params:"
        for parameter in template.params:
            yield f"      {key_of(parameter.name)}: {{{_parameter(parameter, stated)}}}"
    if template.remark:
        yield f"    remark: {scalar(template.remark)}"


def _shared(definition: Definition) -> Iterator[str]:
    if definition.international:
        yield "    international: true"
    if definition.providers is not None:
        yield f"    providers: [{', '.join(map(key_of, definition.providers))}]"


def _own(value: object) -> str:
    """A value below a type: a text, or a word for each of some parameters."""
    if not isinstance(value, Mapping):
        return quoted(str(value))
    pairs = (f"{key_of(str(key))}: {_inner(str(each))}" for key, each in value.items())
    return f"{{{', '.join(pairs)}}}"


def _parameter(parameter: Parameter, stated: Iterable[str]) -> str:
    fields = {"sample": _inner(parameter.sample)}
    if parameter.kind != "text":
        fields["kind"] = parameter.kind
    for type in stated:
        if parameter.native.get(type, parameter.name) != parameter.name:
            fields[type] = quoted(parameter.native[type])
    return ", ".join(f"{key}: {value}" for key, value in fields.items())


def _inner(text: str) -> str:
    """A scalar inside braces, where a comma would end a plain one."""
    plain = re.fullmatch(r"[^\W\d_][^\W_]*", text) and not _TAKEN.fullmatch(text)
    return text if plain else quoted(text)


def key_of(name: str) -> str:
    """A key, quoted when other YAML readers would take it for a boolean or null."""
    return quoted(name) if _TAKEN.fullmatch(name) else name
