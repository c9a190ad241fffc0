"""A 0-1 program as clauses for a SAT solver. Literals as in DIMACS: variable `v` of the program is `v + 1`.

Sums become clauses by the sequential weighted counter (Hölldobler, Manthey, Steinke, KI 2012) over the partial sums
that can occur; those for which that takes too many clauses are left to the caller, to be checked on each solution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import gcd
from typing import Any

import numpy as np
from attrs import define, field, frozen

from planner.model.program import Linear, Program, Values

MOST_NODES = 20_000  # partial sums of one counter
PAIRWISE = 6  # up to so many literals, «at most one» is said pair by pair


@frozen(eq=False)
class Cap:
    """Σ weight · literal ≤ bound, where `guard` (a literal) is true, or always (None). Weights are above 0."""

    literals: tuple[int, ...]
    weights: tuple[int, ...]
    bound: int
    guard: int | None = None

    def refuted_by(self, values: Values) -> list[int] | None:
        """A clause that holds whenever the cap does, but not for these values; None if they respect the cap."""
        literals, weights = np.array(self.literals), np.array(self.weights)
        chosen = (values[np.abs(literals) - 1] > 0) == (literals > 0)
        if int(weights[chosen].sum()) <= self.bound:
            return None
        true = zip(weights[chosen].tolist(), literals[chosen].tolist(), strict=True)
        total, clause = 0, [] if self.guard is None else [-self.guard]
        for weight, literal in sorted(true, reverse=True):
            total += weight
            clause.append(-literal)
            if total > self.bound:
                break
        return clause


@define(eq=False)
class Clauses:
    """The clauses of a program, and the caps that are left out of them."""

    program: Program
    caps: list[Cap] = field(factory=list)
    used: int = 0  # variables so far

    def __attrs_post_init__(self) -> None:
        self.used = self.program.size

    def every(self) -> Iterator[list[int]]:
        """All clauses. `caps` are complete once all have been taken."""
        program = self.program
        for fact, options in program.blocks:
            start = [] if fact is None else [-(fact + 1)]
            for option in options.tolist():
                yield [*start, -(option + 1)]
        for clause in program.disjunctions:
            yield [literal + 1 if literal >= 0 else literal for literal in clause.literals]
        for helper, options in program.helpers():
            for option in options.tolist():
                yield [-(option + 1), helper + 1]
        for row in program.every_linear():
            for cap in _caps(row):
                yield from self._capped(cap)

    def _capped(self, cap: Cap) -> Iterator[list[int]]:
        guard = [] if cap.guard is None else [-cap.guard]
        terms = [pair for pair in zip(cap.weights, cap.literals, strict=True) if pair[0] <= cap.bound]
        if cap.bound < 0:
            yield guard
            return
        yield from ([*guard, -literal] for w, literal in zip(cap.weights, cap.literals, strict=True) if w > cap.bound)
        total = sum(weight for weight, _ in terms)
        if total <= cap.bound:
            return
        if total - min(terms)[0] <= cap.bound:  # all but one of them, whichever
            yield [*guard, *(-literal for _, literal in terms)]
        elif len(terms) <= PAIRWISE and sum(sorted(weight for weight, _ in terms)[:2]) > cap.bound:
            for at, (_, one) in enumerate(terms):
                yield from ([*guard, -one, -other] for _, other in terms[at + 1 :])
        else:
            yield from self._counted(terms, cap, guard)

    def _counted(self, terms: Sequence[tuple[int, int]], cap: Cap, guard: list[int]) -> Iterator[list[int]]:
        unit = gcd(*(weight for weight, _ in terms))
        bound, scaled = _in_units(terms, cap.bound, unit)
        if not _few(scaled, bound):
            # In coarser units, rounded down, the sum says less: the rest is left to the caller.
            self.caps.append(cap)
            bound, scaled = _in_units(terms, cap.bound, max(unit, -(-cap.bound * len(terms) // MOST_NODES)))
        terms = scaled
        at: dict[int, int | None] = {0: None}  # by partial sum, the variable «at least that much so far»
        for weight, literal in terms:
            now: dict[int, int | None] = {0: None}
            for reached, before in at.items():
                if before is not None:
                    now[reached] = self._new(now.get(reached))
                    yield [-before, now[reached] or 0]
            for reached, before in at.items():
                given = [-literal] if before is None else [-literal, -before]
                if reached + weight > bound:
                    yield [*guard, *given]
                else:
                    now[reached + weight] = self._new(now.get(reached + weight))
                    yield [*given, now[reached + weight] or 0]
            at = now

    def _new(self, known: int | None) -> int:
        if known is None:
            self.used += 1
            return self.used
        return known


def _in_units(terms: Sequence[tuple[int, int]], bound: int, unit: int) -> tuple[int, list[tuple[int, int]]]:
    """A bound and weights in units, rounded down, largest first; what weighs nothing then is left out."""
    scaled = ((weight // unit, literal) for weight, literal in terms)
    return bound // unit, sorted((term for term in scaled if term[0]), reverse=True)


def _few(terms: Sequence[tuple[int, int]], bound: int) -> bool:
    """Whether a counter of these terms has few enough partial sums."""
    sums, nodes = {0}, 0
    for weight, _ in terms:
        sums |= {reached + weight for reached in sums if reached + weight <= bound}
        nodes += len(sums)
        if nodes > MOST_NODES:
            return False
    return True


def _caps(row: Linear) -> Iterable[Cap]:
    """A sum with ends on both sides as caps with weights above 0."""
    literals: dict[int, int] = {}
    variables, weights = (np.asarray(column).tolist() for column in (row.variables, row.weights))
    for variable, weight in zip(variables, weights, strict=True):
        literals[variable] = literals.get(variable, 0) + weight
    guard = None if row.fact is None else row.fact + 1
    for sign, end in ((1, row.high), (-1, row.low)):
        if end is None:
            continue
        terms = [(variable + 1, weight * sign) for variable, weight in literals.items() if weight]
        yield Cap(
            tuple(literal if weight > 0 else -literal for literal, weight in terms),
            tuple(abs(weight) for _, weight in terms),
            end * sign - sum(weight for _, weight in terms if weight < 0),
            guard,
        )


def values_of(model: Sequence[int], size: int) -> Values:
    """A SAT solver's model as values of a program's variables."""
    values: Any = np.array(model[:size]) > 0
    found: Values = values.astype(np.int64)
    return found
