"""Facts that Alibaba Cloud changes from time to time, as data with dates.

Rates are calls a second for the whole account, from the descriptions of the actions in
alibabacloud_dysmsapi20170525 4.6.0 and the OpenAPI metadata of 2025-12. None is stated
for GetSmsTemplate, Create and Update: a reading by id is paced like that of a
signature, and the two are paced like the actions they replaced. All read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Mapping

from smsform.evidence import FileLimits
from smsform.hours import ReviewHours
from smsform.provider import Limit, Pace
from smsform.providers.aliyun import wire

READ = "2026-11-21"
ACTIONS = "alibabacloud_dysmsapi20170525 4.6.0, descriptions of the actions"
CREATING = "help.aliyun.com: message templates, CreateSmsTemplate"
STANDARD = "help.aliyun.com documents 463237 and 44357"

LIMITS = {
    "astral_units": Limit(
        2,
        "what an emoji or another character beyond U+FFFF counts: 1 or 2",
        "assumed, as in UTF-16; document 44335 does not speak of it",
        "2026-11-29",
        (1, 2),
    ),
    "max_param_length": Limit(
        35,
        "characters a variable's value may have",
        STANDARD,
        READ,
    ),
    "reads_per_second": Limit(
        10,
        "list calls a second and action; 0 does not pace them",
        ACTIONS,
        READ,
    ),
    "details_per_second": Limit(
        150,
        "readings of one entry by id a second; 0 does not pace them",
        ACTIONS,
        READ,
    ),
    "seconds_between_templates": Limit(
        30,
        "seconds from one new template to the next",
        CREATING,
        READ,
    ),
    "templates_per_day": Limit(
        100,
        "templates an account may submit through the API on a day in Beijing",
        CREATING,
        READ,
    ),
}

# Two hours at most, 9-21 every day but public holidays, Beijing time; what concerns the
# government takes up to two working days.
REVIEW = ReviewHours(usual=2 * 3600.0, week=((9, 21),) * 7, source=STANDARD, read=READ)


def paces(account: Mapping[str, object]) -> dict[str, Pace]:
    """How often each action may be called; *account* overrides the limits above."""

    def value(name: str) -> int:
        return int(str(account.get(name, LIMITS[name].default)))

    def a_second(name: str) -> Pace:
        return Pace(value(name), 1.0) if value(name) else Pace(1_000, 0.0)

    lists, details = a_second("reads_per_second"), a_second("details_per_second")
    return {
        wire.CREATE_TEMPLATE: Pace(1, float(value("seconds_between_templates"))),
        wire.UPDATE_TEMPLATE: Pace(1000, 1.0),
        wire.GET_TEMPLATE: details,
        wire.DELETE_TEMPLATE: Pace(1000, 1.0),
        wire.LIST_TEMPLATES: lists,
        wire.USABLE_TEMPLATES: lists,
        wire.PERMIT_MATERIAL: Pace(10, 1.0),  # not documented
        wire.PERMIT_RECORD: Pace(10, 1.0),
        wire.CREATE_SIGN: Pace(1, 1.0),
        wire.UPDATE_SIGN: Pace(1000, 1.0),
        wire.GET_SIGN: details,
        **dict.fromkeys(wire.PAPERS, lists),  # nothing is said of them [I]
        wire.DELETE_SIGN: Pace(1000, 1.0),
        wire.LIST_SIGNS: lists,
        # Of sending: descriptions of the actions (4.6.0), read 2026-11-29.
        wire.SEND: Pace(5000, 1.0),
        wire.SEND_DETAILS: Pace(500, 1.0),
        wire.SEND_STATISTICS: Pace(20, 1.0),
    }


# Of the size no document says more than the policies in examples: 1,048,576,000 bytes.
# A file is read whole here, and by people there.
FILES = FileLimits(
    30 * 2**20,
    ("jpeg", "png", "pdf", "doc", "docx"),
    "help.aliyun.com document 2833114",
    "2026-11-29",
)

PACE = paces({})  # as documented
