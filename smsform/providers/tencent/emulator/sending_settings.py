"""The settings of sending: frequency, packages, applications, places and receipts."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.emulation import delivery, pushes
from smsform.emulation import settings as kinds
from smsform.emulation.settings import Setting
from smsform.providers.tencent import wire

# Calls a second: documents of the actions and tccli 3.1.189.1, read 2026-11-29. None is
# stated for the others.
RATES = {
    wire.SEND: 3000,
    wire.SEND_ABROAD: 3000,
    wire.DESCRIBE_RECORDS: 10,
}

# A push that fails is tried twice more, after how long is [I]: documents 59178 and
# 59179, read 2026-11-29.
RETRIES = (60.0, 300.0)  # seconds
MOST_RECEIPTS = 100  # in one push

APPLICATIONS = ("mine", "disabled", "others")
PACKAGE = 1_000_000  # parts: enough not to matter unless somebody sets it

# Receipts by the last digits of a number, so that each outcome can be asked for; the
# codes are those of document 382/43546 of the international site (2021-12-15).
DELIVERED = "DELIVRD"
ENDINGS: Mapping[str, str] = {
    "0001": "MK:0004",  # switched off, out of reach
    "0002": "MK:0001",  # no such number
    "0003": "DB:0144",  # on a carrier's black list
    "0004": "DB:0142",  # too many messages
    "0005": "DB00141",  # content refused by the carrier
    "0006": "MK:0006",  # the carrier's network failed
    "0007": "EXPIRED",  # not delivered in time
    "0009": delivery.NEVER,
}


# Where CallbackStatusStatistics counts them; whatever else fails is internal [I].
GROUPS: Mapping[str, str] = {
    "MK:0004": "ShutdownErrorCount",
    "EXPIRED": "ShutdownErrorCount",
    "MK:0001": "InvalidNumberCount",
    "DB:0144": "BlackListCount",
    "DB:0142": "FrequencyLimitCount",
}
OTHER_GROUP = "InternalErrorCount"
# Replies that put a number on the black list, in capitals or not: document 9558 of the
# international site (2022-05-10), and R, which texts say today.
LEAVING = frozenset({"R", "T", "N", "TD", "退订", "T退订", "QX", "0000"})

TABLE: Mapping[str, Setting] = {
    "delivery": Setting(
        {"after": "3s"}, delivery.read,
        "when receipts come, and which: {after: TIME, endings: {last digits: code}}",
    ),
    "push_receipts": Setting(
        None, pushes.listener,
        "who is told receipts: an http URL of this machine, or a file by the store",
    ),
    "push_replies": Setting(
        None, pushes.listener, "who is told what phones write back; as push_receipts",
    ),
    "pull": Setting(True, kinds.switch, "support has opened the queues"),
    "applications": Setting(
        None, kinds.mapping(kinds.choice(*APPLICATIONS)),
        "SdkAppId -> mine, disabled or others; none given: every id of ten digits",
    ),
    "package": Setting(
        PACKAGE, kinds.count, "parts of domestic messages left in the package",
    ),
    "value_length": Setting(
        6, kinds.count,
        "characters of a value, codes aside; 0: any; as account.max_param_length says",
    ),
    "template_code": Setting(  # [I] which of the two
        "FailedOperation.TemplateUnapprovedOrNotExist",
        kinds.choice(
            "FailedOperation.TemplateUnapprovedOrNotExist",
            "FailedOperation.TemplateIncorrectOrUnapproved",
        ),
        "how an unknown or unapproved template is refused",
    ),
    # Frequency: FAQ 382/13303 (2025-11-03) and document 35469 (2022-06-01).
    "exempt": Setting((), kinds.phones, "numbers without limits"),
    "per_30_seconds": Setting(
        1, kinds.maybe_count, "equal messages to one number in 30 seconds; never: any",
    ),
    "per_hour": Setting(
        None, kinds.maybe_count, "messages to one number in an hour; never: any",
    ),
    "per_day": Setting(
        2, kinds.maybe_count,
        "messages to one number in a calendar day in Beijing; never: any",
    ),
    "same_content_per_day": Setting(
        None, kinds.maybe_count, "the same, of equal messages; never: any",
    ),
    "per_minute": Setting(  # [I] what the rule counts
        None, kinds.maybe_count, "messages to one number a minute, by a console's rule",
    ),
    "application_per_day": Setting(
        None, kinds.maybe_count, "messages of one application in a day; never: any",
    ),
    "mainland_per_day": Setting(
        None, kinds.maybe_count, "the same, to the mainland; never: any",
    ),
    "abroad_per_day": Setting(
        None, kinds.maybe_count, "the same, abroad; never: any",
    ),
    "parts_abroad_per_day": Setting(  # document 18049 (2024-03-28)
        100, kinds.maybe_count, "billed parts the account sends abroad in a day",
    ),
    "abroad_per_second": Setting(
        None, kinds.maybe_count, "messages abroad a second; never: any",
    ),
    "countries": Setting(
        None, kinds.maybe_names, "the only places an application sends to, as HK",
    ),
    "country_per_day": Setting(
        None, kinds.mapping(kinds.count), "place -> an application's messages a day",
    ),
    "unserved": Setting((), kinds.names, "places the service sends nothing to, as KP"),
}  # fmt: skip
