"""One YAML file being read: its text, its problems, and typed access to its nodes.

A node is a plain tuple ``(value, style, at, key_at)``. ``value`` is what stands there:
the text of a scalar exactly as written, a dict of nodes, or a list of nodes. ``style``
is "" for a plain scalar, else its quote or block sign. ``at`` and ``key_at`` pack line
and column, from 0, into one number: a project has hundreds of thousands of nodes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from sys import intern
from typing import Any

from smsform.documents import text as texts
from smsform.documents.nearness import near, shorten, unknown_key
from smsform.errors import Level, Position, Problem
from smsform.pattern import pattern
from smsform.words import say, tell

Node = tuple[Any, str, int, int]  # (str | dict[str, Node] | list[Node], style, at, at)

LONGEST = 2000  # characters of a value: four times the longest text a service takes
LONGEST_KEY = 100
LINE = 1 << 32  # at = line * LINE + column
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# The core schema of YAML 1.2.2, chapter 10.3.2.
BOOLEANS = {
    w: w[0] in "tT" for w in ["true", "True", "TRUE", "false", "False", "FALSE"]
}
OTHER_BOOLEANS = {
    **dict.fromkeys(("yes", "on", "y", "1"), "true"),
    **dict.fromkeys(("no", "off", "n", "0"), "false"),
}
KEY = pattern(r"[A-Za-z0-9_-]{1,100}")
_BEHIND = pattern(r"[^\s#][ \t]+#")  # a comment that does not begin its line
# Signs a text may begin with that YAML or an input method put there.
CUTTING = "&“”‘’「『＂"
RULE_ID = pattern(r"SF[0-9]{3}")


class Document:
    """A file's ``source`` and problems; ``address`` is the definition being read.

    ``anchors`` are names of scalars by place, ``aliased`` those that are used; ``ends``
    says where plain scalars of several lines end, in a file that ``has_comments``
    behind values. Where ``cuts`` is False, YAML leaves out nothing that was written.
    ``unread`` are places of parameters whose sample could not be read. The typed
    readers report a problem and return None for a wrong value.
    """

    def __init__(self, file: str, source: str, problems: list[Problem]) -> None:
        self.file, self.source, self.problems = file, source, problems
        self.address = ""
        self.has_comments = "#" in source and _BEHIND.search(source) is not None
        self.cuts = self.has_comments or any(sign in source for sign in CUTTING)
        self.unread: set[int] = set()
        self.anchors: dict[int, str] = {}
        self.aliased: set[str] = set()
        self.ends: dict[int, int] = {}
        self._lines: list[str] | None = None

    def position(self, at: int) -> Position:
        """A packed place as a Position; line and column count from 1."""
        # Shifted, and made without calling Position, because it runs for every node.
        place = (self.file, (at >> 32) + 1, (at & 0xFFFFFFFF) + 1)
        return tuple.__new__(Position, place)

    def complain(
        self, rule: str, at: int | Position, sentence: str, /, **fields: object
    ) -> None:
        """Add an error; the catalogue has its *sentence* and ``sentence_hint``."""
        self._note(Level.ERROR, rule, at, sentence, fields)

    def warn(
        self, rule: str, at: int | Position, sentence: str, /, **fields: object
    ) -> None:
        """Add a warning; as ``complain``."""
        self._note(Level.WARNING, rule, at, sentence, fields)

    def _note(
        self,
        level: Level,
        rule: str,
        at: int | Position,
        sentence: str,
        fields: Mapping[str, object],
    ) -> None:
        if isinstance(at, int):
            at = self.position(at)
        if isinstance(what := fields.get("what"), str):  # "a template", or a key
            fields = {**fields, "what": tell(what)}
        message = say(f"definitions.{sentence}", **fields)
        hint = say(f"definitions.{sentence}_hint", **fields)
        self.problems.append(Problem(rule, level, at, message, hint, self.address))

    def line(self, number: int) -> str:
        """A line of the file, from 0; "" beyond the end."""
        if self._lines is None:
            self._lines = self.source.splitlines()
        return self._lines[number] if number < len(self._lines) else ""

    def rest(self, at: int) -> str:
        """What stands at a packed place and behind it, in its line."""
        line, column = divmod(at, LINE)
        return self.line(line)[column:]

    def within(self, node: Node, offset: int) -> int:
        """The place of the character at *offset* of a scalar, else the scalar's
        beginning.

        It is known for text on one line without escapes, and for literal blocks.
        """
        value: str = node[0]
        style, at = node[1], node[2]
        line, column = divmod(at, LINE)
        if style == "|":
            before = value[:offset]
            row = value.split("\n")[before.count("\n")]
            line += 1 + before.count("\n")
            indent = self.line(line).find(row)
            if indent < 0:
                return at
            in_row = offset - (before.rfind("\n") + 1)
            return line * LINE + indent + in_row
        column += len(style)
        if self.line(line)[column : column + len(value)] == value:
            return line * LINE + column + offset
        return at

    def mapping(self, node: Node, what: str) -> dict[str, Node]:
        """The entries of a mapping; none for an empty value, and after a problem."""
        value = node[0]
        if type(value) is dict:
            return value
        if type(value) is str and not node[1] and value in NULLS:
            return {}
        hint = "colon" if type(value) is str and "：" in value else "mapping"
        self.complain(
            "SF113", node[2], f"not_a_{hint}", what=what, found=self._found(node)
        )
        return {}

    def text(self, node: Node, what: str) -> str | None:
        """A text as written; None for a missing value, ``null`` and ``~``."""
        value, style, at, _ = node
        if type(value) is str:
            if len(value) > LONGEST:
                self._too_long(node, what)
                return None
            if style or value not in NULLS:
                return value
            behind = self.rest(at).strip()
            if not value and behind.startswith("#"):
                fixed = texts.quoted(behind)
                self.complain("SF113", at, "only_comment", what=what, fixed=fixed)
            else:
                self.complain("SF113", at, "no_value", what=what)
            return None
        written = self.rest(at)
        if type(value) is dict and written.startswith("{"):
            self.complain(
                "SF113", at, "brace_text", what=what, fixed=texts.braced(written)
            )
        elif type(value) is list and written.startswith("["):
            fixed = texts.quoted(written.partition("]")[0] + "]")
            self.complain("SF113", at, "bracket_text", what=what, fixed=fixed)
        else:
            self.complain("SF113", at, "not_a_text", what=what, found=self._found(node))
        return None

    def sample(self, node: Node, what: str) -> str | None:
        """A text; here ``null`` too is a text, which the recipient would read."""
        value, style, _, _ = node
        if type(value) is str and (style or value) and len(value) <= LONGEST:
            return value
        return self.text(node, what)

    def boolean(self, node: Node, what: str) -> bool | None:
        """``true`` or ``false``, unquoted, as YAML 1.2 spells them (True, TRUE)."""
        value, style, at, _ = node
        if not style and type(value) is str and value in BOOLEANS:
            return BOOLEANS[value]
        if type(value) is not str:
            found = self._found(node)
            self.complain("SF114", at, "not_a_boolean", what=what, found=found)
            return None
        meant = value.lower()
        meant = OTHER_BOOLEANS.get(meant, meant)
        if meant not in ("true", "false"):
            meant = say("definitions.true_or_false")
        found = shorten(value)
        self.complain("SF114", at, "boolean", what=what, found=found, meant=meant)
        return None

    def number(self, node: Node, what: str, low: int, high: int) -> int | None:
        """A whole number in decimal digits, from *low* to *high*."""
        value, _, at, _ = node
        text = type(value) is str
        if text and value.isascii() and value.isdigit() and len(value) <= 18:
            number = int(value)
            if low <= number <= high and str(number) == value:
                return number
        found = shorten(value) if text else self._found(node)
        self.complain("SF115", at, "number", what=what, found=found, low=low, high=high)
        return None

    def choice(self, node: Node, what: str, known: Collection[str]) -> str | None:
        """One of *known*."""
        value = node[0]
        if type(value) is str and value in known:
            return intern(value)
        value = self.text(node, what)
        if value is None:
            return None
        self.complain(
            "SF116",
            node[2],
            "choice",
            what=what,
            found=shorten(value),
            near=near(value, known),
        )
        return None

    def texts(self, node: Node, what: str) -> list[tuple[str, int]]:
        """A list of texts with their places; a single text counts as a list of one."""
        value = node[0]
        if type(value) is str and not node[1] and value in NULLS:
            return []
        if type(value) is dict:
            found = self._found(node)
            self.complain("SF113", node[2], "not_a_list", what=what, found=found)
            return []
        items = value if type(value) is list else [node]
        found_texts = ((self.text(item, what), item[2]) for item in items)
        return [(each, at) for each, at in found_texts if each is not None]

    def raw(self, node: Node) -> object:
        """Texts as written, mappings and lists of them; None for no value."""
        value, style, _, _ = node
        if type(value) is dict:
            return {key: self.raw(item) for key, item in value.items()}
        if type(value) is list:
            return tuple(self.raw(item) for item in value)
        return None if not style and value in NULLS else value

    def rule_ids(self, node: Node, what: str) -> frozenset[str]:
        """Ids of rules to silence; whether there are such rules is not asked here."""
        ids = set()
        for word, at in self.texts(node, what):
            if RULE_ID.fullmatch(word):
                ids.add(word)
            else:
                self.complain("SF116", at, "rule_id", found=shorten(word))
        return frozenset(ids)

    def unknown(self, key: str, node: Node, what: str, known: Iterable[str]) -> None:
        """Complain about a key that means nothing in *what*."""
        line, column = divmod(node[3], LINE)
        before = self.line(line)[:column].rstrip()
        bare = before[-1:] in (",", "{") and node[0] == "" and not node[1]
        hint = unknown_key(key, known, bare=bare)
        self.complain(
            "SF112", node[3], "unknown_key", key=shorten(key), what=what, near=hint
        )

    def only(
        self, entries: Mapping[str, Node], what: str, known: Iterable[str]
    ) -> None:
        """Complain about every key of *entries* that is not one of *known*."""
        allowed = frozenset(known)
        for key, node in entries.items():
            if key not in allowed:
                self.unknown(key, node, what, allowed)

    def key(self, key: str, node: Node) -> bool:
        """Whether *key* may be a part of an address; complains when not."""
        if KEY.fullmatch(key):
            return True
        self.complain("SF117", node[3], "key", key=shorten(key) or '""')
        return False

    def _too_long(self, node: Node, what: str) -> None:
        length = len(node[0])
        self.complain(
            "SF139", node[2], "too_long", what=what, length=length, limit=LONGEST
        )

    def _found(self, node: Node) -> str:
        value = node[0]
        if type(value) is dict:
            return say("definitions.a_mapping")
        if type(value) is list:
            return say("definitions.a_list")
        return say("definitions.a_text", text=shorten(value))
