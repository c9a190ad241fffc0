"""A 0-1 program in plain arrays: what is handed to a solver, and what a bug report can carry.

Variables: first the options (by id), then one literal for each fact, then helpers that stand for «any of these».
A constraint that belongs to a fact holds only where the fact's literal is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from planner.model.structure import Balance
from planner.rules.facts import Fact
from planner.rules.statements import AtMost, Block, Charge, Clause, Count, Ids, Statement

Values: TypeAlias = NDArray[np.int64]  # 0 or 1 for each variable of a program


@frozen(eq=False)
class Linear:
    """`low` ≤ Σ weight · variable ≤ `high`, where the fact's literal (a variable, or None) is true."""

    variables: tuple[int, ...]
    weights: tuple[int, ...]
    low: int | None
    high: int | None
    fact: int | None = None


@frozen(eq=False)
class Disjunction:
    """At least one literal holds; a literal is a variable, or `~variable` for its negation."""

    literals: tuple[int, ...]


@define(eq=False)
class Program:
    """The program. `facts[i]` has the literal `fact_literal(i)`; `charges` make the cost."""

    options: int
    facts: tuple[Fact, ...]
    size: int = 0
    linears: list[Linear] = field(factory=list)
    disjunctions: list[Disjunction] = field(factory=list)
    blocks: list[tuple[int | None, Ids]] = field(factory=list)  # (fact literal, options)
    cost_variables: list[int] = field(factory=list)
    cost_weights: list[int] = field(factory=list)
    _literals: dict[str, int] = field(factory=dict)
    _any: dict[bytes, tuple[int, Ids]] = field(factory=dict)  # helpers, and what they stand for

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
            for option in options.tolist():
                self.disjunctions.append(Disjunction((~option, helper)))
        return self._any[key][0]

    def tightened(self, values: Values) -> Values:
        """The same choices, with each helper true only where one of its options is chosen.

        A solution may have more helpers true, which makes it look dearer than it is.
        """
        values = values.copy()
        for helper, options in self._any.values():
            values[helper] = values[options].any()
        return values

    def cost_of(self, values: Values) -> int:
        """The whole cost of a solution, in minor units of the scenario's currency."""
        weights = np.array(self.cost_weights, dtype=np.int64)
        return int(values[np.array(self.cost_variables, dtype=np.int64)] @ weights)

    def add(self, statement: Statement | Balance) -> None:
        """Add one statement."""
        match statement:
            case Block(fact, options):
                if len(options):
                    self.blocks.append((self.literal(fact), options))
            case Clause(fact, given, then):
                if all(len(group) for group in given):
                    off = () if fact is None else (~self._literals[fact.id],)
                    refused = tuple(~self.any_of(group) for group in given)
                    self.disjunctions.append(Disjunction((*off, *refused, *then.tolist())))
            case AtMost(fact, counts, bound):
                variables, weights = self._terms(counts)
                self.linears.append(Linear(variables, weights, None, bound, self.literal(fact)))
            case Balance(left, right, constant):
                variables = (*left.tolist(), *right.tolist())
                weights = (1,) * len(left) + (-1,) * len(right)
                self.linears.append(Linear(variables, weights, constant, constant))
            case Charge(amount, options, once):
                if amount and len(options):
                    variables, weights = self._terms((Count(amount, options, once),))
                    self.cost_variables.extend(variables)
                    self.cost_weights.extend(weights)

    def _terms(self, counts: Iterable[Count]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        variables: list[int] = []
        weights: list[int] = []
        for count in counts:
            if count.once and len(count.options):
                variables.append(self.any_of(count.options))
                weights.append(count.weight)
            elif not count.once:
                variables.extend(count.options.tolist())
                weights.extend([count.weight] * len(count.options))
        return tuple(variables), tuple(weights)


def program(options: int, statements: Sequence[Statement | Balance]) -> Program:
    """The program of all statements. Facts are in the order in which they first speak."""
    facts: dict[str, Fact] = {}
    for statement in statements:
        fact = getattr(statement, "fact", None)
        if fact is not None:
            facts.setdefault(fact.id, fact)
    made = Program(options, tuple(facts.values()))
    for statement in statements:
        made.add(statement)
    return made
