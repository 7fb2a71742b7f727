"""Where a key pair comes from: environment, files of the official tools, a role.

    credentials_env: PREFIX    PREFIX_SECRET_ID, _SECRET_KEY, _TOKEN and nothing else
    profile: NAME              that profile in the tools' files and nothing else
    neither                    TENCENTCLOUD_SECRET_ID …; the SDK's INI file; tccli's
                               profile; the role of the cluster or of the machine

A choice that was made and yields nothing is an error rather than a reason to look
further: the next key might belong to another account. Names and places are those of
tencentcloud-sdk-python-common 3.1.195 (credential.py) and tccli 3.1.189
(credentials.py, oauth.py, sso.py), read 2026-11-21.
"""

from __future__ import annotations

import configparser
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from smsform.clock import Clock
from smsform.errors import ConfigError, CredentialsMissing
from smsform.provider import Credentials, ProviderConfig
from smsform.providers.tencent import roles
from smsform.words import say

PREFIX = "TENCENTCLOUD"
FILE = "TENCENTCLOUD_CREDENTIALS_FILE"
PROFILE = "TCCLI_PROFILE"
DEFAULT = "default"
SYSTEM_FILE = Path("/etc/tencentcloud/credentials")


class Place(NamedTuple):
    """A place where a key may be; *look* returns it, or None."""

    name: str
    look: Callable[[], Credentials | None]


def find(
    config: ProviderConfig,
    environ: Mapping[str, str],
    home: Path,
    clock: Clock,
    system_file: Path = SYSTEM_FILE,
) -> Callable[[], Credentials]:
    """What returns the key pair to use now; a role's is renewed before it expires.

    CredentialsMissing lists the places looked at; ConfigError names what is damaged,
    never its content.
    """
    looked = []
    for place in _places(config, environ, home, clock, system_file):
        looked.append(place.name)
        if keys := place.look():
            fixed = keys
            return lambda: fixed
    if not config.credentials_env and not config.profile:
        sources = tuple(roles.sources(environ))
        looked += [name for name, _ in sources]
        if found := roles.first(sources):
            return roles.renewing(*found, clock)
    prefix = config.credentials_env or PREFIX
    variables = f"{prefix}_SECRET_ID and {prefix}_SECRET_KEY"
    raise CredentialsMissing(config.name, looked, variables)


def _places(
    config: ProviderConfig,
    environ: Mapping[str, str],
    home: Path,
    clock: Clock,
    system_file: Path,
) -> Iterator[Place]:
    if config.credentials_env or not config.profile:
        prefix = config.credentials_env or PREFIX
        names = f"{prefix}_SECRET_ID, {prefix}_SECRET_KEY"
        yield Place(
            say("credentials.environment", names=names),
            lambda: _from_environment(environ, prefix),
        )
    if config.credentials_env:
        return
    section = config.profile or DEFAULT
    for path in _ini_files(environ, home, system_file):
        yield Place(
            say("credentials.section", path=path, section=section),
            partial(_from_ini, path, section),
        )
    profile = config.profile or environ.get(PROFILE) or DEFAULT
    if Path(profile).name != profile:
        where = f"providers.{config.name}.profile" if config.profile else PROFILE
        raise _wrong(where, "profile", profile=profile)
    path = home / ".tccli" / f"{profile}.credential"
    yield Place(str(path), lambda: _from_tccli(path, clock, bool(config.profile)))


def _from_environment(environ: Mapping[str, str], prefix: str) -> Credentials | None:
    id, secret, token = (
        f"{prefix}_{part}" for part in ("SECRET_ID", "SECRET_KEY", "TOKEN")
    )
    return _pair(environ, id, secret, token, say("credentials.environment", names=id))


def _ini_files(
    environ: Mapping[str, str], home: Path, system_file: Path
) -> tuple[Path, ...]:
    if named := environ.get(FILE):
        if not Path(named).exists():
            raise _wrong(named, "absent_file", variable=FILE)
        return (Path(named),)
    return (home / ".tencentcloud" / "credentials", system_file)


def _from_ini(path: Path, section: str) -> Credentials | None:
    if (text := _text_of(path)) is None:
        return None
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
        damaged = False
    except configparser.Error:  # its message quotes the file
        damaged = True
    if damaged:
        raise _wrong(str(path), "not_ini", "unreadable")
    if not parser.has_section(section):
        return None
    values = {key: value.strip("\"' ") for key, value in parser[section].items()}
    source = say("credentials.section", path=path, section=section)
    return _pair(values, "secret_id", "secret_key", "token", source)


def _from_tccli(path: Path, clock: Clock, chosen: bool) -> Credentials | None:
    if (text := _text_of(path)) is None:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise _wrong(str(path), "not_json", "unreadable")
    if document.get("type") == "cvm-role":
        if chosen:
            raise _wrong(str(path), "machine")
        return None  # the machine's role is what comes next anyway
    if document.get("role-arn"):
        raise _wrong(str(path), "role")
    expires = document.get("expiresAt")
    if isinstance(expires, int | float) and expires <= clock.now():
        raise _wrong(str(path), "expired")
    values = {key: value for key, value in document.items() if isinstance(value, str)}
    return _pair(values, "secretId", "secretKey", "token", str(path))


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):  # a decoding error quotes the file
        pass
    raise _wrong(str(path), "unreadable")


def _pair(
    values: Mapping[str, str], id: str, secret: str, token: str, source: str
) -> Credentials | None:
    found = {name: values.get(name, "").strip() for name in (id, secret, token)}
    if not found[id] and not found[secret]:
        return None
    for present, absent in ((id, secret), (secret, id)):
        if not found[absent]:
            raise _wrong(source, "half", present=present, absent=absent)
    for name, value in found.items():
        if not all("!" <= character <= "~" for character in value):
            raise _wrong(f"{source}: {name}", "characters")
    return Credentials(found[id], found[secret], found[token], source)


def _wrong(where: str, sentence: str, todo: str = "", **fields: object) -> ConfigError:
    advice = say(f"credentials.{todo or sentence}_todo", **fields)
    return ConfigError(where, say(f"credentials.{sentence}", **fields), advice)
