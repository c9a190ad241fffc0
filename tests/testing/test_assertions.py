"""Each assertion holds where it should, and fails where something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from planner.answer import Answer
from planner.api import load, plan
from planner.core.money import Price
from planner.itinerary.journey import Journey
from planner.rules.base import Example, table_kinds
from planner.rules.facts import Broken
from planner.rules.kinds.closure import Closure
from planner.scenario.law import Holidays
from planner.scenario.reading import read_rulebooks
from planner.testing import (
    Oracle,
    assert_confirmed,
    assert_examples,
    assert_minimal,
    assert_never_dearer,
    assert_readings_agree,
    assert_rulebook,
    assert_same_as_oracle,
    assertions,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def possible() -> Answer:
    return plan(load(ROOT / "scenarios" / "hainan-island.toml"), repairs=0)


@pytest.fixture(scope="module")
def impossible() -> Answer:
    return plan(load(ROOT / "scenarios" / "kosovo-first.toml"))


def test_the_oracle_s_answer_holds(possible: Answer, impossible: Answer) -> None:
    for answer in (possible, impossible):
        found = assert_same_as_oracle(answer.scenario)
        assert found is not None
        assert found.status == answer.status


def test_another_answer_than_the_oracle_s_fails(possible: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert possible.plan is not None
    dearer = evolve(possible, plan=evolve(possible.plan, cost=possible.plan.cost + 1))
    monkeypatch.setattr(assertions, "plan", lambda scenario: dearer)
    with pytest.raises(AssertionError, match="the planner: optimal"):
        assert_same_as_oracle(possible.scenario)
    with pytest.raises(AssertionError, match="the plan states a cost"):
        assert_confirmed(dearer)


def test_what_is_too_large_to_enumerate_is_not_judged(possible: Answer) -> None:
    oracle = Oracle(possible.scenario)
    oracle.effort.limit = 3
    assert assert_same_as_oracle(possible.scenario, oracle) is None


def test_an_unlawful_plan_is_not_confirmed(possible: Answer) -> None:
    assert_confirmed(possible)
    assert possible.plan is not None
    poor = evolve(possible.scenario, trip=evolve(possible.scenario.trip, budget=Price(Decimal(1))))
    with pytest.raises(AssertionError, match=r"does not confirm the plan:\ntrip\.budget"):
        assert_confirmed(evolve(possible, scenario=poor))


def test_a_conflict_with_a_fact_too_many_or_too_few_is_not_minimal(impossible: Answer) -> None:
    assert assert_minimal(impossible)
    conflict = impossible.conflict
    assert conflict is not None
    with pytest.raises(AssertionError, match="there is an itinerary"):
        assert_minimal(evolve(impossible, conflict=evolve(conflict, facts=conflict.facts[1:])))
    more = evolve(conflict.facts[0], id="made-up")
    with pytest.raises(AssertionError, match="does not need made-up"):
        assert_minimal(evolve(impossible, conflict=evolve(conflict, facts=(*conflict.facts, more))))


def test_a_dearer_trip_with_more_to_choose_from_fails(possible: Answer, impossible: Answer) -> None:
    assert_never_dearer(possible.scenario, possible.scenario)
    assert_never_dearer(impossible.scenario, possible.scenario)
    with pytest.raises(AssertionError, match="with more to choose from: infeasible"):
        assert_never_dearer(possible.scenario, impossible.scenario)


def test_two_readings_that_differ_fail(possible: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert assert_readings_agree(possible.scenario, tries=50)[""] > 0
    with pytest.raises(ValueError, match="there is no kind of rule 'closures'"):
        assert_readings_agree(possible.scenario, {"closures"})

    def blind(self: Closure, journey: Journey) -> Iterator[Broken]:
        yield from ()

    monkeypatch.setattr(Closure, "check", blind)
    with pytest.raises(AssertionError, match=r"restrict\(\) breaks"):
        assert_examples("closure")


def test_examples_that_are_not_what_they_say_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    assert_examples("closure")
    with pytest.raises(AssertionError, match="there is no kind 'closures'"):
        assert_examples("closures")
    allowed = next(example for example in Closure.examples if not example.refused_by)
    refused = next(example for example in Closure.examples if example.refused_by)

    def wrong(*examples: Example) -> None:
        monkeypatch.setattr(Closure, "examples", examples)
        assert_examples("closure")

    for told, examples in (
        ("refuses nothing", [allowed]),
        ("allows nothing", [refused]),
        ("not by another", [allowed, evolve(refused, refused_by="another")]),
        ("expected a cost of 1", [evolve(allowed, cost=1), refused]),
        ("infeasible", [allowed, refused, evolve(refused, refused_by="")]),
    ):
        with pytest.raises(AssertionError, match=told):
            wrong(*examples)


@pytest.mark.parametrize("name", read_rulebooks(table_kinds()))
def test_every_rulebook_can_be_relied_on(name: str) -> None:
    assert_rulebook(name)


def test_a_rulebook_says_all_that_is_wanting() -> None:
    book = read_rulebooks(table_kinds())["KP"]
    broken = evolve(
        book,
        covers=("XX",),
        covers_from=None,
        rules=(evolve(book.rules[0], source="", effective_from=book.rules[0].read_on, effective_to=None),),
        holidays=(Holidays(id="h", place="KP", dates=()),),
    )
    with pytest.raises(AssertionError) as error:
        assert_rulebook(broken)
    said = str(error.value)
    for told in ("has no source", "h has no read_on", "does not cover it", "covers XX", "has no covers_from"):
        assert told in said, said
