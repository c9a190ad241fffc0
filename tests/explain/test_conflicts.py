"""Minimal conflicts are what trying all sets of facts finds, and the preferred one is the most telling."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import pytest
from hypothesis import HealthCheck, assume, given, settings

from planner.explain.conflicts import all_conflicts, preferred_conflict, telling_order
from planner.model.program import Program, program
from planner.rules.facts import Fact, Telling
from planner.rules.statements import Block, Clause
from planner.solving.client import Effort, Solver
from planner.solving.messages import Reply
from planner.solving.search import OutOfTime, feasible
from tests.programs import Case, cases, fact, ids, minimal_conflicts, possible, preferred

LIGHT = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def solver(made: Program, seconds: float = 60) -> Solver:
    return Solver(made, Effort.starting_now(seconds, 1, 0))


def asking(made: Program, seconds: float = 60) -> Callable[[Sequence[Fact]], bool]:
    asked = solver(made, seconds)
    return lambda facts: feasible(asked, facts).found


def every_conflict(made: Program, seconds: float = 60) -> Iterator[tuple[Fact, ...]]:
    return all_conflicts(asking(made, seconds), made.facts, Effort.starting_now(seconds, 1, 0))


def names(conflict: tuple[Fact, ...]) -> frozenset[str]:
    return frozenset(fact.id for fact in conflict)


@LIGHT
@given(cases())
def test_all_conflicts_are_found_each_once(case: Case) -> None:
    found = [names(conflict) for conflict in every_conflict(program(case.options, case.statements))]
    assert len(found) == len(set(found))
    assert set(found) == minimal_conflicts(case)


@LIGHT
@given(cases())
def test_the_preferred_conflict_does_without_what_tells_least(case: Case) -> None:
    made = program(case.options, case.statements)
    conflicts = minimal_conflicts(case)
    assume(conflicts)
    found = preferred_conflict(asking(made), made.facts)
    assert names(found) == preferred(conflicts, made.facts)
    assert list(found) == [fact for fact in telling_order(made.facts) if fact in found]


@LIGHT
@given(cases())
def test_of_the_facts_asked_about_only(case: Case) -> None:
    """The conflict within a part of the facts is the preferred one of that part."""
    made = program(case.options, case.statements)
    part = made.facts[1:]
    assume(not possible(case.choices(), [fact.id for fact in part]))
    inside = [conflict for conflict in minimal_conflicts(case) if conflict <= names(part)]
    assert names(preferred_conflict(asking(made), part)) == preferred(inside, made.facts)


def test_telling_order_keeps_the_order_of_equals() -> None:
    facts = [fact("d", Telling.REMOTE), fact("b", Telling.WISH), fact("c", Telling.PAPER), fact("a", Telling.WISH)]
    assert [item.id for item in telling_order(facts)] == ["b", "a", "c", "d"]


def test_wishes_are_preferred_to_papers() -> None:
    wish, other, paper = fact("wish"), fact("other"), fact("paper", Telling.PAPER)
    made = program(1, [Block(paper, ids(0)), Clause(wish, (), ids(0)), Block(other, ids(0))])
    assert {names(conflict) for conflict in every_conflict(made)} == {
        frozenset({"wish", "other"}),
        frozenset({"wish", "paper"}),
    }
    assert preferred_conflict(asking(made), made.facts) == (wish, other)


def test_an_impossible_structure_is_an_empty_conflict() -> None:
    made = program(1, [Clause(None, (), ids(0)), Block(None, ids(0)), Block(fact("ban"), ids(0))])
    assert preferred_conflict(asking(made), made.facts) == ()
    assert list(every_conflict(made)) == [()]


def test_what_is_possible_has_no_conflict() -> None:
    assert list(every_conflict(program(2, [Block(fact("ban"), ids(0))]))) == []
    assert list(every_conflict(program(2, []))) == []


# ---- no time


def two_conflicts() -> Program:
    wish, ban, cap = fact("wish"), fact("ban", Telling.PAPER), fact("cap", Telling.ADMISSION)
    return program(2, [Clause(wish, (), ids(0)), Block(ban, ids(0)), Block(cap, ids(0, 1))])


def unknown_from(call: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """From that query on the solver says «unknown»; returns how many queries were made."""
    ask, calls = Solver.ask, count()
    made = [0]

    def asked(self: Solver, *args: object, **more: object) -> Reply:
        made[0] = next(calls) + 1
        return Reply("unknown") if made[0] > call else ask(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Solver, "ask", asked)
    return lambda: made[0]


def test_a_query_without_an_answer_is_never_read_as_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    made = two_conflicts()
    with monkeypatch.context() as patch:
        queries = unknown_from(10**6, patch)
        preferred_conflict(asking(made), made.facts)
        needed = queries()
    assert needed > 2
    for call in range(needed):
        with monkeypatch.context() as patch:
            unknown_from(call, patch)
            with pytest.raises(OutOfTime):
                preferred_conflict(asking(made), made.facts)


def test_all_conflicts_stop_rather_than_leave_one_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made = two_conflicts()
    with monkeypatch.context() as patch:
        queries = unknown_from(10**6, patch)
        assert len(list(every_conflict(made))) == 2
        needed = queries()
    for call in range(needed):
        with monkeypatch.context() as patch:
            unknown_from(call, patch)
            with pytest.raises(OutOfTime):
                list(every_conflict(made))


def test_no_time_at_all() -> None:
    made = two_conflicts()
    with pytest.raises(OutOfTime):
        preferred_conflict(asking(made, seconds=0), made.facts)
    with pytest.raises(OutOfTime):
        next(every_conflict(made, seconds=0))


def test_where_the_quick_way_fails_the_thorough_one_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    ask, purposes = Solver.ask, list[tuple[str, float | None]]()

    def asked(self: Solver, purpose: str, **more: object) -> Reply:
        purposes.append((purpose, more.get("seconds")))  # type: ignore[arg-type]
        return Reply("unknown") if purpose == "explain" else ask(self, purpose, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Solver, "ask", asked)
    made = two_conflicts()
    assert not feasible(solver(made), made.facts).found
    assert [purpose for purpose, _ in purposes] == ["explain", "optimise"]
    quick = purposes[0][1]
    assert quick is not None
    assert quick < 30  # it leaves time for the other
