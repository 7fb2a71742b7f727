"""What the service refuses in a template's text at once, with a code.

A reviewer refuses far more. The code is documented for the format in general; that it
is what each of these gets, and that a reviewer would not refuse it instead, is [I].
"""

from __future__ import annotations

import re

from smsform.pattern import pattern
from smsform.providers.tencent.emulator.texts import refusal

LONGEST = 500  # UTF-16 units of a message: template standard 382/39023, 2025-06-17

VARIABLE = pattern(r"\{([0-9]{1,18})\}")
_BRACE = pattern("[{}｛｝]")
# Invisible characters do not separate variables [I].
_ADJACENT = pattern("\\}[\\s\u00ad\u200b-\u200d\u2060\ufeff]*\\{")
_ENDINGS = "com|cn|net|org|top|vip|cc|io|me|co|hk|xyz|shop|site|info|link"
_JOINED = pattern(
    r"(?:https?://|www\.)[!-z]{0,300}\{|\}://|"
    rf"\}}[\w.-]{{0,99}}\.(?:{_ENDINGS})\b|"
    rf"\b[a-z0-9-]{{1,63}}\.(?:{_ENDINGS})/[!-z]{{0,300}}\{{|"
    r"[0-9０-９]\{[0-9]+\}[0-9０-９]|"
    r"(?<![0-9０-９])[1１][3-9３-９][0-9０-９]{1,8}\{",
    re.IGNORECASE | re.ASCII,
)


def check_text(text: str) -> None:
    """Variables are {1}, {2}… in one unbroken row, each with text around it."""
    numbers = {*VARIABLE.findall(text)}
    fixed = VARIABLE.sub("", text)
    wrong = ""
    if not text.strip():
        wrong = "content is empty"
    elif len(text.encode("utf-16-le")) // 2 > LONGEST:
        wrong = "content is too long"
    elif _BRACE.search(fixed):
        wrong = "braces that are no variable"
    elif numbers != {str(n) for n in range(1, len(numbers) + 1)}:
        wrong = "variables must be numbered 1, 2, 3"
    elif numbers and not re.search(r"\w", fixed):
        wrong = "content is variables only"
    elif _ADJACENT.search(text):
        wrong = "variables side by side"
    elif _JOINED.search(text):
        wrong = "variable inside a link or a number"
    elif "【" in text or "】" in text:
        wrong = "content has signature brackets"
    if wrong:
        raise refusal("InvalidParameterValue.InvalidTemplateFormat", what=wrong)
