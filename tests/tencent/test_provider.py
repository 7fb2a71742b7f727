"""The provider's verbs: against the emulator, and against a list of any length."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Lock
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scripted import Function, JumpingClock, everything_about
from smsform.account.listing import Listing, Page
from smsform.account.reading import read_lists
from smsform.emulation import faults
from smsform.emulation.adapter import EmulatorAdapter
from smsform.emulation.clock import VirtualClock
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.store import Store
from smsform.errors import (
    ConfigError,
    CredentialsMissing,
    Position,
    ProviderError,
    Refused,
    Scope,
    Unclear,
    Unexpected,
    Unreachable,
)
from smsform.http import Abandoned, Channel
from smsform.model import Address, Desired, Evidence, Identity, Kind, Review
from smsform.provider import CallRecord, Connection, Credentials, ProviderConfig
from smsform.providers.tencent import SPEC, wire
from smsform.providers.tencent.client import Client
from smsform.providers.tencent.provider import Tencent, open_account

HERE = Position("templates.yaml", 1, 1)
KEYS = Credentials("AKIDplanted", "planted-secret-key", "planted-sts-token")
IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(100)


def a_template(
    key: str = "login", text: str = "您的验证码是{1}，请勿泄露。"
) -> Desired:
    """A wanted verification template."""
    return Desired(
        address=Address("shop", Kind.TEMPLATE, key),
        name=key,
        international=False,
        delivered={"TemplateContent": text, "SmsType": wire.VERIFICATION},
        at=HERE,
        review_only={"Remark": "用户登录"},
    )


def a_signature(folder: Path) -> Desired:
    """A wanted signature with its licence."""
    path = folder / "license.png"
    path.write_bytes(IMAGE)
    digest = hashlib.sha256(IMAGE).hexdigest()
    return Desired(
        address=Address("shop", Kind.SIGNATURE, "shop"),
        name="示例商城",
        international=False,
        delivered={"SignName": "示例商城"},
        at=HERE,
        review_only={
            "Remark": "公司",
            "SignType": 0,
            "DocumentType": 1,
            "SignPurpose": 0,
            "QualificationId": 4001,
            "ProofImage": f"sha256:{digest}",
        },
        evidence=(Evidence("ProofImage", str(path), digest),),
    )


class Emulated:
    """An account at the emulator, opened through the card."""

    def __init__(self, store: Store, **settings: Any) -> None:
        self.calls: list[CallRecord] = []
        options = {"emulator": {"review": "manual"}, **settings}
        config = ProviderConfig("shop", "tencent", endpoint="emulator", **options)
        self.store, self.clock = store, VirtualClock(store)
        self.service = SPEC.emulator(store, self.clock, config)
        self.account = SPEC.connect(
            Connection(
                config,
                {"TENCENTCLOUD_SECRET_ID": "real"},
                Path("/nowhere"),
                self.clock,
                EmulatorAdapter(self.service),
                on_call=self.calls.append,
            )
        )

    def signed_up(self, folder: Path) -> str:
        """Apply for a signature, without which no template is taken; its id."""
        return self.account.create(a_signature(folder), "示例商城").id

    def fail(self, kind: FaultKind, action: str, **fault: Any) -> None:
        """Let the next call of *action* go wrong."""
        faults.plant(self.store, Fault("shop", kind, action, **fault))


@pytest.fixture
def store() -> Store:
    """An emulator's memory."""
    return Store(None)


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("algorithm", wire.SIGN_METHODS)
def test_every_verb_works_at_the_emulator(
    store: Store, tmp_path: Path, algorithm: str, method: str
) -> None:
    """Signed in every way, since the emulator verifies the raw bytes."""
    emulated = Emulated(store, sign_method=algorithm, http_method=method.lower())
    account = emulated.account
    sign = emulated.signed_up(tmp_path)
    first, second = (account.create(a_template(), name).id for name in ("one", "two"))
    account.update(first, a_template(text="验证码{1}，请勿泄露。"), "one again")
    account.update(sign, a_signature(tmp_path), "示例商城")
    account.delete(Kind.TEMPLATE, second)
    (signature, template) = account.read({}).entries
    assert (signature.id, signature.name) == (sign, "示例商城")
    assert (template.id, template.name) == (first, "one again")
    assert template.attributes == {"TemplateContent": "验证码{1}，请勿泄露。"}
    assert template.review is Review.IN_REVIEW
    assert account.fetch(Kind.TEMPLATE, [first, second]) == (template,)
    with pytest.raises(Refused) as caught:
        account.delete(Kind.TEMPLATE, second)
    assert caught.value.scope is Scope.GONE
    assert {call.provider for call in emulated.calls} == {"shop"}
    assert all(call.request_id for call in emulated.calls)


