"""The ``providers`` of smsform.yaml; a type's card says what its entries may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from smsform.card import ProviderSpec
from smsform.documents.document import KEY, NULLS, Document, Node
from smsform.documents.nearness import lacks, near, shorten
from smsform.pattern import pattern
from smsform.provider import ProviderConfig
from smsform.words import tell

LONGEST_NAME = 20  # characters that are quoted; a key put there by mistake is longer
SHORTEST_SECRET = 5  # characters; less at the end of a variable's name says nothing
_VARIABLE = pattern(r"[A-Z][A-Z0-9_]*")
_PLAIN = pattern(r"([A-Za-z0-9]+([-_][A-Za-z0-9]+)*)?")  # "" is the usual one
_PROFILE = pattern(r"[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*")
_HOST = pattern(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


def read(
    document: Document,
    entries: Mapping[str, Node],
    specs: Mapping[str, ProviderSpec],
) -> dict[str, ProviderConfig]:
    """Every provider of ``providers:`` that can be read, in file order."""
    node = entries.get("providers")
    sections = document.mapping(node, "providers") if node else {}
    providers = {}
    for name, each in sections.items():
        if not KEY.fullmatch(name):
            document.complain("SF117", each[3], "key", key=shorten(name) or '""')
        elif provider := _provider(document, name, each, specs):
            providers[name] = provider
    for name, provider in providers.items():
        twins = [each for each in providers.values() if each.type == provider.type]
        named = provider.profile or provider.credentials_env or provider.emulated
        if len(twins) > 1 and not named:
            at = sections[name][3]
            document.complain("SF142", at, "twins", name=name, type=provider.type)
    return providers


def _without_type(
    document: Document,
    node: Node,
    given: Mapping[str, Node],
    specs: Mapping[str, ProviderSpec],
) -> None:
    """Complain about a provider without a type; of one that is no mapping it is said.

    A key that is none may have been meant for it, where what else there may be is not
    known yet.
    """
    known = ("type", *_READERS)
    if lacks("type", given, known):
        if given or node[0] in ({}, *NULLS):
            document.complain("SF118", node[3], "missing_type", known=", ".join(specs))
        return
    for key, each in given.items():
        if key not in known and not lacks("type", [key], known):
            document.unknown(key, each, "a provider", known)


def _provider(
    document: Document, name: str, node: Node, specs: Mapping[str, ProviderSpec]
) -> ProviderConfig | None:
    """One entry under ``providers``; None when its type is not known."""
    given = document.mapping(node, "a provider")
    if "type" not in given:
        _without_type(document, node, given, specs)
        return None
    type_ = document.choice(given["type"], "type", specs)
    if type_ is None:
        return None
    spec = specs[type_]
    own = spec.options.keys() - _READERS.keys()
    whose = tell("a {type} provider", type=type_)
    secrets = {key: each for key, each in given.items() if _is_secret(key, spec)}
    for key, each in secrets.items():
        names = ", ".join(_VARIABLE.findall(spec.variables))
        document.complain("SF112", each[3], "secret_key", key=key, variables=names)
    document.only(given, whose, {"type", *_READERS, *own, *secrets})
    values: dict[str, Any] = {}
    for key, read in _READERS.items():
        if key in given and (value := read(document, given[key], spec)) is not None:
            values[key] = value
    options = {
        key: value
        for key in sorted(own & given.keys())
        if (value := _option(document, given[key], key)) is not None
    }
    return ProviderConfig(name=name, type=type_, options=options, **values)


def _is_secret(key: str, spec: ProviderSpec) -> bool:
    """Whether *key* is what a variable of the type holds: ``secret_id``,
    ``accessKeySecret``."""
    end = re.sub("[-_]", "", key).upper()
    names = _VARIABLE.findall(spec.variables.replace("_", ""))
    return len(end) >= SHORTEST_SECRET and any(name.endswith(end) for name in names)


def _option(document: Document, node: Node, key: str) -> object:
    """A type's own key; text stays as written, because only the type understands it."""
    value = document.raw(node)
    if value is None:
        document.complain("SF113", node[2], "no_value", what=key)
    return value


def _worded(
    what: str, read: Callable[[Document, Node, ProviderSpec], str | None]
) -> Callable[[Document, Node, ProviderSpec], str | None]:
    """A reader of one of the words that the type's card has, of any where it has
    none."""

    def choose(document: Document, node: Node, spec: ProviderSpec) -> str | None:
        option = spec.options.get(what)
        if option is None or not option.words:
            return read(document, node, spec)
        return document.choice(node, what, option.words)

    return choose


def _text_of(what: str) -> Callable[[Document, Node, ProviderSpec], str | None]:
    return lambda document, node, spec: document.text(node, what)


def _matched(
    what: str, form: re.Pattern[str]
) -> Callable[[Document, Node, ProviderSpec], str | None]:
    """A reader of a text that must match *form*, so that it cannot be a path or a
    URL."""

    def read(document: Document, node: Node, spec: ProviderSpec) -> str | None:
        text = document.text(node, what)
        if text is not None and not form.fullmatch(text):
            found = shorten(text) if len(text) <= LONGEST_NAME else f"{text[:4]}…"
            document.complain("SF144", node[2], f"form_{what}", found=found)
        return text

    return read


