"""The page without a browser: what it holds, and that nothing gets into its tags."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pages import HERE, HOSTILE, a_line, a_message, a_page, hostile
from smsform.delivery import Deliverable, Delivery, Term
from smsform.errors import ConfigError, DefinitionError, Level, Problem
from smsform.model import PARAMETER_KINDS, Review
from smsform.plan import Action, Drift, Mark, MovedParameter, Reason
from smsform.plan.written import WrittenPlan
from smsform.preview import Piece, Preview
from smsform.prices import Price
from smsform.report import page
from smsform.report.page import as_error_html, as_html
from smsform.report.page.marks import lang
from smsform.report.terminal import safe
from smsform.segments import code_units
from smsform.words import Language, say_in, speak
from smsform.words.english.page import WORDS

Attributes = dict[str, str | None]
VOID = {"meta", "link", "input"}
# HTML closes these itself before the elements named, and where their parent ends.
CLOSED_BEFORE = {
    "p": {"p", "ol", "ul", "dl", "div", "section", "blockquote"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
}


class Parsed(HTMLParser):
    """A page taken apart by the standard library: its tags, and texts by element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, Attributes]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._close(lambda innermost: tag in CLOSED_BEFORE.get(innermost, ()))
        if tag not in VOID:
            label = dict(attrs).get("class") or dict(attrs).get("id")
            self._open.append(f"{tag}.{label}" if label else tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._close(lambda innermost: innermost in CLOSED_BEFORE.keys() - {tag})
        assert self._open.pop().partition(".")[0] == tag

    def _close(self, ends: Callable[[str], bool]) -> None:
        while self._open and ends(self._open[-1].partition(".")[0]):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self._open), data))

    def text(self, element: str) -> str:
        """All that stands in elements called so, ``p.bubble`` or ``h2``."""
        return "".join(text for path, text in self.texts if element in path)

    @property
    def skeleton(self) -> list[tuple[str, tuple[str, ...]]]:
        """Tags and the names of their attributes, but what marks parts of a text.

        That is ``samp``, a character spelt out, and ``mark``, a service's variable.
        What language a text is in is its own affair.
        """
        told = [attrs.get("lang", "en") for _, attrs in self.tags]
        assert set(told) <= {"zh-Hans", "zh-Hant", "en", "zh-CN"}
        tags = [
            (tag, tuple(name for name in attrs if name != "lang"))
            for tag, attrs in self.tags
        ]
        return [each for each in tags if each not in (("samp", ()), ("mark", ()))]


def texts(*parts: str) -> Iterator[str]:
    """What a reader sees of outside texts: odd characters spelt out."""
    for part in parts:
        yield "\n".join(map(safe, part.split("\n")))


def card(html: str) -> str:
    """The template's part of a page."""
    end = "</article>"
    return html[html.index("<article") : html.index(end) + len(end)]


NASTY = st.text(min_size=1, max_size=12) | st.sampled_from(
    [HOSTILE, "</style>", "]]>", "<!--", "{{ 7*7 }}", "\r\n", "&lt;", '"\' x="', "‮"]
)


@given(NASTY)
def test_no_text_gets_into_a_tag(text: str) -> None:
    """The law of the page: texts change no tag, and all are shown as they are."""
    text = text.replace("\n", " ").replace("|", "l")
    plain, parsed = (
        Parsed(card(a_page(hostile(each), plan=[])))
        for each in ("a" * code_units(text), text)  # as long: it has as many borders
    )
    assert parsed.skeleton == plain.skeleton
    (shown,) = texts(text)
    assert parsed.text("p.bubble") == f"【{shown}】{shown}{shown}"
    for element in (
        "h2",
        "li",
        "p.sender",
        "p.hint",
        "dd.lines",
        "mark",
    ):
        assert shown in parsed.text(element)


@given(NASTY, NASTY)
def test_no_note_of_a_reviewer_gets_into_a_tag(before: str, after: str) -> None:
    """Outside text of a plan: the note, both texts; the diff loses no character."""
    line = a_line(
        "login",
        Action.UPDATE,
        Reason.REJECTED,
        Review.REJECTED,
        before,
        before={"Text": before},
        after={"Text": after},
    )
    parsed = Parsed(card(a_page(hostile("a"), plan=[line])))
    shown, then = texts(before, after)
    assert shown in parsed.text("blockquote")
    sides = parsed.text("div.sides")
    assert sides == (f"Textbefore{shown}after{then}" if before != after else "")
    allowed = {"del", "ins", "samp", "blockquote"}
    known = {tag for tag, _ in Parsed(a_page(hostile("a"), plan=[])).tags}
    assert {tag for tag, _ in parsed.tags} <= known | allowed | {"section", "div"}


