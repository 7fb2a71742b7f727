"""The shape of an object in a JSON file, checked all at once; pure."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from smsform.words import say


class Malformed(Exception):
    """Something in a file is not what it must be; *place* are the keys down to it."""

    def __init__(self, what: str, *place: str) -> None:
        super().__init__(what, place)
        self.what, self.place = what, place

    def inside(self, *place: str) -> Malformed:
        """The same error, the keys of what surrounds the field in front."""
        return Malformed(self.what, *place, *self.place)


class ObjectShape:
    """The fields an object may have, each given by the value an absent one has.

    A field must be of exactly the type of that value. One comparison says so for all
    fields together; which one is wrong is worked out only where one is.
    """

    def __init__(self, **absent: Any) -> None:
        self._absent = absent
        self._take = itemgetter(*absent)
        self._types = tuple(map(type, absent.values()))

    def read(self, value: object) -> tuple[Any, ...]:
        """The values of the fields, in the order they were given in; else Wrong."""
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
