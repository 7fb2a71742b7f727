"""Where a key pair is looked for, in which order, and how a bad place is reported."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from role_services import RoleServices
from scripted import JumpingClock, everything_about
from smsform.account import roles
from smsform.errors import ConfigError, CredentialsMissing, SmsformError
from smsform.provider import Credentials, ProviderConfig
from smsform.providers.tencent import credentials

SECRET = "planted-secret-key"
OTHER = "planted-other-key"
# No test may touch the metadata address: an empty one means that there is no such role.
NO_ROLE = {"TENCENTCLOUD_METADATA_ENDPOINT": "", "TENCENTCLOUD_STS_ENDPOINT": ""}
ENVIRONMENT = {"TENCENTCLOUD_SECRET_ID": "env-id", "TENCENTCLOUD_SECRET_KEY": SECRET}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def ini(home: Path, text: str | bytes) -> Path:
    """Write the SDK's file."""
    path = home / ".tencentcloud" / "credentials"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tccli(home: Path, document: object, profile: str = "default") -> Path:
    """Write a profile of the official command line."""
    path = home / ".tccli" / f"{profile}.credential"
    path.parent.mkdir(exist_ok=True)
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text)
    return path


def section(name: str = "default", id: str = "ini-id") -> str:
    """A section of the SDK's file."""
    return f"[{name}]\nsecret_id = {id}\nsecret_key = {SECRET}\n"


