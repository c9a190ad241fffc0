"""Amounts in whole minor units, rounded half to even."""

from decimal import Decimal

import pytest

from planner.core.money import Price, show, to_minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("34", "USD", 3400),
        ("34.505", "USD", 3450),
        ("34.515", "USD", 3452),
        ("34.5", "JPY", 34),
        ("1.2345", "KWD", 1234),
    ],
)
def test_minor_units(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor


def test_reading() -> None:
    assert Price.parse("34 USD") == Price(Decimal(34), "USD")
    assert Price.parse("EUR 2195.50") == Price(Decimal("2195.50"), "EUR")
    assert Price.parse("12") == Price(Decimal(12), "")


@pytest.mark.parametrize("text", ["USD", "-3 USD", "USD 3 USD", "3 usd", "1e5", ""])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="an amount such as"):
        Price.parse(text)


def test_showing() -> None:
    assert show(123450, "USD") == "USD 1,234.50"
    assert show(3400, "USD") == "USD 34"
    assert show(3400, "JPY") == "JPY 3,400"
