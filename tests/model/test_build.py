"""From the solver's values back to an itinerary."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from attrs import evolve

from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice
from planner.itinerary.replay import replay
from planner.model.build import Model, build, itinerary, route
from planner.model.program import Values
from planner.rules.base import kinds, table_kinds
from planner.rules.examples import THROUGH_BETA, scenario_data
from planner.scenario.reading import read_mapping
from tests.model.assignments import options_of, solver_of
from tests.small import VISA_FOR_BETA, small


def cheapest(model: Model) -> Values:
    """A cheapest solution."""
    cost = (tuple(model.program.cost_variables), tuple(model.program.cost_weights))
    reply = solver_of(model).ask("optimise", minimise=cost)
    assert reply.values is not None
    return reply.values


def chosen(model: Model, values: Values) -> set[int]:
    """The options chosen, visits and stops aside."""
    options = model.options
    tables = [options.runs.ids, options.changes.ids, np.array([*options.fares.values()])]
    for person in model.scenario.travellers:
        tables += [options.stays(person.id).ids, options.applications(person.id).ids, options.bookings(person.id).ids]
    everything = np.concatenate(tables)
    return set(everything[values[everything] > 0].tolist())


def test_everything_chosen_is_in_the_itinerary() -> None:
    world = small(
        VISA_FOR_BETA,
        """
        today = 2025-05-31
        [[acquirables]]
        id = "visa"
        price = "7"
        permission = { zone = "BB" }
        [[travellers]]
        id = "u"
        passports = [{ id = "d", state = "DD" }]
        [[trip.events]]
        id = "race"
        at = ["BBB"]
        first_day = 2025-06-05
        booked_on = 2025-05-30
        price = "1"
        """,
    )
    model = build(world)
    found = itinerary(model, cheapest(model))
    (made,) = found.applications
    assert found == Itinerary(
        legs=("ab", "ba"),
        touches=("landside",),
        fares=("ab", "ba"),
        stays={
            "t": (StayChoice("", "a"), StayChoice("a", "a", "visa"), StayChoice("a", "", found.stays["t"][2].ground)),
            "u": (StayChoice("", "d"), StayChoice("d", "d", "visit-beta"), StayChoice("d", "", "visit-alpha")),
        },
        applications=(Application("t", "visa", "a", made.on),),
        bookings=(Booking("t", "race", "a", date(2025, 5, 30)), Booking("u", "race", "d", date(2025, 5, 30))),
    )
    assert found.stays["t"][2].ground in ("citizen:AA", "visit-alpha")
    assert date(2025, 5, 31) <= made.on <= date(2025, 6, 1)


def test_runs_with_airside_changes() -> None:
    model = build(small(THROUGH_BETA))
    values = cheapest(model)
    found = itinerary(model, values)
    assert [model.options.runs.legs[run] for run in route(model, values)] == [(0, 1), (2, 3)]
    assert found.legs == ("ab", "bc", "cb", "ba")
    assert found.touches == ("airside", "landside", "airside")
    assert found.fares == ("out", "back")
    assert len(found.stays["t"]) == 3


def test_staying_at_home() -> None:
    model = build(small('remove = ["b"]'))
    values = cheapest(model)
    assert route(model, values) == []
    assert itinerary(model, values) == Itinerary(stays={"t": (StayChoice("", ""),)})


def test_a_fact_set_aside_does_not_count() -> None:
    model = build(evolve(small(), set_aside=frozenset({"stop.b"})))
    assert {fact.id for fact in build(small()).program.facts} - {fact.id for fact in model.program.facts} == {"stop.b"}
    assert route(model, cheapest(model)) == []


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_there_and_back(kind: str) -> None:
    """The itinerary read off a solution is real, and takes the very options that the solution chose."""
    for example in kinds()[kind].examples:
        model = build(read_mapping(scenario_data(example), table_kinds()))
        reply = solver_of(model).ask("optimise", enforced=[])
        assert reply.values is not None
        found = itinerary(model, reply.values)
        replay(model.scenario, found)
        assert set(options_of(model, found) or ()) == chosen(model, reply.values)
