"""Every documented error code has a meaning and an advice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smsform.errors import Scope
from smsform.explanation import find, near
from smsform.providers.tencent import SPEC, codes

LISTED = json.loads((Path(__file__).parent / "data" / "codes.json").read_text("utf-8"))

# Common to every product of the API (its page of common error codes, 2026-11-21).
COMMON = [
    "AuthFailure.InvalidAuthorization",
    "AuthFailure.InvalidSecretId",
    "AuthFailure.MFAFailure",
    "AuthFailure.SecretIdNotFound",
    "AuthFailure.SignatureExpire",
    "AuthFailure.SignatureFailure",
    "AuthFailure.TokenFailure",
    "AuthFailure.UnauthorizedOperation",
    "RequestLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
    "InvalidParameterValue",
    "UnsupportedRegion",
    "InvalidAction",
    "NoSuchVersion",
    "NoSuchProduct",
    "MissingParameter",
    "UnknownParameter",
    "InvalidParameter",
    "InvalidRequest",
    "UnsupportedProtocol",
    "RequestSizeLimitExceeded",
    "ResponseSizeLimitExceeded",
    "InternalError",
    "ServiceUnavailable",
    "ActionOffline",
    "LimitExceeded",
    "ResourceNotFound",
    "UnauthorizedOperation",
    "UnsupportedOperation",
    "IpInBlacklist",
    "IpNotInWhitelist",
    "DryRunOperation",
]


@pytest.mark.parametrize("code", sorted({*LISTED["codes"], *COMMON}))
def test_a_documented_code_has_a_meaning_and_an_advice(code: str) -> None:
    """In our words: short, one line, no address of a page."""
    meaning = codes.CODES[code]
    assert 10 < len(meaning.advice) < 200
    assert "\n" not in meaning.advice
    assert "http" not in meaning.advice.replace("https", "").replace("http_method", "")


def test_no_code_is_listed_twice() -> None:
    """A second line would silently win."""
    listed = [code for _, _, members in codes._TABLE for code in members]
    assert sorted(listed) == sorted(codes.CODES)


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("FailedOperation.TemplateIdNotExist", Scope.GONE),
        ("FailedOperation.MissingTemplateToModify", Scope.GONE),
        ("FailedOperation.TemplateAlreadyPassedCheck", Scope.STATE),
        ("FailedOperation.TemplateNumberLimit", Scope.ACCOUNT),
        ("FailedOperation.ProhibitSubAccountUse", Scope.LISTING),
        ("UnauthorizedOperation.ServiceSuspendDueToArrears", Scope.ACCOUNT),
        ("InvalidParameterValue.InvalidTemplateFormat", Scope.ENTRY),
        ("RequestLimitExceeded.SomethingNew", Scope.THROTTLE),
        ("AuthFailure.SomethingNew", Scope.ACCOUNT),
        ("InvalidParameterValue.SomethingNew", Scope.ENTRY),
        ("InvalidParameter.SomethingNew", Scope.ENTRY),
        ("MissingParameter.SomethingNew", Scope.ENTRY),
        ("UnknownParameter.SomethingNew", Scope.ENTRY),
        ("UnsupportedOperation.SomethingNew", Scope.ENTRY),
        ("LimitExceeded.SomethingNew", Scope.ACCOUNT),
        ("UnauthorizedOperation.SomethingNew", Scope.ACCOUNT),
    ],
)
def test_a_code_speaks_of_what_it_speaks_of(code: str, scope: Scope) -> None:
    """The scope decides whether the rest of a run goes on."""
    meaning = codes.meaning(code)
    assert meaning is not None
    assert meaning.scope is scope


@pytest.mark.parametrize(
    "code", [c for c in codes.CODES if c.startswith("InternalError")]
)
def test_an_internal_error_refuses_nothing_for_sure(code: str) -> None:
    """After a write it leaves open whether the write happened."""
    assert codes.CODES[code].scope is codes.UNCLEAR


def test_an_unknown_code_has_no_meaning() -> None:
    """Nobody guesses from a prefix what it might refuse."""
    assert codes.meaning("FailedOperation.SomethingNew") is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("PhoneNumberDailyLimit", "LimitExceeded.PhoneNumberDailyLimit"),
        ("MK:7777", "MK:"),
        ("RequestLimitExceeded.New", "RequestLimitExceeded."),
    ],
)
def test_a_code_is_explained_by_its_end_or_its_family(asked: str, code: str) -> None:
    """A prefix may be left out; one nobody lists is explained as its like."""
    assert [each.code for each in find(asked, SPEC.explanations())] == [code]


def test_a_slip_leads_to_the_code_that_was_meant() -> None:
    """First of all that are near."""
    assert (
        near("PhoneNumberDalyLimit", SPEC.explanations())[0]
        == "LimitExceeded.PhoneNumberDailyLimit"
    )
