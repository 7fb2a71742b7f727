"""Every documented error code has a meaning and an advice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smsform.errors import Scope
from smsform.explanation import find, near
from smsform.providers.aliyun import SPEC, codes

LISTED = json.loads((Path(__file__).parent / "data" / "codes.json").read_text("utf-8"))
SAMPLES = Path(__file__).parent / "data" / "api_samples"
DOCUMENTED = {*LISTED["actions"], *LISTED["business"], *LISTED["gateway"]}


@pytest.mark.parametrize("code", sorted({*DOCUMENTED, *codes.CODES}))
def test_a_documented_code_has_a_meaning_and_an_advice(code: str) -> None:
    """In our words: short, one line, no address of a page."""
    meaning = codes.CODES[code]
    assert 10 < len(meaning.advice) < 200
    assert "\n" not in meaning.advice
    assert "://" not in meaning.advice


def test_the_list_has_every_code_of_the_samples() -> None:
    """What the metadata says of each action, and what we know."""
    sampled = {
        error["errorCode"]
        for path in SAMPLES.glob("2017-05-25_*.json")
        for errors in (
            json.loads(path.read_text("utf-8")).get("error_codes") or {}
        ).values()
        for error in errors
    }
    assert sampled
    assert sampled <= DOCUMENTED


def test_no_code_is_listed_twice() -> None:
    """A second line would silently win."""
    listed = [code for _, _, members in codes._TABLE for code in members]
    assert sorted(listed) == sorted(codes.CODES)


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("TemplateNotFound", Scope.GONE),
        ("SignatureNotFound", Scope.GONE),
        ("isv.SMS_TEMPLATE_ILLEGAL", Scope.GONE),
        ("isv.ERROR_TEMPLATE_NOT_MODIFY", Scope.STATE),
        ("isv.ERROR_TEMPLATE_NOT_DELETE", Scope.STATE),
        ("isv.ERROR_SIGN_NOT_DELETE", Scope.STATE),
        ("isv.TEMPLATE_COUNT_OVER_LIMIT", Scope.ACCOUNT),
        ("isp.RAM_PERMISSION_DENY", Scope.ACCOUNT),
        ("isv.INTERFACE_OFFLINE", Scope.ACCOUNT),
        ("AssocSignUnapproved", Scope.ENTRY),
        ("SmsSignatureNotFound", Scope.ENTRY),
        ("SignName.Exists", Scope.ENTRY),
        ("Throttling.User", Scope.THROTTLE),
    ],
)
def test_a_code_speaks_of_what_it_speaks_of(code: str, scope: Scope) -> None:
    """The scope decides whether the rest of a run goes on."""
    meaning = codes.meaning(code)
    assert meaning is not None
    assert meaning.scope is scope


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("MissingSomethingNew", Scope.ENTRY),
        ("InvalidPageSize", Scope.ENTRY),
        ("Throttling.SomethingNew", Scope.THROTTLE),
        ("InvalidAccessKeyId.SomethingNew", Scope.ACCOUNT),
        ("InvalidSecurityToken.SomethingNew", Scope.ACCOUNT),
        ("Forbidden.SomethingNew", Scope.ACCOUNT),
    ],
)
def test_the_gateway_refuses_by_families(code: str, scope: Scope) -> None:
    """They come with a 4xx, before anything was done; in a 200 they say nothing."""
    meaning = codes.meaning(code, 400)
    assert meaning is not None
    assert meaning.scope is scope
    assert codes.meaning(code, 200) is None


@pytest.mark.parametrize(
    "code",
    ["InternalError", "ServiceUnavailable", "isp.SYSTEM_ERROR", "isp.GATEWAY_ERROR"],
)
def test_an_internal_error_refuses_nothing_for_sure(code: str) -> None:
    """After a write it leaves open whether the write happened."""
    assert codes.CODES[code].scope is codes.UNCLEAR


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("isv.BLACK_KEY_CONTROL_LIMIT", "leave the number out"),
        ("isv.BUSINESS_LIMIT_CONTROL", "this number"),
        ("isv.SMS_TEMPLATE_ILLEGAL", "the values are not the template's"),
    ],
)
def test_what_a_send_was_refused_for_is_said_right(code: str, said: str) -> None:
    """Of the number, per number, and of values as well (read 2026-11-29)."""
    assert said in codes.CODES[code].advice
    assert codes.CODES["isv.BUSINESS_LIMIT_CONTROL"].scope is Scope.ENTRY


def test_a_number_used_twice_refuses_nothing_for_sure() -> None:
    """We never use one twice, so the first copy of the call may have been done."""
    assert codes.CODES["SignatureNonceUsed"].scope is codes.UNCLEAR


@pytest.mark.parametrize("status", [200, 400])
def test_a_new_code_that_blames_the_caller_is_a_refusal(status: int) -> None:
    """The service's own table: isv. is the caller's fault, isp. the service's."""
    meaning = codes.meaning("isv.SOMETHING_NEW", status)
    assert meaning is not None
    assert meaning.scope is Scope.ENTRY


@pytest.mark.parametrize("code", ["isp.SOMETHING_NEW", "SOMETHING_NEW", "New"])
@pytest.mark.parametrize("status", [200, 400])
def test_an_unknown_code_has_no_meaning(code: str, status: int) -> None:
    """Nobody guesses what it might refuse."""
    assert codes.meaning(code, status) is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("BUSINESS_LIMIT_CONTROL", "isv.BUSINESS_LIMIT_CONTROL"),
        ("InvalidPageSize", "Invalid"),
        ("InvalidAccessKeyId.New", "InvalidAccessKey"),
    ],
)
def test_a_code_is_explained_by_its_end_or_its_family(asked: str, code: str) -> None:
    """A prefix may be left out; one nobody lists is explained as its like."""
    assert [each.code for each in find(asked, SPEC.explanations())] == [code]


def test_a_slip_leads_to_the_code_that_was_meant() -> None:
    """First of all that are near."""
    assert (
        near("BUSINES_LIMIT_CONTROL", SPEC.explanations())[0]
        == "isv.BUSINESS_LIMIT_CONTROL"
    )
