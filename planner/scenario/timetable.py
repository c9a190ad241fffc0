"""Legs as columns: what tables of fares hold by the million, where one object a leg would fill the memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, evolve, frozen
from numpy.typing import NDArray

from planner.core.money import Price, digits
from planner.core.time import EPOCH, to_local
from planner.scenario.node import NOWHERE, LegRef, Mode, Per, PortRef, Where
from planner.scenario.travel import Fare, Leg

Numbers = NDArray[np.integer[Any]]
MODES: tuple[Mode, ...] = ("air", "rail", "road", "sea", "foot")
UNPRICED = -1


@frozen(kw_only=True, eq=False)
class Source:
    """Where rows of a timetable come from: a file or a table of the scenario, and what its prices mean.

    A leg's id is its `id` in the file, where it has one, else `prefix:row`.
    """

    prefix: str
    currency: str  # of its prices
    per: Per = "traveller"
    ids: Sequence[str] | None = None  # by row number minus `first_row`; None: the rows have none
    first_row: int = 1
    where: Where = NOWHERE


@define(frozen=True, slots=False, eq=False, kw_only=True)
class Timetable:
    """Legs as columns, one row a leg, in the canonical order of legs.

    `ports` and `operators` are what `from_port`, `to_port` and `operator` number. Times are UTC minutes, days
    ordinals of civil dates at the port concerned. `price` is in minor units of its source's currency, UNPRICED for
    a leg that is sold only in a fare; `source` numbers `sources`, `row` is the row there, from 1.
    """

    ports: tuple[str, ...]
    operators: tuple[str, ...]
    sources: tuple[Source, ...]
    from_port: Numbers
    to_port: Numbers
    departs: Numbers
    arrives: Numbers
    departs_on: Numbers
    arrives_on: Numbers
    price: Numbers
    mode: Numbers
    operator: Numbers
    source: Numbers
    row: Numbers

    COLUMNS = (
        "from_port", "to_port", "departs", "arrives", "departs_on", "arrives_on",
        "price", "mode", "operator", "source", "row",
    )  # fmt: skip

    def __len__(self) -> int:
        return len(self.from_port)

    def take(self, rows: NDArray[Any]) -> Timetable:
        """The timetable of some rows: positions in order, or a mask."""
        return evolve(self, **{name: getattr(self, name)[rows] for name in self.COLUMNS})

    def leg_id(self, position: int) -> LegRef:
        """The id of the leg at a position."""
        source, row = self.sources[int(self.source[position])], int(self.row[position])
        if source.ids is not None:
            return LegRef(str(source.ids[row - source.first_row]))
        return LegRef(f"{source.prefix}:{row}")

    def leg(self, position: int, timezones: Sequence[str]) -> Leg:
        """The leg at a position as an object; `timezones` are those of `ports`, in their order."""
        start, end = int(self.from_port[position]), int(self.to_port[position])
        source = self.sources[int(self.source[position])]
        departs, arrives = int(self.departs[position]), int(self.arrives[position])
        return Leg(
            id=self.leg_id(position),
            mode=MODES[int(self.mode[position])],
            from_=PortRef(self.ports[start]),
            to=PortRef(self.ports[end]),
            departs=to_local(departs, timezones[start]),
            arrives=to_local(arrives, timezones[end]),
            operator=self.operators[int(self.operator[position])],
            price=self._price(position, source),
            per=source.per,
            departs_utc=departs,
            arrives_utc=arrives,
            where=source.where,
        )

    def fare(self, position: int) -> Fare | None:
        """The ticket for the leg alone, under the leg's id; None if it is not sold alone."""
        source = self.sources[int(self.source[position])]
        price, leg = self._price(position, source), self.leg_id(position)
        return None if price is None else Fare(id=leg, legs=(leg,), price=price, per=source.per, where=source.where)

    def _price(self, position: int, source: Source) -> Price | None:
        minor = int(self.price[position])
        if minor == UNPRICED:
            return None
        return Price(Decimal(minor).scaleb(-digits(source.currency)), source.currency)

    @cached_property
    def last_departure(self) -> int:
        """Ordinal of the last civil date on which a leg departs; 0 if there is no leg."""
        return int(self.departs_on.max(initial=0))


def day_of(minutes: Numbers, offset: Numbers) -> Numbers:
    """Ordinals of the civil dates of UTC minutes at places that are `offset` minutes ahead of UTC then."""
    days: Numbers = (minutes + offset) // 1440 + EPOCH.toordinal()
    return days


def offsets(minutes: Numbers, zone_name: str) -> Numbers:
    """Minutes that a zone's clocks are ahead of UTC at each of some instants (UTC minutes).

    Looked up hour by hour, as often as there are different hours; changes of clocks fall on quarter hours at least.
    """
    quarters, place = np.unique(minutes // 15, return_inverse=True)
    found = [_offset(int(quarter) * 15, zone_name) for quarter in quarters.tolist()]
    looked_up: Numbers = np.array(found, dtype=np.int64)[place]
    return looked_up


def _offset(minutes: int, zone_name: str) -> int:
    local = to_local(minutes, zone_name).replace(tzinfo=UTC)
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    return int((local - instant) // timedelta(minutes=1))
