"""Where a key pair comes from: environment, files of the official tools, a role.

    credentials_env: PREFIX    PREFIX_ACCESS_KEY_ID, _ACCESS_KEY_SECRET, _SECURITY_TOKEN
                               and nothing else
    profile: NAME              that profile in the tools' files and nothing else
    neither                    ALIBABA_CLOUD_ACCESS_KEY_ID …; the cluster's role (OIDC);
                               the command line's current profile; the SDK's INI file;
                               ALIBABA_CLOUD_CREDENTIALS_URI; the machine's role

Names, places and their order are those of alibabacloud_credentials 1.0.12
(provider/default.py, cli_profile.py, profile.py), read 2026-11-21; but the address of
the URI, which was set for this very process, is asked before the machine, which takes
the whole second to be silent where it is none of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from smsform.account import chain
from smsform.account.chain import Keys, KeySource, Values
from smsform.account.roles import Role
from smsform.clock import Clock
from smsform.provider import Credentials, ProviderConfig
from smsform.providers.aliyun import roles
from smsform.redaction import Secrets
from smsform.words import say, tell

PREFIX = "ALIBABA_CLOUD"
PROFILE = "ALIBABA_CLOUD_PROFILE"
FILE = "ALIBABA_CLOUD_CREDENTIALS_FILE"
NO_CLI = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"
DEFAULT = "default"
PAIR = ("access_key_id", "access_key_secret", "sts_token")


def find(config: ProviderConfig, environ: Values, home: Path, clock: Clock) -> Keys:
    """A function that returns the key pair to use now.

    CredentialsMissing lists the places looked at; ConfigError names what is damaged,
    never its content.
    """
    prefix = config.credentials_env or PREFIX
    chosen = config.credentials_env or config.profile
    return chain.search(
        config.name,
        tell(
            "{id} and {secret}",
            id=f"{prefix}_ACCESS_KEY_ID",
            secret=f"{prefix}_ACCESS_KEY_SECRET",
        ),
        _places(config, environ, home, clock),
        () if chosen else tuple(roles.last(environ)),
        clock,
    )


def _places(
    config: ProviderConfig, environ: Values, home: Path, clock: Clock
) -> Iterator[KeySource]:
    if config.credentials_env or not config.profile:
        prefix = config.credentials_env or PREFIX
        names = f"{prefix}_ACCESS_KEY_ID, {prefix}_ACCESS_KEY_SECRET"
        yield KeySource(
            say("credentials.environment", names=names),
            lambda: _from_environment(environ, prefix),
        )
    if config.credentials_env:
        return
    if not config.profile and (role := roles.of_cluster(environ)):
        yield KeySource(role.name, lambda: role)
    profile = config.profile or environ.get(PROFILE, "")
    if config.profile or environ.get(NO_CLI, "").lower() != "true":
        path = home / ".aliyun" / "config.json"
        yield KeySource(
            say("credentials.section", path=path, section=profile or "current"),
            lambda: _from_cli(path, profile, environ, clock),
        )
    path = chain.named_file(environ, FILE) or home / ".alibabacloud" / "credentials.ini"
    section = profile or DEFAULT
    yield KeySource(
        say("credentials.section", path=path, section=section),
        partial(_from_ini, path, section, environ),
    )


def _from_environment(environ: Values, prefix: str) -> Credentials | None:
    id, secret, token = (
        f"{prefix}_{part}"
        for part in ("ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN")
    )
    source = say("credentials.environment", names=id)
    return chain.pair(environ, id, secret, token, source)


def _from_cli(
    path: Path, name: str, environ: Values, clock: Clock
) -> Credentials | Role | None:
    """The profile called *name*, or the current one, of the official command line."""
    if (document := chain.json_object(path)) is None:
        return None
    name = name or str(document.get("current") or "")
    profiles = document.get("profiles")
    found = [
        profile
        for profile in (profiles if isinstance(profiles, list) else [])
        if isinstance(profile, dict) and name and profile.get("name") == name
    ]
    if not found:
        return None
    told = Secrets()  # the name may come from the file itself
    told.learn(*(chain.texts(found[0]).get(key, "") for key in PAIR))
    source = say("credentials.section", path=path, section=told.hide(name))
    return _from_profile(found[0], source, environ, clock)


def _from_profile(
    profile: Mapping[str, object], source: str, environ: Values, clock: Clock
) -> Credentials | Role | None:
    mode, values = profile.get("mode"), chain.texts(profile)
    if mode == "AK":  # a token left there by another mode is not this key's
        values = {name: values.get(name, "") for name in PAIR[:2]}
    elif mode in ("CloudSSO", "OAuth"):  # a browser login: its key ends
        expires = profile.get("sts_expiration")
        if isinstance(expires, int | float) and expires <= clock.now():
            raise chain.wrong(source, "expired")
    elif mode == "EcsRamRole":
        return roles.of_machine(environ, values.get("ram_role_name", ""), source)
    elif mode == "OIDC":
        names = ("oidc_token_file", "ram_role_arn", "oidc_provider_arn")
        file, role, provider = (values.get(name, "") for name in names)
        session = values.get("role_session_name", "")
        return roles.by_token(environ, file, role, provider, session, source)
    elif mode == "RamRoleArn":
        return _assumed(values, "ram_role_arn", "ram_session_name", source, environ)
    elif mode == "ChainableRamRoleArn":
        raise chain.wrong(source, "role")
    elif mode != "StsToken":
        raise chain.wrong(source, "mode", mode=chain.quotable(mode))
    return chain.pair(values, *PAIR, source)


def _from_ini(path: Path, name: str, environ: Values) -> Credentials | Role | None:
    """A section of the SDK's file; ``#`` begins a comment, in a value too."""
    if (found := chain.section(path, name)) is None:
        return None
    values = {key: value.partition("#")[0].strip() for key, value in found.items()}
    source = say("credentials.section", path=path, section=name)
    mode = values.get("type", "")
    if mode == "access_key":
        return chain.pair(values, *PAIR[:2], "", source)
    if mode == "ecs_ram_role":
        return roles.of_machine(environ, values.get("role_name", ""), source)
    if mode == "oidc_role_arn":
        names = ("oidc_token_file_path", "role_arn", "oidc_provider_arn")
        file, role, provider = (values.get(name, "") for name in names)
        session = values.get("role_session_name", "")
        return roles.by_token(environ, file, role, provider, session, source)
    if mode == "ram_role_arn":
        return _assumed(values, "role_arn", "role_session_name", source, environ)
    raise chain.wrong(source, "mode", mode=chain.quotable(mode))


def _assumed(
    values: Values, role: str, session: str, source: str, environ: Values
) -> Role | None:
    """The role that the key beside it assumes."""
    if not (keys := chain.pair(values, *PAIR[:2], "", source)):
        return None
    more = {
        parameter: values[name]
        for name, parameter in (("policy", "Policy"), ("external_id", "ExternalId"))
        if values.get(name)
    }
    return roles.by_key(
        environ, keys, values.get(role, ""), values.get(session, ""), more, source
    )