@given(st.lists(st.tuples(st.integers(0, 3), NASTY, st.sampled_from(Language))))
def test_a_page_after_saves_is_the_page_from_nothing(
    saves: list[tuple[int, str, Language]],
) -> None:
    """What is kept from the page before is what would be drawn: the law of a memory."""
    names = ["a"] * 4
    for place, name, language in saves:
        names[place] = name
        speak(language)
        shown = [hostile(name, f"key{n}") for n, name in enumerate(names)]
        html = a_page(*shown, plan=[a_line(f"key{place}", Action.CREATE, Reason.NEW)])
        page._DRAWN.clear()
        again = a_page(*shown, plan=[a_line(f"key{place}", Action.CREATE, Reason.NEW)])
        assert html == again
    speak(Language.EN)


def test_what_a_save_leaves_alone_is_not_drawn_again() -> None:
    """The very card of the page before stands on the next one."""
    a_page(hostile("a", "one"), hostile("a", "two"))
    (_, one), (_, two) = page._DRAWN["one"], page._DRAWN["two"]
    a_page(hostile("a", "one"), hostile("b", "two"))
    assert page._DRAWN["one"][1] is one
    assert page._DRAWN["two"][1] != two
    a_page(hostile("a", "one"))
    assert page._DRAWN.keys() == {"one"}


@pytest.mark.parametrize("live", ["", "/version"])
def test_nothing_is_loaded_from_anywhere(live: str) -> None:
    """No address but inside the page, no import in its style, nobody else to ask."""
    html = a_page(hostile(), plan=[], live=live)
    parsed = Parsed(html)
    addresses = {"src", "href", "srcset", "poster", "data", "action", "formaction"}
    for tag, attrs in parsed.tags:
        for name in addresses & attrs.keys():
            assert str(attrs[name]).startswith(("#", "data:")), (tag, attrs)
    assert "url(" not in parsed.text("style")
    assert "@import" not in parsed.text("style")
    script = parsed.text("script")
    assert "://" not in script
    assert ("fetch(" in script) is bool(live)


def test_the_policy_lets_run_what_is_ours_alone() -> None:
    """Each script and the style stand in it by their hash; nothing inline elsewhere."""
    html = a_page(hostile(), live="/version")
    policy = html.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    found = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", html, re.DOTALL)
    assert len(found) == 4
    for content in found:
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"&#39;sha256-{digest}&#39;" in policy
    assert "unsafe" not in policy
    for _, attrs in Parsed(html).tags:
        assert not any(name == "style" or name.startswith("on") for name in attrs)


def test_the_longest_case_comes_first() -> None:
    """Its price and its border are there, the parameter's name at its value."""
    long = a_message("long", "优惠" * 34, Piece("券", "coupon"), "到店")
    short, long = (
        replace(each, price=Price(Decimal(each.length.segments), "CNY"))
        for each in (a_message("sample", "短"), long)
    )
    first = hostile("a")
    shown = Preview(first.template, first.signature, first.natives, (short, long))
    html = card(a_page(shown, problems={}))
    assert html.index("<b>long</b>") < html.index("<i>sample</i>")
    assert "<mark title=coupon>券</mark>" in html
    assert html.index("<b data-number=2></b>") < html.index("title=coupon")
    assert "2 segments · 71/134 · UCS-2 · 2 CNY" in Parsed(html).text("li")
    assert 'class="t6 several_segments"' in html


def test_what_forces_ucs2_is_named() -> None:
    """Where a few characters do it; another script needs no reason."""
    for text, named in (("It’s “ready”", "’“”"), ("您的訂單", "")):
        message = a_message("sample", text, international=True)
        first = hostile("a")
        outside = "".join(c for c in dict.fromkeys(text) if c > "\x7f")
        message = replace(message, outside_gsm7=outside)
        shown = Preview(first.template, None, (), (message,))
        assert Parsed(a_page(shown)).text("kbd") == named


def test_a_text_that_cannot_be_rendered_says_why() -> None:
    """The others are shown all the same."""
    first = hostile("a")
    broken = Preview(first.template, None, (), (), failure="'kode' is undefined")
    html = card(a_page(broken))
    assert "Cannot be rendered: 'kode' is undefined" in Parsed(html).text("p.failure")


def test_problems_of_no_template_stand_above() -> None:
    """Many that are no errors are folded."""
    stray = Problem("SF113", Level.WARNING, HERE, "type should be a text", "write one")
    html = a_page(hostile("a"), problems={"": [stray], "lost": [stray] * 5})
    above = html[: html.index("<article")]
    assert above.count("templates.yaml:3:5") == 6
    assert '<details class="panel">' in above
    assert "6 warnings" in above


