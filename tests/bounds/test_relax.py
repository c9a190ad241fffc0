"""What the relaxed problem sees of a scenario: fares, times, wishes, entries, papers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from attrs import evolve

from planner.api import plan
from planner.bounds.entries import Entries
from planner.bounds.fares import least_fares
from planner.bounds.relax import Relaxation, relax
from planner.bounds.relaxed import ANY_DAY, Relaxed
from planner.bounds.sweep import sweep
from planner.network.columns import all_legs
from planner.rules.base import Example, kinds, rules_of
from planner.rules.outlook import Outlook
from planner.scenario.scenario import Rates, Scenario
from planner.scenario.timetable import Source, Timetable
from tests.rules.test_examples import scenario_of
from tests.small import VISA_FOR_BETA, small

EXAMPLES = [
    pytest.param(example, id=f"{name}: {example.title}") for name, cls in kinds().items() for example in cls.examples
]
# Refused examples of which the bounds alone say that there is no trip; the others take the exact model.
SEEN = {
    "acquirable": 4,
    "admission": 2,
    "airside-visa": 2,
    "arrival-form": 1,
    "avoid": 3,
    "citizenship": 2,
    "closure": 3,
    "conditional-waiver": 4,
    "connections": 2,
    "dates": 3,
    "default-deny": 2,
    "event": 2,
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
TO_GAMMA = 'remove = ["b"]\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n'
TICKET = '[[fares]]\nid = "{id}"\nlegs = ["{first}", "{second}"]\nprice = "{price}"\n'
NO_AIRSIDE = '[[ports]]\nid = "BBB"\nairside = false\n'


def relaxed(scenario: Scenario, enforced: Collection[str] | None = None) -> Relaxed:
    return relax(scenario, all_legs(scenario), enforced)


def legs(scenario: Scenario, enforced: Collection[str] | None = None) -> dict[str, int]:
    """The cost of each leg that can be used, by its id."""
    problem, table = relaxed(scenario, enforced), all_legs(scenario)
    return {table.leg_id(row): int(cost) for row, cost in zip(problem.rows.tolist(), problem.cost, strict=True)}


def lower(scenario: Scenario, enforced: Collection[str] | None = None) -> int | None:
    return sweep(relaxed(scenario, enforced)).lower


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


# ---- entries


def test_fees_are_paid_by_everybody_at_every_entry() -> None:
    fee = '[[admissions]]\nid = "visit-beta"\ngrant = "on_arrival"\nfee = "40"\n'
    two = '[[travellers]]\nid = "u"\n[[travellers.passports]]\nid = "u"\nstate = "AA"\n'
    assert legs(small(NO_AIRSIDE, fee)) == {"ab": 14000, "bc": 5000, "cb": 9000, "ba": 10000}
    assert legs(small(NO_AIRSIDE, fee, two))["cb"] == 2 * 9000
    # With a passport of Beta nobody pays, nor where nothing must admit.
    assert (
        legs(small(NO_AIRSIDE, fee, '[[travellers]]\nid = "t"\npassports = [{ id = "b", state = "BB" }]\n'))["ab"]
        == 10000
    )
    assert legs(small(NO_AIRSIDE, fee), ["stop.b"])["ab"] == 10000


def test_where_planes_may_be_changed_airside_an_arrival_may_be_no_entry() -> None:
    closed = 'remove = ["visit-beta"]\n'
    ticket = TICKET.format(id="out", first="ab", second="bc", price="150")
    assert set(legs(small(closed))) == set()
    assert {"ab"} <= set(legs(small(closed, ticket)))
    assert "ab" not in legs(small(closed, ticket, NO_AIRSIDE))
    assert "ab" in legs(small(closed, '[[ports]]\nid = "BBB"\nairside_on_separate_tickets = true\n'))
    told = '[[touches]]\nafter = "ab"\nbefore = "bc"\nmode = "airside"\n'
    assert "ab" in legs(small(closed, told, NO_AIRSIDE))
    rule = '[[rules]]\nkind = "no-airside"\nid = "none"\nterritory = "BB"\n'
    assert "ab" not in legs(small(closed, told, rule))
    assert "ab" in legs(small(closed, told, rule), ["admission.BB.t"])


def test_nights_cost_nothing_where_they_may_be_spent_airside() -> None:
    nightly = '[trip]\nnightly = [{ at = ["BBB"], price = "9" }, { at = ["BB", "CC"], price = "5" }]\n'
    separate = '[[ports]]\nid = "BBB"\nairside_on_separate_tickets = true\n'
    hours = '[[ports]]\nid = "BBB"\nairside_from = {}\nairside_to = {}\n'
    assert relaxed(small(nightly)).nightly.tolist() == [0, 900, 500, 500]
    assert relaxed(small(nightly, separate)).nightly.tolist() == [0, 0, 500, 500]
    assert relaxed(small(nightly, separate, hours.format("05:00:00", "23:00:00"))).nightly.tolist() == [
        0,
        900,
        500,
        500,
    ]
    assert relaxed(small(nightly, separate, hours.format("20:00:00", "03:00:00"))).nightly.tolist() == [0, 0, 500, 500]


@pytest.mark.parametrize(
    ("limit", "nights"),
    [
        ('max_stay = "9 days"', 8),
        ('max_stay = "9 days"\ncount_from = "day_after"', 9),
        ('max_stay = "1 month"\ncount_from = "day_after"', 30),
        ('max_stay = "48 hours"', 3),  # clocks may be put back meanwhile
    ],
)
def test_a_stop_ends_with_the_stay_that_is_allowed(limit: str, nights: int) -> None:
    admission = f'[[admissions]]\nid = "visit-beta"\n{limit}\n'
    assert relaxed(small(admission)).wishes[0].most == nights
    assert relaxed(small(admission), ["stop.b", "admission.BB.t"]).wishes[0].most == ANY_DAY
    # Who might enter on nothing, or on something else, is not limited.
    assert relaxed(small(admission), ["stop.b", "visit-beta.max_stay.t"]).wishes[0].most == ANY_DAY
    held = '[[travellers]]\nid = "t"\npermissions = [{ id = "visa", zone = "BB", max_stay = "20 days" }]\n'
    assert relaxed(small(admission, held)).wishes[0].most == max(19, nights)


def test_where_the_journey_begins_no_limit_counts() -> None:
    home = '[[admissions]]\nid = "visit-alpha"\nmax_stay = "2 days"\n[[trip.stops]]\nid = "b"\n'
    home += 'at = ["AAA"]\n[[travellers]]\nid = "t"\npassports = [{ id = "d", state = "DD" }]\n'
    assert relaxed(small('remove = ["a"]\n', home)).wishes[0].most == ANY_DAY
    assert relaxed(small('remove = ["a"]\n', home, '[trip]\nstart = "CCC"\n')).wishes[0].most == 1
    together = '[[zones]]\nid = "Z"\nmembers = [{ territory = "AA" }, { territory = "BB", from = 2025-06-05 }]\n'
    assert (
        relaxed(small(together, '[[admissions]]\nid = "visit-beta"\nmax_stay = "2 days"\n')).wishes[0].most == ANY_DAY
    )


def test_history_shortens_the_stays_that_a_rolling_window_leaves_room_for() -> None:
    rule = 'today = 2025-05-31\n[[rules]]\nkind = "rolling-window"\nid = "w"\nzone = "BB"\ncap = 90\ndays = 180\n'
    past = '[[travellers]]\nid = "t"\npast_stays = [{{ territory = "{}", from = 2025-03-12, to = 2025-05-30 }}]\n'
    assert relaxed(small(rule)).wishes[0].most == 89
    assert relaxed(small(rule, past.format("CC"))).wishes[0].most == 89
    assert relaxed(small(rule, past.format("BB"))).wishes[0].most == 9
    assert relaxed(small(rule, past.format("BB")), ["stop.b", "admission.BB.t"]).wishes[0].most == ANY_DAY
    partly = '[[rules]]\nkind = "rolling-window"\nid = "w"\neffective_to = 2025-06-05\n'
    assert relaxed(small(rule, past.format("BB"), partly)).wishes[0].most == ANY_DAY


# ---- papers

VISA = '[[acquirables]]\nid = "visa"\nprice = "30"\npermission = { zone = "BB" }\n'
CARD = '[[acquirables]]\nid = "card"\nprice = "50"\nper = "party"\npermission = { zone = "BB" }\n'
LETTER = '[[acquirables]]\nid = "letter"\nprice = "7"\ncertificate = { kind = "invitation" }\n'
GAMMA = '[[admissions]]\nid = "visit-gamma"\nnationalities = ["DD"]\n'


def test_a_stop_takes_the_cheapest_of_its_papers() -> None:
    assert relaxed(small(VISA_FOR_BETA, VISA)).fixed == 3000
    assert relaxed(small(VISA_FOR_BETA, VISA, CARD)).fixed == 3000
    assert relaxed(small(VISA_FOR_BETA, CARD)).fixed == 5000
    assert relaxed(small(VISA)).fixed == 0
    assert relaxed(small(VISA_FOR_BETA, VISA), ["stop.b"]).fixed == 0
    assert relaxed(small(VISA_FOR_BETA, VISA), ["admission.BB.t"]).fixed == 0


def test_what_the_party_shares_is_paid_once() -> None:
    two = '[[travellers]]\nid = "u"\n[[travellers.passports]]\nid = "u"\nstate = "AA"\n'
    assert relaxed(small(VISA_FOR_BETA, CARD, two)).fixed == 5000
    assert relaxed(small(VISA_FOR_BETA, VISA, two)).fixed == 6000


def test_a_paper_that_serves_two_stops_is_counted_once() -> None:
    both = VISA_FOR_BETA + GAMMA + '[[trip.stops]]\nid = "c"\nat = ["CCC"]\n'
    other = '[[acquirables]]\nid = "other"\nprice = "20"\npermission = { zone = "CC" }\n'
    union = '[[zones]]\nid = "Z"\nmembers = [{ territory = "BB" }, { territory = "CC" }]\n'
    common = '[[acquirables]]\nid = "visa"\nprice = "30"\npermission = { zone = "Z" }\n'
    assert relaxed(small(both, VISA, other)).fixed == 5000
    assert relaxed(small(both, union, common)).fixed == 3000


def test_a_paper_takes_those_it_needs() -> None:
    needy = VISA + 'needs = ["invitation"]\n' + LETTER
    assert relaxed(small(VISA_FOR_BETA, needy)).fixed == 3700
    assert relaxed(small(VISA_FOR_BETA, needy), ["stop.b", "admission.BB.t"]).fixed == 3000
    event = '[[trip.events]]\nid = "e"\nat = ["BBB"]\nfirst_day = 2025-06-03\nneeds = ["invitation"]\n'
    assert relaxed(small(VISA_FOR_BETA, needy, event)).fixed == 3700
    held = '[[travellers]]\nid = "t"\ncertificates = [{ kind = "invitation" }]\n'
    assert relaxed(small(VISA_FOR_BETA, needy, event, held)).fixed == 3000


def test_what_is_good_for_one_entry_is_paid_at_each() -> None:
    once = NO_AIRSIDE + VISA_FOR_BETA + VISA.replace('"BB"', '"BB", entries = 1')
    problem = relaxed(small(once))
    assert problem.fixed == 0
    assert legs(small(once)) == {"ab": 13000, "bc": 5000, "cb": 8000, "ba": 10000}
    facts = ["stop.b", "admission.BB.t"]
    assert relaxed(small(once), facts).fixed == 3000
    assert legs(small(once), facts)["ab"] == 10000


def test_the_cap_is_the_budget_s() -> None:
    def relaxation(more: str = "") -> Relaxation:
        scenario = small(more)
        return Relaxation.of(scenario, all_legs(scenario))

    assert relaxation().cap() is None
    assert relaxation('[trip]\nbudget = "200"\n').cap() == 20000
    assert relaxation('[trip]\nbudget = "200"\n').cap(["stop.b"]) is None


def test_no_legs_at_all() -> None:
    scenario = small('remove = ["ab", "bc", "cb", "ba"]\n')
    assert lower(scenario) is None
    assert lower(scenario, ()) == 0
    assert isinstance(all_legs(scenario), Timetable)
    outlook = Outlook(scenario, all_legs(scenario))
    assert Entries.of(outlook, [], rules_of(scenario)).cost.shape == outlook.shape
