"""What to say where the legs and tickets themselves allow no journey, whatever the rules."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from attrs import evolve

from planner.core.money import Price
from planner.core.words import all_of
from planner.network.reach import lacking
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare
from planner.solving.begin import searching
from planner.solving.client import Effort


def lacks(scenario: Scenario, effort: Effort) -> tuple[str, ...]:
    """At least one sentence on what a scenario lacks in which no journey is possible. Raises OutOfTime."""
    return lacking(scenario) or (_unsold(scenario, effort),)


def _unsold(scenario: Scenario, effort: Effort) -> str:
    """If the legs lead where they should: which of them no ticket sells in that way."""
    start, goal = (scenario.name_of(port) for port in (scenario.trip.start, scenario.trip.goal))
    free = Price(Decimal(0))
    sold = tuple(Fare(id=leg.id, legs=(leg.id,), price=free) for leg in scenario.legs)
    table = scenario.timetable
    given = None if table is None else evolve(table, price=np.zeros_like(table.price))
    found = searching(evolve(scenario, fares=sold, timetable=given, tickets=None), effort).holding([])
    if found is None:
        return f"the legs listed do not join up to a journey from {start} to {goal}"
    legs = all_of(found.itinerary.legs)
    return f"legs lead from {start} to {goal} ({legs}), but no tickets in the file sell these and no others"
