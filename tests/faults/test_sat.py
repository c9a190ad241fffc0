"""The solver that explains (python-sat), and the one for hitting sets, when they lie, throw or do not know."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from pysat.solvers import Glucose4

from planner.solving import hitting, sat
from tests.faults.faulty import IMPOSSIBLE, Here


class Bent(Glucose4):
    """A SAT solver that answers honestly."""

    def solve_limited(self, assumptions: Sequence[int] = (), expect_interrupt: bool = False) -> bool | None:
        answer: bool | None = super().solve_limited(assumptions, expect_interrupt)
        return answer


class NeverPossible(Bent):
    def solve_limited(self, *_: Any, **__: Any) -> bool | None:
        return False

    def get_core(self) -> list[int]:
        return []


class CoreTooSmall(Bent):
    def get_core(self) -> list[int]:
        return sorted(super().get_core() or [])[1:]


class CoreOfEverything(Bent):
    """Knows that it is impossible, but never why."""

    def solve_limited(self, assumptions: Sequence[int] = (), expect_interrupt: bool = False) -> bool | None:
        self.assumed = list(assumptions)
        return super().solve_limited(assumptions, expect_interrupt)

    def get_core(self) -> list[int]:
        return self.assumed


class AlwaysPossible(Bent):
    """Finds a solution that is none: nothing is done at all."""

    def solve_limited(self, *_: Any, **__: Any) -> bool | None:
        return True

    def get_model(self) -> list[int]:
        return [-variable for variable in range(1, 1 + max(1, self.nof_vars()))]


class EverythingAtOnce(AlwaysPossible):
    def get_model(self) -> list[int]:
        return list(range(1, 1 + max(1, self.nof_vars())))


class NoIdea(Bent):
    def solve_limited(self, *_: Any, **__: Any) -> bool | None:
        return None


class Throws(Bent):
    def solve_limited(self, *_: Any, **__: Any) -> bool | None:
        raise RuntimeError("broken")


class Moody(Bent):
    """Now and then says the opposite, with whatever core or model there is."""

    dice = random.Random(1)

    def solve_limited(self, assumptions: Sequence[int] = (), expect_interrupt: bool = False) -> bool | None:
        answer = super().solve_limited(assumptions, expect_interrupt)
        self.lies = self.dice.random() < 0.2
        self.assumed = list(assumptions)
        return not answer if self.lies else answer

    def get_core(self) -> list[int]:
        return self.assumed if self.lies else super().get_core()

    def get_model(self) -> list[int]:
        return [-v for v in range(1, 1 + self.nof_vars())] if self.lies else super().get_model()


def test_what_is_true_without_a_fault(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat, "Glucose4", Bent)
    told = here.plan(IMPOSSIBLE)
    assert (told.code, facts(told.answer)) == (1, TRUE)


@pytest.mark.parametrize("kind", [NeverPossible, CoreTooSmall, AlwaysPossible, EverythingAtOnce, Throws])
def test_a_lie_is_an_internal_error(here: Here, monkeypatch: pytest.MonkeyPatch, kind: type[Bent]) -> None:
    monkeypatch.setattr(sat, "Glucose4", kind)
    assert here.is_internal_error(here.plan(IMPOSSIBLE))


def test_that_it_says_too_much_makes_no_difference(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat, "Glucose4", CoreOfEverything)
    told = here.plan(IMPOSSIBLE)
    assert (told.code, facts(told.answer)) == (1, TRUE)


def test_it_does_not_know(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat, "Glucose4", NoIdea)
    told = here.plan(IMPOSSIBLE, "--time-limit", "2")
    assert (told.code, told.status) == (3, "undecided")
    assert "before the reason was found" in told.notes


@pytest.mark.parametrize("seed", range(6))
def test_now_and_then_it_lies(here: Here, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """What is told in spite of that is true: a conflict, whatever its size is said to be."""
    monkeypatch.setattr(sat, "Glucose4", Moody)
    Moody.dice.seed(seed)
    told = here.plan(IMPOSSIBLE, "--repair", "0")
    assert told.code in (1, 3, 70)
    assert (told.code == 70) == bool(here.reports())
    if told.code == 1:
        assert facts(told.answer) == TRUE


@pytest.mark.parametrize("least", [None, [], [1, 2, 3]])
def test_hitting_sets_that_are_none(here: Here, monkeypatch: pytest.MonkeyPatch, least: list[int] | None) -> None:
    """Too few, and none at all, are found out; too many only make the proof of the size fail."""

    class Lying(hitting.RC2):  # type: ignore[misc]
        def compute(self, *_: Any, **__: Any) -> list[int] | None:
            return least

    monkeypatch.setattr(hitting, "RC2", Lying)
    told = here.plan(IMPOSSIBLE, "--repair", "0", "--time-limit", "2")
    assert told.code in (1, 3, 70)
    if told.code == 1:
        assert facts(told.answer) == TRUE


def facts(answer: Any) -> set[str]:
    """The facts of the conflict that is told."""
    return {fact["id"] for fact in answer["conflict"]["facts"]}


TRUE = {"stop.b.min_nights", "stop.b"}
