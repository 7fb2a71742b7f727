"""Hard YAML: a deliberate answer to every known case, the same from every parser."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import projects
from smsform.documents import events, plain
from smsform.documents.document import LINE, Document, Node
from smsform.errors import Problem

CASES = {
    row["id"]: row
    for row in map(
        json.loads,
        (Path(__file__).parent.parent / "data" / "yaml_cases.jsonl")
        .read_text("utf-8")
        .rstrip("\n")
        .split("\n"),
    )
}
PARSERS = (yaml.CSafeLoader, yaml.SafeLoader)
PARAMS = "    params: {code: {sample: '1'}, minutes: {sample: '5'}}\n"

# A row that is a `content:` stands in a template below these lines; line 4, column 14
# is where its value begins.
ABOVE = "templates:\n  a:\n    type: notification\n"

# id -> (rule and place, a part of the hint)
CONTENT_REFUSED = {
    "Y01": ("SF103 4:14", '"{{ p1 }}为您的登录验证码，请于{{ p2 }}分钟内填写"'),
    "Y02": ("SF113 4:14", '"{{ p1 }}"'),
    "Y04": ("SF120 4:20", "您的验证码是{{ code }}，{{ minutes }}分钟内有效"),
    "Y06": ("SF120 4:14", "{{ code }}是您的验证码"),
    "Y08": ("SF103 4:14", '"{{ code }}"'),
    "Y09": ("SF120 4:25", "【腾讯云】您的验证码是{{ code }}"),
    "Y11": ("SF103 4:14", "all of it into quotes"),
    "Y14": ("SF103 4:14", '"&您好，{{ p1 }}"'),
    "Y17": ("SF103 4:14", '"%20 off"'),
    "Y18": ("SF103 4:14", '"@all 您好"'),
    "Y21": ("SF120 4:20", "您的取件码#{{ code }}"),
    "Y24": ("SF103 4:14", '"您的验证码:"'),
    "Y44": ("SF120 5:13", "您的验证码是{{ code }}"),
    "Y45": ("SF120 4:14", "您的验证码是{{ code }}"),
    "Y47": ("SF120 4:14", "您的验证码是{{ code }}"),
    "Y49": ("SF120 4:14", "{{ code }}，5分钟内有效"),
    "Y51": ("SF120 5:10", "您的{{ code }}"),
    "Y54": ("SF120 4:14", "您的\t验证码{{ code }}"),
    "Y57": ("SF102 4:15", "invisible"),
    "Y62": ("SF120 4:21", "您的\u200b验证码\u2060{{ code }}\u200d"),
    "Y65": ("SF120 4:14", "{{ code }}为您的验证码"),
    "Y68": ("SF102 4:16", "invisible"),
    "Y71": ("SF102 4:16", "invisible"),
    "Y72": ("SF120 4:17", "您好😀{{ code }}"),
    "Y73": ("SF111 4:15", "😀"),
    "Y74": ("SF111 4:15", "eight digits"),
}
# The same text, as its hint says it: it is read, and as what.
CONTENT_READ = {
    "Y44": "您的验证码是",
    "Y49": "您的验证码是",
    "Y51": "您的",
    "Y54": "您的\t验证码",
    "Y62": "您的\u200b验证码\u2060",
    "Y72": "您好😀",
}
# Rows that stand for themselves as a file.
FILE_REFUSED = {
    "Y05": ("SF103 1:23", '"您的验证码是{{ p1 }}"'),
    "Y26": ("SF112 1:3", "templates"),
    "Y66": ("SF113 1:1", "`: `"),
    "Y75": ("SF101 1:10", "UTF-8"),
    "Y76": ("SF101 1:1", "UTF-8"),
    "Y86": ("SF110 2:7", "<<: *anchor"),
    "Y89": ("SF106 1:8", "anchor &a"),
    "Y90": ("SF106 2:6", "anchor &a"),
    "Y95": ("SF113 1:1", "keys"),
    "Y96": ("SF113 1:1", "keys"),
    "Y105": ("SF104 1:1", "begins with %"),
}
# Values that PyYAML reads as something else: taken as written, here as samples.
AS_WRITTEN = {
    "Y31": ["0o17", "0x1F", "0b101", "0b2"],
    "Y32": ["1_000", "1400_006666"],
    "Y33": ["12:30", "12:30:45", "1:60", "08:30", "23:59:59"],
    "Y34": ["2024-06-03", "2024-06-03 10:02:34", "2024/06/03", "20240603"],
    "Y35": ["1.10", "1e3", "1.0e+3", ".5", "12.", ".inf", ".nan", "9.90"],
    "Y38": ["123456789012345678901234567890"],
}
# Rows about keys and structure: key -> value as text, or the problem.
STRUCTURE: dict[str, Any] = {
    "Y64": {"a": "1", "\xa0b": "2"},
    "Y80": {"1": "a", "01": "b", "0x1": "c"},
    "Y81": "SF109 2:1",
    "Y84": {"a": {"k": "1"}, "b": {"k": "2", "l": "3"}, "x": {"k": "1", "l": "3"}},
    "Y87": {"a": {"k": "1"}, "b": {"l": "2"}, "x": {"k": "1", "l": "2"}},
    "Y97": {"1": "a", "null": "b", "true": "c", "2024-01-01": "d", "1.5": "e"},
    "Y100": ["SF107 2:4", "SF107 3:4", "SF107 4:4"],
}
# Trailing spaces of a plain text go, of a quoted one they are dropped and said.
SPACES = {"Y52"}


def data_of(id: str) -> bytes:
    row = CASES[id]
    if "yaml_base64" in row:
        return base64.b64decode(row["yaml_base64"])
    data: bytes = row["yaml"].encode()
    return data


def in_template(id: str) -> str:
    """A row `content: …` as the content of a template with two parameters."""
    lines = data_of(id).decode().removesuffix("\n").split("\n")
    body = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return ABOVE + body.replace("    name: x\n", "") + PARAMS


def plain_value(node: Any) -> Any:
    value = node[0]
    if isinstance(value, dict):
        return {key: plain_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    return value


def parsed(source: str, parser: Any = None) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    node = events.parse(Document("t.yaml", source, problems), parser)
    return node, problems


def test_every_known_case_has_an_answer() -> None:
    """No row of the collection is without an expectation here."""
    answered = {
        *CONTENT_REFUSED,
        *FILE_REFUSED,
        *AS_WRITTEN,
        *STRUCTURE,
        *SPACES,
    }
    assert answered == CASES.keys()


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("id", CONTENT_REFUSED)
def test_a_hard_content_is_refused_where_it_stands(
    id: str, parser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first problem has the rule, the place and the corrected text."""
    monkeypatch.setattr(events, "PARSER", parser)
    found = projects.read(tmp_path, in_template(id)).problems
    expected, hint = CONTENT_REFUSED[id]
    assert projects.told(tmp_path, found)[0] == expected.replace(" ", " t.yaml:")
    assert hint in found[0].hint
    assert len({problem.rule for problem in found} - {"SF128"}) == 1