def look(
    home: Path, environ: dict[str, str] | None = None, **config: Any
) -> Callable[[], Credentials]:
    """Run the chain."""
    return credentials.find(
        ProviderConfig("shop", "tencent", **config),
        {**NO_ROLE, **(environ or {})},
        home,
        JumpingClock(),
        home / "etc-credentials",
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
    tccli(home, {"secretId": "cli-id", "secretKey": SECRET})
    keys = look(home, {**ENVIRONMENT, "TENCENTCLOUD_TOKEN": OTHER})()
    assert (keys.id, keys.secret, keys.token) == ("env-id", SECRET, OTHER)
    assert "TENCENTCLOUD_SECRET_ID" in keys.source
    assert SECRET not in repr(keys)
    assert OTHER not in repr(keys)


def test_the_token_has_two_names(home: Path) -> None:
    """The command line's, and the Node SDK's where that one is not set."""
    session = {**ENVIRONMENT, "TENCENTCLOUD_SESSION_TOKEN": OTHER}
    assert look(home, session)().token == OTHER
    assert look(home, {**session, "TENCENTCLOUD_TOKEN": ""})().token == OTHER
    assert look(home, {**session, "TENCENTCLOUD_TOKEN": "first"})().token == "first"


def test_the_files_follow_in_order(home: Path) -> None:
    """The SDK's own file, the machine's, then tccli's profile."""
    tccli(home, {"secretId": "cli-id", "secretKey": SECRET, "token": OTHER})
    assert look(home)().id == "cli-id"
    assert look(home)().token == OTHER
    (home / "etc-credentials").write_text(section(id="etc-id"))
    assert look(home)().id == "etc-id"
    ini(home, section())
    assert look(home)().id == "ini-id"


def test_a_named_file_replaces_the_usual_ones(home: Path, tmp_path: Path) -> None:
    """As the Go SDK has it."""
    ini(home, section())
    other = tmp_path / "other"
    other.write_text(section(id="named-id"))
    environ = {"TENCENTCLOUD_CREDENTIALS_FILE": str(other)}
    assert look(home, environ)().id == "named-id"
    other.unlink()
    error = failing(ConfigError, home, environ)
    assert "TENCENTCLOUD_CREDENTIALS_FILE" in error.message()


def test_quotes_and_a_byte_order_mark_are_no_part_of_a_key(home: Path) -> None:
    """People copy the documented example, which has quotes."""
    text = f'[default]\nsecret_id = "ini-id"\nsecret_key="{SECRET}"\n'
    ini(home, b"\xef\xbb\xbf" + text.encode())
    assert (look(home)().id, look(home)().secret) == ("ini-id", SECRET)


def test_a_percent_sign_is_taken_as_it_is(home: Path) -> None:
    """INI interpolation would choke on it, and quote it."""
    ini(home, "[default]\nsecret_id = a%b\nsecret_key = %(x)s\n")
    assert (look(home)().id, look(home)().secret) == ("a%b", "%(x)s")


def test_a_prefix_means_these_variables_and_nothing_else(home: Path) -> None:
    """Falling back might use another account's key."""
    ini(home, section())
    shop = {"SHOP_PROD_SECRET_ID": "shop-id", "SHOP_PROD_SECRET_KEY": SECRET}
    found = look(home, {**ENVIRONMENT, **shop}, credentials_env="SHOP_PROD")
    assert found().id == "shop-id"
    error = failing(CredentialsMissing, home, ENVIRONMENT, credentials_env="SHOP_PROD")
    assert "SHOP_PROD_SECRET_ID and SHOP_PROD_SECRET_KEY" in error.hint()
    assert len(error.looked) == 1


def test_a_profile_means_that_profile_and_nothing_else(home: Path) -> None:
    """It wins over the environment, as with the official command line."""
    ini(home, section() + section("other", "ini-other"))
    tccli(home, {"secretId": "cli-shop", "secretKey": SECRET}, "shop")
    assert look(home, ENVIRONMENT, profile="shop")().id == "cli-shop"
    assert look(home, ENVIRONMENT, profile="other")().id == "ini-other"
    error = failing(CredentialsMissing, home, ENVIRONMENT, profile="gone")
    assert any("gone.credential" in place for place in error.looked)


def test_the_official_tools_variable_names_a_profile(home: Path) -> None:
    """TCCLI_PROFILE."""
    tccli(home, {"secretId": "cli-shop", "secretKey": SECRET}, "shop")
    assert look(home, {"TCCLI_PROFILE": "shop"})().id == "cli-shop"


def test_nothing_found_lists_the_places(home: Path) -> None:
    """In order, so that a person sees where to put a key."""
    error = failing(CredentialsMissing, home)
    assert [
        "TENCENTCLOUD_SECRET_ID" in error.looked[0],
        ".tencentcloud" in error.looked[1],
        "etc-credentials" in error.looked[2],
        "default.credential" in error.looked[3],
    ] == [True] * 4
    assert "TENCENTCLOUD_SECRET_ID" in error.hint()


@pytest.mark.parametrize(
    ("id", "secret"), [("", SECRET), ("env-id", ""), ("  ", SECRET)]
)
def test_half_a_pair_is_an_error_and_not_a_reason_to_look_on(
    home: Path, id: str, secret: str
) -> None:
    """In the environment, in the INI file, in a profile."""
    environ = {"TENCENTCLOUD_SECRET_ID": id, "TENCENTCLOUD_SECRET_KEY": secret}
    message = failing(ConfigError, home, environ).message()
    assert "TENCENTCLOUD_SECRET_ID" in message
    assert "TENCENTCLOUD_SECRET_KEY" in message
    path = ini(home, f"[default]\nsecret_id={id}\nsecret_key={secret}\n")
    assert str(path) in failing(ConfigError, home).message()
    path.unlink()
    path = tccli(home, {"secretId": id, "secretKey": secret})
    assert str(path) in failing(ConfigError, home).message()


@pytest.mark.parametrize("bad", [f"{SECRET} {OTHER}", f"{SECRET}键", f"{SECRET}\0"])
def test_a_key_with_odd_characters_is_refused_unquoted(home: Path, bad: str) -> None:
    """It could not be sent in a header, and the library would quote it."""
    environ = {"TENCENTCLOUD_SECRET_ID": "env-id", "TENCENTCLOUD_SECRET_KEY": bad}
    assert "TENCENTCLOUD_SECRET_KEY" in failing(ConfigError, home, environ).message()


def test_outer_white_space_is_dropped(home: Path) -> None:
    """CI secrets often end with a line break."""
    environ = {
        "TENCENTCLOUD_SECRET_ID": " env-id",
        "TENCENTCLOUD_SECRET_KEY": f"{SECRET}\n",
    }
    assert look(home, environ)().secret == SECRET


@pytest.mark.parametrize(
    "text",
    [
        f"secret_id = x\nsecret_key = {SECRET}\n",
        f"[default\nsecret_id = {SECRET}\n",
        f"[default]\n{SECRET}\n",
        f"[default]\nsecret_key = {SECRET}\nsecret_key = {OTHER}\n",
        f"[default]\nsecret_key = {SECRET}".encode() + b"\xff\xfe",
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
    path = tccli(home, text)
    assert str(path) in failing(ConfigError, home).message()


def test_a_folder_in_place_of_a_file_is_reported(home: Path) -> None:
    """As a container may mount it."""
    (home / ".tencentcloud" / "credentials").mkdir(parents=True)
    assert "credentials" in failing(ConfigError, home).message()


def test_a_file_without_the_section_is_passed_over(home: Path) -> None:
    """It may serve other profiles."""
    ini(home, section("other"))
    failing(CredentialsMissing, home)


@pytest.mark.parametrize("profile", ["../default", "a/b", "/etc/passwd", ".."])
def test_a_profile_is_a_name_and_no_path(home: Path, profile: str) -> None:
    """smsform.yaml may come from a stranger's pull request."""
    tccli(home, {"secretId": "x", "secretKey": SECRET})
    if profile == "..":
        failing(CredentialsMissing, home, profile=profile)
    else:
        failing(ConfigError, home, profile=profile)


def test_a_profile_that_only_expired_is_said(home: Path) -> None:
    """A browser login ends; the official tool renews it."""
    document = {
        "type": "oauth",
        "secretId": "x",
        "secretKey": SECRET,
        "token": OTHER,
        "expiresAt": JumpingClock().now() + 60,
    }
    tccli(home, document)
    assert look(home)().token == OTHER
    tccli(home, {**document, "expiresAt": JumpingClock().now() - 1})
    assert "expired" in failing(ConfigError, home).message()


def test_a_profile_that_assumes_a_role_is_refused(home: Path) -> None:
    """Its own key is another identity than the one meant."""
    tccli(home, {"secretId": "x", "secretKey": SECRET, "role-arn": "qcs::cam::…"})
    assert "role" in failing(ConfigError, home).message()


# -- roles


@pytest.fixture
def there() -> Iterator[RoleServices]:
    """The two services of a role."""
    running = RoleServices(NO_ROLE)
    yield running
    running.close()


FOLDER = "/latest/meta-data/cam/security-credentials/"


def machine_key(id: str, expires: float) -> dict[str, object]:
    """What the metadata service shows of a role."""
    return {
        "Code": "Success",
        "TmpSecretId": id,
        "TmpSecretKey": SECRET,
        "Token": OTHER,
        "ExpiredTime": expires,
    }


@pytest.fixture
def cluster(tmp_path: Path) -> dict[str, str]:
    """The variables a cluster sets for a pod."""
    token = tmp_path / "token"
    token.write_text("planted-web-token\n")
    return {
        "TKE_REGION": "ap-guangzhou",
        "TKE_PROVIDER_ID": "cluster",
        "TKE_WEB_IDENTITY_TOKEN_FILE": str(token),
        "TKE_ROLE_ARN": "qcs::cam::role/x",
    }


def test_the_machines_role_comes_last_and_is_renewed_early(
    home: Path, there: RoleServices
) -> None:
    """Five minutes before the end, on the clock that was passed in."""
    clock = JumpingClock()
    there.answers = {
        FOLDER: b"sms-role\n",
        f"{FOLDER}sms-role": machine_key("first", clock.now() + 7200),
    }
    config = ProviderConfig("shop", "tencent")
    keys = credentials.find(config, there.environ, home, clock, home / "none")
    assert (keys().id, keys().token) == ("first", OTHER)
    there.answers[f"{FOLDER}sms-role"] = machine_key("second", clock.now() + 14400)
    clock.sleep(7200 - 301)
    assert keys().id == "first"
    clock.sleep(1)
    assert keys().id == "second"
    there.answers = {}
    clock.sleep(14400)
    assert keys().id == "second"
    assert look(home, {**there.environ, **ENVIRONMENT})().id == "env-id"


def test_the_cluster_gives_a_key_for_its_token(
    home: Path, there: RoleServices, cluster: dict[str, str]
) -> None:
    """Before the machine's role: its variables were set for this process."""
    answer = {
        "Credentials": {
            "TmpSecretId": "pod",
            "TmpSecretKey": SECRET,
            "Token": OTHER,
        },
        "ExpiredTime": JumpingClock().now() + 7200,
    }
    there.answers = {"/": {"Response": answer}, FOLDER: b"sms-role"}
    assert look(home, {**there.environ, **cluster})().id == "pod"
    (asked,) = there.seen
    assert asked.headers["X-TC-Action"] == "AssumeRoleWithWebIdentity"
    body = json.loads(asked.body)
    assert body["WebIdentityToken"] == "planted-web-token"
    assert (body["ProviderId"], body["RoleArn"]) == ("cluster", "qcs::cam::role/x")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        {"Code": "Failed"},
        {**machine_key("x", 1.0), "Token": None},
        {**machine_key("x", 1.0), "ExpiredTime": "soon"},
    ],
)
def test_a_role_that_gives_no_key_is_a_place_looked_at(
    home: Path, there: RoleServices, cluster: dict[str, str], answer: Any
) -> None:
    """Whatever it answers; the error lists both roles and no content."""
    there.answers = {"/": answer, FOLDER: b"r", f"{FOLDER}r": answer}
    error = failing(CredentialsMissing, home, {**there.environ, **cluster})
    assert ["TKE_ROLE_ARN" in place for place in error.looked[-2:]] == [True, False]


def test_roles_get_one_second_in_all(
    home: Path,
    there: RoleServices,
    monkeypatch: pytest.MonkeyPatch,
    cluster: dict[str, str],
) -> None:
    """An address that never answers must not hold up the message."""
    waits = []

    class Queue(roles.SimpleQueue):  # type: ignore[type-arg]
        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            waits.append(timeout)
            return super().get(timeout=0.05)

    monkeypatch.setattr(roles, "SimpleQueue", Queue)
    there.answers = {"/": None, FOLDER: None}
    failing(CredentialsMissing, home, {**there.environ, **cluster})
    assert waits == [1.0]


def test_a_choice_that_was_made_asks_no_role(home: Path, there: RoleServices) -> None:
    """A prefix or a profile that yields nothing is an error."""
    there.answers = {FOLDER: b"r", f"{FOLDER}r": machine_key("x", 2e9)}
    failing(CredentialsMissing, home, there.environ, profile="gone")
    failing(CredentialsMissing, home, there.environ, credentials_env="GONE")
    assert there.seen == []


def test_a_profile_of_the_machines_role_leads_to_it(
    home: Path, there: RoleServices
) -> None:
    """As tccli writes it; named in smsform.yaml it cannot be followed, and says so."""
    there.answers = {FOLDER: b"r", f"{FOLDER}r": machine_key("machine", 2e9)}
    tccli(home, {"type": "cvm-role"})
    assert look(home, there.environ)().id == "machine"
    error = failing(ConfigError, home, there.environ, profile="default")
    assert "profile" in error.hint()
