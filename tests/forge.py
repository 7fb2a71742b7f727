"""What a forge makes of Markdown: GitHub's own parser, then a look at every node."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options
from hypothesis import strategies as st

VOID = {"br"}
INLINE = {"b", "code", "del", "ins", "sup"}
# What both forges keep (html-pipeline 2's sanitizing filter, read 2026-11-21).
KEPT = {
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "h3",
    "h4",
    "ins",
    "li",
    "p",
    "summary",
    "sup",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "tbody",
}


HOSTILE = "</script><img src=x onerror=alert(1)> | ``` \x1b[31m @torvalds"

# What forges, browsers, terminals and parsers take for more than text.
PIECES = st.sampled_from([
    HOSTILE, "<!-- smsform:plan -->", "-->", "]]>", "<b>", "</code>", "</details>",
    "</td></table>", "`", "``", "\\", "\\|", "|", "@torvalds", "a@b.cn", "#123", "GH-1",
    "owner/repo#1", "https://e.cn", "www.e.cn", "![x](//e.cn)", "[x](javascript:1)",
    "&lt;", "&#64;", "&", "\n", "\n\n", "\r\n", "/close", "/merge", "- [ ] ", "# ",
    "> ", "~~~", "$$x$$", ":tada:", "{0}", "{x}", "%s", "\x1b[31m", "\x00", "\x02",
    "\x03", "\x85", "\u2028", "\u202e", "\u200b", "\ud800", "1234567", "*", "_", "~",
    "  ", "词", "😀",
])  # fmt: skip
OUTSIDE = (
    st.lists(PIECES | st.text(max_size=3), min_size=1, max_size=8)
    .map("".join)
    .filter(bool)
)

# By its last line a plan that was reviewed is known again; it holds hex digits.
STAMP = re.compile(r"\n<!-- smsform:reviewed(?: [0-9a-f]{16})+ -->\n?\Z")


@dataclass
class Page(HTMLParser):
    """A rendered comment: its tags in order, its text, and the text inside ``code``."""

    tags: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)  # each code element, breaks as \n
    plain: list[str] = field(default_factory=list)  # the text outside of code
    comments: list[str] = field(default_factory=list)
    shape: list[str] = field(
        default_factory=list
    )  # tags and text, but code is one node
    attributes: set[tuple[str, str | None]] = field(default_factory=set)
    reading: list[str] = field(default_factory=list)  # all text, in order
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)
        self.reading.append(" " * (tag not in INLINE))
        if "code" in self._open:
            if tag == "br":
                self.codes[-1] += "\n"
        else:
            self.shape.append(tag)
        if tag == "code":
            self.codes.append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag
        if "code" not in self._open:
            self.shape.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.reading.append(data)
        if "code" in self._open:
            self.codes[-1] += data
        else:
            self.plain.append(data)
            self.shape.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def whole(self) -> Page:
        """Itself, if every tag was closed."""
        self.close()
        assert self._open == []
        return self

    @property
    def text(self) -> str:
        """All of it, as a person reads it, on one line."""
        return " ".join("".join(self.reading).split())


def rendered(markdown: str) -> Page:
    """*markdown* as GitHub renders it, before it sanitizes."""
    html = cmarkgfm.github_flavored_markdown_to_html(
        markdown, options=Options.CMARK_OPT_UNSAFE
    )
    page = Page()
    page.feed(html)
    return page.whole()


def harmless(markdown: str) -> Page:
    """*markdown* rendered, after a look at what a forge would do to it.

    One marker, on the first line; no tag but those both forges keep; no line that a
    forge or a robot could take for a command; nobody called outside of code, where
    forges look for it.
    """
    markdown = STAMP.sub("", markdown)
    page = rendered(markdown)
    assert len(page.comments) == 1
    assert markdown.count("<!--") == 1
    assert markdown.startswith("<!-- smsform:")
    assert set(page.tags) <= KEPT
    assert page.attributes <= {("colspan", "4"), ("open", None)}
    assert all(line.startswith("<") for line in markdown.splitlines() if line)
    assert "@" not in markdown
    assert "```" not in "".join(page.plain)
    return page
