"""A program as a CP-SAT model, and queries about it. Runs in the solver process only.

The model is written straight into the message that the solver reads (its fields are explained in OR-Tools'
cp_model). The layer above it, `ortools.sat.python.cp_model`, imports pandas: several times the start-up time
of the solver itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import isfinite
from threading import Event
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python.cp_model_helper import (
    CpModelProto,
    CpSatHelper,
    CpSolverStatus,
    SatParameters,
    SolutionCallback,
    SolveWrapper,
)

from planner.core.ticking import ticking
from planner.model.program import Linear, Program
from planner.model.sums import spread
from planner.solving.messages import Interim, Query, Reply
from planner.solving.settings import settings

_NO_LOW, _NO_HIGH = -(2**63), 2**63 - 1  # a domain that ends there has no end on that side
_STATUS = {
    CpSolverStatus.OPTIMAL: "optimal",
    CpSolverStatus.FEASIBLE: "feasible",
    CpSolverStatus.INFEASIBLE: "infeasible",
}


class Compiled:
    """A program compiled twice, each when first needed: with a literal for each fact, and with all facts in force."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._open: _Cpsat | None = None
        self._closed: _Cpsat | None = None

    def ask(self, query: Query, stop: Event, tell: Callable[[Interim], None]) -> Reply:
        """Answer one query. One that is followed ends when `stop` is set, and tells on the way how far it is."""
        compiled = self._compiled(query)
        parameters = SatParameters()
        for name, value in settings(query.purpose, query.workers, query.seed).items():
            if isinstance(value, list):
                getattr(parameters, name).extend(value)
            else:
                setattr(parameters, name, value)
        solver: Any = SolveWrapper()
        asked = compiled.asking(query)
        parameters.max_time_in_seconds = max(min(query.seconds, query.deadline - time.monotonic()), 0.01)
        solver.set_parameters(parameters)
        with _followed(solver, query, stop, tell):
            response = solver.solve(asked)
        if response.status == CpSolverStatus.MODEL_INVALID:
            raise ValueError(CpSatHelper.validate_model(asked))
        status = _STATUS.get(response.status, "unknown")
        if status not in ("optimal", "feasible"):
            return Reply(status, seconds=response.wall_time)  # type: ignore[arg-type]
        values = compiled.values(response.solution)
        if query.minimise is None:
            return Reply("feasible", values, seconds=response.wall_time)
        return Reply(
            status,  # type: ignore[arg-type]
            values,
            round(response.objective_value),
            round(response.best_objective_bound),
            response.wall_time,
        )

    def _compiled(self, query: Query) -> _Cpsat:
        if query.enforced is None:
            if self._closed is None:
                self._closed = _Cpsat(self._program, all_facts=True)
            return self._closed
        if self._open is None:
            self._open = _Cpsat(self._program, all_facts=False)
        self._open.enforce(query.enforced)
        return self._open


@contextmanager
def _followed(solver: Any, query: Query, stop: Event, tell: Callable[[Interim], None]) -> Iterator[None]:
    """Let a query be stopped, and tell how far it is, not more often than every TICK."""
    if not query.followed:
        yield
        return
    seen, told = _Seen(), Interim()
    if query.minimise is not None:
        solver.add_solution_callback(seen)
        solver.add_best_bound_callback(seen.bounded)

    def look() -> None:
        nonlocal told
        if stop.is_set():
            solver.stop_search()
        now = Interim(seen.objective, seen.bound)
        if now != told:
            told = now
            tell(now)

    with ticking(look):
        yield


