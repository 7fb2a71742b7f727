"""The shape of an object in a JSON file, checked all at once; pure."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from smsform.words import say


class Malformed(Exception):
    """A field of a file has a wrong value; *place* are the keys that lead to it."""

    def __init__(self, what: str, *place: str) -> None:
        super().__init__(what, place)
        self.what, self.place = what, place

    def inside(self, *place: str) -> Malformed:
        """The same error with the keys of the enclosing objects in front."""
        return Malformed(self.what, *place, *self.place)


class ObjectShape:
    """The fields an object may have, each with its default.

    A field must have exactly the type of its default. One comparison checks all fields;
    which one is wrong is found out only on failure.
    """

    def __init__(self, **absent: Any) -> None:
        self._absent = absent
        self._take = itemgetter(*absent)
        self._types = tuple(map(type, absent.values()))

    def read(self, value: object) -> tuple[Any, ...]:
        """The values of the fields, in their order; Malformed when a type is wrong."""
        if not isinstance(value, dict):
            raise Malformed(say("state.want_mapping"))
        found: tuple[Any, ...] = self._take({**self._absent, **value})
        if tuple(map(type, found)) != self._types:
            raise self._first_wrong(found)
        return found

    def _first_wrong(self, found: tuple[Any, ...]) -> Malformed:
        for name, each, kind in zip(self._absent, found, self._types, strict=True):
            if type(each) is not kind:
                want = say("state.want", kind=kind.__name__)
                return Malformed(
                    say("state.want_mapping") if kind is dict else want, name
                )
        raise AssertionError("every field has its type")
