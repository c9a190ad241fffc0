"""What a ride costs by the fares of a GTFS feed (its first version of fares: attributes and rules)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from attrs import define, field, frozen

from planner.scenario.importing.feeds import Feed, money

OTHER = "fares in another currency than the feed's first"
CONTAINS = "fares for the zones that a journey passes"


@frozen
class _Rule:
    fare: str
    route: str
    origin: str
    destination: str


@define
class Fares:
    """The fares of a feed, in one currency: each for one ride, whatever transfers it may allow."""

    currency: str = ""
    _prices: dict[str, Decimal] = field(factory=dict)
    _rules: list[_Rule] = field(factory=list)
    _zones: dict[str, str] = field(factory=dict)

    @classmethod
    def of(cls, feed: Feed, left_out: Counter[str]) -> Fares:
        """Read them, if there are any."""
        made = cls()
        if not feed.has("fare_attributes.txt"):
            return made
        for row in feed.rows("fare_attributes.txt", "fare_id", "price", "currency_type"):
            price = feed.read(row, "price", money, "an amount")
            made.currency = made.currency or row["currency_type"]
            if row["currency_type"] != made.currency:
                left_out[OTHER] += 1
            elif price is not None:
                made._prices[row["fare_id"]] = price
        ruled = set()
        passing: set[str] = set()
        for row in feed.rows_if_any("fare_rules.txt", "fare_id"):
            ruled.add(row["fare_id"])
            if row["contains_id"]:
                passing.add(row["fare_id"])
            elif row["fare_id"] in made._prices:
                made._rules.append(_Rule(row["fare_id"], row["route_id"], row["origin_id"], row["destination_id"]))
        if passing:
            left_out[CONTAINS] += len(passing)
            made._rules = [rule for rule in made._rules if rule.fare not in passing]
        # A fare without rules goes for every ride.
        made._rules += [_Rule(fare, "", "", "") for fare in made._prices if fare not in ruled]
        made._zones = {row["stop_id"]: row["zone_id"] for row in feed.rows("stops.txt", "stop_id")}
        return made

    def price(self, route: str, start: str, end: str) -> str:
        """The least price of a ride on a route from stop to stop; empty if no fare is for it."""
        origin, destination = self._zones.get(start, ""), self._zones.get(end, "")
        prices = [
            self._prices[rule.fare]
            for rule in self._rules
            if rule.route in ("", route) and rule.origin in ("", origin) and rule.destination in ("", destination)
        ]
        return f"{min(prices):f}" if prices else ""