@pytest.mark.parametrize("id", CONTENT_READ)
def test_a_mended_content_is_read(id: str, tmp_path: Path) -> None:
    """With the placeholder as the hint says, the text is read, outer space dropped."""
    text = in_template(id).replace("{1}", "{{ code }}").replace(", minutes", ", m")
    text = text.replace("m: {sample: '5'}", "").replace(", }", "}")
    found = projects.read(tmp_path, text)
    assert found.problems == ()
    assert found.templates["a"].content[0] == CONTENT_READ[id]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("id", FILE_REFUSED)
def test_a_hard_file_is_refused(
    id: str, parser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is no definition file says so, and where."""
    monkeypatch.setattr(events, "PARSER", parser)
    found = projects.read(tmp_path, data_of(id)).problems
    expected, hint = FILE_REFUSED[id]
    told = projects.told(tmp_path, found)
    assert expected.replace(" ", " t.yaml:") in told
    assert hint in found[told.index(expected.replace(" ", " t.yaml:"))].hint


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("id", AS_WRITTEN)
def test_a_sample_is_taken_as_written(
    id: str, parser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never 83 for 0123, never 750 for 12:30, never a date."""
    monkeypatch.setattr(events, "PARSER", parser)
    rows = [line.split(": ", 1) for line in data_of(id).decode().splitlines()]
    params = "".join(f"      {key}: {{sample: {value}}}\n" for key, value in rows)
    content = "，".join(f"{{{{ {key} }}}}" for key, _ in rows)
    found = projects.read(
        tmp_path, f'{ABOVE}    content: "{content}"\n    params:\n{params}'
    )
    assert found.problems == ()
    samples = [parameter.sample for parameter in found.templates["a"].params]
    assert samples == AS_WRITTEN[id]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("id", STRUCTURE)
def test_keys_and_merges_are_what_stands_there(id: str, parser: Any) -> None:
    """Keys are texts as written, merges follow PyYAML, doubles and tags are refused."""
    node, problems = parsed(data_of(id).decode(), parser)
    expected = STRUCTURE[id]
    if isinstance(expected, dict):
        assert problems == []
        assert plain_value(node) == expected
    else:
        told = [f"{each.rule} {each.at.line}:{each.at.column}" for each in problems]
        assert told == ([expected] if isinstance(expected, str) else expected)


def test_trailing_spaces_are_dropped_once(tmp_path: Path) -> None:
    """A plain text has none; of a quoted one they go, and the template says so."""
    plain_text, quoted = data_of("Y52").decode().splitlines()
    for line, trimmed in (
        (plain_text, False),
        (quoted.replace("b:", "content:"), True),
    ):
        line = line.replace("{1}", "{{ code }}")
        found = projects.read(
            tmp_path, f"{ABOVE}    {line}\n    params: {{code: {{sample: 1}}}}\n"
        )
        assert found.problems == ()
        assert found.templates["a"].trimmed is trimmed
        assert found.templates["a"].content[0] == "您的验证码是"


# --- beyond the collection ----------------------------------------------------------


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: 1\n---\nb: 2\n", "SF104 2:1"),
        ("[a, b]: 1\n", "SF108 1:1"),
        ("a: *nothing\n", "SF103 1:4"),
        ("a:\n\tb: 1\n", "SF103 2:1"),
        ("a: {b: 1, b: 2}\n", "SF109 1:11"),
        ("a: 1\n'a': 2\n", "SF109 2:1"),
        ('a: "x\\0y"\n', "SF102 1:4"),
        ("a: " + "[" * 60 + "]" * 60, "SF105 1:54"),
        ("a: " + "{a: " * 60 + "}" * 60, "SF105 1:204"),
        ('a: "never closed\n', "SF103 1:4"),
        ("a: b: c\n", "SF103 1:4"),
        ("%TAG ! tag:x,2000:\n---\na: !y 1\n", "SF107 3:4"),
    ],
)
def test_what_is_not_plain_yaml_is_one_clear_problem(
    source: str, expected: str, parser: Any
) -> None:
    """Each has a rule and a place, alike in the C and the pure parser."""
    _, problems = parsed(source, parser)
    told = [f"{each.rule} {each.at.line}:{each.at.column}" for each in problems]
    assert told == [expected]


