"""The provider's verbs: against the emulator, and against a list of any length."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, BrokenBarrierError, Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from scripted import Function, JumpingClock, everything_about
from smsform.emulation import faults
from smsform.emulation.adapter import EmulatorAdapter
from smsform.emulation.clock import VirtualClock
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.reviewer import judge
from smsform.emulation.store import Store
from smsform.errors import (
    ConfigError,
    CredentialsMissing,
    Position,
    Refused,
    Scope,
    Unclear,
    Unexpected,
    Unreachable,
)
from smsform.http import Channel
from smsform.model import Address, Desired, Health, Identity, Kind, Review
from smsform.provider import CallRecord, Connection, Credentials, ProviderConfig
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.client import Client
from smsform.providers.aliyun.emulator import emulator
from smsform.providers.aliyun.existing import order_mark
from smsform.providers.aliyun.provider import Aliyun, open_account
from smsform.providers.aliyun.uploads import Uploads

HERE = Position("templates.yaml", 1, 1)
KEYS = Credentials("LTAIplanted", "planted-secret-key", "planted-sts-token")
SIGN = "示例商城"
TEXT = "${code}为您的登录验证码，请勿告诉他人。"


def a_template(key: str = "login", text: str = TEXT) -> Desired:
    """A wanted verification template."""
    return Desired(
        address=Address("shop", Kind.TEMPLATE, key),
        name=key,
        international=False,
        delivered={
            "TemplateContent": text,
            "TemplateType": wire.VERIFICATION,
            "IntlType": 0,
            "TemplateRule": '{"code":"numberCaptcha"}',
        },
        at=HERE,
        review_only={"Remark": "用户登录", "RelatedSignName": SIGN},
    )


def a_signature() -> Desired:
    """A wanted signature."""
    return Desired(
        address=Address("shop", Kind.SIGNATURE, "shop"),
        name=SIGN,
        international=False,
        delivered={"SignName": SIGN},
        at=HERE,
        review_only={
            "Remark": "公司",
            "SignType": 1,
            "SignSource": 0,
            "ThirdParty": False,
            "QualificationId": 4001,
        },
    )


class Emulated:
    """An account at the emulator."""

    def __init__(self, store: Store, **settings: Any) -> None:
        self.calls: list[CallRecord] = []
        options = {"emulator": {"review": "manual"}, **settings}
        config = ProviderConfig("shop", "aliyun", endpoint="emulator", **options)
        self.store, self.clock = store, VirtualClock(store)
        self.service = emulator(store, self.clock, config)
        self.account = open_account(
            Connection(
                config,
                {"ALIBABA_CLOUD_ACCESS_KEY_ID": "real"},
                Path("/nowhere"),
                self.clock,
                EmulatorAdapter(self.service),
                on_call=self.calls.append,
            )
        )

    def judge(self, id: str, review: Review, note: str = "") -> None:
        """The reviewer's verdict on an entry by its code or its name."""
        (entry,) = (
            entry
            for entry in self.store.everything()
            if id in (entry.name, f"SMS_{entry.id}")
        )
        judge(self.store, entry.id, review, self.clock.now(), note)

    def signed_up(self) -> str:
        """An approved signature, without which no template is taken; its name."""
        name = self.account.create(a_signature(), SIGN).id
        self.judge(name, Review.APPROVED)
        return name

    def fail(self, kind: FaultKind, action: str, **fault: Any) -> None:
        """Let the next call of *action* go wrong."""
        faults.plant(self.store, Fault("shop", kind, action, **fault))

    def asked(self, action: str) -> int:
        """How often *action* was called."""
        return [call.action for call in self.calls].count(action)


