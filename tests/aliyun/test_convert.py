"""Definitions to Alibaba Cloud's fields, and its replies to entries.

Replies have the shapes of the published examples (OpenAPI metadata of Dysmsapi
2017-05-25, 2025-12), trailing line breaks included; requests are put into the official
SDK's own models, which know every field's name and type.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import projects
from smsform import definitions
from smsform.config import load
from smsform.model import (
    PARAMETER_KINDS,
    Address,
    Desired,
    Evidence,
    Kind,
    Placeholder,
    Review,
    TemplateType,
)
from smsform.plan.equality import unowned_equal
from smsform.provider import Context
from smsform.providers.aliyun import (
    SPEC,
    convert,
    drafts,
    existing,
    traffic,
    variables,
    wire,
)

CONFIG = "smsform: 1\nproviders: {cloud: {type: aliyun, endpoint: emulator}}\n"
SIGN = "signatures: {shop: {name: 示例商城}, abroad: {name: Shop, international: true}}"
DETAIL = {
    "RequestId": "819BE656-D2E0-4858-8B21-B2E477080001",
    "Code": "OK",
    "Message": "OK",
    "TemplateName": "验证码",
    "TemplateCode": "SMS_203750001",
    "TemplateContent": "您正在申请手机注册，验证码为：${code}，5分钟内有效！",
    "TemplateType": "0",
    "TemplateStatus": "2",
    "RelatedSignName": "示例商城",
    "TemplateTag": 2,
    "OrderId": "20030190001",
    "VariableAttribute": '{ "code": "numberCaptcha" }\n',
    "Remark": "申请验证码模板",
    "CreateDate": "2024-06-03 10:02:34",
    "AuditInfo": {
        "RejectInfo": "模板内容中包含错别字。",
        "AuditDate": "2024-06-03 11:20:34\n",
    },
    "FileUrlList": {"FileUrl": ["//signed"]},
    "MoreDataFileUrlList": {"MoreDataFileUrl": ["//signed"]},
    "IntlType": 0,
    "ApplyScene": "http://www.example.com/\n",
}
ROW = {
    "TemplateCode": "SMS_203750001",
    "TemplateName": "验证码",
    "OuterTemplateType": 0,
    "TemplateType": 2,
    "AuditStatus": "AUDIT_STATE_NOT_PASS",
    "TemplateContent": "您正在申请手机注册，验证码为：${code}，5分钟内有效！",
    "CreateDate": "2024-06-03 10:02:34",
    "OrderId": "20030190001",
    "SignatureName": "示例商城",
    "Reason": {
        "RejectDate": "2024-06-03 11:20:34",
        "RejectInfo": "变量不符合规范",
        "RejectSubInfo": "变量属性选择错误。\n请根据业务使用场景选择合适的变量属性。",
    },
}
SIGN_DETAIL = {
    "Code": "OK",
    "SignName": "示例商城",
    "SignStatus": 2,
    "SignTag": "2",
    "CreateDate": "2024-06-03 10:02:34",
    "QualificationId": 2004393,
    "Remark": "登录场景验证码",
    "ThirdParty": False,
    "ApplyScene": "http://e.com/\n",
    "AuditInfo": {"RejectInfo": "不能判断。", "AuditDate": "2024-06-03 12:02:34\n"},
    "FileUrlList": ["1/qwe.png\n"],
    "SignUsage": "电商平台店铺名。",
    "AppIcpRecordId": 0,
    "TrademarkId": 0,
    "AuthorizationLetterId": 0,
}


def desired_of(folder: Path, body: str, kind: Kind = Kind.TEMPLATE) -> Desired:
    """What the definition called ``a`` with the keys *body* wants."""
    projects.write(
        folder,
        {
            "smsform.yaml": CONFIG,
            "s.yaml": SIGN,
            "d.yaml": f"{kind}s: {{a: {{{body}}}}}",
        },
    )
    cards = {"aliyun": SPEC}
    config = load(folder, {}, cards)
    found = definitions.load(config, cards)
    assert [p for p in found.problems if p.level == "error"] == []
    group: Any = found.signatures if kind is Kind.SIGNATURE else found.templates
    names = {key: each.name for key, each in found.signatures.items()}
    context = Context(
        config.providers["cloud"],
        Evidence.unread,
        names,
    )
    return convert.desired(Address("cloud", kind, "a"), group["a"], context)


CODE = (
    'type: verification, signature: shop, content: "验证码{{ code }}，5分钟内有效。", '
    'params: {code: {sample: "183029", kind: code}}, remark: 登录'
)


def test_a_template_is_submitted_in_the_services_terms(tmp_path: Path) -> None:
    """Every field is one the official SDK has, of the type the SDK gives it."""
    models = pytest.importorskip("alibabacloud_dysmsapi20170525.models")
    fields = convert.template_fields(desired_of(tmp_path, CODE), "登录验证码", {})
    assert fields == {
        "TemplateName": "登录验证码",
        "TemplateType": 0,
        "Remark": "登录",
        "TemplateContent": "验证码${code}，5分钟内有效。",
        "RelatedSignName": "示例商城",
        "TemplateRule": '{"code":"numberCaptcha"}',
    }
    request = models.CreateSmsTemplateRequest().from_map(fields)
    assert request.to_map() == fields
    assert set(fields) <= set(wire.TEMPLATE_FIELDS)


def test_an_international_template_has_a_type_of_its_own(tmp_path: Path) -> None:
    """TemplateType is 3, IntlType counts as of SDK 4.6.0; at home there is none.

    It names no signature, so none has to be approved before it goes.
    """
    body = CODE.replace("shop", "abroad") + ", international: true"
    desired = desired_of(tmp_path, body)
    fields = convert.template_fields(desired, "x", {})
    assert (fields["TemplateType"], fields["IntlType"]) == (3, 2)
    assert "RelatedSignName" not in fields
    assert "IntlType" not in convert.template_fields(
        desired_of(tmp_path, CODE), "x", {}
    )


def test_a_signature_is_submitted_in_the_services_terms(tmp_path: Path) -> None:
    """Words and numbers say the same; what is not said is not sent."""
    models = pytest.importorskip("alibabacloud_dysmsapi20170525.models")
    bodies = [
        "name: 示例商城一, aliyun: {sign_source: 0, qualification_id: 2004393}",
        "name: 示例商城一, aliyun: {sign_source: company, qualification_id: 2004393}",
    ]
    numbers, words = [
        convert.sign_fields(
            desired_of(tmp_path, body, Kind.SIGNATURE), "示例商城一", {}
        )
        for body in bodies
    ]
    assert (
        numbers
        == words
        == {
            "SignName": "示例商城一",
            "SignSource": 0,
            "QualificationId": 2004393,
            "SignType": 1,
            "ThirdParty": False,
        }
    )
    request = models.CreateSmsSignRequest().from_map(numbers)
    assert request.to_map() == numbers
    assert desired_of(tmp_path, "name: 示例", Kind.SIGNATURE).lookup_only


def test_declarations_are_spelled_as_the_service_reads_them(tmp_path: Path) -> None:
    """Our keys become theirs, and a number's type is what it looks like."""
    body = (
        'type: notification, signature: shop, content: "请致电4001234567。", '
        "aliyun: {more_data_keys: [a/b.png], traffic_driving: [{content: 4001234567, "
        "company: 示例商城有限公司, organization_code: 91310000MA1FL00000}]}"
    )
    fields = convert.template_fields(desired_of(tmp_path, body), "x", {})
    assert json.loads(str(fields["TrafficDriving"])) == [
        {
            "trafficDrivingType": "400_PHONE",
            "trafficDrivingContent": "4001234567",
            "companyName": "示例商城有限公司",
            "organizationCode": "91310000MA1FL00000",
        }
    ]
    assert json.loads(str(fields["MoreData"])) == ["a/b.png"]


