"""Verdicts, the reports that tell them, the pace of submissions, and seeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdks import NOTICE, SIGN, TEMPLATE, Direct, approve, build

from served import Ahead
from smsform.emulation import FOLDER
from smsform.emulation.clock import VirtualClock
from smsform.emulation.messages import HttpRequest
from smsform.emulation.reviewer import judge
from smsform.emulation.server import Server
from smsform.emulation.store import Store
from smsform.errors import ConfigError
from smsform.model import Review
from smsform.providers.aliyun import wire

# The documented examples, message receipts of the product (read 2026-11-21).
TEMPLATE_REPORT = {
    "template_type",
    "reason",
    "template_name",
    "orderId",
    "template_content",
    "template_status",
    "remark",
    "template_code",
    "create_date",
}
SIGN_REPORT = {
    "sign_source",
    "reason",
    "sign_name",
    "orderId",
    "sign_status",
    "remark",
    "sign_scene",
    "create_date",
}


def with_template(store: Store, clock: VirtualClock, **settings: Any) -> Direct:
    """A caller, an approved signature, and a template in review."""
    caller = Direct(build(store, clock, **settings))
    caller.call(wire.CREATE_SIGN, SIGN)
    approve(store)
    assert caller.call(wire.CREATE_TEMPLATE, TEMPLATE)["Code"] == "OK"
    return caller


def listed(caller: Direct) -> str:
    """AuditStatus of the one template, by the list."""
    [row] = caller.call(wire.LIST_TEMPLATES, {})["SmsTemplateList"]
    return str(row["AuditStatus"])


def newest(store: Store) -> int:
    """The id of the entry made last."""
    return max(entry.id for entry in store.everything())


def test_an_entry_passes_at_the_second_list_by_default(
    store: Store, clock: VirtualClock
) -> None:
    """The verdict falls before the second list is answered; Get counts not."""
    caller = with_template(store, clock, review={"after_reads": 2})
    assert listed(caller) == wire.LISTED_IN_REVIEW
    code = {"TemplateCode": f"SMS_{newest(store)}"}
    for _ in range(3):
        assert caller.call(wire.GET_TEMPLATE, code)["TemplateStatus"] == "0"
    assert listed(caller) == wire.LISTED_APPROVED
    assert caller.call(wire.GET_TEMPLATE, code)["TemplateStatus"] == "1"


def test_an_approved_signature_waits_for_the_carriers(
    store: Store, clock: VirtualClock
) -> None:
    """With effective_after it is approved, and not registered for that long."""
    caller = Direct(build(store, clock, review="immediate", effective_after="3d"))
    caller.call(wire.CREATE_SIGN, SIGN)

    def registrations() -> tuple[int, list[int]]:
        got = caller.call(wire.GET_SIGN, {"SignName": SIGN["SignName"]})
        details = got["SignIspRegisterDetailList"]
        return got["SignStatus"], [each["RegisterStatus"] for each in details]

    assert registrations() == (1, [-1, -1, -1])
    assert caller.call(wire.CREATE_TEMPLATE, TEMPLATE)["Code"] == "OK"
    clock.sleep(3 * 86400)
    assert registrations() == (1, [3, 3, 3])


def test_verdicts_are_written_to_a_file(tmp_path: Path) -> None:
    """A line each, as the service would post it; withdrawing is not told."""
    store = Store(tmp_path / "emulator.sqlite")
    clock = VirtualClock(store)
    caller = with_template(store, clock, push="reports.jsonl")
    judge(store, newest(store), Review.REJECTED, clock.now(), "变量不符合规范")
    caller.call(wire.CREATE_TEMPLATE, NOTICE)
    judge(store, newest(store), Review.CANCELLED, clock.now())
    caller.call(wire.LIST_TEMPLATES, {})
    lines = (tmp_path / FOLDER / "reports.jsonl").read_bytes().splitlines()
    [sign], [template] = map(json.loads, lines)
    assert set(sign) == SIGN_REPORT - {"reason"}  # optional
    assert (sign["sign_name"], sign["sign_status"]) == (SIGN["SignName"], "approved")
    assert set(template) == TEMPLATE_REPORT
    told = [template[f"template_{n}"] for n in ("type", "name", "status")]
    assert told == ["验证码", TEMPLATE["TemplateName"], "rejected"]
    assert template["reason"] == "变量不符合规范"
    store.close()


class Receiver:
    """A customer's server: what it was told, and what it answers."""

    def __init__(self) -> None:
        self.told: Queue[Any] = Queue()
        self.answers = [b'{"code":0,"msg":"ok"}']
        receiver = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                receiver.told.put(json.loads(self.rfile.read(length)))
                last = len(receiver.answers) == 1
                answer = receiver.answers[0] if last else receiver.answers.pop(0)
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = HTTPServer(("127.0.0.1", 0), Answering)
        self._thread = Thread(target=self._http.serve_forever, args=(0.05,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/sms?from=test"

    def all(self) -> list[str]:
        """The statuses told so far."""
        told = []
        while not self.told.empty():
            [report] = self.told.get_nowait()
            told.append(report.get("template_status") or report["sign_status"])
        return told

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A customer's server on loopback."""
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_a_push_that_is_not_taken_comes_again(
    store: Store, clock: VirtualClock, receiver: Receiver
) -> None:
    """After one, five and ten minutes, until ``{"code": 0}`` is answered; then never.

    A text ``"0"`` is no number, and says nothing.
    """
    receiver.answers = [b'{"code":"0"}', b"thanks", b'{"code":0}']
    app = build(store, clock, push=receiver.url)
    Direct(app).call(wire.CREATE_SIGN, SIGN)
    approve(store)
    told = []
    for pause in (0, 59, 2, 298, 3, 3600):
        clock.sleep(pause)
        app.tell()
        told.append(receiver.all())
    assert told == [["approved"], [], ["approved"], [], ["approved"], []]


def test_a_push_nobody_takes_is_dropped_after_the_fourth_time(
    store: Store, clock: VirtualClock, receiver: Receiver
) -> None:
    """It says each time what the verdict was then, whatever became of the entry."""
    receiver.answers = [b"{}"]
    app = build(store, clock, push=receiver.url)
    Direct(app).call(wire.CREATE_SIGN, SIGN)
    approve(store, note="资质不符")
    store.remove(newest(store))
    told = []
    for _ in range(6):
        app.tell()
        told += receiver.all()
        clock.sleep(601)
    assert told == ["rejected"] * 4


def test_a_served_emulator_pushes_what_time_brings(
    store: Store, receiver: Receiver
) -> None:
    """A review that ends by itself is told without anybody's asking."""
    clock = Ahead(0.0)
    app = build(store, clock, push=receiver.url, review={"after": "1h"})
    Direct(app).call(wire.CREATE_SIGN, SIGN)
    clock.seconds = 3601.0
    with Server(app):
        [report] = receiver.told.get(timeout=20)
    assert (report["sign_name"], report["sign_status"]) == ("示例商城", "approved")


@pytest.mark.parametrize("url", ["http://example.com/", "https://127.0.0.1/", "ftp://"])
def test_pushes_stay_on_this_machine(
    store: Store, clock: VirtualClock, url: str
) -> None:
    """Nobody outside is told anything."""
    with pytest.raises(ConfigError, match="push"):
        build(store, clock, push=url)


@pytest.mark.parametrize(
    "name",
    ["../up.jsonl", "/tmp/up.jsonl", "a/../../up.jsonl", "..", ".", "", "a//b", "~/x",
     "a\\b", "C:x", "emulator.sqlite", "EMULATOR.state.json", "a\nb"],
)  # fmt: skip
def test_reports_stay_in_the_emulators_folder(
    tmp_path: Path, clock: VirtualClock, name: str
) -> None:
    """Any other file is refused when the setting is read: nothing is appended."""
    store = Store(tmp_path / "in" / FOLDER / "emulator.sqlite")
    with pytest.raises(ConfigError, match="push"):
        build(store, clock, push=name)
    store.close()
    found = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert all(each.startswith("emulator.sqlite") for each in found)


@pytest.mark.parametrize("name", ["link.jsonl", "linked/reports.jsonl"])
def test_reports_are_not_written_through_links(
    tmp_path: Path, clock: VirtualClock, name: str
) -> None:
    """Whether the link is there first or comes later."""
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / FOLDER
    store = Store(folder / "emulator.sqlite")
    caller = with_template(store, clock, push=name)
    link = folder / name.partition("/")[0]
    link.rename(folder / "before")  # what the first report made
    link.symlink_to(outside / "reports.jsonl" if name == link.name else outside)
    judge(store, newest(store), Review.REJECTED, clock.now(), "变量不符合规范")
    caller.call(wire.LIST_TEMPLATES, {})
    with pytest.raises(ConfigError, match=link.name):
        build(store, clock, push=name)
    store.close()
    assert list(outside.iterdir()) == []


def test_without_a_listener_nothing_is_kept(store: Store, clock: VirtualClock) -> None:
    """Verdicts nobody waits for do not pile up in the store."""
    caller = with_template(store, clock)
    approve(store)
    caller.call(wire.LIST_SIGNS, {})
    assert store.rows("SELECT count(*) FROM push") == [(0,)]


def test_templates_are_created_half_a_minute_apart(
    store: Store, clock: VirtualClock
) -> None:
    """One within 30 s is throttled, with the time to wait in milliseconds."""
    caller = with_template(store, clock, pace=True)
    early = caller.send(wire.CREATE_TEMPLATE, NOTICE)
    assert (early.status_code, early.json()["Code"]) == (400, "Throttling.User")
    wait = int(early.headers[wire.RETRY_AFTER])
    assert 29_000 < wait <= 30_000
    clock.sleep(wait / 1000)
    assert caller.call(wire.CREATE_TEMPLATE, NOTICE)["Code"] == "OK"
    code = {"TemplateCode": f"SMS_{newest(store)}"}
    judge(store, newest(store), Review.REJECTED, clock.now(), "x")
    assert caller.call(wire.UPDATE_TEMPLATE, {**NOTICE, **code})["Code"] == "OK"


def test_a_hundred_templates_a_day_in_beijing(store: Store) -> None:
    """The hundred and first is refused till midnight there, deleted ones counted."""
    clock = Fixed(1_795_276_800.0)  # 2026-11-22 00:00 in Beijing
    caller = Direct(build(store, clock, review="immediate"))
    caller.call(wire.CREATE_SIGN, SIGN)
    clock.time += 3600.0
    for number in range(100):
        made = caller.call(
            wire.CREATE_TEMPLATE, {**NOTICE, "TemplateName": f"{number}"}
        )
        assert made["Code"] == "OK"
        clock.time += 60.0
    code = {"TemplateCode": made["TemplateCode"]}
    assert caller.call(wire.DELETE_TEMPLATE, code)["Code"] == "OK"
    over = caller.send(wire.CREATE_TEMPLATE, NOTICE)
    told = (over.status_code, over.json()["Code"])
    assert told == (200, "isv.TEMPLATE_COUNT_OVER_LIMIT")
    clock.time = 1_795_276_800.0 + 86_399.0
    assert caller.call(wire.CREATE_TEMPLATE, NOTICE)["Code"] != "OK"
    clock.time += 1.0
    assert caller.call(wire.CREATE_TEMPLATE, NOTICE)["Code"] == "OK"


class Fixed:
    """A clock that stands where it is put."""

    def __init__(self, time: float) -> None:
        self.time = time

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@pytest.mark.parametrize(
    ("off", "code"), [(899, "OK"), (901, "InvalidTimeStamp.Expired")]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_the_clock_window_is_fifteen_minutes(
    store: Store, off: int, code: str, sign: int
) -> None:
    """Either way, to the second."""
    clock = Fixed(1_795_276_800.0)
    caller = Direct(build(store, clock))
    url = caller.send(wire.LIST_SIGNS, {}).request.url or ""
    clock.time += sign * off
    store.execute("DELETE FROM nonce")  # what is asked here is the clock's opinion
    query = url.partition("?")[2]
    again = HttpRequest("POST", "/", query, {"host": wire.HOST}, b"", "127.0.0.1")
    reply = caller.app.answer(again, clock.sleep)
    assert json.loads(reply.body)["Code"] == code


def test_gifted_and_test_templates_are_seeded(
    store: Store, clock: VirtualClock
) -> None:
    """They are in the list, tagged by Get, and not to be deleted."""
    app = build(store, clock)
    row = {
        "TemplateCode": "SMS_154950909",
        "TemplateName": "测试",
        "OuterTemplateType": 0,
        "TemplateType": 2,
        "AuditStatus": "AUDIT_STATE_PASS",
        "TemplateContent": "您正在使用阿里云短信测试服务，验证码是${code}。",
        "CreateDate": "2020-06-04 11:42:17",
        "TemplateTag": wire.TEST,
    }
    ours = {"name": "赠送", "text": "您好", "TemplateTag": wire.GIFTED}
    rejected = {
        "TemplateName": "改",
        "TemplateContent": "x",
        "TemplateStatus": "2",
        "AuditInfo": {"RejectInfo": "错别字"},
        "TemplateType": "1",
    }
    assert app.seed([row, ours, rejected, {"SignName": "阿里云", "SignStatus": 1}]) == 4
    caller = Direct(app)
    rows = caller.call(wire.LIST_TEMPLATES, {})["SmsTemplateList"]
    shown = {each["TemplateName"]: each for each in rows}
    assert {n: shown["测试"][n] for n in row if n != "TemplateTag"} == {
        n: v for n, v in row.items() if n != "TemplateTag"
    }
    assert shown["改"]["Reason"]["RejectInfo"] == "错别字"
    for name, tag in (("测试", wire.TEST), ("赠送", wire.GIFTED)):
        code = {"TemplateCode": shown[name]["TemplateCode"]}
        assert caller.call(wire.GET_TEMPLATE, code)["TemplateTag"] == tag
        gone = caller.call(wire.DELETE_TEMPLATE, code)
        assert gone["Code"] == "isv.ERROR_TEMPLATE_NOT_DELETE"
    assert caller.call(wire.GET_SIGN, {"SignName": "阿里云"})["SignStatus"] == 1


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"text": "x"}, "name"),
        ({"name": "x", "review": "maybe"}, "maybe"),
        ({"name": "x", "TemplateStatus": 7}, "7"),
        ({"name": "x", "TemplateType": 9}, "9"),
        ({"name": "x", "TemplateCode": "1"}, "1"),
        ({"name": "x", "CreateDate": "today"}, "today"),
    ],
)
def test_a_bad_seed_is_refused_whole(
    store: Store, clock: VirtualClock, item: dict[str, object], words: str
) -> None:
    """Nothing is kept, and the message says what is wrong."""
    with pytest.raises(ConfigError, match=words):
        build(store, clock).seed([{"name": "good"}, item])
    assert store.everything() == []


