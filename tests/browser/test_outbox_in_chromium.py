"""The outbox in a real browser: live, quick, readable, and nothing but text."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import a_message
from devtools import Page
from smsform.card import ProviderSpec
from smsform.clock import SystemClock
from smsform.emulation import outbox
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.provider import ProviderConfig
from smsform.registry import specs
from smsform.words import Language

COUNTED = "document.getElementById('counted').textContent"
READY = "document.body.dataset.ready === 'yes'"
TEXTS = "[...document.querySelectorAll('.text')].map(e => e.textContent)"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>document.title='owned'</script>",
    "\u202eevil\u202c",
    "{{ 7 * 7 }} ${7*7}",
    "a\x00b \ufeff",
    "&lt;b&gt;",
)


@pytest.fixture
def store() -> Store:
    """What the emulator remembers."""
    return Store(None)


@pytest.fixture
def url(store: Store) -> Iterator[str]:
    """Where an emulator is served; any service's, the outbox is the same."""
    spec: ProviderSpec = next(iter(specs().values()))
    config = ProviderConfig(name="cloud", type=spec.type)
    with Server(spec.emulator(store, SystemClock(), config)) as server:
        yield server.url


def keep(store: Store, *texts: str, provider: str = "cloud", **changes: object) -> None:
    """Put messages into the outbox, sent now."""
    for text in texts:
        message = a_message(text=text, provider=provider, sent=time.time(), **changes)
        outbox.keep(store, message)


def test_a_message_appears_within_a_second(page: Page, store: Store, url: str) -> None:
    """And its receipt when it comes; both services stand side by side."""
    page.show(f"{url}/_smsform/")
    page.wait(READY)
    assert page.run("document.getElementById('nothing').hidden") is False
    keep(store, "【示例】一", due=time.time() + 1.5)
    begun = time.monotonic()
    page.wait(f"{COUNTED} === '1 of 1 messages'")
    assert time.monotonic() - begun < 1.0
    assert page.run(TEXTS) == ["【示例】一"]
    assert "under way" in page.run("document.querySelector('.about').textContent")
    page.wait("document.querySelector('.good') !== null")
    keep(store, "[Example]two", provider="other", number="+85298765432")
    page.wait("document.querySelectorAll('section').length === 2")
    assert page.run("[...document.querySelectorAll('h2')].map(e => e.textContent)") == [
        "cloud",
        "other",
    ]
    assert page.errors == []


def test_hostile_values_are_text(page: Page, store: Store, url: str) -> None:
    """No markup, no script, no expression: what was sent is what is read."""
    for text in HOSTILE:
        keep(store, text, name=text, template=text, context=text)
    page.show(f"{url}/_smsform/")
    page.wait(READY)
    assert page.run(TEXTS) == list(reversed(HOSTILE))
    assert page.run("document.querySelectorAll('img, .text *').length") == 0
    assert page.run("document.title") == "Emulated messages"
    assert page.errors == []


