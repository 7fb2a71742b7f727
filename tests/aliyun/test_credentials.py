"""Where a key pair is looked for, in which order, and how a bad place is reported."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from alibabacloud_credentials.provider import (
    CLIProfileCredentialsProvider,
    ProfileCredentialsProvider,
)
from alibabacloud_tea_openapi.utils import Utils
from hypothesis import given
from hypothesis import strategies as st

from role_services import RoleServices
from scripted import JumpingClock, everything_about
from smsform.account import roles
from smsform.errors import ConfigError, CredentialsMissing, SmsformError
from smsform.provider import Credentials, ProviderConfig
from smsform.providers.aliyun import credentials

SECRET = "planted-secret-key"
OTHER = "planted-other-key"
# No test may touch the metadata address: an empty one means that there is no such role.
NO_ROLE = {
    "ALIBABA_CLOUD_ECS_METADATA_ENDPOINT": "",
    "ALIBABA_CLOUD_STS_ENDPOINT": "",
}
ENVIRONMENT = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "env-id",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET,
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def ini(home: Path, text: str | bytes) -> Path:
    """Write the SDK's file."""
    path = home / ".alibabacloud" / "credentials.ini"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def cli(home: Path, *profiles: dict[str, object], current: str = "default") -> Path:
    """Write the file of the official command line."""
    return raw_cli(home, json.dumps({"current": current, "profiles": profiles}))


def raw_cli(home: Path, text: str) -> Path:
    """Write that file as it is given."""
    path = home / ".aliyun" / "config.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def section(name: str = "default", id: str = "ini-id") -> str:
    """A section of the SDK's file."""
    return (
        f"[{name}]\ntype = access_key\n"
        f"access_key_id = {id}\naccess_key_secret = {SECRET}\n"
    )


def profile(
    name: str = "default", id: str = "cli-id", **more: object
) -> dict[str, Any]:
    """A profile of the command line's file."""
    pair = {"access_key_id": id, "access_key_secret": SECRET}
    return {"name": name, "mode": "AK", **pair, **more}


def look(
    home: Path, environ: dict[str, str] | None = None, **config: Any
) -> Callable[[], Credentials]:
    """Run the chain."""
    return credentials.find(
        ProviderConfig("shop", "aliyun", **config),
        {**NO_ROLE, **(environ or {})},
        home,
        JumpingClock(),
    )


def failing(
    kind: type[SmsformError],
    home: Path,
    environ: dict[str, str] | None = None,
    **config: Any,
) -> Any:
    """The error the chain ends with; it quotes no key."""
    with pytest.raises(kind) as caught:
        look(home, environ, **config)
    shown = everything_about(caught.value)
    assert SECRET not in shown
    assert OTHER not in shown
    return caught.value


def test_the_environment_comes_first(home: Path) -> None:
    """Key, secret and token, with a source to show and nothing else."""
    ini(home, section())
    cli(home, profile())
    keys = look(home, {**ENVIRONMENT, "ALIBABA_CLOUD_SECURITY_TOKEN": OTHER})()
    assert (keys.id, keys.secret, keys.token) == ("env-id", SECRET, OTHER)
    assert "ALIBABA_CLOUD_ACCESS_KEY_ID" in keys.source
    assert SECRET not in repr(keys)
    assert OTHER not in repr(keys)


def test_the_files_follow_in_the_order_of_the_sdk(home: Path) -> None:
    """The command line's current profile, then the SDK's own file."""
    ini(home, section())
    assert look(home)().id == "ini-id"
    cli(home, profile("work", "cli-work"), profile(), current="work")
    assert look(home)().id == "cli-work"
    cli(home, profile(), current="")
    assert look(home)().id == "ini-id"


def test_the_command_lines_file_can_be_switched_off(home: Path) -> None:
    """As the SDK has it; naming a profile in smsform.yaml says otherwise."""
    ini(home, section())
    cli(home, profile())
    off = {"ALIBABA_CLOUD_CLI_PROFILE_DISABLED": "True"}
    assert look(home, off)().id == "ini-id"
    assert look(home, off, profile="default")().id == "cli-id"