def test_an_entry_is_found_by_the_services_own_id(
    store: Store, clock: VirtualClock
) -> None:
    """A template by its code or number, a signature by its name, nothing by others."""
    app = with_template(store, clock).app
    id = newest(store)
    for spelling in (f"SMS_{id}", str(id)):
        found = app.locate(spelling)
        assert found is not None
        assert found.name == TEMPLATE["TemplateName"]
    sign = app.locate(SIGN["SignName"])
    assert sign is not None
    assert sign.kind == "signature"
    assert [app.locate(x) for x in ("SMS_1", "没有", "9" * 30)] == [None] * 3


@given(text=st.text(max_size=40), value=st.text(max_size=40))
def test_whatever_is_sent_is_answered(text: str, value: str) -> None:
    """Any text in any field gets a reply of the service, never an accident."""
    caller = Direct(build(Store(None), Ahead(0.0), review="immediate"))
    caller.call(wire.CREATE_SIGN, SIGN)
    for name in (
        "TemplateContent",
        "TemplateRule",
        "TrafficDriving",
        "MoreData",
        "TemplateType",
        "TemplateName",
    ):
        body = caller.call(wire.CREATE_TEMPLATE, {**NOTICE, name: text})
        assert body["Code"]
    wild = {"TemplateCode": text, "SignName": value, "PageSize": value}
    for action in (wire.GET_TEMPLATE, wire.GET_SIGN, wire.LIST_SIGNS):
        assert caller.call(action, wild)["Code"]
    caller.app.store.close()
