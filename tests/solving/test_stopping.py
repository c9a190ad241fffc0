"""A query can be stopped while the solver works on it, with what it has found, and tells on the way how far it is."""

from __future__ import annotations

from random import Random
from threading import Event, Timer

from attrs import evolve

from planner.model.program import Linear, Program
from planner.solving import client
from planner.solving.client import Effort, Solver
from planner.solving.messages import Interim, Stop, send
from tests.solving.test_client import small


def split(parts: int = 40) -> tuple[Program, tuple[tuple[int, ...], tuple[int, ...]]]:
    """A market that cannot be split evenly (Cornuéjols and Dawande 1998), and by how much it is missed, at a price."""
    drawn, count = Random(1), 5
    made = Program(parts + 14 * count, ())  # for each sum, bits of what is too much and of what is too little
    for row in range(count):
        weights = [drawn.randrange(100) for _ in range(parts)]
        first = parts + 14 * row
        bits = [1 << bit for bit in range(7)]
        made.linears.append(
            Linear(
                (*range(parts), *range(first, first + 14)),
                (*weights, *bits, *(-bit for bit in bits)),
                sum(weights) // 2,
                sum(weights) // 2,
            )
        )
    missed = tuple(range(parts, made.size))
    return made, (missed, tuple(1 << (bit - parts) % 7 for bit in missed))


def stoppable(program: Program) -> tuple[Solver, Event]:
    stop = Event()
    return Solver(program, evolve(Effort.starting_now(600, 2, 0), stop=stop)), stop


def test_a_stopped_query_replies_with_the_best_solution_so_far() -> None:
    program, missed = split()
    solver, stop = stoppable(program)
    seen: list[Interim] = []

    def heard(now: Interim) -> None:
        seen.append(now)
        if now.objective is not None:
            stop.set()

    reply = solver.ask("optimise", minimise=missed, heard=heard)
    assert (reply.status, reply.found) == ("feasible", True)
    assert reply.objective is not None
    assert reply.bound is not None
    assert reply.bound <= reply.objective <= min(now.objective for now in seen if now.objective is not None)
    assert solver.ask("optimise", minimise=missed).status == "unknown", "time is over for this effort"
    assert Solver(small(), Effort.starting_now(20, 1, 0)).ask("optimise").found, "and for no other"


def test_a_query_without_an_objective_is_stopped_too() -> None:
    program, missed = split()
    solver, stop = stoppable(program)
    timer = Timer(1.0, stop.set)
    timer.start()
    exact = Linear(missed[0], (1,) * len(missed[0]), None, 0)
    assert solver.ask("confirm", extra=(exact,)).status == "unknown"
    assert stop.is_set()


def test_a_stop_that_comes_after_the_reply_stops_nothing() -> None:
    solver = Solver(small(), Effort.starting_now(20, 1, 0))
    assert solver.ask("optimise").found
    process = client._process._process
    assert process is not None
    assert process.stdin is not None
    send(process.stdin, Stop())  # type: ignore[arg-type]
    again, _ = stoppable(small())
    assert again.ask("optimise").found
    assert client._process._process is process


def test_nobody_is_told_who_does_not_listen() -> None:
    assert Effort.starting_now(20, 1, 0).hearing(0, None) is None
