"""Our own keys are hidden in whatever comes from outside, however it spells them."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripted import JumpingClock, Script, everything_about, reply
from smsform.account import connect
from smsform.account.roles import Role, Temporary, renewing
from smsform.errors import Refused
from smsform.http import Reply, Request
from smsform.provider import CallRecord, Connection, Credentials, ProviderConfig
from smsform.redaction import HIDDEN, Secrets

VALUES = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=80
)
WHOLE = partial(quote, safe="")


def every_character(value: str) -> str:
    """Percent-encoded where no encoder would."""
    return "".join(f"%{ord(character):02X}" for character in value)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in a path": quote,
    "in a query": WHOLE,
    "in a form": quote_plus,
    "twice": lambda value: WHOLE(WHOLE(value)),
    "three times": lambda value: WHOLE(WHOLE(WHOLE(value))),
    "in small letters": lambda value: WHOLE(value).replace("%2B", "%2b"),
    "every character": every_character,
    "in JSON": lambda value: json.dumps(value)[1:-1].replace("/", "\\u002f"),
    "in HTML": lambda value: html.escape(value).replace("&amp;", "&#38;"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(value=VALUES, before=st.text(max_size=9), after=st.text(max_size=9))
def test_no_spelling_gets_through(
    spelling: str, value: str, before: str, after: str
) -> None:
    """What stands around it stays."""
    if spelling in ("in JSON", "in HTML") and set(value) & set("\"'\\<>"):
        value = "tok+/=en" + "&" * (spelling == "in HTML")
    secrets = Secrets()
    secrets.learn(value)
    spelt = SPELLINGS[spelling](value)
    told = secrets.hide(f"{before} {spelt} {after}")
    assert HIDDEN in told
    assert value not in told
    assert spelt not in told.replace(HIDDEN, "")
    reply = secrets.hide_in(f'{{"told": "{before} {spelt} {after}"}}'.encode()).decode()
    assert HIDDEN in reply
    assert spelt not in reply.replace(HIDDEN, "")


@given(text=st.text(max_size=200))
def test_a_text_without_them_stays_as_it_is(text: str) -> None:
    """To the byte, in JSON as well."""
    secrets = Secrets()
    secrets.learn("planted-secret/+=", "")
    assert secrets.hide(text) == text
    body = json.dumps(text).encode()
    assert secrets.hide_in(body) == body


def test_the_longer_one_is_hidden_first() -> None:
    """An id that lies inside a secret leaves nothing of the secret behind."""
    secrets = Secrets()
    secrets.learn("planted")
    secrets.learn("planted-and-longer")
    assert secrets.hide("x planted-and-longer y planted") == f"x {HIDDEN} y {HIDDEN}"


def test_too_short_a_value_is_no_secret() -> None:
    """It would be found in every second word."""
    secrets = Secrets()
    secrets.learn("", "a", "key")
    assert secrets.hide("a key is a key") == "a key is a key"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-be"])
def test_every_encoding_of_json_is_read(encoding: str) -> None:
    """As the reader of the reply would; that is UTF-8 from then on."""
    document = '{"a": "planted-secret 是"}'
    assert Secrets().hide_in(document.encode(encoding)) == document.encode()
    secrets = Secrets()
    secrets.learn("planted-secret")
    body = secrets.hide_in(document.encode(encoding))
    assert json.loads(body.decode()) == {"a": f"{HIDDEN} 是"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (rb'{"a": "x\ud800y"}', "x\ufffdy"),
        (rb'{"a": "x\uDC00\uD83Dy"}', "x\ufffd\ufffdy"),
        (rb'{"a": "\ud83d\ude00"}', "\U0001f600"),
        (rb'{"a": "\ud83d\ud83d\ude00"}', "\ufffd\U0001f600"),
        (rb'{"a": "\\\\ud800"}'.replace(rb"\\\\", rb"\\"), r"\ud800"),
        (b'{"a": "x\xed\xa0\x80y"}', "x\ufffdy"),
        (
            '{"a": "\u5317\ud83d\ude00"}'.encode("utf-16", "surrogatepass"),
            "\u5317\U0001f600",
        ),
    ],
)
def test_half_a_pair_is_replaced(body: bytes, told: str) -> None:
    """It could be neither printed nor written; whole ones and other escapes stay."""
    assert json.loads(Secrets().hide_in(body)) == {"a": told}


def test_what_is_no_text_is_left_alone() -> None:
    """Nobody could read it either."""
    secrets = Secrets()
    secrets.learn("planted-secret")
    assert secrets.hide_in(b"\xff\xfe\xfa") == b"\xff\xfe\xfa"


def test_a_channel_hides_the_keys_that_were_used() -> None:
    """Those of a role that was renewed meanwhile, too; in the error and in ``-v``."""
    ids = [f"STSplanted{number}" for number in range(3)]
    made = iter(Credentials(id, f"secret-{id}", f"token+{id}=") for id in ids)
    clock, records = JumpingClock(), []

    def ask() -> Temporary:
        return Temporary(next(made), clock.now() + 400)

    role = Role("a role", ask)
    spelt = [WHOLE(f"token+{id}=") for id in ids]
    pairs = zip(ids[:2], spelt, strict=False)
    quoted = "".join(f"&AccessKeyId={id}&SecurityToken={token}" for id, token in pairs)
    connection = Connection(
        ProviderConfig("shop", "any", endpoint="api.example.com"),
        {},
        Path(),
        clock,
        adapter=Script(reply({"told": quoted, "secret-STSplanted0": 1})),
        on_call=records.append,
    )
    channel = connect.channel(connection, "api.example.com")
    keys = connect.keys(
        connection, Credentials("demo", ""), lambda: renewing(ask(), role, clock)
    )

    def read(answer: Reply) -> tuple[str, str]:
        raise Refused(
            "shop", "Do", answer.body.decode(), code="X" + answer.body.decode()
        )

    for _ in ids[:2]:
        keys()
        clock.sleep(300)
    with pytest.raises(Refused) as caught:
        channel.call(
            "Do",
            lambda: Request("POST", "https://api.example.com/", {}),
            read,
            repeatable=False,
            pace=(1, 1.0),
        )
    shown = everything_about(caught.value) + repr(records)
    assert shown.count(HIDDEN) > 3
    for id in ids[:2]:
        assert id not in shown
    assert [type(record) for record in records] == [CallRecord]
