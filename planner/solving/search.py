"""Searching a scenario: for its cheapest itinerary, or for any that meets some of its facts.

A small scenario is searched as a whole. A large one is searched through its bounds (`planner.solving.band`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import define, field, frozen

from planner.itinerary.choices import Itinerary
from planner.model.build import Model, build, itinerary
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario
from planner.solving.client import QUICK, Effort, Solver
from planner.solving.messages import Reply
from planner.solving.optimum import Optimum, Status, optimum


class OutOfTime(Exception):
    """Time ran out before a question was settled. Never read it as «impossible»."""


@frozen(kw_only=True)
class Found:
    """What is known of the cheapest itinerary; see `Optimum`. `scenario` has all legs of the itinerary as objects."""

    status: Status
    scenario: Scenario
    itinerary: Itinerary | None = None
    cost: int | None = None
    bound: int | None = None
    unique: bool = False
    note: str = ""

    @classmethod
    def of(cls, model: Model, best: Optimum) -> Found:
        """The same in terms of the scenario."""
        return cls(
            status=best.status,
            scenario=model.scenario,
            itinerary=None if best.values is None else itinerary(model, best.values),
            cost=best.cost,
            bound=best.bound,
            unique=best.unique,
            note=best.note,
        )


@frozen
class Witness:
    """An itinerary that meets some facts, all others void, in a scenario that has all its legs as objects."""

    scenario: Scenario
    itinerary: Itinerary


class Search(Protocol):
    """One scenario to be searched, within one effort."""

    stats: dict[str, float]

    @property
    def effort(self) -> Effort:
        """How much may be spent."""

    def cheapest(self) -> Found:
        """The cheapest itinerary, or that there is none, as far as time allows."""

    def facts(self) -> Sequence[Fact]:
        """Facts that cannot hold together, once `cheapest` has said so; the scenario's others do not matter for it."""

    def holding(self, facts: Sequence[Fact]) -> Witness | None:
        """An itinerary that meets these facts, all others void; None: proved that there is none. Raises OutOfTime."""

    def refuted(self, facts: Sequence[Fact]) -> bool:
        """A second opinion on facts that cannot hold together: False if they can after all. Raises OutOfTime."""


@define(eq=False)
class Whole:
    """All of a scenario in one model."""

    model: Model
    solver: Solver
    stats: dict[str, float] = field(factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, effort: Effort) -> Whole:
        """Build the model. Raises TooLarge."""
        model = build(scenario)
        return cls(model, Solver(model.program, effort))

    @property
    def effort(self) -> Effort:
        """How much may be spent."""
        return self.solver.effort

    def cheapest(self) -> Found:
        """Search the model."""
        found = Found.of(self.model, optimum(self.model, self.solver))
        self.stats = {
            "legs": len(self.model.scenario.legs),
            "runs": len(self.model.options.runs.ids),
            "options": self.model.program.options,
            "facts": len(self.model.program.facts),
            "queries": self.solver.queries,
        }
        return found

    def facts(self) -> Sequence[Fact]:
        """All facts of the model."""
        return self.model.program.facts

    def holding(self, facts: Sequence[Fact]) -> Witness | None:
        """Ask the solver. Raises OutOfTime."""
        return met(self.model, self.solver, facts)

    def refuted(self, facts: Sequence[Fact]) -> bool:
        """Ask the solver in another way. Raises OutOfTime."""
        return refuted(self.solver, facts)


def feasible(solver: Solver, facts: Sequence[Fact]) -> Reply:
    """Whether some itinerary of the program meets these facts, all others void. Raises OutOfTime.

    The quick way is asked first and leaves time for the thorough one. Facts the program does not know bind nothing.
    """
    ids = [fact.id for fact in facts if fact.id in solver.program.fact_literals()]
    reply = solver.ask("explain", enforced=ids, seconds=solver.effort.left * QUICK)
    if reply.status == "unknown":
        reply = solver.ask("optimise", enforced=ids)
    if reply.status == "unknown":
        raise OutOfTime
    return reply


def met(model: Model, solver: Solver, facts: Sequence[Fact]) -> Witness | None:
    """An itinerary of a model that meets these facts, all others void. Raises OutOfTime."""
    reply = feasible(solver, facts)
    return None if reply.values is None else Witness(model.scenario, itinerary(model, reply.values))


def refuted(solver: Solver, facts: Sequence[Fact]) -> bool:
    """Whether a second solve, with other settings, finds that these facts cannot hold together. Raises OutOfTime."""
    again = solver.confirm([fact.id for fact in facts if fact.id in solver.program.fact_literals()])
    if again.status == "unknown":
        raise OutOfTime
    return not again.found