def test_one_line_for_providers_that_are_told_the_same() -> None:
    """What a plan does to a template at two of them is read once."""
    first = a_line("login", Action.CREATE, Reason.NEW)
    other = first._replace(address=first.address._replace(provider="other"))
    gone = a_line(
        "gone",
        Action.DELETE,
        Reason.ORPHAN,
        Review.APPROVED,
        before={"Text": "the text that goes"},
    )
    parsed = Parsed(a_page(hostile("a"), plan=[first, other, gone]))
    assert parsed.text("section").count("create") == 1
    assert "cloud, other" in parsed.text("section")
    assert "template.gone" in parsed.text("details.panel")
    assert parsed.text("div.sides") == "Textbeforethe text that goes"


def test_what_a_plan_changes_comes_first() -> None:
    """Then what was rejected, what is in review, and last what stays as it is."""
    order = [
        a_line("new", Action.CREATE, Reason.NEW),
        a_line("no", Action.NONE, Reason.REJECTED, Review.REJECTED, "why"),
        a_line("soon", Action.NONE, Reason.IN_REVIEW, Review.IN_REVIEW),
        a_line("fine", Action.NONE, Reason.SETTLED, Review.APPROVED),
        a_line("orphan", Action.DELETE, Reason.ORPHAN, Review.APPROVED),
    ]
    shown = [hostile("a", line.address.key) for line in order[:4]]
    html = a_page(*reversed(shown), plan=order)
    body = html[html.index("<body>") :]
    found = re.findall(r"template\.orphan|article id=template\.(\w+)", body)
    assert found == ["", "new", "no", "soon", "fine"]
    told = Parsed(html).text("p.summary plan").split("\n")
    assert told == ["The plan:", "create 1", "rejected 1", "delete 1", ""]
    assert "mends" not in Parsed(html).text("section")  # nothing does


def test_what_senders_and_bills_notice_is_said_of_a_change() -> None:
    """Positions, segments, drift: what a plan says elsewhere it says here."""
    line = a_line("login", Action.SUPERSEDE, Reason.EDITED, Review.APPROVED)._replace(
        segments=(1, 2),
        moved=(MovedParameter(2, "code", "minutes"), MovedParameter(0, "", HOSTILE)),
        drift=(Drift("Text", "as sent", "as shown"),),
        marks=(Mark.DRIFT, Mark.LAPSED),
    )
    parsed = Parsed(a_page(hostile("a"), plan=[line]))
    said = parsed.text("p.loud")
    assert "POSITION 2 carries minutes now, it was code" in said
    assert f"PARAMETER {safe(HOSTILE)} now, it was –" in said
    assert "segments: 1 → 2" in said
    assert "was active and is not any more" in said
    assert parsed.text("div.sides") == "Textsubmittedas sentat the serviceas shown"


def test_who_could_not_be_read_is_named_above_all() -> None:
    """Silence would look like nothing to do."""
    plan = WrittenPlan((), (f"cloud{HOSTILE}",))
    html = as_html([hostile("a")], {}, title="shop", plan=plan)
    told = Parsed(html).text("p.summary plan")
    assert f"nothing is known of it: cloud{safe(HOSTILE)}" in told
    assert "nothing to do" not in told
    settled = a_line("login", Action.NONE, Reason.SETTLED, Review.APPROVED)
    calm = Parsed(a_page(hostile("a"), plan=[settled])).text("p.summary plan")
    assert " ".join(calm.split()) == "The plan: nothing to do"


def test_a_page_of_no_templates_says_so() -> None:
    """Nothing was searched for yet, so nothing can fail to match."""
    assert Parsed(a_page()).text("p.nothing") == "There are no templates yet."


def test_a_problem_of_several_providers_is_there_once() -> None:
    """It names them all, and counts once."""
    each = Problem("SF231", Level.WARNING, HERE, "twice", provider="cloud")
    other = each._replace(provider="other", address="other/template.login")
    parsed = Parsed(a_page(hostile("a"), problems={"login": [each, other]}))
    assert parsed.text("p.place") == "templates.yaml:3:5 · cloud, other"
    assert "1 warning" in parsed.text("p.summary")


def test_templates_that_cannot_be_shown_are_counted_and_their_errors_open() -> None:
    """However many there are: without these nobody knows that something lacks."""
    found = {
        f"lost{n}": [
            Problem("SF116", Level.ERROR, HERE, "x", address=f"template.lost{n}")
        ]
        for n in range(9)
    }
    parsed = Parsed(html := a_page(hostile("a"), problems=found))
    assert "9 that cannot be shown" in parsed.text("p.summary")
    assert re.search(
        r'<details class="panel" open>\s*<summary><h2><span data-t>Problems', html
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [("您的包裹已到", "zh-Hans"), ("您的驗證碼為", "zh-Hant"), ("Your code is", "en"),
     ("您的 QQ Music 会员", "zh-Hans"), ("123", ""), ("Votre été", ""),
     ("${code}", "")],
)  # fmt: skip
def test_a_text_says_what_it_is_written_in(text: str, code: str) -> None:
    """For the shapes of characters and the voice; nothing where nobody can tell."""
    assert lang(text) == (f" lang={code}" if code else "")


