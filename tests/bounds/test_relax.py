"""What the relaxed problem sees of a scenario: the examples of every kind, fares, times, wishes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from attrs import evolve

from planner.api import plan
from planner.bounds.fares import least_fares
from planner.bounds.relax import relax
from planner.bounds.relaxed import ANY_DAY
from planner.network.columns import all_legs
from planner.rules.base import Example, kinds
from planner.scenario.scenario import Rates
from planner.scenario.timetable import Source
from tests.bounds.relaxing import TICKET, legs, lower, relaxed
from tests.rules.test_examples import scenario_of
from tests.small import small

EXAMPLES = [
    pytest.param(example, id=f"{name}: {example.title}") for name, cls in kinds().items() for example in cls.examples
]
# Refused examples of which the bounds alone say that there is no trip; the others take the exact model.
SEEN = {
    "acquirable": 4,
    "admission": 2,
    "airside-visa": 2,
    "arrival-form": 1,
    "avoid": 4,
    "citizenship": 2,
    "closure": 3,
    "conditional-waiver": 4,
    "connections": 2,
    "dates": 3,
    "default-deny": 2,
    "event": 3,
    "minor": 4,
    "no-airside": 1,
    "own-passport": 2,
    "passport-ban": 1,
    "passport-book": 2,
    "passport-validity": 2,
    "permission": 3,
    "registration": 1,
    "required-paper": 2,
    "rolling-window": 1,
    "stop": 6,
    "vaccination": 2,
}
WEAKER = {  # allowed examples that are dearer than the bounds see
    "On one ticket they are enough, though dearer",
    "A new passport has pages of its own",
    "A double-entry visa is bought",
    "With an airside transit visa that is obtained",
    "Vaccinated ten days before",
    "Into Abkhazia from Georgia",
    "With an ETA",
    "By road one pays on leaving",
    "With the fee the trip is just within the budget",
    "A resident gets the visa to leave and come back",
    "From Kosovo on to Serbia, for those who came to Kosovo from Serbia",
    "From Kosovo to Serbia by way of another country",
    "Abkhazia from Georgia, and back to Georgia",
    "Others say that one may leave all countries and come back",
    "The visa of the main destination is taken, though it is dearer",
    "An eTA for Canada is obtained",
    "With a visa all of China is open",
    "Out of Jordan by the King Hussein Bridge and back on the same visa",
    "A month from the first entry on",
    "The tour brings the permission",
    "Booked until 1 January, which is today",
    "Booked before the passport goes away",
    "Nights on the tour are paid with it",
    "Nights cost extra",
    "What it needs is in hand on the last day of booking",
    "With a tour",
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_bound_of_an_example_is_what_it_costs(example: Example) -> None:
    scenario = scenario_of(example)
    if not example.refused_by:
        answer = plan(scenario)
        assert answer.plan is not None
        if example.title in WEAKER:
            assert (lower(scenario) or 0) < answer.plan.cost
        else:
            assert lower(scenario) == answer.plan.cost


@pytest.mark.parametrize("name", SEEN)
def test_the_bounds_see_that_there_is_no_trip(name: str) -> None:
    refused = [scenario_of(example) for example in kinds()[name].examples if example.refused_by]
    assert sum(lower(scenario) is None for scenario in refused) == SEEN[name]


@pytest.mark.parametrize("name", SEEN)
def test_facts_that_are_dropped_play_no_part(name: str) -> None:
    for example in kinds()[name].examples:
        assert lower(scenario_of(example), ()) is not None


# ---- fares


def test_a_ticket_for_several_legs_is_shared_by_their_prices() -> None:
    scenario = small(TICKET.format(id="out", first="ab", second="bc", price="90"))
    assert legs(scenario) == {"ab": 6000, "bc": 3000, "cb": 5000, "ba": 10000}


def test_a_dear_ticket_for_several_legs_changes_nothing() -> None:
    scenario = small(TICKET.format(id="out", first="ab", second="bc", price="500"))
    assert legs(scenario) == {"ab": 10000, "bc": 5000, "cb": 5000, "ba": 10000}


def test_a_ticket_with_a_leg_avoided_is_of_no_use() -> None:
    avoided = '[[legs]]\nid = "bc"\noperator = "X"\n[trip]\navoid = { operators = ["X"] }\n'
    scenario = small(TICKET.format(id="out", first="ab", second="bc", price="90"), avoided)
    assert legs(scenario)["ab"] == 10000
    assert legs(scenario, ())["ab"] == 6000


def test_a_leg_that_is_not_sold_is_not_used() -> None:
    scenario = small()
    table = all_legs(scenario)
    unsold = evolve(table, price=np.where(np.arange(4) == 1, -1, table.price))
    assert relax(scenario, unsold).rows.tolist() == [0, 2, 3]


@pytest.mark.parametrize("per", ["traveller", "party"])
def test_prices_of_a_table_in_another_currency(per: str) -> None:
    two = evolve(small(), rates=Rates(date=date(2025, 1, 1), values={"JPY": Decimal("0.0066")}))
    two = evolve(two, travellers=(two.travellers[0], evolve(two.travellers[0], id="u")))
    table = all_legs(two)
    yen = evolve(
        table,
        sources=(Source(prefix="t", currency="JPY", per=per),),  # type: ignore[arg-type]
        price=np.array([15000, 7001, 1, 0]),
    )
    found = least_fares(two, yen, np.ones(4, dtype=bool))
    once = [9900, 4621, 1, 0]  # 15,000 yen are 99 dollars
    assert found.tolist() == [price * (2 if per == "traveller" else 1) for price in once]


# ---- times


def test_legs_outside_the_trip_s_dates_are_left_out() -> None:
    assert set(legs(small("trip = { depart_from = 2025-06-02 }\n"))) == set()
    assert set(legs(small("trip = { depart_from = 2025-06-02 }\n"), ["stop.b"])) == {"ab", "bc", "cb", "ba"}


def test_legs_before_any_departure_from_the_start_and_after_the_last_arrival_are_left_out() -> None:
    leg = '[[legs]]\nid = "{0}"\nfrom = "BBB"\nto = "CCC"\nprice = "1"\n'
    leg += "departs = 2025-{1}T12:00:00\narrives = 2025-{1}T14:00:00\n"
    more = leg.format("early", "05-20") + leg.format("late", "06-11")
    assert set(legs(small(more))) == {"ab", "bc", "cb", "ba"}
    on_time = leg.format("first", "06-01") + leg.format("last", "06-10")
    assert set(legs(small(on_time))) == {"ab", "bc", "cb", "ba", "first", "last"}


def test_the_lesser_minimum_counts_where_a_ticket_covers_two_legs() -> None:
    times = "[trip.connections]\nself_transfer = 300\nsame_ticket = 60\n"
    problem = relaxed(small(times, TICKET.format(id="out", first="ab", second="bc", price="90")))
    arrives = all_legs(small()).arrives
    assert (problem.ready - arrives).tolist() == [60, 60, 300, 300]
    assert (relaxed(small(times), ()).ready == arrives).all()


# ---- wishes


def test_a_stop_s_limits_fall_away_one_by_one() -> None:
    scenario = small(
        '[[trip.stops]]\nid = "b"\nnights = { min = 2, max = 12 }\narrive_by = 2025-06-05\nleave_from = 2025-06-06\n'
    )
    (wish,) = relaxed(scenario).wishes
    assert (wish.least, wish.most, wish.to_end) == (2, 12, False)
    assert (wish.arrive_by, wish.leave_from) == (date(2025, 6, 5).toordinal(), date(2025, 6, 6).toordinal())
    (wish,) = relaxed(scenario, ["stop.b", "stop.b.max_nights"]).wishes
    assert (wish.least, wish.most, wish.arrive_by, wish.leave_from, wish.to_end) == (0, 12, ANY_DAY, -ANY_DAY, True)
    assert relaxed(scenario, ["stop.b.min_nights", "stop.b.arrive_by"]).wishes == ()


def test_stops_in_order_and_apart() -> None:
    twice = (
        '[trip]\nordered = true\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n[[trip.stops]]\nid = "again"\nat = ["BBB"]\n'
    )
    problem = relaxed(small(twice))
    assert [wish.ordered for wish in problem.wishes] == [True, True, True]
    assert problem.apart == ((0, 2),)
    problem = relaxed(small(twice), ["stop.c", "stop.again"])
    assert [wish.ordered for wish in problem.wishes] == [False, False]
    assert problem.apart == ()


def test_a_wish_across_ports_gives_way_to_a_later_one_at_one_of_them() -> None:
    """A stay in all of Beta of at least three nights, the first night of them at BBB: BBB is visited as early."""
    scenario = small(
        'remove = ["b"]\n[trip]\nordered = true\n[[trip.stops]]\nid = "all"\nat = ["BB"]\nnights = { min = 3 }\n',
        '[[trip.stops]]\nid = "one"\nat = ["BBB"]\nnights = { min = 1, max = 1 }\n',
        '[[legs]]\nid = "bx"\nmode = "rail"\nfrom = "BBB"\nto = "BBX"\nprice = "1"\n'
        "departs = 2025-06-02T08:00:00\narrives = 2025-06-02T09:00:00\n",
        '[[legs]]\nid = "xa"\nfrom = "BBX"\nto = "AAA"\nprice = "7"\n'
        "departs = 2025-06-05T08:00:00\narrives = 2025-06-05T09:00:00\n",
    )
    answer = plan(scenario)
    assert answer.plan is not None
    assert answer.plan.cost == lower(scenario) == 10800


def test_whatever_a_wish_across_ports_asks_for_the_wait_at_one_of_them_may_be_short() -> None:
    stops = [
        'remove = ["b"]\n[trip]\nordered = true\n[[trip.stops]]\nid = "all"\nat = ["BB"]\n'
        "nights = { min = 3, max = 9 }\narrive_by = 2025-06-05\nleave_from = 2025-06-06\n",
        '[[trip.stops]]\nid = "one"\nat = ["BBB"]\nnights = { min = 2 }\n',
    ]
    both, one = relaxed(small(*stops)).wishes
    assert (both.least, both.leave_from, both.to_end) == (0, -ANY_DAY, True)
    assert (both.most, both.arrive_by) == (9, date(2025, 6, 5).toordinal())
    assert (one.least, one.to_end) == (2, False)
    # Elsewhere, or before, the other stop does not make it shorter.
    (alone,) = (wish for wish in relaxed(small(stops[0], stops[1].replace("BBB", "CCC"))).wishes if wish.most == 9)
    assert (alone.least, alone.leave_from, alone.to_end) == (3, date(2025, 6, 6).toordinal(), False)


def test_an_event_is_paid_for_by_all_who_want_to_attend() -> None:
    event = '[[trip.events]]\nid = "e"\nat = ["BBB"]\nfirst_day = 2025-06-03\nprice = "40"\n'
    two = '[[travellers]]\nid = "u"\n[[travellers.passports]]\nid = "u"\nstate = "AA"\n'
    assert relaxed(small(event)).fixed == 4000
    assert relaxed(small(event, two)).fixed == 8000
    assert relaxed(small(event, two, '[[trip.events]]\nid = "e"\nper = "party"\n')).fixed == 4000
    assert relaxed(small(event), ["stop.b"]).fixed == 0


def test_an_event_at_home_before_the_departure_is_attended() -> None:
    event = '[[trip.events]]\nid = "e"\nat = ["AAA"]\nfirst_day = {}\n'
    assert lower(small(event.format("2025-05-20"))) == lower(small(event.format("2025-06-20"))) == 20000
    assert lower(small(event.format("2025-06-05"))) is None
