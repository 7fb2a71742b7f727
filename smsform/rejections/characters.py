"""Characters that handsets or carriers on the mainland may not show.

GB 2312 holds the simplified forms, Big5 the traditional ones: a character in only one
of them belongs to that script. Of Big5 only the first level counts, the 5,401 frequent
characters; the second has rare ones that occur in names in either script. A list has
the exceptions that are written alike in simplified texts (玥 is in the first level).
"""

from __future__ import annotations

from functools import cache, lru_cache

from smsform.pattern import pattern

# Characters of Big5's first level that are not in GB 2312 and that OpenCC 1.1's table
# from traditional to simplified leaves unchanged (worked out 2026-11-29).
_ALIKE = frozenset(
    "伋伕佺倣偭偯偺傚僇僎僩儅儳兙兛兝兞兡兣劻勗勦卄吋呎啗啣嗧嘐堉塭塽墦奭妳姅姪嬝屘屝崁巉帟彊徬惇愒慇"
    "抆揹搆搾撚撢擭敔昤晅晞暍暱暸杗枓栘梂梡梱棻楛榣槃橾櫂櫺歜毚毬汍沍沘沬泜洸浥浬涊湣湩湲潟潠澴濩濬炤焜"
    "煆煖燄燐燸牠牴玆玥玨珪珮琍琯瑯璘璟瓖瓩甽疢痲痳痺瘉睪瞇瞋瞭砠砲硿祇祐穋箄箠篛簷籐籣籥糎糢縿繙耑脤脰"
    "芣蔆蘗衹裯褕褽覜觔觼詨詻誧谿豭貍賸跦跼踡踫迆迺遝郃鄗鄘釆釭鉼銲鎗鑤阬隄雊霤韹餽鯈鶸鼇"
)
_SECOND_LEVEL = 0xC9  # the first byte of Big5's rarer half
_EMOJI = pattern(
    "[0-9#*]\ufe0f?\u20e3|[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]"
)


# Several rules of each service ask about a text, one after the other, and about values
# that many texts share.
AT_ONCE = 256


@cache
def _script(character: str) -> str:
    """ "simplified" or "traditional" where only that script has it, else ""."""
    if not "\u4e00" <= character <= "\u9fff" or character in _ALIKE:
        return ""
    simplified, traditional = _in(character, "gb2312"), _in(character, "big5")
    if bool(simplified) is bool(traditional):
        return ""
    if simplified:
        return "simplified"
    return "traditional" if traditional[0] < _SECOND_LEVEL else ""


def _in(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b""


@lru_cache(AT_ONCE)
def traditional(text: str) -> str:
    """The characters of *text* that only Traditional Chinese writes, each once."""
    if text.isascii() or _in(text, "gb2312"):
        return ""
    return _of_script(text, "traditional")


def simplified(text: str) -> str:
    """The characters of *text* that only Simplified Chinese writes, each once."""
    if text.isascii() or _in(text, "big5"):
        return ""
    return _of_script(text, "simplified")


def _of_script(text: str, script: str) -> str:
    return "".join([c for c in dict.fromkeys(text) if _script(c) == script])


def emoji(text: str) -> str:
    """The first emoji of *text*; "" for none."""
    if text.isascii():
        return ""
    found = _EMOJI.search(text)
    return found[0] if found else ""
