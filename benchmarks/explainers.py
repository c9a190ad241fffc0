"""Our own explaining, question by question, from a built program on. Each answer is a set of ids of facts.

Every question starts from nothing: an oracle of its own, with its clauses, is part of what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from planner.explaining.corrections import corrections
from planner.explaining.every import every_conflict
from planner.explaining.first import minimal_conflict
from planner.explaining.order import Order
from planner.explaining.smallest import Smallest
from planner.model.program import Program
from planner.solving.client import Effort
from planner.solving.oracle import Impossible
from planner.solving.sat import SatOracle

Ids = frozenset[str]


def first(program: Program, seconds: float) -> Iterator[Ids]:
    """A minimal conflict."""
    oracle, order = _oracle(program, seconds)
    answer = oracle.ask([fact.id for fact in program.facts])
    assert isinstance(answer, Impossible)
    yield minimal_conflict(oracle, order, answer.core)


def smallest(program: Program, seconds: float) -> Iterator[Ids]:
    """A conflict that is proved to be of the smallest size."""
    oracle, order = _oracle(program, seconds)
    yield next(found.conflict for found in Smallest(oracle, oracle.effort, order).conflicts() if found.final)


def repairs(program: Program, seconds: float, count: int = 5) -> Iterator[Ids]:
    """The smallest correction sets: with all other facts, a trip is possible. All facts weigh the same."""
    oracle, order = _oracle(program, seconds)
    weights = {fact.id: 1 for fact in program.facts}
    yield from (found.given_up for found in islice(corrections(oracle, order, weights, oracle.effort), count))


def every(program: Program, seconds: float) -> Iterator[Ids]:
    """All minimal conflicts."""
    oracle, order = _oracle(program, seconds)
    yield from every_conflict(oracle, order)


def _oracle(program: Program, seconds: float) -> tuple[SatOracle, Order]:
    return SatOracle(program, Effort.starting_now(seconds, 1, 0)), Order(program.facts)