@pytest.mark.parametrize("parser", PARSERS)
def test_an_alias_bomb_is_refused_before_it_explodes(parser: Any) -> None:
    """Nine to the ninth values are counted, not made."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for n in range(1, 10):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]")
    node, problems = parsed("\n".join(lines), parser)
    assert node is None
    assert [each.rule for each in problems] == ["SF106"]


@pytest.mark.parametrize("quote", ["", "'"])
def test_a_section_may_be_named_and_used_again(tmp_path: Path, quote: str) -> None:
    """Reading it the first time takes nothing from it; by the quick reader, and by the
    other one, which reads a key in quotes."""
    source = f"signatures: &all\n  {quote}shop{quote}:\n    name: 示例商城\n"
    for more, told in (
        ("templates: *all\n", ["SF118 t.yaml:2:3"] * 2),
        (
            "templates:\n  login: *all\n",
            ["SF112 t.yaml:2:3", *["SF118 t.yaml:5:3"] * 2],
        ),
    ):
        found = projects.read(tmp_path, source + more)
        assert found.signatures["shop"].name == "示例商城"
        assert projects.told(tmp_path, found.problems) == told


@pytest.mark.parametrize("parser", PARSERS)
def test_depth_is_counted_through_aliases(parser: Any) -> None:
    """A thousand aliases, each inside the next, are as deep as they are written out."""
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 1000))]
    _, problems = parsed("\n".join(lines), parser)
    assert [each.rule for each in problems] == ["SF105"]


@pytest.mark.parametrize("parser", PARSERS)
def test_merges_keep_order_places_and_what_is_explicit(parser: Any) -> None:
    """Merged keys come first and keep their place; an explicit value wins."""
    source = "a: &a {k: 1, l: 2}\nx:\n  k: 9\n  <<: *a\n  '<<': quoted\n"
    node, problems = parsed(source, parser)
    assert problems == []
    merged = node[0]["x"][0]
    assert list(merged) == ["k", "l", "<<"]
    assert plain_value(node)["x"] == {"k": "9", "l": "2", "<<": "quoted"}
    assert merged["l"][2:] == (0 * LINE + 16, 0 * LINE + 13)
    assert merged["k"][2] == 2 * LINE + 5


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"\xef\xbb\xbf", b"---\n"])
def test_an_empty_file_defines_nothing(data: bytes, tmp_path: Path) -> None:
    """Nothing, a comment, a BOM or a marker alone: no definition, no problem."""
    found = projects.read(tmp_path, data)
    assert found.problems == ()
    assert found.templates == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
    ],
)
def test_bom_and_line_ends_change_nothing(change: Any, tmp_path: Path) -> None:
    """A BOM is dropped; CRLF and CR end lines; places stay the same."""
    data = (ABOVE + '    content: "{{ n }}号"\n    params: {n: {sample: 7}}\n').encode()
    expected = projects.read(tmp_path, data)
    assert expected.problems == ()
    assert projects.read(tmp_path, change(data)) == expected


# --- the quick reader ---------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "a",
        "b",
        "sample",
        "name",
        "1",
        "0x1F",
        "验证码",
        "true",
        "null",
        "~",
        "12:30",
        "<<",
    ]
)
TEXTS = st.one_of(
    WORDS,
    st.text(alphabet="ab1 ，码:#'\"\\-{}[]&*!|>%@`,?\t{} ", max_size=8),
    st.builds('"{}"'.format, st.text(alphabet="ab ，码:#{}\\'", max_size=8)),
    st.builds("{{{}: {}, {}: {}}}".format, WORDS, WORDS, WORDS, WORDS),
    st.builds('{{{}: "{}"}}'.format, WORDS, WORDS),
    st.builds("[{}, {}]".format, WORDS, WORDS),
)
ODD_KEYS = st.one_of(WORDS, st.text(alphabet="ab-_ :#'\"?", min_size=1, max_size=4))
FILE_LINES = st.one_of(
    st.builds(
        "{}{}: {}".format, st.sampled_from(["", "  ", "    ", " "]), ODD_KEYS, TEXTS
    ),
    st.builds("{}{}:".format, st.sampled_from(["", "  ", "    "]), ODD_KEYS),
    st.builds(
        "{}{}: {} # {}".format, st.sampled_from(["", "  "]), ODD_KEYS, TEXTS, TEXTS
    ),
    st.sampled_from(
        ["", "# note", "  # note", "- a", "---", "...", "  text", "\x00", "\x7f"]
    ),
)

PLAIN_KEYS = st.from_regex(r"[a-c_][a-c1_-]{0,2}", fullmatch=True)
BARE = st.from_regex(r"[a1验码_]([ab1，。/.+-]|:1| (?=[ab])){0,5}", fullmatch=True)
QUOTED = st.text(alphabet="ab1 ，:#{}[]'", max_size=6).map('"{}"'.format)
FLOW = st.dictionaries(PLAIN_KEYS, BARE | QUOTED, min_size=1, max_size=3).map(
    lambda items: "{" + ", ".join(f"{k}: {v}" for k, v in items.items()) + "}"
)
FLOW_LIST = st.lists(BARE, min_size=1, max_size=3).map(
    lambda each: f"[{', '.join(each)}]"
)
FLOW_LISTS = st.lists(FLOW, min_size=1, max_size=3).map(
    lambda each: f"[{', '.join(each)}]"
)
TREES = st.recursive(
    BARE | QUOTED | FLOW | FLOW_LIST | FLOW_LISTS,
    lambda inner: st.dictionaries(PLAIN_KEYS, inner, min_size=1, max_size=3),
    max_leaves=8,
)


def rendered(tree: Any, indent: int) -> list[str]:
    lines = []
    for key, value in tree.items():
        if isinstance(value, dict):
            lines += [f"{' ' * indent}{key}:", *rendered(value, indent + 2)]
        else:
            lines.append(f"{' ' * indent}{key}: {value}")
    return lines


PLAIN = st.dictionaries(PLAIN_KEYS, TREES, min_size=1, max_size=3).map(
    lambda tree: "\n".join(rendered(tree, 0)) + "\n"
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A plain file with a few characters put in, taken out or exchanged."""
    source = draw(PLAIN)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(source)))
        new = draw(
            st.sampled_from([*"\n :#'\"-{}[],&*!|>%@`?~\t\\a验\u3000", "", "\n  "])
        )
        source = source[:at] + new + source[at + draw(st.integers(0, 2)) :]
    return source


