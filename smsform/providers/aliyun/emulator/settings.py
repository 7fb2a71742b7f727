"""The settings of the emulator, its rates and its quotas."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.emulation import pushes
from smsform.emulation import settings as kinds
from smsform.emulation.settings import Setting
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import carriers, paper_settings
from smsform.providers.aliyun.emulator import sending_settings as sending

# Calls a second for one account, where one is stated: metadata and SDK comments, read
# 2026-11-21. None is known for the Create, Update and GetSmsTemplate actions.
RATES = {
    wire.DELETE_TEMPLATE: 1000,
    wire.LIST_TEMPLATES: 10,
    wire.USABLE_TEMPLATES: 10,  # [I] as the other lists
    wire.DELETE_SIGN: 1000,
    wire.GET_SIGN: 150,
    **dict.fromkeys((*wire.PAPERS, wire.QUERY_APP_RECORDS), 10),  # [I] as the lists
    wire.LIST_SIGNS: 10,
    wire.OLD_ADD_TEMPLATE: 1000,
    wire.OLD_MODIFY_TEMPLATE: 1000,
    wire.OLD_QUERY_TEMPLATE: 5000,
    wire.OLD_ADD_SIGN: 1,
    wire.OLD_MODIFY_SIGN: 1000,
    wire.OLD_QUERY_SIGN: 500,
    **sending.RATES,
}

# Templates created by API: so many on a calendar day in Beijing, so many seconds apart.
# Documents of both Create actions, read 2026-11-21; the pause is "recommended" there.
DAY_LIMIT = 100
PAUSE = 30
LENIENCE = 1.0  # seconds less are accepted: a network may have shortened the pause

# Seconds until a report that did not arrive is pushed again: documents of the message
# receipts, read 2026-11-21.
RETRIES = (60.0, 300.0, 600.0)

STANDINGS: Mapping[str, str] = {
    "forbidden": "ForbiddenAction",
    "not_opened": "ServiceNotOpened",
    "unsubscribed": "isv.PRODUCT_UN_SUBSCRIPT",
    "arrears": "isv.OUT_OF_SERVICE",
    "unknown": "isv.ACCOUNT_NOT_EXISTS",
    "abnormal": "isv.ACCOUNT_ABNORMAL",
    "frozen": "isv.SECURITY_FROZEN_ACCOUNT",
}

TABLE: Mapping[str, Setting] = {
    "review": Setting(
        {"after_reads": 2}, kinds.review,
        "when an entry passes: immediate, manual, {after_reads: N}, {after: TIME},"
        " {script: FILE}",
    ),
    "effective_after": Setting(
        None, kinds.maybe_duration,
        "time from a signature's passing to its registration with the carriers",
    ),
    **carriers.TABLE,
    "push": Setting(
        None, pushes.listener,
        "who is told verdicts: an http URL of this machine, or a file by the store",
    ),
    "pace": Setting(True, kinds.switch, "keep the rates, and the pause between"),
    "pause": Setting(
        PAUSE, kinds.duration, "time between two templates created; 0: none",
    ),
    "throttle_code": Setting(
        "Throttling.User",
        kinds.choice("Throttling.User", "Throttling", "Throttling.Api",
                     "isv.BUSINESS_LIMIT_CONTROL"),
        "how too many calls are refused",
    ),
    "retry_after": Setting(
        True, kinds.switch, "such a refusal says in a header how long to wait",
    ),
    "day_limit": Setting(DAY_LIMIT, kinds.count, "templates that may be created a day"),
    "day_limit_code": Setting(  # [I] which of the two
        "isv.TEMPLATE_COUNT_OVER_LIMIT",
        kinds.choice("isv.TEMPLATE_COUNT_OVER_LIMIT", "isv.SMS_OVER_LIMIT"),
        "how one template more is refused",
    ),
    "old_actions": Setting(
        False, kinds.switch, "the Add, Modify and Query actions still work",
    ),
    # The kind of account.
    "standing": Setting(
        "good", kinds.choice("good", *STANDINGS), "why every action is refused",
    ),
    "individual": Setting(
        False, kinds.switch,
        "verified as a person: one signature a day, no promotion, nothing abroad",
    ),
    "ip_whitelist": Setting((), kinds.names, "addresses SMS answers; none: all"),
    **paper_settings.TABLE,
    "promotion_proof": Setting(  # must be uploaded: SDK 4.6.0; when it is missed [I]
        True, kinds.switch, "a promotion without MoreData is refused at once",
    ),
    # Behaviour that is not documented.
    "unique_names": Setting(
        False, kinds.switch, "a second template of a name is refused",
    ),
    "normalise": Setting(
        False, kinds.switch,
        "texts are stored trimmed, with single spaces and half-width punctuation",
    ),
    "line_breaks": Setting(
        True, kinds.switch,
        "rule, scene and date of a verdict end in a line break, as in the examples",
    ),
    "delete_gifted": Setting(
        False, kinds.switch, "templates given by the system may be deleted",
    ),
    "order": Setting(
        "newest", kinds.choice("newest", "oldest"), "what lists begin with",
    ),
    **sending.TABLE,
}  # fmt: skip
