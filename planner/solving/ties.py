"""Among equally cheap itineraries, the one that comes first (docs/semantics.md, «Which plan»).

Successive solves, each with what was decided before held fixed: a completed run gives the same itinerary on every
run and any number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from attrs import define, field

from planner.model.build import Model, route
from planner.model.program import Linear, Values
from planner.rules.statements import Ids
from planner.rules.tables import END, START
from planner.solving.client import Solver


class _OutOfTime(Exception):
    pass


def first_of_equals(model: Model, solver: Solver, values: Values, cost: Linear) -> tuple[Values, bool]:
    """The first of the itineraries that meet `cost`, and whether time sufficed to settle all ties."""
    ties = _Ties(model, solver, values, [cost])
    try:
        ties.settle_all()
    except _OutOfTime:
        return ties.values, False
    return ties.values, True


@define(eq=False)
class _Ties:
    model: Model
    solver: Solver
    values: Values
    fixed: list[Linear] = field(factory=list)

    def settle_all(self) -> None:
        self._shape()
        runs = self.model.options.runs
        alone = self._alone(self._taken(runs.ids))
        if not alone:
            self._legs_in_order()
        fares = np.array(list(self.model.options.fares.values()), dtype=np.int64)
        if not self._alone(self._taken(fares)):
            for fare in fares:
                self._settle([fare], [-1], least=-1)
        self._hold(self._taken(fares))
        if not alone:
            self._changes_in_order()
        self._hold(self._taken(runs.ids))
        self._stays_in_order()
        self._papers()

    # ---- one decision

    def _settle(self, options: Iterable[int], weights: Iterable[int], least: int = 0) -> None:
        """Minimise a sum, given all decided so far; `least` is a value that nothing undercuts."""
        variables, factors = tuple(int(v) for v in options), tuple(int(w) for w in weights)
        if not variables:
            return
        now = int(self.values[list(variables)] @ np.array(factors, dtype=np.int64))
        if now > least:
            reply = self.solver.ask(
                "optimise", minimise=(variables, factors), extra=tuple(self.fixed), hint=self.values
            )
            if reply.status != "optimal" or reply.values is None or reply.objective is None:
                raise _OutOfTime
            self.values, now = reply.values, reply.objective
        self.fixed.append(Linear(variables, factors, now, now))

    def _taken(self, options: Ids) -> Ids:
        return options[self.values[options] > 0]

    def _hold(self, options: Ids) -> None:
        """All of these options stay chosen."""
        if len(options):
            self.fixed.append(Linear(tuple(options.tolist()), (1,) * len(options), len(options), None))

    def _alone(self, options: Ids) -> bool:
        """Whether no equally good itinerary does with fewer of these options than are chosen now."""
        if not len(options):
            return True
        fewer = int(self.values[options].sum()) - 1
        other = Linear(tuple(options.tolist()), (1,) * len(options), None, fewer)
        reply = self.solver.ask("optimise", extra=(*self.fixed, other))
        if reply.status == "unknown":
            raise _OutOfTime
        return reply.status == "infeasible"

    # ---- the order of decisions

    def _shape(self) -> None:
        """Fewest legs, then earliest arrival, then fewest landside changes, in one weighted sum."""
        runs, changes = self.model.options.runs, self.model.options.changes
        ends = np.flatnonzero((changes.after == END) & (changes.before != START))
        inner = changes.ids[(changes.after != END) & (changes.before != START)]
        late = runs.arrives[changes.before[ends]]
        late = late - late.min() if len(late) else late
        step = len(self.model.scenario.legs) + 1
        span = (int(late.max()) + 1) * step if len(late) else step
        self._settle(
            [*runs.ids.tolist(), *changes.ids[ends].tolist(), *inner.tolist()],
            [*(len(legs) * span for legs in runs.legs), *(late * step).tolist(), *([1] * len(inner))],
        )

    def _legs_in_order(self) -> None:
        """Leg by leg, the one that stands first in the file, given the legs before it."""
        runs, changes = self.model.options.runs, self.model.options.changes
        previous, position = START, 0
        while True:
            legs = self._legs()
            if position == len(legs):
                return
            next_leg: dict[int, int] = {}  # option -> the leg it makes the next one
            for option, run in zip(runs.ids.tolist(), runs.legs, strict=True):
                next_leg.update((option, after) for leg, after in pairwise(run) if leg == previous)
            for option, before, after in zip(
                changes.ids.tolist(), changes.before.tolist(), changes.after.tolist(), strict=True
            ):
                came = START if before == START else runs.legs[before][-1]
                if after != END and came == previous:
                    next_leg[option] = runs.legs[after][0]
            self._settle(next_leg.keys(), next_leg.values())
            previous, position = self._legs()[position], position + 1

    def _legs(self) -> list[int]:
        """Positions of the legs travelled, in order."""
        return [leg for run in route(self.model, self.values) for leg in self.model.options.runs.legs[run]]

    def _changes_in_order(self) -> None:
        """Change by change, airside before landside: as many as before, but perhaps others of them."""
        runs = self.model.options.runs
        for change in pairwise(self._legs()):
            airside = [
                option for option, legs in zip(runs.ids.tolist(), runs.legs, strict=True) if change in pairwise(legs)
            ]
            self._settle(airside, [-1] * len(airside), least=-1)

    def _stays_in_order(self) -> None:
        """Stay by stay, traveller by traveller, the row that stands first for its two crossings."""
        tables = [self.model.options.stays(person.id) for person in self.model.scenario.travellers]
        if self._alone(np.concatenate([self._taken(table.ids) for table in tables])):
            return
        count = len(self._taken(tables[0].ids))
        for index in range(count):
            for table in tables:
                rows = np.flatnonzero(self.values[table.ids] > 0)
                row = rows[np.argsort(table.entry_at[rows], kind="stable")][index]
                same = (table.entry_run == table.entry_run[row]) & (table.exit_run == table.exit_run[row])
                self._settle(table.ids[same], range(int(same.sum())))

    def _papers(self) -> None:
        """Fewest applications; then, in file order, each rather made than not, and early; bookings likewise."""
        options, people = self.model.options, [person.id for person in self.model.scenario.travellers]
        tables = [options.applications(person) for person in people]
        everything = np.concatenate([table.ids for table in tables])
        self._settle(everything, [1] * len(everything))
        copies = [
            (table.ids[rows], table.apply_on[rows])
            for table in tables
            for name, passport in dict.fromkeys(zip(table.acquirable.tolist(), table.passport.tolist(), strict=True))
            for rows in [(table.acquirable == name) & (table.passport == passport)]
        ]
        made = [(ids, days) for ids, days in copies if self.values[ids].any()]
        if made and self._alone(np.concatenate([ids for ids, _ in made])):
            copies = made  # mostly nothing else would do, and it is not asked of each whether it would
        for ids, days in copies if made else ():
            self._settle(ids, days - days.max() - 1, least=int(days.min() - days.max()) - 1)
        for person in people:
            bookings = options.bookings(person)
            for event in dict.fromkeys(bookings.event.tolist()):
                rows = bookings.event == event
                by_date = np.argsort(bookings.book_on[rows], kind="stable")  # on one date, passports in file order
                self._settle(bookings.ids[rows][by_date], range(len(by_date)))