@st.composite
def named(draw: st.DrawFn) -> str:
    """A plain file whose mappings have names, and that uses these: in order, or not."""
    lines = draw(PLAIN).splitlines()
    names = st.sampled_from(["n", "m_1", "n-2"])
    for number, line in enumerate(lines):
        if line.endswith(":") and draw(st.booleans()):
            lines[number] += f" &{draw(names)}"
    for number in range(draw(st.integers(0, 3))):
        indent = draw(st.sampled_from(["", "", "  "]))
        line = f"{indent}u{number}: *{draw(names)}"
        lines.insert(draw(st.sampled_from([len(lines), 1])), line)
    return "\n".join(lines) + "\n"


def quick(source: str) -> Node | None:
    """What the quick reader makes of it; None where it leaves it to the other."""
    try:
        return plain.read(source)
    except plain.NotPlain:
        return None


SOURCES = st.one_of(
    PLAIN, named(), damaged(), st.lists(FILE_LINES, max_size=7).map("\n".join)
)


@given(source=SOURCES)
@example("a:\n  b: {c: 1, d: '2'}\n  e: x#y\n")
@example("a: b\n  c: d")
@example("a:#b")
@example('a: "b"#c')
@example("a:\nb: 1")
@example("a: {b: 1,c: 2}")
@example("a: {b: 1, c: [d, 'e']}\nff:\n  g: {b: 1, c: [d, 'e']}\n")
@example("a: {b: 1, b: 1}\nc: {b: 1, b: 1}\n")
@example("a: 1\n b: 2")
@example("  a: 1\nb: 2")
@example("a: &n\n  b: 1\nc: *n\nd: *n\n")
@example("a: &n\n  b: &m\n    c: 1\n  d: *m\ne: *n\n")  # one stands for another
@example("a: &n\n  b: *n\n")
@example("a: &n\n  b: 1\nc: &n\n  d: 2\ne: *n\n")
@example("a: &n\nb: *n\n")
@example("a: &n b\nc: *n\n")
@example("a: *n\nb: &n\n  c: 1\n")
@example("a: &n\n  b: &m\n    c: 1\nd: *m\ne: *n\n")
@example("a: [{b: 1, c: '2'}, {d: \"]}\"}]\n")
@example("a: [1:[1]\n")
def test_the_quick_reader_reads_as_the_parsers_do_or_gives_up(source: str) -> None:
    """Same values, styles and places as PyYAML; else it leaves the file to it."""
    found = quick(source)
    by_c, problems = parsed(source, yaml.CSafeLoader)
    if found is not None:
        assert problems == []
        assert found == by_c


