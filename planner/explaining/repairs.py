"""Repairs: the least disruptive, then cheapest changes after which there is a plan.

What could be changed is written beside the scenario's own facts, step by step (`planner.rules.eased`); a cheapest set
of steps to give up is a cheapest correction set. Each is then made for real: the changed scenario is planned, checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, evolve, field

from planner.answer import Plan, Repair
from planner.explaining.asking import oracle_of
from planner.explaining.corrections import corrections
from planner.explaining.order import Order
from planner.rules.eased import Rung, beside, ladder, settled
from planner.rules.easing import Easing, together
from planner.rules.offered import offered_scenario, offers
from planner.scenario.changing import Change, changed
from planner.scenario.scenario import Scenario
from planner.solving.begin import explained_by, searching
from planner.solving.client import Effort
from planner.solving.confirmed import plan_of
from planner.solving.search import Found, OutOfTime, Whole
from planner.verify.checker import verify

STEP = 1 << 12  # one unit of disruption; below it, the number of steps decides
MOST_ALIKE = 60  # repairs that disturb as much as each other and are compared by price


@define(eq=False)
class Repairing:
    """Looks for repairs of one scenario that has no plan."""

    scenario: Scenario
    effort: Effort
    rungs: Sequence[Rung] = field(init=False)
    finished: bool = False  # whether all that were asked for are found, or all that there are
    _offered: Scenario = field(init=False)  # with everything that rulebooks offer besides

    def __attrs_post_init__(self) -> None:
        self._offered = offered_scenario(self.scenario)
        self.rungs = [*ladder(self.scenario), *offers(self._offered)]

    def repairs(self, count: int) -> Iterator[tuple[Repair, ...]]:
        """Ever more repairs in order, `count` at last unless there are fewer; they may end early if time runs out."""
        found: list[Repair] = []
        try:
            for weight, alike in self._sets():
                disruption = weight // STEP
                equal = sum(repair.disruption == disruption for repair in found)
                if len(found) >= count and (equal == 0 or equal >= MOST_ALIKE):
                    break
                repair = self._made(alike, disruption)
                if repair is not None:
                    found.append(repair)
                    found.sort(key=_place)
                    yield tuple(found[:count])
            self.finished = True
        except OutOfTime:
            return

    def _sets(self) -> Iterator[tuple[int, list[list[Easing]]]]:
        """Sets of easings that are enough, lightest first, those with the same changes together. Raises OutOfTime."""
        eased = beside(self._offered, self.rungs)
        search = explained_by(eased, searching(eased, self.effort))
        if not isinstance(search, Whole):
            search.cheapest()  # a search through bounds knows its facts only then
        oracle = oracle_of(search)
        names = self._names()
        weights = {names[rung.dropped]: rung.weight * STEP + 1 for rung in self.rungs}
        for correction in corrections(oracle, Order(oracle.facts), weights, self.effort, names):
            steps: dict[str, Easing] = {}
            for rung in self.rungs:
                if names[rung.dropped] in correction.given_up:
                    steps[rung.fact] = rung.easing
            alike: dict[tuple[Change, ...], list[Easing]] = {}
            for easing in steps.values():
                alike.setdefault(easing.changes, []).append(easing)
            yield correction.weight, list(alike.values())

    def _names(self) -> dict[str, str]:
        """What a step is called, by the fact that it gives up: steps that change the same are one."""
        ladders: dict[str, tuple[Change, ...]] = {}
        names, first = dict[str, str](), dict[tuple[Change, ...], str]()
        for rung in self.rungs:
            ladders[rung.fact] = (*ladders.get(rung.fact, ()), *rung.easing.changes)
            names[rung.dropped] = first.setdefault(ladders[rung.fact], rung.dropped)
        return names

    def _made(self, alike: Sequence[Sequence[Easing]], disruption: int) -> Repair | None:
        """The repair that makes some easings; None if they turn out not to be enough. Raises OutOfTime."""
        easings = [some[0] for some in alike]
        best = searching(self._with(easings), self.effort).cheapest()
        if best.status == "undecided":
            raise OutOfTime
        if best.status == "infeasible":
            return None
        plan = plan_of(best)
        easings = self._exact(alike, best, plan)
        return Repair(
            easings=tuple(easings),
            disruption=disruption,
            cost=plan.cost,
            proved=best.status == "optimal",
            plan=plan,
            scenario=self._with(easings),
        )

    def _exact(self, alike: Sequence[Sequence[Easing]], best: Found, plan: Plan) -> list[Easing]:
        """The easings cut down to what the plan needs, as far as the checker still finds it valid."""
        chosen = [some[0] for some in alike]
        for at, some in enumerate(alike):
            for easing in some:
                less = settled(self.scenario, easing, plan.journey)
                instead = [*chosen[:at], less, *chosen[at + 1 :]]
                if less.changes == chosen[at].changes or together((chosen[at], less)) != chosen[at].changes:
                    continue
                legs, fares = best.scenario.legs, best.scenario.fares
                on_the_way = evolve(self._with(instead), timetable=None, tickets=None, legs=legs, fares=fares)
                if verify(on_the_way, plan.itinerary).valid:
                    chosen = instead
        return chosen

    def _with(self, easings: Sequence[Easing]) -> Scenario:
        return changed(self.scenario, together(easings))


def _place(repair: Repair) -> tuple[int, int, int, list[str]]:
    """What repairs are sorted by: disruption, cost, number of legs; then by their words, for a fixed order."""
    return repair.disruption, repair.cost, len(repair.plan.journey.legs), [easing.text for easing in repair.easings]
