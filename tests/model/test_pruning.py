"""Pruned by the bounds, a model still holds the plan: the same one at the same cost, whatever the limit above it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from numpy.typing import NDArray

from planner.model.arcs import Prune
from planner.model.build import Model, build, itinerary, route
from planner.model.program import Values
from planner.model.sums import Sums
from planner.rules.tables import END, START
from planner.scenario.scenario import Scenario
from planner.solving import guided
from planner.solving.client import Effort, Solver
from planner.solving.optimum import Optimum, optimum
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from tests.small import small


def solved(model: Model) -> Optimum:
    """The cheapest itinerary of a model."""
    return optimum(model, Solver(model.program, Effort.starting_now(60, 1, 0)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(scenarios())
def test_the_plan_is_the_same_whatever_is_pruned(data: Table) -> None:
    scenario = read(data)
    whole = build(scenario)
    best = solved(whole)
    if best.cost is None or best.values is None:
        assert solved(build(scenario, Prune.of(scenario, 10**9))).status == "infeasible"
        return
    for limit in (best.cost, best.cost + 1, 10**9):
        model = build(scenario, Prune.of(scenario, limit))
        found = solved(model)
        assert (found.status, found.cost, found.unique) == ("optimal", best.cost, True)
        assert found.values is not None
        assert itinerary(model, found.values) == itinerary(whole, best.values)
        assert model.guide is not None
        assert model.guide.constant <= best.cost
        _guide_says_the_cost(model, found)
        path = set(_changes(model, found))
        arcs = model.options.arcs
        assert arcs is not None
        assert all(least <= limit for least in arcs.least.tolist())
        assert path <= set(zip(arcs.before.tolist(), arcs.after.tolist(), strict=True))
    with pytest.MonkeyPatch.context() as patch:  # a limit at a time, in the smallest steps
        patch.setattr(guided, "FIRST_ARCS", 1)
        patch.setattr(guided, "SLICE", 0.001)
        assert solved(build(scenario, Prune.of(scenario, 10**9))).cost == best.cost
    below = solved(build(scenario, Prune.of(scenario, best.cost - 1)))
    assert below.status == "infeasible"


def _guide_says_the_cost(model: Model, found: Optimum) -> None:
    """Along the states that the journey goes through, the guide counts what the program counts."""
    guide, flow, arcs = model.guide, model.program.flow, model.options.arcs
    assert guide is not None
    assert flow is not None
    assert arcs is not None
    assert found.values is not None
    assert (guide.weights >= 0).all()
    cost = (tuple(guide.variables.tolist()), tuple(guide.weights.tolist()))
    solver = Solver(model.program, Effort.starting_now(60, 1, 0))
    reply = solver.ask("optimise", minimise=cost)
    assert reply.objective is not None
    assert reply.objective + guide.constant == found.cost


def _changes(model: Model, found: Optimum) -> list[tuple[int, int]]:
    assert found.values is not None
    changes = model.options.changes
    rows = np.flatnonzero(found.values[changes.ids] > 0)
    return list(zip(changes.before[rows].tolist(), changes.after[rows].tolist(), strict=True))


def arcs_of(scenario: Scenario, limit: int) -> dict[tuple[str, str], set[tuple[int, int, int]]]:
    """By the legs' ids: the states and the bounds of each arc."""
    model = build(scenario, Prune.of(scenario, limit))
    arcs, names = (
        model.options.arcs,
        {START: "", END: ""}
        | {row: " ".join(scenario.legs[leg].id for leg in run) for row, run in enumerate(model.options.runs.legs)},
    )
    assert arcs is not None
    found: dict[tuple[str, str], set[tuple[int, int, int]]] = {}
    for before, after, came, goes, least in zip(
        *(column.tolist() for column in (arcs.before, arcs.after, arcs.came, arcs.goes, arcs.least)), strict=True
    ):
        found.setdefault((names[before], names[after]), set()).add((came, goes, least))
    return found


def test_arcs_have_the_wishes_fulfilled_on_the_way() -> None:
    found = arcs_of(small(), 10**9)
    assert found["", "ab"] == {(-1, 0, 20000)}
    assert found["ab", "ba"] == {(0, 1, 20000)}
    assert found["ba", ""] == {(1, -1, 20000)}
    assert ("", "") not in found  # staying at home makes no stop