def _site(document: Document, node: Node, spec: ProviderSpec) -> str | None:
    return document.choice(node, "site", spec.sites)


def _http_method(document: Document, node: Node, spec: ProviderSpec) -> str | None:
    return document.choice(node, "http_method", ("GET", "POST"))


def _timeout(document: Document, node: Node, spec: ProviderSpec) -> float | None:
    seconds = document.number(node, "timeout", 1, 600)
    return None if seconds is None else float(seconds)


def _endpoint(document: Document, node: Node, spec: ProviderSpec) -> str | None:
    """ "emulator", a host or a URL; plain http would show a key to the network."""
    text = document.text(node, "endpoint")
    if text is None or text == "emulator":
        return text
    scheme, separator, rest = text.rpartition("://")
    host = rest.removesuffix("/")
    if not _HOST.fullmatch(host) or (separator and scheme not in ("http", "https")):
        document.complain("SF143", node[2], "endpoint", found=_host_of(text))
    elif not separator and "." not in host and ":" not in host and host != "localhost":
        hint = near(host, ("emulator", "localhost"))
        document.complain("SF143", node[2], "no_host", found=shorten(text), near=hint)
    elif scheme == "http" and not _is_here(host):
        document.complain("SF143", node[2], "clear_http", host=host)
    return text


def _is_here(host: str) -> bool:
    """Whether *host*, perhaps with a port, is this machine."""
    from smsform.loopback import is_loopback  # most projects name no address

    return is_loopback(urlsplit(f"//{host}").hostname or "")


def _host_of(endpoint: str) -> str:
    """The part of a bad endpoint that a message may quote: its host alone.

    A password may stand before it, a key behind whatever no host holds.
    """
    scheme, separator, rest = endpoint.partition("://")
    if not separator or not re.fullmatch(r"[A-Za-z]{1,10}", scheme):
        scheme, rest = "", endpoint
    place = re.split(r"[/?#\\\s]", rest, maxsplit=1)[0]
    user, at, _ = place.rpartition("@")
    named = re.match(r"[\w.:\[\]-]*", rest[len(user + at) :])
    host = named[0] if named else ""
    tail = rest[len(user + at + host) :]
    shown = (f"{scheme}://" if scheme else "") + ("…@" if at else "") + host
    return shorten(shown + (f"{tail[0]}…" if len(tail) > 1 else tail).strip())


def _account(
    document: Document, node: Node, spec: ProviderSpec
) -> Mapping[str, object]:
    """Overrides of the card's limits, each of the type its default has."""
    given = document.mapping(node, "account")
    document.only(given, "account", spec.limits)
    found: dict[str, object] = {}
    for key, each in given.items():
        if key not in spec.limits:
            continue
        default, values = spec.limits[key].default, spec.limits[key].values
        value: object
        if isinstance(default, bool):
            value = document.boolean(each, key)
        elif isinstance(default, int):
            value = document.number(
                each, key, min(values, default=0), max(values, default=10**9)
            )
        elif isinstance(default, str):
            value = document.text(each, key)
        elif isinstance(default, tuple | list | frozenset | set):
            value = type(default)(_items(document, each, key, values))
        else:
            value = document.raw(each)
        if value is not None:
            found[key] = value
    return found


def _items(
    document: Document, node: Node, key: str, values: Collection[str]
) -> Iterator[str]:
    """The texts of a list, all of them among *values* unless there are none."""
    for text, at in document.texts(node, key):
        if values and text not in values:
            hint = near(text, values)
            document.complain(
                "SF116", at, "choice", what=key, found=shorten(text), near=hint
            )
        yield text


def _emulator(document: Document, node: Node, spec: ProviderSpec) -> object:
    """Emulator settings as written; each must be known and readable for this type."""
    given = document.mapping(node, "emulator")
    if switches := spec.settings() if given else {}:
        document.only(given, "emulator", switches)
        for name in given.keys() & switches.keys():
            _switch(document, name, given[name], switches[name].read)
    return document.raw(node) if type(node[0]) is dict else {}


def _switch(
    document: Document, name: str, node: Node, read: Callable[[object], object]
) -> None:
    """Complain about a value that the setting *name* cannot have."""
    value = document.raw(node)
    try:
        read(value)
    except ValueError as error:
        found = shorten(str(value))
        document.complain(
            "SF148", node[2], "switch", name=name, found=found, expects=str(error)
        )


_READERS: dict[str, Callable[[Document, Node, ProviderSpec], object]] = {
    "region": _matched("region", _PLAIN),
    "endpoint": _endpoint,
    "site": _site,
    "profile": _matched("profile", _PROFILE),
    "credentials_env": _matched("credentials_env", _VARIABLE),
    "expect_account": _text_of("expect_account"),
    "sign_method": _worded("sign_method", _text_of("sign_method")),
    "http_method": _http_method,
    "language": _worded("language", _matched("language", _PLAIN)),
    "timeout": _timeout,
    "account": _account,
    "emulator": _emulator,
}
