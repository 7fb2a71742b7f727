"""Messages as their recipients read them, and as a terminal shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

import projects
from smsform import segments
from smsform.documents.text import parse
from smsform.errors import Level, Position, Problem
from smsform.model import Placeholder, Template, TemplateType
from smsform.preview import (
    Message,
    Piece,
    Preview,
    RenderingFailed,
    preview,
    render,
)
from smsform.report.preview import as_text
from smsform.report.preview_json import as_json
from smsform.report.terminal import PLAIN, Style, width
from smsform.words import Language, speak


def numbered(template: Template) -> str:
    """The native text of a service that counts its variables: ``{1}``."""
    if stated := template.overrides.get("fake", {}).get("native"):
        return str(stated)
    names = [p.name for p in template.params]
    return "".join(
        p if isinstance(p, str) else f"{{{[*names, p.name].index(p.name) + 1}}}"
        for p in template.content
    )


def named(template: Template) -> str:
    """The native text of a service that names its variables: ``${code}``."""
    return "".join(
        p if isinstance(p, str) else f"${{{p.name}}}" for p in template.content
    )


def order(text: str) -> list[str]:
    """The variables of a numbered text, the lowest first."""
    return sorted(set(re.findall(r"\{(\d+)\}", text)), key=int)


def fill(text: str, values: Sequence[str]) -> str:
    """Put values into a numbered text; the lowest number takes the first."""
    numbers = sorted({int(number) for number in re.findall(r"\{(\d+)\}", text)})
    chosen = dict(zip(numbers, values, strict=False))
    return re.sub(r"\{(\d+)\}", lambda m: chosen.get(int(m[1]), m[0]), text)


SPECS = {
    "fake": replace(projects.SPECS["fake"], native=numbered, order=order, fill=fill),
    "other": replace(projects.SPECS["other"], native=named, positional=False),
}
HERE = Position("t.yaml", 1, 1)
TEMPLATE = Template(
    "a", "a", TemplateType.NOTIFICATION, (), "", at=HERE, content_at=HERE
)
SIGNATURES = """
signatures:
  shop: {name: 示例商城}
  abroad: {name: Shop, international: true}
templates:
"""


def shown(root: Path, body: str, *providers: str) -> Preview:
    """The preview of the project's only template, ``a``, at every provider or these."""
    text = f"{SIGNATURES}  a: {{{body}}}"
    definitions = projects.read(root, text)
    config = projects.config_of(root)
    names = providers or tuple(config.providers)
    return preview(definitions.templates["a"], definitions, config, SPECS, names)


LOGIN = """
    type: verification, signature: shop,
    content: "{{ brand }}：{{ code }}为您的验证码，{{ minutes }}分钟内有效。",
    params: {code: {sample: "183029"}, minutes: {sample: "5"}},
    samples: {longest: {minutes: "30"}}
"""


def test_a_message_is_what_the_recipient_reads(tmp_path: Path) -> None:
    """Signature, constants and values stand in it, and each value knows whose it is."""
    sample, longest = shown(tmp_path, LOGIN).messages
    assert sample.text == "【示例商城】示例商城：183029为您的验证码，5分钟内有效。"
    assert longest.text == "【示例商城】示例商城：183029为您的验证码，30分钟内有效。"
    assert [piece for piece in longest.pieces if piece.parameter] == [
        Piece("183029", "code"),
        Piece("30", "minutes"),
    ]
    assert sample.length == ("UCS-2", 31, 1)


def test_the_longest_case_is_found(tmp_path: Path) -> None:
    """It is the one with most units, not the last."""
    found = shown(tmp_path, LOGIN)
    assert found.longest is found.messages[1]
    body = LOGIN.replace(
        'longest: {minutes: "30"}', 'b: {code: "1234567"}, c: {code: x}'
    )
    found = shown(tmp_path, body)
    assert found.longest is not None
    assert found.longest.case == "b"


def test_each_provider_type_shows_its_own_text(tmp_path: Path) -> None:
    """One text, several native forms; a message that is the same is shown once."""
    found = shown(tmp_path, LOGIN)
    assert [(n.type, n.providers, n.text) for n in found.natives] == [
        ("fake", ("first",), "示例商城：{1}为您的验证码，{2}分钟内有效。"),
        ("other", ("second",), "示例商城：${code}为您的验证码，${minutes}分钟内有效。"),
    ]
    assert {message.providers for message in found.messages} == {("first", "second")}
    assert shown(tmp_path, LOGIN, "second").messages[0].providers == ("second",)


