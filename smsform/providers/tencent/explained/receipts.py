"""Codes of receipts, by class.

The service lists 1,975 of them, 892 of China Mobile, 729 of Unicom, 303 of Telecom. The
same code differs by carrier, and its words mislead: what counts is the report's own
status, SUCCESS or FAIL. So the codes that its texts name are here by class, and every
other one by its first letters. Classes and beginnings are inferred from the texts of
that list.
"""

from __future__ import annotations

from smsform.explanation import Actor, Explanation, Stage

SOURCE = "error codes of delivery receipts, tencentcloud.com document 382/43546"
ABROAD = "status of international messages, tencentcloud.com document 382/35462"
READ = "2026-11-29"

LATER = "send again later; if it goes on, ask the service's support"
CHECK = "check the number, and drop it if it stays so"
REACH = "nothing to do: the phone has to come back"
REWRITE = "say it in other words, or ask the service's support which word it was"
CARRIER = "leave the number out; only the recipient can have it lifted, at the carrier"
FEWER = "send this number less, and not again today"
PORTED = "ask the service's support: the number has moved to another carrier"
FREE = "ask the recipient to free memory and to restart the phone"
SUBCODE = "ask the service's support: the signature's sub-code is not usable"

# Who can act, what it means, what to do, the codes.
_TABLE: tuple[tuple[Actor, str, str, tuple[str, ...]], ...] = (
    (Actor.NOBODY, "delivered", "nothing: it arrived", ("DELIVRD", "ACCEPTD")),
    (Actor.SERVICE, "a gateway on the way failed", LATER, (
        "MK:0006", "DB:0107", "TX:4099", "SMGPERR",
    )),
    (Actor.RECIPIENT, "the phone is off, suspended or out of reach", REACH, (
        "MK:0004", "MK:0024", "MI:0013", "DB:0119", "002", "5", "54", "55", "ERR:601",
    )),
    (Actor.SENDER, "there is no such number, or it is switched off", CHECK, (
        "MK:0000", "MK:0001", "MK:0012", "DB:0318", "MI:0059", "1", "ERR:640",
        "DELIVER",
    )),
    (Actor.RECIPIENT, "the handset or the signal did not take it", FREE, (
        "MK:0002", "MK:0008", "MK:0017", "MI:0075", "9992",
    )),
    (Actor.AUTHOR, "a carrier objects to the content", REWRITE, (
        "-106", "ID:0076", "DB00141", "CONTENT", "KEYWORD", "MN:0000", "MN:0099",
        "TE:0014",
    )),
    (Actor.AUTHOR, "the text does not say how to unsubscribe",
     "let the marketing text end with 拒收请回复R", ("INVALID", "NOTITLE")),
    (Actor.RECIPIENT, "the recipient is on a carrier's black list", CARRIER, (
        "DB:0140", "DB:0141", "DB:0144", "DB:0145", "DB:0146", "MX:0012", "TSBLACK",
        "BLACK", "MBBLACK", "TUIDING",
    )),
    (Actor.SENDER, "the carrier has let this number have enough", FEWER, (
        "DB:0142", "DB:0143", "MX:0003", "DISTURB", "LIMIT", "VALVE:M", "VALVE:H",
        "VALVE:D", "MAXFREQ", "XA:0100", "REFUSED",
    )),
    (Actor.SERVICE, "the number was ported to another carrier", PORTED, (
        "-9000", "-1023", "9999", "BD:0000", "DB:0126",
    )),
    (Actor.NOBODY, "it was not delivered while it was valid", LATER, ("EXPIRED",)),
    (Actor.RECIPIENT, "the number is dead, or the phone off", CHECK,
     ("UNDELIV", "UNDELIVRD")),
    (Actor.SERVICE, "refused for some reason", LATER, ("REJECTD",)),
    (Actor.SERVICE, "the carrier does not say why", LATER, ("UNKNOWN",)),
    (Actor.SERVICE, "there is no way to this number", LATER, ("NOROUTE",)),
    (Actor.SENDER, "this hour is not allowed", "send between 8:00 and 22:00",
     ("DB:0139",)),
    (Actor.SERVICE, "the signature's sub-code is not usable", SUBCODE,
     ("TX:2000", "TX:2001", "TX:2002", "TX:2003")),
)  # fmt: skip

_ABROAD: tuple[tuple[Actor, str, str, tuple[str, ...]], ...] = (
    (Actor.RECIPIENT, "abroad: the handset deleted it", FREE, ("DELETED",)),
    (Actor.SENDER, "abroad: the number is malformed", CHECK, ("SUBFAIL",)),
    (Actor.SERVICE, "abroad: the carrier's link failed", LATER, ("COMFAIL", "WTNFAIL")),
)

# Beginnings of codes that the table does not have.
_FAMILIES: tuple[tuple[Actor, str, str, tuple[str, ...]], ...] = (
    (
        Actor.SENDER,
        "most of these: the phone, the number or the network",
        CHECK,
        ("MK:", "MI:", "MN:"),
    ),
    (
        Actor.SERVICE,
        "most of these: a gateway on the way",
        LATER,
        ("DB:", "MB:", "ID:", "IB:", "LT:", "SMGPERR:"),
    ),
    (
        Actor.AUTHOR,
        "most of these: the content, or a black list",
        REWRITE,
        ("SC:", "MH:"),
    ),
    (
        Actor.AUTHOR,
        "most of these: the content, or too many messages",
        REWRITE,
        ("DI:",),
    ),
)

EXPLANATIONS = tuple(
    Explanation(
        code, Stage.RECEIPT, actor, meaning, advice, source, READ, family=family
    )
    for table, source, family in (
        (_TABLE, SOURCE, False),
        (_ABROAD, ABROAD, False),
        (_FAMILIES, SOURCE, True),
    )
    for actor, meaning, advice, members in table
    for code in members
)
