"""Explaining through a search: facts that come up with answers count, and what is known is not asked again."""

from __future__ import annotations

from collections.abc import Sequence

from planner.explaining.asking import SearchOracle
from planner.explaining.corrections import corrections
from planner.explaining.first import all_but
from planner.explaining.order import Order
from planner.explaining.smallest import Smallest
from planner.rules.facts import Fact
from planner.solving.client import Effort
from planner.solving.oracle import Possible
from planner.solving.search import Search, Whole, Witness
from tests.small import VISA_FOR_BETA, small

TWO = VISA_FOR_BETA + "[trip]\nreturn_by = 2025-06-09\n"


class Few:
    """A search that knows no facts at first, and notes what it is asked."""

    def __init__(self, search: Whole) -> None:
        self._search, self.asked = search, list[frozenset[str]]()
        self.effort, self.stats = search.effort, search.stats

    def facts(self) -> Sequence[Fact]:
        return [fact for fact in self._search.facts() if fact.id == "stop.b"]

    def holding(self, facts: Sequence[Fact]) -> Witness | None:
        self.asked.append(frozenset(fact.id for fact in facts))
        return self._search.holding(facts)


def few() -> tuple[Few, SearchOracle]:
    search = Few(Whole.of(small(TWO), effort()))
    as_search: Search = search  # type: ignore[assignment]
    return search, SearchOracle(as_search)


def effort() -> Effort:
    return Effort.starting_now(60, 1, 0)


def test_conflicts_are_those_of_the_whole() -> None:
    _, oracle = few()
    answer = oracle.ask(["stop.b"])
    assert isinstance(answer, Possible)
    assert answer.broken <= {fact.id for fact in oracle.facts}
    found = [p.conflict for p in Smallest(oracle, effort(), Order(oracle.facts)).conflicts() if p.final]
    assert set(found) == {frozenset({"stop.b", "admission.BB.t"}), frozenset({"stop.b", "trip.return_by"})}


def test_facts_that_come_up_count_as_well() -> None:
    """Without one conflict's fact there is still the other conflict, though nobody had told of it before."""
    _, oracle = few()
    order = Order(oracle.facts)
    assert not isinstance(all_but(oracle, order, {"admission.BB.t"}), Possible)
    assert isinstance(all_but(oracle, order, {"stop.b"}), Possible)
    weights = {"stop.b": 5, "trip.return_by": 1, "admission.BB.t": 1}
    found = [item.given_up for item in corrections(oracle, order, weights, effort())]
    assert found == [frozenset({"trip.return_by", "admission.BB.t"}), frozenset({"stop.b"})]


def test_no_question_is_asked_twice() -> None:
    search, oracle = few()
    list(Smallest(oracle, effort(), Order(oracle.facts)).conflicts())
    assert len(search.asked) == len(set(search.asked))
