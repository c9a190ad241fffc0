"""What a random scenario is drawn from: a few places, states, papers and dates, chosen first.

Whatever else is drawn takes its values from here, mostly from what a journey can meet, so that rules matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from attrs import define, field

T = TypeVar("T")
Table = dict[str, Any]


class Dice:
    """Draws with chances, from random bytes. Small bytes mean «no», the first and the least; so does their end.

    All of a scenario comes from one draw of bytes: Hypothesis likes to repeat parts of examples made of many draws,
    and most of what it tries would be scenarios that it has tried before.
    """

    SIZE = 1500

    def __init__(self, drawn: bytes) -> None:
        self._bytes = iter(drawn)

    def chance(self, percent: int) -> bool:
        """True in that many of a hundred cases."""
        return self.number(0, 99) >= 100 - percent

    def number(self, least: int, most: int) -> int:
        """A whole number between the two, both included; fewer than 256 are possible."""
        return least + next(self._bytes, 0) * (most - least + 1) // 256

    def pick(self, values: Sequence[T]) -> T:
        """One of the values."""
        return values[self.number(0, len(values) - 1)]

    def some(self, values: Sequence[T], least: int = 0, most: int = 99) -> list[T]:
        """Some different values, in the order given."""
        count = self.number(min(least, len(values)), min(most, len(values)))
        left = list(range(len(values)))
        chosen = sorted(left.pop(self.number(0, len(left) - 1)) for _ in range(count))
        return [values[index] for index in chosen]


@define
class World:
    """The names and dates of a scenario in the making; `data` is what the reader will get."""

    dice: Dice
    today: date
    data: Table = field(factory=dict)
    states: list[str] = field(factory=list)
    territories: list[str] = field(factory=list)
    zones: list[str] = field(factory=list)
    law_zones: list[Table] = field(factory=list)  # zones of rulebooks, as a file would have them
    territory_of: dict[str, str] = field(factory=dict)  # port -> territory
    timezone: dict[str, str] = field(factory=dict)
    route: list[str] = field(factory=list)  # ports of a journey that the legs allow, start and end included
    calls: dict[str, tuple[date, date]] = field(factory=dict)  # where it stays: arrival and departure dates
    timed: list[Table] = field(factory=list)  # the legs by departure, with `_at` and `_till` in UTC
    held: list[str] = field(factory=list)  # states of the passports held
    passports: list[str] = field(factory=list)  # ids
    ways: dict[str, str] = field(factory=dict)  # how each permission zone of the route may be entered, if at all
    focus: str = ""  # the zone that rules are about just now
    last: date = date.min  # the last date on which something departs or arrives

    @property
    def ports(self) -> list[str]:
        """All ports."""
        return list(self.territory_of)

    def zone_of(self, territory: str) -> str:
        """The permission zone of a territory, whatever the date."""
        for zone in (*self.law_zones, *self.data.get("zones", ())):
            for member in zone["members"]:
                if member["territory"] == territory and "permission" in member.get("purposes", ["permission"]):
                    return str(zone["id"])
        return territory

    def visited(self) -> list[str]:
        """Territories on the route beyond its start, or else all."""
        return list(dict.fromkeys(self.territory_of[port] for port in self.route[1:])) or self.territories

    def overnight(self) -> list[str]:
        """Ports where the journey spends a night."""
        return [port for port, (arrival, departure) in self.calls.items() if arrival < departure]

    def entered(self) -> list[str]:
        """Permission zones of the route, that of its start left out unless it leads back."""
        return list(dict.fromkeys(self.zone_of(territory) for territory in self.visited()))

    def territory(self) -> str:
        """A territory, mostly one visited between start and end."""
        inside = [place for place in self.visited() if self.zone_of(place) == self.focus]
        if inside:
            return self.dice.pick(inside)
        between = [self.territory_of[port] for port in self.calls]
        return self.dice.pick(between if between and self.dice.chance(75) else self.territories)

    def zone(self) -> str:
        """A zone or territory, mostly one that the route enters."""
        if self.focus:
            return self.focus
        if self.dice.chance(85):
            return self.zone_of(self.territory())
        return self.dice.pick([*self.zones, *self.territories])

    def admitting_zone(self) -> str:
        """A zone that something can admit to, mostly one that the route enters."""
        return self.dice.pick(self.entered() if self.dice.chance(85) else [self.zone_of(t) for t in self.territories])

    def state(self) -> str:
        """A state, mostly one whose passport is held."""
        return self.dice.pick(self.held if self.held and self.dice.chance(75) else self.states)

    def port(self) -> str:
        """A port, mostly on the route."""
        return self.dice.pick(self.route if self.dice.chance(80) else self.ports)

    def place(self) -> str:
        """A port, territory or zone."""
        return self.dice.pick([self.port(), self.territory(), self.zone()])

    def day(self) -> date:
        """A date between today and the end of everything."""
        return self.today + timedelta(days=self.dice.number(0, max((self.last - self.today).days, 0)))

    def price(self) -> str:
        """A price in whole units, sometimes in a foreign currency; few amounts, so that there are ties."""
        amount = self.dice.pick(["10", "20", "20", "50", "50", "80", "120", "0"])
        if self.dice.chance(10):
            self.data.setdefault("rates", {"date": self.today, "values": {"EUR": 1.125}})
            return f"{amount}.50 EUR"
        return amount

    def in_order(self, table: Table, *keys: str) -> Table:
        """The table with the values of these keys, as far as it has them, in ascending order."""
        there = [key for key in keys if key in table]
        return table | dict(zip(there, sorted(table[key] for key in there), strict=True))

    def local(self, moment: datetime, port: str) -> datetime:
        """Wall-clock time at a port for a naive UTC time."""
        return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(self.timezone[port])).replace(tzinfo=None)
