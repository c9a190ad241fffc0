"""A solver that does not know, lies, throws, dies or comes late: never «impossible», never an unconfirmed plan."""

from __future__ import annotations

import os
import signal
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from planner.core.errors import InternalError
from planner.model.program import Linear
from planner.solving import client
from planner.solving.messages import Query, Reply
from tests.faults.faulty import COST, DEARER, IMPOSSIBLE, POSSIBLE, Here, Honest, bend, instead_of_the_solver

pytestmark = pytest.mark.usefixtures("new_solver")
BOTH = pytest.mark.parametrize("text", [POSSIBLE, IMPOSSIBLE], ids=["possible", "impossible"])
CHOICE = POSSIBLE + DEARER.format("ab2", "AAA", "BBB", "2025-06-02T08:00:00", "2025-06-02T10:00:00")


def test_what_is_true_without_a_fault(here: Here) -> None:
    possible, impossible = here.plan(POSSIBLE), here.plan(IMPOSSIBLE)
    assert (possible.code, possible.status) == (0, "optimal")
    assert (impossible.code, impossible.status) == (1, "infeasible")
    assert here.plan(CHOICE).answer["cost"] == possible.answer["cost"] == {"amount": "200.00", "currency": "USD"}


# ---- it answers something else


@BOTH
def test_it_knows_nothing(here: Here, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    bend(monkeypatch, lambda query, honest: Reply("unknown"))
    told = here.plan(text)
    assert (told.code, told.status) == (3, "undecided")


def test_its_first_word_is_a_wrong_impossible(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(query: Query, honest: Honest) -> Reply:
        return Reply("infeasible") if query.purpose == "optimise" else honest(query)

    bend(monkeypatch, lie)
    told = here.plan(POSSIBLE)
    assert (told.code, told.status) == (0, "feasible")
    assert "two solves disagree" in told.notes


def test_it_says_impossible_again_and_again(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    bend(monkeypatch, lambda query, honest: Reply("infeasible"))
    assert here.is_internal_error(here.plan(POSSIBLE), "explaining finds one")


def test_its_cheapest_is_not_the_cheapest(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(query: Query, honest: Honest) -> Reply:
        if query.purpose != "optimise" or query.minimise is None:
            return honest(query)
        variables, weights = query.minimise
        dearest = honest(evolve(query, minimise=(variables, tuple(-weight for weight in weights))))
        cost = -(dearest.objective or 0)
        return Reply("optimal", dearest.values, cost, cost)

    bend(monkeypatch, lie)
    told = here.plan(CHOICE)
    assert (told.code, told.status) == (0, "feasible")
    assert "two solves disagree" in told.notes


def test_its_second_word_does_not_come(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(query: Query, honest: Honest) -> Reply:
        return Reply("unknown") if query.purpose.startswith("confirm") else honest(query)

    bend(monkeypatch, lie)
    told = here.plan(POSSIBLE)
    assert (told.code, told.status) == (0, "feasible")
    assert "before a second one confirmed it" in told.notes
    told = here.plan(IMPOSSIBLE)
    assert (told.code, told.status) == (3, "undecided")
    assert "one solve says that no trip is possible" in told.notes


def test_its_price_is_too_low(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(query: Query, honest: Honest) -> Reply:
        reply = honest(query)
        return evolve(reply, objective=COST - 5, bound=COST - 5) if query.purpose == "optimise" else reply

    bend(monkeypatch, lie)
    told = here.plan(POSSIBLE, "--seed", "1")
    assert here.is_internal_error(told, "the checker does not confirm the plan")


@BOTH
@pytest.mark.parametrize("purpose", ["optimise", "confirm"])
@pytest.mark.parametrize("value", [0, 1])
def test_its_solution_is_none(here: Here, monkeypatch: pytest.MonkeyPatch, text: str, purpose: str, value: int) -> None:
    def lie(query: Query, honest: Honest) -> Reply:
        reply = honest(query)
        if query.purpose != purpose:
            return reply
        size = len(reply.values) if reply.values is not None else 10_000
        return Reply("optimal", np.full(size, value, dtype=np.int64), 0, 0)

    bend(monkeypatch, lie)
    told = here.plan(text)
    assert here.is_internal_error(told)


def test_it_finds_the_model_invalid(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    large = Linear((0, 1), (2**62, 2**62), None, 0)
    bend(monkeypatch, lambda query, honest: honest(evolve(query, extra=(large,))))
    assert here.is_internal_error(here.plan(POSSIBLE), "the solver failed")


def test_it_throws(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    bend(monkeypatch, lambda query, honest: honest(evolve(query, minimise=((10**9,), (1,)))))
    assert here.is_internal_error(here.plan(POSSIBLE), "the solver failed: IndexError")


# ---- its process is not what it should be

DYING = {
    "at once": ("raise SystemExit(3)", "exit code 3"),
    "killed": ("import os, sys\nsys.stdin.buffer.read(1)\nos.kill(os.getpid(), 9)", "signal 9"),
    "aborted": ("import os, sys\nsys.stdin.buffer.read(1)\nos.abort()", "signal 6"),
    "in the middle of an answer": (
        "import os, sys\nsys.stdin.buffer.read(1)\nos.write(1, bytes([64, 0, 0, 0, 0, 0, 0, 0, 1, 2]))\nsys.exit(1)",
        "exit code 1",
    ),
}


@BOTH
@pytest.mark.parametrize("how", DYING)
def test_it_dies(here: Here, monkeypatch: pytest.MonkeyPatch, how: str, text: str) -> None:
    code, words = DYING[how]
    instead_of_the_solver(monkeypatch, code)
    told = here.plan(text)
    assert (told.code, told.status, here.reports()) == (3, "undecided", [])
    assert "the solver process was lost" in told.notes
    assert words in told.notes


@BOTH
def test_it_cannot_be_started(here: Here, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    def refused() -> Any:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    client._process.stop()
    monkeypatch.setattr(client._Process, "_start", staticmethod(refused))
    told = here.plan(text)
    assert (told.code, told.status) == (3, "undecided")
    assert "cannot be started: Resource temporarily unavailable" in told.notes


@BOTH
def test_it_comes_late(here: Here, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    instead_of_the_solver(monkeypatch, "import time\ntime.sleep(99)")
    monkeypatch.setattr(client, "GRACE", 0.1)
    told = here.plan(text, "--time-limit", "0.3")
    assert (told.code, told.status) == (3, "undecided")


GARBAGE = {
    "noise": "b'no message at all, but long enough for a length'",
    "no pickle": "b'\\x04\\0\\0\\0\\0\\0\\0\\0none'",
    "something else": "(lambda data: len(data).to_bytes(8, 'little') + data)(__import__('pickle').dumps(None))",
}


@pytest.mark.parametrize("what", GARBAGE)
def test_it_answers_garbage(here: Here, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    code = f"import os, time\nos.write(1, {GARBAGE[what]})\ntime.sleep(99)"
    instead_of_the_solver(monkeypatch, code)
    assert here.is_internal_error(here.plan(POSSIBLE), "what cannot be understood")


@pytest.mark.parametrize("args", [["--alternatives", "2", "--pareto"], ["--explain", "all"]], ids=["plan", "conflict"])
def test_it_dies_at_any_question(here: Here, monkeypatch: pytest.MonkeyPatch, args: list[str]) -> None:
    text = CHOICE if "--pareto" in args else IMPOSSIBLE
    ask, asked, fatal = client._Process.ask, 0, 0

    def mortal(self: Any, program: Any, query: Query, stop: Any, heard: Any) -> Reply:
        nonlocal asked
        asked += 1
        if asked == fatal:
            answer = ask(self, program, evolve(query, seconds=0.01), stop, heard)  # so that there is one
            assert self._process is not None
            os.kill(self._process.pid, signal.SIGSTOP)
            os.kill(self._process.pid, signal.SIGKILL)
            monkeypatch.setattr(self._process, "poll", lambda: None)  # it died after that was looked at
            assert answer is not None
        return ask(self, program, query, stop, heard)

    monkeypatch.setattr(client._Process, "ask", mortal)
    whole = here.plan(text, *args)
    questions, codes = asked, set()
    assert questions > 3
    for at in (1, 2, questions // 2, questions):
        asked, fatal = 0, at
        told = here.plan(text, *args)
        assert told.code in (whole.code, 3)
        assert told.answer is not None
        if told.status == "optimal":
            assert told.answer["cost"] == whole.answer["cost"]
        if told.status == "infeasible":
            ids = [
                {fact["id"] for fact in item["facts"]}
                for item in (whole.answer["conflict"], *whole.answer["more_conflicts"])
            ]
            assert {fact["id"] for fact in told.answer["conflict"]["facts"]} in ids
        assert "the solver process was lost (killed by signal 9" in told.notes
        codes.add(told.code)
    assert codes == {whole.code, 3}
    assert here.reports() == []


# ---- the checker has the last word


@BOTH
def test_the_checker_disagrees(here: Here, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    from planner.verify import checker

    def costed(*args: Any) -> Any:
        journey, lines = checker_costed(*args)
        return evolve(journey, cost=journey.cost + 1), lines

    checker_costed = checker.costed
    if text is IMPOSSIBLE:  # the trips that prove the conflict are looked at by the same checker
        monkeypatch.setattr("planner.explaining.certificate.meets", lambda *_: False)
    monkeypatch.setattr(checker, "costed", costed)
    assert here.is_internal_error(here.plan(text), "does not confirm")


def test_an_internal_error_is_no_answer(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(query: Query, honest: Honest) -> Reply:
        raise InternalError("x")

    bend(monkeypatch, broken)
    told = here.plan(POSSIBLE, "-o", str(here.folder / "answer.json"))
    assert here.is_internal_error(told)
    assert not (here.folder / "answer.json").exists()
