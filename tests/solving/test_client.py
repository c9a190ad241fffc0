"""The solver process answers, and an overrun or a crash is never a claim."""

import subprocess
import sys
import time

import numpy as np
import pytest

from planner.core.errors import InternalError
from planner.model.program import Disjunction, Linear, Program, program
from planner.rules.facts import Fact, Telling
from planner.rules.statements import AtMost, Block, Charge, Clause, Count
from planner.solving import client
from planner.solving.client import Effort, Solver
from planner.solving.messages import Query, Reply


def fact(name: str) -> Fact:
    return Fact(id=name, text=name, telling=Telling.WISH, kind="test")


def ids(*options: int) -> np.ndarray:
    return np.array(options, dtype=np.int64)


WISH, BAN, CAP = fact("wish"), fact("ban"), fact("cap")


def small() -> Program:
    """One of options 0–2 is wanted; 0 is banned; 1 and 2 cost 5 and 7; at most one of 1, 2."""
    return program(
        3,
        [
            Clause(WISH, (), ids(0, 1, 2)),
            Block(BAN, ids(0)),
            AtMost(CAP, (Count(1, ids(1, 2)),), 1),
            Charge(1, ids(0)),
            Charge(5, ids(1)),
            Charge(7, ids(2)),
        ],
    )


def solver(made: Program, seconds: float = 20) -> Solver:
    return Solver(made, Effort.starting_now(seconds, 1, 0))


def test_all_facts_in_force() -> None:
    made = small()
    reply = solver(made).ask("optimise", minimise=(tuple(made.cost_variables), tuple(made.cost_weights)))
    assert (reply.status, reply.objective, reply.values[:3].tolist()) == ("optimal", 5, [0, 1, 0])


def test_a_fact_left_out_is_void() -> None:
    made = small()
    reply = solver(made).ask(
        "optimise", enforced=["wish", "cap"], minimise=(tuple(made.cost_variables), tuple(made.cost_weights))
    )
    assert reply.objective == 1


@pytest.mark.parametrize("purpose", ["optimise", "confirm", "explain"])
def test_infeasible_is_said_with_any_settings(purpose: str) -> None:
    made = program(1, [Clause(WISH, (), ids(0)), Block(BAN, ids(0))])
    asked = solver(made)
    assert asked.ask(purpose, enforced=["wish", "ban"]).status == "infeasible"
    assert asked.ask(purpose).status == "infeasible"
    assert asked.ask(purpose, enforced=["wish"]).found
    assert asked.ask(purpose, enforced=["ban"]).found


def test_any_of_several_counts_once() -> None:
    made = program(3, [Clause(None, (), ids(2)), Clause(None, (), ids(0)), Clause(None, (), ids(1))])
    made.add(AtMost(None, (Count(3, ids(0, 1), once=True), Count(1, ids(2))), 4))
    assert solver(made).ask("explain", enforced=[]).found
    made.add(AtMost(None, (Count(3, ids(0, 1), once=True), Count(1, ids(2))), 3))
    assert solver(made).ask("explain", enforced=[]).status == "infeasible"


def test_extra_constraints_hold_for_one_query_only() -> None:
    made = small()
    asked = solver(made)
    none = Linear((0, 1, 2), (1, 1, 1), None, 0)
    assert asked.ask("explain", enforced=["wish"], extra=(none,)).status == "infeasible"
    assert asked.ask("explain", enforced=["wish"]).found


def test_no_time_left_is_unknown() -> None:
    assert solver(small(), seconds=0).ask("optimise").status == "unknown"


def test_a_solver_that_overruns_is_killed_and_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    started = list[subprocess.Popen[bytes]]()

    def deaf() -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        started.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"], stdin=pipe, stdout=pipe))
        return started[0]

    client._process.stop()
    monkeypatch.setattr(client, "GRACE", 0.2)
    monkeypatch.setattr(client._Process, "_start", staticmethod(deaf))
    reply = solver(small(), seconds=0.2).ask("optimise")
    assert (reply.status, reply.values) == ("unknown", None)
    assert started[0].returncode is not None
    monkeypatch.undo()
    assert solver(small()).ask("optimise").found  # a new process is started


def test_a_solver_that_dies_is_an_internal_error() -> None:
    asked = solver(small())
    assert asked.ask("optimise").found
    process = client._process._process
    assert process is not None
    process.kill()
    time.sleep(0.2)
    assert asked.ask("optimise").found  # noticed before asking: started anew
    broken = Program(1, ())
    broken.size = 1
    broken.disjunctions.append(Disjunction((7,)))  # no such variable
    with pytest.raises(InternalError, match="the solver failed"):
        solver(broken).ask("optimise")


def test_an_answer_without_a_solution_is_not_found() -> None:
    assert not Reply("unknown").found
    assert Query(0, "confirm", 1.0).enforced is None
