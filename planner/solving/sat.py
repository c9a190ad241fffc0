"""Explaining with an incremental SAT solver: the program as clauses, a literal for each fact, facts as assumptions.

What the clauses leave out (large sums) is checked on every solution and added as needed; where that does not end soon,
CP-SAT is asked. One thread, no randomness: the same questions get the same answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray
from pysat.solvers import Glucose4

from planner.model.build import Model, itinerary
from planner.model.program import Linear, Program, Values
from planner.rules.facts import Fact
from planner.solving.clauses import Clauses, values_of
from planner.solving.client import Effort, Solver
from planner.solving.oracle import Impossible, Possible
from planner.solving.search import OutOfTime, Witness, feasible

SLICE = 5_000  # conflicts between two looks at the clock
MOST_REFUTED = 50  # solutions refuted by left-out sums before CP-SAT is asked


@define(eq=False)
class SatOracle:
    """One program, asked about again and again."""

    program: Program
    effort: Effort
    model: Model | None = None  # of the program; without it there are no witnesses
    questions: int = 0
    _switches: int = 0
    _cores: dict[frozenset[str], None] = field(factory=dict)  # all that came back
    _found: dict[frozenset[str], Possible] = field(factory=dict)  # all that were possible, by what they break
    _seen: Counter[str] = field(factory=Counter)  # how often a fact stood in cores
    _literals: dict[str, int] = field(init=False)
    _names: dict[int, str] = field(init=False)
    _clauses: Clauses = field(init=False)
    _solver: Glucose4 = field(init=False)
    _check: FactCheck = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._literals = {name: variable + 1 for name, variable in self.program.fact_literals().items()}
        self._names = {literal: name for name, literal in self._literals.items()}
        self._clauses = Clauses(self.program)
        self._solver = Glucose4(bootstrap_with=self._clauses.every(), incr=False)
        self._check = FactCheck.of(self.program)

    @classmethod
    def of(cls, model: Model, effort: Effort) -> SatOracle:
        """The oracle of a model's program."""
        return cls(model.program, effort, model)

    @property
    def facts(self) -> Sequence[Fact]:
        """All facts of the program."""
        return self.program.facts

    def ask(self, enforced: Collection[str]) -> Possible | Impossible:
        """Whether these facts can hold together; what is known already is not asked again."""
        facts = frozenset(enforced)
        for found in self._found.values():
            if found.broken.isdisjoint(facts):
                return found
        return self._answer(facts, [])

    def most(self, enforced: Collection[str], barred: Collection[str] = ()) -> Possible | Impossible:
        """Start from all facts; of each core that comes back, give up the one that stood in most cores so far."""
        kept, fixed = self._literals.keys() - frozenset(barred), frozenset(enforced)
        known = iter(list(self._cores))
        while True:
            core = next((core for core in known if core <= kept), None)
            if core is None:
                answer = self.ask(kept)
                if isinstance(answer, Possible):
                    return answer
                core = answer.core
            spare = core - fixed
            if not spare:
                return Impossible(core)
            self._seen.update(spare)
            kept.remove(max(spare, key=lambda name: (self._seen[name], self._literals[name])))

    def more(self, found: Possible) -> Possible | None:
        """A solution that breaks less; None: there is none."""
        if not found.broken:
            return None
        self._switches += 1
        switch = self._clauses.used + self._switches
        self._solver.add_clause([-switch, *sorted(self._literals[name] for name in found.broken)])
        answer = self._answer(self._literals.keys() - found.broken, [switch])
        self._solver.add_clause([-switch])
        return answer if isinstance(answer, Possible) and answer.broken < found.broken else None

    def _answer(self, enforced: Collection[str], switches: Sequence[int]) -> Possible | Impossible:
        assumed = [*switches, *sorted(self._literals[name] for name in enforced)]
        for _ in range(MOST_REFUTED):
            if not self._solved(assumed):
                literals = self._solver.get_core() or ()
                core = frozenset(self._names[literal] for literal in literals if literal in self._names)
                if not switches:
                    self._cores[core] = None
                return Impossible(core)
            values = self.program.tightened(values_of(self._solver.get_model(), self.program.size))
            refuted = [clause for cap in self._clauses.caps if (clause := cap.refuted_by(values))]
            if not refuted:
                return self._possible(values, enforced)
            for clause in refuted:
                self._solver.add_clause(clause)
        if switches:
            return Impossible(frozenset(enforced))  # nothing more is known
        by_id = {fact.id: fact for fact in self.program.facts}
        reply = feasible(Solver(self.program, self.effort), [by_id[name] for name in enforced])
        return Impossible(frozenset(enforced)) if reply.values is None else self._possible(reply.values, enforced)

    def witness(self, found: Possible) -> Witness:
        """The trip behind an answer."""
        assert self.model is not None
        return Witness(self.model.scenario, itinerary(self.model, found.solution.astype(np.int64)))

    def _solved(self, assumed: Sequence[int]) -> bool:
        self.questions += 1
        while self.effort.left:
            self._solver.conf_budget(SLICE)
            answer = self._solver.solve_limited(assumptions=assumed)
            if answer is not None:
                return bool(answer)
        raise OutOfTime

    def _possible(self, values: Values, enforced: Collection[str]) -> Possible:
        broken = self._check.broken(values)
        assert broken.isdisjoint(enforced), "a solution breaks a fact that was enforced"
        found = Possible(frozenset(broken), values.astype(np.bool_))
        self._found[found.broken] = found
        return found


