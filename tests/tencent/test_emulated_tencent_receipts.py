"""Receipts, queues, records, statistics and replies: what becomes of what was sent."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsform.emulation import outbox, uplink
from smsform.emulation.clock import VirtualClock
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.hours import BEIJING
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.sending_settings import ENDINGS
from tencent.official import Direct, Sdk, build
from tencent.test_emulated_tencent_sending import SEEDS, SEND

APP = SEND["SmsSdkAppId"]
NO_LIMITS = {"per_30_seconds": "never", "per_day": "never"}
GOOD, OFF, NEVER = "+8613800138000", "+8613800130001", "+8613800130009"


class World:
    """An emulator at noon in Beijing with approved entries, and a caller."""

    def __init__(self, **given: Any) -> None:
        self.store = Store(None)
        self.clock = VirtualClock(self.store)
        now = datetime.fromtimestamp(self.clock.now(), BEIJING)
        self.clock.sleep(((36 - now.hour) % 24) * 3600 - now.minute * 60 + 86_400)
        self.app = build(self.store, self.clock, **{**NO_LIMITS, **given})
        self.app.seed(SEEDS)
        self.direct = Direct(self.app)

    def send(self, *numbers: str, **changed: Any) -> list[dict[str, Any]]:
        params = {**SEND, "PhoneNumberSet": list(numbers), **changed}
        reply = self.direct.call(wire.SEND, params)
        return list(reply.get("SendStatusSet", []))

    def pulled(self, limit: int = 100) -> list[dict[str, Any]]:
        params = {"SmsSdkAppId": APP, "Limit": limit}
        return list(self.direct.call(wire.PULL, params)["PullSmsSendStatusSet"])

    def records(self, number: str, **more: Any) -> dict[str, Any]:
        since = int(self.clock.now()) - 3600
        params = {"PhoneNumber": number, "SmsSdkAppId": APP, "BeginTime": since, **more}
        return self.direct.call(wire.DESCRIBE_RECORDS, params)

    def counted(self, action: str, hours: int = 3) -> dict[str, int]:
        now = self.clock.now()
        begin, end = (
            datetime.fromtimestamp(time, BEIJING).strftime("%Y%m%d%H")
            for time in (now - hours * 3600, now)
        )
        params = {
            "BeginTime": begin,
            "EndTime": end,
            "SmsSdkAppId": APP,
            "Limit": 0,
            "Offset": 0,
        }
        return dict(self.direct.call(action, params)[wire.PAYLOAD[action]])


def test_a_receipt_comes_after_its_time_and_once() -> None:
    """Nothing before; then each in the queue, never again."""
    world = World()
    [sent] = world.send(GOOD)
    assert world.pulled() == []
    [record] = world.records(GOOD)["SendRecordSet"]
    assert (record["SendStatus"], record["StatusCode"]) == (3, "")
    world.clock.sleep(3.5)
    [receipt] = world.pulled()
    assert receipt["SerialNo"] == sent["SerialNo"]
    assert (receipt["ReportStatus"], receipt["Description"]) == ("SUCCESS", "DELIVRD")
    assert (receipt["CountryCode"], receipt["SubscriberNumber"]) == (
        "86",
        "13800138000",
    )
    assert receipt["SessionContext"] == SEND["SessionContext"]
    assert world.pulled() == []
    [record] = world.records(GOOD)["SendRecordSet"]
    assert (record["SendStatus"], record["StatusCode"]) == (2, "DELIVRD")
    assert record["Content"] == "【示例商城】0****1为您的登录验证码，*分钟内有效。"


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_the_last_digits_say_what_becomes_of_it(ending: str) -> None:
    """Every fate the table has; one of them is that no receipt ever comes."""
    world = World()
    world.send(f"+861380013{ending}")
    world.clock.sleep(60)
    told = [(each["ReportStatus"], each["Description"]) for each in world.pulled()]
    never = ENDINGS[ending] == "never"
    assert told == ([] if never else [("FAIL", ENDINGS[ending])])


def test_a_rule_of_ones_own_replaces_the_table() -> None:
    """And ``after: never`` keeps every receipt back."""
    world = World(delivery={"after": "1m", "endings": {"77": "XA:0100"}})
    world.send("+8613800130001", "+8613800138077")
    world.clock.sleep(59)
    assert world.pulled() == []
    world.clock.sleep(1)
    told = {each["PhoneNumber"]: each["Description"] for each in world.pulled()}
    assert told == {"+8613800130001": "DELIVRD", "+8613800138077": "XA:0100"}
    silent = World(delivery={"after": "never"})
    silent.send(GOOD)
    silent.clock.sleep(86_400)
    assert silent.pulled() == []


def test_a_number_reads_its_receipts_again_and_again() -> None:
    """By number they stay, a week back at most."""
    world = World()
    world.send(GOOD)
    world.clock.sleep(10)
    begin = int(world.clock.now()) - 60
    params = {
        "BeginTime": begin,
        "Offset": 0,
        "Limit": 10,
        "PhoneNumber": GOOD,
        "SmsSdkAppId": APP,
    }
    for _ in range(2):
        reply = world.direct.call(wire.PULL_BY_NUMBER, params)
        assert len(reply["PullSmsSendStatusSet"]) == 1
    old = {**params, "BeginTime": begin - 8 * 86_400}
    reply = world.direct.call(wire.PULL_BY_NUMBER, old)
    assert reply["Error"]["Code"] == "InvalidParameterValue.BeginTimeVerifyFail"


def test_a_reply_is_pulled_once_and_may_end_messages() -> None:
    """R, as the text of a promotion says; capitals do not matter."""
    world = World()
    world.send(GOOD)
    [message] = outbox.accepted(world.store)
    assert not uplink.hear(world.app, message, "谢谢")
    assert uplink.hear(world.app, message, " r ")
    params = {"SmsSdkAppId": APP, "Limit": 100}
    replies = world.direct.call(wire.PULL_REPLIES, params)["PullSmsReplyStatusSet"]
    assert [reply["ReplyContent"] for reply in replies] == ["谢谢", " r "]
    assert world.direct.call(wire.PULL_REPLIES, params)["PullSmsReplyStatusSet"] == []
    by_number = {
        **params,
        "BeginTime": int(world.clock.now()) - 60,
        "Offset": 0,
        "PhoneNumber": GOOD,
    }
    again = world.direct.call(wire.PULL_REPLIES_BY_NUMBER, by_number)
    assert len(again["PullSmsReplyStatusSet"]) == 2
    [item] = world.send(GOOD)
    assert item["Code"] == "FailedOperation.PhoneNumberInBlacklist"


def test_a_package_is_used_up_by_what_is_sent_at_home() -> None:
    """The last part goes, the next is refused."""
    world = World(package=2)
    assert [item["Code"] for item in world.send(GOOD, OFF, NEVER)] == [
        "Ok",
        "Ok",
        "FailedOperation.InsufficientBalanceInSmsPackage",
    ]
    params = {
        "SmsSdkAppId": APP,
        "Limit": 10,
        "Offset": 0,
        "BeginTime": "2026010100",
        "EndTime": datetime.now(BEIJING).strftime("%Y%m%d%H"),
    }
    [package] = world.direct.call(wire.PACKAGES, params)["SmsPackagesStatisticsSet"]
    assert (package["PackageAmount"], package["CurrentUsage"]) == (2, 2)


def test_abroad_each_number_has_a_text_of_its_own() -> None:
    """SendMultiGlobalSms: a refused one keeps its serial number and place."""
    world = World()
    info = {
        "PhoneNumber": "+85298765432",
        "TemplateId": "1111",
        "TemplateParamSet": ["4711"],
        "SessionContext": "a",
    }
    other = {**info, "PhoneNumber": "+60198890000", "TemplateParamSet": []}
    params = {"SmsSdkAppId": APP, "MultiSmsInfoSet": [info, other]}
    sent, refused = world.direct.call(wire.SEND_ABROAD, params)["SendMultiStatusSet"]
    assert (sent["Code"], sent["IsoCode"], sent["Fee"]) == ("Ok", "HK", 1)
    assert refused["Code"] == "FailedOperation.TemplateIncorrectOrUnapproved"
    assert (refused["IsoCode"], refused["Fee"]) == ("MY", 0)
    assert refused["SerialNo"]
    home = {**params, "MultiSmsInfoSet": [{**info, "PhoneNumber": GOOD}]}
    error = world.direct.call(wire.SEND_ABROAD, home)["Error"]["Code"]
    assert error == "UnsupportedOperation.ContainDomesticPhoneNumber"


@pytest.mark.judge
@pytest.mark.parametrize("http_method", ["GET", "POST"])
@pytest.mark.parametrize("sign_method", wire.SIGN_METHODS)
def test_lists_in_lists_are_read_however_they_come(
    http_method: str, sign_method: str
) -> None:
    """As the official SDK flattens them: MultiSmsInfoSet.0.TemplateParamSet.0."""
    world = World()
    infos = [
        {
            "PhoneNumber": f"+8529876543{n}",
            "TemplateId": "1111",
            "TemplateParamSet": [f"471{n}"],
            "SessionContext": f"c {n}~'",
        }
        for n in range(3)
    ]
    params = {"SmsSdkAppId": APP, "MultiSmsInfoSet": infos}
    with Server(world.app) as server:
        sdk = Sdk(server.port, http_method=http_method, sign_method=sign_method)
        told = sdk.typed(wire.SEND_ABROAD, params)["SendMultiStatusSet"]
    assert [each["Code"] for each in told] == ["Ok"] * 3
    assert [each["SessionContext"] for each in told] == ["c 0~'", "c 1~'", "c 2~'"]
    texts = [message.text for message in outbox.accepted(world.store)[::-1]]
    assert all(f"471{n}" in text for n, text in enumerate(texts))
    assert len(texts) == 3


def test_numbers_are_taken_apart() -> None:
    """Country, subscriber and place; what is no number comes back as it was."""
    params = {"PhoneNumberSet": ["13800138000", "+85298765432", "+8888", "hello"]}
    found = World().direct.call(wire.DESCRIBE_NUMBERS, params)["PhoneNumberInfoSet"]
    assert [(each["IsoCode"], each["IsoName"]) for each in found] == [
        ("CN", "China"),
        ("HK", "Hong Kong"),
        ("DEF", ""),
        ("DEF", ""),
    ]
    assert found[1]["NationCode"] == "852"
    assert found[3]["PhoneNumber"] == "hello"


def test_receipts_and_replies_are_pushed(tmp_path: Any) -> None:
    """To a file beside the store, a line a push; up to a hundred receipts in one."""
    store = Store(tmp_path / "emulator.sqlite")
    clock = VirtualClock(store)
    app = build(
        store,
        clock,
        **NO_LIMITS,
        push_receipts="receipts.jsonl",
        push_replies="replies.jsonl",
    )
    app.seed(SEEDS)
    numbers = [f"+86138001{n:05}" for n in range(10_100, 10_220)]
    Direct(app).call(wire.SEND, {**SEND, "PhoneNumberSet": numbers})
    app.tick()
    assert not (app.folder / "receipts.jsonl").exists()
    clock.sleep(10)
    app.tick()
    lines = (app.folder / "receipts.jsonl").read_text().splitlines()
    assert [len(json.loads(line)) for line in lines] == [100, 20]
    first = json.loads(lines[0])[0]
    assert (first["nationcode"], first["mobile"]) == ("86", "13800110100")
    assert (first["report_status"], first["errmsg"]) == ("SUCCESS", "DELIVRD")
    assert all(isinstance(value, str) for value in first.values())
    uplink.hear(app, outbox.accepted(store)[-1], "在吗")
    [reply] = (app.folder / "replies.jsonl").read_text().splitlines()
    assert json.loads(reply)["text"] == "在吗"
    app.tick()
    assert len((app.folder / "receipts.jsonl").read_text().splitlines()) == 2
    store.close()


NUMBERS = [GOOD, OFF, NEVER, "+8613800130002", "+8613800130004", "+8613800138001"]
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("send"),
            st.lists(st.sampled_from([*NUMBERS, "12"]), min_size=1, max_size=4),
        ),
        st.tuples(st.just("wrong"), st.just(["+8613800138001"])),
        st.tuples(st.just("wait"), st.sampled_from([1.0, 2.0, 5.0, 1800.0, 3600.0])),
        st.tuples(st.just("pull"), st.integers(1, 5)),
    ),
    max_size=12,
)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_all_accounts_of_the_traffic_tell_one_story(steps: list[Any]) -> None:
    """Statistics, records, queue and outbox agree with what was asked for."""
    world = World()
    asked: list[dict[str, Any]] = []  # what each number was told
    queue: list[str] = []  # serial numbers as they were pulled
    for what, how in steps:
        if what == "wait":
            world.clock.sleep(how)
        elif what == "pull":
            queue += [each["SerialNo"] for each in world.pulled(how)]
        else:
            values = ["1", "2", "3"] if what == "wrong" else SEND["TemplateParamSet"]
            told = {
                i["PhoneNumber"]: i for i in world.send(*how, TemplateParamSet=values)
            }
            asked += told.values()
    world.clock.sleep(5.0)
    queue += [each["SerialNo"] for each in world.pulled()]
    accepted = [item for item in asked if item["Code"] == "Ok"]
    serials = Counter(item["SerialNo"] for item in accepted)
    receipts = [i for i in accepted if i["PhoneNumber"] != NEVER]
    good = [
        i
        for i in receipts
        if i["PhoneNumber"] not in (OFF, "+8613800130002", "+8613800130004")
    ]

    assert Counter(queue) == Counter(item["SerialNo"] for item in receipts)
    assert Counter(m.serial for m in outbox.accepted(world.store)) == serials
    sent = world.counted(wire.SEND_STATISTICS, hours=48)
    assert sent == {
        "RequestCount": len(asked),
        "RequestSuccessCount": len(accepted),
        "FeeCount": sum(item["Fee"] for item in accepted),
    }
    received = world.counted(wire.CALLBACK_STATISTICS, hours=31 * 24)
    assert received["RequestSuccessCount"] == len(accepted)
    assert received["CallbackCount"] == len(receipts)
    assert received["CallbackSuccessCount"] == len(good)
    assert received["CallbackFailCount"] == len(receipts) - len(good)
    causes = [
        each
        for name, each in received.items()
        if not name.startswith("Callback") and name != "RequestSuccessCount"
    ]
    assert sum(causes) == received["CallbackFailCount"]
    for number in NUMBERS:
        since = int(world.clock.now()) - 71 * 3600
        listed = world.records(number, BeginTime=since, Limit=50)
        here = [item for item in asked if item["PhoneNumber"] == number]
        assert listed["TotalCount"] == len(here)
        shown = Counter(each["SerialNo"] for each in listed["SendRecordSet"])
        assert shown == Counter(item["SerialNo"] for item in here)