def test_a_named_file_replaces_the_usual_one(home: Path, tmp_path: Path) -> None:
    """ALIBABA_CLOUD_CREDENTIALS_FILE."""
    ini(home, section())
    other = tmp_path / "other.ini"
    other.write_text(section(id="named-id"))
    environ = {"ALIBABA_CLOUD_CREDENTIALS_FILE": str(other)}
    assert look(home, environ)().id == "named-id"
    other.unlink()
    error = failing(ConfigError, home, environ)
    assert "ALIBABA_CLOUD_CREDENTIALS_FILE" in error.message()


def test_the_official_tools_variable_names_a_profile(home: Path) -> None:
    """ALIBABA_CLOUD_PROFILE counts in both files."""
    environ = {"ALIBABA_CLOUD_PROFILE": "shop"}
    ini(home, section() + section("shop", "ini-shop"))
    assert look(home, environ)().id == "ini-shop"
    cli(home, profile(), profile("shop", "cli-shop"))
    assert look(home, environ)().id == "cli-shop"


def test_a_prefix_means_these_variables_and_nothing_else(home: Path) -> None:
    """Falling back might use another account's key."""
    ini(home, section())
    shop = {
        "SHOP_PROD_ACCESS_KEY_ID": "shop-id",
        "SHOP_PROD_ACCESS_KEY_SECRET": SECRET,
        "SHOP_PROD_SECURITY_TOKEN": OTHER,
    }
    found = look(home, {**ENVIRONMENT, **shop}, credentials_env="SHOP_PROD")()
    assert (found.id, found.token) == ("shop-id", OTHER)
    error = failing(CredentialsMissing, home, ENVIRONMENT, credentials_env="SHOP_PROD")
    assert "SHOP_PROD_ACCESS_KEY_ID and SHOP_PROD_ACCESS_KEY_SECRET" in error.hint()
    assert len(error.looked) == 1


def test_a_profile_means_that_profile_and_nothing_else(home: Path) -> None:
    """It wins over the environment, as with the official command line."""
    ini(home, section() + section("other", "ini-other"))
    cli(home, profile("shop", "cli-shop"))
    assert look(home, ENVIRONMENT, profile="shop")().id == "cli-shop"
    assert look(home, ENVIRONMENT, profile="other")().id == "ini-other"
    error = failing(CredentialsMissing, home, ENVIRONMENT, profile="gone")
    assert ["config.json" in error.looked[0], "[gone]" in error.looked[1]] == [True] * 2


def test_nothing_found_lists_the_places(home: Path) -> None:
    """In order, so that a person sees where to put a key."""
    error = failing(CredentialsMissing, home)
    assert [
        "ALIBABA_CLOUD_ACCESS_KEY_ID" in error.looked[0],
        "config.json" in error.looked[1],
        "credentials.ini" in error.looked[2],
        "role" in error.looked[3],
    ] == [True] * 4
    assert "ALIBABA_CLOUD_ACCESS_KEY_ID" in error.hint()


@pytest.mark.parametrize(
    ("id", "secret"), [("", SECRET), ("env-id", ""), ("  ", SECRET)]
)
def test_half_a_pair_is_an_error_and_not_a_reason_to_look_on(
    home: Path, id: str, secret: str
) -> None:
    """In the environment, in the INI file, in a profile."""
    environ = {
        "ALIBABA_CLOUD_ACCESS_KEY_ID": id,
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": secret,
    }
    assert "ACCESS_KEY_SECRET" in failing(ConfigError, home, environ).message()
    pair = f"access_key_id={id}\naccess_key_secret={secret}\n"
    path = ini(home, f"[default]\ntype=access_key\n{pair}")
    assert str(path) in failing(ConfigError, home).message()
    path = cli(home, profile(id=id, access_key_secret=secret))
    assert str(path) in failing(ConfigError, home).message()


