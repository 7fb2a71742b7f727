"""The calling account during one call: its limits, its entries, its lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from smsform.emulation import calls, listing, reviewer
from smsform.emulation.messages import Answer
from smsform.emulation.reviewer import Schedule
from smsform.emulation.settings import Settings
from smsform.emulation.store import Entry, Place, Store
from smsform.hours import BEIJING
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator.parameters import Parameters, page
from smsform.providers.aliyun.emulator.settings import STANDINGS
from smsform.providers.aliyun.emulator.texts import refusal

# A signature whose registration with the carriers is under way has passed its review.
STATUS: Mapping[str, int] = {
    Review.APPROVED: wire.APPROVED,
    Review.APPROVED_INACTIVE: wire.APPROVED,
    Review.IN_REVIEW: wire.IN_REVIEW,
    Review.REJECTED: wire.REJECTED,
    Review.CANCELLED: wire.CANCELLED,
    # No document has this number: a client must not fail on a new code.
    Review.UNKNOWN: 9,
}
LISTED: Mapping[str, str] = {
    Review.APPROVED: wire.LISTED_APPROVED,
    Review.APPROVED_INACTIVE: wire.LISTED_APPROVED,
    Review.IN_REVIEW: wire.LISTED_IN_REVIEW,
    Review.REJECTED: wire.LISTED_REJECTED,
    Review.CANCELLED: wire.LISTED_CANCELLED,
    Review.UNKNOWN: "AUDIT_STATE_OTHER",
}
PASSED = frozenset({Review.APPROVED, Review.APPROVED_INACTIVE})
NO_NOTE = "无审批备注"

FIRST_ID = 481_000_000  # codes of nine digits
FIRST_ORDER = 20_050_000_000

Item = dict[str, object]


class Account(Struct, frozen=True):
    """The entries a call works on, with the settings, time and Host of that call."""

    store: Store
    place: Place
    settings: Settings
    schedule: Schedule
    now: float
    peer: str
    host: str = ""

    def check(self) -> None:
        """Refuse what the account as a whole may not do."""
        if code := STANDINGS.get(str(self.settings["standing"])):
            raise refusal(code)
        whitelist = self.settings["ip_whitelist"]
        assert isinstance(whitelist, tuple)
        if whitelist and self.peer not in whitelist:  # [I]
            raise refusal("isv.DENY_IP_RANGE")

    def known(self, setting: str, id: int | None) -> str | None:
        """What a setting says of *id*: "" when it lists none, None for an unknown id.

        The ids are of things that the console manages: qualifications, letters.
        """
        listed = self.settings[setting]
        if listed is None:
            return ""
        assert isinstance(listed, Mapping)
        return None if id is None else listed.get(id)

    def today(self, actions: Collection[str]) -> int:
        """How many calls of *actions* went through since midnight in Beijing."""
        local = datetime.fromtimestamp(self.now, BEIJING)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        since = midnight.timestamp()
        return len(calls.succeeded(self.store, self.place, actions, since, self.now))

    def order(self) -> str:
        """A new OrderId: eleven digits, as text."""
        scope = f"order:{self.place.provider}"
        last = self.store.recall(scope, "last")
        number = (last if isinstance(last, int) else FIRST_ORDER) + 1
        self.store.note(scope, "last", number)
        return str(number)

    def settled(self, entries: Iterable[Entry], *, listed: bool = False) -> list[Entry]:
        """The entries as they are now; *listed* counts one more list that shows
        them."""
        store, schedule, now = self.store, self.schedule, self.now
        return [
            reviewer.settle(store, schedule, entry, now, listed=listed)
            for entry in entries
        ]

    def template(self, code: str, missing: str) -> Entry:
        """The template with that code; *missing* is the error code without one."""
        id = template_id(code)
        entry = self.store.find(self.place, Kind.TEMPLATE, id) if id else None
        if entry is None:
            raise refusal(missing)
        return self.settled([entry])[0]

    def sign(self, name: str, missing: str) -> Entry:
        """The signature of that name, capitals as given; *missing* as above."""
        found = self.store.named(self.place, Kind.SIGNATURE, name)
        if not found:
            raise refusal(missing)
        return self.settled(found)[0]

    def keep(self, entry: Entry) -> int:
        """Store a new entry; returns its id of nine digits, higher than any before."""
        return self.store.add(entry, above=FIRST_ID)

    def listing(
        self, kind: Kind, action: str, params: Parameters, item: Callable[[Entry], Item]
    ) -> Answer:
        """A page of either list; one past the end is empty [I].

        *item* is made of its entry alone.
        """
        index, size = page(params)
        ids = self.store.page(
            self.place,
            kind,
            None,
            limit=size,
            offset=(index - 1) * size,
            newest_first=self.settings["order"] == "newest",
        )
        return Answer(
            {
                wire.ITEMS[action]: listing.rows(
                    self.store, self.schedule, self.now, ids, item
                ),
                wire.TOTAL: self.store.count(self.place, kind),
                "CurrentPage": index,
                "PageSize": size,
            }
        )

    def verdict(self, entry: Entry) -> Item:
        """AuditInfo of both Get actions: nothing before a verdict, a note for a no."""
        if not entry.judged or entry.review == Review.IN_REVIEW:
            return {}
        said: Item = {"AuditDate": self.broken(date(entry.judged))}
        if entry.review == Review.REJECTED:
            said["RejectInfo"] = entry.note
        return said

    def broken(self, text: str) -> str:
        """The text with the line break that examples in the documents have at its
        end."""
        return f"{text}\n" if text and self.settings["line_breaks"] else text


def reason(entry: Entry) -> Item:
    """The Reason of both lists; an entry that is not rejected has the text for no
    note."""
    rejected = entry.review == Review.REJECTED
    note = entry.note if rejected else NO_NOTE
    said: Item = {"RejectInfo": note, "RejectSubInfo": note}
    if entry.judged and entry.review != Review.IN_REVIEW:
        said["RejectDate"] = date(entry.judged)
    return said


def date(time: float) -> str:
    """A time as replies and reports spell it: Beijing's, without a zone."""
    return datetime.fromtimestamp(time, BEIJING).strftime(wire.DATE)


def template_code(id: int) -> str:
    """TemplateCode of an entry."""
    return f"SMS_{id}"


def template_id(code: str) -> int | None:
    """The entry a TemplateCode means; None when it has not that form."""
    match = re.fullmatch(r"SMS_([1-9]\d{0,17})", code)
    return int(match[1]) if match else None


def first_submitted(entry: Entry) -> float:
    """When an entry was created; ``created`` moves with every submission."""
    return float(str(entry.fields.get("first", entry.created)))


def as_data(fields: Mapping[str, object]) -> str:
    """The fields that an entry has besides its columns, as the store keeps them."""
    return json.dumps(fields, ensure_ascii=False)
