"""What SDKs sign otherwise than they send it is taken on this machine, and said."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest

from recorded import Fixed, Recorded, replaying
from smsform.cli import Exit, run
from smsform.emulation import calls, store_path
from smsform.emulation.service import Service
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent import SPEC, wire
from smsform.providers.tencent.emulator.parameters import unflatten

NOW = 1_795_969_865
LIST = b'{"International":0,"Limit":1}'


def emulator(store: Store) -> Service:
    """An emulator at a fixed time."""
    clock = Fixed()
    clock.time = NOW
    config = ProviderConfig(name="shop", type=SPEC.type, endpoint="emulator")
    return SPEC.emulator(store, clock, config)


def request(
    host: str, service: str = wire.SERVICE, signed_host: str = "", secret: str = ""
) -> Recorded:
    """A list signed with TC3 for *service* at *signed_host*, sent to *host*."""
    signature = wire.signature(
        secret or wire.DEMO_SECRET_KEY,
        method="POST",
        query="",
        payload=LIST,
        timestamp=NOW,
        service=service,
        headers=[("content-type", "application/json"), ("host", signed_host or host)],
    )
    scope = f"{wire.DEMO_SECRET_ID}/{wire.utc_date(NOW)}/{service}/tc3_request"
    head = (
        f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"X-TC-Action: {wire.DESCRIBE_TEMPLATES}\r\nX-TC-Version: {wire.VERSION}\r\n"
        f"X-TC-Region: ap-guangzhou\r\nX-TC-Timestamp: {NOW}\r\n"
        f"Authorization: {wire.TC3}  Credential={scope}, "
        f"SignedHeaders=content-type;host, Signature={signature}\r\n"
        f"Content-Length: {len(LIST)}\r\n\r\n"
    )
    return Recorded("ours", "POST", wire.TC3, "", False, head, LIST)


@pytest.mark.parametrize(
    ("sent", "lenience"),
    [
        (request("127.0.0.1:7300"), ""),
        (request("127.0.0.1:7300", "127"), "service-name"),
        (request("localhost:7300", "localhost"), "service-name"),
        (request("localhost:7300", "localhost:7300"), "service-name"),
        (request("sms.localhost:7300"), ""),
        (request("127.0.0.1:7300", wire.SERVICE, "127.0.0.1"), "host-without-port"),
        (
            request("127.0.0.1:7300", "127", "127.0.0.1"),
            "service-name host-without-port",
        ),
        (request(f"{wire.HOST}:80"), ""),
    ],
)
def test_on_this_machine_it_is_overlooked_and_logged(
    sent: Recorded, lenience: str
) -> None:
    """The call goes through, and the log says what the service would not take."""
    store = Store(None)
    with replaying(emulator(store)) as send:
        _, answer = send(sent)
    assert b'"Error"' not in answer
    [call] = calls.recorded(store)
    assert (call.outcome, call.lenience) == (calls.OK, lenience)


@pytest.mark.parametrize(
    "sent",
    [
        request(wire.HOST, "cms"),
        request(f"{wire.HOST}:80", wire.SERVICE, wire.HOST),
        request("127.0.0.1:7300", "128"),
        request("127.0.0.1:7300", wire.SERVICE, "127.0.0.1:7301"),
        request("127.0.0.1:7300", "127", secret="another"),
    ],
)
def test_for_the_services_host_nothing_is(sent: Recorded) -> None:
    """Nor what nobody signs so; the log names the action of a refused call, too."""
    store = Store(None)
    with replaying(emulator(store)) as send:
        _, answer = send(sent)
    assert b"AuthFailure.SignatureFailure" in answer
    [call] = calls.recorded(store)
    assert (call.action, call.outcome) == (
        wire.DESCRIBE_TEMPLATES,
        "AuthFailure.SignatureFailure",
    )


@pytest.mark.parametrize(
    ("told", "logged"),
    [
        ("AddSmsTemplate", "AddSmsTemplate"),
        ("Nothing", "Nothing"),
        ("", ""),
        ("a b\x1b[31m\u3000" + "x" * 99, "ab31m" + "x" * 59),
    ],
)
def test_a_refused_form_is_logged_by_its_action(told: str, logged: str) -> None:
    """As far as it can be read: a word, and not a long one."""
    form = urlencode({"Action": told, "Nonce": 1}).encode()
    head = (
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
        f"{len(form)}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    store = Store(None)
    with replaying(emulator(store)) as send:
        send(Recorded("ours", "POST", wire.V1_SHA1, "", False, head, form))
    [call] = calls.recorded(store)
    assert call.action == logged


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("project_with_a_call")
def test_the_log_says_it_in_words(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the call's line, in the language of who reads it."""
    assert run(["--lang", language, "emulate", "log"]) == Exit.FINE
    told = capsys.readouterr().out
    assert ("only an emulator" in told) == (language == "en")
    assert ("只有模拟器接受" in told) == (language == "zh")


@pytest.fixture
def project_with_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project whose emulator overlooked something once."""
    (tmp_path / "smsform.yaml").write_text(
        f"smsform: 1\nproviders: {{shop: {{type: {SPEC.type}, endpoint: emulator}}}}\n"
    )
    monkeypatch.chdir(tmp_path)
    store = Store(store_path(tmp_path))
    with replaying(emulator(store)) as send:
        send(request("127.0.0.1:7300", "127"))
    store.close()


def test_nested_lists_of_a_form_are_put_together() -> None:
    """As HmacSHA* spells them, in any order; a name that is both stays unknown."""
    flat = {
        "MultiSmsInfoSet.1.PhoneNumber": "+8613800138001",
        "MultiSmsInfoSet.0.TemplateParamSet.1": "b",
        "MultiSmsInfoSet.0.TemplateParamSet.0": "a",
        "MultiSmsInfoSet.0.PhoneNumber": "+8613800138000",
        "Limit": "1",
        "Ids.10": "k",
        "Ids.9": "j",
    }
    assert unflatten(flat) == {
        "MultiSmsInfoSet": [
            {"TemplateParamSet": ["a", "b"], "PhoneNumber": "+8613800138000"},
            {"PhoneNumber": "+8613800138001"},
        ],
        "Limit": "1",
        "Ids": ["j", "k"],
    }
    assert unflatten({"Ids": "1", "Ids.0": "2"}) == {"Ids": "1", "Ids.0": "2"}
    deep = "A" + ".0" * 5000
    assert unflatten({deep: "x"}) == {deep: "x"}


def test_what_a_client_flattens_comes_back() -> None:
    """Both directions of the same spelling."""
    whole = {"A": [{"B": ["1", "2"], "C": "x"}], "D": "y"}
    assert unflatten(wire.flatten(whole)) == whole
