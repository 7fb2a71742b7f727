"""Rules about encoding and segments (SF211, SF212, SF214)."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from smsform.errors import Level
from smsform.pattern import pattern
from smsform.rule import VARIABLE, Finding, Rule, TemplateFacts
from smsform.segments import CAPACITY, GSM7, UCS2, count, outside_gsm7
from smsform.validate.characters import PLAIN, TAB, visible
from smsform.validate.sources import OURS, READ
from smsform.words import tell

_ACCENTED = pattern("[A-Za-z][\u0300-\u036f]+")
LONG = 5  # segments; a longer message is probably an oversight
ALONE, EACH = CAPACITY[UCS2]
LEAST_OF_LONG = (LONG - 1) * EACH + 1  # UTF-16 units; with fewer no text is that long


def _needs_ucs2(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.outline.isascii() and TAB not in facts.outline:
        return ()
    if has_han(facts.outline):  # of another script, as below
        return ()
    culprits = outside_gsm7(facts.outline.replace(VARIABLE, ""))
    # More than a few, or another script: the text simply needs UCS-2.
    if not culprits or len(culprits) > 3 or any(map(of_another_script, culprits)):
        return ()
    pairs = [f"{visible(c)} -> {PLAIN[c]}" for c in culprits if c in PLAIN]
    pairs += _composed(facts.outline)
    fit = CAPACITY[GSM7].alone
    message = tell(
        "{culprits} leaves {alone} characters a message instead of {fit}",
        culprits=" ".join(map(visible, culprits)),
        alone=ALONE,
        fit=fit,
    )
    if not pairs:
        return (Finding(message, tell("do without it")),)
    return (Finding(message, tell("write {pairs}", pairs=", ".join(pairs))),)


def has_han(text: str) -> bool:
    """Whether there is a common Han character in *text*."""
    # Without a pattern, for to compile one of so many characters takes 2 ms.
    return any("\u4e00" <= character <= "\u9fef" for character in text)


def of_another_script(character: str) -> bool:
    """Whether no sign of GSM-7 can be written in its place."""
    return (
        character > "\u024f"
        and character not in PLAIN
        and visible(character) == character
    )


def _composed(text: str) -> list[str]:
    """Letters with separate accents, each with the composed character."""
    pairs: dict[str, None] = {}
    for letters in _ACCENTED.findall(text):
        composed = normalize("NFC", letters)
        if composed != letters:
            shown = " ".join([letters[0], *map(visible, letters[1:])])
            pairs[f"{shown} -> {composed}"] = None
    return list(pairs)


def _long(facts: TemplateFacts) -> Sequence[Finding]:
    if facts.longest < LEAST_OF_LONG:
        return ()
    longest = max(facts.cases.values(), key=len)
    segments = count(longest, facts.template.international).segments
    if segments < LONG:
        return ()
    message = tell(
        "{segments} segments, so {segments} messages are billed", segments=segments
    )
    return (Finding(message),)


def _dearer_case(facts: TemplateFacts) -> Sequence[Finding]:
    cases = facts.cases
    if len(cases) < 2 or facts.longest <= ALONE:
        return ()
    market = facts.template.international
    takes = {case: count(text, market).segments for case, text in cases.items()}
    least, most = min(takes.values()), max(takes.values())
    if least == most:
        return ()
    dear = ", ".join(case for case, segments in takes.items() if segments == most)
    message = tell(
        "{most} segments with the sample {dear}, {least} with others",
        most=most,
        dear=dear,
        least=least,
    )
    hint = tell("shorten the text if every message should cost the same")
    return (Finding(message, hint),)


RULES = (
    Rule(
        "SF211",
        Level.WARNING,
        "An international text in Latin letters stays within GSM-7",
        "GSM 03.38; document 382/34671",
        READ,
        _needs_ucs2,
        international=True,
        failing="international: true\ncontent: Don’t share your password.",
        passing="international: true\ncontent: Don't share your password.",
    ),
    Rule(
        "SF212",
        Level.WARNING,
        f"A message takes fewer than {LONG} segments",
        OURS,
        READ,
        _long,
        failing="content: " + "您的订单已发货，请注意查收。" * 24,
        passing="content: 您的订单已发货，请注意查收。",
    ),
    Rule(
        "SF214",
        Level.INFO,
        "All sample cases cost the same number of segments",
        OURS,
        READ,
        _dearer_case,
        failing="content: 您的包裹已到达{{ place }}，取件时请出示本短信并核对姓名、"
        "电话与取件码，逾期未取的包裹将被退回，如有疑问请联系客服。\n"
        "params: {place: {sample: 东门驿站}}\n"
        "samples: {longest: {place: 东城区长安街一号大院东门外五十米处快递驿站}}",
        passing="content: 您的包裹已到达{{ place }}。\n"
        "params: {place: {sample: 东门驿站}}\nsamples: {longest: {place: 东门外驿站}}",
    ),
)