@frozen(eq=False)
class FactCheck:
    """Which facts of a program some values break: its constraints laid out for one pass over arrays."""

    names: dict[int, str]  # by literal
    options: NDArray[np.int64]  # of blocks, one after the other
    blocking: NDArray[np.int64]  # for each of these, the fact's literal
    clauses: _Rows
    sums: _Rows
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @classmethod
    def of(cls, program: Program) -> FactCheck:
        """Lay out the constraints that carry a fact."""
        names = {literal: name for name, literal in program.fact_literals().items()}
        blocks = [(fact, options) for fact, options in program.blocks if fact is not None]
        negated = {~literal: literal for literal in names}
        clauses = [
            (negated[literal], [other for other in clause.literals if other != literal])
            for clause in program.disjunctions
            for literal in clause.literals
            if literal in negated
        ]
        sums: list[Linear] = [row for row in program.linears if row.fact is not None]
        far = 1 << 60
        return cls(
            names,
            np.concatenate([np.empty(0, dtype=np.int64), *(options for _, options in blocks)]),
            np.repeat([fact for fact, _ in blocks], [len(options) for _, options in blocks]).astype(np.int64),
            _Rows.of((fact, literals, None) for fact, literals in clauses),
            _Rows.of((row.fact or 0, np.asarray(row.variables), np.asarray(row.weights)) for row in sums),
            np.array([-far if row.low is None else row.low for row in sums], dtype=np.int64),
            np.array([far if row.high is None else row.high for row in sums], dtype=np.int64),
        )

    def broken(self, values: Values) -> set[str]:
        """The ids of the facts that these values break."""
        found = set(self.blocking[values[self.options] > 0].tolist())
        kept = self.clauses.sums(np.where(self.clauses.terms >= 0, values[self.clauses.terms], 0)) + self.clauses.sums(
            np.where(self.clauses.terms < 0, 1 - values[~self.clauses.terms], 0)
        )
        found.update(self.clauses.facts[kept == 0].tolist())
        reached = self.sums.sums(values[self.sums.terms] * self.sums.weights)
        found.update(self.sums.facts[(reached < self.low) | (reached > self.high)].tolist())
        return {self.names[literal] for literal in found}


@frozen(eq=False)
class _Rows:
    """Rows of terms, each row of one fact."""

    facts: NDArray[np.int64]
    starts: NDArray[np.int64]
    terms: NDArray[np.int64]
    weights: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Sequence[int] | NDArray[np.int64], NDArray[np.int64] | None]]) -> _Rows:
        made = [
            (fact, list(terms), [1] * len(terms) if weights is None else weights.tolist())
            for fact, terms, weights in rows
        ]
        lengths = [len(terms) for _, terms, _ in made]
        return cls(
            np.array([fact for fact, _, _ in made], dtype=np.int64),
            np.append(0, np.cumsum(lengths, dtype=np.int64)),
            np.array(list(chain.from_iterable(terms for _, terms, _ in made)), dtype=np.int64),
            np.array(list(chain.from_iterable(weights for _, _, weights in made)), dtype=np.int64),
        )

    def sums(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """By row, the sum over its terms."""
        total = np.append(0, np.cumsum(terms, dtype=np.int64))
        found: NDArray[np.int64] = total[self.starts[1:]] - total[self.starts[:-1]]
        return found
