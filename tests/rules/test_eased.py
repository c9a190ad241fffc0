"""Easings as rules beside a scenario's own: each leaves less of its fact than the one before, in both readings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

from planner.api import loads, plan
from planner.itinerary.journey import Journey
from planner.itinerary.replay import Unreal
from planner.model.options import Options
from planner.network.columns import all_legs
from planner.rules.aside import setting_aside
from planner.rules.base import Example, kinds, rules_of, table_kinds
from planner.rules.eased import Eased, beside, ladder, settled
from planner.rules.examples import merge, scenario_data
from planner.rules.offered import NotListed, offered_scenario, offers
from planner.rules.outlook import Outlook
from planner.scenario.changing import changed
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare, random_journey
from planner.verify.checker import costed
from tests.rules.test_two_readings import MORE

TRIES = 30
EASED = (
    "acquirable",
    "avoid",
    "blank-pages",
    "connections",
    "dates",
    "event",
    "passport-book",
    "passport-validity",
    "permission",
    "permission-book",
    "stop",
    "touch",
    "tour",
)
CASES = [pytest.param(example, id=f"{name}: {example.title}") for name in EASED for example in kinds()[name].examples]


def scenario_of(example: Example, more: str = MORE) -> Scenario:
    return read_mapping(merge(scenario_data(example), tomllib.loads(more)), table_kinds(), file="example")


def journeys(scenario: Scenario, tries: int = TRIES) -> Iterator[Journey]:
    """Random journeys that can be made, with what they cost."""
    options, random = Options(scenario, rules_of(scenario)), Random(0)
    for _ in range(tries):
        try:
            yield costed(scenario, random_journey(options, random)[0])[0]
        except Unreal:
            continue


@pytest.mark.parametrize("example", CASES)
def test_whatever_a_rung_lets_pass_the_next_one_does(example: Example) -> None:
    scenario = scenario_of(example)
    rungs = ladder(scenario)
    assert rungs
    own = rules_of(scenario)
    for journey in journeys(scenario):
        broken = {found.fact.id for rule in own for found in rule.check(journey)}
        for rung in rungs:
            assert rung.rule is not None
            found = {item.fact.id for item in rung.rule.check(journey)}
            assert found <= {rung.rule.name}
            if found and not rung.fact.startswith("stop"):  # which visit counts is chosen anew for every rung
                assert rung.dropped in broken, (rung.easing, journey.itinerary)
            broken |= found


@pytest.mark.parametrize("example", CASES)
def test_both_readings_of_every_rung_agree(example: Example) -> None:
    scenario = scenario_of(example)
    rungs = [rung for rung in ladder(scenario) if not rung.fact.startswith(("stop", "trip.budget"))]
    compare(beside(scenario, rungs), {"eased"}, TRIES)


@pytest.mark.parametrize("example", CASES)
def test_a_rung_finds_what_the_changed_scenario_does(example: Example) -> None:
    """Of a fact, with all else as it is."""
    scenario = scenario_of(example)
    made = list(journeys(scenario, 20))
    for rung in ladder(scenario):
        after = changed(scenario, rung.easing.changes)
        assert rung.rule is not None
        for journey in made:
            expected = {
                found.how
                for rule in rules_of(after)
                for found in rule.check(evolve(journey, scenario=after))
                if found.fact.id == rung.fact
            }
            assert {found.how for found in rung.rule.check(journey)} == expected


@pytest.mark.parametrize("example", CASES)
def test_shares_keep_every_journey_that_a_rung_lets_pass(example: Example) -> None:
    """What bounds hear of a rung mentions it, and nothing else of its ladder."""
    scenario = scenario_of(example, "")
    outlook = Outlook(scenario, all_legs(scenario))
    for rung in ladder(scenario):
        assert rung.rule is not None
        for share in rung.rule.bound(outlook):
            ids = [fact.id for fact in share.facts]
            assert rung.rule.name in ids
            assert rung.fact not in ids


def test_weights_add_up_along_a_ladder() -> None:
    scenario = scenario_of(kinds()["dates"].examples[3], "")
    steps = [rung for rung in ladder(scenario) if rung.fact == "trip.return_by"]
    assert [rung.dropped for rung in steps] == ["trip.return_by"]
    assert [rung.weight for rung in steps] == [1]
    nights = [rung for rung in ladder(scenario_of(kinds()["stop"].examples[1], "")) if "min_nights" in rung.fact]
    assert [rung.dropped for rung in nights[:3]] == [
        "stop.b.min_nights",
        "stop.b.min_nights@1",
        "stop.b.min_nights@2",
    ]
    assert sum(rung.weight for rung in nights) == 2 * 10  # nights to none


def test_giving_up_a_fact_step_by_step() -> None:
    """Ten nights are wanted, nine are possible: the first rung can hold, the fact cannot."""
    scenario = scenario_of(kinds()["stop"].examples[1], "")
    eased = beside(scenario, [rung for rung in ladder(scenario) if rung.fact == "stop.b.min_nights"])
    assert plan(eased).status == "infeasible"
    answer = plan(setting_aside(eased, {"stop.b.min_nights"}))
    assert answer.status == "optimal"


def test_rules_beside_live_on_in_copies() -> None:
    scenario = scenario_of(kinds()["dates"].examples[0], "")
    eased = beside(scenario, ladder(scenario))
    copy = evolve(eased, title="another")
    assert [rule for rule in rules_of(copy) if isinstance(rule, Eased)] == list(eased.beside)
    assert eased == scenario  # they are no part of the question


# ---- papers that rulebooks offer


def test_an_offered_paper_is_used_once_the_fact_against_it_is_given_up() -> None:
    text = (Path(__file__).parents[2] / "scenarios/marathon-acquire.toml").read_text(encoding="utf-8")
    scenario = loads(text.replace('may_obtain = ["kp-visa", ', "may_obtain = ["))
    more = offered_scenario(scenario)
    fact = "offered.kp-visa"
    assert fact in [rung.dropped for rung in offers(scenario)] == [rung.dropped for rung in offers(more)]
    assert [rule for rule in rules_of(more) if isinstance(rule, NotListed)] == list(more.beside)
    assert plan(scenario).status == "infeasible"
    answer = plan(setting_aside(more, {fact}))
    (easing,) = [rung.easing for rung in offers(scenario) if rung.fact == fact]
    listed = plan(changed(scenario, easing.changes))
    assert answer.plan is not None
    assert listed.plan is not None
    assert answer.plan.cost == listed.plan.cost
    assert not [found for rule in more.beside for found in rule.check(listed.plan.journey) if found.fact.id != fact]
    assert settled(scenario, easing, listed.plan.journey) == easing
