"""The official SDKs take the emulator for the service, however they sign."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sdks import (
    NEW_METHODS,
    NOTICE,
    OLD_SIGN,
    OLD_TEMPLATE,
    PROVIDER,
    SIGN,
    TEMPLATE,
    Direct,
    Emulate,
    OldSdk,
    approve,
    build,
    names,
)

from smsform.emulation.clock import VirtualClock
from smsform.emulation.reviewer import judge
from smsform.emulation.store import Store
from smsform.model import Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.keys import AccessKey, add_key

SAMPLES = Path(__file__).parent / "data" / "api_samples"


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
def test_sdk_walks_through_the_life_of_a_signature(
    emulate: Emulate, store: Store, algorithm: str | None
) -> None:
    """Create, get, list, reject, update, approve, update again and delete."""
    sdk, name = replace(emulate(), algorithm=algorithm), {"SignName": SIGN["SignName"]}
    made = sdk.typed(wire.CREATE_SIGN, SIGN)
    assert (made["Code"], made["SignName"]) == ("OK", SIGN["SignName"])
    assert re.fullmatch(r"\d{11}", made["OrderId"])
    assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", made["RequestId"])
    got = sdk.typed(wire.GET_SIGN, name)
    assert (got["SignStatus"], got["SignTag"], got["AuditInfo"]) == (0, "2", {})
    assert (got["Remark"], got["FileUrlList"]) == (SIGN["Remark"], SIGN["MoreData"])
    approve(store, note="资质不符")
    [row] = sdk.typed(wire.LIST_SIGNS, {"PageSize": 50})["SmsSignList"]
    assert row["AuditStatus"] == "AUDIT_STATE_NOT_PASS"
    assert row["Reason"]["RejectInfo"] == "资质不符"
    assert sdk.typed(wire.UPDATE_SIGN, SIGN)["OrderId"] > made["OrderId"]
    approve(store)
    got = sdk.typed(wire.GET_SIGN, name)
    assert (got["SignStatus"], got["OrderId"] > made["OrderId"]) == (1, True)
    assert sdk.typed(wire.UPDATE_SIGN, {**SIGN, "Remark": "新说明"})["Code"] == "OK"
    got = sdk.typed(wire.GET_SIGN, name)
    assert (got["SignStatus"], got["Remark"]) == (0, SIGN["Remark"])  # not yet seen
    approve(store)
    assert sdk.typed(wire.GET_SIGN, name)["Remark"] == "新说明"
    assert sdk.typed(wire.DELETE_SIGN, name)["SignName"] == SIGN["SignName"]
    assert sdk.typed(wire.LIST_SIGNS, {})["SmsSignList"] == []


@pytest.mark.judge
def test_sdk_reads_papers(emulate: Emulate, store: Store) -> None:
    """Letters, trademarks, app records and a qualification, of those asked for."""
    sdk = emulate(
        letters={1: "示例商城", 2: "示例新店"},
        qualifications={4001: "third_party", 4002: "refused"},
        terms={"letters": {2: "2020-02-03"}, "trademarks": {5: "2031-01-01"}},
    )
    both = sdk.typed(wire.QUERY_LETTERS, {})["Data"]
    assert [each["AuthorizationLetterId"] for each in both] == [1, 2]
    assert [each["Status"] for each in both] == ["VALID", "INVALID"]
    assert both[1]["AuthorizationLetterExpDate"] == "2020-01-01~2020-02-03"
    [one] = sdk.typed(wire.QUERY_LETTERS, {"AuthorizationLetterIdList": [2, 3]})["Data"]
    assert one["SignScope"] == "示例新店"
    for named in ({"SignName": "示例商城"}, {"Status": "VALID"}):
        assert sdk.typed(wire.QUERY_LETTERS, named)["Data"] == both[:1]
    [mark] = sdk.typed(wire.QUERY_TRADEMARKS, {"TrademarkIdList": [5]})["Data"]
    assert mark["TrademarkEffExpDate"] == "2020-01-01~2031-01-01"
    [app] = sdk.typed(wire.QUERY_APP_RECORDS, {"AppIcpRecordIdList": [9]})["Data"]
    assert app["AppIcpRecordId"] == 9
    for id, state in ((4001, "PASSED"), (4002, "FAILED")):
        found = sdk.typed(wire.QUERY_QUALIFICATION, {"QualificationGroupId": id})
        assert found["Data"]["State"] == state
    gone = sdk.typed(wire.QUERY_QUALIFICATION, {"QualificationGroupId": 7})
    assert "Data" not in gone


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
def test_sdk_walks_through_the_life_of_a_template(
    emulate: Emulate, store: Store, algorithm: str | None
) -> None:
    """Create, get, list, reject, update, approve and delete; approved is immutable."""
    sdk = replace(emulate(), algorithm=algorithm)
    sdk.typed(wire.CREATE_SIGN, SIGN)
    approve(store)
    made = sdk.typed(wire.CREATE_TEMPLATE, TEMPLATE)
    code = made["TemplateCode"]
    assert re.fullmatch(r"SMS_\d{9}", code)
    got = sdk.typed(wire.GET_TEMPLATE, {"TemplateCode": code})
    assert (got["TemplateStatus"], got["TemplateType"]) == ("0", "0")  # texts
    assert got["VariableAttribute"] == TEMPLATE["TemplateRule"] + "\n"
    assert got["TemplateTag"] == wire.BY_USER
    again = {**TEMPLATE, "TemplateCode": code, "TemplateName": "登录验证码二"}
    assert sdk.typed(wire.UPDATE_TEMPLATE, again)["Code"] == (
        "isv.ERROR_TEMPLATE_NOT_MODIFY"
    )
    assert sdk.typed(wire.DELETE_TEMPLATE, {"TemplateCode": code})["Code"] == (
        "isv.ERROR_TEMPLATE_NOT_DELETE"
    )
    id = int(code.removeprefix("SMS_"))
    judge(store, id, Review.REJECTED, 1_700_000_000.0, "请补充说明")
    [row] = sdk.typed(wire.LIST_TEMPLATES, {"PageIndex": 1})["SmsTemplateList"]
    assert (row["OuterTemplateType"], row["TemplateType"]) == (0, 2)
    assert row["AuditStatus"] == "AUDIT_STATE_NOT_PASS"
    assert row["Reason"] == {
        "RejectInfo": "请补充说明",
        "RejectSubInfo": "请补充说明",
        "RejectDate": "2023-11-15 06:13:20",  # 1_700_000_000 in Beijing
    }
    updated = sdk.typed(wire.UPDATE_TEMPLATE, again)
    assert (updated["TemplateCode"], updated["TemplateName"]) == (code, "登录验证码二")
    assert updated["OrderId"] > made["OrderId"]
    judge(store, id, Review.APPROVED, 1_700_000_000.0)
    assert sdk.typed(wire.UPDATE_TEMPLATE, again)["Code"] == (
        "isv.ERROR_TEMPLATE_NOT_MODIFY"
    )
    got = sdk.typed(wire.GET_TEMPLATE, {"TemplateCode": code})
    assert (got["TemplateStatus"], got["TemplateName"]) == ("1", "登录验证码二")
    assert got["AuditInfo"] == {"AuditDate": "2023-11-15 06:13:20\n"}
    gone = sdk.typed(wire.DELETE_TEMPLATE, {"TemplateCode": code})
    assert (gone["Code"], gone["TemplateCode"]) == ("OK", code)
    assert sdk.typed(wire.LIST_TEMPLATES, {})["SmsTemplateList"] == []


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
def test_the_asynchronous_half_is_answered(
    emulate: Emulate, store: Store, algorithm: str | None
) -> None:
    """Its HTTP library adds a content type to an empty body after it was signed."""
    sdk = replace(emulate(), algorithm=algorithm)
    assert sdk.typed_async(wire.CREATE_SIGN, SIGN)["Code"] == wire.OK
    approve(store)
    code = sdk.typed_async(wire.CREATE_TEMPLATE, TEMPLATE)["TemplateCode"]
    [row] = sdk.typed_async(wire.LIST_TEMPLATES, {"PageSize": 50})["SmsTemplateList"]
    assert row["TemplateCode"] == code


@pytest.mark.parametrize(
    ("review", "told"),
    [
        (Review.IN_REVIEW, "审核中的模板不支持修改"),
        (Review.APPROVED, "已通过的模板不支持修改"),
        (Review.CANCELLED, "已撤回的模板不支持修改"),
    ],
)
@pytest.mark.parametrize("action", [wire.UPDATE_TEMPLATE, wire.OLD_MODIFY_TEMPLATE])
def test_a_refused_update_names_the_state_it_was_refused_for(
    store: Store, clock: VirtualClock, review: Review, told: str, action: str
) -> None:
    """What is still in review was not approved."""
    direct = Direct(build(store, clock, old_actions=True))
    direct.call(wire.CREATE_SIGN, SIGN)
    approve(store)
    made = direct.call(wire.CREATE_TEMPLATE, TEMPLATE)
    judge(store, int(made["TemplateCode"].removeprefix("SMS_")), review, clock.now())
    params = TEMPLATE if action == wire.UPDATE_TEMPLATE else OLD_TEMPLATE
    refused = direct.call(action, {**params, "TemplateCode": made["TemplateCode"]})
    assert (refused["Code"], refused["Message"]) == (
        "isv.ERROR_TEMPLATE_NOT_MODIFY",
        told,
    )


def test_a_refused_update_of_a_signature_names_its_state(
    store: Store, clock: VirtualClock
) -> None:
    """Withdrawn is not in review."""
    direct = Direct(build(store, clock))
    direct.call(wire.CREATE_SIGN, SIGN)
    assert direct.call(wire.UPDATE_SIGN, SIGN)["Message"] == "审核中的签名不支持修改"
    [entry] = store.everything()
    judge(store, entry.id, Review.CANCELLED, clock.now())
    assert direct.call(wire.UPDATE_SIGN, SIGN)["Message"] == "已撤回的签名不支持修改"


@pytest.mark.judge
def test_the_old_sdk_walks_through_new_and_retired_actions(
    emulate: Emulate, store: Store
) -> None:
    """CommonRequest reaches the new actions; with the switch its own ones work too."""
    old = OldSdk(emulate().port)
    assert old.call(wire.CREATE_SIGN, SIGN)["Code"] == "OK"
    approve(store)
    code = old.call(wire.CREATE_TEMPLATE, TEMPLATE)["TemplateCode"]
    got = old.call(wire.GET_TEMPLATE, {"TemplateCode": code})
    assert got["TemplateContent"] == TEMPLATE["TemplateContent"]
    assert len(old.call(wire.LIST_TEMPLATES, {})["SmsTemplateList"]) == 1
    retired = OldSdk(emulate(old_actions=True).port)
    made = retired.call(wire.OLD_ADD_TEMPLATE, OLD_TEMPLATE)["TemplateCode"]
    asked = retired.call(wire.OLD_QUERY_TEMPLATE, {"TemplateCode": made})
    assert (asked["TemplateStatus"], asked["TemplateType"]) == (0, 0)  # numbers here
    assert asked["Reason"] == "无审批备注"
    sign = {**OLD_SIGN, "SignName": "示例小店"}
    assert retired.call(wire.OLD_ADD_SIGN, sign)["SignName"] == "示例小店"
    approve(store, note="请补充说明")
    changed = {**OLD_TEMPLATE, "TemplateCode": made, "Remark": "换机登录时发送"}
    assert retired.call(wire.OLD_MODIFY_TEMPLATE, changed)["TemplateCode"] == made
    assert retired.call(wire.OLD_MODIFY_SIGN, sign)["Code"] == "OK"
    asked = retired.call(wire.OLD_QUERY_SIGN, {"SignName": "示例小店"})
    assert (asked["SignStatus"], asked["CreateDate"][0]) == (0, " ")
    approve(store)
    for each in (code, made):
        gone = retired.call(wire.DELETE_TEMPLATE, {"TemplateCode": each})
        assert gone["TemplateCode"] == each
    assert retired.call(wire.DELETE_SIGN, {"SignName": "示例小店"})["Code"] == "OK"


@pytest.mark.judge
@pytest.mark.parametrize("action", sorted(wire.RETIRED - {wire.OLD_QUERY_SIGN}))
def test_retired_actions_are_offline(emulate: Emulate, action: str) -> None:
    """Without the switch the old SDK's own actions are refused, HTTP 200."""
    sample: dict[str, Any] = {
        wire.OLD_QUERY_TEMPLATE: {"TemplateCode": "SMS_1"},
        wire.OLD_ADD_SIGN: OLD_SIGN,
        wire.OLD_MODIFY_SIGN: OLD_SIGN,
    }.get(action, OLD_TEMPLATE)
    told = OldSdk(emulate().port).refusal(action, sample)
    assert (told.code, told.status) == ("isv.INTERFACE_OFFLINE", 200)


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
@pytest.mark.parametrize("http_method", ["GET", "POST"])
def test_parameters_come_in_the_query_or_in_a_form(
    emulate: Emulate, algorithm: str | None, http_method: str
) -> None:
    """Both signatures cover either place; an array also comes as MoreData.1."""
    base = replace(emulate(), algorithm=algorithm, http_method=http_method)
    for number, as_form in enumerate((False, True)[: 1 + (http_method == "POST")]):
        sdk = replace(base, as_form=as_form)
        name = f"示例商城{number}"
        listed = {**SIGN, "SignName": name, "MoreData.1": "a", "MoreData.2": "b c"}
        del listed["MoreData"]
        assert sdk.call(wire.CREATE_SIGN, listed)["Code"] == "OK"
        got = sdk.call(wire.GET_SIGN, {"SignName": name})
        assert got["FileUrlList"] == ["a", "b c"]


