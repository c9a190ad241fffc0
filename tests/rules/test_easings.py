"""What the kinds of rules offer as easings: in small steps, no further than is of use, for everything changeable."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import attrs
import pytest
from attrs import evolve

from planner.api import load, plan
from planner.core.money import Price
from planner.core.period import Period
from planner.itinerary.journey import Journey
from planner.model.options import Options
from planner.rules.base import rules_of, table_kinds
from planner.rules.eased import ladder, settled
from planner.rules.easing import Easing, Sort, together
from planner.rules.examples import WORLD, merge
from planner.rules.facts import Fact
from planner.scenario.changing import Change, changed
from planner.scenario.reading import read_mapping
from planner.scenario.repairs import Weights
from planner.scenario.scenario import Scenario

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))


def world(more: str) -> Scenario:
    return read_mapping(merge(tomllib.loads(WORLD), tomllib.loads(more)), table_kinds(), file="world")


def texts(scenario: Scenario, fact: str) -> list[str]:
    return [rung.easing.text for rung in ladder(scenario) if rung.fact == fact]


def facts(scenario: Scenario) -> Iterator[Fact]:
    options = Options(scenario, rules_of(scenario))
    for rule in options.rules:
        for statement in rule.restrict(options):
            fact = getattr(statement, "fact", None)
            if fact is not None:
                yield fact


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_whatever_can_be_changed_has_an_easing(path: Path) -> None:
    scenario = load(path)
    eased = {rung.fact for rung in ladder(scenario)}
    stuck = {fact.id: fact for fact in facts(scenario) if fact.changeable and fact.id not in eased}
    trip, last = scenario.trip, max(leg.arrives.date() for leg in scenario.legs)
    # A date that every leg keeps to stands in nobody's way.
    free = {"trip.return_by"} if trip.return_by is not None and trip.return_by >= last else set()
    free |= {"trip.depart_by"} if trip.depart_by is not None and trip.depart_by >= last else set()
    assert stuck.keys() <= free


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_has_an_easing_can_be_changed(path: Path) -> None:
    scenario = load(path)
    eased = {rung.fact for rung in ladder(scenario)}
    assert [fact.id for fact in facts(scenario) if fact.id in eased and not fact.changeable] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_amounts_grow_and_old_values_are_the_scenarios(path: Path) -> None:
    scenario = load(path)
    amounts: dict[str, int] = {}
    for rung in ladder(scenario):
        easing = rung.easing
        assert easing.amount > amounts.get(rung.fact, 0)
        amounts[rung.fact] = easing.amount
        back = [evolve(change, old=change.new, new=change.old) for change in easing.changes if change.new is not None]
        if len(back) == len(easing.changes):
            assert changed(changed(scenario, easing.changes), back) == scenario
        assert changed(scenario, easing.changes) != scenario


def test_every_sort_of_change_has_a_weight() -> None:
    names = [field.name for field in attrs.fields(Weights) if field.eq]
    assert sorted(names) == sorted(get_args(Sort.__value__ if hasattr(Sort, "__value__") else Sort))


# ---- dates and nights


def test_dates_move_day_by_day_and_no_further_than_the_legs() -> None:
    scenario = world("trip = { return_by = 2025-06-07, depart_from = 2025-06-03 }")
    assert texts(scenario, "trip.return_by") == [
        "return by 8 June 2025 instead of 7 June 2025",
        "return by 9 June 2025 instead of 7 June 2025",
        "return by 10 June 2025 instead of 7 June 2025",
    ]
    assert texts(scenario, "trip.depart_from") == [
        "leave on 2 June 2025 or later instead of 3 June 2025",
        "leave on 1 June 2025 or later instead of 3 June 2025",
    ]
    scenario = world("trip = { depart_by = 2025-05-20 }")
    assert len(texts(scenario, "trip.depart_by")) == 15  # 14 days and 21


def test_nothing_moves_to_before_the_first_leg() -> None:
    scenario = world(
        'today = 2025-05-31\n[trip]\ndepart_from = 2025-06-03\n[[trip.stops]]\nid = "b"\nleave_from = 2025-06-11'
    )
    for fact, days in (("trip.depart_from", 2), ("stop.b.leave_from", 10)):
        moved = [rung.easing.changes[0].new for rung in ladder(scenario) if rung.fact == fact]
        assert len(moved) == days
        assert min(moved) == date(2025, 6, 1)


def test_nights_one_by_one() -> None:
    scenario = world('[[trip.stops]]\nid = "b"\nnights = { min = 3, max = 7 }')
    assert texts(scenario, "stop.b.min_nights") == [
        "spend 2 instead of at least 3 nights in Benson",
        "spend 1 instead of at least 3 nights in Benson",
        "no need to spend a night in Benson",
    ]
    assert [rung.easing.changes[0].new for rung in ladder(scenario) if rung.fact == "stop.b.max_nights"] == [8, 9]


# ---- what a journey needs


def cheapest(scenario: Scenario) -> Journey:
    found = plan(scenario).plan
    assert found is not None
    return found.journey


def only(scenario: Scenario, fact: str) -> Easing:
    (easing,) = [rung.easing for rung in ladder(scenario) if rung.fact == fact]
    return easing


def after(scenario: Scenario, fact: str) -> Easing:
    """The farthest easing of a fact, cut down to the cheapest journey that it makes possible."""
    *_, easing = [rung.easing for rung in ladder(scenario) if rung.fact == fact]
    cut = settled(scenario, easing, cheapest(changed(scenario, easing.changes)))
    assert plan(scenario).status == "infeasible"
    assert plan(changed(scenario, cut.changes)).status == "optimal"
    return cut


def test_a_budget_is_raised_to_what_the_journey_costs() -> None:
    easing = after(world('trip = { budget = "158.50" }'), "trip.budget")
    assert easing.text == "raise the budget by USD 41.50 to USD 200"
    assert easing.changes[0].new == Price(Decimal("200"))


def test_a_budget_in_another_currency_is_enough() -> None:
    scenario = world('rates = { date = 2025-01-01, values = { JPY = 0.0061 } }\ntrip = { budget = "20000 JPY" }')
    (change,) = after(scenario, "trip.budget").changes
    assert change.new == Price(Decimal("32787"), "JPY")  # 200 / 0.0061 = 32,786.9


def test_connections_are_as_short_as_the_journeys() -> None:
    onward = 'remove = ["b"]\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n[trip.connections]\nself_transfer = 300'
    easing = after(world(onward), "trip.connections")
    assert easing.changes == (Change(path=("trip", "connections", "self_transfer"), old=300, new=240),)
    assert easing.text == "change in 240 instead of 300 minutes between tickets"
    assert easing.amount == 2


VISA = 'remove = ["visit-beta"]\n[[travellers]]\nid = "t"\n[[travellers.permissions]]\nid = "visa"\nzone = "BB"\n'


def test_entries_of_a_visa() -> None:
    assert texts(world(VISA + "entries = 1"), "visa.t.entries") == [
        "a two-entry instead of a one-entry visa visa",
        "a multiple-entry instead of a one-entry visa visa",
    ]


def test_dates_of_a_visa_are_those_of_the_entries() -> None:
    easing = after(world(VISA + "enter_by = 2025-05-20"), "visa.t.enter_by")
    assert easing.changes[0].new == date(2025, 6, 1)
    easing = after(world(VISA + "valid_from = 2025-07-20"), "visa.t.valid_from")
    assert easing.changes[0].new == date(2025, 6, 1)


def test_a_passport_that_is_valid_long_enough() -> None:
    rule = '[[rules]]\nkind = "passport-validity"\nid = "valid"\nzone = "BB"\nafter_entry = "6 months"\n'
    book = '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\nexpires = 2025-09-01\n'
    easing = after(world(rule + book), "valid.t")
    assert easing.changes[0].new == date(2025, 12, 1)
    assert easing.text == "a passport a that expires on 1 December 2025 or later instead of 1 September 2025"
    easing = after(world(book.replace("2025-09-01", "2025-06-04")), "passport.t.a.dates")
    assert easing.changes[0].new == date(2025, 6, 10)


def test_a_passport_with_pages_enough() -> None:
    rule = '[[rules]]\nkind = "blank-pages"\nid = "pages"\nzone = "BB"\npages = 2\n'
    book = '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\nblank_pages = 1\n'
    easing = after(world(rule + book), "pages.t")
    assert easing.changes[0].new == 2
    assert easing.text == "a passport a with 2 instead of 1 blank pages"


def test_a_passport_in_hand() -> None:
    away = "away = [{ from = 2025-03-01, to = 2025-03-05 }, { from = 2025-06-10 }]"
    easing = after(world(f'[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\n{away}'), "passport.t.a.away")
    assert [change.path[-1] for change in easing.changes] == ["1"]
    assert easing.text == "have passport a in hand from 10 June 2025"


PAPER = (
    'remove = ["visit-beta"]\n[[acquirables]]\nid = "v"\ntitle = "a visa"\nprice = "30"\npermission = { zone = "BB" }\n'
)


def test_applications_are_faster_or_at_other_times() -> None:
    scenario = world("today = 2025-05-30\n" + PAPER + "lead = { days = 4, business_days = 2 }")
    assert texts(scenario, "acquire.v.t.lead") == [
        "a visa in 3 instead of 4 days and 1 instead of 2 business days",
        "a visa in 2 instead of 4 days and 0 instead of 2 business days",
        "a visa in 1 instead of 4 days and 0 instead of 2 business days",
        "a visa in 0 instead of 4 days and 0 instead of 2 business days",
    ]
    cut = after(world(PAPER + "apply_by = 2024-12-31"), "acquire.v.t.when")
    assert cut.changes[0].path[-1] == "apply_by"
    cut = after(world(PAPER + "apply_on = [2024-12-30]"), "acquire.v.t.when")
    assert cut.changes[0].new[0] == date(2024, 12, 30)
    assert len(cut.changes[0].new) == 2
    cut = after(world(PAPER + "apply_from = 2025-06-02"), "acquire.v.t.when")
    assert (cut.fact, cut.changes[0].path[-1]) == ("acquire.v.t.when", "apply_from")


def test_what_a_rulebook_offers_is_as_the_rulebook_says() -> None:
    scenario = load(SHIPPED[0].parent / "marathon-us-only.toml")
    assert scenario.may_obtain
    for name in scenario.may_obtain:
        assert not [rung for rung in ladder(scenario) if rung.fact.startswith(f"acquire.{name}.")]


def test_events_go_with_what_rules_of_the_file_say_about_them() -> None:
    event = '[[trip.events]]\nid = "race"\nat = ["BB"]\nfirst_day = 2025-06-20\n'
    rule = '[[rules]]\nkind = "registration"\nid = "registered"\nevent = "race"\nrefused = ["AA"]\n'
    scenario = world(event + rule)
    easing = only(scenario, "event.race")
    assert [change.path for change in easing.changes] == [("trip", "events", "race"), ("rules", "registered")]
    assert [change.old for change in easing.changes] == [*scenario.trip.events, *scenario.law.rules]
    assert plan(changed(scenario, easing.changes)).status == "optimal"


# ---- several easings at once


def test_of_changes_of_the_same_value_the_farther_one_counts() -> None:
    def easing(new: object, old: object, fact: str = "f") -> Easing:
        changes = (Change(path=("x",), old=old, new=new),)
        return Easing(fact=fact, changes=changes, text="", sort="passport", amount=1)

    first = date(2025, 1, 1)
    near, far = easing(date(2025, 2, 1), first), easing(date(2025, 3, 1), first, "g")
    assert together([near, far]) == together([far, near]) == far.changes
    assert together([easing(3, 5), easing(1, 5), easing(2, 5)])[0].new == 1
    assert together([easing(None, 5), easing(1, 5)])[0].new is None
    longer, shorter = easing(Period(60, "days"), Period(30, "days")), easing(Period(45, "days"), Period(30, "days"))
    assert together([longer, shorter]) == together([shorter, longer]) == longer.changes
    assert together([easing((first,), None), easing((date(2025, 2, 1),), None)])[0].new == (first, date(2025, 2, 1))
