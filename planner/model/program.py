"""A 0-1 program in plain arrays: what is handed to a solver, and what a bug report can carry.

Variables: first the options (by id), then one literal for each fact, then helpers that stand for «any of these» or for
«not all of these clauses». A constraint that belongs to a fact holds only where the fact's literal is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from planner.core.errors import Place, Problem, ScenarioError
from planner.model.sums import Balance, Flow, Structural, Sums, spread
from planner.rules.facts import Fact
from planner.rules.statements import NONE, AtMost, Block, Charge, Clause, Count, Ids, Unmet

MOST_CHARGES = 2**60  # of all charges together, chosen or not: the solver adds them up, and wants room to spare
Values: TypeAlias = NDArray[np.int64]  # 0 or 1 for each variable of a program


@frozen(eq=False)
class Linear:
    """`low` ≤ Σ weight · variable ≤ `high`, where the fact's literal (a variable, or None) is true."""

    variables: Sequence[int] | Ids
    weights: Sequence[int] | Ids
    low: int | None
    high: int | None
    fact: int | None = None

    def without(self, gone: NDArray[np.bool_]) -> Linear:
        """The same sum without the variables that are 0 anyway."""
        variables = np.asarray(self.variables, dtype=np.int64)
        kept = ~gone[variables]
        weights = np.asarray(self.weights, dtype=np.int64)[kept]
        return Linear(variables[kept], weights, self.low, self.high, self.fact)


@frozen(eq=False)
class Disjunction:
    """At least one literal holds; a literal is a variable, or `~variable` for its negation."""

    literals: tuple[int, ...]


