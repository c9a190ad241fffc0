"""What the transformations make of a small scenario, and what they refuse."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from attrs import evolve

from planner.answer import Answer
from planner.api import plan
from planner.rules.base import table_kinds
from planner.rules.examples import WORLD, merge
from planner.scenario.reading import read_mapping
from planner.testing.transforms.amounts import in_currency, multiplied
from planner.testing.transforms.dates import shifted
from planner.testing.transforms.effect import Transformed, called
from planner.testing.transforms.every import TRANSFORMS
from planner.testing.transforms.legs import with_dominated_leg, with_unusable_legs
from planner.testing.transforms.naming import moved, renamed
from planner.testing.transforms.order import reordered, split
from planner.testing.transforms.walking import Table, singles

MORE = """
[trip]
budget = "900 EUR"
connections = { ports = { BBB = 60 } }
[rates]
date = 2025-01-01
values = { EUR = 1.1 }
[[acquirables]]
id = "card"
price = 7.5
certificate = { kind = "jab" }
[[rules]]
kind = "required-paper"
id = "jab-needed"
zone = "BB"
certificates = ["jab"]
nationalities = ["AA"]
effective_from = 2025-05-31
"""
IMPOSSIBLE = '[[rules]]\nkind = "refused-entry"\nid = "closed"\nzone = "BB"\n'


def tables(*overlays: str) -> Table:
    data: Table = tomllib.loads(WORLD)
    for overlay in (MORE, *overlays):
        data = merge(data, tomllib.loads(overlay))
    return data


def texts(data: Table) -> set[Any]:
    return {value for _, value in singles(data) if isinstance(value, str)}


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    """Of the small scenario, and of one that is impossible."""
    both = {"possible": tables(), "impossible": tables(IMPOSSIBLE)}
    return {name: plan(read_mapping(data, table_kinds()), repairs=0) for name, data in both.items()}


@pytest.mark.parametrize("name", TRANSFORMS)
def test_they_leave_the_tables_as_they_are(name: str) -> None:
    data = tables()
    TRANSFORMS[name](data, Random(1))
    assert data == tables()


def test_nothing_keeps_its_name() -> None:
    made = renamed(tables())
    old = {"AA", "BB", "AAA", "BBB", "t", "a", "ab", "card", "jab", "jab-needed", "visit-beta", "b"}
    assert old <= made.names.keys()
    assert not texts(made.data) & made.names.keys()
    assert made.names["AA"] > made.names["DD"]  # the last comes first
    assert made.data["trip"]["connections"]["ports"] == {made.names["BBB"]: 60}


def test_ports_move_and_the_old_ones_stay() -> None:
    made = moved(tables())
    assert {port["id"] for port in made.data["ports"]} == {
        name + more for name in ("AAA", "BBB", "BBX", "CCC") for more in ("", " moved")
    }
    assert made.data["trip"]["start"] == "AAA moved"
    assert made.data["legs"][0]["id"] == "ab"


def test_all_that_costs_costs_more() -> None:
    made = multiplied(tables(), 3).data
    assert [leg["price"] for leg in made["legs"]] == ["300", "150", "150", "300"]
    assert (made["acquirables"][0]["price"], made["trip"]["budget"]) == ("22.5", "2700 EUR")
    with pytest.raises(ValueError, match="is rounded"):
        multiplied(tables('[trip]\nbudget = "1.23 EUR"\n'), 3)


def test_another_currency_is_worth_as_much() -> None:
    made = in_currency(tables(), "CHF").data
    assert (made["currency"], made["rates"]["values"]) == ("CHF", {"EUR": 1.1, "USD": 1})
    assert made["legs"][0]["price"] == "100 USD"
    for known, why in (("EUR", "used"), ("USD", "used"), ("JPY", "decimals")):
        with pytest.raises(ValueError, match=why):
            in_currency(tables(), known)


def test_every_date_is_later() -> None:
    made = shifted(tables(), 2).data
    assert (made["today"], made["rules"][0]["effective_from"]) == (date(2025, 1, 15), date(2025, 6, 14))
    assert made["legs"][0]["departs"] == datetime(2025, 6, 15, 8)


@pytest.mark.parametrize(
    ("overlay", "why"),
    [
        ('[[rules]]\nkind = "passport-validity"\nid = "v"\nzone = "BB"\nafter_entry = "6 months"\n', "in months"),
        ('[[rules]]\nkind = "yearly-entries"\nid = "y"\nzone = "BB"\ncap = 2\n', "calendar years"),
        ('[[ports]]\nid = "BBB"\ntimezone = "Europe/London"\n', "clocks are changed"),
    ],
)
def test_weeks_do_not_matter_only_where_they_do_not(overlay: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        shifted(tables(overlay), 20)


def test_nobody_can_use_the_unusable_legs() -> None:
    made = with_unusable_legs(tables()).data
    start, end = ({leg[key] for leg in made["legs"]} for key in ("from", "to"))
    assert len(made["legs"]) == 12
    assert {port for port in end if port.endswith("no way out")}.isdisjoint(start)
    assert {port for port in start if port.endswith("no way in")}.isdisjoint(end)


def test_the_dominated_leg_is_dearer_and_takes_longer() -> None:
    made = with_dominated_leg(tables(), "ab").data["legs"]
    twin, like = made[0], made[1]
    assert (twin["departs"], twin["arrives"]) == (datetime(2025, 6, 1, 7, 30), datetime(2025, 6, 1, 10, 30))
    assert (twin["price"], like["price"]) == ("101", "100")


def test_a_dominated_leg_keeps_its_times_where_hours_are_counted() -> None:
    made = with_dominated_leg(tables('[[admissions]]\nid = "visit-beta"\nmax_stay = "72 hours"\n'), "ab").data["legs"]
    assert made[0]["departs"] == made[1]["departs"]


def test_a_leg_that_a_change_speaks_of_has_no_dominated_one() -> None:
    with pytest.raises(ValueError, match="might be of use"):
        with_dominated_leg(tables('[[touches]]\nafter = "ab"\nbefore = "bc"\nmode = "landside"\n'), "ab")


def test_order_is_kept_where_it_says_something() -> None:
    data = tables('[[fares]]\nid = "out"\nlegs = ["ab", "bc"]\nprice = 1\n')
    made = [reordered(data, seed).data for seed in range(8)]
    assert len({tuple(leg["id"] for leg in each["legs"]) for each in made}) > 1
    assert {tuple(each["fares"][0]["legs"]) for each in made} == {("ab", "bc")}


def test_a_split_law_stands_in_two_rulebooks() -> None:
    made = split(tables())
    assert not {"admissions", "rules", "territories"} & made.data.keys()
    scenario = made.scenario()
    assert scenario.rulebooks == ("first", "second")
    assert [entry.id for entry in scenario.law.admissions] == ["visit-alpha", "visit-beta", "visit-gamma"]
    assert [entry["id"] for entry in tomllib.loads(made.books["second.toml"])["admissions"]] == ["visit-gamma"]


@pytest.mark.parametrize("make", [renamed, moved, split, with_unusable_legs, lambda data: shifted(data, 1)])
@pytest.mark.parametrize("overlay", ['rulebooks = ["US"]\n', '[[legs]]\nid = "ab"\nfrom = "SFO"\n'])
def test_a_scenario_that_rests_on_something_else_is_refused(make: Callable[[Table], Transformed], overlay: str) -> None:
    with pytest.raises(ValueError, match=r"itself|does not say"):
        make(tables(overlay))


def test_differences_are_told(answers: dict[str, Answer]) -> None:
    possible, impossible = answers["possible"], answers["impossible"]
    assert possible.plan is not None
    assert impossible.conflict is not None
    same, double = Transformed(data={}), Transformed(data={}, factor=2, ties=False)
    assert same.differences(possible, possible) == same.differences(impossible, impossible) == []
    dearer = evolve(possible, plan=evolve(possible.plan, cost=possible.plan.cost * 2), bound=possible.plan.cost * 2)
    assert double.differences(possible, dearer) == []
    assert same.differences(possible, dearer) == [
        "bound: expected 20750, found 41500",
        "cost: expected 20750, found 41500",
    ]
    assert "status: expected optimal, found infeasible" in same.differences(possible, impossible)
    fewer = evolve(impossible, conflict=evolve(impossible.conflict, facts=impossible.conflict.facts[1:]))
    assert any(line.startswith("facts: ") for line in same.differences(impossible, fewer))
    named = Transformed(data={}, names={"BB": "XB", "t": "u"})
    assert any("u" in line for line in named.differences(impossible, impossible))


def test_what_is_called_like_a_kind_of_thing_is_told_from_the_kind(answers: dict[str, Answer]) -> None:
    names = {"tour": "n1", "stop": "n2", "AA": "XZ"}
    assert [called(text, names) for text in ("tour", "tour:tour", "citizen:AA", "tour:b", "stop")] == [
        "n1", "tour:n1", "citizen:XZ", "tour:b", "n2",
    ]  # fmt: skip
    impossible = answers["impossible"]
    assert impossible.conflict is not None
    (first, *others) = impossible.conflict.facts

    def told(name: str) -> Answer:
        assert impossible.conflict is not None
        return evolve(impossible, conflict=evolve(impossible.conflict, facts=(evolve(first, id=name), *others)))

    transformed = Transformed(data={}, names=names)
    assert transformed.differences(told("stop.stop.arrive_by"), told("stop.n2.arrive_by")) == []
    assert transformed.differences(told("stop.stop.arrive_by"), told("n2.n2.arrive_by"))
    assert transformed.differences(told("stop"), told("n2")) == []


def test_installed_rulebooks_are_still_known() -> None:
    assert in_currency(tables('rulebooks = ["HAINAN"]\n'), "CHF").scenario().rulebooks == ("HAINAN",)


def test_prices_of_a_rulebook_are_not_multiplied() -> None:
    with pytest.raises(ValueError, match="rulebook"):
        multiplied(tables('rulebooks = ["US"]\n'))
