"""Codes of receipts, asked for or pushed.

Any code of a call may stand there as well: a call can be answered with OK and the
message be refused later. A signature that the carriers have not registered may be the
cause of any of them.
"""

from __future__ import annotations

from smsform.explanation import Actor, Explanation, Stage

SOURCE = "help.aliyun.com document 101347, and the service's own list of 2026-08-21"
READ = "2026-11-29"

# Who can act, what it means, what to do, the codes.
_TABLE: tuple[tuple[Actor, str, str, tuple[str, ...]], ...] = (
    (Actor.NOBODY, "delivered", "nothing: it arrived", ("DELIVERED", "DELIVRD", "0")),
    (Actor.NOBODY, "sent, and the carrier has not answered yet: mostly a phone out of "
     "reach", "wait", ("REQUEST_SUCCESS",)),
    (Actor.RECIPIENT, "the phone is off or suspended, or nobody has this number",
     "drop the number if it stays so", ("MOBILE_NOT_ON_SERVICE",)),
    (Actor.SENDER, "the number is malformed, or nobody has it",
     "check the number, and drop it if it stays so", ("INVALID_NUMBER",)),
    (Actor.SENDER, "carrier or platform has let this number have enough",
     "do not send to it again within a day", ("MOBILE_SEND_LIMIT",)),
    (Actor.RECIPIENT, "the number's bills are unpaid, or it was ported",
     "nothing to do: the recipient has to act", ("MOBILE_ACCOUNT_ABNORMAL",)),
    (Actor.RECIPIENT, "the number is on the carrier's list, or has unsubscribed from "
     "this signature", "leave the number out", ("MOBILE_IN_BLACK",)),
    (Actor.RECIPIENT, "the recipient has unsubscribed or switched the service off",
     "leave the number out", ("USER_REJECT",)),
    (Actor.RECIPIENT, "the handset did not take it: its memory, its card",
     "ask the recipient to free memory and to restart the phone",
     ("MOBLLE_TERMINAL_ERROR", "MOBILE_TERMINAL_ERROR")),
    (Actor.AUTHOR, "the carrier objects to a word",
     "say it in other words, or ask the service's support which word it was",
     ("CONTENT_KEYWORD",)),
    (Actor.AUTHOR, "a promotion does not say how to unsubscribe",
     "let the text end with 拒收请回复R", ("CONTENT_ERROR",)),
    (Actor.SERVICE, "there is no channel for this content",
     "ask the service's support", ("NO_ROUTE",)),
    (Actor.NOBODY, "the channel was shut; the service replaces it by itself",
     "send again later", ("IS_CLOSE",)),
    (Actor.RECIPIENT, "the recipient takes no international messages",
     "leave the number out, or ask the service's support", ("SP_NOT_BY_INTER_SMS",)),
    (Actor.SERVICE, "the carrier gave no reason",
     "send once again, then ask the service's support", ("SP_UNKNOWN_ERROR",)),
    (Actor.NOBODY, "it waited too long to be sent", "send again", ("EXPIRED",)),
)  # fmt: skip

EXPLANATIONS = tuple(
    Explanation(code, Stage.RECEIPT, actor, meaning, advice, SOURCE, READ)
    for actor, meaning, advice, members in _TABLE
    for code in members
)