@pytest.mark.parametrize(
    ("content", "type"),
    [
        ("https://example.com/a", "DOMAIN"),
        ("example.com", "DOMAIN"),
        ("400-123-4567", "400_PHONE"),
        ("8001234567", "800_PHONE"),
        ("95588", "95_PHONE"),
        ("96110", "96_PHONE"),
        ("12306", "1_PHONE"),
        ("0571-82123000", "FIXED_PHONE"),
        ("62123000", "OTHER_PHONE"),
    ],
)
def test_what_a_declaration_is_about(content: str, type: str) -> None:
    """Each type the service knows is told by how the link or number begins."""
    assert traffic.kind_of(content) == type
    assert type in wire.TRAFFIC


def test_a_rule_may_be_stated_for_one_parameter(tmp_path: Path) -> None:
    """``template_rule`` wins over the kind, under the name of the parameter."""
    body = (
        'type: notification, signature: shop, content: "凭{{ code }}于{{ time }}取。",'
        'params: {code: {sample: "1007"}, time: {sample: "9:30", kind: time}}, '
        "aliyun: {template_rule: {code: pick_up_code}}"
    )
    rule = json.loads(str(desired_of(tmp_path, body).delivered["TemplateRule"]))
    assert rule == {"code": "pick_up_code", "time": "time"}