@pytest.mark.parametrize("empty", ["list", "null", "absent", "missing"])
def test_an_empty_account_is_empty_however_it_says_so(store: Store, empty: str) -> None:
    """Four forms, none of them documented."""
    emulated = Emulated(store, emulator={"empty": empty})
    assert emulated.account.read({Kind.TEMPLATE: ["7"]}).entries == ()
    assert emulated.account.read({}).listed


def test_a_key_that_may_not_list_reads_what_is_known(
    store: Store, tmp_path: Path
) -> None:
    """The rest stays unseen, and the reading says so."""
    emulated = Emulated(store, emulator={"sub_account": True, "review": "manual"})
    sign = emulated.signed_up(tmp_path)
    accepted = [emulated.account.create(a_template(), name) for name in ("one", "two")]
    known = accepted[0].id
    reading = emulated.account.read({Kind.TEMPLATE: [known], Kind.SIGNATURE: [sign]})
    assert not reading.listed
    assert sorted(entry.id for entry in reading.entries) == sorted([known, sign])


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.DROP_AFTER,
        FaultKind.DROP_BEFORE,
        FaultKind.UNAVAILABLE,
        FaultKind.UNAVAILABLE_AFTER,
        FaultKind.SLOW,
        FaultKind.NOT_JSON,
        FaultKind.NO_PAYLOAD,
    ],
)
def test_a_fault_at_a_creation_is_unclear_and_sent_once(
    store: Store, tmp_path: Path, kind: FaultKind
) -> None:
    """Whether it was done or not; then the list tells."""
    emulated = Emulated(store)
    emulated.signed_up(tmp_path)
    emulated.fail(kind, wire.ADD_TEMPLATE)
    with pytest.raises(Unclear):
        emulated.account.create(a_template(), "one")
    adds = [call for call in emulated.calls if call.action == wire.ADD_TEMPLATE]
    assert len(adds) == 1


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.THROTTLE,
        FaultKind.DROP_AFTER,
        FaultKind.DROP_BEFORE,
        FaultKind.UNAVAILABLE,
        FaultKind.SLOW,
        FaultKind.WRONG_TYPE,
    ],
)
def test_a_fault_at_a_reading_passes(
    store: Store, tmp_path: Path, kind: FaultKind
) -> None:
    """It is read again, or understood as it is; time passes on the virtual clock."""
    emulated = Emulated(store)
    emulated.signed_up(tmp_path)
    emulated.fail(kind, wire.DESCRIBE_SIGNS)
    (entry,) = emulated.account.read({}).entries
    assert entry.name == "示例商城"


def test_a_throttled_creation_is_a_refusal_that_says_so(
    store: Store, tmp_path: Path
) -> None:
    """Whoever runs the plan looks at the list before sending it again."""
    emulated = Emulated(store)
    emulated.signed_up(tmp_path)
    emulated.fail(FaultKind.THROTTLE, wire.ADD_TEMPLATE)
    with pytest.raises(Refused) as caught:
        emulated.account.create(a_template(), "one")
    assert caught.value.scope is Scope.THROTTLE
    id = emulated.account.create(a_template(), "one").id
    templates = [e for e in emulated.account.read({}).entries if e.kind == "template"]
    assert [entry.id for entry in templates] == [id]


def test_the_pace_is_never_too_fast_for_the_service(
    store: Store, tmp_path: Path
) -> None:
    """The emulator refuses the third Add in a second; ours waits instead."""
    emulated = Emulated(store)
    emulated.signed_up(tmp_path)
    began = emulated.clock.now()
    for number in range(7):
        emulated.account.create(a_template(), f"name {number}")
    assert {call.outcome for call in emulated.calls} == {"ok"}
    assert 3 < emulated.clock.now() - began < 4