def test_the_page_says_so_of_every_text() -> None:
    """Of the messages, of what services get, of names and remarks."""
    html = a_page(hostile("验证码"), problems={})
    for place in ("<p class=bubble", "<dd", "<h2", "<dd class=lines", "<span"):
        assert f"{place} lang=zh-Hans>" in html


@pytest.fixture
def chinese() -> Iterator[None]:
    """A process that speaks Chinese."""
    speak(Language.ZH)
    yield
    speak(Language.EN)


@pytest.mark.usefixtures("chinese")
def test_kinds_of_parameters_are_told_in_chinese() -> None:
    """What a parameter is, and what the usual case is called."""
    parsed = Parsed(a_page(hostile("a"), problems={}))
    assert "文字" in parsed.text("dd")
    assert {f"kind_{kind}" for kind in PARAMETER_KINDS} <= WORDS.keys()


@pytest.mark.usefixtures("chinese")
def test_the_page_starts_in_the_language_of_the_process() -> None:
    """The other one is in it, for its switch."""
    html = a_page(hostile("a"), problems={})
    assert '<html lang="zh-CN">' in html
    assert say_in(Language.ZH, "page.fine") in Parsed(html).text("p.summary")
    assert say_in(Language.EN, "page.skip") in html


def test_both_languages_have_every_sentence() -> None:
    """With the same fields; none is the other's."""
    for key in WORDS:
        one, other = (say_in(each, f"page.{key}") for each in Language)
        assert one != other
        fields = [
            {name for _, name, _, _ in Formatter().parse(each) if name is not None}
            for each in (one, other)
        ]
        assert fields[0] == fields[1]


def test_an_error_has_a_page_of_its_own() -> None:
    """Where, what, what to do; it goes on asking when it is served."""
    problem = Problem("SF103", Level.ERROR, HERE, f"a bracket {HOSTILE}", "close it")
    html = as_error_html(
        DefinitionError([problem]), title="shop", live="/v", version="7"
    )
    text = Parsed(html).text("main.templates")
    for part in ("templates.yaml:3:5", "SF103", safe(HOSTILE), "close it"):
        assert part in text
    assert '{"path": "/v", "version": "7"}' in html
    config = as_error_html(ConfigError("smsform.yaml", "gone", "write"), title="shop")
    assert "smsform.yaml: gone" in Parsed(config).text("main.templates")
    assert "fetch(" not in config


def test_only_a_long_page_that_stays_is_painted_in_two_steps() -> None:
    """One that follows saves is not to show its top alone at each of them."""
    few, many = [hostile("a")], [hostile(f"t{number}") for number in range(101)]
    pages = a_page(*few), a_page(*many), a_page(*many, live="/v")
    found = [
        attrs["class"]
        for html in pages
        for tag, attrs in Parsed(html).tags
        if tag == "main"
    ]
    assert found == ["", "long", ""]


def test_controls_wait_for_the_script() -> None:
    """Without it the page is complete, and nothing on it does not work."""
    tags = Parsed(a_page(hostile("a"))).tags
    controls = [attrs for tag, attrs in tags if tag == "form"]
    controls += [attrs for _, attrs in tags if attrs.get("class") == "switches"]
    assert len(controls) == 2
    assert all("hidden" in attrs for attrs in controls)


@pytest.mark.parametrize("language", list(Language))
def test_what_is_told_of_delivery_is_said(language: Language) -> None:
    """Of what rests, too, which then stands above the rest; text stays text."""
    speak(language)
    terms = (Term(HOSTILE, "2026-12-31"),)
    told = Delivery(Deliverable.NO, HOSTILE, 1793584800, terms=terms)
    fine = a_line("fine", Action.NONE, Reason.SETTLED, Review.APPROVED)
    bad = a_line("bad", Action.NONE, Reason.SETTLED, Review.APPROVED)._replace(
        delivery=told
    )
    html = a_page(hostile("a", "fine"), hostile("a", "bad"), plan=[fine, bad])
    parsed = Parsed(html)
    said = parsed.text("p.loud")
    sentence = say_in(language, "page.delivery_no", since="", why=safe(HOSTILE))
    assert sentence.rpartition("2026")[0] in said
    assert safe(HOSTILE) in said
    assert "2026-12-31" in said
    assert html.index("id=template.bad") < html.index("id=template.fine")
    alike = fine._replace(address=fine.address._replace(provider="other"))
    told_yes = fine._replace(delivery=Delivery(Deliverable.YES))
    quiet = Parsed(a_page(hostile("a", "fine"), plan=[told_yes, alike]))
    assert not quiet.text("p.loud")
