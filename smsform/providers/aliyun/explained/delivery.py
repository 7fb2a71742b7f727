"""Codes against the delivery of a signature or a template."""

from __future__ import annotations

from smsform.explanation import Actor, Explanation, Stage

SOURCE = "docstrings of GetSmsSign and the paper queries, SDK 4.6.0"
READ = "2026-11-29"

# Who can act, what it means, what to do, the codes.
_TABLE: tuple[tuple[Actor, str, str, tuple[str, ...]], ...] = (
    (Actor.ACCOUNT, "the signature is not tied to a qualification",
     "tie one to it in the console", ("UNBINDING_QUA",)),
    (Actor.ACCOUNT, "the qualification of the signature lacks something",
     "complete it in the console", ("BINDING_INCOMPLETE_QUA", "NOT_FINISH")),
    (Actor.ACCOUNT, "the signature was not handed to this carrier",
     "mend the qualification, or tie another to the signature, in the console",
     ("NON_REGISTER",)),
    (Actor.NOBODY, "the carrier has not answered yet", "wait, a few days",
     ("REGISTERING",)),
    (Actor.NOBODY, "the carrier's answer is being tried out",
     "send a few messages to each carrier, and wait", ("DETECTING",)),
    (Actor.NOBODY, "the carrier has registered the signature", "nothing to do",
     ("DETECT_SUCCESS",)),
    (Actor.ACCOUNT, "the carrier refused because of the qualification",
     "compare it with the company register, and mend it in the console",
     ("QUALIFICATION_ERROR",)),
    (Actor.AUTHOR, "the carrier refused because of the signature",
     "see the reason in the console, and choose another name", ("SIGNATURE_ERROR",)),
    (Actor.ACCOUNT, "the carrier sees no relation between signature and qualification",
     "tie the right qualification to it, or add a letter or a trademark",
     ("SIGNATURE_QUALIFICATION_ERROR",)),
    (Actor.SERVICE, "the carrier refused because of the extension code",
     "ask the service's support",
     ("ONE_CODE_MULTIPLE_SIGN", "EXT_CODE_RECYCLE", "SUBPORT_RECYCLE")),
    (Actor.ACCOUNT, "the carrier refused", "see the reason in the console",
     ("OTHERS_ERROR", "REGISTER_FAILED")),
    (Actor.SERVICE, "the carrier did not answer in time",
     "register it again in the console, or ask the service's support",
     ("REGISTER_TIMEOUT",)),
    (Actor.ACCOUNT, "nothing was sent with the signature for six months",
     "register it again in the console, and send with it", ("NO_SEND_RECORD",)),
    (Actor.ACCOUNT, "the letter of authorization has run out",
     "file another one in the console, and name it in the definition", ("INVALID",)),
    (Actor.NOBODY, "the qualification is under review", "wait", ("INT",)),
    (Actor.ACCOUNT, "the qualification was refused",
     "mend it in the console and submit it again", ("FAILED",)),
    (Actor.ACCOUNT, "the qualification was withdrawn",
     "tie another one to the signature in the console", ("CANCELED",)),
    (Actor.AUTHOR, "the template's signature is missing or not approved",
     "name one that is approved", ("MISSING_SIGNATURE",)),
    (Actor.AUTHOR, "a link or a phone number in the text is not declared",
     "declare it under aliyun.traffic_driving", ("MISSING_TRAFFIC_DRIVING",)),
    (Actor.ACCOUNT, "the filing of a link in the text is missing",
     "add the filing of its domain", ("MISSING_TRAFFIC_DRIVING_ARCHIVE",)),
    (Actor.AUTHOR, "a variable of the template has no attribute",
     "give each a kind, or a rule under aliyun.template_rule", ("MISSING_VARIABLE",)),
    (Actor.ACCOUNT, "the template cannot be used", "see the reason in the console",
     ("UNAVAILABLE",)),
)  # fmt: skip

EXPLANATIONS = tuple(
    Explanation(code, Stage.DELIVERY, actor, meaning, advice, SOURCE, READ)
    for actor, meaning, advice, members in _TABLE
    for code in members
)