@pytest.mark.parametrize("change", ["gone", "altered"])
def test_evidence_that_changed_is_not_sent(
    store: Store, tmp_path: Path, change: str
) -> None:
    """The plan spoke of another file; nothing was executed."""
    emulated = Emulated(store)
    desired = a_signature(tmp_path)
    path = Path(desired.evidence[0].path)
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(b"other")
    with pytest.raises(Unreachable) as caught:
        emulated.account.create(desired, "示例商城")
    assert str(path) in caught.value.message()
    assert emulated.calls == []


def test_the_emulator_is_opened_without_looking_for_keys(store: Store) -> None:
    """Real ones are neither read nor needed; half a pair would be an error."""
    emulated = Emulated(store)
    assert emulated.account.identity() == Identity(
        "tencent", "domestic", "ap-guangzhou", "emulator"
    )


# -- a list of any length


class Shelf:
    """A service that lists what it holds, and counts how it was asked."""

    def __init__(self, templates: int = 0, signs: int = 0) -> None:
        self.held = {
            (wire.DESCRIBE_TEMPLATES, 0): [self.template(n) for n in range(templates)],
            (wire.DESCRIBE_SIGNS, 0): [self.sign(n) for n in range(signs)],
        }
        self.errors: dict[tuple[str, int], str] = {}
        self.asked: list[tuple[str, int, int, tuple[int, ...]]] = []
        self._lock = Lock()

    @staticmethod
    def template(n: int, **fields: object) -> dict[str, object]:
        """An item of the template list."""
        return {
            "TemplateId": 1000 + n,
            "TemplateName": f"name {n}",
            "International": 0,
            "StatusCode": 0,
            "ReviewReply": "",
            "CreateTime": 1617379200,
            "TemplateContent": "您的验证码是{1}",
            **fields,
        }

    @staticmethod
    def sign(n: int) -> dict[str, object]:
        """An item of the signature list."""
        return {
            "SignId": 1000 + n,
            "SignName": f"签名{n}",
            "International": 0,
            "StatusCode": 0,
            "ReviewReply": "",
            "CreateTime": 1617379200,
        }

    def __call__(self, request: requests.PreparedRequest) -> object:
        """Answer a Describe."""
        action = request.headers["X-TC-Action"]
        body = json.loads(request.body or b"")
        market, offset, limit = (
            body[key] for key in ("International", "Offset", "Limit")
        )
        ids = tuple(body.get("TemplateIdSet") or body.get("SignIdSet") or ())
        with self._lock:
            self.asked.append((action, market, offset, ids))
        code = self.errors.get((action, market), "")
        if code and not (ids and code.endswith("ProhibitSubAccountUse")):
            error = {"Code": code, "Message": "no"}
            return {"Response": {"Error": error, "RequestId": "r"}}
        items = self.held.get((action, market), [])
        if ids:
            named = [i for i in items if (i.get("TemplateId") or i["SignId"]) in ids]
            page = named[:limit]
        else:
            page = items[offset : offset + limit]
        return {"Response": {wire.PAYLOAD[action]: page, "RequestId": "r"}}

    def open(self, workers: int = 10, clock: JumpingClock | None = None) -> Tencent:
        """An account over this shelf."""
        config, clock = ProviderConfig("shop", "tencent"), clock or JumpingClock()
        channel = Channel(
            "shop", f"https://{wire.HOST}", clock, environ={}, adapter=Function(self)
        )
        client = Client(config, lambda: KEYS, channel, clock)
        return Tencent(client, Identity("tencent"), workers)

    def pages(self, action: str, market: int = 0) -> list[int]:
        """The offsets asked for."""
        return sorted(o for a, m, o, ids in self.asked if (a, m) == (action, market))


