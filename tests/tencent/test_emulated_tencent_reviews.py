"""Verdicts: when they fall, what a read counts as, and what a person can do."""

from __future__ import annotations

from typing import Any

import pytest

from smsform.emulation.clock import VirtualClock
from smsform.emulation.reviewer import judge
from smsform.emulation.store import Store
from smsform.model import Review
from smsform.providers.tencent import wire
from tencent.official import SIGN, TEMPLATE, Direct, Emulate, build

PAGE = {"International": 0, "Limit": 100}


def direct(store: Store, clock: VirtualClock, **settings: Any) -> Direct:
    """An emulator in this process with one sign and one template applied for."""
    caller = Direct(build(store, clock, **settings))
    caller.call(wire.ADD_SIGN, SIGN)
    caller.call(wire.ADD_TEMPLATE, TEMPLATE)
    return caller


def status(caller: Direct, **ids: Any) -> int:
    """StatusCode of the one template."""
    reply = caller.call(wire.DESCRIBE_TEMPLATES, {**PAGE, **ids})
    [item] = reply["DescribeTemplateStatusSet"]
    return int(item["StatusCode"])


def test_an_entry_passes_at_the_second_list_by_default(
    store: Store, clock: VirtualClock
) -> None:
    """The verdict falls before the second list is answered; reads by id count not."""
    caller = direct(store, clock, review={"after_reads": 2})
    [template] = [e for e in store.everything() if e.kind == "template"]
    assert status(caller) == wire.IN_REVIEW
    assert status(caller, TemplateIdSet=[template.id]) == wire.IN_REVIEW
    assert status(caller, TemplateIdSet=[template.id]) == wire.IN_REVIEW
    assert status(caller) == wire.APPROVED


def test_reads_by_id_count_where_the_key_cannot_list(
    store: Store, clock: VirtualClock
) -> None:
    """A sub-account's key can only ask by id, so that is what its reviewer goes by."""
    caller = direct(store, clock, review={"after_reads": 2}, sub_account=True)
    [template] = [e for e in store.everything() if e.kind == "template"]
    assert status(caller, TemplateIdSet=[template.id]) == wire.IN_REVIEW
    assert status(caller, TemplateIdSet=[template.id]) == wire.APPROVED


def test_an_entry_passes_after_a_time(store: Store, clock: VirtualClock) -> None:
    """Two hours on the emulator's clock, not a second less."""
    caller = direct(store, clock, review={"after": "2h"})
    clock.sleep(7190)
    assert status(caller) == wire.IN_REVIEW
    clock.sleep(10)
    assert status(caller) == wire.APPROVED


@pytest.mark.parametrize(
    ("review", "expected"), [("immediate", wire.APPROVED), ("manual", wire.IN_REVIEW)]
)
def test_immediate_and_manual(
    store: Store, clock: VirtualClock, review: str, expected: int
) -> None:
    """At once, or never by itself."""
    caller = direct(store, clock, review=review)
    clock.sleep(10 * 86400)
    assert [status(caller) for _ in range(5)] == [expected] * 5


def test_passing_and_being_effective_are_two_steps(
    store: Store, clock: VirtualClock
) -> None:
    """With effective_after an entry is StatusCode 2 for that long."""
    caller = direct(store, clock, review={"after": "1h"}, effective_after="1d")
    clock.sleep(3600)
    assert status(caller) == wire.APPROVED_INACTIVE
    clock.sleep(86399)
    assert status(caller) == wire.APPROVED_INACTIVE
    clock.sleep(2)
    assert status(caller) == wire.APPROVED


def test_a_modified_entry_is_reviewed_anew(store: Store, clock: VirtualClock) -> None:
    """Modify clears the note, the reads and the submission's time."""
    caller = direct(store, clock, review={"after_reads": 2})
    [template] = [e for e in store.everything() if e.kind == "template"]
    status(caller)
    judge(store, template.id, Review.REJECTED, clock.now(), "请补充说明")
    clock.sleep(60)
    text = "{1}是您的验证码，请勿告诉他人。"
    caller.call(
        wire.MODIFY_TEMPLATE,
        {**TEMPLATE, "TemplateId": template.id, "TemplateContent": text},
    )
    after = store.entry(template.id)
    assert after is not None
    assert (after.text, after.note, after.reads) == (text, "", 0)
    assert after.created >= template.created + 60
    assert [status(caller), status(caller)] == [wire.IN_REVIEW, wire.APPROVED]


def test_an_approved_sign_can_fall(
    emulate: Emulate, store: Store, clock: VirtualClock
) -> None:
    """A signature may lose its approval without anybody asking (0 to -1)."""
    sdk = emulate()
    id = sdk.call(wire.ADD_SIGN, SIGN)["AddSignStatus"]["SignId"]
    judge(store, id, Review.APPROVED, clock.now())
    judge(store, id, Review.REJECTED, clock.now(), "首次报备失败")
    [item] = sdk.call(wire.DESCRIBE_SIGNS, {"International": 0})[
        "DescribeSignListStatusSet"
    ]
    assert (item["StatusCode"], item["ReviewReply"]) == (-1, "首次报备失败")


@pytest.mark.parametrize(
    ("style", "payload"),
    [
        ("list", {"DescribeTemplateStatusSet": []}),
        ("null", {"DescribeTemplateStatusSet": None}),
        ("absent", {}),
    ],
)
def test_an_empty_list_comes_in_the_chosen_style(
    store: Store, clock: VirtualClock, style: str, payload: dict[str, object]
) -> None:
    """Nobody knows what an empty account is told: it is a switch."""
    caller = Direct(build(store, clock, empty=style))
    reply = caller.call(wire.DESCRIBE_TEMPLATES, PAGE)
    assert {k: v for k, v in reply.items() if k != "RequestId"} == payload


def test_a_normalising_service_stores_another_text(
    store: Store, clock: VirtualClock
) -> None:
    """Outer and doubled spaces go, full-width punctuation becomes half-width."""
    caller = Direct(build(store, clock, normalise=True))
    caller.call(wire.ADD_SIGN, SIGN)
    text = " 验证码{1}，请  勿告诉他人！ "
    caller.call(wire.ADD_TEMPLATE, {**TEMPLATE, "TemplateContent": text})
    [item] = caller.call(wire.DESCRIBE_TEMPLATES, PAGE)["DescribeTemplateStatusSet"]
    assert item["TemplateContent"] == "验证码{1},请 勿告诉他人!"


def test_the_old_version_can_be_switched_on(store: Store, clock: VirtualClock) -> None:
    """2019-07-11 needs no region and says UsedMethod for SignPurpose."""
    caller = Direct(build(store, clock, old_version=True), version=wire.OLD_VERSION)
    old = {**SIGN, "UsedMethod": SIGN["SignPurpose"]}
    del old["SignPurpose"]
    assert "AddSignStatus" in caller.call(wire.ADD_SIGN, old, region=None)
