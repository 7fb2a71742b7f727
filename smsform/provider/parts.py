"""The parts of a service's card: kinds of entries, keys, limits, paces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from msgspec import Struct

from smsform.model import Review


class Pace(NamedTuple):
    """At most *calls* in any window of *seconds*."""

    calls: int
    seconds: float


class KindSpec(Struct, frozen=True):
    """How a service treats one kind of entry.

    ``delivered``/``review_only`` are its own attribute names; ``unreadable`` ones are
    never shown by the service and are compared with the state file. ``edits`` and
    ``deletes`` are the review states in which it does so. ``text`` names the attribute
    that carries the message text. ``pace`` is keyed by verb: read, create, update,
    delete. ``quota`` names the limit that says how many entries an account may hold,
    ``daily`` the one that says how many it may submit on one day in Beijing. Where
    ``named``, the name is the id: an edit cannot change it, and no two entries share
    it. Where ``sparse``, lists show less of an entry than a reading by id.
    ``id_prefix`` is what every id begins with, digits behind it, where nothing else in
    source code does. Where ``sent_by_name``, applications send the name, not the id.
    Where it ``tells_delivery``, the opened account is a ``TellsDelivery``.
    """

    name: str
    delivered: tuple[str, ...]
    review_only: tuple[str, ...]
    unreadable: frozenset[str]
    edits: frozenset[Review]
    deletes: frozenset[Review]
    pace: Mapping[str, Pace]
    text: str = ""
    removable: bool = True
    quota: str = ""
    daily: str = ""
    named: bool = False
    sparse: bool = False
    id_prefix: str = ""
    sent_by_name: bool = False
    tells_delivery: bool = False


class Form(Enum):
    """The form of a value that a definition gives for a type's own key."""

    TEXT = "text"
    ID = "id"  # a number the service gave
    FILE = "file"  # a path below the evidence folder
    FILES = "files"  # one such path, or a list of them


class Key(Struct, frozen=True):
    """A key that only this type has, in a definition below ``<type>:`` or for itself.

    ``form`` None takes any value. ``meaning`` is for editors, in English; ``words`` are
    the allowed values, () for any. ``files`` are fields of the mappings in it that name
    a file below the evidence folder.
    """

    name: str
    form: Form | None
    meaning: str
    words: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def paths(self, value: object) -> Sequence[str]:
        """The files that *value*, the value of this key in a definition, names."""
        itself = self.form is Form.FILE or self.form is Form.FILES
        if not itself and not self.files:
            return ()
        items = value if isinstance(value, tuple | list) else (value,)
        found = [str(item) for item in items] if itself else []
        for item in items:
            if isinstance(item, Mapping):
                found += [str(item[name]) for name in self.files if item.get(name)]
        return found


def by_name(*keys: Key) -> Mapping[str, Key]:
    """*keys* as a card holds them."""
    return {key.name: key for key in keys}


class Limit(Struct, frozen=True):
    """A fact that services change, overridable in ``providers.<name>.account``.

    ``read`` is the date it was read; ``values`` are all there can be, of a list its
    items, () for any.
    """

    default: object
    meaning: str
    source: str
    read: str
    values: tuple[Any, ...] = ()
