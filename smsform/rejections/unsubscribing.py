"""The words with which a marketing text to the mainland offers to unsubscribe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smsform.pattern import pattern
from smsform.rule import Finding, TemplateFacts
from smsform.words import tell

UNSUBSCRIBE = "拒收请回复R"

_HAN = pattern("[\u3400-\u9fff]")
# Earlier wordings, or nearly the present one, at the end of a text.
_OTHER = pattern(
    r"(?:[（(\[]?(?:[回复]{0,2} ?(?:TDZD|TD|T|N|R) ?(?:退订?|拒收)|"
    r"(?:退订|拒收)请?回?复?[\s:：]*[A-Za-zＡ-Ｚａ-ｚ]{0,4}))[)）\]]?[\s。.！!]*\Z",
    re.I,
)


def missing(facts: TemplateFacts) -> Sequence[Finding]:
    """A finding for a text that does not end with UNSUBSCRIBE; the hint has it."""
    outline = facts.outline
    if outline.endswith(UNSUBSCRIBE):
        return ()
    message = tell("a marketing text must end with {words}", words=UNSUBSCRIBE)
    if other := _OTHER.search(outline):
        hint = tell("write it instead of {old}", old=other[0].strip())
    elif not _HAN.search(outline):
        hint = tell("a text for numbers abroad says `international: true`")
    else:
        hint = tell("add it as the very last words")
    return (Finding(message, hint),)