@define(eq=False)
class Program:
    """The program. `fact_literals()` has the literal of each fact; costs are charges on variables.

    `sums` hold the linear constraints that come in great numbers.
    """

    options: int
    facts: tuple[Fact, ...]
    size: int = 0
    linears: list[Linear] = field(factory=list)
    disjunctions: list[Disjunction] = field(factory=list)
    sums: list[Sums] = field(factory=list)
    flow: Flow | None = None  # redundant: left out where a claim is confirmed
    blocks: list[tuple[int | None, Ids]] = field(factory=list)  # (fact literal, options)
    cost_variables: list[int] = field(factory=list)
    cost_weights: list[int] = field(factory=list)
    _literals: dict[str, int] = field(factory=dict)
    _any: dict[bytes, tuple[int, Ids]] = field(factory=dict)  # helpers, and what they stand for
    _joined: tuple[int, Ids, Ids, Ids] | None = None  # their number; those with options

    def __attrs_post_init__(self) -> None:
        self._literals = {fact.id: self.options + index for index, fact in enumerate(self.facts)}
        self.size = self.options + len(self.facts)

    def literal(self, fact: Fact | None) -> int | None:
        """The variable of a fact's literal; None for structure."""
        return None if fact is None else self._literals[fact.id]

    def fact_literals(self) -> dict[str, int]:
        """The literal of each fact, by fact id."""
        return dict(self._literals)

    def any_of(self, options: Ids) -> int:
        """A variable that is true if any of the options is chosen."""
        if len(options) == 1:
            return int(options[0])
        key = options.tobytes()
        if key not in self._any:
            helper = self.size
            self._any[key] = helper, options
            self.size += 1
        return self._any[key][0]

    def helpers(self) -> Iterable[tuple[int, Ids]]:
        """The helpers, and the options of which each one implies its helper."""
        return self._any.values()

    def tightened(self, values: Values) -> Values:
        """The same choices, with each helper true only where one of its options is chosen.

        A solution may have more helpers true, which makes it look dearer than it is.
        """
        values = values.copy()
        if self._joined is None or self._joined[0] != len(self._any):
            kept = [(helper, options) for helper, options in self._any.values() if len(options)]
            starts = np.cumsum([0, *(len(options) for _, options in kept)])[:-1]
            every = np.concatenate([NONE, *(options for _, options in kept)])
            self._joined = len(self._any), np.array([helper for helper, _ in kept], dtype=np.int64), starts, every
        _, helpers, starts, every = self._joined
        values[[helper for helper, options in self._any.values() if not len(options)]] = 0
        if len(helpers):
            values[helpers] = np.maximum.reduceat(values[every], starts)
        return values

    def cost_of(self, values: Values) -> int:
        """The whole cost of a solution, in minor units of the scenario's currency."""
        weights = np.array(self.cost_weights, dtype=np.int64)
        return int(values[np.array(self.cost_variables, dtype=np.int64)] @ weights)

    def within(self, limit: int) -> Program:
        """The same program without the options that no trip takes that costs no more than a limit."""
        if self.flow is None:
            return self
        gone = np.zeros(self.size, dtype=bool)
        gone[self.flow.dearer(limit)] = True
        spread(gone, self.sums)
        fewer = copy(self)
        fewer.linears = [linear.without(gone) for linear in self.linears]
        fewer.sums = [sums.without(gone) for sums in self.sums]
        fewer._joined = None
        fewer._any = {key: (helper, options[~gone[options]]) for key, (helper, options) in self._any.items()}
        fewer.flow = self.flow.without(gone)
        blocks = [(fact, options[~gone[options]]) for fact, options in self.blocks]
        fewer.blocks = [*blocks, (None, np.flatnonzero(gone))]
        return fewer

    def every_linear(self) -> Iterator[Linear]:
        """All linear constraints, one by one."""
        for row in self.linears:
            variables, weights = (np.asarray(column).tolist() for column in (row.variables, row.weights))
            yield Linear(variables, weights, row.low, row.high, row.fact)
        for sums in self.sums:
            for first, end in pairwise(sums.starts.tolist()):
                variables, weights = sums.options[first:end].tolist(), sums.weights[first:end].tolist()
                yield Linear(variables, weights, sums.low, 0)

    def every_disjunction(self) -> Iterator[Disjunction]:
        """All disjunctions, one by one."""
        yield from self.disjunctions
        for helper, options in self.helpers():
            yield from (Disjunction((~option, helper)) for option in options.tolist())

    def add(self, statement: Structural) -> None:
        """Add one statement."""
        match statement:
            case Block(fact, options):
                if len(options):
                    self.blocks.append((self.literal(fact), options))
            case Clause(fact, given, then):
                self._either(given, then, () if fact is None else (~self._literals[fact.id],))
            case AtMost(fact, counts, bound):
                variables, weights = self._terms(counts)
                self.linears.append(Linear(variables, weights, None, bound, self.literal(fact)))
            case Balance(left, right, constant):
                weights = np.repeat(np.array([1, -1]), [len(left), len(right)])
                self.linears.append(Linear(np.concatenate([left, right]), weights, constant, constant))
            case Sums():
                self.sums.append(statement)
            case Charge(amount, options, once):
                if amount and len(options):
                    variables, weights = self._terms((Count(amount, options, once),))
                    self.cost_variables.extend(variables.tolist())
                    self.cost_weights.extend(weights.tolist())

    def _either(self, given: Iterable[Ids], then: Ids, also: tuple[int, ...]) -> None:
        """Some group of `given` is left out, or some option of `then` or literal of `also` holds."""
        given = tuple(given)
        if all(len(group) for group in given):
            refused = (~self.any_of(group) for group in given)
            self.disjunctions.append(Disjunction((*also, *refused, *then.tolist())))

    def _unmet(self, clauses: Iterable[Clause]) -> int:
        """A new variable that is true if any of the clauses does not hold."""
        helper = self.size
        self.size += 1
        for clause in clauses:
            self._either(clause.given, clause.then, (helper,))
        return helper

    def _terms(self, counts: Iterable[Count | Unmet]) -> tuple[Ids, Ids]:
        variables: list[Ids] = [NONE]
        weights: list[Ids] = [NONE]
        for count in counts:
            if isinstance(count, Unmet):
                variables.append(np.array([self._unmet(count.clauses)]))
                weights.append(np.array([count.weight]))
            elif len(count.options):
                chosen = np.array([self.any_of(count.options)]) if count.once else count.options
                variables.append(chosen)
                weights.append(np.full(len(chosen), count.weight, dtype=np.int64))
        return np.concatenate(variables), np.concatenate(weights)


def program(options: int, statements: Sequence[Structural], flow: Flow | None = None) -> Program:
    """The program of all statements. Facts are in the order in which they first speak.

    Raises ScenarioError if the charges are more than a solver can add up.
    """
    facts: dict[str, Fact] = {}
    for statement in statements:
        fact = getattr(statement, "fact", None)
        if fact is not None:
            facts.setdefault(fact.id, fact)
    made = Program(options, tuple(facts.values()), flow=flow)
    for statement in statements:
        made.add(statement)
    if sum(map(abs, made.cost_weights)) > MOST_CHARGES:
        told = "its prices are so high, and it has so many ways to travel, that the solver could not add them up"
        raise ScenarioError([Problem(Place(""), told)])
    return made