@pytest.fixture
def store() -> Store:
    """An emulator's memory."""
    return Store(None)


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("algorithm", wire.SIGN_METHODS)
def test_every_verb_works_at_the_emulator(
    store: Store, algorithm: str, method: str
) -> None:
    """Signed in both ways, since the emulator verifies the raw bytes."""
    emulated = Emulated(store, sign_method=algorithm, http_method=method.lower())
    account = emulated.account
    assert emulated.signed_up() == SIGN
    first, second = (account.create(a_template(), name).id for name in ("one", "two"))
    for id in (first, second):
        emulated.judge(id, Review.REJECTED, "变量不符合规范")
    account.update(first, a_template(text="验证码${code}，请勿泄露。"), "one again")
    account.update(SIGN, a_signature(), SIGN)
    account.delete(Kind.TEMPLATE, second)
    (signature, template) = account.read({}).entries
    assert (signature.kind, signature.id, signature.name) == (
        Kind.SIGNATURE,
        SIGN,
        SIGN,
    )
    assert (template.id, template.name) == (first, "one again")
    assert template.attributes["TemplateContent"] == "验证码${code}，请勿泄露。"
    assert template.attributes["TemplateType"] == wire.VERIFICATION
    assert template.review is Review.IN_REVIEW
    assert abs(template.created - emulated.clock.now()) < 3600
    (whole,) = account.fetch(Kind.TEMPLATE, [first, second, "", " "])
    assert whole.attributes["TemplateRule"] == '{"code":"numberCaptcha"}'
    assert whole.attributes["Remark"] == "用户登录"
    assert whole.id == first
    with pytest.raises(Refused) as caught:
        account.delete(Kind.TEMPLATE, second)
    assert caught.value.scope is Scope.GONE
    assert {call.provider for call in emulated.calls} == {"shop"}
    assert all(call.request_id for call in emulated.calls)


def test_answers_tell_the_order_that_readings_show(store: Store) -> None:
    """Of creations and of updates, signatures and templates; one each submission."""
    emulated = Emulated(store)
    account = emulated.account
    told = {SIGN: account.create(a_signature(), SIGN)}
    emulated.judge(SIGN, Review.APPROVED)
    template = account.create(a_template(), "one")
    told[template.id] = template

    def shown() -> dict[str, str]:
        listed = {each.id: each.order for each in account.read({}).entries}
        for kind in Kind:
            for each in account.fetch(kind, list(told)):
                assert each.order == listed[each.id]
        return listed

    first = {id: accepted.order for id, accepted in told.items()}
    assert all(first.values())
    assert shown() == first
    for id in told:
        emulated.judge(id, Review.REJECTED, "变量不符合规范")
    # The template first: its signature has to be approved for that.
    emulated.judge(SIGN, Review.APPROVED)
    told = {template.id: account.update(template.id, a_template(), "one again")}
    emulated.judge(SIGN, Review.REJECTED, "变量不符合规范")
    told[SIGN] = account.update(SIGN, a_signature(), SIGN)
    second = {id: accepted.order for id, accepted in told.items()}
    assert not set(second.values()) & {"", *first.values()}
    assert shown() == second


@pytest.mark.parametrize(
    ("order", "mark"),
    [("20050201234", "20050201234"), (20050201234, "20050201234"), ("", "")]
    + [(odd, "") for odd in (None, True, {"a": 1}, ["1"], 1.5, "a\nb", "9" * 65)],
)
def test_an_order_that_can_be_none_is_no_mark(order: object, mark: str) -> None:
    """Nothing of the reply is believed that is not a number or a short text."""
    assert order_mark(order) == mark


def test_only_rejected_entries_of_ours_are_read_one_by_one(store: Store) -> None:
    """What reviewers see decides nothing about the others."""
    emulated = Emulated(store)
    account, sign = emulated.account, emulated.signed_up()
    ids = [account.create(a_template(), f"name {n}").id for n in range(4)]
    ours, theirs, approved, pending = ids
    for id in (ours, theirs):
        emulated.judge(id, Review.REJECTED, "变量不符合规范")
    emulated.judge(approved, Review.APPROVED)
    known = {Kind.TEMPLATE: [ours, approved, pending], Kind.SIGNATURE: [sign]}
    entries = {entry.id: entry for entry in account.read(known).entries}
    assert emulated.asked(wire.GET_TEMPLATE) == 1
    assert emulated.asked(wire.GET_SIGN) == 0
    assert entries[ours].attributes["Remark"] == "用户登录"
    assert "Remark" not in entries[theirs].attributes
    assert {id: entries[id].review for id in ids} == {
        ours: Review.REJECTED,
        theirs: Review.REJECTED,
        approved: Review.APPROVED,
        pending: Review.IN_REVIEW,
    }
    assert {entries[id].note for id in (ours, theirs)} == {"变量不符合规范"}


