"""The official SDK takes the emulator for the service, however it signs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tencentcloud.common.exception import TencentCloudSDKException

from smsform.emulation.reviewer import judge
from smsform.emulation.store import Store
from smsform.model import Review
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.keys import AccessKey, add_key
from tencent.official import PROVIDER, SIGN, TEMPLATE, Emulate

SAMPLES = Path(__file__).parent / "data" / "api_samples"
METHODS = [(sign, http) for sign in wire.SIGN_METHODS for http in ("POST", "GET")]


@pytest.mark.judge
@pytest.mark.parametrize(("sign_method", "http_method"), METHODS)
def test_sdk_walks_through_the_life_of_both_kinds(
    emulate: Emulate, store: Store, sign_method: str, http_method: str
) -> None:
    """Add, describe, reject, modify, approve and delete work with each signature."""
    sdk = replace(emulate(), sign_method=sign_method, http_method=http_method)
    for kind, add, fields, page in (
        ("Sign", wire.ADD_SIGN, SIGN, wire.DESCRIBE_SIGNS),
        ("Template", wire.ADD_TEMPLATE, TEMPLATE, wire.DESCRIBE_TEMPLATES),
    ):
        added = sdk.typed(add, fields)[wire.PAYLOAD[add]][f"{kind}Id"]
        id = int(added)
        assert isinstance(added, str) is (kind == "Template")
        [item] = sdk.typed(page, {"International": 0, "Limit": 10})[wire.PAYLOAD[page]]
        assert item[f"{kind}Id"] == id
        assert item["StatusCode"] == wire.IN_REVIEW
        judge(store, id, Review.REJECTED, 0.0, "请补充说明")
        by_id = {"International": 0, f"{kind}IdSet": [id, 999]}
        [item] = sdk.typed(page, by_id)[wire.PAYLOAD[page]]
        assert (item["StatusCode"], item["ReviewReply"]) == (-1, "请补充说明")
        modified = {**fields, f"{kind}Id": id, f"{kind}Name": "示例商城二"}
        modify = f"ModifySms{kind}"
        assert sdk.typed(modify, modified)[wire.PAYLOAD[modify]] == {f"{kind}Id": id}
        [item] = sdk.typed(page, by_id)[wire.PAYLOAD[page]]
        assert (item["StatusCode"], item["ReviewReply"]) == (1, "")
        assert item[f"{kind}Name"] == "示例商城二"
        judge(store, id, Review.APPROVED, 0.0)
        with pytest.raises(TencentCloudSDKException, match="AlreadyPassedCheck"):
            sdk.typed(modify, modified)
    for kind in ("Template", "Sign"):
        delete, page = f"DeleteSms{kind}", f"DescribeSms{kind}List"
        rows = sdk.typed(page, {"International": 0, "Limit": 10})[wire.PAYLOAD[page]]
        gone = sdk.typed(delete, {f"{kind}Id": rows[0][f"{kind}Id"]})
        assert gone[wire.PAYLOAD[delete]]["DeleteStatus"] == "return successfully!"
        rows = sdk.typed(page, {"International": 0, "Limit": 10})[wire.PAYLOAD[page]]
        assert rows == []


@pytest.mark.parametrize(
    "action",
    [
        wire.ADD_TEMPLATE,
        wire.DESCRIBE_TEMPLATES,
        wire.ADD_SIGN,
        wire.DESCRIBE_SIGNS,
        wire.MODIFY_TEMPLATE,
        wire.DELETE_TEMPLATE,
    ],
)
def test_replies_have_the_documented_keys_and_types(
    emulate: Emulate, store: Store, action: str
) -> None:
    """A reply has every key of the documented example, with the same JSON types."""
    path = SAMPLES / f"{wire.VERSION}_{action}.json"
    [example] = json.loads(path.read_text(encoding="utf-8"))["examples"]
    sdk = emulate()
    sdk.call(wire.ADD_SIGN, SIGN)
    id = int(sdk.call(wire.ADD_TEMPLATE, TEMPLATE)["AddTemplateStatus"]["TemplateId"])
    params = {
        wire.ADD_TEMPLATE: TEMPLATE,
        wire.ADD_SIGN: {**SIGN, "SignName": "另一商城"},
        wire.MODIFY_TEMPLATE: {**TEMPLATE, "TemplateId": id},
        wire.DELETE_TEMPLATE: {"TemplateId": id},
    }.get(action, {"International": 0, "Limit": 10})
    assert _shape(example["response"]["Response"]) <= _shape(sdk.call(action, params))


def _shape(value: object, path: str = "") -> set[tuple[str, str]]:
    if isinstance(value, dict):
        return set().union(*(_shape(v, f"{path}.{k}") for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(_shape(v, f"{path}[]") for v in value))
    return {(path, type(value).__name__)}


def test_lists_hide_what_the_service_hides(emulate: Emulate) -> None:
    """Type, remark and sign evidence are never shown."""
    sdk = emulate()
    sdk.call(wire.ADD_SIGN, {**SIGN, "Remark": "公司全称"})
    sdk.call(wire.ADD_TEMPLATE, TEMPLATE)
    [template] = sdk.call(wire.DESCRIBE_TEMPLATES, {"International": 0, "Limit": 1})[
        "DescribeTemplateStatusSet"
    ]
    [sign] = sdk.call(wire.DESCRIBE_SIGNS, {"International": 0})[
        "DescribeSignListStatusSet"
    ]
    assert set(template) == {
        "TemplateId",
        "TemplateName",
        "TemplateContent",
        "International",
        "StatusCode",
        "ReviewReply",
        "CreateTime",
    }
    assert set(sign) == {
        "SignId",
        "SignName",
        "International",
        "StatusCode",
        "ReviewReply",
        "CreateTime",
        "QualificationId",
        "QualificationName",
        "QualificationStatusCode",
    }


def test_pages_are_whole_and_disjoint(emulate: Emulate, store: Store) -> None:
    """Pages of any size, asked for in any order, show every entry once."""
    sdk = emulate()
    sdk.call(wire.ADD_SIGN, SIGN)
    for number in range(7):
        sdk.call(wire.ADD_TEMPLATE, {**TEMPLATE, "TemplateName": str(number)})

    def page(offset: int) -> list[str]:
        params = {"International": 0, "Limit": 3, "Offset": offset}
        rows = sdk.call(wire.DESCRIBE_TEMPLATES, params)["DescribeTemplateStatusSet"]
        return [row["TemplateName"] for row in rows]

    assert [page(6), page(0), page(3), page(9)] == [
        ["0"],
        ["6", "5", "4"],
        ["3", "2", "1"],
        [],
    ]
    store.remove(max(entry.id for entry in store.everything()))
    assert page(3) == ["2", "1", "0"]


def test_templates_limit_defaults_to_nothing(emulate: Emulate) -> None:
    """Without Limit the template list is empty, the sign list has ten rows."""
    sdk = emulate()
    sdk.call(wire.ADD_SIGN, SIGN)
    sdk.call(wire.ADD_TEMPLATE, TEMPLATE)
    templates = sdk.call(wire.DESCRIBE_TEMPLATES, {"International": 0})
    signs = sdk.call(wire.DESCRIBE_SIGNS, {"International": 0})
    assert templates["DescribeTemplateStatusSet"] == []
    assert len(signs["DescribeSignListStatusSet"]) == 1


def test_regions_and_accounts_are_apart(emulate: Emulate, store: Store) -> None:
    """What one region or account holds, another does not see."""
    sdk = emulate()
    sdk.call(wire.ADD_SIGN, SIGN)
    add_key(store, PROVIDER, AccessKey("AKIDother", "secret", account="2"))
    other = replace(sdk, secret_id="AKIDother", secret_key="secret")
    for elsewhere in (replace(sdk, region="ap-beijing"), other):
        signs = elsewhere.call(wire.DESCRIBE_SIGNS, {"International": 0})
        assert signs["DescribeSignListStatusSet"] == []


def test_an_entry_of_both_markets_is_in_both_lists(
    emulate: Emulate, store: Store
) -> None:
    """International 3 is shown as such by either list."""
    sdk = emulate()
    sdk.call(wire.ADD_SIGN, SIGN)
    added = sdk.call(wire.ADD_TEMPLATE, TEMPLATE)["AddTemplateStatus"]
    store.change(int(added["TemplateId"]), international=None)
    for market in (wire.DOMESTIC, wire.INTERNATIONAL):
        params = {"International": market, "Limit": 10}
        [row] = sdk.call(wire.DESCRIBE_TEMPLATES, params)["DescribeTemplateStatusSet"]
        assert row["International"] == wire.BOTH


def test_temporary_keys_need_their_token(emulate: Emulate, store: Store) -> None:
    """A key with a token works with that token, under every signing method."""
    add_key(store, PROVIDER, AccessKey("AKIDtemporary", "secret", token="t0ken"))
    sdk = replace(emulate(), secret_id="AKIDtemporary", secret_key="secret")
    for sign_method in wire.SIGN_METHODS:
        asked = replace(sdk, sign_method=sign_method)
        assert asked.refused(wire.DESCRIBE_SIGNS, {"International": 0}) == (
            "AuthFailure.TokenFailure"
        )
        asked = replace(asked, token="t0ken")
        assert asked.refused(wire.DESCRIBE_SIGNS, {"International": 0}) == ""


def test_unsigned_payload_is_accepted(emulate: Emulate) -> None:
    """X-TC-Content-SHA256: UNSIGNED-PAYLOAD leaves the body out of the signature."""
    sdk = replace(emulate(), unsigned=True)
    assert sdk.refused(wire.DESCRIBE_SIGNS, {"International": 0}) == ""


def test_the_language_header_chooses_the_gateways_words(emulate: Emulate) -> None:
    """The default of the SDK is Chinese; English must be asked for."""
    sdk = emulate()
    for language, word in (
        ("zh-CN", "签名验证失败"),
        ("en-US", "could not be validated"),
    ):
        for sign_method in wire.SIGN_METHODS:
            wrong = replace(
                sdk, secret_key="wrong", language=language, sign_method=sign_method
            )
            with pytest.raises(TencentCloudSDKException, match=word):
                wrong.call(wire.DESCRIBE_SIGNS, {"International": 0})
