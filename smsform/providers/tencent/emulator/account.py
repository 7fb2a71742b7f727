"""The calling account during one call: its limits, its entries, its lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from smsform.emulation import listing, reviewer
from smsform.emulation.messages import Answer
from smsform.emulation.reviewer import Schedule
from smsform.emulation.settings import Settings
from smsform.emulation.store import Entry, Place, Store
from smsform.model import Kind, Review
from smsform.providers.tencent import wire
from smsform.providers.tencent.emulator.parameters import Parameters
from smsform.providers.tencent.emulator.texts import refusal

STATUS: Mapping[str, int] = {
    Review.APPROVED: wire.APPROVED,
    Review.IN_REVIEW: wire.IN_REVIEW,
    Review.APPROVED_INACTIVE: wire.APPROVED_INACTIVE,
    Review.REJECTED: wire.REJECTED,
    # No document has this number: a client must not fail on a new code.
    Review.UNKNOWN: 9,
}
EDITABLE = frozenset({Review.IN_REVIEW, Review.REJECTED})

Item = dict[str, object]


class Account(Struct, frozen=True):
    """The entries a call works on, with the settings and the time of that call.

    ``main`` is False for a sub-account's key; ``international_site`` is whether the
    account is of the international site.
    """

    store: Store
    place: Place
    settings: Settings
    schedule: Schedule
    now: float
    peer: str
    main: bool
    international_site: bool

    def check(self, *, enterprise: bool) -> None:
        """Refuse what the account as a whole may not do.

        *enterprise*: the action is not for accounts verified as a person.
        """
        if not self.settings["activated"]:
            raise refusal("UnauthorizedOperation")
        if self.settings["arrears"]:
            raise refusal("UnauthorizedOperation.ServiceSuspendDueToArrears")
        if not self.settings["permission"]:
            raise refusal("UnauthorizedOperation.RequestPermissionDeny")
        if self.settings["app_disabled"]:
            raise refusal("UnauthorizedOperation.SdkAppIdIsDisabled")
        whitelist = self.settings["ip_whitelist"]
        assert isinstance(whitelist, tuple)
        if whitelist and self.peer not in whitelist:
            raise refusal("UnauthorizedOperation.RequestIpNotInWhitelist")
        if enterprise and self.settings["individual"]:
            raise refusal("FailedOperation.NotEnterpriseCertification")

    def settled(self, entries: Iterable[Entry], *, listed: bool = False) -> list[Entry]:
        """The entries as they are now; *listed* counts one more list that shows
        them."""
        store, schedule, now = self.store, self.schedule, self.now
        return [
            reviewer.settle(store, schedule, entry, now, listed=listed)
            for entry in entries
        ]

    def rows(
        self, ids: Sequence[int], item: Callable[[Entry], Item], *, kept: bool
    ) -> Sequence[object]:
        """What a list shows of the entries *ids*; *kept*: by the entry alone."""
        if kept:
            return listing.rows(self.store, self.schedule, self.now, ids, item)
        return [
            item(each) for each in self.settled(self.store.entries(ids), listed=True)
        ]

    def find(self, kind: Kind, id: int, missing: str) -> Entry:
        """The entry with that id; *missing* is the code when there is none."""
        entry = self.store.find(self.place, kind, id)
        if entry is None:
            raise refusal(missing)
        return self.settled([entry])[0]

    def named(self, kind: Kind, name: str, international: int) -> list[Entry]:
        """Every entry of that name which serves that market."""
        entries = self.store.named(self.place, kind, name)
        return self.settled(e for e in entries if serves(e, international))

    def delete(self, entry: Entry) -> Item:
        """Delete the entry; no document restricts its state [?], so a setting
        decides."""
        if entry.review == Review.IN_REVIEW and not self.settings["delete_pending"]:
            raise refusal("UnsupportedOperation", what="the entry is under review")
        self.store.remove(entry.id)
        return {"DeleteStatus": "return successfully!", "DeleteTime": int(self.now)}


def serves(entry: Entry, international: int) -> bool:
    """Whether messages to that market can be sent with it."""
    return entry.international in (None, international)


def check_market(params: Parameters) -> int:
    """International of a request: 0 or 1."""
    if params["International"] not in (wire.DOMESTIC, wire.INTERNATIONAL):
        raise refusal("InvalidParameterValue.InvalidInternational")
    return int(params["International"])


def describe(
    account: Account,
    kind: Kind,
    action: str,
    params: Parameters,
    *,
    ids: str,
    limit: int,
    item: Callable[[Entry], Item],
    kept: bool,
    missing: str,
) -> Answer:
    """Both lists: by ids, or a page of one market.

    *ids* names the parameter, *limit* is the default of Limit, *missing* the code an
    empty list gets under ``empty: missing``; *kept* is whether an *item* is made of its
    entry alone. Ids that are unknown, or of the other
    market, are left out [I]. A list read counts for the reviewer; one by ids does so
    only where the key cannot list.
    """
    market = check_market(params)
    if wanted := params.get(ids):
        if len(wanted) > wire.PAGE:
            raise refusal("InvalidParameter.InvalidParameters", name=ids)
        found = (account.store.find(account.place, kind, id) for id in set(wanted))
        entries = [entry for entry in found if entry and serves(entry, market)]
        entries = account.settled(entries, listed=not account.main)
        rows: Sequence[object] = [item(entry) for entry in entries]
    else:
        rows = account.rows(
            _page(account, kind, market, params, limit), item, kept=kept
        )
    if rows:
        return Answer({wire.PAYLOAD[action]: rows})
    style = account.settings["empty"]
    if style == "missing":
        raise refusal(missing)
    empty: dict[str, Item] = {
        "absent": {},
        "null": {wire.PAYLOAD[action]: None},
        "list": {wire.PAYLOAD[action]: []},
    }
    return Answer(empty[str(style)])


def _page(
    account: Account, kind: Kind, market: int, params: Parameters, default: int
) -> list[int]:
    if not account.main:
        raise refusal("FailedOperation.ProhibitSubAccountUse")
    limit, offset = params.get("Limit", default), params.get("Offset", 0)
    refuses_zero = account.settings["limit_zero"] == "refuse"
    if not 0 <= limit <= wire.PAGE or (limit == 0 and refuses_zero):
        raise refusal("InvalidParameterValue.LimitVerifyFail")
    if offset < 0:
        raise refusal("InvalidParameterValue.OffsetVerifyFail")
    return account.store.page(
        account.place,
        kind,
        market,
        limit=limit,
        offset=offset,
        newest_first=account.settings["order"] == "newest",
    )