@pytest.mark.parametrize("bad", [f"{SECRET} {OTHER}", f"{SECRET}键", f"{SECRET}\0"])
def test_a_key_with_odd_characters_is_refused_unquoted(home: Path, bad: str) -> None:
    """It could not be sent in a header, and the library would quote it."""
    environ = {**ENVIRONMENT, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": bad}
    message = failing(ConfigError, home, environ).message()
    assert "ALIBABA_CLOUD_ACCESS_KEY_SECRET" in message


@pytest.mark.parametrize(
    "text",
    [
        f"type = access_key\naccess_key_secret = {SECRET}\n",
        f"[default\naccess_key_id = {SECRET}\n",
        f"[default]\n{SECRET}\n",
        f"[default]\naccess_key_secret = {SECRET}\naccess_key_secret = {OTHER}\n",
        f"[default]\naccess_key_secret = {SECRET}".encode() + b"\xff\xfe",
    ],
    ids=["no-section", "cut", "no-key", "twice", "bytes"],
)
def test_a_damaged_file_is_named_and_not_quoted(home: Path, text: str | bytes) -> None:
    """The parser's own message quotes the line."""
    path = ini(home, text)
    assert str(path) in failing(ConfigError, home).message()


@pytest.mark.parametrize("text", ["", "{", f'["{SECRET}"]', "[" * 100_000, "\0"])
def test_a_damaged_profile_is_named_and_not_quoted(home: Path, text: str) -> None:
    """The same for JSON."""
    path = raw_cli(home, text)
    assert str(path) in failing(ConfigError, home).message()


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"current": 3},
        {"current": "default", "profiles": {}},
        {"current": "default", "profiles": [1, None, {}, {"name": "x"}]},
    ],
)
def test_a_file_without_the_profile_is_passed_over(home: Path, document: Any) -> None:
    """Whatever else is in it."""
    raw_cli(home, json.dumps(document))
    ini(home, section("other"))
    failing(CredentialsMissing, home)


NAME = st.sampled_from(["default", "work", "shop prod", "店"])
PLAIN = st.text("abcXYZ0189+/=%$", min_size=1, max_size=12)
PROFILE = st.fixed_dictionaries(
    {"name": NAME, "access_key_id": PLAIN, "access_key_secret": PLAIN},
    optional={"sts_token": PLAIN},
)


@given(
    profiles=st.lists(PROFILE, min_size=1, max_size=4, unique_by=lambda p: p["name"]),
    sts=st.booleans(),
    data=st.data(),
)
def test_a_profile_is_read_as_the_official_sdk_reads_it(
    tmp_path_factory: pytest.TempPathFactory,
    profiles: list[dict[str, str]],
    sts: bool,
    data: st.DataObject,
) -> None:
    """The same key, secret and token out of the same file."""
    home = tmp_path_factory.mktemp("home")
    for each in profiles:
        token = each.get("sts_token")
        each["mode"] = "StsToken" if sts and token else "AK"
    current = data.draw(st.sampled_from([each["name"] for each in profiles]))
    path = cli(home, *profiles, current=current)
    theirs = CLIProfileCredentialsProvider(profile_file=str(path)).get_credentials()
    ours = look(home)()
    assert (ours.id, ours.secret, ours.token) == (
        theirs.get_access_key_id(),
        theirs.get_access_key_secret(),
        theirs.get_security_token() or "",
    )


@pytest.mark.parametrize("comment", ["", " # of the shop", "#nothing"])
@pytest.mark.parametrize("name", ["default", "shop"])
def test_a_section_is_read_as_the_official_sdk_reads_it(
    home: Path, comment: str, name: str
) -> None:
    """A number sign begins a comment in a value, too."""
    path = ini(
        home,
        f"[{name}]\ntype = access_key{comment}\naccess_key_id = ini-id{comment}\n"
        f"access_key_secret = {SECRET}{comment}\n",
    )
    theirs = ProfileCredentialsProvider(
        profile_file=str(path), profile_name=name
    ).get_credentials()
    ours = look(home, {"ALIBABA_CLOUD_PROFILE": name})()
    assert (ours.id, ours.secret) == ("ini-id", SECRET)
    assert ours.id == theirs.get_access_key_id()
    assert ours.secret == theirs.get_access_key_secret()


