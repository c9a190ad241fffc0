"""How far a budget is raised: to the least amount, in its own currency, that pays for the journey."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from planner.core.money import Price, digits
from planner.itinerary.replay import replay
from planner.rules.kinds.budget import Budget
from planner.scenario.changing import Change
from planner.scenario.scenario import Rates
from planner.testing.readings import agree
from tests.itinerary.builders import itinerary, leg, scenario
from tests.rules.plainly import TWO
from tests.rules.plainly import world as plain

LEGS = (leg("in", "JFK-PEK", "2025-01-31 10:00", "2025-02-01 23:30"),)
RATES = Rates(
    date=date(2025, 1, 1),
    values={  # USD for one
        "EUR": Decimal("1.0382"),
        "JPY": Decimal("0.0063694267515923566878980891719745222929936305732484"),
        "KWD": Decimal("3.2467532467532467532467532467532467532467532467532467"),
        "ODD": Decimal("0.33333333333333333333333333333333333333333333333333333"),
    },
)


@pytest.mark.parametrize("currency", ["", "USD", *RATES.values])
def test_a_budget_is_raised_to_the_least_amount_that_pays(currency: str) -> None:
    world = scenario(LEGS, end="PEK", rates=RATES)
    journey = replay(world, itinerary("in", "", ("- us", "us -")))
    budget = Budget(limit=Price(Decimal("0"), currency))
    (easing,) = budget.easings(world)
    unit = Decimal(1).scaleb(-digits(currency or "USD"))
    for cost in (101, 300, 333, 99_999, 1_234_567):
        settled = budget.settled(easing, evolve(journey, cost=cost))
        (change,) = settled.changes
        assert (change.path, change.old) == (("trip", "budget"), budget.limit)
        assert isinstance(change.new, Price)
        assert change.new.currency == currency
        assert change.new.amount % unit == 0
        assert world.minor(change.new) >= cost
        rate = Fraction(RATES.values.get(currency, Decimal(1)))
        assert Fraction(change.new.amount - unit) * rate * 100 < cost


def test_a_journey_within_the_budget_needs_no_more() -> None:
    world = scenario(LEGS, end="PEK")
    journey = replay(world, itinerary("in", "", ("- us", "us -")))
    budget = Budget(limit=Price(Decimal("5")))
    (easing,) = budget.easings(world)
    assert easing.changes == (Change(path=("trip", "budget"), old=budget.limit),)
    assert budget.settled(easing, evolve(journey, cost=500)) is easing
    assert budget.settled(easing, journey) is easing  # nobody has added up what it costs
    assert budget.settled(easing, evolve(journey, cost=501)) != easing


@pytest.mark.parametrize(("currency", "enough"), [("", "1.001"), ("USD", "4.01"), ("JPY", "501")])
def test_minor_units_are_those_of_each_currency(currency: str, enough: str) -> None:
    rates = Rates(date=date(2025, 1, 1), values={"USD": Decimal("0.25"), "JPY": Decimal("0.002")})
    world = scenario(LEGS, end="PEK", currency="KWD", rates=rates)
    journey = replay(world, itinerary("in", "", ("- us", "us -")))
    budget = Budget(limit=Price(Decimal("0"), currency))
    (change,) = budget.settled(next(budget.easings(world)), evolve(journey, cost=1001)).changes
    assert change.new == Price(Decimal(enough), currency)


def test_what_the_party_pays_once_counts_once() -> None:
    visa = 'price = "50"\nper = "party"\nvalidation = { area = "BB", validity = "2 months", trips = 1 }\n'
    agree(plain(TWO, f'trip = {{ budget = "470" }}\n[[acquirables]]\nid = "paper"\n{visa}'), 40)
