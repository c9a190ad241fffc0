"""Statements become a 0-1 program that means the same."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from planner.core.errors import ScenarioError
from planner.model.program import MOST_CHARGES, Linear, program
from planner.model.sums import Balance
from planner.rules.statements import AtMost, Block, Charge, Clause, Count, Unmet
from planner.solving.client import Effort, Solver
from tests.programs import Case, cases, fact, ids, possible

A, B = fact("a"), fact("b")


def test_facts_come_after_the_options_in_the_order_in_which_they_first_speak() -> None:
    made = program(4, [Block(None, ids(3)), Clause(B, (), ids(0)), Block(A, ids(1)), Block(fact("b"), ids(2))])
    assert made.facts == (B, A)
    assert made.fact_literals() == {"b": 4, "a": 5}
    assert made.size == 6
    assert [(literal, options.tolist()) for literal, options in made.blocks] == [(None, [3]), (5, [1]), (4, [2])]


def test_charges_are_refused_from_where_they_cannot_be_added_up() -> None:
    """Whether or not any trip would pay them all: the solver looks at the sum of all."""
    most = [Charge(MOST_CHARGES // 4, ids(option)) for option in range(4)]
    made = program(4, most)
    reply = Solver(made, Effort.starting_now(20, 1, 0)).ask(
        "optimise", minimise=(made.cost_variables, made.cost_weights)
    )
    assert (reply.status, reply.objective) == ("optimal", 0)
    with pytest.raises(ScenarioError, match="its prices are so high"):
        program(4, [*most, Charge(1, ids(0))])


def test_the_same_options_share_one_helper() -> None:
    both = ids(0, 1)
    made = program(3, [Clause(A, (both,), ids(2)), Clause(B, (ids(0, 1), ids(2)))])
    made.add(AtMost(A, (Count(2, both, once=True),), 1))
    made.add(Charge(5, ids(0, 1), once=True))
    assert made.size == 3 + 2 + 1
    assert list(made.linears[-1].variables) == [5]
    assert made.cost_variables == [5]
    assert made.any_of(ids(1, 2)) == 6


def test_one_option_is_its_own_helper() -> None:
    made = program(2, [Clause(None, (ids(0),), ids(1)), Charge(3, ids(1), once=True)])
    assert made.size == 2
    assert [clause.literals for clause in made.disjunctions] == [(~0, 1)]
    assert (made.cost_variables, made.cost_weights) == ([1], [3])


def test_what_is_paid_once_is_paid_once() -> None:
    made = program(3, [Charge(5, ids(0, 1), once=True), Charge(3, ids(0, 1)), Charge(7, ids(2), once=True)])

    def cost(*chosen: int) -> int:
        values = np.zeros(made.size, dtype=np.int64)
        values[list(chosen)] = 1
        return made.cost_of(made.tightened(values))

    assert [cost(), cost(0), cost(1), cost(0, 1), cost(2), cost(0, 1, 2)] == [0, 8, 8, 11, 7, 18]


def test_a_helper_that_stands_for_nothing_chosen_does_not_count() -> None:
    made = program(2, [Charge(5, ids(0, 1), once=True)])
    loose = np.array([0, 0, 1], dtype=np.int64)
    assert made.cost_of(loose) == 5
    assert made.cost_of(made.tightened(loose)) == 0
    assert loose[2] == 1  # left as it was


def test_what_is_free_or_of_nothing_is_left_out() -> None:
    made = program(2, [Charge(0, ids(0)), Charge(5, ids()), Charge(5, ids(), once=True), Block(A, ids())])
    made.add(AtMost(None, (Count(3, ids(), once=True), Count(3, ids())), 0))
    assert (made.cost_variables, made.blocks, list(made.linears[0].variables)) == ([], [], [])
    assert made.cost_of(np.zeros(made.size, dtype=np.int64)) == 0


def test_a_group_without_options_is_never_chosen() -> None:
    made = program(1, [Clause(A, (ids(0), ids()), ids())])
    assert made.disjunctions == []


def test_clauses_that_do_not_hold_count_once_whatever_their_facts() -> None:
    unmet = Unmet(2, (Clause(A, (ids(0),), ids(1)), Clause(None, (), ids(1, 2))))
    made = program(3, [AtMost(B, (unmet, Count(1, ids(0, 2))), 2)])
    assert made.facts == (B,)
    asked = Solver(made, Effort.starting_now(20, 1, 0))
    for chosen in product([0, 1], repeat=3):
        fixed = tuple(Linear((option,), (1,), value, value) for option, value in enumerate(chosen))
        broken = chosen[0] > chosen[1] or not (chosen[1] or chosen[2])
        assert asked.ask("optimise", extra=fixed).found == (2 * broken + chosen[0] + chosen[2] <= 2)
        assert asked.ask("explain", enforced=[], extra=fixed).found


def test_a_balance_holds_whatever_the_facts() -> None:
    made = program(3, [Balance(ids(0, 1), ids(2), 1), Block(A, ids(0))])
    asked = Solver(made, Effort.starting_now(20, 1, 0))
    for chosen in product([0, 1], repeat=3):
        fixed = tuple(Linear((option,), (1,), value, value) for option, value in enumerate(chosen))
        held = chosen[0] + chosen[1] == chosen[2] + 1
        assert asked.ask("explain", enforced=[], extra=fixed).found == held
        assert asked.ask("optimise", extra=fixed).found == (held and not chosen[0])


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_program_means_what_the_statements_say(case: Case) -> None:
    made = program(case.options, case.statements)
    asked = Solver(made, Effort.starting_now(60, 1, 0))
    facts = [fact.id for fact in made.facts]
    assert facts == [fact.id for fact in dict.fromkeys(s.fact for s in case.statements if s.fact)]
    for chosen, broken in zip(product([0, 1], repeat=case.options), case.choices(), strict=True):
        fixed = (
            Linear(tuple(range(case.options)), tuple(2 * value - 1 for value in chosen), sum(chosen), None),
        )  # exactly these options
        for enforced in (facts, facts[::2]):
            reply = asked.ask("explain", enforced=enforced, extra=fixed)
            assert reply.found == possible([broken], enforced)
        assert asked.ask("confirm", extra=fixed).found == possible([broken], facts)