def test_a_keystroke_is_quick_among_ten_thousand(
    page: Page, store: Store, url: str
) -> None:
    """From the key to the drawn frame; every word must occur."""
    with store.transaction():
        for number in range(10_000):
            keep(
                store,
                f"【示例商城】{number:05}为您的登录验证码，请勿告诉他人。",
                number=f"+86138{number % 400:08}",
            )
    page.show(f"{url}/_smsform/")
    page.wait(READY)
    assert page.run(COUNTED) == "10000 of 10000 messages"
    page.press("/")
    slowest = 0.0
    for key in "04711":
        took = page.run(f"""new Promise(done => {{
            const box = document.getElementById("query"), begun = performance.now();
            box.value += {key!r};
            box.dispatchEvent(new Event("input", {{bubbles: true}}));
            requestAnimationFrame(() => setTimeout(
                () => done(performance.now() - begun)));
        }})""")
        slowest = max(slowest, took)
    print(f"slowest keystroke among 10,000 messages: {slowest:.0f} ms")
    assert slowest <= 100
    assert page.run(COUNTED) == "1 of 10000 messages"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_read_it(
    page: Page,
    store: Store,
    url: str,
    axe: str,
    scheme: str,
    width: int,
    tmp_path: Path,
) -> None:
    """axe-core finds nothing; nothing sticks out at the side."""
    keep(store, "【示例商城】4711为您的登录验证码。", due=1.0)
    keep(store, "x" * 400, due=1.0, delivered=0, receipt="MK:0001", provider="other")
    keep(store, "under way")
    page.look(scheme, width)
    page.show(f"{url}/_smsform/")
    page.wait(READY)
    page.run(f"{axe}; 0")
    found = page.run("axe.run().then(r => r.violations.map(v => v.id))")
    assert found == []
    wide = page.run("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.screenshot(tmp_path / "outbox.png")


def test_it_is_chinese_where_the_command_is(
    page: Page, store: Store, url: str, axe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every word of the page, live ones too; readers are told which language it is."""
    monkeypatch.setattr("smsform.words._spoken", Language.ZH)
    page.show(f"{url}/_smsform/")
    page.wait(READY)
    assert page.run("document.documentElement.lang") == "zh"
    assert page.run("document.title") == "模拟短信"
    assert "还没有短信" in page.run("document.getElementById('nothing').textContent")
    keep(store, "[Example]one", due=1.0, delivered=1)
    page.wait(f"{COUNTED} === '显示 1 条，共 1 条'")
    about = page.run("document.querySelector('.about').textContent")
    assert "已送达" in about
    assert "计费 1 条" in about
    page.run("document.getElementById('query').value = 'nothing like it'")
    page.run("document.getElementById('query').dispatchEvent(new Event('input'))")
    assert page.run("document.getElementById('nothing').textContent") == (
        "没有匹配的短信。"
    )
    page.run(f"{axe}; 0")
    assert page.run("axe.run().then(r => r.violations.map(v => v.id))") == []
    words = page.run("document.body.innerText").replace("[Example]one", "")
    assert not re.search("[a-z]{4}", words.replace("cloud", "")), words


def test_nothing_can_be_changed_from_there(store: Store, url: str) -> None:
    """Reading only, from this machine only, and no file but the page's own."""
    keep(store, "一")
    place = url.removeprefix("http://")

    def status(method: str, path: str, **headers: str) -> int:
        connection = http.client.HTTPConnection(place, timeout=10)
        connection.request(method, path, headers=headers)
        reply = connection.getresponse()
        reply.read()
        connection.close()
        return reply.status

    assert status("GET", "/_smsform/messages") == 200
    assert status("GET", "/_smsform") == 302
    assert status("POST", "/_smsform/messages") == 405
    assert status("DELETE", "/_smsform/messages") == 405
    assert status("GET", "/_smsform/../page.html") in (400, 403, 404)
    assert status("GET", "/_smsform/__init__.py") == 404
    for wrong in ("after=x", "after=-1", f"after={2**63}", "limit=-1", "since=nan"):
        assert status("GET", f"/_smsform/messages?{wrong}") == 400
    assert status("GET", "/_smsform/messages", Host="evil.example") == 403
    assert status("GET", "/_smsform/messages", Origin="http://evil.example") == 403


def test_the_json_has_the_shape_of_the_schema(store: Store, url: str) -> None:
    """One number's messages, however it is written."""
    keep(store, "一")
    keep(store, "二", number="+85298765432")
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    connection.request("GET", "/_smsform/messages?to=13800138000")
    document = json.loads(connection.getresponse().read())
    connection.close()
    assert document["smsform_outbox"] == 1
    assert [message["text"] for message in document["messages"]] == ["一"]


def test_what_is_cleared_goes(page: Page, store: Store, url: str) -> None:
    """Those to one number, all of them, and all that a reset forgets."""
    keep(store, "一", number="+8613800138001")
    keep(store, "二", number="+8613800138002")
    page.show(f"{url}/_smsform/")
    page.wait(f"{COUNTED} === '2 of 2 messages'")
    outbox.clear(store, number="+8613800138001")
    keep(store, "三")
    page.wait(f"{COUNTED} === '2 of 2 messages' && {TEXTS}.includes('三')")
    assert page.run(TEXTS) == ["三", "二"]
    outbox.clear(store)
    page.wait(f"{COUNTED} === '0 of 0 messages'")
    assert page.run("document.getElementById('nothing').hidden") is False
    keep(store, "四")
    page.wait(f"{COUNTED} === '1 of 1 messages'")
    store.reset()
    page.wait(f"{COUNTED} === '0 of 0 messages'")
    assert page.errors == []


def test_a_server_that_comes_back_is_noticed(page: Page, store: Store) -> None:
    """The page says that nobody answers, and then that somebody does."""
    spec: ProviderSpec = next(iter(specs().values()))
    app = spec.emulator(store, SystemClock(), ProviderConfig("cloud", spec.type))
    keep(store, "一")
    server = Server(app)
    page.show(f"{server.url}/_smsform/")
    page.wait(f"{COUNTED} === '1 of 1 messages'")
    server.stop()
    page.wait(f"{COUNTED} !== '1 of 1 messages'")
    with Server(app, port=server.port):
        page.wait(f"{COUNTED} === '1 of 1 messages'")