@given(
    templates=st.integers(0, 1250),
    signs=st.sampled_from([0, 1, 99, 100, 101, 350]),
    workers=st.sampled_from([1, 2, 10]),
)
def test_a_list_of_any_length_is_read_whole_and_hardly_beyond(
    templates: int, signs: int, workers: int
) -> None:
    """In order, with one worker nothing beyond the end, else less than there is."""
    shelf = Shelf(templates, signs)
    reading = shelf.open(workers).read({})
    for kind, size, action in (
        (Kind.TEMPLATE, templates, wire.DESCRIBE_TEMPLATES),
        (Kind.SIGNATURE, signs, wire.DESCRIBE_SIGNS),
    ):
        ids = [int(entry.id) for entry in reading.entries if entry.kind is kind]
        assert ids == [1000 + n for n in range(size)]
        needed = max(size - 1, 0) // 99 + 1  # neighbouring pages share a row
        pages = shelf.pages(action)
        assert pages[:needed] == [99 * n for n in range(needed)]
        assert len(pages) == len(set(pages))
        assert len(pages) - needed <= min(needed, workers) - 1
        assert shelf.pages(action, 1) == [0]


@given(templates=st.integers(1, 1250), workers=st.sampled_from([1, 2, 10]))
def test_a_list_as_long_as_remembered_costs_no_call_in_vain(
    templates: int, workers: int
) -> None:
    """Pages up to there are asked for at once, then one at a time."""
    shelf = Shelf(templates)
    known = {Kind.TEMPLATE: [str(1000 + n) for n in range(templates)]}
    reading = shelf.open(workers).read(known)
    assert [entry.id for entry in reading.entries] == known[Kind.TEMPLATE]
    needed = max(templates - 1, 0) // 99 + 1
    assert shelf.pages(wire.DESCRIBE_TEMPLATES) == [99 * n for n in range(needed)]
    assert not [ids for *_, ids in shelf.asked if ids]


