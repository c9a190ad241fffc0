"""What a rule sees when it speaks about bounds: legs as columns, and classes of arrivals.

Legs come by the million, so what is said about entries is said about their classes: the territory entered and the civil
date there. Rules answer with masks over both, a row a territory and a column a day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
from attrs import define
from numpy.typing import NDArray

from planner.rules.shares import Mask, Numbers
from planner.scenario.law import Entry
from planner.scenario.scenario import Scenario
from planner.scenario.timetable import Timetable

T = TypeVar("T")


@define(frozen=True, slots=False, eq=False)
class Outlook:
    """A scenario and all its legs, those of the file first."""

    scenario: Scenario
    legs: Timetable

    # ---- classes of arrivals

    @cached_property
    def territories(self) -> tuple[str, ...]:
        """The territories of the ports: the rows of masks over arrivals."""
        return tuple(dict.fromkeys(self.scenario.territory_of(port) for port in self.legs.ports))

    @cached_property
    def territory_of(self) -> NDArray[np.int32]:
        """The row of each port's territory."""
        row = {territory: index for index, territory in enumerate(self.territories)}
        return np.array([row[self.scenario.territory_of(port)] for port in self.legs.ports], dtype=np.int32)

    @cached_property
    def days(self) -> Numbers:
        """Every day on which a leg departs or arrives somewhere, and those between: the columns."""
        legs, today = self.legs, self.scenario.today.toordinal()
        if not len(legs):
            return np.array([today], dtype=np.int32)
        first = min(int(legs.departs_on.min()), int(legs.arrives_on.min()))
        last = max(int(legs.departs_on.max()), int(legs.arrives_on.max()))
        return np.arange(first, last + 1, dtype=np.int32)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of territories, number of days."""
        return len(self.territories), len(self.days)

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The permission zones that the territories lie in, now or then."""
        return tuple(dict.fromkeys(zone for _, _, zone in self._zones))

    @cached_property
    def zone(self) -> NDArray[np.int32]:
        """For each class of arrivals the number of its permission zone."""
        number = {zone: index for index, zone in enumerate(self.zones)}
        table = np.empty(self.shape, dtype=np.int32)
        for row, columns, zone in self._zones:
            table[row, columns] = number[zone]
        return table

    @cached_property
    def _zones(self) -> list[tuple[int, slice, str]]:
        return list(self._spans(self.scenario.permission_zone))

    def in_zone(self, zone: str) -> Mask:
        """The arrivals in a permission zone."""
        if zone not in self.zones:
            return np.zeros((1, 1), dtype=bool)
        mask: Mask = self.zone == self.zones.index(zone)
        return mask

    def within(self, place: str) -> Mask:
        """The arrivals in a territory or, for any purpose, in a zone."""
        return self._where(lambda territory, day: self.scenario.is_in(place, territory, day))

    def in_territory(self, territory: str) -> Mask:
        """The arrivals in a territory."""
        return np.array([name == territory for name in self.territories], dtype=bool)[:, None]

    def on_clock(self, zone: str) -> Mask:
        """The arrivals in places that count for a zone's clock on that day."""
        return self._where(lambda territory, day: self.scenario.in_clock(zone, territory, day))

    def from_to(self, first: date | None, last: date | None) -> Mask:
        """The arrivals on dates from `first` to `last`; None: open."""
        low = first.toordinal() if first else 0
        high = last.toordinal() if last else date.max.toordinal()
        mask: Mask = ((self.days >= low) & (self.days <= high))[None, :]
        return mask

    def in_force(self, entry: Entry) -> Mask:
        """The arrivals on dates on which an entry of law applies."""
        return self.from_to(entry.effective_from, entry.effective_to)

    def before_check_in(self, ready: date) -> Mask:
        """The arrivals that are too early for what is ready on a date and used at check-in.

        Across the date line, one may arrive a date before one has departed.
        """
        return ~self.from_to(ready - timedelta(days=1), None)

    def everywhere(self) -> Mask:
        """All arrivals."""
        return np.ones((1, 1), dtype=bool)

    def _where(self, test: Callable[[str, date], bool]) -> Mask:
        mask = np.zeros(self.shape, dtype=bool)
        for row, columns, true in self._spans(test):
            mask[row, columns] = true
        return mask

    def _spans(self, value: Callable[[str, date], T]) -> Iterator[tuple[int, slice, T]]:
        """The values of a function of territory and date, which changes only where a membership begins or ends."""
        first, last = int(self.days[0]), int(self.days[-1])
        members = [member for zone in self.scenario.law.zones for member in zone.members]
        changes: dict[str, set[int]] = {}
        for member in members:
            begins = [member.from_.toordinal()] if member.from_ else []
            ends = [member.to.toordinal() + 1] if member.to else []
            changes.setdefault(member.territory, set()).update(day for day in begins + ends if first < day <= last)
        for row, territory in enumerate(self.territories):
            for begin, end in pairwise([first, *sorted(changes.get(territory, ())), last + 1]):
                yield row, slice(begin - first, end - first), value(territory, date.fromordinal(begin))

    # ---- legs

    def touching(self, ports: Collection[str]) -> Mask:
        """The legs that depart from one of the ports, arrive there or cross a border there."""
        legs = self.legs
        inside = np.array([port in ports for port in legs.ports], dtype=bool)
        mask: Mask = inside[legs.from_port] | inside[legs.to_port]
        for position, leg in enumerate(self.scenario.legs):
            if leg.exit_port in ports or leg.entry_port in ports:
                mask[position] = True
        return mask

    def on_one_ticket(self) -> Numbers:
        """The positions of the legs that some fare sells together with another leg."""
        position = {leg.id: index for index, leg in enumerate(self.scenario.legs)}
        sold = {position[leg] for fare in self.scenario.fares if len(fare.legs) > 1 for leg in fare.legs}
        tickets = self.scenario.tickets
        if tickets is not None:
            sold.update(tickets.legs[np.repeat(tickets.lengths() > 1, tickets.lengths())].tolist())
        return np.array(sorted(sold), dtype=np.int64)
