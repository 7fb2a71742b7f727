"""320 requests of the seven official SDKs arrive, and are signed for whom they say."""

from __future__ import annotations

import re
from collections import Counter

from recorded import Fixed, Recorded, recorded, replaying
from smsform.emulation.messages import Refusal
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.tencent import SPEC, wire
from smsform.providers.tencent.emulator import envelope

# Requests the service itself refuses, too: what the SDK signed is not what it sent.
PHP_LIST = "PHP signs a list under HmacSHA* as the word Array"
NET_ESCAPES = ".NET's Uri writes ~ ' : anew after TC3 signed them in a query"


def fault(request: Recorded) -> str:
    """Why a request's own SDK signed it wrongly; "" when it did not."""
    old = request.algorithm != wire.TC3
    if request.client.startswith("SDK_PHP") and old and b"%5B0%5D" in _params(request):
        return PHP_LIST
    moved = re.search(r"[~':]", request.target.partition("?")[2])
    if request.client.startswith("SDK_NET") and not old and moved:
        return NET_ESCAPES
    return ""


def _params(request: Recorded) -> bytes:
    return request.target.encode() + request.body


def signed_at(request: Recorded) -> float:
    """The time a request says it was signed at."""
    header = request.header("X-TC-Timestamp")
    found = re.search(rb"[?&]Timestamp=(\d+)", b"&" + _params(request))
    return float(header or (found[1] if found else 0))


def test_each_verifies_or_was_signed_wrongly() -> None:
    """Sent again byte for byte, with the clock at the time of each."""
    clock = Fixed()
    config = ProviderConfig(name="shop", type=SPEC.type, endpoint="emulator")
    app = SPEC.emulator(Store(None), clock, config)
    told: Counter[tuple[str, str]] = Counter()
    with replaying(app) as send:
        for each in recorded(SPEC.type):
            clock.time = signed_at(each)
            request, _ = send(each)
            assert request.body == each.body
            opened = envelope.open_envelope(request)
            assert opened.action == each.action
            envelope.check_time(opened, [clock.time])
            expected = fault(each)
            try:
                claim = envelope.claim(request, opened)
                assert envelope.verify(claim, wire.DEMO_SECRET_KEY) == ()
                found = "verified"
            except Refusal as refusal:
                found = refusal.code
            wanted = "AuthFailure.SignatureFailure" if expected else "verified"
            assert found == wanted, (each.client, each.algorithm, each.head)
            told[each.client.split("_")[1], expected] += 1
    assert {client for client, _ in told} == {
        "JAVA",
        "PHP",
        "PYTHON",
        "NODEJS",
        "NET",
        "GO",
        "CPP",
    }
    assert told["PHP", PHP_LIST] == 15
    assert told["NET", NET_ESCAPES] == 2
    assert sum(told.values()) == 320


def test_every_region_and_zone_is_a_host_of_the_service() -> None:
    """So that SDKs behind a proxy are answered; a name that only ends alike is none."""
    config = ProviderConfig(name="shop", type=SPEC.type, endpoint="emulator")
    app = SPEC.emulator(Store(None), Fixed(), config)
    for name in (
        wire.HOST,
        wire.INTERNATIONAL_HOST,
        "sms.ap-guangzhou.tencentcloudapi.com",
        "sms.ap-shanghai-fsi.tencentcloudapi.com",
    ):
        assert app.is_host(name)
    for name in ("", "tencentcloudapi.com", f"{wire.HOST}.example.com", "example.com"):
        assert not app.is_host(name)
