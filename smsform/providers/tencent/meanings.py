"""What Tencent Cloud's keys are for, as editors show it."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.provider import Meaning
from smsform.providers.tencent import wire
from smsform.providers.tencent.convert import DOCUMENT_TYPES, PURPOSES, SIGN_TYPES

MEANINGS: Mapping[str, Meaning] = {
    # in a definition
    "native": Meaning(
        "The text as Tencent Cloud has it, verbatim, instead of content: {1}, {2}, …"
    ),
    "sign_type": Meaning(
        "What the name is (SignType). website, official_account and mini_program only "
        "on the international site.",
        tuple(SIGN_TYPES),
    ),
    "document_type": Meaning(
        "What the proof image shows (DocumentType).", tuple(DOCUMENT_TYPES)
    ),
    "purpose": Meaning(
        "own, or other: somebody else's, with a commission (SignPurpose).",
        tuple(PURPOSES),
    ),
    "proof_image": Meaning("Path of the proof below the evidence folder."),
    "commission_image": Meaning("Path of the commission, for purpose: other."),
    "qualification_id": Meaning("The qualification a domestic signature belongs to."),
    # in smsform.yaml
    "region": Meaning(
        "Where signatures and templates live: they exist in one region only."
    ),
    "sign_method": Meaning("How requests are signed.", tuple(wire.SIGN_METHODS)),
    "language": Meaning("The language of the service's error texts: en-US or zh-CN."),
    "sms_sdk_app_id": Meaning("The application; only sending needs it."),
}
