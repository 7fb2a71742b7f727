"""Facts that Tencent Cloud changes from time to time, as data with dates.

Rates are calls a second for the whole account, from the frequency-limit page
(cloud.tencent.com document 382/52077 and its international twin 382/40463); the older
API page gives ModifySmsTemplate 1 instead of 20, and the lower one is used. Quotas and
variable lengths are from the FAQ (382/13301, 2025-04) and the template standard
(382/39023, 2025-06-17). All read 2026-11-21.
"""

from __future__ import annotations

from smsform.evidence import FileLimits
from smsform.hours import ReviewHours
from smsform.provider import Limit, Pace, ProviderConfig
from smsform.providers.tencent import wire

PACE = {
    wire.ADD_TEMPLATE: Pace(2, 1.0),
    wire.MODIFY_TEMPLATE: Pace(1, 1.0),
    wire.DELETE_TEMPLATE: Pace(1, 1.0),
    wire.DESCRIBE_TEMPLATES: Pace(20, 1.0),
    wire.ADD_SIGN: Pace(1, 1.0),
    wire.MODIFY_SIGN: Pace(1, 1.0),
    wire.DELETE_SIGN: Pace(1, 1.0),
    wire.DESCRIBE_SIGNS: Pace(20, 1.0),
    # Sending: documents of the actions and tccli 3.1.189.1, read 2026-11-29; nothing is
    # said of the last three, which are paced like lists.
    wire.SEND: Pace(3000, 1.0),
    wire.DESCRIBE_RECORDS: Pace(10, 1.0),
    wire.PULL: Pace(20, 1.0),
    wire.PULL_BY_NUMBER: Pace(20, 1.0),
    wire.SEND_STATISTICS: Pace(20, 1.0),
    wire.CALLBACK_STATISTICS: Pace(20, 1.0),
    wire.PACKAGES: Pace(20, 1.0),
}

READ = "2026-11-21"
FAQ = "cloud.tencent.com document 382/13301 (2025-04)"
STANDARD = "cloud.tencent.com document 382/39023 (2025-06-17)"
TYPES = ("verification", "notification", "marketing")

LIMITS = {
    "astral_units": Limit(
        2,
        "what an emoji or another character beyond U+FFFF counts: 1 or 2",
        "intlcloud-documents 中国大陆地区短信计费规则: an emoji counts 2",
        "2026-11-29",
        (1, 2),
    ),
    "max_param_length": Limit(
        6,
        "characters a variable's value may have, verification codes aside",
        STANDARD,
        READ,
    ),
    "variables_in": Limit(
        TYPES,
        "template types that may contain variables; new accounts may use them in "
        "verification templates only",
        STANDARD,
        READ,
        TYPES,
    ),
    "reads_per_second": Limit(
        20,
        "list calls a second and action; 0 does not pace them",
        "cloud.tencent.com document 382/52077",
        READ,
    ),
    "max_templates": Limit(200, "templates an account may hold", FAQ, READ),
    "max_signatures": Limit(50, "signatures an account may hold", FAQ, READ),
}

# Each image; "MB" is taken as 2**20 bytes, the larger reading, so that nothing valid is
# refused.
FILES = FileLimits(5 * 2**20, ("jpeg", "png"), "qcloud-documents 签名审核标准.md", READ)

# About two hours, Monday to Friday 9-21, Saturday and Sunday 9-18, Beijing time.
REVIEW = ReviewHours(
    usual=2 * 3600.0, week=(*[(9, 21)] * 5, *[(9, 18)] * 2), source=FAQ, read=READ
)


def reading_pace(config: ProviderConfig) -> Pace:
    """How often this account may list: some are granted more than the documents say."""
    rate = config.account.get("reads_per_second", LIMITS["reads_per_second"].default)
    return Pace(int(str(rate)), 1.0) if rate else Pace(1_000, 0.0)