@pytest.mark.parametrize(
    "action", [wire.CREATE_TEMPLATE, wire.UPDATE_TEMPLATE, wire.GET_TEMPLATE,
               wire.DELETE_TEMPLATE, wire.LIST_TEMPLATES, wire.CREATE_SIGN,
               wire.UPDATE_SIGN, wire.GET_SIGN, wire.DELETE_SIGN, wire.LIST_SIGNS,
               wire.OLD_ADD_TEMPLATE, wire.OLD_MODIFY_TEMPLATE,
               wire.OLD_QUERY_TEMPLATE, wire.OLD_QUERY_SIGN],
)  # fmt: skip
def test_replies_have_the_documented_keys_and_types(
    store: Store, clock: VirtualClock, action: str
) -> None:
    """A reply has every key of the documented example, with the same JSON types."""
    path = SAMPLES / f"{wire.VERSION}_{action}.json"
    responses = json.loads(path.read_text(encoding="utf-8"))["responses"]
    [example] = [each["response"] for each in responses if each["type"] == "json"]
    caller = Direct(build(store, clock, old_actions=True))
    caller.call(wire.CREATE_SIGN, SIGN)
    approve(store)
    abroad = {**TEMPLATE, "TemplateType": 3, "IntlType": 0, "MoreData": ["a.png"]}
    code = caller.call(wire.CREATE_TEMPLATE, abroad)["TemplateCode"]
    approve(store, note="变量不符合规范")
    params: dict[str, Any] = {
        wire.CREATE_TEMPLATE: {**abroad, "RelatedSignName": ""},
        wire.UPDATE_TEMPLATE: {**abroad, "RelatedSignName": "", "TemplateCode": code},
        wire.CREATE_SIGN: {**SIGN, "SignName": "另一商城"},
        wire.UPDATE_SIGN: SIGN,
        wire.OLD_ADD_TEMPLATE: OLD_TEMPLATE,
        wire.OLD_MODIFY_TEMPLATE: {**OLD_TEMPLATE, "TemplateCode": code},
        wire.LIST_TEMPLATES: {},
        wire.LIST_SIGNS: {},
        wire.GET_SIGN: {"SignName": SIGN["SignName"]},
        wire.DELETE_SIGN: {"SignName": SIGN["SignName"]},
        wire.OLD_QUERY_SIGN: {"SignName": SIGN["SignName"]},
    }.get(action, {"TemplateCode": code})
    reply = caller.call(action, params)
    assert reply["Code"] == "OK", reply
    assert _shape(example) <= _shape(reply)


