"""Nothing is claimed that two solves do not agree on, and running out of time is never a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from planner.api import plan
from planner.model.build import Model, build
from planner.solving.client import Effort, Solver
from planner.solving.messages import Reply
from planner.solving.optimum import Optimum, optimum
from tests.small import VISA_FOR_BETA, small

POSSIBLE = ""  # out and back for 200
IMPOSSIBLE = VISA_FOR_BETA  # nothing admits to Beta
FOR_THE_PARTY = """
[[acquirables]]
id = "visa"
price = "7"
per = "party"
permission = { zone = "BB" }
"""  # which nobody needs

Ask = Callable[..., Reply]
Lie = Callable[[Ask, dict[str, Any]], Reply]


def lie(monkeypatch: pytest.MonkeyPatch, **lies: Lie | Reply) -> list[str]:
    """Answer queries of these purposes otherwise; returns the list of purposes asked, which grows."""
    ask, asked = Solver.ask, list[str]()

    def answer(self: Solver, purpose: str, **more: Any) -> Reply:
        asked.append(purpose)

        def honest(**other: Any) -> Reply:
            return ask(self, purpose, **{**more, **other})  # type: ignore[arg-type]

        told = lies.get(purpose)
        if told is None:
            return honest()
        return told if isinstance(told, Reply) else told(honest, more)

    monkeypatch.setattr(Solver, "ask", answer)
    return asked


def solve(toml: str, seconds: float = 60) -> tuple[Model, Optimum]:
    model = build(small(toml))
    return model, optimum(model, Solver(model.program, Effort.starting_now(seconds, 1, 0)))


INFEASIBLE, UNKNOWN = Reply("infeasible"), Reply("unknown")


def test_a_plan_is_optimal_when_two_solves_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = lie(monkeypatch)
    _, best = solve(POSSIBLE)
    assert (best.status, best.cost, best.bound, best.unique, best.note) == ("optimal", 20000, 20000, True, "")
    assert asked[:2] == ["optimise", "confirm"]


def test_there_is_no_trip_when_two_solves_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = lie(monkeypatch)
    _, best = solve(IMPOSSIBLE)
    assert (best.status, best.values, best.cost, best.note) == ("infeasible", None, None, "")
    assert asked == ["optimise", "confirm"]


def test_staying_at_home_is_free_and_optimal() -> None:
    _, best = solve('remove = ["b"]')
    assert (best.status, best.cost, best.bound) == ("optimal", 0, 0)


def test_without_any_price_the_plan_is_optimal_too() -> None:
    free = "".join(f'[[legs]]\nid = "{leg}"\nprice = "0"\n' for leg in ("ab", "bc", "cb", "ba"))
    model, best = solve(free)
    assert model.program.cost_variables == []
    assert (best.status, best.cost) == ("optimal", 0)


# ---- a first answer that is wrong


def dearer(ask: Ask, query: dict[str, Any]) -> Reply:
    """A plan that is not the cheapest, said to be it."""
    variables, weights = query["minimise"]
    reply = ask(minimise=(variables, tuple(-weight for weight in weights)))
    assert reply.objective is not None
    return Reply("optimal", reply.values, -reply.objective, -reply.objective)


def test_a_plan_that_is_not_the_cheapest_is_never_called_optimal(monkeypatch: pytest.MonkeyPatch) -> None:
    detour = '[[legs]]\nid = "dear"\nfrom = "AAA"\nto = "BBB"\ndeparts = 2025-06-01T08:00:00\n'
    detour += 'arrives = 2025-06-01T10:00:00\nprice = "900"\n'
    lie(monkeypatch, optimise=dearer)
    _, best = solve(detour)
    assert best.status == "feasible"
    assert best.cost is not None
    assert 20000 <= best.cost < 100000  # the second solve's plan, cheaper than the first one's
    assert best.bound == 0
    assert "two solves disagree" in best.note
    answer = plan(small(detour))
    assert answer.status == "feasible"  # and the checker has confirmed the plan and its cost
    assert any("two solves disagree" in note for note in answer.notes)
    assert not any("Proved" in note for note in answer.notes)


def test_a_trip_that_is_there_is_never_called_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    lie(monkeypatch, optimise=INFEASIBLE)
    _, best = solve(POSSIBLE)
    assert (best.status, best.cost, best.bound) == ("feasible", 20000, 0)
    assert "two solves disagree" in best.note
    answer = plan(small(POSSIBLE))
    assert (answer.status, answer.conflict) == ("feasible", None)


# ---- time runs out


@pytest.mark.parametrize("toml", [POSSIBLE, IMPOSSIBLE])
def test_no_time_is_undecided(toml: str) -> None:
    _, best = solve(toml, seconds=0)
    assert (best.status, best.values, best.cost, best.bound) == ("undecided", None, None, None)
    answer = plan(small(toml), time_limit=0)
    assert (answer.status, answer.plan, answer.conflict) == ("undecided", None, None)


@pytest.mark.parametrize("toml", [POSSIBLE, IMPOSSIBLE])
def test_a_first_solve_without_an_answer_is_undecided(toml: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = lie(monkeypatch, optimise=UNKNOWN)
    assert solve(toml)[1].status == "undecided"
    assert asked == ["optimise"]


def test_impossible_without_a_second_solve_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = lie(monkeypatch, confirm=UNKNOWN, confirm_hard=UNKNOWN)
    _, best = solve(IMPOSSIBLE)
    assert best.status == "undecided"
    assert "time ran out before a second one" in best.note
    assert asked == ["optimise", "confirm", "confirm_hard"]
    answer = plan(small(IMPOSSIBLE))
    assert (answer.status, answer.conflict) == ("undecided", None)


def test_cheapest_without_a_second_solve_is_feasible_with_the_gap_that_is_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lie(monkeypatch, confirm=UNKNOWN, confirm_hard=UNKNOWN)
    _, best = solve(POSSIBLE)
    assert (best.status, best.cost) == ("feasible", 20000)
    assert "time ran out before a second one" in best.note
    answer = plan(small(POSSIBLE))
    assert answer.status == "feasible"
    assert any("time ran out before a second one" in note for note in answer.notes)
    assert not any("Proved" in note for note in answer.notes)


@pytest.mark.parametrize("toml", [POSSIBLE, IMPOSSIBLE])
def test_the_thorough_second_solve_will_do(toml: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = lie(monkeypatch, confirm=UNKNOWN)
    assert solve(toml)[1].status == ("infeasible" if toml else "optimal")
    assert "confirm_hard" in asked


def test_a_plan_found_in_time_without_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    def early(ask: Ask, query: dict[str, Any]) -> Reply:
        reply = ask()
        return Reply("feasible", reply.values, reply.objective, 12300)

    asked = lie(monkeypatch, optimise=early)
    _, best = solve(POSSIBLE)
    assert (best.status, best.cost, best.bound, best.unique) == ("feasible", 20000, 12300, False)
    assert asked == ["optimise"]


def test_such_a_plan_costs_what_is_bought(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the proof, the solver may count what the party pays once though nobody buys it."""

    def loose(ask: Ask, query: dict[str, Any]) -> Reply:
        reply = ask()
        assert reply.values is not None
        values = reply.values.copy()
        variables, weights = query["minimise"]
        values[max(variables)] = 1
        paid = int(values[list(variables)] @ np.array(weights))
        assert paid == reply.objective + 700
        return Reply("feasible", values, paid, 0)

    world = small(FOR_THE_PARTY)
    assert plan(world).plan is not None
    lie(monkeypatch, optimise=loose)
    answer = plan(world)
    assert (answer.status, answer.bound) == ("feasible", 0)
    assert answer.plan is not None
    assert answer.plan.cost == 20000
