"""Finding a key pair: the places are tried in order, then the roles of the machine.

A place that was chosen and holds no key is an error; no further place is tried, because
the next key might belong to another account. Errors name what is damaged and never
quote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from smsform.account import roles
from smsform.account.roles import Role
from smsform.clock import Clock
from smsform.errors import ConfigError, CredentialsMissing
from smsform.provider import Credentials
from smsform.regular import MIB, read_regular
from smsform.words import say

LARGEST = MIB  # bytes of a file with keys, or of a token
Values = Mapping[str, str]
Keys = Callable[[], Credentials]  # the key pair to use now; it may be renewed


class KeySource(NamedTuple):
    """One place in which a key pair may be, by the *name* that messages give it.

    *look* returns the key pair, or the role that was chosen there, or None.
    """

    name: str
    look: Callable[[], Credentials | Role | None]


def search(
    provider: str,
    variables: str,
    places: Iterable[KeySource],
    last: Sequence[Role],
    clock: Clock,
) -> Keys:
    """A function that returns the key pair to use now; a role's is renewed before it
    expires."""
    looked = []
    for place in places:
        looked.append(place.name)
        found = place.look()
        if isinstance(found, Credentials):
            fixed = found
            return lambda: fixed
        if found:
            last = (found,)
            break
    looked += [role.name for role in last if role.name not in looked]
    if answer := roles.first(last):
        return roles.renewing(*answer, clock)
    raise CredentialsMissing(provider, looked, variables)


def pair(
    values: Values, id: str, secret: str, token: str, source: str
) -> Credentials | None:
    """The key pair *values* hold under these names; None when neither is there.

    ConfigError for half a pair and for characters that no key has.
    """
    found = {name: values.get(name, "").strip() for name in (id, secret, token)}
    if not found[id] and not found[secret]:
        return None
    for present, absent in ((id, secret), (secret, id)):
        if not found[absent]:
            raise wrong(source, "half", present=present, absent=absent)
    for name, value in found.items():
        if not all("!" <= character <= "~" for character in value):
            raise wrong(f"{source}: {name}", "characters")
    return Credentials(found[id], found[secret], found[token], source)


def named_file(environ: Values, variable: str) -> Path | None:
    """The path that the environment variable holds; ConfigError when no such file
    exists."""
    if not (name := environ.get(variable)):
        return None
    if not Path(name).exists():
        raise wrong(name, "absent_file", variable=variable)
    return Path(name)


def section(path: Path, name: str) -> Values | None:
    """A section of an INI file; None when the file or the section does not exist."""
    if (text := _text_of(path)) is None:
        return None
    import configparser

    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
        damaged = False
    except configparser.Error:  # its message quotes the file
        damaged = True
    if damaged:
        raise wrong(str(path), "not_ini", "unreadable")
    return parser[name] if parser.has_section(name) else None


def json_object(path: Path) -> Mapping[str, object] | None:
    """The JSON object in a file; None when there is no such file."""
    if (text := _text_of(path)) is None:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise wrong(str(path), "not_json", "unreadable")
    return document


def texts(values: Mapping[str, object]) -> Values:
    """The entries of *values* whose value is a string."""
    return {key: value for key, value in values.items() if isinstance(value, str)}


def quotable(word: object) -> str:
    """*word*, a value of a file with keys, as a message may quote it; else "…".

    Kinds of keys are named with a few letters. A key that stands there by mistake is
    longer or has digits, and is never quoted.
    """
    return str(word) if re.fullmatch(r"[A-Za-z_]{0,24}|\d{1,3}", str(word)) else "…"


def wrong(where: str, sentence: str, todo: str = "", **fields: object) -> ConfigError:
    """The error for a key place that exists but cannot be used, with the reason."""
    advice = say(f"credentials.{todo or sentence}_todo", **fields)
    return ConfigError(where, say(f"credentials.{sentence}", **fields), advice)


def token_in(file: str) -> str | None:
    """The token a cluster put into a file; None when it cannot be read."""
    try:
        return read_regular(Path(file), LARGEST).decode().strip()
    except (OSError, ValueError):
        return None


def _text_of(path: Path) -> str | None:
    try:
        return read_regular(path, LARGEST).decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):  # a decoding error quotes the file
        pass
    raise wrong(str(path), "unreadable")