def _shape(value: object, path: str = "") -> set[tuple[str, str]]:
    if isinstance(value, dict):
        return set().union(*(_shape(v, f"{path}.{k}") for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(_shape(v, f"{path}[]") for v in value))
    return {(path, type(value).__name__)}


def test_lists_hide_what_the_service_hides(store: Store, clock: VirtualClock) -> None:
    """The template list has no rule, remark, scene or material; Get has them."""
    caller = Direct(build(store, clock))
    caller.call(wire.CREATE_SIGN, SIGN)
    approve(store)
    caller.call(wire.CREATE_TEMPLATE, {**TEMPLATE, "MoreData": ["a.png"]})
    [row] = caller.call(wire.LIST_TEMPLATES, {})["SmsTemplateList"]
    assert set(row) == {
        "TemplateCode",
        "TemplateName",
        "OuterTemplateType",
        "TemplateType",
        "AuditStatus",
        "TemplateContent",
        "CreateDate",
        "OrderId",
        "SignatureName",
        "Reason",
    }
    got = caller.call(wire.GET_TEMPLATE, {"TemplateCode": row["TemplateCode"]})
    assert {"VariableAttribute", "Remark", "ApplyScene", "MoreDataFileUrlList"} <= {
        *got
    }
    [sign] = caller.call(wire.LIST_SIGNS, {})["SmsSignList"]
    assert set(sign).isdisjoint({"Remark", "QualificationId", "SignSource", "SignType"})
    assert sign["BusinessType"] == "通用类型"
    assert "authorizationLetterAuditPass" in sign
    shown = caller.call(wire.GET_SIGN, {"SignName": SIGN["SignName"]})
    assert "AuthorizationLetterAuditPass" in shown


def test_a_cancelled_template_is_misspelt_and_a_signature_is_not(
    store: Store, clock: VirtualClock
) -> None:
    """AUDIT_SATE_CANCEL in one list, AUDIT_STATE_CANCEL in the other, 10 in both."""
    caller = Direct(build(store, clock))
    caller.call(wire.CREATE_SIGN, SIGN)
    approve(store)
    code = caller.call(wire.CREATE_TEMPLATE, TEMPLATE)["TemplateCode"]
    for entry in store.everything():
        judge(store, entry.id, Review.CANCELLED, 0.0)
    [row] = caller.call(wire.LIST_TEMPLATES, {})["SmsTemplateList"]
    [sign] = caller.call(wire.LIST_SIGNS, {})["SmsSignList"]
    told = (row["AuditStatus"], sign["AuditStatus"])
    assert told == ("AUDIT_SATE_CANCEL", "AUDIT_STATE_CANCEL")
    got = caller.call(wire.GET_TEMPLATE, {"TemplateCode": code})
    assert got["TemplateStatus"] == "10"
    gone = caller.call(wire.DELETE_TEMPLATE, {"TemplateCode": code})
    assert gone["Code"] == "OK"


@pytest.mark.judge
def test_pages_are_whole_and_disjoint(emulate: Emulate, store: Store) -> None:
    """Pages in any order show every entry once; past the end there is an empty one."""
    sdk = emulate()
    sdk.call(wire.CREATE_SIGN, SIGN)
    approve(store)
    for number in range(7):
        sdk.call(wire.CREATE_TEMPLATE, {**NOTICE, "TemplateName": str(number)})

    def page(index: int) -> list[str]:
        params = {"PageIndex": index, "PageSize": 3}
        body = sdk.typed(wire.LIST_TEMPLATES, params)
        assert (body["TotalCount"], body["CurrentPage"]) == (7, index)
        return names(body["SmsTemplateList"])

    assert [page(3), page(1), page(2), page(4)] == [
        ["0"],
        ["6", "5", "4"],
        ["3", "2", "1"],
        [],
    ]


def test_regions_and_accounts_are_apart(store: Store, clock: VirtualClock) -> None:
    """Beijing's host leads to the central shelf, Singapore's to its own."""
    app = build(store, clock)
    Direct(app).call(wire.CREATE_SIGN, SIGN)
    add_key(store, PROVIDER, AccessKey("LTAIother", "secret", account="2"))

    def count(host: str) -> int:
        body = Direct(app, host).call(wire.LIST_SIGNS, {})
        return int(body["TotalCount"])

    assert count(wire.REGION_HOSTS["cn-beijing"]) == 1
    assert count(wire.REGION_HOSTS["ap-southeast-1"]) == 0
    assert count("127.0.0.1:7301") == 1


@pytest.mark.judge
@pytest.mark.parametrize("algorithm", NEW_METHODS)
def test_temporary_keys_need_their_token(
    emulate: Emulate, store: Store, algorithm: str | None
) -> None:
    """A key with a token works with that token and no other, however it signs."""
    add_key(store, PROVIDER, AccessKey("STS.kept", "secret", token="t0ken"))
    sdk = replace(emulate(), key="STS.kept", secret="secret", algorithm=algorithm)
    assert sdk.refused(wire.LIST_SIGNS, {}) == "MissingSecurityToken"
    wrong = replace(sdk, token="other").refused(wire.LIST_SIGNS, {})
    assert wrong == "InvalidSecurityToken.MismatchWithAccessKey"
    assert replace(sdk, token="t0ken").refused(wire.LIST_SIGNS, {}) == ""


def test_xml_is_the_default_of_the_older_signature(
    store: Store, clock: VirtualClock
) -> None:
    """Without Format the answer is XML, for successes and for both kinds of refusal."""
    caller = Direct(build(store, clock))
    caller.call(wire.CREATE_SIGN, {**SIGN, "Remark": "<&>\x00"})
    reply = caller.send(wire.LIST_SIGNS, {}, Format="")
    assert reply.headers["Content-Type"] == "text/xml;charset=utf-8"
    root = ElementTree.fromstring(reply.content)
    assert root.tag == "QuerySmsSignListResponse"
    assert root.findtext("SmsSignList/SignName") == SIGN["SignName"]
    sign = caller.send(wire.GET_SIGN, {"SignName": SIGN["SignName"]}, Format="XML")
    assert ElementTree.fromstring(sign.content).findtext("Remark") == "<&>\ufffd"
    gated = caller.send(wire.GET_SIGN, {"SignName": "没有"}, Format="XML")
    error = ElementTree.fromstring(gated.content)
    assert (gated.status_code, error.tag) == (404, "Error")
    assert error.findtext("Code") == "SignatureNotFound"
    backend = caller.send(wire.OLD_ADD_SIGN, {}, Format="XML")
    root = ElementTree.fromstring(backend.content)
    assert (backend.status_code, root.tag) == (200, "AddSmsSignResponse")
    assert root.findtext("Code") == wire.OFFLINE


def test_headers_and_bodies_are_the_services(store: Store, clock: VirtualClock) -> None:
    """Both layers tell the request id; only the gateway has HostId and Recommend."""
    caller = Direct(build(store, clock))
    gated = caller.send(wire.GET_SIGN, {"SignName": "没有"})
    body = gated.json()
    assert set(body) == {"RequestId", "Message", "Recommend", "HostId", "Code"}
    assert body["HostId"] == wire.HOST
    assert f"q={body['Code']}&product=Dysmsapi" in body["Recommend"]
    backend = caller.send(wire.DELETE_SIGN, {"SignName": "没有"})
    assert backend.status_code == 200
    assert set(backend.json()) == {"RequestId", "Message", "Code"}
    for reply in (gated, backend):
        assert reply.headers["Content-Type"] == "application/json;charset=utf-8"
        assert reply.headers["X-Acs-Request-Id"] == reply.json()["RequestId"]
        assert reply.headers["X-Acs-Trace-Id"]
