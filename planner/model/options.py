"""Every option of a scenario, as tables with one integer id a row: the `View` that rules speak about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from planner.model.arcs import Arcs, Prune, arcs
from planner.model.documents import application_rows, booking_rows
from planner.model.stays import pick, stay_table
from planner.network.presences import Spans, spans
from planner.network.runs import LegColumns, meeting, runs
from planner.rules.base import Rule
from planner.rules.charges import charges
from planner.rules.statements import Charge, Ids
from planner.rules.tables import END, NEVER, START, Applications, Bookings, Presences, Runs, Stays
from planner.scenario.scenario import Scenario

Pairs: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@define
class IdRange:
    """Hands out option ids, consecutively."""

    used: int = 0

    def take(self, count: int) -> Ids:
        """The next `count` ids."""
        self.used += count
        return np.arange(self.used - count, self.used, dtype=np.int64)


@frozen(eq=False)
class Place:
    """Presences in one set of ports, with what the structure needs to know about them."""

    table: Presences
    spans: Spans  # what the rows of the table come from
    entering: Mask  # by run: whether it begins a presence
    leaving: Mask  # whether it ends one
    arriving: Mask  # whether it arrives inside
    starts_inside: bool


@define(slots=False, eq=False)
class Options:
    """All options of a scenario. Tables are made when first asked for, and then stay the same."""

    scenario: Scenario
    rules: Sequence[Rule]
    prune: Prune | None = None  # with it, only the changes of a trip within its limit are options
    ids: IdRange = field(factory=IdRange)
    _places: dict[frozenset[str], Place] = field(factory=dict)
    _chosen: dict[str, Ids] = field(factory=dict)
    _stays: dict[str, tuple[Stays, Ids]] = field(factory=dict)
    _applications: dict[str, Applications] = field(factory=dict)
    _bookings: dict[str, Bookings] = field(factory=dict)

    @cached_property
    def legs(self) -> LegColumns:
        """The legs as columns."""
        return LegColumns.of(self.scenario)

    @cached_property
    def runs(self) -> Runs:
        """The runs of legs."""
        return _run_table(self.scenario, self.legs, self.ids)

    @cached_property
    def fares(self) -> dict[str, int]:
        """Option id of buying each fare."""
        fares = self.scenario.fares
        return {fare.id: int(option) for fare, option in zip(fares, self.ids.take(len(fares)), strict=True)}

    @cached_property
    def change_pairs(self) -> Pairs:
        """Pairs (before, after) of consecutive runs, with START and END; a journey takes a chain of them."""
        trip, table = self.scenario.trip, self.runs
        if self.arcs is not None:
            return np.unique(np.stack([self.arcs.before, self.arcs.after], axis=1), axis=0)
        first = np.array([run[0] for run in table.legs], dtype=np.int64)
        last = np.array([run[-1] for run in table.legs], dtype=np.int64)
        leaving, coming = np.flatnonzero(table.from_port == trip.start), np.flatnonzero(table.to_port == trip.goal)
        home = [[START, END]] if trip.start == trip.goal else []
        parts = (
            np.array(home, dtype=np.int64).reshape(-1, 2),
            np.stack([np.full(len(leaving), START), leaving], axis=1),
            np.stack(meeting(self.legs, first, last), axis=1),
            np.stack([coming, np.full(len(coming), END)], axis=1),
        )
        return np.concatenate(parts)

    @cached_property
    def arcs(self) -> Arcs | None:
        """The changes with the wishes fulfilled before and after, if the model is pruned."""
        return None if self.prune is None else arcs(self.prune, self.runs.legs, self.legs)

    @cached_property
    def changes(self) -> Presences:
        """Landside presence at single ports, from one run to the next."""
        before, after = self.change_pairs.T
        return self._presences(before, after, before)

    def between(self, before: Ids, after: Ids) -> Ids:
        """Ids of the changes from some runs straight to others; there must be such changes."""
        width = len(self.runs.ids) + 2
        known = (self.changes.before + 2) * width + self.changes.after + 2
        order = np.argsort(known)
        found: Ids = self.changes.ids[order[np.searchsorted(known, (before + 2) * width + after + 2, sorter=order)]]
        return found

    def visits(self, places: tuple[str, ...]) -> Presences:
        """Presence in any of some places, across the ports that lie there."""
        return self.place(places).table

    def place(self, places: tuple[str, ...]) -> Place:
        """The presences in some places; places with the same ports share one table."""
        ports = self.scenario.ports_at(places)
        if ports not in self._places:
            names, table = sorted(ports), self.runs
            starts, ends = np.isin(table.from_port, names), np.isin(table.to_port, names)
            # A run with an airside change leaves the place unless that port is in it as well.
            through = np.array([all(port in ports for port, _, _ in run) for run in table.airside], dtype=bool)
            inner = starts & ends & through if len(table.ids) else starts
            at_start = self.scenario.trip.start in ports
            found = spans(self.change_pairs, table.departs, ends, inner, at_start)
            self._places[ports] = Place(
                self._presences(found.before, found.after, found.last),
                found,
                ends & ~inner,
                starts & ~inner,
                ends,
                at_start,
            )
        return self._places[ports]

    def places(self) -> Iterable[Place]:
        """Every place asked for so far."""
        return self._places.values()

    def chosen(self, stop: str) -> Ids:
        """Options «this visit counts for the stop», aligned with the rows of `visits(stop.at)`."""
        if stop not in self._chosen:
            places = next(item.at for item in self.scenario.trip.stops if item.id == stop)
            self._chosen[stop] = self.ids.take(len(self.visits(places).ids))
        return self._chosen[stop]

    def stays(self, traveller: str) -> Stays:
        """One traveller's stay options."""
        return self.stays_with_last(traveller)[0]

    def stays_with_last(self, traveller: str) -> tuple[Stays, Ids]:
        """The stay options, and for each the last run taken where it is the journey's last stay."""
        table, pair = self.stays_with_pairs(traveller)
        return table, self.stay_pairs.last[pair]

    def stays_with_pairs(self, traveller: str) -> tuple[Stays, Ids]:
        """The stay options, and for each its position in `stay_pairs`."""
        if traveller not in self._stays:
            person = self.scenario.traveller_by_id[traveller]
            grounds = [ground for rule in self.rules for ground in rule.grounds(self.scenario, person)]
            self._stays[traveller] = stay_table(
                self.scenario, person, grounds, self.runs, self.stay_pairs, self.ids.take
            )
        return self._stays[traveller]

    @cached_property
    def stay_pairs(self) -> Spans:
        """Pairs of crossing runs between which a stay can last."""
        crosses = self.runs.crosses
        everywhere = np.ones(len(crosses), dtype=bool)
        return spans(self.change_pairs, self.runs.departs, everywhere, ~crosses, True)

    def applications(self, traveller: str) -> Applications:
        """One traveller's application options."""
        if traveller not in self._applications:
            person = self.scenario.traveller_by_id[traveller]
            self._applications[traveller] = application_rows(self.scenario, person, self.ids.take)
        return self._applications[traveller]

    def bookings(self, traveller: str) -> Bookings:
        """One traveller's booking options."""
        if traveller not in self._bookings:
            person = self.scenario.traveller_by_id[traveller]
            self._bookings[traveller] = booking_rows(self.scenario, person, self.ids.take)
        return self._bookings[traveller]

    def charges(self) -> tuple[Charge, ...]:
        """What the options cost; together the whole cost."""
        return self._charges

    @cached_property
    def _charges(self) -> tuple[Charge, ...]:
        return tuple(charges(self))

    def _presences(self, before: Ids, after: Ids, last: Ids) -> Presences:
        runs, start, goal = self.runs, self.scenario.trip.start, self.scenario.trip.goal
        began, ends = before != START, after != END
        return Presences(
            ids=self.ids.take(len(before)),
            before=before,
            after=after,
            last_run=last,
            port=pick(runs.to_port, before, began, start),
            end_port=pick(runs.from_port, after, ends, goal),
            arrives=pick(runs.arrives, before, began, -NEVER),
            departs=pick(runs.departs, after, ends, NEVER),
            arrives_on=pick(runs.arrives_on, before, began, -NEVER),
            departs_on=pick(runs.departs_on, after, ends, NEVER),
        )


