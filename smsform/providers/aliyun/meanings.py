"""What Alibaba Cloud's keys are for, as editors show it."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.provider import Meaning
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.convert import SIGN_SOURCES, SIGN_TYPES

MEANINGS: Mapping[str, Meaning] = {
    # in a definition
    "native": Meaning(
        "The text as Alibaba Cloud has it, verbatim, instead of content: ${name}, …"
    ),
    "sign_source": Meaning(
        "Where the name is from: company (0), app (2), trademark (5).",
        (*SIGN_SOURCES, *map(str, SIGN_SOURCES.values())),
    ),
    "sign_type": Meaning(
        "general (1), or verification (0): for codes only.",
        (*SIGN_TYPES, *map(str, SIGN_TYPES.values())),
    ),
    "third_party": Meaning(
        "true: somebody else's, with authorization_letter_id.", ("true", "false")
    ),
    "qualification_id": Meaning("The approved qualification it is applied for with."),
    "authorization_letter_id": Meaning("The owner's letter, for third_party: true."),
    "app_icp_record_id": Meaning("The app's ICP record, filed in the console before."),
    "trademark_id": Meaning("The trademark, filed in the console before."),
    "apply_scene": Meaning("A link that shows reviewers where it is used."),
    "more_data": Meaning("Keys of files uploaded before, for reviewers."),
    "template_rule": Meaning(
        "Parameter -> attribute (变量属性), where its kind says too little: "
        "{code: pick_up_code}."
    ),
    "traffic_driving": Meaning(
        "Links and phones of the text, declared (引流): each with content, company and "
        "organization_code, a link with icp_no or icp_picture."
    ),
    # in smsform.yaml
    "region": Meaning("The host to call; all but a few regions share one."),
    "sign_method": Meaning("How requests are signed.", tuple(wire.SIGN_METHODS)),
}