def test_nothing_is_left_below_the_cheapest_trip() -> None:
    assert arcs_of(small(), 19999) == {}
    assert solved(build(small(), Prune.of(small(), 19999))).status == "infeasible"


FREE = "".join(f'[[legs]]\nid = "{leg}"\nprice = "0"\n' for leg in ("ab", "bc", "cb", "ba"))
LATER = (
    '[[legs]]\nid = "ab-2"\nfrom = "AAA"\nto = "BBB"\ndeparts = 2025-06-02T08:00:00\narrives = 2025-06-02T10:00:00\n'
)
BOTH = '[[fares]]\nid = "return"\nlegs = ["ab", "ba"]\nprice = "150"\n'
NIGHTLY = '[[trip.nightly]]\nat = ["BBB"]\nprice = "10"\n'
TWO = '[[travellers]]\nid = "u"\npassports = [{ id = "d", state = "DD" }]\n'
ONWARD = (
    '[[trip.stops]]\nid = "c"\nat = ["CCC"]\nnights = { min = 0 }\n[[trip.stops]]\nid = "b"\nnights = { min = 0 }\n'
)
# The way on departs in the minute in which the way there arrives.
AT_ONCE = (
    '[[legs]]\nid = "bc-now"\nfrom = "BBB"\nto = "CCC"\ndeparts = 2025-06-01T10:00:00\n'
    'arrives = 2025-06-01T11:00:00\nprice = "1"\n'
)
FEE = '[[admissions]]\nid = "visit-beta"\nfee = "7"\n'
PRICED = (
    (),
    (FREE,),
    (LATER + 'price = "90"\n',),
    (BOTH,),
    (NIGHTLY,),
    (ONWARD,),
    (ONWARD, TWO, NIGHTLY, LATER + 'price = "100"\n'),
    ('[trip]\nend = "CCC"\n[[trip.stops]]\nid = "b"\nnights = { min = 0 }\n',),
    ('remove = ["b"]\n',),
    (ONWARD, AT_ONCE),
    (LATER + 'price = "200.01"\n',),  # a minor unit more than the other way
    (FEE, TWO),
)


@pytest.mark.parametrize("overlays", PRICED)
def test_the_guide_counts_the_same_cost(overlays: tuple[str, ...]) -> None:
    scenario = small(*overlays)
    best = solved(build(scenario))
    model = build(scenario, Prune.of(scenario, 10**9))
    found = solved(model)
    assert (found.status, found.cost) == (best.status, best.cost) == ("optimal", best.cost)
    if model.guide is None:
        assert overlays == ('remove = ["b"]\n',)  # nothing but staying at home
        return
    assert model.guide.constant <= (best.cost or 0)
    _guide_says_the_cost(model, found)
    _hint_is_a_journey(model)
    assert solved(build(scenario, Prune.of(scenario, (best.cost or 0) - 1))).status == "infeasible"


def _hint_is_a_journey(model: Model) -> None:
    """The runs and changes of the hint are a chain from the start to the end; each sum of the flow holds."""
    guide, flow = model.guide, model.program.flow
    assert guide is not None
    assert flow is not None
    assert set(np.flatnonzero(guide.hint)) <= set(guide.hinted.tolist())
    order = route(model, guide.hint)
    assert set(model.options.runs.ids[order]) == set(np.flatnonzero(guide.hint)) & set(model.options.runs.ids.tolist())
    assert all((totals(sums, guide.hint) == 0).all() for sums in flow.sums)


def totals(sums: Sums, values: Values) -> NDArray[np.int64]:
    """What each of the sums comes to."""
    along = np.append(0, np.cumsum(sums.weights * values[sums.options]))
    return along[sums.starts[1:]] - along[sums.starts[:-1]]  # type: ignore[no-any-return]


@pytest.mark.parametrize("overlays", [(), (ONWARD,)])
def test_a_change_alone_is_no_flow(overlays: tuple[str, ...]) -> None:
    """Whoever boards a run gets off it and goes on: with one arc alone, some sum of the flow does not hold."""
    scenario = small(*overlays)
    model = build(scenario, Prune.of(scenario, 10**9))
    flow = model.program.flow
    assert flow is not None
    for change, arc in zip(flow.change.tolist(), flow.arc.tolist(), strict=True):
        values = np.zeros(model.program.size, dtype=np.int64)
        values[[change, arc]] = 1
        assert any((totals(sums, values) != 0).any() for sums in flow.sums)
