"""A sender, named for a language, to the text of one module; uses Jinja2."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from smsform.links import ENDINGS, HAN_ENDINGS, LETTERS
from smsform.senders.language import ProgrammingLanguage
from smsform.senders.model import Sender, ValueType
from smsform.senders.names import named, upper
from smsform.version import __version__

MARK = "smsform-code 1"  # the version of the header
_WRITER = "Written by smsform "
_HEADER = "\0header\0"


def module(
    sender: Sender,
    language: ProgrammingLanguage,
    templates: Path,
    names: Mapping[str, str] | None = None,
) -> str:
    """The source text of *sender* in *language*; ConfigError where names collide.

    *templates* is the service's folder; *names* are further names for the template:
    ``package``, ``stem``. The same input gives the same bytes.
    """
    forms = {each.form for f in sender.functions for each in f.arguments}
    functions = named(sender, language.convention)
    template = _environment(language, templates).get_template(f"{language.name}.jinja")
    text = template.render(
        header=_HEADER,
        language=language.name,
        sender=sender,
        functions=functions,
        deprecated=any(each.deprecated for each in sender.functions),
        decimals=ValueType.DECIMAL in forms,
        integers=ValueType.INTEGER in forms,
        endings=ENDINGS,
        han_endings=HAN_ENDINGS,
        letters=LETTERS,
        proxied=language.name not in sender.unproxied,
        **{"package": "", "stem": "", **(names or {})},
    )
    body = f"{text.rstrip()}\n"
    return body.replace(_HEADER, header(sender, language, digest(body)), 1)


def digest(body: str) -> str:
    """The digest of a module without its header."""
    return hashlib.sha256(body.encode()).hexdigest()[:32]


def header(sender: Sender, language: ProgrammingLanguage, digest: str) -> str:
    """The two comment lines at the top of every generated module."""
    who = f"{_WRITER}{__version__}; do not edit: `smsform code` writes it anew."
    what = f"{MARK} {language.name} {sender.provider} {sender.ids} {digest}"
    return f"{language.mark}{who}\n{language.mark}{what}"


def is_ours(text: str) -> bool:
    """Whether *text* is a generated module, of any version."""
    return any(MARK in line for line in text.split("\n", 8)[:8])


def same(text: str, other: str) -> bool:
    """Whether two generated modules differ only in the version that wrote them."""
    return _body(text) == _body(other)


def _body(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if _WRITER not in line)


def _environment(language: ProgrammingLanguage, templates: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([templates, language.folder]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters.update(
        literal=language.literal,
        quiet=language.quiet,
        upper_name=upper,
        **language.filters,
    )
    environment.globals["types"] = dict(language.types)
    return environment
