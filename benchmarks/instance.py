"""The bare problem that other solvers can be given too: the cheapest route through the stops with its nights.

No borders, papers or rules. Our own row beside a peer is run on a scenario without them as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.network.columns import all_legs
from planner.scenario.scenario import Scenario
from planner.scenario.timetable import UNPRICED

Numbers = NDArray[np.int32]


@frozen
class Visit:
    """A stop: `least` to `most` nights at one of some ports, by number."""

    ports: tuple[int, ...]
    least: int
    most: int


@frozen(kw_only=True, eq=False)
class Instance:
    """Legs as columns, by departure: UTC minutes, ordinals of local dates, prices in minor units.

    `transfer`: least minutes between arriving and departing again.
    """

    from_port: Numbers
    to_port: Numbers
    departs: Numbers
    arrives: Numbers
    departs_on: Numbers
    arrives_on: Numbers
    price: Numbers
    start: int
    goal: int
    transfer: int
    visits: tuple[Visit, ...]

    COLUMNS = ("from_port", "to_port", "departs", "arrives", "departs_on", "arrives_on", "price")

    def __len__(self) -> int:
        return len(self.from_port)

    @property
    def ports(self) -> int:
        """How many ports there are."""
        named = [port for visit in self.visits for port in visit.ports]
        return int(max(self.from_port.max(), self.to_port.max(), self.start, self.goal, *named)) + 1

    def save(self, path: Path) -> None:
        """Write it for another process."""
        arrays: dict[str, Any] = {name: getattr(self, name) for name in self.COLUMNS}
        arrays |= {f"visit{n}": np.array([v.least, v.most, *v.ports]) for n, v in enumerate(self.visits)}
        arrays["ends"] = np.array([self.start, self.goal, self.transfer])
        with path.open("wb") as file:
            np.savez(file, **arrays)

    @classmethod
    def load(cls, path: Path) -> Instance:
        """Read what `save` wrote."""
        with np.load(path) as stored:
            start, goal, transfer = stored["ends"].tolist()
            rows = [stored[f"visit{n}"].tolist() for n in range(len(stored.files) - len(cls.COLUMNS) - 1)]
            columns: dict[str, Any] = {name: stored[name] for name in cls.COLUMNS}
        visits = tuple(Visit(tuple(ports), least, most) for least, most, *ports in rows)
        return cls(**columns, start=start, goal=goal, transfer=transfer, visits=visits)

    @classmethod
    def of(cls, scenario: Scenario) -> Instance:
        """What is left of a scenario without its borders: one traveller, priced legs, stops with nights."""
        table = all_legs(scenario)
        order = np.argsort(table.departs, kind="stable")
        table = table.take(order[table.price[order] != UNPRICED])
        number = {port: index for index, port in enumerate(table.ports)}
        trip = scenario.trip
        visits = tuple(
            Visit(
                tuple(sorted(number[port] for port in scenario.ports_at(stop.at))),
                stop.nights.min or 0,
                1000 if stop.nights.max is None else stop.nights.max,
            )
            for stop in trip.stops
        )
        return cls(
            **{name: getattr(table, name).astype(np.int32) for name in cls.COLUMNS},
            start=number[trip.start],
            goal=number[trip.goal],
            transfer=trip.connections.self_transfer,
            visits=visits,
        )
