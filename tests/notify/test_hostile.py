"""Targets that misbehave, addresses that are none: nothing shown, nothing followed."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.project import Project
from notify import receivers
from notify.project import a_project, judge, loud, notices
from notify.receivers import PASSWORD, SECRET, TOKEN, VARIABLE, VENDORS, Receiver
from smsform.errors import ConfigError
from smsform.notices import News
from smsform.notify import send as edge
from smsform.notify import targets
from smsform.notify.address import Sort, target_of
from smsform.notify.message import Notification
from smsform.words import Language

SECRETS = (TOKEN, SECRET, PASSWORD, "127.0.0.1")
MESSAGE = Notification("shop", (), Language.EN, test=(News.FAILED,))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One template, rejected since anybody looked."""
    project = a_project(tmp_path, ("shipped",))
    judge(project)
    return project


@pytest.fixture(params=VENDORS)
def target(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Receiver]:
    """Every receiver of HTTP, its address in the variable."""
    with receivers.receiving(request.param) as found:
        monkeypatch.setenv(VARIABLE, found.address)
        yield found


def shown(*texts: str) -> list[str]:
    """What of an address stands in texts that anybody may read."""
    return [each for each in SECRETS if any(each in text for text in texts)]


def test_a_redirect_is_not_followed(target: Receiver, tmp_path: Path):
    """One call, to the address as it was given; it counts as not told."""
    target.answers = ["redirect"]
    why = deliver(target)
    assert "307" in why
    assert [call.path for call in target.calls] != []
    assert len(target.calls) == 1
    assert target.calls[0].path != "/elsewhere"
    assert shown(why) == []


def deliver(target: Receiver) -> str:
    """Why one test message was not taken."""
    return edge.deliver(target_of(VARIABLE, target.address), MESSAGE, {}, time.time())


@pytest.mark.parametrize("answer", ["nothing", "silence", "garbage", 404, "refusal"])
def test_no_fault_shows_the_address(
    target: Receiver,
    answer: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    """Not in what is said, and not in a log of all there is; a call ends in time."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(edge, "SECONDS", 0.5)
    target.answers = [answer]
    begun = time.monotonic()
    why = deliver(target)
    assert time.monotonic() - begun < 5
    anything = target.vendor is VENDORS["webhook"] and answer in ("garbage", "refusal")
    assert bool(why) != anything
    assert shown(why, caplog.text) == []


def test_a_refusal_that_quotes_the_address_is_shown_without_it(target: Receiver):
    """As services do that say which key they do not know."""
    quoted = f"bad key {TOKEN} ({quote(SECRET)}) at {target.host}".encode()
    body = b'{"errcode":93000,"code":93000,"errmsg":"%s","msg":"%s"}' % (quoted, quoted)
    target.vendor = target.vendor._replace(refusal=body)
    target.answers = ["refusal"]
    why = deliver(target)
    own = [each for each in shown(why) if each in target.address]
    assert own == []
    if target.vendor.read in (receivers.wecom, receivers.dingtalk, receivers.feishu):
        assert "93000" in why
        assert "***" in why


def test_nothing_that_is_made_of_an_address_shows_it(target: Receiver):
    """Whoever prints it, or a traceback with its locals."""
    found = target_of(VARIABLE, target.address)
    request = targets.request(found, MESSAGE, 0.0)
    assert shown(repr(found), repr(request), str(found)) == []


def test_verbose_runs_do_not_show_it(project: Project, target: Receiver):
    """Whatever -v says of calls, it says nothing of these."""
    result = loud(project, "-v", "status", "--format", "json")
    assert len(target.taken) == 1
    assert shown(result.out, result.err, *map(str, notices(project))) == []


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://hooks.example.com/s3cret-path", "https"),
        ("wecom+http://hooks.example.com/s3cret-path", "https"),
        ("ftp://hooks.example.com/s3cret-path", "https://"),
        ("https:///s3cret-path", "https://"),
        ("s3cret-path", "https://"),
        ("https://hooks.example.com:99999/s3cret-path", "https://"),
        ("https://hooks.example.com/s3cret path", "https://"),
        ("https://hooks.example.com/s3cret-path\r\nX: y", "https://"),
        ("https://hooks.example.com/中文s3cret-path", "https://"),
        ("smtps://s3cret-path@mail.example.com", "from="),
        ("smtps://mail.example.com?from=a@b.c&to=s3cret-path", "from="),
        ("smtps://mail.example.com?from=a@b.c&to=x%0d%0aBcc:y@z.de", "from="),
        ("wecom+smtps://mail.example.com?from=a@b.c&to=x@y.z", "https://"),
        ("mail+https://hooks.example.com/s3cret-path", "https://"),
        ("https://[::1/s3cret-path", "https://"),
    ],
)
def test_a_wrong_address_is_a_warning_that_does_not_quote_it(
    project: Project, address: str, says: str, monkeypatch: pytest.MonkeyPatch
):
    """It says what to put there; the exit code stays; nothing is lost."""
    monkeypatch.setenv(VARIABLE, address)
    result = loud(project, "status")
    assert result.code == 0
    assert "warning" in result.err
    assert says in result.err
    assert not [
        each
        for each in ("s3cret", "hooks.", "mail.example")
        if each in result.err.replace("smtp.example.com", "")
    ]
    assert notices(project) != []


@given(
    st.one_of(
        st.text(max_size=80),
        st.from_regex(
            r"(wecom\+|mail\+)?(https?|smtps?)://[a-z@:/?&=%#.+\[\]0-9]{0,60}"
        ),
    )
)
def test_any_text_is_an_address_or_a_sentence(text: str):
    """Never another error; and what is made of it shows nothing of it."""
    try:
        found = target_of(VARIABLE, text)
    except ConfigError as error:
        said = error.message() + error.hint()
        assert text.strip() not in said or len(text.strip()) < 9
    else:
        assert text.strip() not in repr(found)
        assert found.sort in Sort


def test_the_vendors_own_addresses_are_known():
    """By their host; what else is https is a webhook."""
    known = {
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k": Sort.WECOM,
        "https://oapi.dingtalk.com/robot/send?access_token=t&secret=SEC": Sort.DINGTALK,
        "https://open.feishu.cn/open-apis/bot/v2/hook/t?secret=s": Sort.FEISHU,
        "https://open.larksuite.com/open-apis/bot/v2/hook/t": Sort.FEISHU,
        "https://hooks.slack.com/services/T/B/x": Sort.SLACK,
        "webhook+https://hooks.slack.com/services/T/B/x": Sort.WEBHOOK,
        "https://ops.example.com/sms?secret=theirs": Sort.WEBHOOK,
        "smtp://mail.example.com?from=a@b.c&to=d@e.f,g@h.i": Sort.MAIL,
    }
    found = {address: target_of("X", f" {address}\n") for address in known}
    assert {address: each.sort for address, each in found.items()} == known
    ding, feishu, *_, webhook, mail = (
        found[each] for each in known if "larksuite" not in each and "key=" not in each
    )
    assert ding.url == "https://oapi.dingtalk.com/robot/send?access_token=t"
    assert (ding.secret, feishu.secret) == ("SEC", "s")
    assert feishu.url.endswith("/hook/t")
    assert webhook.url.endswith("?secret=theirs")
    assert mail.mail is not None
    assert (mail.mail.port, mail.mail.to) == (587, ("d@e.f", "g@h.i"))
