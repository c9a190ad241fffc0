"""Whatever facts are dropped, a scenario's relaxed problem is never dearer or stricter than the scenario itself."""

from __future__ import annotations

from random import Random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.relax import Relaxation, relax
from planner.bounds.sweep import Bounds, sweep
from planner.model.build import build, itinerary
from planner.network.columns import all_legs
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort, Solver
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read


def landside(scenario: Scenario, random: Random) -> Scenario:
    """The scenario, often without airside at most ports: there the bounds see every entry."""
    share = random.choice([0.0, 0.8])
    shut = [port for port in scenario.ports.values() if random.random() < share]
    return evolve(scenario, ports=scenario.ports | {port.id: evolve(port, airside=None) for port in shut})


def cheapest(scenario: Scenario, enforced: frozenset[str]) -> tuple[int, tuple[str, ...]] | None:
    """Cost and legs of the best trip that meets some facts, by the exact model; None: there is none."""
    model = build(scenario)
    cost = tuple(model.program.cost_variables), tuple(model.program.cost_weights)
    solver = Solver(model.program, Effort.starting_now(60, 1, 0))
    reply = solver.ask("optimise", enforced=enforced & solver.program.fact_literals().keys(), minimise=cost)
    assert reply.status in ("optimal", "infeasible")
    if reply.values is None or reply.objective is None:
        return None
    return reply.objective, itinerary(model, reply.values).legs


def bounds(scenario: Scenario, enforced: frozenset[str] | None) -> tuple[Bounds, dict[str, int]]:
    """What the sweeps say, and what they say of the trips that take each leg."""
    table = all_legs(scenario)
    problem = relax(scenario, table, enforced)
    found = sweep(problem)
    return found, {table.leg_id(row): int(found.through[i]) for i, row in enumerate(problem.rows.tolist())}


def check(scenario: Scenario, enforced: frozenset[str] | None) -> None:
    facts = frozenset(build(scenario).program.fact_literals()) if enforced is None else enforced
    best = cheapest(scenario, facts)
    if best is None:
        return
    cost, legs = best
    found, through = bounds(scenario, enforced)
    assert found.lower is not None
    assert found.lower <= cost
    assert all(through[leg] <= cost for leg in legs)
    limit = Relaxation.of(scenario, all_legs(scenario)).cap(enforced)
    assert limit is None or cost <= limit


@given(scenarios(), st.randoms(use_true_random=False))
def test_bounds_never_exceed_what_a_trip_costs(data: Table, random: Random) -> None:
    scenario = landside(read(data), random)
    check(scenario, None)
    facts = sorted(build(scenario).program.fact_literals())
    for share in (0.2, 0.5, 0.8):
        check(scenario, frozenset(fact for fact in facts if random.random() < share))