@pytest.mark.parametrize("type", TemplateType)
@pytest.mark.parametrize("kind", PARAMETER_KINDS)
def test_every_kind_has_an_attribute_in_every_type(
    kind: str, type: TemplateType
) -> None:
    """It is one the type offers, and the way back finds a kind with the same one."""
    attribute = variables.inferred(kind, type)
    assert type in variables.ATTRIBUTES[attribute].types
    assert variables.inferred(variables.KINDS[attribute], type) == attribute


def test_the_vocabulary_knows_the_same_attributes() -> None:
    """What the wire lists is what a definition may say."""
    assert set(variables.ATTRIBUTES) == set(variables.KINDS) == wire.RULES
    assert set(variables.BY_KIND) == set(PARAMETER_KINDS)


def test_a_sample_never_changes_what_is_submitted(tmp_path: Path) -> None:
    """A further sample case is no reason for a new version."""
    one = desired_of(tmp_path, CODE)
    other = desired_of(tmp_path, CODE + ', samples: {odd: {code: "12ab"}}')
    assert one.delivered == other.delivered
    assert len(other.samples) == len(one.samples) + 1


def test_row_and_detail_say_the_same_of_an_entry() -> None:
    """What both show is equal, whatever it is called and however it is spelled."""
    row, detail = existing.existing_template(ROW), existing.existing_template(DETAIL)
    both = existing.existing_template(ROW, DETAIL)
    for entry in (row, detail, both):
        assert (entry.id, entry.name, entry.review) == (
            "SMS_203750001",
            "验证码",
            Review.REJECTED,
        )
        assert entry.created == 1717380154
        assert entry.international is False
        assert not entry.foreign
    assert row.attributes.items() <= both.attributes.items()
    assert (
        detail.attributes
        == both.attributes
        == {
            "TemplateType": 0,
            "TemplateContent": DETAIL["TemplateContent"],
            "TemplateRule": '{"code":"numberCaptcha"}',
            "RelatedSignName": "示例商城",
            "Remark": "申请验证码模板",
            "ApplySceneContent": "http://www.example.com/",
        }
    )
    assert row.note.startswith("变量不符合规范\n变量属性选择错误。")
    assert detail.note == "模板内容中包含错别字。"


@pytest.mark.parametrize(
    ("fields", "review"),
    [
        ({"AuditStatus": "AUDIT_STATE_INIT"}, Review.IN_REVIEW),
        ({"AuditStatus": "AUDIT_STATE_PASS"}, Review.APPROVED),
        ({"AuditStatus": "AUDIT_STATE_CANCEL"}, Review.CANCELLED),
        ({"AuditStatus": "AUDIT_SATE_CANCEL"}, Review.CANCELLED),
        ({"AuditStatus": "AUDIT_STATE_NEW"}, Review.UNKNOWN),
        ({"AuditStatus": None}, Review.UNKNOWN),
        ({"TemplateStatus": "10"}, Review.CANCELLED),
        ({"TemplateStatus": 1}, Review.APPROVED),
        ({"TemplateStatus": "-"}, Review.UNKNOWN),
    ],
)
def test_review_states(fields: dict[str, Any], review: Review) -> None:
    """Words of the list, misspelt one included, and numbers of Get, text or not."""
    entry = existing.existing_template({**ROW, **fields})
    assert entry.review is review
    assert entry.note == ""  # an approved row comes with 无审批备注 or an old reason


