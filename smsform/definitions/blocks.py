"""Reading ``moved`` and ``adopt`` blocks, which say who owns what.

nodes -> Move, Claim, with every problem -> Directives, once all files are read
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from smsform.directives import Claim, Directives, Move, ends_of
from smsform.documents.document import Document, Node
from smsform.documents.nearness import near, shorten
from smsform.errors import Level, Position, Problem
from smsform.model import Address, Kind
from smsform.words import say

MOVED, ADOPT = "moved", "adopt"
MOVE_KEYS = ("from", "to")
CLAIM_KEYS = ("address", "id", "not")
Defined = Mapping[Kind, Mapping[str, Any]]


def read_moves(document: Document, node: Node) -> Iterator[Move]:
    """The moves of a file; a bare key is a template."""
    for item in _items(document, node, MOVED):
        fields = document.mapping(item, "a `moved` block")
        document.only(fields, "a `moved` block", MOVE_KEYS)
        # Both sides are read before either is used: all problems are reported at once.
        source, end = [_end(document, fields, name, item) for name in MOVE_KEYS]
        if source is None or end is None:
            continue
        (kind, origin), (other, target) = source, end
        at = document.position(item[2])
        if kind is not other:
            document.complain("SF150", at, "moved_kind", key=target)
        else:
            yield Move(kind, origin, target, at)


def _end(
    document: Document, fields: Mapping[str, Node], name: str, item: Node
) -> tuple[Kind, str] | None:
    """The kind and key of one side; None after a complaint."""
    if name not in fields:
        document.complain("SF118", item[2], "block_missing", what=name)
        return None
    text = document.text(fields[name], name)
    if text is None:
        return None
    word, dot, key = text.rpartition(".")
    kind = word if dot else str(Kind.TEMPLATE)
    if kind not in tuple(Kind):
        document.complain("SF150", fields[name][2], "moved_key", key=shorten(text))
        return None
    return (Kind(kind), key) if document.key(key, fields[name]) else None


def read_claims(document: Document, node: Node) -> Iterator[Claim]:
    """The claims of a file: which address owns an entry, or that it belongs to
    others."""
    for item in _items(document, node, ADOPT):
        fields = document.mapping(item, "an `adopt` block")
        document.only(fields, "an `adopt` block", CLAIM_KEYS)
        at = document.position(item[2])
        given = [name for name in ("id", "not") if name in fields]
        if "address" not in fields or not given:
            what = "id" if "address" in fields else "address"
            document.complain("SF118", at, "block_missing", what=what)
            continue
        if len(given) > 1:
            document.complain("SF151", at, "claim_both")
            continue
        text = document.text(fields["address"], "address")
        id = document.text(fields[given[0]], given[0])
        if text is None or id is None:
            continue
        try:
            address = Address.parse(text)
        except ValueError:
            place = fields["address"][2]
            document.complain("SF151", place, "claim_address", text=shorten(text))
            continue
        if not id or id != id.strip() or not id.isprintable():
            document.complain("SF151", fields[given[0]][2], "claim_id")
            continue
        yield Claim(address, id, at, theirs=given == ["not"])


def _items(document: Document, node: Node, what: str) -> list[Node]:
    if type(node[0]) is list:
        return list(node[0])
    if type(node[0]) is str and not node[1] and not node[0]:
        return []
    document.complain("SF113", node[2], "not_blocks", what=what)
    return []


def sound(
    moves: Collection[Move],
    claims: Collection[Claim],
    defined: Defined,
    providers: Collection[str],
) -> tuple[Directives, list[Problem]]:
    """The blocks that can be followed, and the problems of the others.

    *defined* holds what the files define, by kind and key.
    """
    problems = [
        *_wrong_moves(moves, defined),
        *_wrong_claims(claims, defined, providers),
    ]
    places = {problem.at for problem in problems}
    return (
        Directives(
            tuple(each for each in moves if each.at not in places),
            tuple(each for each in claims if each.at not in places),
        ),
        problems,
    )


def _wrong_moves(moves: Collection[Move], defined: Defined) -> Iterator[Problem]:
    origins: dict[tuple[Kind, str], Position] = {}
    targets: dict[tuple[Kind, str], Position] = {}
    ends = ends_of(moves)
    for move in moves:
        first = origins.setdefault((move.kind, move.origin), move.at)
        other = targets.setdefault((move.kind, move.target), move.at)
        end = ends[move.kind, move.origin]
        if first is not move.at:
            yield _problem("SF150", move.at, "moved_twice", key=move.origin, at=first)
        elif other is not move.at:
            yield _problem("SF150", move.at, "moved_onto", key=move.target, at=other)
        elif (move.kind, end) in ends:
            yield _problem("SF150", move.at, "moved_circle", key=move.origin)
        elif place := defined[move.kind].get(move.origin):
            yield _problem(
                "SF150", move.at, "moved_defined", key=move.origin, at=place.at
            )
        elif end not in defined[move.kind]:
            hint = near(end, defined[move.kind])
            yield _problem("SF150", move.at, "moved_nowhere", key=end, near=hint)


def _wrong_claims(
    claims: Collection[Claim], defined: Defined, providers: Collection[str]
) -> Iterator[Problem]:
    seen: dict[tuple[str, Kind, str], Position] = {}
    for claim in claims:
        provider, kind, key = claim.address
        first = seen.setdefault((provider, kind, claim.id), claim.at)
        there = defined[kind].get(key)
        if provider not in providers:
            hint = near(provider, providers)
            yield _problem("SF151", claim.at, "provider", name=provider, near=hint)
        elif first is not claim.at:
            yield _problem("SF151", claim.at, "claim_twice", id=claim.id, at=first)
        elif there is None:
            hint = near(key, defined[kind])
            yield _problem(
                "SF151", claim.at, "claim_nowhere", address=claim.address, near=hint
            )
        elif there.providers is not None and provider not in there.providers:
            yield _problem(
                "SF151",
                claim.at,
                "claim_provider",
                address=claim.address,
                provider=provider,
                at=there.at,
            )


def _problem(rule: str, at: Position, sentence: str, /, **fields: object) -> Problem:
    message = say(f"definitions.{sentence}", **fields)
    hint = say(f"definitions.{sentence}_hint", **fields)
    return Problem(rule, Level.ERROR, at, message, hint)
