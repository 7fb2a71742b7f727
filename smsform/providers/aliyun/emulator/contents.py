"""What the service refuses in a template's text, variable rules and declarations.

A reviewer refuses far more; here is only what is refused at once, with a code. The
codes are documented, which of these mistakes each stands for is [I] where marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from smsform.pattern import pattern
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.texts import invalid, refusal

VARIABLE = pattern(r"\$\{([^${}]+)\}")
_NAME = pattern("[A-Za-z][A-Za-z0-9_]{0,24}")
_BRACE = pattern("[{}｛｝]")
# Invisible characters do not separate variables [I].
_ADJACENT = pattern("\\}[\\s\u00ad\u200b-\u200d\u2060\ufeff]*\\$\\{")
_IN_NUMBER = pattern(
    r"[0-9０-９]\$\{[^${}]+\}[0-9０-９]|"
    r"(?<![0-9０-９])[1１][3-9３-９][0-9０-９]{1,8}\$\{[^${}]+\}"
)

# Rules by type: document 2806243 and what mirrors the console's list, read 2026-11-21.
CAPTCHA_RULES = frozenset(
    {
        "numberCaptcha",
        "characterWithNumber",
        "characterWithNumber2",
        "verifyTime",
    }
)
PROMOTION_RULES = frozenset(
    {
        "user_nick",
        "name",
        "time",
        "money",
        "link_param",
        "others",
    }
)
RULES: Mapping[int, frozenset[str]] = {
    wire.VERIFICATION: CAPTCHA_RULES,
    wire.NOTIFICATION: wire.RULES - CAPTCHA_RULES,
    wire.MARKETING: PROMOTION_RULES,
    wire.INTERNATIONAL: wire.RULES,
}
MOST_PHONES = 2  # variables of the rule phone_number2 in one template

_DECLARED = (
    "trafficDrivingType",
    "trafficDrivingContent",
    "companyName",
    "organizationCode",
)


def names(text: str) -> list[str]:
    """The variables of a text, in their order, repeated ones repeatedly."""
    return VARIABLE.findall(text)


def check_text(text: str, domestic: bool) -> None:
    """InvalidTemplateContent.Format [I]: brackets, and variables that are none.

    Square brackets at an end are refused at home alone: abroad a signature has them.
    """
    fixed, found, stripped = VARIABLE.sub("", text), names(text), text.strip()
    if (
        not stripped
        or (found and not re.search(r"\w", fixed))
        or _BRACE.search(fixed)
        or "【" in text
        or "】" in text
        or (domestic and (stripped[0] in "[]" or stripped[-1] in "[]"))
        or len(found) != len(set(found))
        or not all(map(_NAME.fullmatch, found))
        or _ADJACENT.search(text)
        or _IN_NUMBER.search(text)
    ):
        raise refusal("InvalidTemplateContent.Format")


def check_rule(params: Parameters, text: str) -> None:
    """TemplateRule: a JSON object of every variable's rule, as the type allows.

    Abroad it may be left out [I].
    """
    found, type = set(names(text)), params["TemplateType"]
    given = params.get("TemplateRule")
    if given is None:
        if found and type != wire.INTERNATIONAL:  # [I]: which code
            raise refusal("InvalidTemplateRule")
        return
    try:
        rules = json.loads(given)
    except (ValueError, RecursionError) as error:
        raise refusal("InvalidTemplateRule.Format") from error
    if not isinstance(rules, dict):
        raise refusal("InvalidTemplateRule.Format")
    values = list(rules.values())
    if (
        set(rules) != found
        or not all(isinstance(rule, str) and rule in RULES[type] for rule in values)
        or values.count("phone_number2") > MOST_PHONES
    ):
        raise refusal("InvalidTemplateRule")


def check_traffic(text: str | None) -> Sequence[str]:
    """TrafficDriving: a JSON array of complete declarations; their ICP pictures.

    The code is [I].
    """
    if text is None:
        return ()
    try:
        declared = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise invalid("TrafficDriving") from error
    if not isinstance(declared, list) or not all(map(_complete, declared)):
        raise invalid("TrafficDriving")
    return [each["icpPicOssKey"] for each in declared if each.get("icpPicOssKey")]


def _complete(declaration: Any) -> bool:
    if not isinstance(declaration, dict):
        return False
    if declaration.get("trafficDrivingType") not in wire.TRAFFIC:
        return False
    wanted = [*_DECLARED]
    if declaration["trafficDrivingType"] == "DOMAIN":
        wanted += ["icpNo", "icpPicOssKey"]
    return all(isinstance(declaration.get(n), str) and declaration[n] for n in wanted)