def test_what_the_service_made_is_foreign() -> None:
    """Gifts, tests and multimedia messages are never ours to touch."""
    for tag in (3, 4, "3"):
        assert existing.existing_template(ROW, {**DETAIL, "TemplateTag": tag}).foreign
    assert existing.existing_template({**ROW, "OuterTemplateType": 7}).foreign
    assert existing.existing_sign({**SIGN_DETAIL, "SignTag": "3"}).foreign


def test_a_signature_is_known_by_its_name() -> None:
    """Its id is its name, and it serves both markets."""
    row = {
        "SignName": "示例商城",
        "AuditStatus": "AUDIT_STATE_NOT_PASS",
        "BusinessType": "通用类型",
        "CreateDate": "2024-06-03 10:02:34",
        "Reason": {"RejectInfo": "不能判断。", "RejectSubInfo": "不能判断。"},
    }
    for entry in (
        existing.existing_sign(row),
        existing.existing_sign(row, SIGN_DETAIL),
    ):
        assert entry.id == entry.name == "示例商城"
        assert entry.serves(True)
        assert entry.serves(False)
        assert (entry.review, entry.note) == (Review.REJECTED, "不能判断。")
    attributes = existing.existing_sign(SIGN_DETAIL).attributes
    assert attributes == {
        "SignName": "示例商城",
        "Remark": "登录场景验证码",
        "QualificationId": 2004393,
        "ApplySceneContent": "http://e.com/",
        "ThirdParty": False,
    }


def test_what_was_submitted_equals_what_is_shown(tmp_path: Path) -> None:
    """An entry made from a definition is found again, by row and by detail."""
    desired = desired_of(tmp_path, CODE)
    reply = {**DETAIL, "TemplateContent": "验证码${code}，5分钟内有效。"}
    card = SPEC.kinds[Kind.TEMPLATE]
    row = {**ROW, "TemplateContent": reply["TemplateContent"]}
    for entry in (
        existing.existing_template(row),
        existing.existing_template(reply),
        existing.existing_template(row, reply),
    ):
        assert unowned_equal(card, entry, desired)


def test_an_entry_tells_its_definition() -> None:
    """Text, type, remark, kinds and signature, as far as they were read."""
    told = drafts.told(existing.existing_template(ROW, DETAIL))
    assert told.text == (
        "您正在申请手机注册，验证码为：",
        Placeholder("code"),
        "，5分钟内有效！",
    )
    assert told.order == ("code",)
    assert told.type is TemplateType.VERIFICATION
    assert (told.remark, told.signature) == ("申请验证码模板", "示例商城")
    assert told.kinds == {"code": "code"}
    row = drafts.told(existing.existing_template(ROW))
    assert (row.remark, row.kinds, row.type) == (None, {}, TemplateType.VERIFICATION)
    abroad = {**ROW, "OuterTemplateType": 3, "TemplateType": 6}
    assert drafts.told(existing.existing_template(abroad)).type is None
    detail = {"IntlType": 1, "TemplateType": "3"}
    told = drafts.told(existing.existing_template(abroad, detail))
    assert told.type is TemplateType.MARKETING


WORDS = st.text("您的订单code{}$ ，。1\n", max_size=12)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,6}", fullmatch=True)


@given(st.lists(st.tuples(WORDS, NAMES), max_size=5), WORDS)
def test_values_stand_where_their_names_stood(
    pieces: list[tuple[str, str]], end: str
) -> None:
    """Filling by position puts the n-th value where the n-th new name first is."""
    text = "".join(f"{word}。${{{name}}}。" for word, name in pieces) + end
    names = convert.order(text)
    assert len(set(names)) == len(names)
    filled = convert.fill(text, [f"<{name}>" for name in names])
    expected = text
    for name in names:
        expected = expected.replace(f"${{{name}}}", f"<{name}>")
    assert filled == expected


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists), st.text())
def test_odd_replies_are_read_or_said_to_be_none(odd: Any, text: str) -> None:
    """Whatever a field holds, only what makes an entry impossible raises ValueError."""
    for field in ROW:
        try:
            entry = existing.existing_template({**ROW, field: odd}, None)
        except ValueError:
            continue
        assert entry.kind is Kind.TEMPLATE
        drafts.told(existing.existing_template({**ROW, "VariableAttribute": text}))
