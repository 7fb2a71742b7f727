"""Valid files made invalid, in the ways files go wrong and people try things."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

# What breaks readers: brackets, quotes, numbers nothing holds, names for nothing,
# signs that YAML and JSON give a meaning, characters that steer, bytes of no text.
TOKENS = (
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"',
    "'",
    "\\",
    "\n",
    "\t",
    "- ",
    "? ",
    ": ",
    " ",
    "&a ",
    "*a",
    "<<: *a",
    "!!python/object ",
    "!!str ",
    "!x ",
    "|",
    ">",
    ">-\n",
    "---",
    "...",
    "%YAML 1.1\n",
    "#",
    "{{",
    "}}",
    "{% if %}",
    "{# #}",
    "{{ a | b }}",
    "{1}",
    "${a}",
    "null",
    "~",
    "true",
    "NaN",
    "-Infinity",
    "1e999",
    "-0",
    "9" * 400,
    "0123",
    "2024-01-01",
    "\0",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\u2028",
    "\x85",
    "\ud800",
    "\\ud800",
    "\\u0000",
    "\U0001f469\u200d\U0001f4bb",
    "<<<<<<< HEAD\n",
    "../",
    "~/",
    "[" * 2000,
    "{a: " * 200,
    "- " * 300,
    '{"a":' * 2000,
    "template.",
    "signature.x",
    "smsform",
    "content",
    "params",
    "providers",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**70,
    0.5,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\ud800",
    "\x1b",
    "\u202e",
    "p/template.a",
    [],
    {},
    [None],
    [[]],
    {"": ""},
    ["x", "x"],
    {"a": {"b": {}}},
    "9" * 5000,
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> bytes:
    """*text* with one to four pieces cut, doubled, moved, replaced or spoilt."""
    data = text.encode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        kind = draw(st.integers(0, 5))
        if kind == 0:
            data = data[:start] + data[end:]
        elif kind == 1:
            data = data[:end] + data[start:end] + data[end:]
        elif kind == 2:
            data = data[:start]
        elif kind == 3:
            data = data[:start] + draw(st.binary(min_size=1, max_size=3)) + data[end:]
        else:
            token = draw(st.sampled_from(TOKENS)).encode(errors="surrogatepass")
            data = data[:start] + token + (data[start:] if kind == 4 else data[end:])
    return data


@st.composite
def misshapen(draw: st.DrawFn, document: Any) -> Any:
    """*document* with one to three values lost, renamed, or of another kind."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(document))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, dict):
            holder[draw(st.sampled_from(["", "x", "\ud800", "id"]))] = holder.pop(key)
        else:
            other = draw(st.sampled_from(places)) if kind == 2 else None
            value = other[0][other[1]] if other else draw(st.sampled_from(VALUES))
            holder[key] = copy.deepcopy(value)
    return document


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every value of a JSON document, as what holds it and under which key."""
    items = ()
    if isinstance(node, dict):
        items = node.items()
    elif isinstance(node, list):
        items = enumerate(node)
    for key, value in items:
        yield node, key
        yield from _places(value)
