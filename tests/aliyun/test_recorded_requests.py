"""Requests of the Java SDK, which sends chunks only, and of the older Node core."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from recorded import Fixed, Recorded, recorded, replaying
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import emulator, envelope


def signed_at(request: Recorded) -> float:
    """The time a request says it was signed at."""
    query = urlsplit(request.target).query + "&" + request.body.decode("latin-1")
    text = request.header("x-acs-date") or parse_qs(query)["Timestamp"][0]
    return datetime.strptime(text, wire.UTC_DATE).replace(tzinfo=UTC).timestamp()


def test_each_verifies() -> None:
    """Sent again byte for byte, in small chunks where there were chunks."""
    clock = Fixed()
    config = ProviderConfig(name="shop", type="aliyun", endpoint="emulator")
    app = emulator(Store(None), clock, config)
    requests = recorded("aliyun")
    with replaying(app) as send:
        for each in requests:
            clock.time = signed_at(each)
            request, _ = send(each)
            assert request.body == each.body
            opened = envelope.open_envelope(request)
            assert opened.action == each.action
            envelope.check_time(opened, [clock.time])
            claim = envelope.claim(request, opened)
            envelope.verify(claim, wire.DEMO_ACCESS_KEY_SECRET)
    assert sum(each.chunked for each in requests) == 19
    assert len(requests) == 28


def test_every_way_to_the_service_is_a_host_of_it() -> None:
    """So that SDKs behind a proxy are answered; a name that only ends alike is none."""
    config = ProviderConfig(name="shop", type="aliyun", endpoint="emulator")
    app = emulator(Store(None), Fixed(), config)
    vpc = "dysmsapi-vpc.cn-hangzhou.aliyuncs.com"
    for name in (wire.HOST, vpc, *wire.REGION_HOSTS.values()):
        assert app.is_host(name)
    for name in ("", "oss.aliyuncs.com", f"{wire.HOST}.example.com", "example.com"):
        assert not app.is_host(name)