class _Seen(SolutionCallback):
    """Keeps the last objective and bound that the solver speaks of while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.objective: int | None = None
        self.bound: int | None = None

    def OnSolutionCallback(self) -> None:
        """Called at each better solution."""
        self.objective = round(self.ObjectiveValue())

    def bounded(self, bound: float) -> None:
        """Called at each better bound."""
        if isfinite(bound):
            self.bound = round(bound)


class _Cpsat:
    """A program in CP-SAT's format. With all facts in force, what they block is left out, and its flow is used."""

    def __init__(self, program: Program, all_facts: bool) -> None:
        self._facts = sorted(program.fact_literals().values())
        self._all_facts = all_facts
        gone = np.zeros(program.size, dtype=bool)
        for fact, options in program.blocks:
            if all_facts or fact is None:
                gone[options] = True
        if program.flow is not None and not all_facts:
            gone[program.flow.ids] = True
        spread(gone, program.sums)
        self._kept = np.flatnonzero(~gone)
        self._at = np.full(program.size, -1, dtype=np.int64)  # by the program's variable, the model's; -1: none
        self._at[self._kept] = np.arange(len(self._kept))
        self._proto = CpModelProto()
        for _ in range(len(self._kept)):
            self._proto.variables.add().domain.extend((0, 1))
        if all_facts:
            self.enforce(self._facts)
        self._add(program)

    def values(self, solution: Any) -> NDArray[np.int64]:
        """A solution by the program's variables."""
        values = np.zeros(len(self._at), dtype=np.int64)
        values[self._kept] = np.array(solution, dtype=np.int64)
        return values

    def enforce(self, literals: Iterable[int]) -> None:
        """Let these facts hold, and no others."""
        held = set(literals)
        for literal in self._facts:
            domain = self._proto.variables[int(self._at[literal])].domain
            domain.clear()
            domain.extend([int(literal in held)] * 2)

    def asking(self, query: Query) -> Any:
        """The model with a query's constraints, objective and hint."""
        if not (query.extra or query.minimise or query.hint is not None):
            return self._proto
        model = CpModelProto()
        model.copy_from(self._proto)
        for linear in query.extra:
            self._add_linear(model, linear)
        if query.minimise is not None:
            variables, place = np.unique(np.array(query.minimise[0], dtype=np.int64), return_inverse=True)
            weights = np.zeros(len(variables), dtype=np.int64)
            np.add.at(weights, place, np.array(query.minimise[1], dtype=np.int64))
            kept = self._at[variables] >= 0
            objective = model.objective
            objective.vars.extend(self._at[variables[kept]].tolist())
            objective.coeffs.extend(weights[kept].tolist())
            objective.scaling_factor = 1.0
        if query.hint is not None:
            hinted = self._kept[self._kept < len(query.hint)]
            if query.hinted is not None:
                hinted = np.intersect1d(hinted, query.hinted)
            model.solution_hint.vars.extend(self._at[hinted].tolist())
            model.solution_hint.values.extend(query.hint[hinted].tolist())
        return model

    def _add(self, program: Program) -> None:
        at = self._at
        if not self._all_facts:
            for fact, options in program.blocks:
                if fact is not None:
                    for option in at[options[at[options] >= 0]].tolist():
                        self._either((~int(at[fact]), ~option))
        always = set(self._facts) if self._all_facts else set()
        for clause in program.disjunctions:
            if all(literal >= 0 or at[~literal] >= 0 for literal in clause.literals):
                self._either(
                    int(at[literal]) if literal >= 0 else ~int(at[~literal])
                    for literal in clause.literals
                    if (literal < 0 or at[literal] >= 0) and ~literal not in always
                )
        for helper, options in program.helpers():
            for option in at[options[at[options] >= 0]].tolist():
                self._either((~option, int(at[helper])))
        for linear in program.linears:
            self._add_linear(self._proto, linear)
        flow = program.flow.sums if program.flow is not None and self._all_facts else ()
        for sums in (*program.sums, *flow):
            left = sums.without(at < 0)
            variables, weights = at[left.options].tolist(), left.weights.tolist()
            for first, end in pairwise(left.starts.tolist()):
                _linear(self._proto, variables[first:end], weights[first:end], sums.low, 0)

    def _either(self, literals: Iterable[int]) -> None:
        self._proto.constraints.add().bool_or.literals.extend(list(literals))

    def _add_linear(self, proto: Any, linear: Linear) -> None:
        variables = self._at[np.asarray(linear.variables, dtype=np.int64)]
        kept = variables >= 0
        weights = np.asarray(linear.weights, dtype=np.int64)[kept]
        made = _linear(proto, variables[kept].tolist(), weights.tolist(), linear.low, linear.high)
        if linear.fact is not None and not self._all_facts:
            made.enforcement_literal.append(int(self._at[linear.fact]))


def _linear(proto: Any, variables: list[int], weights: list[int], low: int | None, high: int | None) -> Any:
    made = proto.constraints.add()
    made.linear.vars.extend(variables)
    made.linear.coeffs.extend(weights)
    made.linear.domain.extend(
        (_NO_LOW if low is None else low, _NO_HIGH if high is None else high),
    )
    return made