@given(source=PLAIN, style=st.sampled_from(["|", "|+", ">-", "&x", "!!str"]))
def test_both_parsers_say_the_same(source: str, style: str) -> None:
    """Nodes and places of a well-formed file are alike, however it is written."""
    source += f"z:\n  y: {style}\n    文 a\n    b\n  x: 'it''s'\n  <<: {{w: 1}}\n"
    by_c, of_c = parsed(source, yaml.CSafeLoader)
    by_python, of_python = parsed(source, yaml.SafeLoader)
    assert of_c == of_python == []
    assert by_c == by_python


SECTION_LINES = st.sampled_from(
    [
        *("signatures:", "templates:", "templates:", "signatures: &s", "templates: *s"),
        *("  one:", "  two:", "  three:", "  one: &n", "  four: *n", "  five: {}"),
        *("    name: 登录", "    type: notification", "    content: 您的包裹已到。"),
        *("    content: {{ lost }}", "    content: 到 #3", "    contnet: x"),
        *(
            "    content: |",
            "      您的包裹已到。",
            "    signature: one",
            "    type: x",
        ),
        *("    params: {code: {kind: code}}", "    fake: {sign_type: x}"),
        *("moved:", "  - {from: six, to: one}", "moved: {a: b}", "x-all: &n"),
        *("unheard:", "  a: 1", "", "# ---", "\tx", "'quoted': 1"),
    ]
)
ENTRIES = st.builds(
    lambda lines, end: "\n".join(["templates:", "  zero:", *lines, end]),
    st.lists(SECTION_LINES, max_size=14),
    st.sampled_from(["", "", "  last: |", "x: *lost", "\ty"]),
)