def test_remembered_pages_wait_for_no_other() -> None:
    """Ten are under way before the first one is answered."""
    meeting = Barrier(10)

    class Slow(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            body = json.loads(request.body or b"")
            if (
                "Template" in request.headers["X-TC-Action"]
                and not body["International"]
            ):
                meeting.wait(10)
            return super().__call__(request)

    known = {Kind.TEMPLATE: [str(1000 + n) for n in range(950)]}
    assert len(Slow(templates=950).open(12).read(known).entries) == 950


def test_a_page_whose_turn_comes_after_the_end_was_found_is_not_lost() -> None:
    """Pages overtake one another; only those beyond the end may be given up."""
    end_found = Event()

    def ask(offset: int, wanted: Callable[[], bool]) -> Page:
        if offset == 198:  # held up until a later page has shown the end
            assert end_found.wait(5)
            if not wanted():
                raise Abandoned
        return Page(tuple(Shelf.template(n) for n in range(510)[offset : offset + 100]))

    class Watched(Listing):
        def _read(self, offset: int) -> None:
            super()._read(offset)
            if offset == 495:
                end_found.set()

    listing = Watched(
        ask,
        key=itemgetter("TemplateId"),
        size=100,
        step=99,
        provider="shop",
        action="List",
    )
    read_lists([listing], 10)
    assert [item["TemplateId"] for item in listing.items()] == [
        1000 + n for n in range(510)
    ]


@pytest.mark.parametrize("workers", [1, 10])
@pytest.mark.parametrize("at", [99, 198, 297])
@pytest.mark.parametrize("change", ["deleted", "added"])
def test_entries_that_come_and_go_meanwhile_hide_no_other(
    workers: int, at: int, change: str
) -> None:
    """A shift over the boundary of pages is noticed and the list is read again."""

    class Shifting(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            key = (wire.DESCRIBE_TEMPLATES, 0)
            with self._lock:
                rows = self.held[key]
                before = len(rows) == 350
                if before and json.loads(request.body or b"")["Offset"] == at:
                    new = [self.template(999)]
                    self.held[key] = rows[1:] if change == "deleted" else new + rows
            return super().__call__(request)

    shelf = Shifting(templates=350)
    ids = [int(entry.id) for entry in shelf.open(workers).read({}).entries]
    assert len(ids) == len(set(ids))
    assert set(ids) >= {1000 + n for n in range(1, 350)}


def test_a_list_that_never_stands_still_is_read_three_times() -> None:
    """Then what any reading saw counts."""

    class Restless(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            rows = self.held[wire.DESCRIBE_TEMPLATES, 0]
            with self._lock:
                rows.append(rows.pop(0))
            return super().__call__(request)

    shelf = Restless(templates=150)
    reading = shelf.open(1).read({})
    assert {int(entry.id) for entry in reading.entries} == {
        1000 + n for n in range(150)
    }
    assert len(shelf.pages(wire.DESCRIBE_TEMPLATES)) == 6


def test_pages_are_asked_for_side_by_side() -> None:
    """Ten readings of a long list are under way at the same time."""
    meeting, met = Barrier(10), []

    class Slow(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            answer = super().__call__(request)
            offset = json.loads(request.body or b"")["Offset"]
            if offset >= 1500 and not met:
                try:
                    meeting.wait(5)
                    met.append(offset)
                except BrokenBarrierError:
                    pass
            return answer

    Slow(4000).open(10).read({})
    assert met


def test_no_second_sees_more_calls_than_the_service_allows() -> None:
    """Twenty a second, whatever the number of threads."""
    times: list[float] = []
    clock = JumpingClock()

    class Timed(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            if request.headers["X-TC-Action"] == wire.DESCRIBE_TEMPLATES:
                times.append(clock.now())
            return super().__call__(request)

    Timed(6150).open(10, clock).read({})
    times.sort()
    assert len(times) > 60
    assert all(b - a > 1.0 for a, b in zip(times, times[20:], strict=False))


def test_an_entry_of_both_markets_is_one_entry() -> None:
    """A copied template shows up in both lists under one id (models.py:1537)."""
    shelf = Shelf()
    both = shelf.template(1, International=wire.BOTH)
    shelf.held = {(wire.DESCRIBE_TEMPLATES, market): [both] for market in (0, 1)}
    (entry,) = shelf.open().read({}).entries
    assert entry.international is None


def test_what_the_list_lacks_is_asked_for_by_id() -> None:
    """In both markets, a hundred at a time, and only if it can be an id."""
    shelf = Shelf(templates=2)
    missing = [str(n) for n in range(1, 251)]
    known = {Kind.TEMPLATE: ["1000", "1001", *missing, "x", "", "²", "9" * 400]}
    reading = shelf.open().read(known)
    assert len(reading.entries) == 2
    sizes = [(market, len(ids)) for _, market, _, ids in shelf.asked if ids]
    assert sorted(sizes) == sorted((m, s) for m in (0, 1) for s in (100, 100, 50))


def test_an_entry_only_reading_by_id_shows_is_found() -> None:
    """It counts as there."""
    shelf = Shelf()
    shelf.held = {(wire.DESCRIBE_TEMPLATES, 1): [shelf.template(5, International=1)]}
    (entry,) = shelf.open().fetch(Kind.TEMPLATE, ["1005", "1006"])
    assert (entry.id, entry.international) == ("1005", True)


@pytest.mark.parametrize(
    "code", ["InvalidParameterValue.InvalidInternational", "UnsupportedOperation"]
)
def test_a_market_the_site_does_not_serve_is_empty(code: str) -> None:
    """As domestic messages at the international site."""
    shelf = Shelf()
    shelf.held = {(wire.DESCRIBE_TEMPLATES, 1): [shelf.template(5, International=1)]}
    for action in (wire.DESCRIBE_TEMPLATES, wire.DESCRIBE_SIGNS):
        shelf.errors[action, 0] = code
    reading = shelf.open().read({Kind.TEMPLATE: ["1005", "77"]})
    assert [entry.id for entry in reading.entries] == ["1005"]
    shelf.errors |= {(action, 1): code for action, _ in tuple(shelf.errors)}
    with pytest.raises(Refused):
        shelf.open().read({})
    with pytest.raises(Refused):
        shelf.open().fetch(Kind.TEMPLATE, ["1005"])


@pytest.mark.parametrize("workers", [1, 10])
@pytest.mark.parametrize("market", [0, 1])
def test_a_refused_list_is_an_error_and_no_empty_account(
    market: int, workers: int
) -> None:
    """An account taken for empty would be filled once more."""
    shelf = Shelf(templates=450)
    shelf.errors[wire.DESCRIBE_TEMPLATES, market] = "AuthFailure.UnauthorizedOperation"
    with pytest.raises(Refused) as caught:
        shelf.open(workers).read({})
    assert caught.value.scope is Scope.ACCOUNT


def test_one_prohibited_list_leaves_the_other() -> None:
    """Templates by id, signatures by list."""
    shelf = Shelf(templates=3, signs=2)
    for market in (0, 1):
        key = (wire.DESCRIBE_TEMPLATES, market)
        shelf.errors[key] = "FailedOperation.ProhibitSubAccountUse"
    reading = shelf.open().read({Kind.TEMPLATE: ["1001"]})
    assert not reading.listed
    assert [(entry.kind, entry.id) for entry in reading.entries] == [
        (Kind.SIGNATURE, "1000"),
        (Kind.SIGNATURE, "1001"),
        (Kind.TEMPLATE, "1001"),
    ]


def test_a_page_that_comes_again_and_again_ends_the_list() -> None:
    """A service that ignores Offset must not be read for ever."""

    class Stuck(Shelf):
        def __call__(self, request: requests.PreparedRequest) -> object:
            body = json.loads(request.body or b"")
            request.body = json.dumps({**body, "Offset": 0}).encode()
            return super().__call__(request)

    assert len(Stuck(templates=100).open().read({}).entries) == 100


@pytest.mark.parametrize(
    "fields", [{"CreateTime": "soon"}, {"CreateTime": [1]}, {"CreateTime": {"x": 1}}]
)
def test_an_item_of_another_shape_is_unexpected(fields: dict[str, object]) -> None:
    """No traceback, whatever a list holds."""
    shelf = Shelf()
    shelf.held = {(wire.DESCRIBE_TEMPLATES, 0): [shelf.template(1, **fields)]}
    with pytest.raises(Unexpected):
        shelf.open().read({})


@pytest.mark.parametrize("id", ["abc", "1.5", "", "9" * 30])
def test_what_is_no_id_is_for_the_service_to_refuse(store: Store, id: str) -> None:
    """A state file may have been edited by hand."""
    emulated = Emulated(store)
    with pytest.raises(ProviderError):
        emulated.account.delete(Kind.TEMPLATE, id)


# -- opening an account


def opened(environ: dict[str, str] | None = None, **config: Any) -> Tencent:
    """An account that no call is made to."""
    no_role = {"TENCENTCLOUD_METADATA_ENDPOINT": ""}
    connection = Connection(
        ProviderConfig("shop", "tencent", **config),
        {**no_role, **(environ or {})},
        Path("/nowhere"),
        JumpingClock(),
        credentials=None if environ is not None else KEYS,
    )
    return open_account(connection)


@pytest.mark.parametrize(
    ("config", "identity"),
    [
        ({}, ("domestic", "ap-guangzhou", "sms.tencentcloudapi.com")),
        (
            {"site": "international"},
            ("international", "ap-singapore", "sms.intl.tencentcloudapi.com"),
        ),
        (
            {"endpoint": "sms.ap-shanghai-fsi.tencentcloudapi.com", "region": "x"},
            ("domestic", "x", "sms.ap-shanghai-fsi.tencentcloudapi.com"),
        ),
        (
            {"endpoint": "http://127.0.0.1:9001/"},
            ("domestic", "ap-guangzhou", "127.0.0.1:9001"),
        ),
    ],
)
def test_an_account_says_where_it_is(
    config: dict[str, Any], identity: tuple[str, str, str]
) -> None:
    """Site, region and host belong to the identity of a state block."""
    assert opened(**config).identity() == Identity("tencent", *identity)


@pytest.mark.parametrize(
    ("config", "where"),
    [
        ({"sign_method": "md5"}, "providers.shop.sign_method"),
        ({"http_method": "PUT"}, "providers.shop.http_method"),
        ({"site": "mars"}, "providers.shop.site"),
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
        account.create(replace(a_template(), name="x"), "x")
    shown.append(everything_about(caught.value))
    for secret in (KEYS.secret, KEYS.token):
        assert not [text for text in shown if secret in text]
