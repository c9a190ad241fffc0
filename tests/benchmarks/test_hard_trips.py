"""Hard trips are impossible for exactly the reasons that they are made of."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks import explaining
from benchmarks.hard_trips import hard_trip, known_conflicts
from benchmarks.knots import LEAST, Facts, hitting_sets
from planner.api import loads
from planner.model.build import build
from planner.solving.client import Effort, Solver
from planner.solving.search import feasible

TINY = 50  # facts, about


def test_a_seed_always_gives_the_same_trip() -> None:
    assert hard_trip(TINY, 3) == hard_trip(TINY, 3) != hard_trip(TINY, 4)
    assert known_conflicts(TINY, 3) == known_conflicts(TINY, 3)


def test_the_file_says_what_is_known() -> None:
    expect, known = tomllib.loads(hard_trip(TINY, 3))["expect"], known_conflicts(TINY, 3)
    assert expect == {"status": "infeasible", "smallest": min(map(len, known)), "conflicts": len(known)}
    assert expect["smallest"] >= LEAST


@pytest.mark.parametrize("seed", [2, 3])
def test_the_conflicts_known_are_all_there_are(seed: int) -> None:
    """By duality: each is infeasible, and with any minimal hitting set of all of them left out the trip is possible.

    The first says that no trip meets a conflict known; the second, that any set of facts that contains none of them can
    hold together, since it lies in the complement of such a hitting set.
    """
    program = build(loads(hard_trip(TINY, seed))).program
    solver = Solver(program, Effort.starting_now(60.0, 1, 0))
    by_id = {fact.id: fact for fact in program.facts}

    def possible(facts: Collection[str]) -> bool:
        return feasible(solver, [by_id[name] for name in facts]).values is not None

    known = known_conflicts(TINY, seed)
    assert not any(possible(conflict) for conflict in known)
    assert all(possible(by_id.keys() - repair) for repair in hitting_sets(known))


def test_hitting_sets_by_trying_everything() -> None:
    ways = [frozenset(way) for way in ("ab", "bc", "cd", "ade")]
    every = [frozenset(some) for size in range(6) for some in combinations("abcde", size)]
    hitting = [one for one in every if all(one & way for way in ways)]
    minimal = {one for one in hitting if not any(other < one for other in hitting)}
    assert set(hitting_sets(ways)) == minimal


def test_more_facts_and_as_many_more_options() -> None:
    small, large = (build(loads(hard_trip(facts, 1))).program for facts in (200, 800))
    assert len(large.facts) > 2.5 * len(small.facts)
    assert large.options / len(large.facts) < 1.5 * small.options / len(small.facts)


def test_wrong_answers_are_noticed() -> None:
    known: frozenset[Facts] = frozenset({frozenset("abcde"), frozenset("abcfgh")})
    case = explaining.Case(9, 9, 0.0, known, Path())

    def wrong(question: str, *found: str) -> bool:
        answer = explaining.Answer(tuple(frozenset(one) for one in found), 1.0, "complete")
        return bool(explaining.wrong(question, answer, case))

    assert not wrong("mus", "abcfgh")
    assert wrong("mus", "abcfg")
    assert wrong("smus", "abcfgh")
    assert wrong("marco", "abcde")
    assert not wrong("every", "abcde", "abcfgh")
    assert not wrong("repairs", "a", "b", "c", "df")
    assert wrong("repairs", "df")
    assert wrong("mcs", "d")


def test_cpmpy_gets_the_same_program(tmp_path: Path) -> None:
    pytest.importorskip("cpmpy")
    case = explaining.prepared(TINY, 3, tmp_path)
    answer = explaining.ask("cpmpy mcs", case, 30)
    assert answer.complete
    assert not explaining.wrong("mcs", answer, case)
