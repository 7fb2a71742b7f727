"""Alibaba Cloud SMS: the card of the service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from smsform.card import ProviderSpec, Starter
from smsform.later import Later
from smsform.model import Kind, Review
from smsform.provider import (
    Connection,
    Credentials,
    KindSpec,
    Provider,
    ProviderConfig,
    PushedReport,
)
from smsform.providers.aliyun import keys, wire
from smsform.providers.aliyun.limits import FILES, LIMITS, PACE, REVIEW
from smsform.words import learn

if TYPE_CHECKING:
    from smsform.clock import Clock
    from smsform.emulation.service import Service
    from smsform.emulation.settings import Setting
    from smsform.emulation.store import Store
    from smsform.explanation import Explanation
    from smsform.model import Existing, ImportedTemplate
    from smsform.rule import Rule
    from smsform.senders.model import SenderSpec
    from smsform.sending import Sending, SendingAccount
    from smsform.shapes import ReplyShape

learn("smsform.providers.aliyun.chinese")

_CONVERT = "smsform.providers.aliyun.convert"


def _rules() -> Sequence[Rule]:
    from smsform.providers.aliyun.rules import RULES

    return RULES


def _told(entry: Existing) -> ImportedTemplate:
    from smsform.providers.aliyun.drafts import told

    return told(entry)


def _connect(connection: Connection) -> Provider:
    from smsform.providers.aliyun.provider import open_account

    return open_account(connection)


def _reports(document: object) -> Sequence[PushedReport]:
    from smsform.providers.aliyun.reports import reports

    return reports(document)


def _explanations() -> Sequence[Explanation]:
    from smsform.providers.aliyun.explained import EXPLANATIONS

    return EXPLANATIONS


def _shapes() -> Mapping[str, ReplyShape]:
    from smsform.providers.aliyun.shapes import SHAPES

    return SHAPES


def _sending() -> Sending:
    from smsform.providers.aliyun.sending.card import SENDING

    return SENDING


def _open_sending(connection: Connection) -> SendingAccount:
    from smsform.providers.aliyun.sending.account import open_sending

    return open_sending(connection)


def _settings() -> Mapping[str, Setting]:
    from smsform.providers.aliyun.emulator.settings import TABLE

    return TABLE


def _senders() -> SenderSpec:
    from smsform.providers.aliyun.senders import SENDERS

    return SENDERS


def _emulator(store: Store, clock: Clock, config: ProviderConfig) -> Service:
    from smsform.providers.aliyun.emulator import emulator

    return emulator(store, clock, config)


# What is being reviewed can be neither edited nor deleted, and only the console can
# withdraw it (documents on UpdateSmsTemplate and DeleteSmsTemplate, read 2026-11-21).
SETTLED = frozenset(Review) - {Review.IN_REVIEW, Review.UNKNOWN}

TEMPLATES = KindSpec(
    name="TemplateName",
    delivered=("TemplateContent", "TemplateType", "IntlType", "TemplateRule"),
    review_only=(
        "RelatedSignName",
        "Remark",
        "ApplySceneContent",
        "TrafficDriving",
        "MoreData",
    ),
    # Lists show neither of the first two; whether the others come back as they were
    # sent is not documented.
    unreadable=frozenset({"IntlType", "TemplateRule", "TrafficDriving", "MoreData"}),
    edits=frozenset({Review.REJECTED}),
    deletes=SETTLED,
    pace={
        "read": PACE[wire.LIST_TEMPLATES],
        "create": PACE[wire.CREATE_TEMPLATE],
        "update": PACE[wire.UPDATE_TEMPLATE],
        "delete": PACE[wire.DELETE_TEMPLATE],
    },
    text="TemplateContent",
    daily="templates_per_day",
    sparse=True,
    tells_delivery=True,
    id_prefix="SMS_",
)
# Signatures have no id but their name. An approved one may be edited, which sends it
# back to review: only --resubmit does that.
SIGNATURES = KindSpec(
    name="SignName",
    delivered=("SignName",),
    review_only=(
        "SignSource",
        "SignType",
        "QualificationId",
        "Remark",
        "ThirdParty",
        "ApplySceneContent",
        "AuthorizationLetterId",
        "AppIcpRecordId",
        "TrademarkId",
        "MoreData",
    ),
    unreadable=frozenset({"SignSource", "SignType", "MoreData"}),
    edits=frozenset({Review.REJECTED, Review.APPROVED}),
    deletes=frozenset(),
    pace={
        "read": PACE[wire.LIST_SIGNS],
        "create": PACE[wire.CREATE_SIGN],
        "update": PACE[wire.UPDATE_SIGN],
        "delete": PACE[wire.DELETE_SIGN],
    },
    removable=False,
    named=True,
    sparse=True,
    tells_delivery=True,
    sent_by_name=True,
)

SPEC = ProviderSpec(
    type="aliyun",
    title="Alibaba Cloud SMS",
    kinds={Kind.SIGNATURE: SIGNATURES, Kind.TEMPLATE: TEMPLATES},
    gate="approved",  # an international template names no signature
    positional=False,
    limits=LIMITS,
    keys={Kind.SIGNATURE: keys.SIGNATURE, Kind.TEMPLATE: keys.TEMPLATE},
    options=keys.OPTIONS,
    sites=frozenset({"domestic"}),
    variables="ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    rules=_rules,
    native=Later(_CONVERT, "native"),
    order=Later(_CONVERT, "order"),
    fill=Later(_CONVERT, "fill"),
    desired=Later(_CONVERT, "desired"),
    told=_told,
    connect=_connect,
    emulator=_emulator,
    demo=Credentials(
        wire.DEMO_ACCESS_KEY_ID, wire.DEMO_ACCESS_KEY_SECRET, source="emulator"
    ),
    review=REVIEW,
    files=FILES,
    reports=_reports,
    starter=Starter(
        settings={},
        papers={"sign_source": "company", "qualification_id": "2004393"},
        template={"apply_scene": "会员登录和取件时的短信"},
    ),
    settings=_settings,
    explanations=_explanations,
    shapes=_shapes,
    senders=_senders,
    sending=_sending,
    open_sending=_open_sending,
)
