"""Details, statistics, receipts and replies: what becomes of what was sent."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sdks import Direct, build
from test_emulated_aliyun_sending import SEEDS, SEND

from smsform.emulation import outbox, uplink
from smsform.emulation.clock import VirtualClock
from smsform.emulation.store import Store
from smsform.hours import BEIJING
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.sending_settings import ENDINGS

NO_LIMITS = dict.fromkeys(
    ("codes_per_minute", "codes_per_hour", "codes_per_day", "codes_per_day_in_all"),
    "never",
)
GOOD, OFF, NEVER = "13800138000", "13800130001", "13800130009"


class World:
    """An emulator at noon in Beijing with approved entries, and a caller."""

    def __init__(self, store: Store | None = None, **given: Any) -> None:
        self.store = store or Store(None)
        self.clock = VirtualClock(self.store)
        now = datetime.fromtimestamp(self.clock.now(), BEIJING)
        self.clock.sleep(((36 - now.hour) % 24) * 3600 + 86_400)
        self.app = build(self.store, self.clock, **{**NO_LIMITS, **given})
        self.app.seed(SEEDS)
        self.direct = Direct(self.app)

    def send(self, *numbers: str, **changed: Any) -> dict[str, Any]:
        params = {**SEND, "PhoneNumbers": ",".join(numbers), **changed}
        return self.direct.call(wire.SEND, params)

    def today(self) -> str:
        return datetime.fromtimestamp(self.clock.now(), BEIJING).strftime("%Y%m%d")

    def details(self, number: str, **more: Any) -> dict[str, Any]:
        params = {
            "PhoneNumber": number,
            "SendDate": self.today(),
            "PageSize": 50,
            "CurrentPage": 1,
            **more,
        }
        return self.direct.call(wire.SEND_DETAILS, params)

    def statistics(self, **more: Any) -> list[dict[str, Any]]:
        params = {
            "IsGlobe": 1,
            "StartDate": self.today(),
            "EndDate": self.today(),
            "PageIndex": 1,
            "PageSize": 50,
            **more,
        }
        return list(
            self.direct.call(wire.SEND_STATISTICS, params)["Data"]["TargetList"]
        )


def rows(reply: dict[str, Any]) -> list[dict[str, Any]]:
    return list(reply["SmsSendDetailDTOs"]["SmsSendDetailDTO"])


def test_a_receipt_comes_after_its_time() -> None:
    """Under way at first, with neither code nor date; TotalCount is a text."""
    world = World()
    sent = world.send(GOOD)
    [row] = rows(world.details(GOOD))
    assert (row["SendStatus"], row["ErrCode"]) == (1, "")
    assert "ReceiveDate" not in row
    world.clock.sleep(3.5)
    reply = world.details(GOOD, BizId=sent["BizId"])
    [row] = rows(reply)
    assert reply["TotalCount"] == "1"
    assert (row["SendStatus"], row["ErrCode"], row["OutId"]) == (3, "DELIVERED", "o7")
    assert row["Content"] == "【示例商城】004711为您的登录验证码。"
    assert (row["PhoneNum"], row["TemplateCode"]) == (GOOD, SEND["TemplateCode"])
    assert rows(world.details(GOOD, BizId="1^0")) == []


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_the_last_digits_say_what_becomes_of_it(ending: str) -> None:
    """Every fate the table has; one of them is that no receipt ever comes."""
    world = World()
    number = f"1380013{ending}"
    world.send(number)
    world.clock.sleep(60)
    [row] = rows(world.details(number))
    never = ENDINGS[ending] == "never"
    assert (row["SendStatus"], row["ErrCode"]) == (
        (1, "") if never else (2, ENDINGS[ending])
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"PhoneNumber": "+8613800138000"}, "isv.MOBILE_NUMBER_ILLEGAL"),
        ({"SendDate": "2026-11-29"}, "isv.INVALID_PARAMETERS"),
        ({"SendDate": "20200101"}, "isv.INVALID_PARAMETERS"),
        ({"PageSize": 51}, "InvalidPageSize"),
        ({"CurrentPage": 0}, "InvalidCurrentPage"),
    ],
)
def test_details_are_asked_for_in_one_form_only(
    changed: dict[str, Any], code: str
) -> None:
    """No prefix, no dashes, thirty days back, fifty a page."""
    assert World().details(GOOD, **changed)["Code"] == code


def test_a_batch_has_a_signature_and_values_for_each_number() -> None:
    """Matched by position; lists that are not equally long are refused."""
    world = World()
    params = {
        "PhoneNumberJson": json.dumps(["13800138001", "13800138002"]),
        "SignNameJson": json.dumps(["示例商城", "ExampleShop"]),
        "TemplateParamJson": json.dumps([{"code": "1111"}, {"code": "2222"}]),
        "TemplateCode": SEND["TemplateCode"],
    }
    assert world.direct.call(wire.SEND_BATCH, params)["Code"] == "OK"
    assert {message.text for message in outbox.accepted(world.store)} == {
        "【示例商城】1111为您的登录验证码。",
        "【ExampleShop】2222为您的登录验证码。",
    }
    short = {**params, "SignNameJson": json.dumps(["示例商城"])}
    refused = world.direct.call(wire.SEND_BATCH, short)
    assert refused["Code"] == "isv.INVALID_PARAMETERS"
    broken = {**params, "PhoneNumberJson": "13800138001"}
    assert (
        world.direct.call(wire.SEND_BATCH, broken)["Code"] == "isv.INVALID_JSON_PARAM"
    )


def test_receipts_and_replies_are_pushed(tmp_path: Any) -> None:
    """SmsReport and SmsUp, an array a push; R ends messages of that type."""
    store = Store(tmp_path / "emulator.sqlite")
    world = World(store, push_receipts="receipts.jsonl", push_replies="replies.jsonl")
    world.send("13800138000", "13800130002")
    world.clock.sleep(10)
    world.app.tick()
    [line] = (world.app.folder / "receipts.jsonl").read_text().splitlines()
    told = {each["phone_number"]: each for each in json.loads(line)}
    assert told["13800138000"]["success"] is True
    assert told["13800130002"]["err_code"] == "INVALID_NUMBER"
    assert told["13800130002"]["out_id"] == "o7"
    assert uplink.hear(world.app, outbox.accepted(store)[-1], "R")
    [line] = (world.app.folder / "replies.jsonl").read_text().splitlines()
    assert [each["content"] for each in json.loads(line)] == ["R"]
    assert world.send("13800138000")["Code"] == "isv.CUSTOMER_REFUSED"
    assert world.send("13800130002")["Code"] == "OK"
    store.close()


NUMBERS = [GOOD, OFF, NEVER, "13800138001"]
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("send"),
            st.lists(st.sampled_from([*NUMBERS, "12"]), min_size=1, max_size=4),
        ),
        st.tuples(st.just("wrong"), st.just(["13800138001"])),
        st.tuples(st.just("wait"), st.sampled_from([1.0, 5.0, 3600.0, 86_400.0])),
    ),
    max_size=12,
)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_all_accounts_of_the_traffic_tell_one_story(steps: list[Any]) -> None:
    """Statistics by day, details and outbox agree with what was asked for."""
    world = World()
    first = world.today()
    sent: list[tuple[str, str, str]] = []  # day, number, BizId
    for what, how in steps:
        if what == "wait":
            world.clock.sleep(how)
            continue
        given = {"TemplateParam": "{}"} if what == "wrong" else {}
        reply = world.send(*how, **given)
        if reply["Code"] == "OK":
            sent += [(world.today(), n, reply["BizId"]) for n in dict.fromkeys(how)]
        else:
            assert what == "wrong" or "12" in how
    world.clock.sleep(5.0)

    serials = Counter(biz_id for _, _, biz_id in sent)
    assert Counter(m.serial for m in outbox.accepted(world.store)) == serials
    days = Counter(day for day, _, _ in sent)
    table = {row["SendDate"]: row for row in world.statistics(StartDate=first)}
    assert {day: row["TotalCount"] for day, row in table.items()} == dict(days)
    for day, row in table.items():
        here = [number for when, number, _ in sent if when == day]
        assert row["NoRespondedCount"] == here.count(NEVER)
        assert row["RespondedFailCount"] == here.count(OFF)
        told = row["RespondedSuccessCount"] + row["RespondedFailCount"]
        assert told + row["NoRespondedCount"] == row["TotalCount"]
    for day in days:
        for number in NUMBERS:
            told_by = [b for when, n, b in sent if (when, n) == (day, number)]
            assert world.details(number, SendDate=day)["TotalCount"] == str(
                len(told_by)
            )
            for biz_id in told_by:
                assert len(rows(world.details(number, SendDate=day, BizId=biz_id))) == 1
