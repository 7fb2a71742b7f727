"""The official Node SDK and command line take the emulator for the service.

Neither shares a line with us: they sign, encode and read replies on their own. The
codes they are refused with are those the official SDKs and the API's documents declare
for these inputs (SDK 3.1.153, read 2026-11-21).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from submissions import SIGN, SIGNS, TEMPLATE, TEMPLATES, by_id
from witnesses import METHODS, WITNESSES, Account, Witness

from smsform.emulation.reviewer import judge
from smsform.emulation.store import Store
from smsform.model import Review

Summon = Callable[[Account], Witness]
Emulate = Callable[..., Account]

NOBODY = 9_999_999  # an id nothing has


@pytest.mark.judge
@pytest.mark.parametrize("witness", WITNESSES, indirect=True)
def test_a_signature_lives(witness: Summon, emulate: Emulate, store: Store) -> None:
    """Add, describe, modify, approve, describe, delete: each reply as documented."""
    client = witness(emulate())
    added = client.call("AddSmsSign", **SIGN)
    assert added.code == ""
    assert added.request_id
    id = added.reply["AddSignStatus"]["SignId"]
    assert isinstance(id, int)

    [entry] = by_id(client, SIGNS, id)
    assert (entry["SignName"], entry["StatusCode"]) == ("示例商城", 1)
    assert entry.keys().isdisjoint(
        {"SignType", "DocumentType", "SignPurpose", "Remark", "ProofImage"}
    )

    changed = client.call("ModifySmsSign", SignId=id, **SIGN | {"SignName": "示例小店"})
    assert changed.reply["ModifySignStatus"]["SignId"] == id
    judge(store, id, Review.APPROVED, 1_700_000_000.0, "通过")
    [entry] = by_id(client, SIGNS, id)
    assert (entry["SignName"], entry["StatusCode"], entry["ReviewReply"]) == (
        "示例小店",
        0,
        "通过",
    )

    listed = client.call("DescribeSmsSignList", International=0, Limit=10, Offset=0)
    assert [one["SignId"] for one in listed.reply[SIGNS[1]]] == [id]
    gone = client.call("DeleteSmsSign", SignId=id)
    assert gone.reply["DeleteSignStatus"]["DeleteStatus"] == "return successfully!"
    assert by_id(client, SIGNS, id) == []


@pytest.mark.judge
@pytest.mark.parametrize("witness", WITNESSES, indirect=True)
def test_a_template_lives(witness: Summon, emulate: Emulate, store: Store) -> None:
    """Add, describe, modify, reject, describe, delete: each reply as documented."""
    client = witness(emulate())
    early = client.call("AddSmsTemplate", **TEMPLATE)
    assert early.code == "FailedOperation.MissingSignature"
    client.call("AddSmsSign", **SIGN)

    added = client.call("AddSmsTemplate", **TEMPLATE)
    assert added.code == ""
    id_text = added.reply["AddTemplateStatus"]["TemplateId"]
    assert isinstance(id_text, str)
    id = int(id_text)

    [entry] = by_id(client, TEMPLATES, id)
    assert (entry["TemplateId"], entry["StatusCode"]) == (id, 1)
    assert entry["TemplateContent"] == TEMPLATE["TemplateContent"]
    assert entry.keys().isdisjoint({"SmsType", "Remark"})

    text = "您的验证码为{1}，{2}分钟内有效。"
    changed = client.call(
        "ModifySmsTemplate", TemplateId=id, **TEMPLATE | {"TemplateContent": text}
    )
    assert changed.reply["ModifyTemplateStatus"]["TemplateId"] == id
    judge(store, id, Review.REJECTED, 1_700_000_000.0, "请补充说明")
    [entry] = by_id(client, TEMPLATES, id)
    assert (entry["TemplateContent"], entry["StatusCode"], entry["ReviewReply"]) == (
        text,
        -1,
        "请补充说明",
    )

    listed = client.call("DescribeSmsTemplateList", International=0, Limit=5, Offset=0)
    assert [one["TemplateId"] for one in listed.reply[TEMPLATES[1]]] == [id]
    gone = client.call("DeleteSmsTemplate", TemplateId=id)
    assert gone.reply["DeleteTemplateStatus"]["DeleteStatus"] == "return successfully!"
    assert by_id(client, TEMPLATES, id) == []


# action, parameters (for the id "approved" that of an approved entry is put in), code
REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    (
        "AddSmsTemplate",
        TEMPLATE | {"SmsType": 0},
        "InvalidParameterValue.InvalidSmsType",
    ),
    (
        "AddSmsTemplate",
        TEMPLATE | {"International": 2},
        "InvalidParameterValue.InvalidInternational",
    ),
    (
        "AddSmsTemplate",
        TEMPLATE | {"TemplateContent": "验证码{1}{2}。"},
        "InvalidParameterValue.InvalidTemplateFormat",
    ),
    (
        "AddSmsTemplate",
        TEMPLATE | {"SmsType": 1, "TemplateContent": "新款上架"},
        "InvalidParameterValue.MarketingTemplateWithoutUnsubscribe",
    ),
    (
        "AddSmsTemplate",
        TEMPLATE | {"TemplateContent": "彩票开奖，验证码{1}。"},
        "InvalidParameterValue.TemplateWithDirtyWords",
    ),
    (
        "AddSmsTemplate",
        TEMPLATE | {"Remark": "彩票"},
        "InvalidParameter.DirtyWordFound",
    ),
    (
        "ModifySmsTemplate",
        TEMPLATE | {"TemplateId": NOBODY},
        "FailedOperation.MissingTemplateToModify",
    ),
    (
        "ModifySmsTemplate",
        TEMPLATE | {"TemplateId": "approved"},
        "FailedOperation.TemplateAlreadyPassedCheck",
    ),
    ("DeleteSmsTemplate", {"TemplateId": NOBODY}, "FailedOperation.TemplateIdNotExist"),
    (
        "DescribeSmsTemplateList",
        {"International": 0, "Limit": 101},
        "InvalidParameterValue.LimitVerifyFail",
    ),
    (
        "AddSmsSign",
        SIGN | {"SignName": "在审商城"},
        "InvalidParameterValue.SignExistAndUnapproved",
    ),
    (
        "AddSmsSign",
        SIGN | {"SignName": "一二三四五六七八九十一二三"},
        "InvalidParameterValue.SignNameLengthTooLong",
    ),
    (
        "AddSmsSign",
        SIGN | {"SignName": "新店", "DocumentType": 7},
        "InvalidParameterValue.InvalidDocumentType",
    ),
    (
        "AddSmsSign",
        SIGN | {"SignName": "新店", "SignPurpose": 2},
        "InvalidParameterValue.InvalidUsedMethod",
    ),
    (
        "AddSmsSign",
        SIGN | {"SignName": "新店", "ProofImage": "data:image/png,A"},
        "InvalidParameterValue.ImageInvalid",
    ),
    (
        "AddSmsSign",
        SIGN | {"SignName": "新店", "QualificationId": 7},
        "InvalidParameterValue.QualificationIdNotFound",
    ),
    (
        "ModifySmsSign",
        SIGN | {"SignId": "approved"},
        "InvalidParameterValue.SignAlreadyPassedCheck",
    ),
    (
        "ModifySmsSign",
        SIGN | {"SignId": NOBODY},
        "FailedOperation.MissingSignatureToModify",
    ),
    ("DeleteSmsSign", {"SignId": NOBODY}, "FailedOperation.SignIdNotExist"),
    (
        "DescribeSmsSignList",
        {"International": 0, "Limit": 101},
        "InvalidParameterValue.LimitVerifyFail",
    ),
]


@pytest.mark.judge
@pytest.mark.parametrize("witness", WITNESSES, indirect=True)
def test_mistakes_get_the_documented_codes(
    witness: Summon, emulate: Emulate, store: Store
) -> None:
    """Every row of the table is refused with its code and a request id."""
    client = witness(emulate(qualifications={4001: "approved"}))
    sign = client.call("AddSmsSign", **SIGN).reply["AddSignStatus"]
    template = client.call("AddSmsTemplate", **TEMPLATE).reply["AddTemplateStatus"]
    approved = {
        "SignId": sign["SignId"],
        "TemplateId": int(template["TemplateId"]),
    }
    client.call("AddSmsSign", **SIGN | {"SignName": "在审商城"})
    for id in approved.values():
        judge(store, id, Review.APPROVED, 1_700_000_000.0)

    told = []
    for action, params, _ in REFUSALS:
        ids = {
            name: id for name, id in approved.items() if params.get(name) == "approved"
        }
        answer = client.call(action, **params | ids)
        assert answer.request_id
        told.append((action, params, answer.code))
    assert told == REFUSALS


# a setting of the account, action, parameters, code
ACCOUNTS: list[tuple[dict[str, object], str, dict[str, Any], str]] = [
    ({"template_quota": 0}, "AddSmsTemplate", TEMPLATE,
     "FailedOperation.TemplateNumberLimit"),
    ({"sign_quota": 1}, "AddSmsSign", SIGN | {"SignName": "新店"},
     "FailedOperation.SignNumberLimit"),
    ({"variables_in": ["verification"]}, "AddSmsTemplate", TEMPLATE | {"SmsType": 2},
     "InvalidParameterValue.UnsupportedTemplateVariable"),
    ({"marketing": False}, "AddSmsTemplate",
     TEMPLATE | {"SmsType": 1, "TemplateContent": "新款上架。拒收请回复R"},
     "FailedOperation.ForbidAddMarketingTemplates"),
    ({"individual": True}, "AddSmsTemplate", TEMPLATE,
     "FailedOperation.NotEnterpriseCertification"),
    ({"sub_account": True}, "DescribeSmsTemplateList",
     {"International": 0, "Limit": 10}, "FailedOperation.ProhibitSubAccountUse"),
    ({"arrears": True}, "AddSmsTemplate", TEMPLATE,
     "UnauthorizedOperation.ServiceSuspendDueToArrears"),
    ({"empty": "missing"}, "DescribeSmsTemplateList", {"International": 1, "Limit": 10},
     "FailedOperation.MissingTemplateToModify"),
]  # fmt: skip


@pytest.mark.judge
@pytest.mark.parametrize("witness", METHODS, indirect=True)
@pytest.mark.parametrize(("setting", "action", "params", "code"), ACCOUNTS)
def test_what_the_account_may_not_do_is_refused(
    witness: Summon,
    emulate: Emulate,
    setting: dict[str, object],
    action: str,
    params: dict[str, Any],
    code: str,
) -> None:
    """Quotas, permissions and verification speak through their own codes."""
    ready = witness(emulate())
    assert ready.call("AddSmsSign", **SIGN).code == ""
    limited = witness(emulate(**setting))
    assert limited.call(action, **params).code == code


@pytest.mark.judge
@pytest.mark.parametrize("witness", WITNESSES, indirect=True)
def test_only_the_right_key_opens(witness: Summon, emulate: Emulate) -> None:
    """A wrong secret, an unknown id, a foreign region: each has its code."""
    account = emulate()
    lock = {
        "AuthFailure.SignatureFailure": account._replace(secret_key="another"),
        "AuthFailure.SecretIdNotFound": account._replace(secret_id="AKIDnobody"),
        "UnsupportedRegion": account._replace(region="eu-atlantis"),
    }
    for code, wrong in lock.items():
        answer = witness(wrong).call("DescribeSmsSignList", International=0)
        assert answer.code == code


@pytest.mark.judge
@pytest.mark.parametrize("witness", METHODS, indirect=True)
def test_fields_are_checked_by_name(witness: Summon, emulate: Emulate) -> None:
    """A required field that is missing and one that is not defined are both refused."""
    client = witness(emulate())
    without = {name: value for name, value in TEMPLATE.items() if name != "Remark"}
    assert client.call("AddSmsTemplate", **without).code == "MissingParameter"
    extra = client.call("AddSmsTemplate", **TEMPLATE, Colour="red")
    assert extra.code == "UnknownParameter"


@pytest.mark.judge
@pytest.mark.parametrize("witness", METHODS, indirect=True)
def test_too_fast_is_throttled(witness: Summon, emulate: Emulate) -> None:
    """AddSmsTemplate takes two calls a second; of ten at once most are refused."""
    client = witness(emulate(pace=True))
    client.call("AddSmsSign", **SIGN)
    codes = [client.call("AddSmsTemplate", **TEMPLATE).code for _ in range(10)]
    assert codes[0] == ""
    assert set(codes) == {"", "RequestLimitExceeded"}