@pytest.mark.parametrize("mode", ["CloudSSO", "OAuth"])
def test_a_browser_login_is_used_until_it_ends(home: Path, mode: str) -> None:
    """The official tool renews it."""
    now = JumpingClock().now()
    login = profile(mode=mode, sts_token=OTHER)
    cli(home, {**login, "sts_expiration": now + 60})
    assert look(home)().token == OTHER
    cli(home, {**login, "sts_expiration": now - 1})
    assert "expired" in failing(ConfigError, home).message()


def test_a_role_assumed_through_another_profile_is_refused(home: Path) -> None:
    """A chain of profiles is not followed, and another identity is not taken for it."""
    chained = {"mode": "ChainableRamRoleArn", "source_profile": "other"}
    cli(home, profile(**chained, ram_role_arn="acs:ram::1:role/x"))
    assert "role" in failing(ConfigError, home).message()


@pytest.mark.parametrize("mode", ["External", "RsaKeyPair", None, 3, "ak"])
def test_another_kind_of_profile_is_named(home: Path, mode: object) -> None:
    """A program is not started, and nothing is guessed."""
    cli(home, profile(mode=mode, process_command=f"echo {SECRET}"))
    error = failing(ConfigError, home)
    assert str(mode) in error.message()
    assert error.hint()


def test_a_key_where_its_kind_belongs_is_not_quoted(home: Path) -> None:
    """Nor a profile that is called as its secret, by the file itself."""
    cli(home, profile(mode=SECRET))
    assert SECRET not in failing(ConfigError, home).message()
    ini(home, section().replace("type = access_key", f"type = {SECRET}"))
    (home / ".aliyun" / "config.json").unlink()
    assert SECRET not in failing(ConfigError, home).message()
    cli(home, profile(name=SECRET, mode="External", access_key_secret=SECRET))
    path = home / ".aliyun" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "current": SECRET}))
    assert SECRET not in failing(ConfigError, home).message()


@pytest.mark.parametrize("mode", ["rsa_key_pair", "sts", ""])
def test_another_kind_of_section_is_named(home: Path, mode: str) -> None:
    """The official SDK does not take these there either, or needs a key file."""
    ini(home, section().replace("type = access_key", f"type = {mode}"))
    assert failing(ConfigError, home).hint()


# -- roles


@pytest.fixture
def there() -> Iterator[RoleServices]:
    """The services of a role."""
    running = RoleServices(NO_ROLE)
    yield running
    running.close()


FOLDER = "/latest/meta-data/ram/security-credentials/"
PASS = "/latest/api/token"


