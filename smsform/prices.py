"""What a message costs, from the prices a project states; exact, never a float."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from smsform.model import Template, TemplateType

if TYPE_CHECKING:
    from decimal import Decimal


class Prices(Struct, frozen=True):
    """What one segment costs; None where the project does not say.

    ``marketing`` is the domestic price of marketing, which services bill apart; without
    it these cost as any domestic message. ``international`` stands for every country.
    """

    currency: str = "CNY"
    domestic: Decimal | None = None
    marketing: Decimal | None = None
    international: Decimal | None = None


NO_PRICES = Prices()


class Price(Struct, frozen=True):
    """An amount in a currency, as ISO 4217 calls it."""

    amount: Decimal
    currency: str

    @property
    def figure(self) -> str:
        """The amount in digits, without zeros at its end: ``0.09``."""
        digits = f"{self.amount:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits


def price(prices: Prices, template: Template, segments: int) -> Price | None:
    """The cost of a message of *template* in *segments*; None where nothing says."""
    if template.international:
        each = prices.international
    elif template.type is TemplateType.MARKETING and prices.marketing is not None:
        each = prices.marketing
    else:
        each = prices.domestic
    return None if each is None else Price(each * segments, prices.currency)
