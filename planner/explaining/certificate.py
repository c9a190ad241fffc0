"""What proves a conflict: two refutations, a checked trip for each fact left out, and correction sets for its size."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from attrs import define, evolve, field

from planner.answer import Conflict, Correction, Witness
from planner.core.errors import InternalError
from planner.explaining.chain import on_the_way
from planner.explaining.closed import closed_ways
from planner.explaining.first import all_but, grown
from planner.explaining.order import Order
from planner.explaining.structural import lacks
from planner.model.program import Disjunction, Linear, Program
from planner.network.reach import lacking
from planner.rules.aside import setting_aside
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario
from planner.solving.begin import searching
from planner.solving.client import Effort, Solver
from planner.solving.confirmed import plan_of
from planner.solving.hitting import HittingSets
from planner.solving.oracle import Impossible, Oracle, Possible
from planner.solving.search import OutOfTime, Search
from planner.verify.conflict import meets, possible


@define(eq=False)
class Certifier:
    """Certifies conflicts of one scenario. Raises OutOfTime, and InternalError where a check disagrees."""

    scenario: Scenario
    search: Search
    oracle: Oracle
    order: Order
    effort: Effort
    _alone: dict[str, Possible | None] = field(factory=dict)  # by fact: a trip that breaks nothing else

    def conflict(self, ids: frozenset[str], at_least: int) -> Conflict:
        """A conflict with a witness for each of its facts."""
        facts = self.order.facts(ids)
        if not self.search.refuted(facts):
            raise InternalError("two solves disagree on whether a conflict's facts can hold together")
        witnesses = {fact.id: self._witness(fact, ids) for fact in facts}
        facts = tuple(on_the_way(facts, witnesses))
        return Conflict(
            facts=facts,
            structural=lacking(self.scenario) if facts else lacks(self.scenario, self.effort),
            at_least=at_least,
            witnesses=tuple(witnesses[fact.id] for fact in facts),
            closed=closed_ways(self.search, facts),
        )

    def sized(self, conflict: Conflict, corrections: Sequence[Possible]) -> Conflict:
        """The same with correction sets that prove that no conflict is smaller."""
        size = len(conflict.facts)
        told = []
        for found in self._enough(corrections, size):
            self._confirm(found, "correction set")
            facts = self.order.facts(found.broken)
            told.append(Correction(facts=facts, itinerary=self.oracle.witness(found).itinerary))
        if not hit_by_no_fewer([{fact.id for fact in item.facts} for item in told], size, self.effort):
            raise InternalError("correction sets do not prove the size of a conflict")
        return evolve(conflict, at_least=size, corrections=tuple(told))

    def priced(self, conflict: Conflict) -> Conflict:
        """The same with the cheapest trip, proved, wherever giving up one fact is enough."""
        return evolve(conflict, witnesses=tuple(self._priced(witness) for witness in conflict.witnesses))

    def _witness(self, fact: Fact, ids: frozenset[str]) -> Witness:
        alone = self._without(fact)
        found = alone
        if found is None:
            answer = self.oracle.most(ids - {fact.id})
            if isinstance(answer, Impossible):
                raise InternalError(f"a conflict is not minimal: it remains without {fact.id}")
            found = grown(self.oracle, answer)
        self._confirm(found, "conflict's witness")
        trip = self.oracle.witness(found)
        verdict = possible(trip.scenario, trip.itinerary)
        assert verdict.journey is not None
        return Witness(
            without=fact,
            scenario=trip.scenario,
            itinerary=trip.itinerary,
            journey=verdict.journey,
            broken=tuple(sorted(verdict.broken, key=lambda item: item.fact.id != fact.id)),
            alone=alone is not None,
            cost=verdict.cost,
        )

    def _without(self, fact: Fact) -> Possible | None:
        if fact.id not in self._alone:
            answer = all_but(self.oracle, self.order, {fact.id})
            self._alone[fact.id] = answer if isinstance(answer, Possible) else None
        return self._alone[fact.id]

    def _confirm(self, found: Possible, what: str) -> None:
        trip = self.oracle.witness(found)
        ids = {fact.id for fact in self.oracle.facts} - found.broken
        if not meets(trip.scenario, trip.itinerary, ids):
            raise InternalError(f"the checker does not confirm a {what}")

    def _priced(self, witness: Witness) -> Witness:
        if not (witness.alone and self.effort.left):
            return witness
        aside = setting_aside(self.scenario, {witness.without.id})
        best = searching(aside, self.effort).cheapest()
        if best.status in ("infeasible", "undecided"):
            return witness
        plan = plan_of(best)
        verdict = possible(evolve(best.scenario, set_aside=frozenset(), trip=self.scenario.trip), plan.itinerary)
        assert verdict.journey is not None
        return evolve(
            witness,
            scenario=best.scenario,
            itinerary=plan.itinerary,
            journey=verdict.journey,
            broken=verdict.broken,
            cost=plan.cost,
            cheapest=best.status == "optimal",
        )

    def _enough(self, corrections: Sequence[Possible], size: int) -> list[Possible]:
        """A few of the corrections that no set of fewer facts meets."""
        smallest_first = sorted(corrections, key=lambda found: self.order.key(found.broken))
        apart: list[Possible] = []
        for found in smallest_first:
            if not any(found.broken & other.broken for other in apart):
                apart.append(found)
        if len(apart) >= size:
            return apart[:size]
        kept = smallest_first
        for found in reversed(smallest_first):
            fewer = [other for other in kept if other is not found]
            if self._least(fewer) >= size:
                kept = fewer
        return kept

    def _least(self, corrections: Iterable[Possible]) -> int:
        sets = HittingSets[str](self.effort)
        for found in corrections:
            sets.hit(self.order.least_telling_first(found.broken))
        return len(sets.least() or ())


def hit_by_no_fewer(sets: Sequence[Collection[str]], size: int, effort: Effort) -> bool:
    """Whether every set that contains something of each of these has so many members: said by CP-SAT, not by RC2.

    Raises OutOfTime.
    """
    things = sorted({thing for some in sets for thing in some})
    number = {thing: at for at, thing in enumerate(things)}
    program = Program(len(things), ())
    program.disjunctions = [Disjunction(tuple(number[thing] for thing in some)) for some in sets]
    program.linears = [Linear(range(len(things)), [1] * len(things), None, size - 1)]
    reply = Solver(program, effort).ask("explain")
    if reply.status == "unknown":
        raise OutOfTime
    return reply.status == "infeasible"
