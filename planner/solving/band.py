"""Searching a large scenario: bounds first, then the exact model on the legs that can matter.

For every leg the sweeps give what any trip that takes it costs at least. A trip that costs no more than θ takes only
legs whose bound is at most θ: the band. So the cheapest trip within the band is the cheapest of all, if it costs no
more than θ; and if there is none, every trip costs more than θ. Then θ grows.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field
from numpy.typing import NDArray

from planner.bounds.bounding import bound
from planner.bounds.engine import NO_WAY, Stopped
from planner.bounds.relax import Relaxation
from planner.bounds.relaxed import Relaxed
from planner.bounds.sweep import Bounds
from planner.model.arcs import Prune
from planner.model.build import Model, build
from planner.network.columns import all_legs, narrowed, restricted
from planner.network.runs import TooLarge
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort, Solver
from planner.solving.crowd import windows
from planner.solving.optimum import Optimum, optimum
from planner.solving.search import Found, OutOfTime, Witness, met, refuted

FIRST_BAND = 100  # legs in the first band, as far as bounds differ
CROWD = 300  # legs of equally cheap trips that are too many to be looked at together
WORTH_IT = 0.95  # of legs bounded anew, those left after which it is not done again
GROWTH = 3  # how many times more legs the next band has
BOUNDING = 0.6  # part of the time left that bounds with many stops may take
ANY_COST = 1 << 58  # dearer than any trip
MOST_LEGS = 20_000  # beyond these the exact model is hopeless

Array = NDArray[Any]


@define
class _Aim:
    """How many legs are worth a model, of those that tickets leave, and a cost within which they leave too many."""

    least: int
    many: int = -1  # none is known


@define(eq=False)
class Banded:
    """A scenario searched through its bounds."""

    scenario: Scenario
    effort: Effort
    relaxation: Relaxation
    stats: dict[str, float] = field(factory=dict)
    _known: dict[str, Fact] = field(factory=dict)  # facts that bounds or models have spoken of
    _queries: int = 0

    @classmethod
    def of(cls, scenario: Scenario, effort: Effort) -> Banded:
        """Lay out the legs and ask the rules about bounds."""
        began = time.monotonic()
        relaxation = Relaxation.of(scenario, all_legs(scenario))
        made = cls(scenario, effort, relaxation, known=relaxation.facts())
        made.stats["legs"] = len(relaxation.outlook.legs)
        made._spent("seconds_relaxing", began)
        return made

    def cheapest(self) -> Found:
        """Widen the band until it holds the cheapest trip, or time runs out."""
        relaxed, bounds = self._bounds(None)
        if bounds.lower is None:
            return Found(status="infeasible", scenario=self.scenario)
        lowest = proved = bounds.lower
        wanted, rounds, tried_all = FIRST_BAND, 0, False
        aim = _Aim(FIRST_BAND)
        while True:
            self.effort.tell("searching", bound=proved)
            theta, rows = _band(bounds, wanted, proved)
            rounds, began = rounds + 1, time.monotonic()
            legs = relaxed.rows[rows]
            try:
                if len(rows) > CROWD and theta == proved:
                    alike = self._first_alike(relaxed, rows, theta)
                    if alike is not None:
                        return alike
                if self.scenario.tickets is not None and not tried_all:
                    proved, theta, rows, legs = self._aimed(relaxed, bounds, wanted, proved, aim)
                # With all legs in, a ceiling only makes the model smaller; «impossible» at any cost is final.
                all_in = bounds.known >= int(NO_WAY) and len(rows) == np.count_nonzero(bounds.through < NO_WAY)
                last = all_in and tried_all
                ceiling = ANY_COST if last else theta * 5 // 4 if all_in and self.scenario.tickets is None else theta
                tried_all = all_in
                best, model, solver = self._within(legs, ceiling, last)
            except (OutOfTime, TooLarge) as stopped:
                note = f"no trip costs less than the bound; the {len(legs)} legs of the next band are too many"
                note = note if isinstance(stopped, TooLarge) else ""
                return Found(status="undecided", scenario=self.scenario, bound=proved, note=note)
            self._queries += solver.queries
            self._spent("seconds_solving", began)
            self.stats |= {
                "rounds": rounds,
                "band_legs": len(legs),
                "band_percent": round(100 * (theta / max(lowest, 1) - 1), 2),
                "runs": len(model.options.runs.ids),
                "options": model.program.options,
                "facts": len(model.program.facts),
                "queries": self._queries,
            }
            if best.status != "infeasible" or last:
                found = Found.of(model, best)
                unproved = best.status in ("feasible", "undecided")
                return evolve(found, bound=max(proved, best.bound or 0)) if unproved else found
            proved, wanted = ceiling + 1, GROWTH * max(wanted, len(rows))
            if proved > bounds.known:
                upto = proved + (proved - lowest) * GROWTH + max(1, lowest // 200)
                self.effort.tell("bounding", bound=proved)
                try:
                    relaxed, bounds = self._bounds(None, upto)
                except OutOfTime:
                    return Found(status="undecided", scenario=self.scenario, bound=proved)
                if bounds.lower is None:
                    return Found(status="infeasible", scenario=self.scenario)

    def first_model(self) -> Model:
        """The model of the first band, without a limit of cost."""
        relaxed, bounds = self._bounds(None)
        return self._model(relaxed.rows[_band(bounds, FIRST_BAND, bounds.lower or 0)[1]])

    def facts(self) -> Sequence[Fact]:
        """The facts that bounds or models have spoken of."""
        return tuple(self._known.values())

    def holding(self, facts: Sequence[Fact]) -> Witness | None:
        """Bound anew with only these facts, and search the legs that are left, cheapest first. Raises OutOfTime."""
        relaxed, bounds = self._bounds([fact.id for fact in facts])
        if bounds.lower is None:
            return None
        wanted = FIRST_BAND
        while True:
            _, rows = _band(bounds, wanted, bounds.lower)
            try:
                model = self._model(relaxed.rows[rows])
            except TooLarge:
                raise OutOfTime from None
            witness = met(model, Solver(model.program, self.effort), facts)
            if witness is not None or len(rows) == (bounds.through < NO_WAY).sum():
                return witness
            wanted = GROWTH * max(wanted, len(rows))

    def refuted(self, facts: Sequence[Fact]) -> bool:
        """The bounds forward and backward agree, or another solve on all legs says so too. Raises OutOfTime."""
        relaxed, bounds = self._bounds([fact.id for fact in facts])
        if bounds.lower is None:
            return True
        model = self._model(relaxed.rows[np.flatnonzero(bounds.through < NO_WAY)])
        return refuted(Solver(model.program, self.effort), facts)

    def _bounds(self, enforced: Collection[str] | None, upto: int | None = None) -> tuple[Relaxed, Bounds]:
        """Bounds with some facts in force (None: all), that tell legs apart at least up to a cost. Raises OutOfTime."""
        if not self.effort.left:
            raise OutOfTime
        began = time.monotonic()
        relaxed = self.relaxation.under(enforced)
        self._spent("seconds_relaxing", began)
        began = time.monotonic()
        seconds = self.effort.left * BOUNDING
        try:
            bounds = bound(relaxed, upto, self.relaxation.cap(enforced), seconds, lambda: not self.effort.left)
        except Stopped:
            raise OutOfTime from None
        finally:
            self._spent("seconds_sweeping", began)
        return relaxed, bounds

    def _spent(self, stage: str, began: float) -> None:
        self.stats[stage] = round(self.stats.get(stage, 0.0) + time.monotonic() - began, 3)

    def _first_alike(self, relaxed: Relaxed, rows: Array, theta: int) -> Found | None:
        """The first in the canonical order of many trips of the least possible cost, if it can be told."""
        arrives = self.relaxation.outlook.legs.arrives[relaxed.rows]
        for part, fewest in windows(relaxed, arrives, rows, theta):
            best, model, solver = self._within(relaxed.rows[part], theta, last=False)
            self._queries += solver.queries
            if best.status == "infeasible":
                continue
            found = Found.of(model, best)
            told = best.status == "optimal" and found.itinerary is not None and len(found.itinerary.legs) == fewest
            self.stats |= {"rounds": 1, "band_legs": len(part), "band_percent": 0.0, "queries": self._queries}
            return evolve(found, unique=found.unique and told)
        return None

    def _aimed(
        self, relaxed: Relaxed, bounds: Bounds, wanted: int, proved: int, aim: _Aim
    ) -> tuple[int, int, Array, Array]:
        """A proved bound, θ, the rows of its band, and those legs of it that tickets leave. Raises OutOfTime.

        Up to some cost tickets may leave next to nothing, and a little above it nearly all. So while they leave fewer
        legs than are worth a model, θ grows as ever; once they leave too many, it is sought between.
        """
        every = np.count_nonzero(bounds.through < NO_WAY)
        low, close = proved - 1, max(1, (bounds.lower or 0) // 1000)
        few: tuple[int, Array, Array] | None = None
        while True:
            theta, rows = _band(bounds, wanted, proved)
            if aim.many > low:
                theta = aim.many if aim.many - low <= close else (low + aim.many) // 2
                rows = np.flatnonzero(bounds.through <= theta)
            legs = self._within_tickets(relaxed.rows[rows], theta)
            widest = theta >= bounds.known or len(rows) == every
            if len(legs) > GROWTH * aim.least and theta - low > close:
                aim.many = theta
            elif len(legs) < aim.least and not widest:
                low, wanted = theta, GROWTH * max(wanted, len(rows))
                if not len(legs):
                    proved = theta + 1
                else:
                    few = theta, rows, legs
                if few is not None and 0 < aim.many - low <= close:
                    return proved, *few
            else:
                aim.least = GROWTH * max(aim.least, len(legs))
                return proved, theta, rows, legs

    def _within_tickets(self, legs: Array, ceiling: int) -> Array:
        """Those of some legs that trips within a ceiling can take, if all such trips take only these. Raises OutOfTime.

        A ticket for several legs makes each of them look cheap. Where one of them lies on no trip within the ceiling,
        none uses the ticket, and the others cost more than they seemed to: so legs are bounded anew without it.
        """
        own = len(self.scenario.legs)
        while True:
            kept = np.zeros(len(self.relaxation.outlook.legs), dtype=np.bool_)
            kept[:own] = kept[legs] = True
            positions = np.flatnonzero(kept)
            scenario = narrowed(self.scenario, kept)
            relaxation = Relaxation.of(scenario, all_legs(scenario))
            relaxed = relaxation.under(None)
            began = time.monotonic()
            seconds = self.effort.left * BOUNDING
            try:
                bounds = bound(relaxed, ceiling, relaxation.cap(), seconds, lambda: not self.effort.left)
            except Stopped:
                raise OutOfTime from None
            finally:
                self._spent("seconds_sweeping", began)
            left = np.intersect1d(legs, positions[relaxed.rows[bounds.through <= min(ceiling, int(NO_WAY) - 1)]])
            if len(left) >= WORTH_IT * len(legs):
                return left
            legs = left

    def _within(self, legs: Array, ceiling: int, last: bool) -> tuple[Optimum, Model, Solver]:
        """The cheapest trip on some legs that costs no more than a ceiling; `last`: nothing will be tried after it."""
        model = self._model(legs, ceiling)
        solver = Solver(model.program, self.effort)
        return optimum(model, solver, last=last), model, solver

    def _model(self, positions: Array, ceiling: int | None = None) -> Model:
        """The exact model on some legs, of trips within a ceiling (None: of any cost). Raises TooLarge."""
        if len(positions) > MOST_LEGS:
            raise TooLarge
        scenario = restricted(self.scenario, self.relaxation.outlook.legs, positions)
        model = build(scenario, None if ceiling is None else Prune.of(scenario, ceiling))
        self._known |= {fact.id: fact for fact in model.program.facts}
        return model


def _band(bounds: Bounds, wanted: int, least: int) -> tuple[int, Array]:
    """θ, at least `least`, and the rows of its band: at most so many legs as wanted, unless `least` takes more."""
    finite = np.sort(bounds.through[bounds.through < NO_WAY])
    theta = least
    if len(finite):
        end = len(finite) if len(finite) <= wanted else int(np.searchsorted(finite, finite[wanted]))
        theta = max(least, int(finite[max(end, 1) - 1]))
    theta = min(theta, max(least, bounds.known))
    return theta, np.flatnonzero(bounds.through <= theta)