def _run_table(scenario: Scenario, legs: LegColumns, ids: IdRange) -> Runs:
    all_runs = runs(scenario)
    first = np.array([run[0] for run in all_runs], dtype=np.int64)
    last = np.array([run[-1] for run in all_runs], dtype=np.int64)
    leg_at, territory = scenario.legs, scenario.territory_of

    @cache
    def zone(port: str, day: int) -> str:
        return scenario.permission_zone(territory(port), date.fromordinal(day))

    days = legs.departs_on.tolist()
    crosses = [
        len(run) > 1 or zone(leg_at[run[0]].from_, days[run[0]]) != zone(leg_at[run[-1]].to, days[run[0]])
        for run in all_runs
    ]
    return Runs(
        ids=ids.take(len(all_runs)),
        legs=tuple(all_runs),
        from_port=legs.from_port[first],
        to_port=legs.to_port[last],
        from_territory=np.array([territory(leg_at[run[0]].from_) for run in all_runs], dtype=str),
        to_territory=np.array([territory(leg_at[run[-1]].to) for run in all_runs], dtype=str),
        exit_port=np.array([leg_at[run[0]].exit_port or leg_at[run[0]].from_ for run in all_runs], dtype=str),
        entry_port=np.array([leg_at[run[-1]].entry_port or leg_at[run[-1]].to for run in all_runs], dtype=str),
        departs=legs.departs[first],
        arrives=legs.arrives[last],
        departs_on=legs.departs_on[first],
        arrives_on=legs.arrives_on[last],
        crosses=np.array(crosses, dtype=bool),
        first_mode=np.array([leg_at[run[0]].mode for run in all_runs], dtype=str),
        last_mode=np.array([leg_at[run[-1]].mode for run in all_runs], dtype=str),
        next_territory=np.array([territory(leg_at[run[0]].to) for run in all_runs], dtype=str),
        previous_territory=np.array([territory(leg_at[run[-1]].from_) for run in all_runs], dtype=str),
        airside=tuple(tuple((leg_at[a].to, a, b) for a, b in pairwise(run)) for run in all_runs),
    )