def test_a_text_stated_verbatim_is_filled_by_position(tmp_path: Path) -> None:
    """What import found is shown as that service delivers it, beside the others."""
    body = """
        type: notification, signature: shop, content: "{{ parcel }}到了{{ place }}",
        fake: {native: "包裹{10}已到{2}。"},
        params: {parcel: {sample: "{2}", fake: "10"}, place: {sample: 东门, fake: "2"}}
    """
    content, stated = shown(tmp_path, body).messages
    assert (content.providers, content.text) == (("second",), "【示例商城】{2}到了东门")
    assert (stated.providers, stated.text) == (
        ("first",),
        "【示例商城】包裹{2}已到东门。",
    )
    assert stated.pieces[1:] == (
        Piece("包裹"),
        Piece("{2}", "parcel"),
        Piece("已到"),
        Piece("东门", "place"),
        Piece("。"),
    )


def test_an_international_message_has_its_own_prefix_and_count(tmp_path: Path) -> None:
    """Square brackets, GSM-7, and the characters that would double the price."""
    body = "type: notification, international: true, signature: abroad, content: "
    plain = shown(tmp_path, body + '"It is ready"').messages[0]
    curly = shown(tmp_path, body + '"It’s “ready”, it’s"').messages[0]
    assert plain.text == "[Shop]It is ready"
    assert (plain.length.encoding, plain.outside_gsm7) == ("GSM-7", "")
    assert (curly.length.encoding, curly.outside_gsm7) == ("UCS-2", "’“”")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("It’s “ready”", "UCS-2 because of ’ “ ”"),
        ("It is ready", None),
        ("您的訂單已送達", None),  # a text in another script needs no reason
        (
            "abcdefghijklmnop’‘“”–—…•·†",
            "UCS-2 because of ’ ‘ “ ” – — … • and 2 more",
        ),
    ],
)
def test_the_characters_that_double_the_price_are_named(
    tmp_path: Path, content: str, line: str | None
) -> None:
    """Where a few of them are to blame, they stand above the message."""
    body = "type: notification, international: true, signature: abroad, content: "
    text = as_text(shown(tmp_path, body + f'"{content}"'), (), PLAIN, 80)
    named = [each.strip() for each in text.splitlines() if "because of" in each]
    assert named == ([line] if line else [])


def test_a_message_without_a_signature_has_no_prefix(tmp_path: Path) -> None:
    """The signature is chosen when sending; nothing is made up."""
    found = shown(tmp_path, "type: notification, content: 到了")
    assert found.messages[0].text == "到了"


@pytest.mark.parametrize(
    ("text", "international", "cuts"),
    [
        ("字" * 70, False, ()),
        ("字" * 71, False, (67,)),
        ("字" * 135, False, (67, 134)),
        ("a" * 66 + "😀" + "b" * 10, False, (66,)),  # the emoji lies across the border
        ("😀" * 36, False, (33,)),
        ("a" * 160, True, ()),
        ("a" * 161, True, (153,)),
        ("a" * 152 + "€" + "b" * 10, True, (152,)),  # two septets, so does the euro
        ("[" * 80, True, ()),
        ("[" * 81, True, (76,)),
        ("é" * 69 + "’’", True, (67,)),
    ],
)
def test_cuts_are_where_the_next_segment_begins(
    tmp_path: Path, text: str, international: bool, cuts: tuple[int, ...]
) -> None:
    """Borders lie at every 67 or 153 units; one cut fewer than there are segments."""
    market = str(international).lower()
    body = f'type: notification, international: {market}, content: "{text}"'
    message = shown(tmp_path, body).messages[0]
    assert message.cuts == cuts
    assert len(message.cuts) == message.length.segments - 1


NAMES = st.sampled_from(["code", "minutes", "_1", "range", "Loop", "x" * 30])
# Braces are refused in a text; what is a part of Jinja2 elsewhere is not.
FIXED = st.text(st.characters(exclude_characters="{}｛｝", exclude_categories=["Cs"]))
VALUES = st.text() | st.sampled_from(
    ["{{ code }}", "{% raw %}", "{# no", "</script>", "`rm`", "\x1b[31m", "\\1", "\r\n"]
)


