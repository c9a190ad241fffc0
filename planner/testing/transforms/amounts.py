"""Other amounts of money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve

from planner.core.money import Price, digits
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.reading.walk import values
from planner.testing.transforms.effect import Transformed
from planner.testing.transforms.walking import Table, mapped, singles

_FILE = "<data>"


def multiplied(data: Mapping[str, Any], factor: int = 2) -> Transformed:
    """All prices, fees and the budget so many times as high: the same plan, at so many times the cost.

    Raises ValueError where amounts in another currency are rounded so that they would not be so many times as high, and
    where a rulebook in use has prices of its own.
    """
    scenario = read_mapping(data, table_kinds(), _FILE)
    law = scenario.law
    for found in values({Price}, *law.admissions, *law.rules, *law.acquirables, *scenario.acquirables):
        if found.place.file != _FILE:
            raise ValueError(f"a rulebook asks for {found.value}: {found.place}")

    def more(price: Price) -> Price:
        result = evolve(price, amount=price.amount * factor)
        if scenario.minor(result) != factor * scenario.minor(price):
            raise ValueError(f"{price} is rounded")
        return result

    return Transformed(data=priced(data, more), factor=factor)


def in_currency(data: Mapping[str, Any], currency: str) -> Transformed:
    """The scenario reckons in another currency, which is worth as much as its own: the same answer.

    Prices keep their currency, so that all of them are converted. Raises ValueError if the scenario knows the new
    currency already, or if the two have not as many decimals.
    """
    own = data["currency"]
    rates = data.get("rates", {"date": data["today"], "values": {}})
    used = {own, *rates["values"], *(_price(value).currency for field, value in singles(data) if field.type is Price)}
    if currency in used:
        raise ValueError(f"{currency} is used already")
    if digits(currency) != digits(own):
        raise ValueError(f"{own} and {currency} have not as many decimals")
    made = priced(data, lambda price: evolve(price, currency=price.currency or own))
    made["currency"] = currency
    made["rates"] = rates | {"values": {**rates["values"], own: 1}}
    return Transformed(data=made)


def priced(data: Mapping[str, Any], change: Callable[[Price], Price]) -> Table:
    """The tables with every price changed."""

    def written(price: Price) -> str:
        return f"{price.amount} {price.currency}".strip()

    return mapped(data, lambda field, value: written(change(_price(value))) if field.type is Price else value)


def _price(value: Any) -> Price:
    return Price.parse(str(value))
