"""Tencent Cloud SMS: the card of the service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from smsform.card import ProviderSpec, Starter
from smsform.later import Later
from smsform.model import Kind, Review
from smsform.provider import Connection, Credentials, KindSpec, Provider, ProviderConfig
from smsform.providers.tencent import keys, wire
from smsform.providers.tencent.limits import FILES, LIMITS, PACE, REVIEW
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

learn("smsform.providers.tencent.chinese")

_CONVERT = "smsform.providers.tencent.convert"

PENDING_OR_REJECTED = frozenset({Review.IN_REVIEW, Review.REJECTED})


def _rules() -> Sequence[Rule]:
    from smsform.providers.tencent.rules import RULES

    return RULES


def _told(entry: Existing) -> ImportedTemplate:
    from smsform.providers.tencent.drafts import told

    return told(entry)


def _connect(connection: Connection) -> Provider:
    from smsform.providers.tencent.provider import open_account

    return open_account(connection)


def _explanations() -> Sequence[Explanation]:
    from smsform.providers.tencent.explained import EXPLANATIONS

    return EXPLANATIONS


def _shapes() -> Mapping[str, ReplyShape]:
    from smsform.providers.tencent.shapes import SHAPES

    return SHAPES


def _sending() -> Sending:
    from smsform.providers.tencent.sending.card import SENDING

    return SENDING


def _open_sending(connection: Connection) -> SendingAccount:
    from smsform.providers.tencent.sending.account import open_sending

    return open_sending(connection)


def _settings() -> Mapping[str, Setting]:
    from smsform.providers.tencent.emulator.settings import TABLE

    return TABLE


def _senders() -> SenderSpec:
    from smsform.providers.tencent.senders import SENDERS

    return SENDERS


def _emulator(store: Store, clock: Clock, config: ProviderConfig) -> Service:
    from smsform.providers.tencent.emulator import emulator

    return emulator(store, clock, config)


# A template already passed cannot be edited, a pending or rejected one can (docstrings
# of ModifySmsTemplate and ModifySmsSign, SDK 3.1.153). No document says that a pending
# entry may not be deleted, so the card allows it and a refusal is taken as it comes.
TEMPLATES = KindSpec(
    name="TemplateName",
    delivered=("TemplateContent", "SmsType"),
    review_only=("Remark",),
    unreadable=frozenset({"SmsType", "Remark"}),
    edits=PENDING_OR_REJECTED,
    deletes=frozenset(Review),
    pace={
        "read": PACE[wire.DESCRIBE_TEMPLATES],
        "create": PACE[wire.ADD_TEMPLATE],
        "update": PACE[wire.MODIFY_TEMPLATE],
        "delete": PACE[wire.DELETE_TEMPLATE],
    },
    text="TemplateContent",
    quota="max_templates",
)
SIGNATURES = KindSpec(
    name="SignName",
    delivered=("SignName",),
    review_only=(
        "SignType",
        "DocumentType",
        "SignPurpose",
        "Remark",
        "QualificationId",
        "ProofImage",
        "CommissionImage",
    ),
    unreadable=frozenset(
        {
            "SignType",
            "DocumentType",
            "SignPurpose",
            "Remark",
            "ProofImage",
            "CommissionImage",
        }
    ),
    edits=PENDING_OR_REJECTED,
    deletes=frozenset(),
    pace={
        "read": PACE[wire.DESCRIBE_SIGNS],
        "create": PACE[wire.ADD_SIGN],
        "update": PACE[wire.MODIFY_SIGN],
        "delete": PACE[wire.DELETE_SIGN],
    },
    removable=False,
    quota="max_signatures",
    sent_by_name=True,  # SendSms takes SignName (its docstring, SDK 3.1.153)
)

SPEC = ProviderSpec(
    type="tencent",
    title="Tencent Cloud SMS",
    kinds={Kind.SIGNATURE: SIGNATURES, Kind.TEMPLATE: TEMPLATES},
    gate="applied",
    gate_abroad="applied",
    signature_first=True,  # MissingSignature
    limits=LIMITS,
    keys={Kind.SIGNATURE: keys.SIGNATURE, Kind.TEMPLATE: keys.TEMPLATE},
    files=FILES,
    options=keys.OPTIONS,
    sites=frozenset({"domestic", "international"}),
    variables="TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY",
    rules=_rules,
    native=Later(_CONVERT, "native"),
    order=Later(_CONVERT, "order"),
    fill=Later(_CONVERT, "fill"),
    desired=Later(_CONVERT, "desired"),
    told=_told,
    connect=_connect,
    emulator=_emulator,
    demo=Credentials(wire.DEMO_SECRET_ID, wire.DEMO_SECRET_KEY, source="emulator"),
    review=REVIEW,
    starter=Starter(
        settings={"region": "ap-guangzhou"},
        emulated={
            "sms_sdk_app_id": '"1400006666" # another of your own; sending needs it'
        },
        papers={
            "sign_type": "company",
            "document_type": "business_license",
            "purpose": "own",
            "qualification_id": "4001",
            "proof_image": "license.png",
        },
    ),
    settings=_settings,
    explanations=_explanations,
    shapes=_shapes,
    senders=_senders,
    sending=_sending,
    open_sending=_open_sending,
)