def test_a_creation_after_which_the_answer_is_lost_is_made_once(store: Store) -> None:
    """And shows in the list."""
    emulated = Emulated(store)
    emulated.signed_up()
    emulated.fail(FaultKind.DROP_AFTER, wire.CREATE_TEMPLATE)
    with pytest.raises(Unclear):
        emulated.account.create(a_template(), "once")
    names = [entry.name for entry in emulated.account.read({}).entries]
    assert names.count("once") == 1


def test_templates_are_half_a_minute_apart(store: Store) -> None:
    """On the clock, which the emulator shares."""
    emulated = Emulated(store)
    emulated.signed_up()
    before = emulated.clock.now()
    for n in range(3):
        emulated.account.create(a_template(), f"name {n}")
    assert emulated.clock.now() - before >= 60
    assert {call.outcome for call in emulated.calls} == {"ok"}


def test_a_diagnosis_speaks_of_key_clock_and_refusals(store: Store) -> None:
    """In no more calls than were made."""
    emulated = Emulated(store)
    with pytest.raises(Refused):
        emulated.account.delete(Kind.TEMPLATE, "SMS_1")
    made = len(emulated.calls)
    key, clock, refusal = emulated.account.diagnose()
    assert len(emulated.calls) == made
    assert (key.topic, key.health) == ("credentials", Health.OK)
    assert (clock.topic, clock.health) == ("clock", Health.OK)
    assert refusal.topic == "refusal"
    assert refusal.todo


# -- a list of any length


class Shelf:
    """A service that lists what it holds, and counts how it was asked."""

    def __init__(self, templates: int = 0, signs: int = 0) -> None:
        self.held: dict[str, list[dict[str, Any]]] = {
            wire.LIST_TEMPLATES: [self.template(n) for n in range(templates)],
            wire.LIST_SIGNS: [self.sign(n) for n in range(signs)],
        }
        self.errors: dict[str, str] = {}
        self.counts = True
        self.asked: list[tuple[str, str]] = []
        self._lock = Lock()

    @staticmethod
    def template(n: int, **fields: object) -> dict[str, Any]:
        """A row of the template list."""
        return {
            "TemplateCode": f"SMS_{1000 + n}",
            "TemplateName": f"name {n}",
            "OuterTemplateType": 0,
            "TemplateType": 2,
            "TemplateContent": TEXT,
            "AuditStatus": "AUDIT_STATE_PASS",
            "CreateDate": "2024-06-03 10:02:34",
            **fields,
        }

    @staticmethod
    def sign(n: int) -> dict[str, Any]:
        """A row of the signature list."""
        return {
            "SignName": f"签名{n}",
            "AuditStatus": "AUDIT_STATE_PASS",
            "CreateDate": "2024-06-03 10:02:34",
        }

    def __call__(self, request: requests.PreparedRequest) -> object:
        """Answer a reading."""
        action = request.headers["x-acs-action"]
        query = dict(parse_qsl(urlsplit(request.url or "").query))
        id = query.get("TemplateCode") or query.get("SignName") or query["PageIndex"]
        with self._lock:
            self.asked.append((action, id))
        if code := self.errors.get(action, ""):
            return {"Code": code, "Message": "no", "RequestId": "r"}
        body: dict[str, Any] = {"Code": "OK", "Message": "OK", "RequestId": "r"}
        if action in wire.ITEMS:
            rows, page = self.held[action], int(id)
            body[wire.ITEMS[action]] = rows[(page - 1) * 50 : page * 50]
            return {**body, "TotalCount": len(rows)} if self.counts else body
        return {**body, **self.detail(action, id)}

    def detail(self, action: str, id: str) -> dict[str, Any]:
        """What a reading by id shows."""
        template = action == wire.GET_TEMPLATE
        rows = self.held[wire.LIST_TEMPLATES if template else wire.LIST_SIGNS]
        for row in rows:
            if id in (row.get("TemplateCode"), row.get("SignName")):
                status = {"AUDIT_STATE_PASS": 1}.get(row["AuditStatus"], 2)
                if template:
                    return {
                        **row,
                        "TemplateType": "0",
                        "TemplateStatus": str(status),
                        "Remark": "shown",
                        "TemplateTag": 3,
                    }
                return {**row, "SignStatus": status, "Remark": "shown"}
        return {"Code": "TemplateNotFound" if template else "SignatureNotFound"}

    def open(self, workers: int = 10, clock: JumpingClock | None = None) -> Aliyun:
        """An account over this shelf."""
        config, clock = ProviderConfig("shop", "aliyun"), clock or JumpingClock()
        channel = Channel(
            "shop", f"https://{wire.HOST}", clock, environ={}, adapter=Function(self)
        )
        client = Client(config, lambda: KEYS, channel, clock)
        uploads = Uploads(client, True, lambda *_: channel)
        return Aliyun(client, Identity("aliyun"), workers, uploads)

    def pages(self, action: str) -> list[int]:
        """The pages asked for."""
        return sorted(int(id) for asked, id in self.asked if asked == action)


