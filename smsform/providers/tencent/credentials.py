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

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from smsform.account import chain
from smsform.account.chain import Keys, KeySource
from smsform.clock import Clock
from smsform.provider import Credentials, ProviderConfig
from smsform.providers.tencent import roles
from smsform.words import say, tell

PREFIX = "TENCENTCLOUD"
FILE = "TENCENTCLOUD_CREDENTIALS_FILE"
PROFILE = "TCCLI_PROFILE"
DEFAULT = "default"
SYSTEM_FILE = Path("/etc/tencentcloud/credentials")


def find(
    config: ProviderConfig,
    environ: Mapping[str, str],
    home: Path,
    clock: Clock,
    system_file: Path = SYSTEM_FILE,
) -> Keys:
    """A function that returns the key pair to use now.

    CredentialsMissing lists the places looked at; ConfigError names what is damaged,
    never its content.
    """
    prefix = config.credentials_env or PREFIX
    chosen = config.credentials_env or config.profile
    return chain.search(
        config.name,
        tell(
            "{id} and {secret}", id=f"{prefix}_SECRET_ID", secret=f"{prefix}_SECRET_KEY"
        ),
        _places(config, environ, home, clock, system_file),
        () if chosen else tuple(roles.sources(environ)),
        clock,
    )


def _places(
    config: ProviderConfig,
    environ: Mapping[str, str],
    home: Path,
    clock: Clock,
    system_file: Path,
) -> Iterator[KeySource]:
    if config.credentials_env or not config.profile:
        prefix = config.credentials_env or PREFIX
        names = f"{prefix}_SECRET_ID, {prefix}_SECRET_KEY"
        yield KeySource(
            say("credentials.environment", names=names),
            lambda: _from_environment(environ, prefix),
        )
    if config.credentials_env:
        return
    section = config.profile or DEFAULT
    for path in _ini_files(environ, home, system_file):
        yield KeySource(
            say("credentials.section", path=path, section=section),
            partial(_from_ini, path, section),
        )
    profile = config.profile or environ.get(PROFILE) or DEFAULT
    if Path(profile).name != profile:
        where = f"providers.{config.name}.profile" if config.profile else PROFILE
        raise chain.wrong(where, "profile", profile=profile)
    path = home / ".tccli" / f"{profile}.credential"
    yield KeySource(str(path), lambda: _from_tccli(path, clock, bool(config.profile)))


def _from_environment(environ: Mapping[str, str], prefix: str) -> Credentials | None:
    id, secret, token, session = (
        f"{prefix}_{part}"
        for part in ("SECRET_ID", "SECRET_KEY", "TOKEN", "SESSION_TOKEN")
    )
    if not environ.get(token):  # tccli reads the one, the Node SDK the other
        token = session
    return chain.pair(
        environ, id, secret, token, say("credentials.environment", names=id)
    )


def _ini_files(
    environ: Mapping[str, str], home: Path, system_file: Path
) -> tuple[Path, ...]:
    if named := chain.named_file(environ, FILE):
        return (named,)
    return (home / ".tencentcloud" / "credentials", system_file)


def _from_ini(path: Path, section: str) -> Credentials | None:
    if (found := chain.section(path, section)) is None:
        return None
    values = {key: value.strip("\"' ") for key, value in found.items()}
    source = say("credentials.section", path=path, section=section)
    return chain.pair(values, "secret_id", "secret_key", "token", source)


def _from_tccli(path: Path, clock: Clock, chosen: bool) -> Credentials | None:
    if (document := chain.json_object(path)) is None:
        return None
    if document.get("type") == "cvm-role":
        if chosen:
            raise chain.wrong(str(path), "machine")
        return None  # the machine's role is what comes next anyway
    if document.get("role-arn"):
        raise chain.wrong(str(path), "role")
    expires = document.get("expiresAt")
    if isinstance(expires, int | float) and expires <= clock.now():
        raise chain.wrong(str(path), "expired")
    values = chain.texts(document)
    return chain.pair(values, "secretId", "secretKey", "token", str(path))
