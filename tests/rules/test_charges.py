"""What options cost, charge by charge."""

from __future__ import annotations

import numpy as np

from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.charges import charges
from planner.rules.statements import Charge, Ids
from tests.rules.plainly import TWO, world

EVENT = '[[trip.events]]\nid = "race"\nat = ["BBB"]\nfirst_day = 2025-06-05\nprice = "30"\n'
FEE = '[[admissions]]\nid = "visit-beta"\nfee = "20"\n'
NIGHTS = """
[trip]
nightly = [{ at = ["BBB"], price = "10" }, { at = ["CC"], price = "20" }, { at = ["BB", "CCC"], price = "99" }]
"""
TOUR = """
[[legs]]
id = "tour-out"
from = "AAA"
to = "BBB"
departs = 2025-06-01T09:00:00
arrives = 2025-06-01T11:00:00
[[legs]]
id = "tour-back"
from = "BBB"
to = "AAA"
departs = 2025-06-10T15:00:00
arrives = 2025-06-10T17:00:00
[[tours]]
id = "tour"
legs = ["tour-out", "tour-back"]
price = "300"
"""


def of(options: Options, ids: Ids) -> list[Charge]:
    """The charges of some options."""
    return [charge for charge in charges(options) if np.isin(charge.options, ids).any()]


def options_of(*overlays: str) -> Options:
    made = world(*overlays)
    return Options(made, rules_of(made))


def test_a_price_for_the_party_is_paid_once_and_one_for_travellers_by_each() -> None:
    for more, once in (("", False), ('per = "party"\n', True)):
        options = options_of(TWO, EVENT + more)
        booked = np.concatenate([options.bookings(who).ids for who in "tu"])
        (charge,) = of(options, booked)
        assert (charge.amount, charge.once) == (3000, once)
        assert sorted(charge.options.tolist()) == sorted(booked.tolist())


def test_whoever_enters_on_an_admission_pays_its_fee() -> None:
    options = options_of(FEE)
    stays = options.stays("t")
    (charge,) = of(options, stays.ids)
    assert (charge.amount, charge.once) == (2000, False)
    assert charge.options.tolist() == stays.ids[stays.ground == "visit-beta"].tolist()
    assert len(charge.options)


def test_a_night_costs_what_the_first_entry_says_that_names_its_place() -> None:
    options = options_of(NIGHTS)
    changes = options.changes
    nights = {
        port: changes.ids[(changes.port == port) & (changes.departs_on - changes.arrives_on == 9)]
        for port in ("BBB", "CCC")
    }
    assert {charge.amount for charge in of(options, changes.ids)} == {9 * 1000, 9 * 2000}
    for port, price in (("BBB", 1000), ("CCC", 2000)):
        (charge,) = of(options, nights[port])
        assert charge.amount == 9 * price
        assert len(charge.options)


def test_nights_of_a_tour_cost_nothing_if_it_includes_them() -> None:
    for more, costs in (("", True), ("nights_included = true\n", False)):
        options = options_of(NIGHTS, TOUR + more)
        runs, changes = options.runs, options.changes
        legs = [leg.id for leg in options.scenario.legs]
        out, back = (runs.legs.index((legs.index(name),)) for name in ("tour-out", "tour-back"))
        mine = changes.ids[(changes.before == out) & (changes.after == back)]
        assert len(mine) == 1
        assert bool(of(options, mine)) == costs
        assert of(options, changes.ids[changes.port == "CCC"])