@given(
    st.lists(FIXED | NAMES.map(Placeholder) | st.just("# % - \r\n")),
    st.fixed_dictionaries({}, optional=dict.fromkeys(["code", "range"], VALUES)),
    st.text(),
)
def test_jinja2_reads_a_text_as_smsform_does(
    parts: list[str | Placeholder], given: dict[str, str], value: str
) -> None:
    """The law of the language: rendering is joining, whatever the values hold."""
    source = "".join(p if isinstance(p, str) else f"{{{{ {p.name} }}}}" for p in parts)
    names = {part.name for part in parts if isinstance(part, Placeholder)}
    values = {name: given.get(name, value) for name in names}
    pieces = render(source, {}, values)
    joined = "".join(p if isinstance(p, str) else values[p.name] for p in parse(source))
    assert "".join(piece.text for piece in pieces) == joined
    assert all(p.text == values[p.parameter] for p in pieces if p.parameter)


def test_a_constant_is_not_rendered_again() -> None:
    """A constant that looks like a placeholder stays text."""
    assert render("{{ a }}", {"a": "{{ b }}"}, {"b": "x"}) == (Piece("{{ b }}"),)


@pytest.mark.parametrize(
    "source",
    [
        "{{ other }}",
        "{{ range }}",
        "{% if %}",
        "{{ code | upper }}",
        "{{ code._x }}",
        "{{ code.__class__ }}",
        "{{",
        "{{ cycler() }}",
        "{{ code() }}",
        "{% include 'x' %}",
    ],
)
def test_what_jinja2_refuses_has_a_reason(source: str) -> None:
    """Undefined names, syntax, filters, the sandbox: one error, in Jinja2's words."""
    with pytest.raises(RenderingFailed, match=r"\w"):
        render(source, {}, {"code": "1"})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{{ code | upper }}到了", "its text has errors"),
        ("{{ undeclared }}到了", "'undeclared' is undefined"),
    ],
)
def test_a_text_with_errors_is_shown_with_the_reason(
    tmp_path: Path, content: str, why: str
) -> None:
    """A broken template does not keep the others from being shown."""
    found = shown(tmp_path, f'type: notification, content: "{content}"')
    assert found.messages == ()
    assert found.failure == why
    assert f"cannot be rendered: {why}" in as_text(found, (), PLAIN, 80)


def test_a_template_in_a_terminal(tmp_path: Path) -> None:
    """What it is, what the services get, each case in a bubble, the longest first."""
    found = shown(tmp_path, f"name: 登录验证码, {LOGIN.strip()}")
    assert as_text(found, (), PLAIN, 60).replace(str(tmp_path) + "/", "") == (
        "a  登录验证码\n"
        "  verification, domestic · t.yaml:6:3\n"
        "  first: 示例商城：{1}为您的验证码，{2}分钟内有效。\n"
        "    by position: code, minutes\n"
        "  second: 示例商城：${code}为您的验证码，${minutes}分钟内有\n"
        "          效。\n"
        "\n"
        "  longest · 1 segment, 32 of 70 characters · longest case\n"
        "  ╭──────────────────────────────────────────────────────╮\n"
        "  │ 【示例商城】示例商城：183029为您的验证码，30分钟内有 │\n"
        "  │ 效。                                                 │\n"
        "  ╰──────────────────────────────────────────────────────╯\n"
        "\n"
        "  sample · 1 segment, 31 of 70 characters\n"
        "  ╭─────────────────────────────────────────────────────╮\n"
        "  │ 【示例商城】示例商城：183029为您的验证码，5分钟内有 │\n"
        "  │ 效。                                                │\n"
        "  ╰─────────────────────────────────────────────────────╯"
    )


def test_a_ruler_shows_where_segments_begin(tmp_path: Path) -> None:
    """The arrow stands below the first character that is billed again."""
    body = f"type: marketing, signature: shop, content: {'优' * 61}惠{'券' * 10}"
    lines = as_text(shown(tmp_path, body, "first"), (), PLAIN, 80).splitlines()
    start = lines.index("  sample · 2 segments, 78 characters, 67 a segment")
    assert lines[start + 3 : start + 5] == [
        f"  │ {'优' * 30}惠{'券' * 6} │",
        f"  │ {' ' * 38}segment 2 begins here ↑{' ' * 13} │",
    ]
    wide = as_text(shown(tmp_path, body, "first"), (), PLAIN, 120).splitlines()
    assert f"  │ {' ' * 40}↑ segment 2 begins here{' ' * 31} │" in wide


def test_values_are_marked_when_colour_is_on(tmp_path: Path) -> None:
    """A reviewer sees what will vary; the box keeps its shape."""
    found = shown(tmp_path, LOGIN, "first")
    coloured = as_text(found, (), Style(True), 80)
    assert "\x1b[4m\x1b[36m183029\x1b[39m\x1b[24m为您的验证码" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == as_text(found, (), PLAIN, 80)