def moment(seconds: float) -> str:
    """A unix time as the services spell it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def a_key(id: str, expires: float = 2e9) -> dict[str, object]:
    """What a service shows of a role."""
    return {
        "Code": "Success",
        "AccessKeyId": id,
        "AccessKeySecret": SECRET,
        "SecurityToken": OTHER,
        "Expiration": moment(expires),
    }


@pytest.fixture
def cluster(tmp_path: Path) -> dict[str, str]:
    """The variables a cluster sets for a pod."""
    token = tmp_path / "token"
    token.write_text("planted-web-token\n")
    return {
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE": str(token),
        "ALIBABA_CLOUD_ROLE_ARN": "acs:ram::1:role/x",
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "acs:ram::1:oidc-provider/y",
    }


def test_the_machines_role_comes_last_and_is_renewed_early(
    home: Path, there: RoleServices
) -> None:
    """Five minutes before the end, on the clock that was passed in."""
    clock = JumpingClock()
    there.answers = {
        PASS: b"planted-pass",
        FOLDER: b"sms-role\n",
        f"{FOLDER}sms-role": a_key("first", clock.now() + 7200),
    }
    config = ProviderConfig("shop", "aliyun")
    keys = credentials.find(config, there.environ, home, clock)
    assert (keys().id, keys().token) == ("first", OTHER)
    methods = [(asked.method, asked.path) for asked in there.seen]
    role = f"{FOLDER}sms-role"
    assert methods == [("PUT", PASS), ("GET", FOLDER), ("GET", role)]
    assert there.seen[0].headers["X-aliyun-ecs-metadata-token-ttl-seconds"] == "21600"
    assert there.seen[2].headers["X-aliyun-ecs-metadata-token"] == "planted-pass"
    there.answers[role] = a_key("second", clock.now() + 14400)
    clock.sleep(7200 - 301)
    assert keys().id == "first"
    clock.sleep(1)
    assert keys().id == "second"
    there.answers = {}
    clock.sleep(14400)
    assert keys().id == "second"
    assert look(home, {**there.environ, **ENVIRONMENT})().id == "env-id"


def test_a_machine_without_passes_is_asked_the_old_way(
    home: Path, there: RoleServices
) -> None:
    """Unless that was forbidden."""
    there.answers = {f"{FOLDER}named": a_key("machine")}
    environ = {**there.environ, "ALIBABA_CLOUD_ECS_METADATA": "named"}
    assert look(home, environ)().id == "machine"
    assert "X-aliyun-ecs-metadata-token" not in there.seen[-1].headers
    old = {**environ, "ALIBABA_CLOUD_IMDSV1_DISABLED": "true"}
    failing(CredentialsMissing, home, old)
    there.seen.clear()
    none = {**environ, "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}
    error = failing(CredentialsMissing, home, none)
    assert there.seen == []
    assert "this machine's role" not in error.looked


def test_the_cluster_gives_a_key_for_its_token(
    home: Path, there: RoleServices, cluster: dict[str, str]
) -> None:
    """Before any file: its variables were set for this process."""
    cli(home, profile())
    there.answers = {"/": {"Credentials": a_key("pod")}, FOLDER: b"sms-role"}
    assert look(home, {**there.environ, **cluster})().id == "pod"
    (asked,) = there.seen
    fields = {name: value for name, (value,) in parse_qs(asked.body.decode()).items()}
    assert fields["Action"] == "AssumeRoleWithOIDC"
    assert fields["Version"] == "2015-04-01"
    assert fields["OIDCToken"] == "planted-web-token"
    assert fields["RoleArn"] == "acs:ram::1:role/x"
    assert fields["OIDCProviderArn"] == "acs:ram::1:oidc-provider/y"
    assert fields["RoleSessionName"] == "smsform"


def test_a_cluster_that_gives_no_key_ends_the_search(
    home: Path, there: RoleServices, cluster: dict[str, str]
) -> None:
    """The next key might belong to another account."""
    cli(home, profile())
    error = failing(CredentialsMissing, home, {**there.environ, **cluster})
    assert "ALIBABA_CLOUD_ROLE_ARN" in error.looked[-1]


def test_an_address_gives_a_key_before_the_machine_is_asked(
    home: Path, there: RoleServices
) -> None:
    """It was set for this process."""
    there.answers = {"/keys?for=sms": a_key("uri"), FOLDER: b"r"}
    uri = {"ALIBABA_CLOUD_CREDENTIALS_URI": f"{there.address}/keys?for=sms"}
    assert look(home, {**there.environ, **uri})().id == "uri"
    assert len(there.seen) == 1


@pytest.mark.parametrize("uri", ["nonsense", "http://[", "ftp://x/", "http://\n/"])
def test_an_address_that_is_none_is_a_place_looked_at(home: Path, uri: str) -> None:
    """Like one that does not answer."""
    error = failing(CredentialsMissing, home, {"ALIBABA_CLOUD_CREDENTIALS_URI": uri})
    assert any("ALIBABA_CLOUD_CREDENTIALS_URI" in place for place in error.looked)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        {"Code": "Failed"},
        {**a_key("x"), "SecurityToken": None},
        {**a_key("x"), "Expiration": "soon"},
    ],
)
def test_a_role_that_gives_no_key_is_a_place_looked_at(
    home: Path, there: RoleServices, answer: Any
) -> None:
    """Whatever it answers; the error lists the places and no content."""
    there.answers = {"/u": answer, FOLDER: b"r", f"{FOLDER}r": answer}
    uri = {"ALIBABA_CLOUD_CREDENTIALS_URI": f"{there.address}/u"}
    error = failing(CredentialsMissing, home, {**there.environ, **uri})
    assert ["URI" in place for place in error.looked[-2:]] == [True, False]


def test_roles_get_one_second_in_all(
    home: Path, there: RoleServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that never answers must not hold up the message."""
    waits = []

    class Queue(roles.SimpleQueue):  # type: ignore[type-arg]
        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            waits.append(timeout)
            return super().get(timeout=0.05)

    monkeypatch.setattr(roles, "SimpleQueue", Queue)
    there.answers = {"/u": None, PASS: None}
    uri = {"ALIBABA_CLOUD_CREDENTIALS_URI": f"{there.address}/u"}
    failing(CredentialsMissing, home, {**there.environ, **uri})
    assert waits == [1.0]


