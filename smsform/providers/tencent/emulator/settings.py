"""The settings of the emulator, its rates and its quotas."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.emulation import settings as kinds
from smsform.emulation.settings import Setting
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator import sending_settings as sending
from smsform.words import say

# Calls a second for one account: documents 382/52077 and (international) 382/40463,
# read 2026-11-21. An older API page says 1 for ModifySmsTemplate.
RATES = {
    wire.ADD_TEMPLATE: 2,
    wire.MODIFY_TEMPLATE: 20,
    wire.DELETE_TEMPLATE: 1,
    wire.DESCRIBE_TEMPLATES: 20,
    wire.ADD_SIGN: 1,
    wire.MODIFY_SIGN: 1,
    wire.DELETE_SIGN: 1,
    wire.DESCRIBE_SIGNS: 20,
    **sending.RATES,
}

# FAQ 382/13301 (2025-04) and the sign FAQ, read 2026-11-21.
TEMPLATE_QUOTA, SIGN_QUOTA = 200, 50

# Region names seen in documents and enumerations [I]; the finance zones are from the
# endpoint list. Read 2026-11-21.
REGIONS = (
    "ap-guangzhou",
    "ap-beijing",
    "ap-nanjing",
    "ap-singapore",
    "ap-shanghai-fsi",
    "ap-shenzhen-fsi",
)

# A few of the themes the template standard (382/39023, 2025-06-17) forbids outright.
DIRTY_WORDS = ("赌博", "彩票", "毒品", "色情", "代开发票")

# By QualificationStatusCode: DescribeSignListStatus, SDK 3.1.153.
QUALIFICATIONS = (
    "pending",
    "approved",
    "refused",
    "lacking",
    "changed",
    "change_refused",
)


def _qualifications(value: object) -> Mapping[int, str] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ValueError(say("emulation.expects_mapping"))
    read = kinds.choice(*QUALIFICATIONS)
    try:
        return {int(id): read(state) for id, state in value.items()}
    except ValueError:
        states = ", ".join(QUALIFICATIONS)
        raise ValueError(say("emulation.expects_choice", names=states)) from None


_THROTTLE = tuple(
    f"RequestLimitExceeded{variant}"
    for variant in (
        "",
        ".UinLimitExceeded",
        ".IPLimitExceeded",
        ".GlobalRegionUinLimitExceeded",
    )
)

TABLE: Mapping[str, Setting] = {
    "review": Setting(
        {"after_reads": 2}, kinds.review,
        "when an entry passes: immediate, manual, {after_reads: N}, {after: TIME},"
        " {script: FILE}",
    ),
    "effective_after": Setting(
        None, kinds.maybe_duration,
        "time from passing to being usable (StatusCode 2 until then)",
    ),
    "pace": Setting(True, kinds.switch, "keep the rates of document 382/52077"),
    "throttle_code": Setting(
        _THROTTLE[0], kinds.choice(*_THROTTLE), "how too many calls are refused",
    ),
    "template_quota": Setting(
        TEMPLATE_QUOTA, kinds.count, "templates the account may hold",
    ),
    "sign_quota": Setting(SIGN_QUOTA, kinds.count, "signs it may hold"),
    # The kind of account.
    "individual": Setting(
        False, kinds.switch, "verified as a person: no template or sign action works",
    ),
    "marketing": Setting(True, kinds.switch, "may apply for marketing templates"),
    "variables_in": Setting(
        ("verification", "notification", "marketing"), kinds.names,
        "domestic template types that may have variables; new accounts: verification",
    ),
    "sub_account": Setting(
        False, kinds.switch, "the demo key is a sub-account's: it may not list",
    ),
    "arrears": Setting(False, kinds.switch, "suspended for unpaid bills"),
    "activated": Setting(True, kinds.switch, "the SMS product is activated"),
    "permission": Setting(True, kinds.switch, "SMS permits the account's requests"),
    "app_disabled": Setting(False, kinds.switch, "the application is disabled"),
    "ip_whitelist": Setting((), kinds.names, "addresses SMS answers; none: all"),
    "qualifications": Setting(
        None, _qualifications,
        "qualification id -> pending, approved, refused, lacking (papers), changed (in"
        " review again) or change_refused; none given: all approved",
    ),
    # Behaviour that is not documented.
    "delete_pending": Setting(
        True, kinds.switch, "an entry in review may be deleted",
    ),
    "unique_names": Setting(
        False, kinds.switch, "a second template of a name is refused",
    ),
    "normalise": Setting(
        False, kinds.switch,
        "texts are stored trimmed, with single spaces and half-width punctuation",
    ),
    "numeric_strings": Setting(
        True, kinds.switch, "\"1110\" passes for the number 1110 in JSON",
    ),
    "images": Setting(
        "weak", kinds.choice("weak", "strict"),
        "weak: any base64 passes; strict: it must be a JPEG or PNG",
    ),
    "empty": Setting(
        "list", kinds.choice("list", "null", "absent", "missing"),
        "an empty list is [], null, left out, or refused as Missing…ToModify",
    ),
    "limit_zero": Setting(
        "empty", kinds.choice("empty", "refuse"),
        "Limit 0 without ids: no rows, or LimitVerifyFail",
    ),
    "order": Setting(
        "newest", kinds.choice("newest", "oldest"), "what lists begin with",
    ),
    "old_version": Setting(
        False, kinds.switch, "version 2019-07-11 is served, by its own names",
    ),
    "regions": Setting(REGIONS, kinds.names, "regions with an SMS service"),
    **sending.TABLE,
}  # fmt: skip
