"""The language of texts: ``{{ name }}`` and nothing else; pasted ones are corrected."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import projects
from smsform.documents import text
from smsform.model import Placeholder

NAMES = ["code", "minutes"]


@pytest.mark.parametrize(
    ("source", "rule", "offset", "sentence"),
    [
        ("码{1}。", "SF120", 1, "native"),
        ("码${code}。", "SF120", 1, "native"),
        ("码｛1｝。", "SF120", 1, "native"),
        ("码｛1}。", "SF120", 1, "native"),
        ("码{{1}}。", "SF120", 1, "native"),
        ("码{ code }。", "SF120", 1, "native"),
        ("{{ code }}和{{code}", "SF120", 11, "native"),
        ("码{{ code|upper }}", "SF121", 1, "jinja_filter"),
        ("码{{ f(code) }}", "SF121", 1, "jinja_call"),
        ("码{{ user.name }}", "SF121", 1, "jinja_attribute"),
        ("码{{ users[0] }}", "SF121", 1, "jinja_attribute"),
        ("码{{ 'x' }}", "SF121", 1, "jinja_expression"),
        ("码{{- code }}", "SF121", 1, "jinja_expression"),
        ("码{% if code %}", "SF121", 1, "jinja_block"),
        ("码{# note #}", "SF121", 1, "jinja_comment"),
        ("码{{ code", "SF122", 1, "stray_brace"),
        ("码 code }}", "SF122", 7, "stray_brace"),
        ("码{", "SF122", 1, "stray_brace"),
        ("码｝", "SF122", 1, "stray_brace"),
    ],
)
def test_what_is_no_name_is_a_fault(
    source: str, rule: str, offset: int, sentence: str
) -> None:
    """One fault, at the brace (or the ``$``) where it begins."""
    [fault] = text.faults(source, NAMES)
    assert (fault.rule, fault.offset, fault.sentence) == (rule, offset, sentence)
    assert text.split(source) is None
    with pytest.raises(ValueError, match=r"码|和"):
        text.parse(source)


@pytest.mark.parametrize(
    ("pasted", "fixed"),
    [
        ("{1}和{2}", "{{ code }}和{{ minutes }}"),
        ("${code}和${x}", "{{ code }}和{{ x }}"),
        ("｛1｝和{2｝和{3}", "{{ code }}和{{ minutes }}和{{ p3 }}"),
        ("{{1}}和{{ code }}", "{{ code }}和{{ code }}"),
        ("￥{1}和#{2}和$5", "￥{{ code }}和#{{ minutes }}和$5"),
        (
            "{①}和${²}和{㉑}和{２}",
            "{{ code }}和{{ minutes }}和{{ p21 }}和{{ minutes }}",
        ),
    ],
)
def test_a_pasted_text_is_corrected(pasted: str, fixed: str) -> None:
    """A number becomes the parameter at that place; the result is a right text."""
    assert text.corrected(pasted, NAMES) == fixed
    assert text.split(fixed) is not None
    assert [fault.fields["fixed"] for fault in text.faults(pasted, NAMES)] == [fixed]


def test_constants_are_filled_in_and_join_their_neighbours() -> None:
    """A constant is text; two texts beside one another are one."""
    found = text.parse(
        "{{ brand }}：{{ code }}，致电{{hotline}}。", {"brand": "甲", "hotline": "1"}
    )
    assert found == ("甲：", Placeholder("code"), "，致电1。")


PIECES = st.lists(
    st.one_of(
        st.text(alphabet="ab 码，$#%|.'\"\\\n&<>", max_size=4),
        st.sampled_from(["{{ a }}", "{{b}}", "{{\tc  }}"]),
    ),
    max_size=6,
)


@given(pieces=PIECES)
def test_a_right_text_is_what_jinja2_makes_of_it(pieces: list[str]) -> None:
    """The language is a part of Jinja2's, which is the outside witness."""
    source = "".join(pieces)
    values = {"a": "1", "b": "二", "c": "<3>"}
    found = text.parse(source)
    ours = "".join(
        values[each.name] if isinstance(each, Placeholder) else each for each in found
    )
    environment = jinja2.Environment(keep_trailing_newline=True)
    assert ours == environment.from_string(source).render(values)


@given(source=st.text(alphabet="{}｛｝%#$ a1①²２|.('\n", max_size=40))
def test_any_text_is_right_or_has_a_fault(source: str) -> None:
    """Never both, never neither, never an error; a fault lies within the text."""
    faults = list(text.faults(source, NAMES))
    assert bool(faults) is (text.split(source) is None)
    assert all(0 <= fault.offset < len(source) for fault in faults)


def test_braces_without_end_cost_no_more_than_their_length() -> None:
    """A hundred thousand open braces are looked through in a moment."""
    assert sum(1 for _ in text.faults("{{ a " * 20_000, NAMES)) == 20_000


def test_outer_white_space_is_dropped_and_said(tmp_path: Path) -> None:
    """The break of a block scalar goes; the source stays as written."""
    found = projects.read(
        tmp_path,
        "templates:\n  a:\n    type: notification\n"
        "    content: |\n      您好\n      再见\n",
    )
    assert found.problems == ()
    template = found.templates["a"]
    assert template.content == ("您好\n再见",)
    assert template.source == "您好\n再见\n"
    assert template.trimmed


def test_invisible_characters_are_kept(tmp_path: Path) -> None:
    """They are for the rules to judge: the text is as written."""
    assert projects.template(tmp_path, "content: 您\u200b好\u00ad").content == (
        "您\u200b好\u00ad",
    )


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('"您好{1}"', "4:17"),
        ("您好{1}", "4:16"),
        ('"\\u60a8好{1}"', "4:14"),  # an escape: only the beginning is sure
        ("|\n      您好\n      和{1}", "6:8"),
        ("'您好{1}'", "4:17"),
    ],
)
def test_a_fault_is_shown_where_it_stands(
    content: str, place: str, tmp_path: Path
) -> None:
    """Line and column of the very brace where the file can be read off directly."""
    found = projects.read(
        tmp_path, f"templates:\n  a:\n    type: notification\n    content: {content}\n"
    )
    assert projects.told(tmp_path, found.problems) == [f"SF120 t.yaml:{place}"]


def test_native_text_may_stand_instead_of_content(tmp_path: Path) -> None:
    """With a native text for every provider nothing else is needed; it is verbatim."""
    body = (
        'providers: [first], fake: {native: " 码{3}和{1} "}, '
        'params: {n: {sample: 7, fake: "3"}, m: {sample: 8, fake: 1}}'
    )
    template = projects.template(tmp_path, body)
    assert template.content == ()
    assert template.overrides == {"fake": {"native": " 码{3}和{1} "}}
    assert [each.native for each in template.params] == [{"fake": "3"}, {"fake": "1"}]


def test_native_text_for_some_providers_does_not_replace_content(
    tmp_path: Path,
) -> None:
    """The second provider has no text: content is missing."""
    found = projects.read(
        tmp_path, 'templates: {a: {type: notification, fake: {native: "{1}"}}}'
    )
    assert [problem.rule for problem in found.problems] == ["SF118"]
