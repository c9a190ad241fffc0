"""Legs as columns: what tables of fares hold by the million, where one object a leg would fill the memory."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from planner.core.money import Price, digits
from planner.core.time import EPOCH, to_local
from planner.scenario.clocks import Clocks, Numbers
from planner.scenario.node import NOWHERE, LegRef, Mode, Per, PortRef, Where
from planner.scenario.travel import Fare, Leg

MODES: tuple[Mode, ...] = ("air", "rail", "road", "sea", "foot")
UNPRICED = -1


@frozen(eq=False)
class RowIds(Sequence[str]):
    """Ids of some rows of a file: item i is that of row i + 1. `rows` ascend, `texts` are their ids."""

    rows: Numbers
    texts: NDArray[Any]

    def __len__(self) -> int:
        return int(self.rows[-1]) if len(self.rows) else 0

    def __getitem__(self, index: Any) -> Any:
        return str(self.texts[int(np.searchsorted(self.rows, index + 1))])

    def items(self) -> Iterator[tuple[int, str]]:
        """Rows and their ids."""
        return zip(self.rows.tolist(), self.texts.tolist(), strict=True)


@frozen(kw_only=True, eq=False)
class Source:
    """Where rows of a timetable come from: a file or a table of the scenario, and what its prices mean.

    A leg's id is its `id` in the file, where it has one, else `prefix:row`. `left_out` counts rows that are no legs
    of the scenario, by the reason in words.
    """

    prefix: str
    currency: str  # of its prices
    per: Per = "traveller"
    ids: Sequence[str] | None = None  # by row number minus `first_row`; None: the rows have none
    first_row: int = 1
    left_out: Mapping[str, int] = field(factory=dict)
    where: Where = NOWHERE

    def rows_of(self, ids: Collection[str]) -> Iterator[tuple[str, int]]:
        """Those of some ids that are ids of rows here, each with its row."""
        if isinstance(self.ids, RowIds):
            yield from ((text, row) for row, text in self.ids.items() if text in ids)
        elif self.ids is not None:
            yield from ((text, row) for row, text in enumerate(self.ids, start=self.first_row) if text in ids)
        else:
            for text in ids:
                prefix, _, row = text.rpartition(":")
                if prefix == self.prefix and re.fullmatch("[1-9][0-9]{0,17}", row):
                    yield text, int(row)


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

    def positions(self, ids: Collection[str]) -> dict[str, int]:
        """Where the legs of some ids stand; ids that no leg has are left out."""
        return dict(self._positions(frozenset(ids)))

    def _positions(self, ids: frozenset[str]) -> Iterator[tuple[str, int]]:
        for number, source in enumerate(self.sources):
            texts, rows = [], []
            for text, row in source.rows_of(ids):
                texts.append(text)
                rows.append(row)
            there = np.flatnonzero(self.source == number)
            if texts and len(there):
                wanted = np.array(rows, dtype=np.int64)
                at = np.minimum(np.searchsorted(self.row[there], wanted), len(there) - 1)
                met = self.row[there[at]] == wanted
                found = zip(texts, there[at].tolist(), met.tolist(), strict=True)
                yield from ((text, position) for text, position, is_there in found if is_there)

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
            where=self._where(position, source),
        )

    def fare(self, position: int) -> Fare | None:
        """The ticket for the leg alone, under the leg's id; None if it is not sold alone."""
        source = self.sources[int(self.source[position])]
        price, leg = self._price(position, source), self.leg_id(position)
        if price is None:
            return None
        return Fare(id=leg, legs=(leg,), price=price, per=source.per, where=self._where(position, source))

    def _where(self, position: int, source: Source) -> Where:
        return Where(evolve(source.where.place, row=int(self.row[position])))

    def _price(self, position: int, source: Source) -> Price | None:
        minor = int(self.price[position])
        if minor == UNPRICED:
            return None
        return Price(Decimal(minor).scaleb(-digits(source.currency)), source.currency)

    @cached_property
    def used_ports(self) -> tuple[str, ...]:
        """The ports that a leg departs from or arrives at, in the order of `ports`."""
        used = np.zeros(len(self.ports), dtype=np.bool_)
        used[self.from_port] = used[self.to_port] = True
        return tuple(self.ports[number] for number in np.flatnonzero(used).tolist())

    @cached_property
    def last_departure(self) -> int:
        """Ordinal of the last civil date on which a leg departs; 0 if there is no leg."""
        return int(self.departs_on.max(initial=0))


def day_of(minutes: Numbers, offset: Numbers | int) -> Numbers:
    """Ordinals of the civil dates of UTC minutes at places that are `offset` minutes ahead of UTC then."""
    days: Numbers = (minutes + offset) // 1440 + EPOCH.toordinal()
    return days


def offsets(minutes: Numbers, zone_name: str) -> Numbers:
    """Minutes that a zone's clocks are ahead of UTC at each of some instants (UTC minutes)."""
    return Clocks.of((zone_name,), minutes).ahead(np.zeros(len(minutes), dtype=np.int64), minutes)
