"""Rules about what a signature comes with (SF346 to SF354).

A signature without any key under ``tencent`` is only looked up, so nothing is required
of its papers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from smsform.errors import Level
from smsform.model import Kind
from smsform.pattern import pattern
from smsform.providers.tencent.convert import (
    IMAGES,
)
from smsform.providers.tencent.keys import DOCUMENT_TYPES, PURPOSES, SIGN_TYPES
from smsform.providers.tencent.rules.sources import (
    ERRORS,
    MODELS,
    MODELS_ABROAD,
    READ,
    SIGNATURES,
)
from smsform.rejections.signatures import unknown_word
from smsform.rule import Finding, Rule, SignatureFacts
from smsform.words import tell

# Which documents prove which type of signature, as the SDKs' models.py list them.
DOMESTIC = {"company": (0, 1), "trademark": (7,), "government": (2, 3)}
INTERNATIONAL = {**DOMESTIC, "app": (0, 1, 2, 3, 4)}
INTERNATIONAL_SITE = {
    **INTERNATIONAL,
    "website": (0, 1, 2, 3, 5),
    "official_account": (0, 1, 2, 3, 8),
    "mini_program": (0, 1, 2, 3, 6),
}
CHOICES = {
    "sign_type": SIGN_TYPES,
    "document_type": DOCUMENT_TYPES,
    "purpose": PURPOSES,
}

_SUFFIXES = (".jpg", ".jpeg", ".png")
_LINK = pattern(r"https?://|www\.", re.I)


def _choices(facts: SignatureFacts) -> Sequence[Finding]:
    findings = []
    for key, known in CHOICES.items():
        if key in facts.keys and (value := str(facts.keys[key])) not in known:
            findings.append(unknown_word(key, value, known))
    return findings


def _required(facts: SignatureFacts) -> Sequence[Finding]:
    if not facts.keys:
        return ()
    missing = [key for key in (*CHOICES, "proof_image") if key not in facts.keys]
    if not missing:
        return ()
    message = tell(
        "to apply for it the service also wants {names}", names=", ".join(missing)
    )
    hint = tell("add them, or drop all keys to use a signature that exists already")
    return (Finding(message, hint),)


def _documents(facts: SignatureFacts) -> Sequence[Finding]:
    sign, document = facts.keys.get("sign_type"), facts.keys.get("document_type")
    if sign not in SIGN_TYPES or document not in DOCUMENT_TYPES:
        return ()
    matrix: Mapping[str, tuple[int, ...]] = DOMESTIC
    if facts.signature.international:
        abroad = facts.site == "international"
        matrix = INTERNATIONAL_SITE if abroad else INTERNATIONAL
    if str(sign) not in matrix:
        message = tell(
            "sign_type {sign} is not offered for this market any more", sign=sign
        )
        return (Finding(message, tell("one of: {names}", names=", ".join(matrix))),)
    if DOCUMENT_TYPES[str(document)] in matrix[str(sign)]:
        return ()
    fitting = [n for n, number in DOCUMENT_TYPES.items() if number in matrix[str(sign)]]
    message = tell(
        "{document} does not prove a signature of type {sign}",
        document=document,
        sign=sign,
    )
    return (Finding(message, f"document_type: {tell(' or ').join(fitting)}"),)


def _commission(facts: SignatureFacts) -> Sequence[Finding]:
    given, purpose = "commission_image" in facts.keys, facts.keys.get("purpose")
    if purpose == "other" and not given:
        message = tell("purpose other needs a commission_image")
        return (Finding(message, tell("the service's own form, with the red seal")),)
    return ()


def _spare_commission(facts: SignatureFacts) -> Sequence[Finding]:
    if "commission_image" not in facts.keys or facts.keys.get("purpose") != "own":
        return ()
    message = tell("commission_image has no effect with purpose own")
    return (Finding(message, tell("drop it, or set purpose: other")),)


def _qualification(facts: SignatureFacts) -> Sequence[Finding]:
    if not facts.keys or facts.signature.international:
        return ()
    if "qualification_id" not in facts.keys:
        message = tell("a domestic signature needs a qualification_id")
        return (Finding(message, tell("the console lists them under 实名资质管理")),)
    value = str(facts.keys["qualification_id"])
    if value.isascii() and value.isdigit() and int(value) > 0:
        return ()
    return (Finding(tell("qualification_id: {value!r} is not a number", value=value)),)


def _spare_qualification(facts: SignatureFacts) -> Sequence[Finding]:
    if "qualification_id" not in facts.keys:
        return ()
    message = tell("an international signature has no qualification_id")
    return (Finding(message, tell("drop it: it is not submitted")),)


def _images(facts: SignatureFacts) -> Sequence[Finding]:
    return [
        Finding(
            tell("{key}: {path} is not a jpg, jpeg or png", key=key, path=path),
            tell("scan it in colour again"),
        )
        for key in IMAGES
        if (path := str(facts.keys.get(key, "x.png")))
        if not path.lower().endswith(_SUFFIXES)
    ]


def _store_link(facts: SignatureFacts) -> Sequence[Finding]:
    signature = facts.signature
    if facts.keys.get("sign_type") != "app" or _LINK.search(signature.remark):
        return ()
    message = tell("the remark of an app's signature gives its link in an app store")
    return (Finding(message, tell("add the link to the remark")),)


SIGNATURE = Kind.SIGNATURE
_PAPERS = (
    "sign_type: company, document_type: business_license, purpose: own, "
    "proof_image: licence.png, qualification_id: 1"
)


def _with(papers: str, **changes: str) -> str:
    """An example: the *papers* of a signature with some of them changed."""
    keys = dict(pair.split(": ", 1) for pair in papers.split(", "))
    keys |= changes
    given = ", ".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"tencent: {{{given}}}"


RULES = (
    Rule(
        "SF346", Level.ERROR, "sign_type, document_type and purpose are known values",
        MODELS, READ, _choices, kind=SIGNATURE,
        code="InvalidParameterValue.InvalidDocumentType",
        failing=_with(_PAPERS, sign_type="compony"), passing=_with(_PAPERS),
    ),
    Rule(
        "SF347", Level.ERROR, "A signature to apply for comes with all its papers",
        MODELS, READ, _required, kind=SIGNATURE, code="MissingParameter",
        failing=_with(_PAPERS, proof_image=""), passing=_with(_PAPERS),
    ),
    Rule(
        "SF348", Level.ERROR, "The document proves the type of signature",
        f"{MODELS}; {MODELS_ABROAD}", READ, _documents, kind=SIGNATURE,
        code="InvalidParameterValue.InvalidDocumentType",
        failing=_with(_PAPERS, sign_type="trademark"), passing=_with(_PAPERS),
    ),
    Rule(
        "SF349", Level.ERROR, "Somebody else's signature comes with a commission",
        MODELS, READ, _commission, kind=SIGNATURE,
        failing=_with(_PAPERS, purpose="other"),
        passing=_with(_PAPERS, purpose="other", commission_image="letter.png"),
    ),
    Rule(
        "SF350", Level.WARNING, "One's own signature comes without a commission",
        MODELS, READ, _spare_commission, kind=SIGNATURE,
        failing=_with(_PAPERS, commission_image="letter.png"), passing=_with(_PAPERS),
    ),
    Rule(
        "SF351", Level.ERROR, "A domestic signature names its qualification",
        f"{MODELS}; {ERRORS}", READ, _qualification, kind=SIGNATURE,
        international=False, code="InvalidParameterValue.QualificationIdNotFound",
        failing=_with(_PAPERS, qualification_id=""), passing=_with(_PAPERS),
    ),
    Rule(
        "SF352", Level.WARNING, "An international signature has no qualification",
        MODELS, READ, _spare_qualification, kind=SIGNATURE, international=True,
        failing="international: true\nname: Example\n" + _with(_PAPERS),
        passing="international: true\nname: Example\n"
        + _with(_PAPERS, qualification_id=""),
    ),
    Rule(
        "SF353", Level.ERROR, "Images are jpg, jpeg or png",
        SIGNATURES, READ, _images, kind=SIGNATURE,
        code="InvalidParameterValue.ImageInvalid",
        failing=_with(_PAPERS, proof_image="licence.pdf"), passing=_with(_PAPERS),
    ),
    Rule(
        "SF354", Level.WARNING, "An app's signature comes with its store link",
        SIGNATURES, READ, _store_link, kind=SIGNATURE,
        failing="international: true\nname: Example\nremark: our app\n"
        + _with(_PAPERS, sign_type="app", qualification_id=""),
        passing="international: true\nname: Example\n"
        "remark: https://example.com/store/app\n"
        + _with(_PAPERS, sign_type="app", qualification_id=""),
    ),
)  # fmt: skip
