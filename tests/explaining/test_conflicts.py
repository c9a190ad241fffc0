"""Conflicts and corrections of random programs are what trying all sets of facts finds, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, count

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.answer import Answer
from planner.api import loads, plan
from planner.explaining.corrections import corrections
from planner.explaining.every import every_conflict
from planner.explaining.first import grown, minimal_conflict
from planner.explaining.order import Order, telling_order
from planner.explaining.smallest import Progress, Smallest
from planner.model.program import Program, program
from planner.rules.facts import Fact, Telling
from planner.rules.statements import Block, Clause
from planner.solving.client import Effort
from planner.solving.oracle import Impossible, Possible
from planner.solving.sat import SatOracle
from planner.solving.search import OutOfTime
from tests.programs import Case, cases, fact, ids, minimal_conflicts, possible

LIGHT = settings(deadline=None, suppress_health_check=list(HealthCheck))


def oracle(made: Program, seconds: float = 60) -> SatOracle:
    return SatOracle(made, Effort.starting_now(seconds, 1, 0))


def all_in_order(made: Program) -> list[frozenset[str]]:
    return [progress.conflict for progress in progresses(made) if progress.final]


def progresses(made: Program, seconds: float = 60) -> list[Progress]:
    asked = oracle(made, seconds)
    return list(Smallest(asked, asked.effort, Order(made.facts)).conflicts())


def sorted_conflicts(case: Case, facts: Sequence[Fact]) -> list[frozenset[str]]:
    """By brute force: smaller ones first; of equals the one that does without the least telling fact."""
    order = [fact.id for telling in sorted(Telling, reverse=True) for fact in facts[::-1] if fact.telling == telling]
    return sorted(minimal_conflicts(case), key=lambda found: (len(found), [name in found for name in order]))


@LIGHT
@given(cases())
def test_the_conflicts_in_order(case: Case) -> None:
    made = program(case.options, case.statements)
    assert all_in_order(made) == sorted_conflicts(case, made.facts)


@LIGHT
@given(cases())
def test_all_conflicts_are_found_each_once(case: Case) -> None:
    made = program(case.options, case.statements)
    found = list(every_conflict(oracle(made), Order(made.facts)))
    assert len(found) == len(set(found))
    assert set(found) == minimal_conflicts(case)


@LIGHT
@given(cases())
def test_what_is_said_on_the_way_is_true(case: Case) -> None:
    conflicts = minimal_conflicts(case)
    made = program(case.options, case.statements)
    told: list[frozenset[str]] = []
    for progress in progresses(made):
        left = conflicts - set(told)
        assert progress.conflict in left
        assert progress.at_least <= min(map(len, left))
        if progress.final:
            assert progress.at_least == len(progress.conflict)
            told.append(progress.conflict)


@LIGHT
@given(cases())
def test_a_first_conflict_is_minimal(case: Case) -> None:
    made = program(case.options, case.statements)
    asked = oracle(made)
    answer = asked.ask([fact.id for fact in made.facts])
    assume(isinstance(answer, Impossible))
    assert isinstance(answer, Impossible)
    assert minimal_conflict(asked, Order(made.facts), answer.core) in minimal_conflicts(case)


@LIGHT
@given(cases(), st.data())
def test_an_answer_is_what_going_through_all_choices_says(case: Case, data: st.DataObject) -> None:
    made = program(case.options, case.statements)
    asked, names = oracle(made), [fact.id for fact in made.facts]
    some = [name for name in names if data.draw(st.booleans())]
    answer = asked.ask(some)
    if isinstance(answer, Impossible):
        assert answer.core <= set(some)
        assert not possible(case.choices(), answer.core)
    else:
        assert answer.broken.isdisjoint(some)
        assert possible(case.choices(), set(names) - answer.broken)
        least = grown(asked, answer).broken
        assert least <= answer.broken
        assert possible(case.choices(), set(names) - least)
        assert not any(possible(case.choices(), (set(names) - least) | {name}) for name in least)


@LIGHT
@given(cases(), st.data())
def test_corrections_lightest_first(case: Case, data: st.DataObject) -> None:
    """Against all sets of the facts that may be given up: those that are enough while no part of them is."""
    made = program(case.options, case.statements)
    names = [fact.id for fact in made.facts]
    weights = {name: data.draw(st.integers(1, 5)) for name in names if data.draw(st.integers(0, 3))}
    found = list(corrections(oracle(made), Order(made.facts), weights, Effort.starting_now(60, 1, 0)))
    enough: list[frozenset[str]] = []
    for size in range(len(weights) + 1):
        for dropped in combinations(weights, size):
            if not any(known <= set(dropped) for known in enough) and possible(
                case.choices(), set(names) - set(dropped)
            ):
                enough.append(frozenset(dropped))
    assert {item.given_up for item in found} == set(enough)
    assert [item.weight for item in found] == sorted(sum(weights[name] for name in facts) for facts in enough)
    assert all(item.found.broken <= item.given_up for item in found)


def test_telling_order_keeps_the_order_of_equals() -> None:
    facts = [fact("d", Telling.REMOTE), fact("b", Telling.WISH), fact("c", Telling.PAPER), fact("a", Telling.WISH)]
    assert [item.id for item in telling_order(facts)] == ["b", "a", "c", "d"]


def test_of_equally_small_conflicts_wishes_are_preferred_to_papers() -> None:
    wish, other, paper = fact("wish"), fact("other"), fact("paper", Telling.PAPER)
    made = program(1, [Block(paper, ids(0)), Clause(wish, (), ids(0)), Block(other, ids(0))])
    assert all_in_order(made) == [frozenset({"wish", "other"}), frozenset({"wish", "paper"})]


def test_an_impossible_structure_is_an_empty_conflict() -> None:
    made = program(1, [Clause(None, (), ids(0)), Block(None, ids(0)), Block(fact("ban"), ids(0))])
    assert all_in_order(made) == [frozenset()]
    assert list(every_conflict(oracle(made), Order(made.facts))) == [frozenset()]


def test_what_is_possible_has_no_conflict() -> None:
    assert progresses(program(2, [Block(fact("ban"), ids(0))])) == []
    assert progresses(program(2, [])) == []


# ---- no time


def two_conflicts() -> Program:
    wish, ban, cap = fact("wish"), fact("ban", Telling.PAPER), fact("cap", Telling.ADMISSION)
    return program(2, [Clause(wish, (), ids(0)), Block(ban, ids(0)), Block(cap, ids(0, 1))])


def out_of_time_from(question: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """From that question on there is no answer in time; returns how many questions were asked."""
    solved, questions, asked = SatOracle._solved, count(), [0]

    def answered(self: SatOracle, assumed: Sequence[int]) -> bool:
        asked[0] = next(questions) + 1
        if asked[0] > question:
            raise OutOfTime
        return solved(self, assumed)

    monkeypatch.setattr(SatOracle, "_solved", answered)
    return lambda: asked[0]


@pytest.mark.parametrize("everything", [False, True])
def test_a_question_without_an_answer_is_never_read_as_a_proof(
    monkeypatch: pytest.MonkeyPatch, everything: bool
) -> None:
    """Whenever time runs out, what was told until then is true, and nothing is told to be final that is not."""

    def told() -> list[tuple[frozenset[str], int, bool]]:
        made, found = two_conflicts(), list[tuple[frozenset[str], int, bool]]()
        asked = oracle(made)
        try:
            if everything:
                found.extend((c, 1, False) for c in every_conflict(asked, Order(made.facts)))
            else:
                smallest = Smallest(asked, asked.effort, Order(made.facts))
                found.extend((p.conflict, p.at_least, p.final) for p in smallest.conflicts())
        except OutOfTime:
            return found
        return [*found, (frozenset(), -1, True)]  # it came to its end

    with monkeypatch.context() as patch:
        questions = out_of_time_from(10**6, patch)
        whole = told()
        needed = questions()
    assert needed > 4
    for question in range(needed):
        with monkeypatch.context() as patch:
            out_of_time_from(question, patch)
            found = told()
            assert found == whole[: len(found)]
            assert (frozenset(), -1, True) not in found


def test_a_solver_that_gives_up_is_asked_again_and_then_out_of_time() -> None:
    with pytest.raises(OutOfTime):
        oracle(two_conflicts(), seconds=0).ask([])


def test_grown_keeps_what_cannot_be_bettered() -> None:
    made = two_conflicts()
    asked = oracle(made)
    found = asked.ask(["wish"])
    assert isinstance(found, Possible)
    assert grown(asked, found).broken == {"ban", "cap"}


NEITHER_ADMITS = """
today = 2025-05-29
currency = "USD"
travellers = [{{ id = "t", passports = [{{ id = "a", state = "AA" }}] }}]
trip = {{ start = "AAA", stops = [{{ at = ["FAR"] }}] }}
ports = [
    {{ id = "AAA", territory = "AA", timezone = "UTC" }},
    {{ id = "NEAR", territory = "{near}", timezone = "UTC" }},
    {{ id = "FAR", territory = "{far}", timezone = "UTC" }},
]
legs = [
    {{ id = "1", from = "AAA", to = "NEAR", departs = 2025-06-01T08:00:00, arrives = 2025-06-01T10:00:00, price = 1 }},
    {{ id = "2", from = "NEAR", to = "FAR", departs = 2025-06-01T14:00:00, arrives = 2025-06-01T16:00:00, price = 1 }},
    {{ id = "3", from = "FAR", to = "NEAR", departs = 2025-06-10T08:00:00, arrives = 2025-06-10T10:00:00, price = 1 }},
    {{ id = "4", from = "NEAR", to = "AAA", departs = 2025-06-10T14:00:00, arrives = 2025-06-10T16:00:00, price = 1 }},
]
"""


@pytest.mark.parametrize(("near", "far"), [("BB", "CC"), ("CC", "BB")])
def test_the_order_of_equally_small_conflicts_does_not_depend_on_names(near: str, far: str) -> None:
    answer = plan(loads(NEITHER_ADMITS.format(near=near, far=far)), limit=None, repairs=0)
    assert refused(answer) == [f"admission.{near}.t", f"admission.{far}.t"]


def test_the_order_of_equally_small_conflicts_does_not_depend_on_which_legs_are_listed_first() -> None:
    scenario = NEITHER_ADMITS.format(near="BB", far="CC")
    (far,) = [line for line in scenario.splitlines() if '{ id = "2"' in line]
    slow = far.replace('"2"', '"slow"').replace("T14", "T13")
    answer = plan(loads(scenario.replace("legs = [", f"legs = [\n{slow}")), limit=None, repairs=0)
    assert refused(answer) == ["admission.BB.t", "admission.CC.t"]


def refused(answer: Answer) -> list[str]:
    """What is not admitted in each conflict, in order."""
    assert answer.conflict is not None
    found = [answer.conflict, *answer.more_conflicts]
    return [next(fact.id for fact in conflict.facts if fact.kind == "default-deny") for conflict in found]
