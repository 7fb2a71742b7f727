"""What a message costs, exactly."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import projects
from smsform.cli import run
from smsform.prices import NO_PRICES, Price, Prices, price


@pytest.mark.parametrize(
    ("body", "stated", "figure"),
    [
        ("content: 您好", "domestic: 0.045", "0.135"),
        ("content: 您好", "domestic: 0.10", "0.3"),
        ("content: 您好", "domestic: 0", "0"),
        ("content: 您好", "domestic: 100", "300"),
        ("content: 您好, type: marketing", "domestic: 0.045", "0.135"),
        ("content: 您好, type: marketing", "domestic: 1, marketing: 0.05", "0.15"),
        ("content: Hi, international: true", "domestic: 1, marketing: 2", None),
        (
            "content: Hi, international: true, type: marketing",
            "marketing: 2, international: 0.35",
            "1.05",
        ),
        ("content: 您好", "international: 0.35", None),
    ],
)
def test_a_price_is_that_of_the_market_times_the_segments(
    body: str, stated: str, figure: str | None, tmp_path: Path
) -> None:
    """Marketing has a price of its own on the mainland; what is not stated is none."""
    if "type:" not in body:
        body += ", type: notification"
    definitions = projects.read(tmp_path, f"templates: {{a: {{{body}}}}}")
    prices = projects.config_of(tmp_path, f"smsform: 1\nprices: {{{stated}}}").prices
    found = price(prices, definitions.templates["a"], 3)
    assert (found and found.figure) == figure
    assert found is None or found.currency == "CNY"


def test_amounts_are_decimal_and_a_currency_may_be_stated(tmp_path: Path) -> None:
    """0.1 is a tenth, which no binary float is; without prices there are none."""
    text = "smsform: 1\nprices: {currency: HKD, international: 0.1}"
    prices = projects.config_of(tmp_path, text).prices
    assert prices == Prices("HKD", international=Decimal("0.1"))
    assert Price(Decimal("0.1") * 3, "HKD").figure == "0.3"
    assert projects.config_of(tmp_path, "smsform: 1").prices is NO_PRICES


@pytest.mark.parametrize(
    ("stated", "text", "value"),
    [
        ("domestic: 0.045", "0.09 CNY", {"amount": "0.09", "currency": "CNY"}),
        ("international: 0.35", "", None),
    ],
)
def test_preview_shows_what_a_message_costs(
    stated: str, text: str, value: object, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    """Beside its segments; in JSON as a text, null where no price is stated."""
    content = "您的包裹已到前台。" * 10
    provider = f"{{type: {projects.SERVICE}, region: ap-guangzhou, endpoint: emulator}}"
    files = {
        "smsform.yaml": f"smsform: 1\nprices: {{{stated}}}\n"
        f"providers: {{p: {provider}}}\n",
        "t.yaml": f"templates: {{a: {{type: notification, content: {content}}}}}",
    }
    call = ["-C", str(projects.write(tmp_path, files)), "preview"]
    assert run(call) == 0
    heading = next(x for x in capsys.readouterr().out.splitlines() if "segments" in x)
    assert heading.endswith(text or "a segment")
    assert run([*call, "--format", "json"]) == 0
    (template,) = json.loads(capsys.readouterr().out)["templates"]
    assert [message["price"] for message in template["messages"]] == [value]
