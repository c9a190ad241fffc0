"""What a ride costs by the second version of a GTFS feed's fares: products, by network and areas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal

from attrs import define, field, frozen

from planner.scenario.importing.feeds import Feed
from planner.scenario.importing.gtfs_fares import OTHER

FIRST = "fares of the first version, as there are rules of the second"
RIDERS = "fares for some travellers only"
TIMED = "fares that depend on the time of day"
TOGETHER = "rules for fares of several rides"


@frozen(kw_only=True)
class _Rule:
    about: tuple[str, str, str]  # network, area of departure, area of arrival
    timed: bool
    priority: int
    price: Decimal


@define
class LegFares:
    """The fares of a feed, in one currency: each for one ride of any traveller, on the cheapest medium.

    A ride for which a fare depends on the time of day has no price here, if no other rule goes before that.
    """

    currency: str = ""
    _rules: list[_Rule] = field(factory=list)
    _ordered: bool = False  # by priorities: what a rule leaves empty then is for all
    _named: tuple[frozenset[str], ...] = ()  # networks and areas that rules name
    _networks: dict[str, str] = field(factory=dict)
    _areas: Mapping[str, frozenset[str]] = field(factory=dict)
    _found: dict[tuple[frozenset[str], ...], str] = field(factory=dict)

    @classmethod
    def of(cls, feed: Feed, left_out: Counter[str]) -> LegFares:
        """Read them."""
        made = cls()
        prices = made._products(feed, left_out)
        made._networks = {row["route_id"]: row["network_id"] for row in feed.rows("routes.txt", "route_id")}
        made._networks |= {row["route_id"]: row["network_id"] for row in feed.rows_if_any("route_networks.txt")}
        made._areas = _areas(feed)
        named = [frozenset[str]()] * 3
        for row in feed.rows("fare_leg_rules.txt", "fare_product_id"):
            made._ordered = made._ordered or "rule_priority" in row.columns
            timed = bool(row["from_timeframe_group_id"] or row["to_timeframe_group_id"])
            priority = feed.read(row, "rule_priority", lambda text: int(text or "0"), "a whole number")
            left_out[TIMED] += timed
            if not feed.known(row, "fare_product_id", prices, "fare_products.txt") or priority is None:
                continue
            about = row["network_id"], row["from_area_id"], row["to_area_id"]
            for price in prices[row["fare_product_id"]]:
                made._rules.append(_Rule(about=about, timed=timed, priority=priority, price=price))
            named = [names | {name} - {""} for names, name in zip(named, about, strict=True)]
        made._named = tuple(named)
        left_out[TOGETHER] += sum(
            1 for name in ("fare_transfer_rules.txt", "fare_leg_join_rules.txt") for _ in feed.rows_if_any(name)
        )
        left_out[FIRST] += sum(1 for _ in feed.rows_if_any("fare_attributes.txt"))
        return made

    def price(self, route: str, start: str, end: str) -> str:
        """The least price of a ride on a route from stop to stop; empty if no fare is for it, or none that is sure."""
        network = frozenset({self._networks.get(route, "")} - {""})
        about = network, self._areas.get(start, frozenset()), self._areas.get(end, frozenset())
        if about not in self._found:
            rules = [rule for rule in self._rules if all(map(self._suits, rule.about, about, self._named))]
            first = max((rule.priority for rule in rules), default=0)
            rules = [rule for rule in rules if rule.priority == first]
            sure = rules and not any(rule.timed for rule in rules)
            self._found[about] = f"{min(rule.price for rule in rules):f}" if sure else ""
        return self._found[about]

    def _suits(self, wanted: str, values: frozenset[str], named: frozenset[str]) -> bool:
        """Whether what a rule says is for one of some networks or areas, or for a ride that has none.

        What it leaves empty is for all of them; without priorities, for all that no rule names.
        """
        return wanted in values if wanted else self._ordered or not values or not values <= named

    def _products(self, feed: Feed, left_out: Counter[str]) -> Mapping[str, list[Decimal]]:
        """What each product costs those who belong to no special category; nothing if it is not for them."""
        usual = {""} | {
            row["rider_category_id"]
            for row in feed.rows_if_any("rider_categories.txt", "rider_category_id")
            if row["is_default_fare_category"] == "1"
        }
        found: dict[str, list[Decimal]] = defaultdict(list)
        for row in feed.rows("fare_products.txt", "fare_product_id", "amount", "currency"):
            prices = found[row["fare_product_id"]]
            amount = feed.read(row, "amount", _amount, "an amount")
            if row["rider_category_id"] not in usual:
                left_out[RIDERS] += 1
                continue
            self.currency = self.currency or row["currency"]
            if row["currency"] != self.currency:
                left_out[OTHER] += 1
            elif amount is not None and amount >= 0:  # what is below is taken off where one changes
                prices.append(amount)
        return found


def _areas(feed: Feed) -> Mapping[str, frozenset[str]]:
    """The areas of each stop: its own, else those of its station."""
    own: dict[str, set[str]] = defaultdict(set)
    for row in feed.rows_if_any("stop_areas.txt", "area_id", "stop_id"):
        own[row["stop_id"]].add(row["area_id"])
    stops = {row["stop_id"]: row["parent_station"] for row in feed.rows("stops.txt", "stop_id")}
    return {stop: frozenset(own.get(stop) or own.get(parent) or ()) for stop, parent in stops.items()}


def _amount(text: str) -> Decimal:
    """An amount, perhaps below 0. Raises ValueError or InvalidOperation."""
    found = Decimal(text)
    if not found.is_finite():
        raise ValueError
    return found