@given(source=ENTRIES)
@example("templates:\n  a:\n    content: x\n  b:\n    content: |\n      y\n")
@example("templates: &s\n  a:\n    content: x\nsignatures: *s\n")
@example("templates:\n  a: &n\n    type: x\n  b: *n\n  c: *n\nmoved: {a: b}\n")
@example("templates:\n  a:\n    b: &n\n      c: *n\n")
def test_entries_read_one_by_one_are_those_of_the_whole_file(
    tmp_path_factory: pytest.TempPathFactory, source: str
) -> None:
    """The same definitions, problems and places, in whatever line the quick reader
    sees that it has to give up."""
    root = tmp_path_factory.mktemp("project")
    one_by_one = projects.read(root, source)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain, "entries", not_plain)
        assert projects.read(root, source) == one_by_one


def not_plain(source: str, sections: object) -> NoReturn:
    """As if it knew nothing."""
    raise plain.NotPlain


def test_the_quick_reader_leaves_what_is_deep_or_much_to_the_other() -> None:
    """There are limits, and the other reader says so where they are passed."""
    deep = "".join(f"{' ' * n}a:\n" for n in range(60)) + f"{' ' * 60}a: b\n"
    assert quick(deep) is None
    assert [p.rule for p in parsed(deep, yaml.CSafeLoader)[1]] == ["SF105"]
    wide = "".join(f"  k{n}: v\n" for n in range(2000))
    uses = "".join(f"u{n}: *a\n" for n in range(600))
    assert quick(f"x: &a\n{wide}{uses}") is None
    problems = parsed(f"x: &a\n{wide}{uses}", yaml.CSafeLoader)[1]
    assert [problem.rule for problem in problems] == ["SF106"]
    assert quick(f"x: &a\n{wide}u: *a\n") is not None


def test_the_quick_reader_is_used_for_a_file_like_the_manual_s() -> None:
    """The usual file does not take the slow road."""
    source = (
        "templates:\n  login_code:  # a note\n    name: 登录验证码\n"
        '    content: "{{ code }}为您的登录验证码。"\n\n'
        '    params:\n      code: {sample: "183029", kind: code}\n'
        "    providers: [one, two]\n"
        "    samples: &longest\n      longest: {code: x}\n"
        "  other_code:\n    samples: *longest\n    own: [{company: x}, {company: y}]\n"
    )
    assert quick(source) == parsed(source, yaml.SafeLoader)[0]
    assert quick(source) is not None


PROJECT = """\
signatures: &s
  shop: {name: 示例, fake: {sign_type: company}, providers: [first]}
templates:
  a: &a
    type: notification
    signature: shop
    content: "{{ code }}是{{ brand }}的验证码"
    params: {code: {sample: 0123, max_length: 6, fake: "1"}}
    samples: {long: {code: 999999}}
    fake: {native: "{1}", template_rule: {a: [b]}}
  b: {<<: *a, name: other, lint_ignore: [SF214], protect: true}
"""


@given(data=st.data())
def test_no_file_makes_reading_fail(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Damaged anywhere, a project has problems or none, and nothing is raised."""
    source = PROJECT
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(source)))
        new = data.draw(
            st.sampled_from([*"\n :#'\"-{}[],&*!|>%\t\\\0｛：", "<<: ", "*a", "~"])
        )
        source = source[:at] + new + source[at + data.draw(st.integers(0, 9)) :]
    root = tmp_path_factory.mktemp("damaged")
    for problem in projects.read(root, source).problems:
        assert problem.hint
        assert problem.at.column >= 1
        assert 1 <= problem.at.line <= source.count("\n") + 2
