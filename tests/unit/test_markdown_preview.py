"""Previews as comments: the message as it will read, and nothing that breaks out."""

from __future__ import annotations

from hypothesis import given
from msgspec.structs import replace

from forge import OUTSIDE, harmless
from smsform.errors import Level, Position, Problem
from smsform.model import Template, TemplateType
from smsform.preview import Message, Native, Piece, Preview
from smsform.report.markdown.frame import Frame
from smsform.report.markdown.preview import as_markdown
from smsform.report.preview_json import as_json
from smsform.report.terminal import safe
from smsform.segments import count

FRAME = Frame("preview")


def a_message(*pieces: Piece, case: str = "sample", cuts: tuple[int, ...] = ()):
    """What one provider delivers."""
    text = "".join(piece.text for piece in pieces)
    return Message(case, ("shop",), pieces, count(text, False), cuts)


def a_preview(key: str = "login", *messages: Message, word: str = "x", **fields):
    """A template with these messages, *word* wherever outside texts go."""
    template = Template(
        key,
        word,
        TemplateType.NOTIFICATION,
        (word,),
        word,
        at=Position(word, 1, 1),
        content_at=Position(word, 1, 1),
        signature=word,
    )
    native = Native("made_up", ("shop", word), word, (word, "b"))
    return Preview(template, None, (native,), messages, **fields)


def a_problem(word: str, level: Level = Level.WARNING) -> Problem:
    """Something a rule says, with *word* in every field."""
    return Problem(word, level, Position(word, 2, 3), word, word)


def comment(*shown: Preview, problems=None, frame: Frame = FRAME) -> str:
    """The previews as a comment."""
    return as_markdown(shown, problems or {}, frame)


@given(OUTSIDE)
def test_nothing_from_outside_breaks_out(word):
    """Names, texts, values, paths, rules: each in code, and changing nothing else."""

    def page(word: str):
        message = a_message(Piece(word), Piece(f"{word}!", word), case=word)
        message = replace(message, length=count("x", False))
        shown = a_preview(f"k{word}", message, word=word, failure=word)
        return harmless(comment(shown, problems={f"k{word}": [a_problem(word)]}))

    assert page(word).shape == page("x").shape
    codes = page(word).codes
    lines = f"{word}{word}!".split("\n")
    assert "\n".join(map(safe, lines)) in codes
    for shown in (word, f"k{word}", f"{word}:1:1", f"{word}, b", f"shop, {word}"):
        assert safe(shown) in codes


def test_a_message_keeps_its_lines_and_shows_its_values():
    """Line breaks stay line breaks; what is filled in is bold."""
    text = comment(a_preview("k", a_message(Piece("码"), Piece("1\n2", "code"))))
    assert "<blockquote><code>码<b>1<br>2</b></code></blockquote>" in text
    assert "<b><code>sample</code></b> · 1 segment, 4 of 70 characters" in text


def test_each_segment_is_a_piece_of_its_own():
    """Where the next one begins is said; the pieces make the message."""
    message = a_message(Piece("长" * 60), Piece("值" * 20, "v"), cuts=(67,))
    page = harmless(comment(a_preview("k", message)))
    first = page.codes.index("长" * 60 + "值" * 7)
    assert page.codes[first + 1] == "值" * 13
    assert "segment 2" in page.text
    assert "2 segments, 80 characters, 67 a segment" in page.text


def test_problems_of_no_template_come_first_and_are_counted():
    """A file that cannot be read is why templates are missing: never *no problems*."""
    problems = {"": [a_problem("SF103", Level.ERROR)], "k": [a_problem("SF221")]}
    text = comment(a_preview("k", a_message(Piece("一条"))), problems=problems)
    assert "1 template, 1 error, 1 warning" in harmless(text).text
    assert text.index("belong to no template") < text.index("SF103")
    assert text.index("SF103") < text.index("<h4>") < text.index("SF221")


def test_a_comment_says_what_json_says():
    """Texts, providers, parameters, the failure, every problem."""
    shown = a_preview("k", a_message(Piece("一条"), case="longest"), failure="why not")
    problems = {"k": [a_problem("SF999", Level.ERROR)]}
    text = harmless(comment(shown, problems=problems)).text
    assert '"failure": "why not"' in as_json([shown], problems)
    for fact in ("一条", "longest", "shop, x", "x, b", "why not", "SF999:2:3"):
        assert fact in text
    assert "1 template, 1 error" in text
    assert "signature x is not defined" in text


def test_what_is_wrong_comes_first_and_stays():
    """A template with an error, one that cannot be shown, then warnings, then fine."""
    fine = [a_preview(f"fine{n}", a_message(Piece("字" * 300))) for n in range(50)]
    bad = [
        a_preview("warned", a_message(Piece("字"))),
        a_preview("broken", failure="no"),
        a_preview("wrong", a_message(Piece("字"))),
    ]
    problems = {
        "warned": [a_problem("SF1")],
        "wrong": [a_problem("SF2", Level.ERROR)],
    }
    text = comment(*fine, *bad, problems=problems, frame=Frame("preview", "", 6_000))
    page = harmless(text)
    assert len(text) < 6_000
    keys = [
        code for code in page.codes if code.startswith(("fine", "warn", "br", "wr"))
    ]
    assert keys[:4] == ["broken", "wrong", "warned", "fine0"]
    left = 53 - page.tags.count("h4")
    assert f"… and {left} more, see smsform preview" in page.text