def test_a_choice_that_was_made_asks_no_role(
    home: Path, there: RoleServices, cluster: dict[str, str]
) -> None:
    """A prefix or a profile that yields nothing is an error."""
    there.answers = {FOLDER: b"r", f"{FOLDER}r": a_key("x")}
    environ = {**there.environ, **cluster}
    failing(CredentialsMissing, home, environ, profile="gone")
    failing(CredentialsMissing, home, environ, credentials_env="GONE")
    assert there.seen == []


@pytest.mark.parametrize("file", ["cli", "ini"])
@pytest.mark.parametrize("chosen", ["", "default"])
def test_a_profile_of_the_machines_role_leads_to_it(
    home: Path, there: RoleServices, file: str, chosen: str
) -> None:
    """By the name of the role that stands there."""
    there.answers = {f"{FOLDER}stated": a_key("machine")}
    if file == "cli":
        cli(home, {"name": "default", "mode": "EcsRamRole", "ram_role_name": "stated"})
    else:
        ini(home, "[default]\ntype = ecs_ram_role\nrole_name = stated\n")
    assert look(home, there.environ, profile=chosen)().id == "machine"
    there.answers = {}
    failing(CredentialsMissing, home, there.environ, profile=chosen)


@pytest.mark.parametrize("file", ["cli", "ini"])
def test_a_profile_of_a_token_leads_to_its_role(
    home: Path, there: RoleServices, cluster: dict[str, str], file: str
) -> None:
    """The same call, with what stands in the profile."""
    token, role, provider = cluster.values()
    there.answers = {"/": {"Credentials": a_key("token")}}
    if file == "cli":
        cli(
            home,
            {
                "name": "default",
                "mode": "OIDC",
                "oidc_token_file": token,
                "ram_role_arn": role,
                "oidc_provider_arn": provider,
            },
        )
    else:
        ini(
            home,
            f"[default]\ntype = oidc_role_arn\noidc_token_file_path = {token}\n"
            f"role_arn = {role}\noidc_provider_arn = {provider}\n",
        )
    assert look(home, there.environ, profile="default")().id == "token"


@pytest.mark.parametrize("file", ["cli", "ini"])
def test_a_profile_assumes_its_role_with_its_own_key(
    home: Path, there: RoleServices, file: str
) -> None:
    """Signed as the official SDK signs it."""
    role = "acs:ram::1:role/x"
    if file == "cli":
        more = {"ram_role_arn": role, "ram_session_name": "ci", "external_id": "e 1"}
        cli(home, profile(mode="RamRoleArn", **more))
    else:
        text = section(id="cli-id").replace("access_key\n", "ram_role_arn\n", 1)
        more = f"role_arn = {role}\nrole_session_name = ci\nexternal_id = e 1\n"
        ini(home, text + more)
    failing(CredentialsMissing, home, there.environ)
    there.answers = {"/": {"Credentials": a_key("assumed")}}
    keys = look(home, there.environ)()
    assert (keys.id, keys.token) == ("assumed", OTHER)
    asked = there.seen[-1]
    fields = {name: value for name, (value,) in parse_qs(asked.body.decode()).items()}
    assert (fields["Action"], fields["RoleArn"]) == ("AssumeRole", role)
    assert (fields["RoleSessionName"], fields["ExternalId"]) == ("ci", "e 1")
    assert fields["AccessKeyId"] == "cli-id"
    signature = fields.pop("Signature")
    assert signature == Utils.get_rpcsignature(fields, "POST", SECRET)
