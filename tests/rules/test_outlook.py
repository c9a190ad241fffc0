"""Classes of arrivals, and legs, that bounds are told of."""

from __future__ import annotations

from datetime import date

import numpy as np
from attrs import evolve

from planner.network.columns import all_legs
from planner.rules.outlook import Outlook
from planner.scenario.scenario import Scenario
from planner.scenario.tickets import Tickets
from planner.scenario.travel import Fare
from tests.itinerary.builders import leg, price, scenario

JOINS = date(2025, 1, 20)  # Romania, the zone
LEGS = (
    leg("to-paris", "JFK-CDG", "2025-01-17 18:00", "2025-01-18 08:00"),
    leg("on", "CDG-OTP", "2025-01-19 10:00", "2025-01-19 14:00"),
    leg("later", "CDG-OTP", "2025-01-22 10:00", "2025-01-22 14:00"),
)


def outlook(made: Scenario) -> Outlook:
    return Outlook(made, all_legs(made))


def test_a_zone_is_what_it_is_on_each_day() -> None:
    made = scenario(LEGS)
    found = outlook(made)
    places = [found.territories.index(name) for name in ("US", "FR", "RO")]
    for mask in (found.in_zone("SCHENGEN"), found.within("SCHENGEN"), found.on_clock("SCHENGEN")):
        for column, day in enumerate(found.days.tolist()):
            joined = day >= JOINS.toordinal()
            assert mask[places, column].tolist() == [False, True, joined]


def test_dates_from_and_to() -> None:
    found = outlook(scenario(LEGS))
    first, last = date(2025, 1, 18), date(2025, 1, 20)
    for begin, end in ((first, last), (None, last), (first, None), (None, None)):
        (row,) = found.from_to(begin, end)
        days = [date.fromordinal(day) for day in found.days.tolist()]
        assert row.tolist() == [(begin or day) <= day <= (end or day) for day in days]


def test_legs_sold_together_with_another_by_a_fare_or_a_table() -> None:
    assert outlook(scenario(LEGS)).on_one_ticket().tolist() == []
    both = Fare(id="both", legs=("to-paris", "on"), price=price("1"))
    made = scenario(LEGS, fares=(both,))
    assert outlook(made).on_one_ticket().tolist() == [0, 1]
    none = np.zeros(2, dtype=np.int64)
    tickets = Tickets(
        ids=("x", "y"),
        titles=("", ""),
        start=np.array([0, 1, 3]),
        legs=np.array([1, 0, 2]),  # the second leg by itself, the others together
        price=none,
        currency=none,
        currencies=("USD",),
        party=none.astype(bool),
        places=(),
        file=none,
        row=none,
    )
    assert outlook(evolve(scenario(LEGS), tickets=tickets)).on_one_ticket().tolist() == [0, 2]
    assert outlook(evolve(made, tickets=tickets)).on_one_ticket().tolist() == [0, 1, 2]