@given(
    templates=st.integers(0, 620),
    signs=st.sampled_from([0, 1, 49, 50, 51, 150]),
    workers=st.sampled_from([1, 2, 10]),
)
def test_a_list_of_any_length_is_read_whole_and_not_beyond(
    templates: int, signs: int, workers: int
) -> None:
    """The service says how long it is, so no page is asked for in vain."""
    shelf = Shelf(templates, signs)
    reading = shelf.open(workers).read({})
    found = {kind: [e.id for e in reading.entries if e.kind is kind] for kind in Kind}
    assert found[Kind.TEMPLATE] == [f"SMS_{1000 + n}" for n in range(templates)]
    assert found[Kind.SIGNATURE] == [f"签名{n}" for n in range(signs)]
    for size, action in ((templates, wire.LIST_TEMPLATES), (signs, wire.LIST_SIGNS)):
        assert shelf.pages(action) == list(range(1, max(size - 1, 0) // 50 + 2))


@given(templates=st.integers(0, 620), workers=st.sampled_from([1, 2, 10]))
def test_a_list_as_long_as_remembered_costs_no_call_in_vain(
    templates: int, workers: int
) -> None:
    """Neither for a page beyond nor for an entry by its code."""
    shelf = Shelf(templates)
    known = {Kind.TEMPLATE: [f"SMS_{1000 + n}" for n in range(templates)]}
    reading = shelf.open(workers).read(known)
    assert [entry.id for entry in reading.entries] == known[Kind.TEMPLATE]
    assert len(shelf.asked) == 1 + max(templates - 1, 0) // 50 + 1


def test_remembered_pages_wait_for_no_other() -> None:
    """Ten are under way before the first one is answered."""
    meeting = Barrier(10)

    class Slow(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            if request.headers["x-acs-action"] == wire.LIST_TEMPLATES:
                meeting.wait(10)
            return super().__call__(request)

    known = {Kind.TEMPLATE: [f"SMS_{1000 + n}" for n in range(500)]}
    assert len(Slow(templates=500).open(12).read(known).entries) == 500


@pytest.mark.parametrize("workers", [1, 10])
@pytest.mark.parametrize("templates", [0, 49, 50, 51, 500])
def test_a_list_nobody_counts_is_read_to_a_page_that_is_not_full(
    templates: int, workers: int
) -> None:
    """A field may be left out."""
    shelf = Shelf(templates)
    shelf.counts = False
    assert len(shelf.open(workers).read({}).entries) == templates
    beyond = len(shelf.pages(wire.LIST_TEMPLATES)) - (templates // 50 + 1)
    assert 0 <= beyond < workers


@pytest.mark.parametrize("workers", [1, 10])
@pytest.mark.parametrize("said", [0, 3, 60, 119, 1000])
def test_a_count_that_is_wrong_hides_no_entry(said: int, workers: int) -> None:
    """An entry nobody sees would be submitted again."""

    class Liar(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            body = super().__call__(request)
            assert isinstance(body, dict)
            return {**body, "TotalCount": said}

    assert len(Liar(templates=120).open(workers).read({}).entries) == 120


@pytest.mark.parametrize("workers", [1, 10])
@pytest.mark.parametrize("at", [2, 3, 7])
@pytest.mark.parametrize("change", ["deleted", "added"])
def test_entries_that_come_and_go_meanwhile_hide_no_other(
    workers: int, at: int, change: str
) -> None:
    """A shift over the boundary of pages is noticed and the list is read again."""

    class Shifting(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            rows = self.held[wire.LIST_TEMPLATES]
            query = dict(parse_qsl(urlsplit(request.url or "").query))
            with self._lock:
                if len(rows) == 350 and query.get("PageIndex") == str(at):
                    new = [self.template(999)]
                    changed = rows[1:] if change == "deleted" else new + rows
                    self.held[wire.LIST_TEMPLATES] = changed
            return super().__call__(request)

    entries = Shifting(templates=350).open(workers).read({}).entries
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids))
    assert set(ids) >= {f"SMS_{1000 + n}" for n in range(1, 350)}


def test_no_second_sees_more_lists_than_the_service_allows() -> None:
    """Ten a second, whatever the number of threads."""
    times: list[float] = []
    clock = JumpingClock()

    class Timed(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            if request.headers["x-acs-action"] == wire.LIST_TEMPLATES:
                times.append(clock.now())
            return super().__call__(request)

    Timed(2000).open(10, clock).read({})
    times.sort()
    assert len(times) == 40
    assert all(b - a > 1.0 for a, b in zip(times, times[10:], strict=False))


def test_readings_by_id_are_side_by_side() -> None:
    """Ten of them under way at the same time."""
    meeting, met = Barrier(10), []

    class Slow(Shelf):
        def detail(self, action: str, id: str) -> dict[str, Any]:
            if not met:
                try:
                    meeting.wait(5)
                    met.append(id)
                except BrokenBarrierError:
                    pass
            return super().detail(action, id)

    shelf = Slow(templates=100)
    for row in shelf.held[wire.LIST_TEMPLATES]:
        row["AuditStatus"] = "AUDIT_STATE_NOT_PASS"
    known = {Kind.TEMPLATE: [f"SMS_{1000 + n}" for n in range(100)]}
    entries = shelf.open(10).read(known).entries
    assert met
    assert {entry.attributes["Remark"] for entry in entries} == {"shown"}
    assert len(shelf.asked) == 103


def test_what_the_list_lacks_is_asked_for_by_id() -> None:
    """Once each, and only if it can be an id."""
    shelf = Shelf(templates=2)
    known = {
        Kind.TEMPLATE: ["SMS_1000", "SMS_1001", "SMS_7", "SMS_7", "", " "],
        Kind.SIGNATURE: ["没有"],
    }
    assert len(shelf.open().read(known).entries) == 2
    details = [asked for asked in shelf.asked if asked[0] not in wire.ITEMS]
    assert sorted(details) == [
        (wire.GET_SIGN, "没有"),
        (wire.GET_TEMPLATE, "SMS_7"),
    ]


def test_an_entry_only_reading_by_id_shows_is_found_in_full() -> None:
    """It counts as there; what the service made itself is not ours."""

    class Hiding(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            body = super().__call__(request)
            assert isinstance(body, dict)
            if wire.ITEMS[wire.LIST_TEMPLATES] in body:
                body |= {"SmsTemplateList": [], "TotalCount": 0}
            return body

    shelf = Hiding(templates=1)
    (entry,) = shelf.open().read({Kind.TEMPLATE: ["SMS_1000"]}).entries
    assert (entry.id, entry.review) == ("SMS_1000", Review.APPROVED)
    assert entry.attributes["TemplateType"] == wire.VERIFICATION
    assert entry.foreign


def test_what_is_deleted_while_it_is_read_is_gone() -> None:
    """The list still had it, the reading by id does not."""

    class Vanishing(Shelf):
        def detail(self, action: str, id: str) -> dict[str, Any]:
            return {"Code": "TemplateNotFound"}

    shelf = Vanishing(templates=2)
    shelf.held[wire.LIST_TEMPLATES][0]["AuditStatus"] = "AUDIT_STATE_NOT_PASS"
    (entry,) = shelf.open().read({Kind.TEMPLATE: ["SMS_1000", "SMS_1001"]}).entries
    assert entry.id == "SMS_1001"


@pytest.mark.parametrize("workers", [1, 10])
@pytest.mark.parametrize(
    "action", [wire.LIST_TEMPLATES, wire.LIST_SIGNS, wire.GET_TEMPLATE]
)
def test_a_refused_reading_is_an_error_and_no_empty_account(
    action: str, workers: int
) -> None:
    """An account taken for empty would be filled once more."""
    shelf = Shelf(templates=120, signs=3)
    shelf.errors[action] = "isp.RAM_PERMISSION_DENY"
    with pytest.raises(Refused) as caught:
        shelf.open(workers).read({Kind.TEMPLATE: ["SMS_7"]})
    assert caught.value.scope is Scope.ACCOUNT


@pytest.mark.parametrize(
    "fields", [{"CreateDate": "soon"}, {"CreateDate": [1]}, {"OuterTemplateType": "x"}]
)
def test_a_row_of_another_shape_is_unexpected(fields: dict[str, object]) -> None:
    """No traceback, whatever a list holds."""
    shelf = Shelf()
    shelf.held[wire.LIST_TEMPLATES] = [shelf.template(1, **fields)]
    with pytest.raises(Unexpected):
        shelf.open().read({})


@pytest.mark.parametrize("spelling", ["AUDIT_STATE_CANCEL", "AUDIT_SATE_CANCEL"])
def test_a_cancelled_entry_is_one_however_it_is_spelt(spelling: str) -> None:
    """The official SDK has the misspelt one only."""
    shelf = Shelf()
    shelf.held[wire.LIST_TEMPLATES] = [shelf.template(1, AuditStatus=spelling)]
    (entry,) = shelf.open().read({}).entries
    assert entry.review is Review.CANCELLED


def test_dates_are_those_of_beijing() -> None:
    """Nothing in them says so."""
    (entry,) = Shelf(templates=1).open().read({}).entries
    assert entry.created == 1717380154  # 2024-06-03 02:02:34 UTC


# -- opening an account


def opened(environ: dict[str, str] | None = None, **config: Any) -> Aliyun:
    """An account that no call is made to."""
    no_role = {"ALIBABA_CLOUD_ECS_METADATA_ENDPOINT": ""}
    connection = Connection(
        ProviderConfig("shop", "aliyun", **config),
        {**no_role, **(environ or {})},
        Path("/nowhere"),
        JumpingClock(),
        credentials=None if environ is not None else KEYS,
    )
    return open_account(connection)


@pytest.mark.parametrize(
    ("config", "region", "endpoint"),
    [
        ({}, "cn-hangzhou", "dysmsapi.aliyuncs.com"),
        ({"region": "cn-shanghai"}, "cn-shanghai", "dysmsapi.aliyuncs.com"),
        (
            {"region": "cn-beijing"},
            "cn-beijing",
            "dysmsapi-proxy.cn-beijing.aliyuncs.com",
        ),
        (
            {"region": "ap-southeast-1"},
            "ap-southeast-1",
            "dysmsapi.ap-southeast-1.aliyuncs.com",
        ),
        ({"endpoint": "http://127.0.0.1:9001/"}, "cn-hangzhou", "127.0.0.1:9001"),
    ],
)
def test_an_account_says_where_it_is(
    config: dict[str, Any], region: str, endpoint: str
) -> None:
    """Region and host belong to the identity of a state block."""
    identity = Identity("aliyun", "domestic", region, endpoint)
    assert opened(**config).identity() == identity


def test_regions_have_the_hosts_of_the_official_sdk() -> None:
    """For each region it names, and for one it does not."""
    from alibabacloud_dysmsapi20170525.client import Client as Official
    from alibabacloud_tea_openapi.utils_models import Config

    named = {*Official(Config(endpoint="x"))._endpoint_map, "cn-chengdu"}
    for region in {*named, *wire.REGION_HOSTS}:
        theirs = Official(Config(region_id=region))._endpoint
        assert opened(region=region).identity().endpoint == theirs


@pytest.mark.parametrize(
    ("config", "where"),
    [
        ({"sign_method": "md5"}, "providers.shop.sign_method"),
        ({"http_method": "PUT"}, "providers.shop.http_method"),
        ({"endpoint": "http://sms.example.com"}, "providers.shop.endpoint"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_before_any_call(
    config: dict[str, Any], where: str
) -> None:
    """With the key that is wrong, and the choices."""
    with pytest.raises(ConfigError) as caught:
        opened(**config)
    assert caught.value.where == where
    assert caught.value.hint()


def test_an_account_without_a_key_is_not_opened() -> None:
    """And says where it looked."""
    with pytest.raises(CredentialsMissing):
        opened({})


def test_no_object_of_an_opened_account_shows_a_key() -> None:
    """Neither the account nor anything in it, nor an error of it."""
    account = opened(endpoint="127.0.0.1:1")
    shown = [repr(account), str(account), repr(vars(account))]
    client = vars(account)["_client"]
    shown += [repr(client), repr(vars(client))]
    with pytest.raises(Unreachable) as caught:
        account.create(a_template(), "x")
    shown.append(everything_about(caught.value))
    for secret in (KEYS.secret, KEYS.token):
        assert not [text for text in shown if secret in text]
