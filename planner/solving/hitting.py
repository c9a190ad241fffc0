"""Minimum hitting sets: the cheapest sets of things of which each of some given sets contains one.

Found by RC2 (Ignatiev, Morgado, Marques-Silva, JSAT 11, 2019), as its authors do in «hitman».
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from attrs import define, field
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from planner.core.ticking import ticking
from planner.solving.client import Effort
from planner.solving.search import OutOfTime

T = TypeVar("T", bound=Hashable)


@define(eq=False)
class HittingSets(Generic[T]):
    """Sets to be hit, which may grow in number, and what each thing weighs (an integer above 0; 1 if not given)."""

    effort: Effort
    weights: Mapping[T, int] = field(factory=dict)
    _number: dict[T, int] = field(factory=dict)
    _things: list[T] = field(factory=list)
    _solver: RC2 = field(factory=lambda: RC2(WCNF(), solver="g3", incr=True))
    _impossible: bool = False

    def hit(self, things: Iterable[T]) -> None:
        """One more set to be hit."""
        clause = [self._literal(thing) for thing in things]
        if clause:
            self._solver.add_clause(clause)
        self._impossible |= not clause

    def not_all(self, things: Iterable[T]) -> None:
        """From now on, no hitting set contains all of these."""
        self._solver.add_clause(sorted(-self._literal(thing) for thing in things))

    def least(self) -> frozenset[T] | None:
        """A hitting set of least weight; None if there is none. Raises OutOfTime."""
        if self._impossible:
            return None
        if not self.effort.left:
            raise OutOfTime
        with ticking(self._look):
            model = self._solver.compute(expect_interrupt=True)
        if model is None and not self.effort.left:
            raise OutOfTime
        return None if model is None else frozenset(self._things[at - 1] for at in model if 0 < at <= len(self._things))

    def _look(self) -> None:
        if not self.effort.left:
            self._solver.interrupt()

    def weight(self, things: Iterable[T]) -> int:
        """What some things weigh together."""
        return sum(self.weights.get(thing, 1) for thing in things)

    def _literal(self, thing: T) -> int:
        number = self._number.get(thing)
        if number is None:
            self._things.append(thing)
            number = self._number[thing] = len(self._things)
            self._solver.add_clause([-number], weight=self.weights.get(thing, 1))
        return number