HOSTILE = "\x1b[2J\u202e</script>`rm`\u200b{{ x }}\x9b\ud800"


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_hostile_text_is_shown_as_those_very_characters(
    tmp_path: Path, columns: int
) -> None:
    """Names, texts, values, cases and file names cannot move the cursor or hide."""
    found = shown(tmp_path, LOGIN)
    message = replace(
        found.messages[0], case=HOSTILE, pieces=(Piece(HOSTILE), Piece(HOSTILE, "code"))
    )
    at = Position(HOSTILE, 1, 1)
    template = replace(found.template, key=HOSTILE, name=HOSTILE, at=at)
    natives = tuple(replace(n, text=HOSTILE) for n in found.natives)
    problem = Problem(HOSTILE, Level.ERROR, at, HOSTILE, HOSTILE)
    found = replace(found, template=template, natives=natives, messages=(message,))
    text = as_text(found, (problem,), PLAIN, columns)
    assert not set(HOSTILE) & set(text) & set("\x1b\u202e\u200b\x9b\ud800")
    assert r"\x1b[2J\u202e</script>`rm`\u200b{{ x }}\x9b\ud800" in text
    document = as_json([found], {HOSTILE: [problem]})
    assert json.loads(document)["templates"][0]["messages"][0]["text"] == HOSTILE * 2
    assert not set(document) & set("\x1b\u202e\u200b\x9b\ud800")


@example("0" * 67 + " 0", 73, Language.EN)  # a segment begins at a hanging space
@given(
    st.text(max_size=300) | st.text("短信a ", min_size=68, max_size=300),
    st.integers(min_value=30, max_value=120),
    st.sampled_from(Language),
)
def test_a_bubble_is_a_rectangle_that_fits(
    text: str, columns: int, language: Language
) -> None:
    """Whatever a message holds, its borders line up within the terminal.

    So do the marks of its segments, in either language.
    """
    cuts = tuple(range(67, len(text), 67))
    message = Message(
        "sample", ("first",), (Piece(text),), segments.count(text, False), cuts
    )
    found = Preview(TEMPLATE, None, (), (message,))
    speak(language)
    try:
        shown = as_text(found, (), PLAIN, columns)
    finally:
        speak(Language.EN)
    box = [
        line for line in shown.splitlines() if line.startswith(("  ╭", "  │", "  ╰"))
    ]
    assert len(box) >= 3
    assert len({width(line) for line in box}) == 1
    assert width(box[0]) <= columns


def test_a_case_that_reads_the_same_everywhere_is_shown_once(tmp_path: Path) -> None:
    """One box with both names where the texts differ in another case only."""
    native = "示例商城：{1}为您的验证码，5分钟内有效。"
    body = LOGIN.replace('"183029"', '"183029", fake: "1"').rstrip()
    found = shown(tmp_path, f'{body}, fake: {{native: "{native}"}}')
    assert [(each.case, each.providers) for each in found.messages] == [
        ("sample", ("second",)),
        ("sample", ("first",)),
        ("longest", ("second",)),
        ("longest", ("first",)),
    ]
    lines = as_text(found, (), PLAIN, 80).splitlines()
    heads = [line.partition(" · ")[0].strip() for line in lines if "segment" in line]
    assert heads == ["longest (second)", "sample (second, first)", "longest (first)"]


def test_json_says_what_the_terminal_says(tmp_path: Path) -> None:
    """Versioned, whole, in code points; problems stand with their template."""
    found = shown(tmp_path, LOGIN)
    problem = Problem("SF201", Level.WARNING, found.template.at, "what", "todo")
    document = json.loads(as_json([found], {"a": [problem]}))
    assert document["smsform_preview"] == 1
    (template,) = document["templates"]
    assert (template["key"], template["type"]) == ("a", "verification")
    assert template["signature"] == "示例商城"
    assert template["natives"][1] == {
        "type": "other",
        "providers": ["second"],
        "text": "示例商城：${code}为您的验证码，${minutes}分钟内有效。",
        "parameters": ["code", "minutes"],
        "positional": False,
    }
    sample, longest = template["messages"]
    assert sample["text"] == found.messages[0].text
    assert sample["pieces"][3] == {"text": "183029", "parameter": "code"}
    assert (sample["units"], sample["segments"], sample["cuts"]) == (31, 1, [])
    assert (sample["longest"], longest["longest"]) == (False, True)
    assert [each["rule"] for each in template["problems"]] == ["SF201"]
